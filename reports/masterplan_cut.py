"""One cut of the masterplan in one year: its programmes, their months, and every share recomputed from exactly those.

Refuses to add shares up: several programmes are weighed by budget, as the indicators weigh them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from gettext import gettext as _

from reports.desk import Desk
from reports.reach import is_narrow
from warehouse.figures import CurvePoint, ProgrammeLine
from warehouse.filters import REALITIES, FilterError, Filters
from warehouse.indicators.masterplan import deviasi_fisik, deviasi_keuangan, serapan
from warehouse.indicators.masterplan.progress import Measure, ProgrammeMonth, Weighed, weigh
from warehouse.nearest import nearest_hint
from warehouse.programme_progress import (
    WHOLE_REGION,
    CurveMeasure,
    CurveOf,
    curve_of,
    last_shown,
    months_of_year,
    plan_and_actual,
    reported_year,
)
from warehouse.programme_queries import due_month, masterplan_years, programmes

CUTTING = ("dimensi", "opd", "data")
REPORTED, UNREPORTED = "mutakhir", "terlambat"


@dataclass(frozen=True)
class Cut:
    """Programmes that pass the filters, with their months of the year."""

    year: int
    lines: tuple[ProgrammeLine, ...]
    months: tuple[ProgrammeMonth, ...]
    due: date | None  # the last month whose reports are due
    is_whole: bool  # nothing was filtered away by choice, nor lies outside the reader's reach

    @property
    def latest(self) -> tuple[ProgrammeMonth, ...]:
        """The last month that may be shown: due, or reported by every programme of the cut."""
        return last_shown(self.months)

    @property
    def month(self) -> date | None:
        return self.latest[0].report_month if self.latest else None

    @property
    def joint_count(self) -> int:
        return sum(line.is_joint for line in self.lines)

    @property
    def unreported(self) -> tuple[ProgrammeLine, ...]:
        return tuple(line for line in self.lines if not line.is_reported)

    @property
    def is_sample(self) -> bool:
        return any(line.is_sample for line in self.lines)

    def curve(self, measure: CurveMeasure, code: str = "") -> tuple[CurvePoint, ...]:
        """Of the whole cut, or of one programme of it."""
        of = CurveOf(measure, "programme", code) if code else CurveOf(measure, WHOLE_REGION.entity_kind)
        return curve_of(self.months, self.year, of)

    def shares(self, measure: CurveMeasure) -> tuple[Decimal | None, Decimal | None]:
        """Planned and realised percent of the same programmes in the last month shown, weighed by budget."""
        return plan_and_actual(self.latest, measure)

    def weighed(self, measure: Measure) -> Weighed:
        return weigh(self.latest, measure)

    @property
    def physical_deviation(self) -> Decimal | None:
        return self.weighed(deviasi_fisik.weighted).value

    @property
    def financial_deviation(self) -> Decimal | None:
        return self.weighed(deviasi_keuangan.weighted).value

    @property
    def spent(self) -> Weighed:
        """Realised over budget in rupiah; the value is a share, not a percent."""
        return self.weighed(serapan.absorbed)


def plan_years(desk: Desk) -> tuple[int, ...]:
    years: tuple[int, ...] = desk.ask(masterplan_years, desk.region.region_code)
    return years


def shown_year(desk: Desk, filters: Filters) -> int | None:
    """The year asked for, else the last one with reports, else this year. Raises FilterError outside the plan."""
    years = plan_years(desk)
    if filters.tahun:
        if int(filters.tahun) not in years:
            raise FilterError(
                _("tahun={year} di luar masterplan. Pilih {first} sampai {last}.").format(
                    year=filters.tahun, first=years[0] if years else "-", last=years[-1] if years else "-"
                )
            )
        return int(filters.tahun)
    reported = desk.ask(reported_year, desk.region.region_code)
    if reported in years:
        return int(reported)
    return min(years, key=lambda year: abs(year - desk.instant.year), default=None)


def read_lines(desk: Desk, year: int) -> tuple[ProgrammeLine, ...]:
    lines: tuple[ProgrammeLine, ...] = desk.ask(programmes, desk.region.region_code, year)
    return lines


def read_cut(desk: Desk, filters: Filters, year: int) -> Cut:
    """Raises FilterError for a dimension or agency that carries no programme of the year."""
    lines = read_lines(desk, year)
    _refuse_unknown("dimensi", filters.dimensi, {line.dimension_code for line in lines})
    _refuse_unknown("opd", filters.opd, {line.lead_opd_code for line in lines})
    kept = tuple(line for line in lines if _passes(line, filters))
    codes = {line.programme_code for line in kept}
    is_whole = not any(getattr(filters, name) for name in CUTTING) and not is_narrow(desk)
    months: Iterable[ProgrammeMonth] = desk.ask(months_of_year, desk.region.region_code, year)
    own = tuple(row for row in months if is_whole or row.programme_code in codes)
    return Cut(year, kept, own, desk.ask(due_month, year), is_whole)


def _passes(line: ProgrammeLine, filters: Filters) -> bool:
    if filters.dimensi and line.dimension_code not in filters.dimensi:
        return False
    if filters.opd and line.lead_opd_code not in filters.opd:
        return False
    realities = [state for state in filters.data if state in REALITIES]
    reports = [state for state in filters.data if state in (REPORTED, UNREPORTED)]
    if realities and ("contoh" if line.is_sample else "nyata") not in realities:
        return False
    return not reports or (REPORTED if line.is_reported else UNREPORTED) in reports


def _refuse_unknown(name: str, asked: tuple[str, ...], known: set[str]) -> None:
    for value in asked:
        if value not in known:
            options = ", ".join(sorted(known)) or "-"
            raise FilterError(
                _("{name}={value} tidak memegang program tahun ini{hint}. Pilih: {options}.").format(
                    name=name, value=value, hint=nearest_hint(value, sorted(known)), options=options
                )
            )
