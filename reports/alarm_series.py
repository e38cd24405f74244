"""What an alarm watches over time at its own place, beside its limit; only where that was kept as numbers.

Refuses a series where the number lives on no day: how long a ticket or a delivery waits is told by its age.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
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
from warehouse.wall_actions import AIR, CALLS, DEVIATION, FIRE
from warehouse.wall_figures import short_label
from warehouse.weather_queries import warning_days

HEIGHT = 200
DAYS, PERIODS = 30, 24


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
    "ispu": _stored(AIR, "station"),
    "deviasi_program": _stored(DEVIATION, "programme"),
    "respons_kebakaran": _stored(FIRE, "region"),
    "panggilan_112": _stored(CALLS, "region", with_limit=False),  # its limit is of an hour, its series of days
}
