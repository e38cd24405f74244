"""Alarms answered, put off and taken back by buttons, each with a note; nothing for who may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from gettext import gettext as _

import streamlit as st

from charts.formats import format_delay
from journal.alarm_acts import answer_alarm, shelve_alarm, unshelve_alarm
from pages.shared import access, data
from pages.shared.administration.acts import attempt, show_told, tell
from pages.shared.marks import plain
from reports.alarms import AlarmCut
from reports.desk import Desk
from warehouse.alarms.grouping import group_alarms
from warehouse.alarms.machine import UNSEEN, State
from warehouse.alarms.standing import Alarm
from warehouse.scope import Action, Scope

PLACE = "peringatan:tindakan"
OFFERED = 5  # at a time; the rest follows when these are answered
HOURS = (1, 2, 4, 8, 24, 72, 168)


def offer_acts(desk: Desk, cut: AlarmCut, chosen: Alarm | None) -> None:
    """Of one alarm everything that may be done; of the list an answer for each that nobody has seen."""
    show_told(PLACE)
    if not desk.scope.may(Action.ANSWER):
        return
    if chosen is not None:
        _offer_answer(chosen)
        _offer_shelf(chosen)
        return
    waiting = [one for group in group_alarms(cut.operators) for one in group.alarms if one.state in UNSEEN]
    for alarm in waiting[:OFFERED]:
        with st.expander(plain(f"{_('Tanggapi')}: {alarm.title} · {alarm.place_name}")):
            _offer_answer(alarm)
    if len(waiting) > OFFERED:
        words = _("{count} peringatan lagi menyusul sesudah yang di atas ditanggapi.")
        st.caption(plain(words.format(count=len(waiting) - OFFERED)))


def _offer_answer(alarm: Alarm) -> None:
    note = f"{PLACE}:catatan:{alarm.alarm_id}"
    with st.form(f"tanggapi-{alarm.alarm_id}", border=False):
        left, right = st.columns((5, 2), vertical_alignment="bottom")
        hint = _("misalnya: DPUPR dihubungi, tim berangkat")
        left.text_input(_("Yang dilakukan (wajib)"), placeholder=hint, key=note)
        label = _("Tanggapi") if alarm.state in UNSEEN else _("Tambah catatan")
        right.form_submit_button(label, type="primary", width="stretch", on_click=_answer, args=(alarm, note))


def _offer_shelf(alarm: Alarm) -> None:
    if alarm.state is State.SHELVED:
        _offer_taking_back(alarm)
    elif alarm.state in (State.NEW, State.ANSWERED):
        span, why = f"{PLACE}:lama:{alarm.alarm_id}", f"{PLACE}:alasan:{alarm.alarm_id}"
        with st.expander(_("Tunda")), st.form(f"tunda-{alarm.alarm_id}", border=False):
            left, middle, right = st.columns((2, 4, 2), vertical_alignment="bottom")
            left.selectbox(_("Selama"), HOURS, format_func=lambda count: format_delay(count * 60), key=span)
            hint = _("misalnya: menunggu alat berat, tiba sore ini")
            middle.text_input(_("Alasan (wajib)"), placeholder=hint, key=why)
            right.form_submit_button(_("Tunda"), width="stretch", on_click=_shelve, args=(alarm, span, why))


def _offer_taking_back(alarm: Alarm) -> None:
    why = f"{PLACE}:angkat:{alarm.alarm_id}"
    with st.form(f"angkat-{alarm.alarm_id}", border=False):
        left, right = st.columns((5, 2), vertical_alignment="bottom")
        left.text_input(_("Alasan mengakhiri penundaan (wajib)"), key=why)
        right.form_submit_button(_("Akhiri penundaan"), width="stretch", on_click=_take_back, args=(alarm, why))


# These run before the page is drawn anew: a form that was sent counts, though somebody else has meanwhile done what
# takes it away.


def _answer(alarm: Alarm, note: str) -> None:
    _do(
        lambda scope, at, why: answer_alarm(access.journal(), scope, at, alarm.alarm_id, why),
        _("Tercatat"),
        alarm,
        note,
    )


def _shelve(alarm: Alarm, span: str, why: str) -> None:
    hours = timedelta(hours=st.session_state[span])
    _do(
        lambda scope, at, told: shelve_alarm(access.journal(), scope, at, alarm, at + hours, told),
        _("Ditunda"),
        alarm,
        why,
    )


def _take_back(alarm: Alarm, why: str) -> None:
    _do(
        lambda scope, at, told: unshelve_alarm(access.journal(), scope, at, alarm, told),
        _("Penundaan diakhiri"),
        alarm,
        why,
    )


def _do(act: Callable[[Scope, datetime, str], Alarm], words: str, alarm: Alarm, field: str) -> None:
    note = st.session_state[field]
    if attempt(PLACE, lambda: act(access.current_scope(), data.local_now(), note)) is not None:
        tell(PLACE, f"{words}: {alarm.title}, {alarm.place_name}.")
        st.session_state[field] = ""
