"""What people are told when something goes wrong: plain words with a code; the trace stands in the log under that code.

Refuses to show an error's own text: it may hold what somebody delivered.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from gettext import gettext as _
from html import escape

import streamlit as st

from warehouse.scope import NotPermittedError

log = logging.getLogger("pendopo.errors")


@dataclass(frozen=True)
class Words:
    """What happened and what to do about it."""

    title: str
    remedy: str


REFUSALS = {
    400: Words(
        _("Permintaan ini tidak dapat dipahami"),
        _("Periksa alamat yang diketik, atau kembali ke halaman depan."),
    ),
    403: Words(
        _("Anda tidak berhak membuka ini"),
        _("Masuklah dengan akun Anda. Bila tugas Anda memerlukannya, mintalah hak kepada admin Pendopo."),
    ),
    404: Words(
        _("Halaman ini tidak ada"),
        _("Alamatnya mungkin salah ketik atau sudah berganti. Kembali ke halaman depan dan pilih dari daftar."),
    ),
    405: Words(_("Permintaan ini tidak dilayani"), _("Kembali ke halaman depan.")),
    413: Words(
        _("Kiriman terlalu besar"),
        _("Satu berkas paling besar {megabytes} MB. Bagi berkas itu, atau serahkan langsung kepada walidata."),
    ),
    421: Words(
        _("Alamat ini tidak dilayani"),
        _("Buka Pendopo lewat alamat yang diberikan admin, bukan lewat alamat atau perantara lain."),
    ),
    429: Words(_("Terlalu banyak percobaan"), _("Tunggu beberapa menit, lalu coba lagi.")),
    500: Words(
        _("Pendopo mengalami gangguan"),
        _("Coba lagi sebentar. Bila tetap begini, sampaikan kode di bawah kepada admin Pendopo."),
    ),
    503: Words(_("Pendopo belum siap melayani"), _("Tunggu sebentar, lalu muat ulang halaman ini.")),
}


def new_code() -> str:
    """A short name for one thing that went wrong, easy to read out over the telephone."""
    drawn = secrets.token_hex(3).upper()
    return f"K-{drawn[:4]}-{drawn[4:]}"


def report(error: BaseException, place: str = "") -> str:
    """Write the trace to the log under a new code and return the code."""
    code = new_code()
    log.error("%s %s: %s", code, place or "-", type(error).__name__, exc_info=error)
    return code


def script_error_words(code: str) -> str:
    """What a page says instead of what it could not show."""
    return _(
        "Halaman ini belum dapat ditampilkan karena galat pada server. Muat ulang halaman; bila tetap begini, "
        "sampaikan kode **{code}** kepada admin Pendopo."
    ).format(code=code)


def show_script_error(error: Exception) -> bool:
    """For `st.App(on_script_error=...)`: words on the page in place of Streamlit's own. True: nothing else is shown."""
    if isinstance(error, NotPermittedError):
        st.error(str(error))
    else:
        st.error(script_error_words(report(error, "script")))
    return True


def refusal_text(status: int, code: str, megabytes: int = 0) -> str:
    """The refusal for programs that do not read pages."""
    words = _words(status)
    return f"{words.title}. {words.remedy.format(megabytes=megabytes)} {_('Kode')}: {code}\n"


def refusal_page(status: int, code: str, megabytes: int = 0) -> str:
    """The refusal as a page of its own: no script, no data, nothing loaded."""
    words = _words(status)
    return PAGE.format(
        title=escape(words.title),
        remedy=escape(words.remedy.format(megabytes=megabytes)),
        label=escape(_("Kode")),
        code=escape(code),
        status=status,
    )


def _words(status: int) -> Words:
    return REFUSALS.get(status, REFUSALS[500] if status >= 500 else REFUSALS[400])


PAGE = """<!DOCTYPE html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} · Pendopo</title>
<style>
body {{ margin: 0; background: #f4f6f8; color: #17212b; font: 1.125rem/1.55 "Source Sans", system-ui, sans-serif; }}
main {{ max-width: 34rem; margin: 14vh auto 0; padding: 2rem 2.25rem; background: #fff; border: 1px solid #d5dce2;
  border-radius: 6px; }}
h1 {{ margin: 0 0 .75rem; font-size: 1.6rem; line-height: 1.25; font-weight: 600; }}
p {{ margin: 0 0 1.25rem; }}
dl {{ margin: 0; padding-top: 1rem; border-top: 1px solid #d5dce2; color: #46545f; font-size: 1rem; }}
dt, dd {{ display: inline; margin: 0; }}
dd {{ font-family: ui-monospace, monospace; color: #17212b; }}
@media (max-width: 40rem) {{ main {{ margin: 1rem; padding: 1.5rem; }} }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p>{remedy}</p>
<dl><dt>{label}</dt> <dd>{code}</dd> · {status}</dl>
</main>
</body>
</html>
"""
