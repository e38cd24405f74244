"""Alarms as a wall tells them: grouped, in words, before whatever else needs action; a silent watch never looks calm.

Refuses to name people: a wall is seen by visitors. Who answered stands on the page of alarms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from gettext import gettext as _

from warehouse.alarms.grouping import MOST_GROUPS, Group, wall_groups
from warehouse.alarms.judging import alarm_rules
from warehouse.alarms.lines import AlarmBoard, AlarmLine, Severity
from warehouse.alarms.machine import UNSEEN, State, count_raises, is_chattering
from warehouse.alarms.standing import Alarm, AlarmLog
from warehouse.figures import ActionItem, WallView
from warehouse.rules import RuleBook
from warehouse.rules.alarm_packs import PRIORITIES
from warehouse.wall_actions import (
    AIR,
    CALLS,
    DENGUE,
    DEVIATION,
    FIRE,
    RIVER,
    TICKETS,
    TIMELINESS,
    ordered,
    write_delay,
    write_owners,
)

FOLLOW_UP = "tindak_lanjut"
SILENT_AFTER = timedelta(minutes=10)  # without a look so long nobody watches
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
SERIES = {
    "ispu": AIR, "tiket_terbuka": TICKETS, "respons_kebakaran": FIRE, "panggilan_112": CALLS,
    "data_terlambat": TIMELINESS, "muka_air": RIVER, "deviasi_program": DEVIATION,
    "dbd_siaga": DENGUE,
}  # fmt: skip
PLACES = {
    "data_terlambat": _("kiriman"), "ispu": _("stasiun"), "tiket_terbuka": _("OPD"), "muka_air": _("pos"),
    "peringatan_bmkg": _("wilayah"),
}  # fmt: skip
PRESSING = (State.NEW, State.ANSWERED, State.RECOVERED, State.SHELVED)  # of a group the first of these is told


def with_alarms(view: WallView, log: AlarmLog | None, rules: RuleBook) -> WallView:
    """The view with its alarms, and what needs action told by them. `log` None: the journal cannot be read."""
    board = make_board(view, log, rules)
    silent = (
        [ActionItem("data", board.unwatched, _("administrator"), _("jalankan operations"), TIMELINESS, False)]
        if board.unwatched
        else []
    )
    told = [action_of(line) for line in board.lines]
    never = [action for action in view.actions if action.is_never_delivered]
    return replace(view, actions=ordered([*silent, *told, *never]), alarms=board)


def action_of(line: AlarmLine) -> ActionItem:
    """A group as it stands among what needs action."""
    detail = " · ".join(part for part in (line.detail, line.told) if part)
    return ActionItem(
        line.severity, line.title, line.owner, detail, line.indicator_id, line.is_sample, line.is_pressing
    )


def make_board(view: WallView, log: AlarmLog | None, rules: RuleBook) -> AlarmBoard:
    now = view.instant
    known = [one for one in (log.alarms if log else ()) if _stood(one, now)]
    operators = [one for one in known if one.audience != FOLLOW_UP]
    open_ones = [one for one in operators if one.state is not State.DONE]
    words = _Words(view, rules)
    return AlarmBoard(
        lines=words.lines([one for one in open_ones if one.state in (State.NEW, State.ANSWERED)]),
        resting=words.lines([one for one in open_ones if one.state in (State.RECOVERED, State.SHELVED)]),
        open_count=len(open_ones),
        unanswered_count=sum(one.state in UNSEEN for one in open_ones),
        day_count=sum(count_raises(one.episode, now - DAY) for one in operators),
        old_count=sum(now - one.raised_at > DAY for one in open_ones),
        chattering_count=sum(is_chattering(one.episode, now) for one in open_ones),
        unwatched=_unwatched(log, now),
    )


def _stood(alarm: Alarm, now: datetime) -> bool:
    """In that minute: an older release is told with what was open as it came out. (Views hold whole minutes; an alarm
    does not wait for the next.)"""
    return alarm.raised_at < now + MINUTE and (
        alarm.ended_at is None or alarm.ended_at > now or now - alarm.ended_at <= DAY
    )


def _unwatched(log: AlarmLog | None, now: datetime) -> str:
    if log is None:
        return _("Peringatan tidak terbaca dari jurnal")
    if log.looked_at is None:
        return _("Peringatan belum pernah dinilai")
    if now - log.looked_at <= SILENT_AFTER:
        return ""
    return _("Peringatan tidak dinilai sejak {time}").format(time=_time(log.looked_at, now))


def _time(at: datetime, now: datetime) -> str:
    """`08.12`; of another day with its date."""
    return f"{at:%H.%M}" if at.date() == now.date() else f"{at.day}/{at.month} {at:%H.%M}"


class _Words:
    """Groups put into words for one view."""

    def __init__(self, view: WallView, rules: RuleBook) -> None:
        self.view = view
        self.rules = alarm_rules(rules, view.instant)
        self.delays = {f"{clock.source_id}/{clock.opd_code}": clock.overdue_minutes for clock in view.clocks}

    def lines(self, alarms: Sequence[Alarm]) -> tuple[AlarmLine, ...]:
        """At most five; of one priority those nobody answered come first."""
        found = [self._line(group) for group in wall_groups(alarms, MOST_GROUPS)]
        return tuple(sorted(found, key=lambda line: (PRIORITIES.index(line.priority), not line.is_pressing)))

    def _line(self, group: Group) -> AlarmLine:
        alarms = sorted(group.alarms, key=lambda one: (PRESSING.index(one.state), PRIORITIES.index(one.priority)))
        first = alarms[0]
        pressing = [one for one in alarms if one.state is first.state]
        rule = self.rules.get(first.rule_id)
        owners = dict.fromkeys(code.strip() for one in group.alarms for code in one.owner.split(",") if code.strip())
        return AlarmLine(
            priority=first.priority,
            severity=_severity(pressing),
            state=first.state.value,
            title=self._title(group),
            owner=write_owners(list(owners)),
            detail=self._detail(group.alarms),
            told=self._told(first.state, pressing, len(alarms)),
            response=rule.response if rule else "",
            indicator_id=SERIES.get(first.signal, ""),
            is_sample=any(one.is_sample for one in alarms),
            count=len(alarms),
        )

    def _title(self, group: Group) -> str:
        if len(group.alarms) > 1 and not group.place_name:
            several = {one.signal for one in group.alarms}
            what = PLACES.get(several.pop(), _("hal")) if len(several) == 1 else _("hal")
            return _("{title}: {count} {what}").format(title=group.title, count=len(group.alarms), what=what)
        alarm = group.alarms[0]
        place = alarm.place_name.removeprefix(f"{alarm.owner}, ")
        return group.title if place in (self.view.region_name, alarm.owner, "") else f"{group.title}: {place}"

    def _detail(self, alarms: Sequence[Alarm]) -> str:
        """Of late data how long it is late by now; else what was measured when it was raised."""
        delays = [self.delays[one.place] for one in alarms if self.delays.get(one.place)]
        if delays:
            words = _("terlambat {delay}") if len(alarms) == 1 else _("paling lama terlambat {delay}")
            return words.format(delay=write_delay(max(delays)))
        return alarms[0].detail if len(alarms) == 1 else ""

    def _told(self, state: State, alarms: Sequence[Alarm], all_count: int) -> str:
        """Of one alone also that its value is back, while its delay runs."""
        words, since = self._state_words(state, alarms, all_count), alarms[0].within_since
        if all_count > 1 or since is None:
            return words
        return _("{words}, di dalam batas sejak {time}").format(words=words, time=_time(since, self.view.instant))

    def _state_words(self, state: State, alarms: Sequence[Alarm], all_count: int) -> str:
        now = self.view.instant
        if state is State.NEW:
            since = min(one.episode.changed_at for one in alarms)
            age = write_delay(max(int((now - since).total_seconds() // 60), 0))
            if all_count == 1:
                return _("belum ditanggapi {age}").format(age=age)
            counts = {"count": len(alarms), "all": all_count, "age": age}
            return _("{count} dari {all} belum ditanggapi, terlama {age}").format(**counts)
        if state is State.RECOVERED:
            back = max(one.recovered_at or one.episode.changed_at for one in alarms)
            return _("pulih {time}, belum dilihat").format(time=_time(back, now))
        if state is State.SHELVED:
            until = min(one.episode.shelved_until or now for one in alarms)
            return _("ditunda sampai {time}").format(time=_time(until, now))
        return _("ditanggapi {time}").format(time=_time(max(_answered(alarms)), now))


def _answered(alarms: Iterable[Alarm]) -> list[datetime]:
    return [one.answer.acted_at if one.answer else one.episode.changed_at for one in alarms]


def _severity(alarms: Sequence[Alarm]) -> Severity:
    """Of those in the most pressing state: what was answered has no part in it."""
    if alarms[0].priority == "kritis":
        return "kritis"
    return "data" if all(one.signal == "data_terlambat" for one in alarms) else "perlu tindakan"
