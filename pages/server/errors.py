"""What people are told when something goes wrong: plain words with a code; the log has the trace under that code.

Refuses to show an error's own text: it may hold what somebody delivered.
"""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from gettext import gettext as _

import streamlit as st

from warehouse import failures
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
        _(
            "Masuklah dengan akun Anda. Bila tugas Anda memerlukannya, mintalah hak kepada admin Pendopo; untuk layar "
            "dinding, mintalah tautan yang baru."
        ),
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
    """A code for one refused request, in the shape of those of failures."""
    return failures.write_code(secrets.randbits(64))


def report(error: BaseException, place: str = "-") -> str:
    """Write the trace to the log under the code of this failure and return the code."""
    return failures.report(log, error, place)


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


def show_section_error(error: Exception, title: str) -> None:
    """The same for one section of a page, whose other sections are still shown."""
    if isinstance(error, NotPermittedError):
        st.warning(str(error))
        return
    words = _("Bagian ini belum dapat ditampilkan. Sampaikan kode {code} kepada admin Pendopo.")
    st.error(words.format(code=report(error, f"section {title!r}")))


def refusal_words(status: int, megabytes: int) -> Words:
    """What a refusal of the server is told with."""
    words = REFUSALS.get(status) or REFUSALS[500 if status >= 500 else 400]
    return Words(words.title, words.remedy.format(megabytes=megabytes))
