"""One cut of one measure, resolved: which facts, which days, grouped by what, and what of the filters cannot apply.

Refuses silence: each filter that a measure cannot honour is told in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from gettext import gettext as _

import sqlalchemy as sa

from warehouse.delivered import read_delivered
from warehouse.filters import EXPLICIT, REALITIES, Filters, Span, compared_span, is_whole_months, resolve_span
from warehouse.indicators.model import Scope
from warehouse.indicators.periods import HOURS_A_DAY, day_and_hours
from warehouse.measures import DIMENSION, KECAMATAN, OPD, REGION, STATION, TIME, Measure
from warehouse.rules import RuleBook
from warehouse.schema import mart_call_hourly as hourly
from warehouse.schema import meta_release, ref_region

COLUMNS = {
    REGION: "region_code",
    KECAMATAN: "kecamatan_code",
    OPD: "opd_code",
    DIMENSION: "dimension_code",
    STATION: "station",
}
WORDS = {
    TIME: _("waktu"), REGION: _("daerah"), KECAMATAN: _("kecamatan"), OPD: _("OPD"), DIMENSION: _("dimensi"),
    STATION: _("stasiun"),
}  # fmt: skip
UNHONOURED = ("program", "tahun", "sumber")
DAYS_AS_DAYS, DAYS_AS_MONTHS = 62, 1900  # longer spans are shown by month, and by year

Senders = tuple[tuple[str, str], ...]  # source and agency


@dataclass(frozen=True)
class Cut:
    """What a query needs; all codes are bound as values."""

    measure: Measure
    scope: Scope
    regions: tuple[str, ...]
    chosen: tuple[tuple[str, tuple[str, ...]], ...]  # column of the facts and its codes
    is_sample: bool | None  # None: both
    senders: Senders | None  # None: all
    grouping: str
    step: str  # day, month, year: how long a row of time is
    span: Span
    compared: Span | None
    last_day: date
    until_hour: int  # hours of `last_day` that were delivered whole
    ignored: tuple[str, ...]

    @property
    def compares_rows_of_time(self) -> bool:
        return _are_rows_comparable(self.span, self.compared, self.step)

    def hour_limit(self, span: Span) -> int | None:
        """Hours of the last day of a span that count; None for all. A compared day ends at the same hour."""
        is_part = self.measure.has_hours and self.span.end == self.last_day and self.until_hour < HOURS_A_DAY
        return self.until_hour if is_part and span.end in (self.span.end, self.compared and self.compared.end) else None

    def hours_in(self, span: Span) -> int:
        """Hours a delivery would have to cover to tell all of a span."""
        if span.start is None:
            return 0
        limit = self.hour_limit(span)
        missing = 0 if limit is None else HOURS_A_DAY - limit
        return ((span.end - span.start).days + 1) * HOURS_A_DAY - missing


def plan_cut(
    connection: sa.Connection, measure: Measure, filters: Filters, rules: RuleBook, senders: Senders | None
) -> Cut | None:
    """The cut that `filters` mean for a measure; None before the first delivery. Raises FilterError."""
    region = connection.execute(sa.select(meta_release.c.region_code)).scalar_one()
    scope = read_delivered(connection, region).scope(measure.indicator.source_ids)
    last_day = _last_day(connection, measure, scope, rules)
    if last_day is None:
        return None
    grouping, ignored = _grouping(measure, filters)
    span = resolve_span(filters, last_day, measure.period)
    compared, step = compared_span(span, filters.banding), _step(measure, span, last_day)
    if filters.banding and compared is None:
        ignored += (_("Pembanding tidak ada: rentang ini tidak punya hari pertama."),)
    if grouping == TIME and compared and not _are_rows_comparable(span, compared, step):
        ignored += (_("Pembanding tiap baris waktu tidak ada: rentang ini tidak mulai pada awal bulan."),)
    if filters.per and EXPLICIT.match(filters.periode):
        ignored += (_("Saringan per tidak dipakai: periode menyebut tanggalnya sendiri."),)
    return Cut(
        measure=measure,
        scope=scope,
        regions=_regions(connection, measure, filters, grouping, region),
        chosen=tuple((COLUMNS[name], getattr(filters, name)) for name in _chosen(measure, filters)),
        is_sample=_reality(filters),
        senders=senders,
        grouping=grouping,
        step=step,
        span=span,
        compared=compared,
        last_day=last_day,
        until_hour=_until_hour(connection, scope, last_day) if measure.has_hours else HOURS_A_DAY,
        ignored=ignored + _unheard(measure, filters),
    )


def _are_rows_comparable(span: Span, compared: Span | None, step: str) -> bool:
    """Months can be laid beside months only where both spans begin alike."""
    if step == "day" or span.unit != "hari" or is_whole_months(span):
        return True
    start, past = span.start, compared.start if compared else None
    return bool(start and past and (start.month, start.day) == (past.month, past.day))


def _last_day(connection: sa.Connection, measure: Measure, scope: Scope, rules: RuleBook) -> date | None:
    """The last day delivered; of months and years the last one with a fact."""
    if scope.data_until is None:
        return None
    if measure.step == "day" and not measure.is_worst_of:
        return day_and_hours(scope.data_until)[0]
    facts = measure.select(scope, rules).subquery("facts")
    last: date | None = connection.execute(sa.select(sa.func.max(facts.c.day))).scalar()
    return last


def _until_hour(connection: sa.Connection, scope: Scope, day: date) -> int:
    """Whole hours of the last day, up to the first that was not delivered."""
    if scope.data_until is None:
        return 0
    last = day_and_hours(scope.data_until)[1]
    select = sa.select(hourly.c.call_hour).where(
        hourly.c.region_code == scope.region_code, hourly.c.call_date == day, hourly.c.call_hour < last
    )
    delivered = set(connection.execute(select).scalars())
    return next((hour for hour in range(last) if hour not in delivered), last)


def _grouping(measure: Measure, filters: Filters) -> tuple[str, tuple[str, ...]]:
    asked = filters.menurut or measure.grouping
    if asked == TIME or asked in measure.dimensions:
        return asked, ()
    words = _("Dikelompokkan menurut {used}: angka ini tidak dapat dibagi menurut {asked}.")
    return measure.grouping, (
        words.format(used=WORDS[measure.grouping], asked=WORDS.get(asked, asked)),
    )  # fmt: skip


def _chosen(measure: Measure, filters: Filters) -> tuple[str, ...]:
    return tuple(
        name for name in (KECAMATAN, OPD, DIMENSION) if getattr(filters, name) and name in measure.dimensions
    )  # fmt: skip


def _unheard(measure: Measure, filters: Filters) -> tuple[str, ...]:
    """Filters that were asked for and change nothing here."""
    absent = [
        name
        for name in (REGION, KECAMATAN, OPD, DIMENSION)
        if getattr(filters, name) and name not in measure.dimensions
    ]
    words = _("Saringan {name} tidak berlaku: data angka ini tidak mencatatnya.")
    told = [words.format(name=WORDS[name]) for name in absent]
    other = _("Saringan {name} tidak berlaku di sini.")
    return tuple(told + [other.format(name=name) for name in UNHONOURED if getattr(filters, name)])


def _reality(filters: Filters) -> bool | None:
    """Sample only, real only, or both; both chosen is the same as none."""
    asked = [state for state in REALITIES if state in filters.data]
    return asked[0] == "contoh" if len(asked) == 1 else None


def _regions(connection: sa.Connection, measure: Measure, filters: Filters, grouping: str, own: str) -> tuple[str, ...]:
    """The own region; regions asked for; or, side by side, all regencies and cities of the province."""
    if REGION not in measure.dimensions:
        return (own,)
    if filters.daerah:
        return filters.daerah
    if grouping != REGION:
        return (own,)
    province = sa.select(ref_region.c.parent_code).where(ref_region.c.code == own).scalar_subquery()
    peers = sa.select(ref_region.c.code).where(
        ref_region.c.parent_code == province, ref_region.c.level.in_(("kabupaten", "kota"))
    )
    return tuple(sorted({own, *connection.execute(peers).scalars()}))


def _step(measure: Measure, span: Span, last_day: date) -> str:
    """How long one row of time is: as short as the facts and the length of the span allow."""
    if measure.kind == "index":
        return measure.step
    start = span.start
    days = DAYS_AS_MONTHS + 1 if start is None else (min(span.end, last_day) - start + timedelta(days=1)).days
    if measure.step == "day" and days <= DAYS_AS_DAYS:
        return "day"
    return "month" if measure.step != "year" and days <= DAYS_AS_MONTHS else "year"
