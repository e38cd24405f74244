"""The series of one stored value drawn: gaps stay gaps, a change of the rules that judge it is a visible break.

Refuses to draw a single period, or a window that moves with every delivery.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import pandas as pd

from charts.formats import format_number
from charts.series import SeriesBreak, SeriesEvent
from charts.trend import TrendFrame, build_trend_chart
from reports.content import Chart
from reports.desk import Desk
from reports.indicator_events import events_of
from reports.stored_figures import exact
from warehouse.figures import TrendPoint
from warehouse.indicators.model import Indicator
from warehouse.rules import RuleBook
from warehouse.wall_figures import period_before, short_label

SERIES_HEIGHT = 260
MOST_POINTS = 62


def series_chart(desk: Desk, indicator: Indicator, frame: pd.DataFrame, row: Any) -> tuple[Chart, ...]:
    """Of the same entity as `row`, its last periods within `frame`; nothing when fewer than two have a value."""
    if row is None or indicator.period_kind == "window":
        return ()
    own = frame[(frame["entity_kind"] == row.entity_kind) & (frame["entity_code"] == row.entity_code)]
    rows: list[Any] = list(own.itertuples())
    values = {one.period_start.date(): exact(one.value) for one in rows}
    if sum(value is not None for value in values.values()) < 2:
        return ()
    points = _points(indicator.period_kind, values)
    target, label = indicator.target_by(desk.rules, row.period_end.date())
    breaks = _breaks(own, desk.rules, points[0].period_start)
    known = [point for point in points if point.value is not None]
    words = _("{title}, {first} sampai {last}: terakhir {value} {unit}").format(
        title=indicator.title_by(desk.rules),
        first=points[0].label,
        last=points[-1].label,
        value=format_number(known[-1].value, indicator.decimals, desk.locale),
        unit=indicator.unit,
    )
    marks = tuple(SeriesEvent(event.day, event.word) for event in events_of(desk, indicator))
    styled = TrendFrame(indicator.decimals, target, label, breaks, indicator.unit != "", events=marks)
    return (Chart("deret", f"{words.strip()}.", build_trend_chart, (points, styled), SERIES_HEIGHT),)


def _points(kind: str, values: dict[date, Decimal | None]) -> tuple[TrendPoint, ...]:
    """A period without a row is a gap."""
    points: list[TrendPoint] = []
    period = max(values)
    while period >= min(values) and len(points) < MOST_POINTS:
        points.append(TrendPoint(period, short_label(kind, period), values.get(period)))
        period = period_before(kind, period)
    return tuple(reversed(points))


def _breaks(own: pd.DataFrame, rules: RuleBook, first: date) -> tuple[SeriesBreak, ...]:
    """Where another pack judges than the period before; a region's own limits are no other pack."""
    found: list[SeriesBreak] = []
    before: tuple[str, date] | None = None
    rows: list[Any] = list(own.sort_values("period_start").itertuples())
    packs = {pack.pack_id: pack for pack in rules.every_pack}
    for one in rows:
        pack_id = one.rule_version.partition("@")[0]
        if before is not None and pack_id != before[0] and before[1] >= first:
            name = packs[pack_id].regulation if pack_id in packs else pack_id
            found.append(SeriesBreak(before[1], f"{one.period_start.year}: {name}"))
        before = (pack_id, one.period_start.date())
    return tuple(found)
