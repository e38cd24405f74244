"""The latest value of each indicator with its target, trend and clock, as one frozen figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import sqlalchemy as sa

from warehouse.catalogue import INDICATORS, UNDATED
from warehouse.clock import worst_of
from warehouse.figures import ClockReading, ClockState, Figure, TrendPoint, ValueStatus
from warehouse.indicators.data import ketepatan_waktu
from warehouse.indicators.masterplan import deviasi_fisik, realisasi_fisik
from warehouse.indicators.model import Dataset, Indicator, Scope, write_number
from warehouse.indicators.periods import (
    write_day,
    write_month,
    write_short_day,
    write_short_month,
)
from warehouse.rules import RuleBook, round_half_up
from warehouse.schema import mart_indicator_value as mart

TREND_POINTS = 24
NAMED_SENDERS = 3  # more late senders of one source are counted, not listed
REALISED, DEVIATION = realisasi_fisik.INDICATOR.id, deviasi_fisik.INDICATOR.id
COUNTS = ("smart_living.panggilan_112",)  # part of a period is not comparable with a whole one


@dataclass(frozen=True)
class Region:
    """The region a view is for."""

    code: str
    name: str


@dataclass(frozen=True)
class FigureFacts:
    """What some figures have besides their stored values, by indicator id."""

    usual: Mapping[str, tuple[Decimal, Decimal]]
    senders: Mapping[
        str, frozenset[str]
    ]  # agencies whose deliveries stand behind the figure; absent: all of its sources


def read_figures(
    connection: sa.Connection,
    region: Region,
    rules: RuleBook,
    clocks: Sequence[ClockReading],
    facts: FigureFacts,
) -> dict[str, Figure]:
    """The region's latest period of each stored indicator, by indicator id."""
    newest_first = sa.func.row_number().over(partition_by=mart.c.indicator_id, order_by=mart.c.period_start.desc())
    own = (
        sa.select(mart, newest_first.label("place"))
        .where(mart.c.region_code == region.code, mart.c.entity_kind == "region")
        .subquery("own")
    )
    recent = own.c.place <= TREND_POINTS + 1  # one more: a period that has only begun is left out of a trend
    select = sa.select(*own.c).where(recent).order_by(own.c.indicator_id, own.c.period_start)
    rows: dict[str, list[Any]] = {}
    for row in connection.execute(select):
        rows.setdefault(row.indicator_id, []).append(row)
    figures = {}
    for indicator in INDICATORS:
        if indicator.id in rows:
            clock = FigureClock.over(clocks, indicator, facts.senders.get(indicator.id))
            figure = _figure(indicator, rows[indicator.id], region, rules, clock)
            figures[indicator.id] = replace(figure, usual=facts.usual.get(indicator.id))
    return _with_plan(figures)


def _with_plan(figures: dict[str, Figure]) -> dict[str, Figure]:
    """Physical realisation beside what was planned for the same month and programmes."""
    realised, deviation = figures.get(REALISED), figures.get(DEVIATION)
    if not realised or not deviation or realised.value is None or deviation.value is None:
        return figures
    if realised.period_label != deviation.period_label:
        return figures
    plan = realised.value - deviation.value
    label = _("rencana {share} %").format(share=write_number(round_half_up(plan, realised.decimals)))
    return figures | {REALISED: replace(realised, target=plan, target_label=label)}


@dataclass(frozen=True)
class FigureClock:
    """The clock told with a figure, and words on senders that are missing from it."""

    reading: ClockReading
    note: str

    @staticmethod
    def over(
        clocks: Sequence[ClockReading], indicator: Indicator, senders: frozenset[str] | None = None
    ) -> FigureClock:
        """Overdue only when every sender behind the figure is late; when some are, the figure stands and names them."""
        own = [clock for clock in clocks if clock.source_id in indicator.source_ids]
        own = [clock for clock in own if senders and clock.opd_code in senders] or own
        if not own:
            source = ", ".join(indicator.source_ids)
            return FigureClock(ClockReading(source, source, "", ClockState.NEVER, "", None, None, None, 0, False), "")
        on_time = [clock for clock in own if clock.state not in (ClockState.OVERDUE, ClockState.NEVER)]
        return FigureClock(worst_of(on_time or own), missing_senders(own) if on_time else "")


def missing_senders(clocks: Iterable[ClockReading]) -> str:
    """Which of several senders are late, and since when: "DLH belum menyampaikan sejak 9 November 2026".

    Of many senders only how many: "7 dari 30 OPD belum menyampaikan".
    """
    every, notes = tuple(clocks), []
    missing = {clock.opd_code for clock in every if clock.state in (ClockState.OVERDUE, ClockState.NEVER)}
    if len(missing) > NAMED_SENDERS:
        return _("{count} dari {total} OPD belum menyampaikan").format(
            count=len(missing), total=len({clock.opd_code for clock in every})
        )
    for clock in every:
        complete_to = clock.data_until or clock.received_at
        if clock.state is ClockState.OVERDUE and complete_to is not None:
            notes.append(
                _("{opd} belum menyampaikan sejak {day}").format(opd=clock.opd_code, day=write_day(complete_to.date()))
            )
        elif clock.state is ClockState.NEVER:
            notes.append(_("{opd} belum pernah menyampaikan").format(opd=clock.opd_code))
    return "; ".join(notes)


def _figure(indicator: Indicator, rows: Sequence[Any], region: Region, rules: RuleBook, clock: FigureClock) -> Figure:
    latest = rows[-1]
    day = None if latest.period_start == UNDATED else latest.period_end
    target, target_label = indicator.target_by(rules, day)
    return Figure(
        indicator_id=indicator.id,
        title=indicator.title_by(rules),
        entity_code=latest.entity_code,
        entity_name=region.name,
        period_label=period_label(latest.period_kind, latest.period_start, latest.period_end),
        value=latest.value,
        unit=indicator.unit,
        decimals=indicator.decimals,
        numerator=latest.numerator,
        denominator=latest.denominator,
        status=ValueStatus(latest.status),
        reason="; ".join(words for words in (latest.reason, clock.note) if words),
        predikat=latest.predikat or "",
        target=target,
        target_label=target_label,
        better=indicator.better,
        usual=None,
        trend=_trend(indicator, _of_one_scheme(rows, rules)),
        clock=clock.reading,
        rule_version=latest.rule_version,
        is_sample=latest.is_sample,
        determinant=latest.determinant or "",
        is_target_excluded=indicator.excludes_target(rules, day),
        day=day,
    )


def period_label(kind: str, start: date, end: date) -> str:
    """A period in words; "" for a row that only says "never delivered"."""
    if start == UNDATED:
        return ""
    if kind == "year":
        return str(start.year)
    if kind == "month":
        return write_month(start)
    if kind == "week":
        return _("Minggu s.d. {day}").format(day=write_day(end))
    if kind == "window":
        return _("{days} hari s.d. {day}").format(days=(end - start).days + 1, day=write_day(end))
    return write_day(start)


def _of_one_scheme(rows: Sequence[Any], rules: RuleBook) -> list[Any]:
    """Those judged by the scheme of the last one: what replaced an index is another index, never the same line."""
    schemes = {pack.rule_version: pack.scheme for pack in rules.index_packs}
    latest = schemes.get(rows[-1].rule_version)
    return [row for row in rows if schemes.get(row.rule_version, latest) == latest]


def _trend(indicator: Indicator, rows: Sequence[Any]) -> tuple[TrendPoint, ...]:
    """The last periods in order; a period without a row is a gap."""
    dated = [row for row in rows if row.period_start != UNDATED]
    if indicator.id in COUNTS and dated and dated[-1].reason:
        dated = dated[:-1]
    if not dated or indicator.period_kind == "window":
        return ()
    values = {row.period_start: None if indicator.id in COUNTS and row.reason else row.value for row in dated}
    points: list[TrendPoint] = []
    period = dated[-1].period_start
    while period >= dated[0].period_start and len(points) < TREND_POINTS:
        points.append(TrendPoint(period, short_label(indicator.period_kind, period), values.get(period)))
        period = period_before(indicator.period_kind, period)
    return tuple(reversed(points))


def period_before(kind: str, start: date) -> date:
    if kind == "year":
        return start.replace(year=start.year - 1)
    if kind == "week":
        return start - timedelta(days=7)
    before = start - timedelta(days=1)
    return before.replace(day=1) if kind == "month" else before


def short_label(kind: str, start: date) -> str:
    if kind == "year":
        return str(start.year)
    return write_short_month(start) if kind == "month" else write_short_day(start)


def punctuality_figure(
    clocks: Sequence[ClockReading],
    scheduled_sources: frozenset[str],
    region: Region,
    rules: RuleBook,
    instant: datetime,
) -> Figure:
    """Agencies on time at an instant; never stored, because it changes with the clock."""
    scope = Scope(region.code, region.name, "", (), instant)
    rows = tuple(
        ketepatan_waktu.ScheduledClock(
            clock.opd_code, ClockState.DUE if clock.is_excused else clock.state, clock.is_sample
        )
        for clock in clocks
        if clock.source_id in scheduled_sources
    )
    (value,) = ketepatan_waktu.calculate(Dataset(scope, rows), rules)
    receipts = _("Catatan penerimaan")
    own = ClockReading("", receipts, "", ClockState.FRESH, "hourly", instant, instant, None, 0, value.is_sample)
    figure = _figure(ketepatan_waktu.INDICATOR, [value], region, rules, FigureClock(own, ""))
    return replace(figure, trend=())
