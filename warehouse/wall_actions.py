"""What needs a response now: surging calls, old tickets, slow fire response, unhealthy air, deliveries that are late.

A figure whose data is overdue makes no alarm of its own: it lost its status. Only the missing delivery is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from gettext import gettext as _

from warehouse.clock import MONTHS, next_delivery
from warehouse.figures import ActionItem, AirReading, ClockReading, ClockState, Figure
from warehouse.formulas.dengue_alert import ALERT
from warehouse.indicators.model import write_number
from warehouse.indicators.periods import last_due_month, write_month_name
from warehouse.rules import RuleBook, round_half_up
from warehouse.wall_calls import Surge
from warehouse.wall_incidents import FireSender, SentTicket

CALLS, FIRE = "smart_living.panggilan_112", "smart_living.respons_kebakaran"
TICKETS = "smart_living.tiket_terbuka"
TIMELINESS = "data.ketepatan_waktu"
INCIDENTS_SOURCE = "bpbd_kejadian_112"
AIR, DENGUE = "smart_environment.ispu", "smart_living.dbd_siaga"
RIVER, DEVIATION = "smart_environment.siaga_sungai", "masterplan.deviasi_fisik"
SPOKEN = {"opd_progres_program": _("progres program"), "opd_lra": _("LRA")}  # sources as people name them
MOST_OWNERS, NAMED_OWNERS = 5, 3  # of more agencies than these, so many are named
SEVERITIES = ("kritis", "perlu tindakan", "data")
HOUR, DAY = 60, 24 * 60  # minutes


def surge_actions(surge: Surge | None, calls: Figure | None, owners: Sequence[str]) -> list[ActionItem]:
    """A surge in the last complete hours, unless the feed itself is late."""
    if surge is None or calls is None or calls.clock.state is ClockState.OVERDUE:
        return []
    title = _("112 melonjak: {count} panggilan jam {hour}").format(count=surge.count, hour=surge.hour)
    detail = _("biasa {low}–{high} panggilan").format(low=surge.usual_low, high=surge.usual_high)
    return [ActionItem("kritis", title, ", ".join(owners), detail, CALLS, calls.is_sample)]


def ticket_actions(tickets: Iterable[SentTicket], clocks: Iterable[ClockReading], rules: RuleBook) -> list[ActionItem]:
    """Tickets older than the limit, as far as their senders are not late themselves."""
    hours = rules.count("layanan_112.open_ticket_hours")
    late = late_senders(clocks)
    old = [sent for sent in tickets if sent.age_seconds > hours * 3600 and sent.sender not in late]
    if not old:
        return []
    detail = _("tertua {hours} jam").format(hours=max(sent.ticket.age_hours for sent in old))
    if late:
        detail += _(" · kiriman {opd} terlambat").format(opd=", ".join(sorted(late)))
    title = _("{count} tiket 112 terbuka lebih dari {hours} jam").format(count=len(old), hours=hours)
    owners = [sent.ticket.opd_code for sent in old]
    by_count = sorted(set(owners), key=lambda opd: (-owners.count(opd), opd))
    is_sample = any(sent.is_sample for sent in old)
    return [ActionItem("perlu tindakan", title, ", ".join(by_count), detail, TICKETS, is_sample)]


def fire_actions(
    figure: Figure | None, senders: Sequence[FireSender], clocks: Iterable[ClockReading]
) -> list[ActionItem]:
    """Mean fire response of the month above its standard, unless an agency that fights fires is late."""
    if figure is None or figure.value is None or not figure.misses_target:
        return []
    if late_senders(clocks).intersection(sender.sender for sender in senders):
        return []
    title = _("Respons kebakaran di atas {limit} menit").format(limit=figure.target_label)
    detail = _("rata-rata {mean} menit dari {count} kejadian").format(
        mean=str(round_half_up(figure.value, 1)).replace(".", ","), count=write_number(figure.denominator or Decimal(0))
    )
    owners = sorted({sender.opd_code for sender in senders}) or [figure.clock.opd_code]
    return [ActionItem("perlu tindakan", title, ", ".join(owners), detail, FIRE, figure.is_sample)]


def late_senders(clocks: Iterable[ClockReading]) -> set[str]:
    """Agencies whose incident workbooks are overdue."""
    return {c.opd_code for c in clocks if c.source_id == INCIDENTS_SOURCE and c.state is ClockState.OVERDUE}


def air_actions(
    figure: Figure | None, stations: Sequence[AirReading], owners: Sequence[str], rules: RuleBook
) -> list[ActionItem]:
    """Air above its limit on the latest day, with what that means for health, unless the stations' feed is late."""
    if figure is None or figure.value is None or not figure.misses_target or figure.clock.state is ClockState.OVERDUE:
        return []
    scale = rules.scale("ispu")
    found = scale.class_of(figure.value)
    if found is None:
        return []
    worst = stations[0].station_name if stations and stations[0].index == figure.value else ""
    parts = (found.meaning, figure.determinant, worst, figure.period_label)
    return [
        ActionItem(
            severity="kritis" if found is scale.classes[-1] else "perlu tindakan",
            title=_("ISPU {index}: {category}").format(index=write_number(figure.value), category=found.name),
            owner=", ".join(owners),
            detail=" · ".join(part for part in parts if part),
            indicator_id=AIR,
            is_sample=figure.is_sample,
        )
    ]


def dengue_actions(figure: Figure | None, owners: Sequence[str]) -> list[ActionItem]:
    """Dengue on alert in the newest week of the region, unless the reports are late."""
    if figure is None or figure.predikat != ALERT or figure.clock.state is ClockState.OVERDUE:
        return []
    detail = " · ".join(part for part in (figure.reason, figure.period_label) if part)
    title = _("DBD siaga: level {level}").format(level=write_number(figure.value or Decimal(0)))
    return [ActionItem("perlu tindakan", title, ", ".join(owners), detail, DENGUE, figure.is_sample)]


def delivery_actions(clocks: Iterable[ClockReading], scheduled: frozenset[str], instant: datetime) -> list[ActionItem]:
    """What is overdue, longest delay first, then each agreed source that never came.

    One for each sender; of a monthly or yearly source with several late senders one for all of them. What was excused
    asks nobody for anything.
    """
    late = [clock for clock in clocks if clock.state is ClockState.OVERDUE and not clock.is_excused]
    never: dict[str, list[ClockReading]] = {}
    for clock in clocks:
        if clock.state is ClockState.NEVER and clock.source_id in scheduled:
            never.setdefault(clock.source_id, []).append(clock)
    groups: dict[tuple[str, str], list[ClockReading]] = {}
    for clock in sorted(late, key=lambda clock: (-clock.overdue_minutes, clock.source_id, clock.opd_code)):
        sender = "" if clock.cadence in MONTHS else clock.opd_code
        groups.setdefault((clock.source_id, sender), []).append(clock)
    overdue = [_overdue(several, instant) for several in groups.values()]
    return overdue + [
        ActionItem(
            severity="data",
            title=_("Data {title} belum masuk").format(title=_short_title(several[0].source_title)),
            owner=write_owners([clock.opd_code for clock in several]),
            detail=_("belum pernah disampaikan"),
            indicator_id=TIMELINESS,
            is_sample=False,
            is_never_delivered=True,
        )
        for _source, several in sorted(never.items())
    ]


def _overdue(several: list[ClockReading], instant: datetime) -> ActionItem:
    """Late senders of one source, the latest first; the delay told is the longest."""
    first = several[0]
    title = _("Data {title} belum masuk").format(title=_short_title(first.source_title))
    detail = _("terlambat {delay}").format(delay=write_delay(first.overdue_minutes))
    if len(several) > 1:
        what = SPOKEN.get(first.source_id) or _short_title(first.source_title)
        title = (
            _("{count} OPD belum menyampaikan {what} {period}")
            .format(count=len(several), what=what, period=_owed_period(first, instant))
            .strip()
        )
        detail = _("paling lama terlambat {delay}").format(delay=write_delay(first.overdue_minutes))
    return ActionItem(
        severity="data",
        title=title,
        owner=write_owners([clock.opd_code for clock in several]),
        detail=detail,
        indicator_id=TIMELINESS,
        is_sample=any(clock.is_sample for clock in several),
    )


def _owed_period(clock: ClockReading, instant: datetime) -> str:
    """The month whose reports are due by now: "Oktober"."""
    complete_to = clock.data_until or clock.received_at
    if clock.cadence != "monthly" or clock.due_at is None or complete_to is None:
        return ""
    grace = clock.due_at - next_delivery(complete_to, clock.cadence)
    return write_month_name(last_due_month(instant, int(grace.total_seconds() // 60)))


def write_owners(codes: Sequence[str]) -> str:
    """All agencies, or the first few and how many more."""
    if len(codes) <= MOST_OWNERS:
        return ", ".join(codes)
    named = ", ".join(codes[:NAMED_OWNERS])
    return _("{named} dan {count} lainnya").format(named=named, count=len(codes) - NAMED_OWNERS)


def ordered(actions: Iterable[ActionItem]) -> tuple[ActionItem, ...]:
    """Critical first, then what needs action, then missing data; otherwise as given."""
    return tuple(sorted(actions, key=lambda action: SEVERITIES.index(action.severity)))


def write_delay(minutes: int) -> str:
    """A delay in its largest whole unit: "11 hari", "2 jam", "5 menit"."""
    if minutes >= DAY:
        return _("{count} hari").format(count=minutes // DAY)
    if minutes >= HOUR:
        return _("{count} jam").format(count=minutes // HOUR)
    return _("{count} menit").format(count=minutes)


def _short_title(title: str) -> str:
    """Contract title within a sentence: the part before a comma or bracket, without its capital."""
    words = title.split(",", maxsplit=1)[0].split("(", maxsplit=1)[0].strip()
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
