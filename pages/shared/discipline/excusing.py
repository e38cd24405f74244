"""Late deliveries excused by a button, with a reason: from the next release on they are not counted late."""

from __future__ import annotations

from functools import partial
from gettext import gettext as _

import streamlit as st

from charts.formats import format_date
from journal.excuses import Delay, excuse_delay, excuses
from journal.store import JournalError
from pages.shared import access, data
from pages.shared.administration.acts import attempt, show_told, tell
from pages.shared.marks import plain
from reports.deliveries import Deliveries
from reports.delivery_clocks import until_cell
from reports.delivery_history import cut_dues
from reports.desk import Desk
from warehouse.build_request import ask_for_build
from warehouse.punctuality import Due, Standing
from warehouse.scope import Action

PLACE = "disiplin:maklum"
EXCUSABLE = (Standing.MISSING, Standing.LATE, Standing.AWAITED)


def offer_excusing(desk: Desk, cut: Deliveries) -> None:
    """One form for all of them; nothing for who may not excuse."""
    show_told(PLACE)
    if not desk.scope.may(Action.CONFIRM):
        return
    try:
        said = {one.delay for one in excuses(access.journal(), data.local_now())}
    except JournalError as error:
        st.error(plain(str(error)))
        return
    late = [due for due in cut_dues(desk, cut) if due.standing in EXCUSABLE]
    waiting = [due for due in late if _delay(due) in said]
    offered = sorted((due for due in late if _delay(due) not in said), key=lambda due: due.due_at, reverse=True)
    if waiting:
        words = _("{count} keterlambatan sudah dimaklumi dan tampil pada rilis berikutnya.")
        st.caption(plain(words.format(count=len(waiting))))
    if offered:
        with st.expander(_("Maklumi keterlambatan")):
            _show_form(desk, offered)


def _delay(due: Due) -> Delay:
    return Delay(due.source_id, due.opd_code, due.period_end)


def _show_form(desk: Desk, offered: list[Due]) -> None:
    st.caption(_("Yang dimaklumi tidak dihitung terlambat, dan tidak dapat dicabut. Jam datanya tetap apa adanya."))
    with st.form("maklum", border=False):
        chosen = st.multiselect(
            _("Kiriman"),
            offered,
            format_func=partial(_words, desk),
            key="maklum-pilihan",
            placeholder=_("pilih satu atau beberapa"),
        )
        left, right = st.columns((5, 2), vertical_alignment="bottom")
        why = left.text_input(_("Alasan (wajib)"), placeholder=_("misalnya: server OPD sedang dipindah"))
        asked = right.form_submit_button(_("Maklumi"), type="primary", width="stretch")
    if asked:
        _excuse(desk, chosen, why)
        st.rerun()


def _excuse(desk: Desk, chosen: list[Due], why: str) -> None:
    """One entry of the journal for each; the first that is refused ends it."""
    if not chosen:
        tell(PLACE, _("Pilih dahulu kiriman yang dimaklumi."), is_done=False)
    for due in chosen:
        act = partial(excuse_delay, access.journal(), desk.scope, data.local_now(), _delay(due), why)
        if attempt(PLACE, act) is None:
            return
        ask_for_build(data.settings().state_dir, due.source_id)
        tell(PLACE, _("{count} keterlambatan dimaklumi.").format(count=len(chosen)))


def _words(desk: Desk, due: Due) -> str:
    """`DLH · ISPU harian · sampai 20 November 2026 · terlambat`."""
    until = until_cell(due.period_end)
    day = format_date(until, desk.locale) if until else ""
    return f"{due.opd_code} · {due.source_title} · {_('sampai {day}').format(day=day)} · {due.standing.value}"
