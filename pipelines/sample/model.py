"""Everything the sample holds for one region and day, and the files it makes of it.

A source nobody owes in the region, or that is not wanted, has no files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path

from pipelines.sample.air import air_files
from pipelines.sample.budget_files import budget_files
from pipelines.sample.budgets import AgencyBudget, draw_budgets
from pipelines.sample.call_files import hour_name, month_name, write_hour, write_month
from pipelines.sample.calls import DayCalls, draw_calls
from pipelines.sample.contract_files import contract_files
from pipelines.sample.contracts import Contract, draw_contracts
from pipelines.sample.deliveries import Reporting, SampleFile
from pipelines.sample.dengue import dengue_files
from pipelines.sample.incident_files import Workbook, write_workbook
from pipelines.sample.incidents import Ticket, draw_tickets
from pipelines.sample.level_files import level_files
from pipelines.sample.programme_files import programme_files
from pipelines.sample.programmes import Programme, draw_programmes
from pipelines.sample.region import (
    AIR,
    CALLS,
    DENGUE,
    INCIDENTS,
    LEVELS,
    RIVER,
    RIVER_LIMITS,
    SAMPLE_SOURCES,
    WASTE_AREAS,
    SampleRegion,
)
from pipelines.sample.rivers import river_files
from pipelines.sample.schedule import CALLS_DELAY, DAY, DAYS_LATE, call_months, workbooks
from pipelines.sample.waste_months import waste_files

TWO_YEARS = 730
REPORTS = frozenset(SAMPLE_SOURCES) - {CALLS, INCIDENTS, AIR, LEVELS, DENGUE, WASTE_AREAS, RIVER, RIVER_LIMITS}


@dataclass(frozen=True)
class SampleScale:
    """How much to write; the defaults are what a first run loads."""

    days: int = TWO_YEARS  # of calls, incidents and air before the as-of day
    calls_per_day: float | None = None  # None: what suits the size of the region
    seed: int = 0
    months: int = 12  # of monthly reports (programmes, budgets, contracts), at most the year reported on
    sources: tuple[str, ...] = SAMPLE_SOURCES  # others are left out


@dataclass(frozen=True)
class SampleModel:
    """One region's history up to a day."""

    region: SampleRegion
    first: date
    as_of: date
    seed: int
    wanted: frozenset[str]
    calls: dict[date, DayCalls]
    tickets: dict[date, tuple[Ticket, ...]]
    reporting: Reporting

    @cached_property
    def programmes(self) -> tuple[Programme, ...]:
        return draw_programmes(self.reporting)

    @cached_property
    def budgets(self) -> tuple[AgencyBudget, ...]:
        return draw_budgets(self.reporting, self.programmes)

    @cached_property
    def contracts(self) -> tuple[Contract, ...]:
        return draw_contracts(self.reporting, self.programmes, self.budgets)

    def files(self) -> tuple[SampleFile, ...]:
        """Every file to write, source by source."""
        found = [*self._call_files(), *self._incident_files()]
        found += self._report_files() if self.wanted & REPORTS else ()
        found += air_files(self.region, self.first, self.as_of, self.seed)
        found += dengue_files(self.region, self.first, self.as_of, self.seed) if DENGUE in self.wanted else ()
        found += level_files(self.region, self.as_of, self.seed) if LEVELS in self.wanted else ()
        found += waste_files(self.region, self.first, self.as_of, self.seed) if WASTE_AREAS in self.wanted else ()
        found += river_files(self.region, self.first, self.as_of, self.seed) if RIVER in self.wanted else ()
        order = {source: number for number, source in enumerate(SAMPLE_SOURCES)}
        kept = (file for file in found if file.source_id in self.wanted)
        return tuple(sorted(kept, key=lambda file: order[file.source_id]))

    def _report_files(self) -> Iterator[SampleFile]:
        yield from programme_files(self.reporting, self.programmes)
        yield from budget_files(self.reporting, self.budgets)
        yield from contract_files(self.reporting, self.contracts)

    def _call_files(self) -> Iterator[SampleFile]:
        if not self.calls:
            return
        for start, end in call_months(self.first, self.as_of):
            days = [self.calls[start + timedelta(days=n)] for n in range((end - start).days)]
            received_at = datetime.combine(end, time()) + CALLS_DELAY
            yield SampleFile(CALLS, month_name(start, end), received_at, self._month_writer(days))
        for hour in range(24):
            received_at = datetime.combine(self.as_of, time()) + timedelta(hours=hour + 1) + CALLS_DELAY
            yield SampleFile(CALLS, hour_name(self.as_of, hour), received_at, self._hour_writer(hour))

    def _incident_files(self) -> Iterator[SampleFile]:
        if not self.tickets:
            return
        for opd in self.region.opd_names:
            last = self.as_of - DAYS_LATE * DAY if opd == self.region.late_sender else self.as_of
            for part in workbooks(self.first, last):
                days = (part.first + timedelta(days=n) for n in range((part.last - part.first).days + 1))
                listed = [t for day in days for t in self.tickets[day] if t.sender == opd]
                about = Workbook(opd, part.title, part.until)
                name = f"kejadian_112_{opd}_{part.name}.xlsx"
                yield SampleFile(INCIDENTS, name, part.received_at, self._workbook_writer(about, listed))

    def _month_writer(self, days: Sequence[DayCalls]) -> Callable[[Path], int]:
        return lambda path: write_month(path, self.region, days, self.seed)

    def _hour_writer(self, hour: int) -> Callable[[Path], int]:
        return lambda path: write_hour(path, self.region, self.calls[self.as_of], hour)

    def _workbook_writer(self, about: Workbook, tickets: Sequence[Ticket]) -> Callable[[Path], int]:
        return lambda path: write_workbook(path, self.region, about, tickets)


def draw_model(region: SampleRegion, as_of: date, scale: SampleScale, wanted: frozenset[str]) -> SampleModel:
    """Draw what the wanted sources need; calls are the base of incidents."""
    first = as_of - timedelta(days=scale.days)
    needed = range(scale.days + 1) if wanted & {CALLS, INCIDENTS} else ()
    calls = {day: draw_calls(region, day, scale.seed) for day in (first + timedelta(days=n) for n in needed)}
    return SampleModel(
        region=region,
        first=first,
        as_of=as_of,
        seed=scale.seed,
        wanted=wanted,
        calls=calls,
        tickets={day: draw_tickets(region, calls[day], scale.seed) for day in calls},
        reporting=Reporting(region, as_of, scale.months, scale.seed),
    )
