"""The trail: who did what, when, from where, what it was before and after; searchable, page by page, as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from gettext import gettext as _
from math import ceil

import pandas as pd
import streamlit as st

from charts.formats import format_number
from journal.audit import AuditQuery, EntryLine, audit_kinds, entries_csv, find_entries
from journal.store import JournalError
from pages.server.handed import made_for
from pages.shared import access, data
from pages.shared.administration.audit_words import change_lines
from pages.shared.administration.facts import Facts
from pages.shared.marks import plain
from pages.shared.taking import Taker, TakingError, current_taker, too_many
from warehouse.scope import NotPermittedError

PAGE_ROWS = 25
SEARCH, CLEARED = "kelola:jejak:cari", "kelola:jejak:hapus"
_KEYS = {name: f"kelola:jejak:{name}" for name in ("cari", "jenis", "siapa", "dari", "sampai", "halaman")}
NEW_LINE = "  \n"
_REFUSED = "kelola:jejak:ditolak"


def show_audit(facts: Facts) -> None:
    query = _ask()
    shown = st.session_state.get(_KEYS["halaman"], 1)
    try:
        found = find_entries(access.journal(), access.current_scope(), query, PAGE_ROWS, (shown - 1) * PAGE_ROWS)
    except JournalError as error:
        st.error(plain(str(error)))
        return
    _show_count(facts, query, found.total)
    if not found.total:
        st.info(_("Tidak ada catatan yang cocok.") if query != AuditQuery() else _("Belum ada catatan di jurnal."))
        return
    _show_table(facts, found.entries)
    pages = max(1, ceil(found.total / PAGE_ROWS))
    if pages > 1:
        st.pagination(pages, key=_KEYS["halaman"])


def _ask() -> AuditQuery:
    """The search as widgets; any change of it starts at the first page again."""
    again = partial(st.session_state.pop, _KEYS["halaman"], None)
    first, second, third = st.columns((2, 2, 1))
    text = first.text_input(
        _("Cari"), key=_KEYS["cari"], on_change=again, placeholder=_("siapa, tentang apa, isi perubahan, alasan")
    )
    kinds = second.multiselect(
        _("Jenis"), list(audit_kinds()), key=_KEYS["jenis"], on_change=again, placeholder=_("Semua jenis")
    )
    actor = third.text_input(_("Siapa"), key=_KEYS["siapa"], on_change=again, placeholder=_("login atau sebagiannya"))
    fourth, fifth, sixth = st.columns((2, 2, 1), vertical_alignment="bottom")
    today = data.local_now().date()
    since = fourth.date_input(
        _("Dari tanggal"), None, max_value=today, key=_KEYS["dari"], on_change=again, format="DD/MM/YYYY"
    )
    until = fifth.date_input(
        _("Sampai tanggal"), None, max_value=today, key=_KEYS["sampai"], on_change=again, format="DD/MM/YYYY"
    )
    sixth.button(_("Hapus saringan"), width="stretch", on_click=_clear)
    if since and until and since > until:
        st.warning(_("Tanggal awal lebih baru daripada tanggal akhir, jadi tidak ada catatan yang cocok."))
    return AuditQuery(text.strip(), tuple(kinds), actor.strip(), since, until)


def _clear() -> None:
    for key in _KEYS.values():
        st.session_state.pop(key, None)


def _show_count(facts: Facts, query: AuditQuery, total: int) -> None:
    left, right = st.columns((3, 1), vertical_alignment="center")
    words = _("**{count}** catatan, terbaru di atas.")
    left.markdown(words.format(count=format_number(total, 0, facts.settings.region.locale)))
    taker, name = current_taker(access.current_scope()), f"jejak_{data.local_now():%Y-%m-%d_%H%M}.csv"
    make = partial(make_csv, taker, query, total, _told_of_download())
    right.download_button(
        _("Unduh CSV"),
        made_for(taker.scope.actor, "text/csv", name, make),
        name,
        "text/csv",
        on_click="ignore",
        disabled=not total,
        help=_("Semua catatan yang cocok, bukan hanya halaman ini. Unduhan ini sendiri dicatat di Jejak."),
        width="stretch",
    )


def make_csv(taker: Taker, query: AuditQuery, total: int, told: list[str]) -> bytes:
    """The trail as a file, itself an entry; runs on a click, outside of any page. Why not is left in `told`."""
    scope = taker.scope if taker.scope.actor else replace(taker.scope, actor=access.NO_NAME)
    words = too_many(total)
    try:
        if words:
            raise TakingError(words)
        taker.confirm()
        return entries_csv(access.journal(), scope, data.local_now(), query)
    except (TakingError, NotPermittedError, JournalError) as error:
        told.append(str(error))
        raise


def _told_of_download() -> list[str]:
    """Why a file of an earlier click was not made: said once. What later clicks leave is said by the next run."""
    told: list[str] = st.session_state.setdefault(_REFUSED, [])
    for words in dict.fromkeys(told):
        st.warning(plain(words))
    told.clear()
    return told


def _show_table(facts: Facts, entries: Sequence[EntryLine]) -> None:
    when = _("Waktu ({zone})").format(zone=facts.settings.region.timezone_label)
    rows = [
        {
            when: facts.short_instant_words(entry.at),
            _("Siapa"): actor_words(entry),
            _("Tindakan"): f"**{plain(entry.kind)}** {plain(f'{entry.subject_kind} {entry.subject}'.strip())}",
            _("Isi"): NEW_LINE.join(plain(line) for line in change_lines(facts, entry.before, entry.after)) or "–",
            _("Alasan"): plain(entry.why) or "–",
        }
        for entry in entries
    ]
    st.table(pd.DataFrame(rows), hide_index=True, border="horizontal")


def actor_words(entry: EntryLine) -> str:
    """Who, from which address; a name nobody checked says so."""
    parts = [plain(entry.actor or _("tanpa nama"))]
    if not entry.is_verified:
        parts.append(f":gray-badge[{_('tidak terverifikasi')}]")
    if entry.address:
        parts.append(plain(_("dari {address}").format(address=entry.address)))
    return NEW_LINE.join(parts)
