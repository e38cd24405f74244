"""Parts of the page of alarms: what is open, one alarm whole, what was followed up and done, and the system's health.

Alarms are facts of now, of no release: their clock is when the rules were last held against the data.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from gettext import gettext as _

from charts.formats import format_delay
from reports.alarm_limits import limit_rows
from reports.alarm_series import series_blocks
from reports.clock_words import instant_words
from reports.content import Block, Cell, Column, Figures, Quantity, Section, Table, Words
from reports.desk import Desk
from warehouse.alarms.grouping import group_alarms
from warehouse.alarms.judging import alarm_rules
from warehouse.alarms.machine import UNSEEN, State
from warehouse.alarms.on_wall import FOLLOW_UP, SERIES, SILENT_AFTER
from warehouse.alarms.standing import SHELVED, Act, Alarm, AlarmLog
from warehouse.narrowed_view import own_log
from warehouse.rules.alarm_packs import AlarmRule

OPEN_TITLE, ONE_TITLE, FOLLOW_TITLE = _("Peringatan terbuka"), _("Satu peringatan"), _("Tindak lanjut")
PAST_TITLE = _("Riwayat 30 hari")
PRIORITY_SHAPES = {"kritis": "◆", "tinggi": "▲", "sedang": "■", "rendah": "○"}
EARLIER, SHOWN = 3, 30  # more would scroll within the page
LONG_HOURS = 72


@dataclass(frozen=True)
class AlarmCut:
    """The alarms a reader sees, newest first, at one instant."""

    now: datetime
    looked_at: datetime | None
    alarms: tuple[Alarm, ...]

    @property
    def open(self) -> tuple[Alarm, ...]:
        return tuple(one for one in self.alarms if one.state is not State.DONE)

    @property
    def operators(self) -> tuple[Alarm, ...]:
        """Open ones that are an operator's."""
        return tuple(one for one in self.open if one.audience != FOLLOW_UP)

    @property
    def is_watched(self) -> bool:
        return self.looked_at is not None and self.now - self.looked_at <= SILENT_AFTER


def read_alarms(desk: Desk, owners: Iterable[str] = ()) -> AlarmCut:
    """Of the agencies asked for, as far as the reader's own alarms go."""
    log, asked = own_log(desk.alarms(), desk.scope.reach) or AlarmLog(), set(owners)
    found = tuple(one for one in log.alarms if not asked or asked & one.owners)
    return AlarmCut(max(desk.instant, log.looked_at or desk.instant), log.looked_at, found)


def priority_words(alarm: Alarm) -> str:
    return f"{PRIORITY_SHAPES[alarm.priority]} {alarm.priority}"


def watch_words(desk: Desk, cut: AlarmCut) -> str:
    """Whether anybody looks at all: without it an empty list would look calm."""
    if cut.looked_at is None:
        return _("◌ Peringatan belum pernah dinilai di sini. Jalankan python -m operations.")
    at = instant_words(cut.looked_at, desk.region.timezone_label, desk.locale)
    if not cut.is_watched:
        return _("◌ Peringatan tidak dinilai sejak {at}. Jalankan python -m operations.").format(at=at)
    return _("● Dinilai terakhir {at}.").format(at=at)


def open_section(desk: Desk, cut: AlarmCut) -> Section:
    """Grouped by cause and place, the most urgent first."""
    blocks: list[Block] = [Words(watch_words(desk, cut), is_note=cut.is_watched)]
    alarms = [alarm for group in group_alarms(cut.operators) for alarm in group.alarms]
    if alarms:
        blocks.append(_table(cut, alarms, OPEN_TITLE))
        blocks += [Words(shelf_words(desk, one), is_note=True) for one in alarms if one.state is State.SHELVED]
    elif cut.is_watched:
        blocks.append(Words(_("Tidak ada peringatan terbuka.")))
    blocks += _never_words(desk)
    return Section(OPEN_TITLE, tuple(blocks), is_sample=any(one.is_sample for one in alarms))


def _never_words(desk: Desk) -> list[Block]:
    """What the wall counts beside alarms: without a first delivery nothing was due yet."""
    never = [action for action in desk.view.actions if action.is_never_delivered]
    if not never:
        return []
    words = _(
        "Dinding juga menghitung {count} sumber yang belum pernah disampaikan. Itu bukan peringatan, karena tenggat "
        "berlaku sejak kiriman pertama: {names}."
    )
    names = "; ".join(f"{action.title} ({action.owner})" for action in never)
    return [Words(words.format(count=len(never), names=names), is_note=True)]


def follow_section(_desk: Desk, cut: AlarmCut) -> Section:
    """For meetings: no operator answers these."""
    alarms = [one for one in cut.open if one.audience == FOLLOW_UP]
    note = _("Untuk rapat dan OPD pelaksana, bukan untuk operator.")
    block: Block = _table(cut, alarms, FOLLOW_TITLE) if alarms else Words(_("Tidak ada yang perlu ditindaklanjuti."))
    return Section(FOLLOW_TITLE, (block,), note, is_sample=any(one.is_sample for one in alarms))


def past_section(_desk: Desk, cut: AlarmCut) -> Section:
    done = [one for one in cut.alarms if one.state is State.DONE]
    columns = (
        Column(_("Muncul"), "instant"),
        Column(_("Selesai"), "instant"),
        Column(_("Prioritas")),
        Column(_("Peringatan")),
        Column(_("Tempat")),
        Column(_("Pemilik")),
        Column(_("Kali muncul"), "number", is_off_screen=True),
        Column(_("Ditanggapi sesudah"), definition=_("sejak muncul pertama")),
        Column(_("Tanggapan")),
        Column(_("Contoh"), "flag"),
    )
    rows = tuple(
        (
            one.raised_at,
            one.ended_at,
            priority_words(one),
            one.title,
            one.place_name,
            one.owner,
            one.episode.raise_count,
            answered_after(one),
            said(one),
            one.is_sample,
        )
        for one in done
    )
    if not rows:
        return Section(PAST_TITLE, (Words(_("Belum ada peringatan yang selesai dalam 30 hari.")),))
    return Section(PAST_TITLE, (Table(columns, rows, name=PAST_TITLE, shown=SHOWN),))


def one_section(desk: Desk, cut: AlarmCut, alarm: Alarm) -> Section:
    """What it means, what to do, its series, what was done now and last time."""
    rule = alarm_rules(desk.rules, cut.now).get(alarm.rule_id)
    head = _("{priority} · {title} · {place} · {state} · pemilik {owner}").format(
        priority=priority_words(alarm),
        title=alarm.title,
        place=alarm.place_name,
        state=state_words(desk, alarm),
        owner=alarm.owner,
    )
    blocks: list[Block] = [Words(head), *([_rule_table(desk, cut, alarm, rule)] if rule else [])]
    figure = desk.view.figures.get(SERIES.get(alarm.signal, ""))
    if figure is not None:
        blocks.append(Figures((figure,), columns=2))
    blocks += series_blocks(desk, alarm)
    blocks.append(_acts_table(desk, _("Yang sudah dilakukan"), alarm.acts) or Words(_("Belum ada tanggapan.")))
    blocks += _last_time(desk, cut, alarm)
    return Section(ONE_TITLE, tuple(blocks), is_sample=alarm.is_sample)


def state_words(desk: Desk, alarm: Alarm) -> str:
    """`ditunda sampai 21 November 2026 18.00 WIB`."""
    return _until(desk, alarm.state.value, alarm.episode.shelved_until)


def shelf_words(desk: Desk, alarm: Alarm) -> str:
    """What was put off until when, by whom and why."""
    act = next((one for one in reversed(alarm.acts) if one.kind == SHELVED), None)
    words = f"{alarm.title} · {alarm.place_name}: {state_words(desk, alarm)}"
    return _("{words}, oleh {who}: {why}").format(words=words, who=act.acted_by, why=act.note) if act else words


def _until(desk: Desk, words: str, until: datetime | None) -> str:
    if until is None:
        return words
    at = instant_words(until, desk.region.timezone_label, desk.locale)
    return _("{words} sampai {at}").format(words=words, at=at)


def answered_after(alarm: Alarm) -> str:
    answer = alarm.answer
    return "" if answer is None else delay_words(answer.acted_at - alarm.raised_at)


def delay_words(delay: timedelta) -> str:
    return format_delay(max(int(delay.total_seconds() // 60), 0))


def said(alarm: Alarm) -> str:
    """`operator.satu: BPBD sudah dihubungi.`, the last word about it."""
    return f"{alarm.acts[-1].acted_by}: {alarm.acts[-1].note}" if alarm.acts else ""


def _table(cut: AlarmCut, alarms: Iterable[Alarm], name: str) -> Table:
    columns = (
        Column(_("Prioritas"), definition=_("◆ kritis · ▲ tinggi · ■ sedang · ○ rendah")),
        Column(_("Peringatan")),
        Column(_("Tempat")),
        Column(_("Pemilik")),
        Column(_("Keadaan"), definition=_("baru, ditanggapi, pulih (normal lagi, belum dilihat), ditunda")),
        Column(_("Umur")),
        Column(_("Nilai"), "number", definition=_("saat muncul terakhir")),
        Column(_("Batas"), "number"),
        Column(_("Tanggapan terakhir"), is_off_screen=True),
        Column(_("Rincian"), is_off_screen=True),
        Column(_("Sejak"), "instant", is_off_screen=True),
        Column(_("Contoh"), "flag"),
    )
    return Table(columns, tuple(_row(cut, one) for one in alarms), name=name, shown=SHOWN)


def _row(cut: AlarmCut, alarm: Alarm) -> tuple[Cell, ...]:
    return (
        priority_words(alarm),
        alarm.title,
        alarm.place_name,
        alarm.owner,
        alarm.state.value,
        delay_words(cut.now - alarm.raised_at),
        _measured(alarm.value, alarm.unit),
        _measured(alarm.limit, alarm.unit),
        said(alarm),
        alarm.detail,
        alarm.raised_at,
        alarm.is_sample,
    )


def _measured(value: Decimal, unit: str) -> Quantity:
    """Many hours in days: 2.678 jam says nothing to anybody."""
    return Quantity(value / 24, _("hari"), 1) if unit == "jam" and value >= LONG_HOURS else Quantity(value, unit, 1)


def _rule_table(desk: Desk, cut: AlarmCut, alarm: Alarm, rule: AlarmRule) -> Table:
    within = rule.respond_within or timedelta()
    is_late = alarm.state in UNSEEN and cut.now - alarm.raised_at > within
    told = delay_words(within) + (_(" sejak muncul, sudah terlewati") if is_late else _(" sejak muncul"))
    rows = (
        *limit_rows(desk, alarm, rule),
        (_("Sebab yang dicari"), rule.cause),
        (_("Akibat bila dibiarkan"), rule.consequence),
        (_("Yang dilakukan"), rule.response),
        (_("Waktu tanggap"), told),
        (_("Dasar batas"), f"{rule.regulation}. {rule.source}"),
        (_("Versi aturan"), alarm.rule_version),
    )
    return Table((Column(_("Hal")), Column(_("Isi"))), rows, name=_("Arti dan tindakan"))


def _acts_table(desk: Desk, title: str, acts: Iterable[Act]) -> Table | None:
    columns = (Column(_("Waktu"), "instant"), Column(_("Oleh")), Column(_("Tindakan")), Column(_("Catatan")))
    rows = tuple((act.acted_at, act.acted_by, _until(desk, act.kind, act.until), act.note) for act in acts)
    return Table(columns, rows, name=title) if rows else None


def _last_time(desk: Desk, cut: AlarmCut, alarm: Alarm) -> list[Block]:
    """The episodes of the same rule at the same place before."""
    same = [one for one in cut.alarms if (one.rule_id, one.place) == (alarm.rule_id, alarm.place)]
    before = [one for one in same if one.alarm_id < alarm.alarm_id][:EARLIER]
    table = _acts_table(desk, _("Yang dilakukan sebelumnya"), (act for one in before for act in one.acts))
    return [Words(_("Yang dilakukan pada kali sebelumnya:")), table] if table else []
