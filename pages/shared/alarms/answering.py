"""Alarms answered, put off and taken back by buttons, each with a note; nothing for who may not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
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
from warehouse.scope import Action

PLACE = "peringatan:tindakan"
OFFERED = 5  # at a time; the rest follows when these are answered
HOURS = (1, 2, 4, 8, 24, 72, 168)


def offer_acts(desk: Desk, cut: AlarmCut, chosen: Alarm | None) -> None:
    """Of one alarm everything that may be done; of the list an answer for each that nobody has seen."""
    show_told(PLACE)
    if not desk.scope.may(Action.ANSWER):
        return
    if chosen is not None:
        _offer_answer(desk, chosen)
        _offer_shelf(desk, chosen)
        return
    waiting = [one for group in group_alarms(cut.operators) for one in group.alarms if one.state in UNSEEN]
    for alarm in waiting[:OFFERED]:
        with st.expander(plain(f"{_('Tanggapi')}: {alarm.title} · {alarm.place_name}")):
            _offer_answer(desk, alarm)
    if len(waiting) > OFFERED:
        words = _("{count} peringatan lagi menyusul sesudah yang di atas ditanggapi.")
        st.caption(plain(words.format(count=len(waiting) - OFFERED)))


def _offer_answer(desk: Desk, alarm: Alarm) -> None:
    with st.form(f"tanggapi-{alarm.alarm_id}-{len(alarm.acts)}", border=False):
        left, right = st.columns((5, 2), vertical_alignment="bottom")
        note = left.text_input(_("Yang dilakukan (wajib)"), placeholder=_("misalnya: DPUPR dihubungi, tim berangkat"))
        label = _("Tanggapi") if alarm.state in UNSEEN else _("Tambah catatan")
        asked = right.form_submit_button(label, type="primary", width="stretch")
    if asked:
        act = partial(answer_alarm, access.journal(), desk.scope, data.local_now(), alarm.alarm_id, note)
        _do(act, _("Tercatat: {title}."), alarm)


def _offer_shelf(desk: Desk, alarm: Alarm) -> None:
    if alarm.state is State.SHELVED:
        _offer_taking_back(desk, alarm)
    elif alarm.state in (State.NEW, State.ANSWERED):
        with st.expander(_("Tunda")), st.form(f"tunda-{alarm.alarm_id}", border=False):
            left, middle, right = st.columns((2, 4, 2), vertical_alignment="bottom")
            hours = left.selectbox(_("Selama"), HOURS, format_func=lambda count: format_delay(count * 60))
            why = middle.text_input(_("Alasan (wajib)"), placeholder=_("misalnya: menunggu alat berat, tiba sore ini"))
            asked = right.form_submit_button(_("Tunda"), width="stretch")
        if asked:
            now = data.local_now()
            until = now + timedelta(hours=hours)
            _do(
                partial(shelve_alarm, access.journal(), desk.scope, now, alarm, until, why),
                _("Ditunda: {title}."),
                alarm,
            )


def _offer_taking_back(desk: Desk, alarm: Alarm) -> None:
    with st.form(f"angkat-{alarm.alarm_id}", border=False):
        left, right = st.columns((5, 2), vertical_alignment="bottom")
        why = left.text_input(_("Alasan mengakhiri penundaan (wajib)"))
        asked = right.form_submit_button(_("Akhiri penundaan"), width="stretch")
    if asked:
        act = partial(unshelve_alarm, access.journal(), desk.scope, data.local_now(), alarm, why)
        _do(act, _("Penundaan diakhiri: {title}."), alarm)


def _do(act: Callable[[], Alarm], words: str, alarm: Alarm) -> None:
    if attempt(PLACE, act) is not None:
        tell(PLACE, words.format(title=f"{alarm.title}, {alarm.place_name}"))
    st.rerun()
