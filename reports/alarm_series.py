"""What an alarm watches over time at its own place, beside its limit; only where that was kept as numbers.

Refuses to draw what was never kept: ages of tickets and delays of deliveries follow from the times they carry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from gettext import gettext as _
from typing import Any

from charts.trend import TrendFrame, build_trend_chart
from reports.content import Block, Chart, Words
from reports.desk import Desk
from reports.rivers import newest_hours, river_chart
from reports.stored_figures import exact
from warehouse import queries
from warehouse.alarms.standing import Alarm
from warehouse.figures import TrendPoint
from warehouse.indicators.model import write_number
from warehouse.indicators.periods import write_short_day
from warehouse.punctuality import Due
from warehouse.rules import round_half_up
from warehouse.scope import Action
from warehouse.ticket_days import oldest_open_hours
from warehouse.wall_actions import AIR, CALLS, DENGUE, DEVIATION, FIRE
from warehouse.wall_figures import short_label
from warehouse.weather_queries import warning_days

HEIGHT = 200
DAYS, PERIODS = 30, 24
LONG_HOURS = 72  # delays from here on are told in days


def series_blocks(desk: Desk, alarm: Alarm) -> list[Block]:
    """Words and a chart; nothing for a signal that keeps no series."""
    found = _SERIES.get(alarm.signal)
    return found(desk, alarm) if found else []


def _river(desk: Desk, alarm: Alarm) -> list[Block]:
    """The readings of the post over two days between its own thresholds."""
    posts = newest_hours(desk)
    own = next((rows for rows in posts if f"{rows[0].station_name}/{rows[0].parameter_code}" == alarm.place), ())
    return [] if len(own) < 2 else list(river_chart(desk, own, "alarm"))


def _warnings(desk: Desk, alarm: Alarm) -> list[Block]:
    """The gravest warning of the area on each day; a day without one is 0, BMKG sends only while there is one."""
    last = desk.view.instant.date()
    first = last - timedelta(days=DAYS - 1)
    found: dict[date, int] = desk.ask(warning_days, desk.region.region_code, alarm.place, first, last)
    days = [first + timedelta(days=count) for count in range(DAYS)]
    points = tuple(TrendPoint(day, write_short_day(day), Decimal(found.get(day, 0))) for day in days)
    words = _("Peringatan terberat yang terbit tiap hari di {place}: 0 tanpa peringatan, 4 ekstrem.")
    return _drawn(alarm, points, words.format(place=alarm.place_name), with_zero=True)


def _tickets(desk: Desk, alarm: Alarm) -> list[Block]:
    """The age of the agency's oldest open ticket at the end of each day."""
    last = desk.view.instant.date()
    first = last - timedelta(days=DAYS - 1)
    found: dict[date, Decimal] = desk.ask(oldest_open_hours, desk.region.region_code, alarm.place, first, last)
    points = tuple(TrendPoint(day, write_short_day(day), hours) for day, hours in sorted(found.items()))
    words = _("Umur tiket terbuka tertua {place} pada akhir tiap hari, jam; 0 bila tidak ada yang terbuka.")
    return _drawn(alarm, points, words.format(place=alarm.place_name), with_zero=True)


def _delays(desk: Desk, alarm: Alarm) -> list[Block]:
    """How late the sender was on each day, at its worst."""
    if not desk.scope.may(Action.SEE_DELIVERIES):
        return []
    owed: tuple[Due, ...] = desk.ask(queries.dues, desk.instant)
    own = [due for due in owed if f"{due.source_id}/{due.opd_code}" == alarm.place]
    if not own:
        return []
    today = desk.instant.date()
    first = max(min(due.due_at for due in own).date(), today - timedelta(days=DAYS - 1))
    days = [first + timedelta(days=count) for count in range((today - first).days + 1)]
    late = [_worst_delay(own, day, desk.instant) for day in days]
    in_days = max(late, default=timedelta()) >= timedelta(hours=LONG_HOURS)
    unit, whole = (_("hari"), timedelta(days=1)) if in_days else (_("jam"), timedelta(hours=1))
    points = tuple(
        TrendPoint(day, write_short_day(day), round_half_up(Decimal(delay / whole), 1))
        for day, delay in zip(days, late, strict=True)
    )
    words = _("Keterlambatan kiriman {place} tiap hari, {unit}; 0 bila tidak ada yang terlambat.")
    told = words.format(place=alarm.place_name, unit=unit)
    return _drawn(alarm, points, told, with_limit=not in_days, with_zero=True)


def _worst_delay(owed: Iterable[Due], day: date, now: datetime) -> timedelta:
    """Of what was due and had not come, or came that day."""
    start = datetime.combine(day, time())
    end = min(start + timedelta(days=1), now)
    open_ones = (
        due
        for due in owed
        if due.due_at < end and (due.received_at is None or due.received_at > max(start, due.due_at))
    )
    return max((min(due.received_at or end, end) - due.due_at for due in open_ones), default=timedelta())


def _stored(indicator_id: str, kind: str, with_limit: bool = True) -> Callable[[Desk, Alarm], list[Block]]:
    """The values of one kind of entity; the limit is drawn where it is of the same thing."""

    def blocks(desk: Desk, alarm: Alarm) -> list[Block]:
        code = desk.region.region_code if kind == "region" else alarm.place
        frame = desk.ask(queries.indicator_values, indicator_id, kind)
        rows: list[Any] = list(frame[frame["entity_code"] == code].tail(PERIODS).itertuples())
        points = tuple(
            TrendPoint(row.period_start.date(), short_label(row.period_kind, row.period_start.date()), exact(row.value))
            for row in rows
        )
        title = desk.view.figures[indicator_id].title if indicator_id in desk.view.figures else alarm.title
        return _drawn(alarm, points, f"{title}, {alarm.place_name}.", with_limit=with_limit)

    return blocks


def _drawn(
    alarm: Alarm, points: tuple[TrendPoint, ...], words: str, *, with_limit: bool = True, with_zero: bool = False
) -> list[Block]:
    if sum(point.value is not None for point in points) < 2:
        return []
    limit = alarm.limit if with_limit else None
    known = [number for number in (limit, *(point.value for point in points)) if number is not None]
    places = 0 if all(number == number.to_integral_value() for number in known) else 1
    label = "" if limit is None else _("batas {limit}").format(limit=write_number(limit))
    frame = TrendFrame(places, limit, label, scale_from_zero=with_zero)
    return [Words(words), Chart("alarm-series", words, build_trend_chart, (points, frame), HEIGHT)]


_SERIES: dict[str, Callable[[Desk, Alarm], list[Block]]] = {
    "muka_air": _river,
    "peringatan_bmkg": _warnings,
    "tiket_terbuka": _tickets,
    "data_terlambat": _delays,
    "ispu": _stored(AIR, "station"),
    "deviasi_program": _stored(DEVIATION, "programme"),
    "dbd_siaga": _stored(DENGUE, "region"),
    "respons_kebakaran": _stored(FIRE, "region"),
    "panggilan_112": _stored(CALLS, "region", with_limit=False),  # its limit is of an hour, its series of days
}
