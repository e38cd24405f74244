"""Late deliveries excused by a button, and excuses revoked, with a reason: the next release counts by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from gettext import gettext as _

import streamlit as st

from charts.formats import format_date
from journal.excuses import Delay, Excused, excuse_delay, excuses, revoke_excuse
from journal.store import Journal, JournalError
from pages.shared import access, data
from pages.shared.administration.acts import attempt, show_told, tell
from pages.shared.marks import plain
from reports.clock_words import until_cell
from reports.deliveries import Deliveries
from reports.delivery_history import cut_dues
from reports.desk import Desk
from warehouse.build_request import ask_for_build
from warehouse.punctuality import Due, Standing
from warehouse.scope import Action, Scope

PLACE = "disiplin:maklum"
CHOSEN, WHY = "maklum-pilihan", "maklum-alasan"
REVOKED, WHY_REVOKED = "cabut-pilihan", "cabut-alasan"
EXCUSABLE = (Standing.MISSING, Standing.LATE, Standing.AWAITED)


def offer_excusing(desk: Desk, cut: Deliveries) -> None:
    """One form to excuse, one to revoke; nothing for who may not."""
    show_told(PLACE)
    if not desk.scope.may(Action.CONFIRM):
        return
    try:
        standing = {one.delay: one for one in excuses(access.journal(), data.local_now()) if one.stands}
    except JournalError as error:
        st.error(plain(str(error)))
        return
    owed = cut_dues(desk, cut)
    late = [due for due in owed if due.standing in EXCUSABLE]
    offered = sorted((due for due in late if _delay(due) not in standing), key=lambda due: due.due_at, reverse=True)
    revocable = sorted((due for due in owed if _delay(due) in standing), key=lambda due: due.due_at, reverse=True)
    _tell_waiting(owed, standing)
    if offered:
        with st.expander(_("Maklumi keterlambatan")):
            _show_form(desk, offered)
    if revocable:
        with st.expander(_("Cabut pemakluman")):
            _show_revoking(desk, revocable, standing)


def _tell_waiting(owed: Sequence[Due], standing: Mapping[Delay, Excused]) -> None:
    """What was said since the release was built."""
    excused = sum(due.standing in EXCUSABLE and _delay(due) in standing for due in owed)
    revoked = sum(due.standing is Standing.EXCUSED and _delay(due) not in standing for due in owed)
    if excused:
        words = _("{count} keterlambatan sudah dimaklumi dan tampil pada rilis berikutnya.")
        st.caption(plain(words.format(count=excused)))
    if revoked:
        words = _("{count} pemakluman sudah dicabut; pada rilis berikutnya keterlambatannya dihitung lagi.")
        st.caption(plain(words.format(count=revoked)))


def _delay(due: Due) -> Delay:
    return Delay(due.source_id, due.opd_code, due.period_end)


def _show_form(desk: Desk, offered: list[Due]) -> None:
    st.caption(_("Yang dimaklumi tidak dihitung terlambat. Jam datanya tetap apa adanya; pemakluman dapat dicabut."))
    with st.form("maklum", border=False):
        st.multiselect(
            _("Kiriman"),
            offered,
            format_func=partial(_words, desk),
            key=CHOSEN,
            placeholder=_("pilih satu atau beberapa"),
        )
        left, right = st.columns((5, 2), vertical_alignment="bottom")
        left.text_input(_("Alasan (wajib)"), placeholder=_("misalnya: server OPD sedang dipindah"), key=WHY)
        right.form_submit_button(_("Maklumi"), type="primary", width="stretch", on_click=_excuse)


def _show_revoking(desk: Desk, revocable: list[Due], standing: Mapping[Delay, Excused]) -> None:
    """One at a time: each has its own reason."""
    st.caption(
        _("Yang dicabut dihitung terlambat lagi sejak rilis berikutnya; pemakluman dan pencabutannya tetap tercatat.")
    )

    def words(due: Due) -> str:
        said = standing[_delay(due)]
        return f"{_words(desk, due)} · {_('oleh {name}').format(name=said.excused_by)}: {said.reason}"

    with st.form("cabut-maklum", border=False):
        st.selectbox(_("Pemakluman"), revocable, format_func=words, key=REVOKED)
        left, right = st.columns((5, 2), vertical_alignment="bottom")
        left.text_input(_("Alasan (wajib)"), placeholder=_("misalnya: salah pilih masa"), key=WHY_REVOKED)
        right.form_submit_button(_("Cabut pemakluman"), type="primary", width="stretch", on_click=_revoke)


# These run before the page is drawn anew: a form that was sent counts, or is refused in words, though somebody else has
# meanwhile done what takes it away.


def _excuse() -> None:
    """One entry of the journal for each; one that is refused does not keep the others from it."""
    chosen = st.session_state[CHOSEN]
    if not chosen:
        tell(PLACE, _("Pilih dahulu kiriman yang dimaklumi."), is_done=False)
    elif sum(_write(excuse_delay, due, WHY) for due in chosen) == len(chosen):
        tell(PLACE, _("{count} keterlambatan dimaklumi.").format(count=len(chosen)))
        st.session_state[WHY] = ""


def _revoke() -> None:
    if _write(revoke_excuse, st.session_state[REVOKED], WHY_REVOKED):
        tell(PLACE, _("Pemakluman dicabut; pada rilis berikutnya keterlambatannya dihitung lagi."))
        st.session_state[WHY_REVOKED] = ""


def _write(act: Callable[[Journal, Scope, datetime, Delay, str], Excused], due: Due, why: str) -> bool:
    """Whether the journal took it; what it refused is told."""
    reason, now = st.session_state[why], data.local_now()
    if attempt(PLACE, lambda: act(access.journal(), access.current_scope(), now, _delay(due), reason)) is None:
        return False
    ask_for_build(data.settings().state_dir, due.source_id)
    return True


def _words(desk: Desk, due: Due) -> str:
    """`DLH · ISPU harian · sampai 20 November 2026 · terlambat`."""
    until = until_cell(due.period_end)
    day = format_date(until, desk.locale) if until else ""
    return f"{due.opd_code} · {due.source_title} · {_('sampai {day}').format(day=day)} · {due.standing.value}"
