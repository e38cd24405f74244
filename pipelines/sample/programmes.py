"""A masterplan as DATA CONTOH: generic programmes from templates, led by the region's own agencies.

An agency is found by words in its official name, so that any region's list of agencies serves. No programme here is
an official one.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.sample.deliveries import Reporting
from pipelines.sample.region import SampleRegion, read_table, reference_table

FULL_SIZE = 18  # kecamatan of a region the counts in the templates suit
YEARS_BEFORE, YEARS_AFTER = 2, 3  # of a plan whose period nobody confirmed
BEFORE, AFTER = {"quick_win": 0, "pendek": 1, "menengah": 2}, {"quick_win": 0, "pendek": 1, "menengah": 2}
EVERY_ENDED, EVERY_COMING = 13, 17  # one programme in so many has ended, or has not begun
YEARLY_GROWTH = 0.04
MILLION, HUNDRED_THOUSAND = 1_000_000, 100_000
OWN_TEMPLATE = {  # for an agency that no template names
    **{"sub_dimension": "1.2", "support": "", "indicator": "Alur kerja yang berjalan digital", "unit": "persen"},
    **{"first_value": "30", "last_value": "95", "horizon": "pendek", "budget_million": "400", "fund_source": "apbd"},
    "one_kecamatan": "",
}


@dataclass(frozen=True)
class YearTarget:
    """What a programme is to reach and may spend in one year."""

    year: int
    value: float
    budget_idr: int


@dataclass(frozen=True)
class Programme:
    """One programme of the masterplan."""

    number: int  # from 0, in the order of the plan
    code: str
    name: str
    dimension: str
    sub_dimension: str
    lead: str
    support: tuple[str, ...]
    indicator: str
    unit: str
    horizon: str
    fund_source: str
    kecamatan: str  # "" is the whole region
    targets: tuple[YearTarget, ...]
    first_value: float  # before the first year

    def target_of(self, year: int) -> YearTarget | None:
        return next((target for target in self.targets if target.year == year), None)

    def value_before(self, year: int) -> float:
        """Where the indicator stood at the end of the year before."""
        return max((target.value for target in self.targets if target.year < year), default=self.first_value)


def draw_programmes(reporting: Reporting) -> tuple[Programme, ...]:
    """The whole masterplan; empty when the region has no list of agencies."""
    region = reporting.region
    if not region.agencies:
        return ()
    first, last = plan_years(region, reporting.year)
    names = {table: {row["code"]: row["name"] for row in reference_table(f"{table}.csv")} for table in _NAMED}
    led = dict.fromkeys(region.agencies, 0)
    placed: list[tuple[dict[str, str], str]] = []
    for row in read_table("programme_templates.csv"):
        lead = find_agency(region, row["lead"], led) or min(led, key=lambda opd: led[opd])
        led[lead] += 1
        placed.append((row, lead))
    for opd in (opd for opd, count in led.items() if not count):
        placed.append((OWN_TEMPLATE | {"name": f"Alur kerja digital {region.agencies[opd]}"}, opd))
        led[opd] = 1
    placed.sort(key=lambda item: item[0]["sub_dimension"])
    return tuple(
        _programme(reporting, number, (row, lead), _Span(first, last, led[lead] > 1), names)
        for number, (row, lead) in enumerate(placed)
    )


def plan_years(region: SampleRegion, year: int) -> tuple[int, int]:
    """First and last year of the plan: as published, else the years around the one reported on."""
    for row in read_table("plan_years.csv"):
        if row["region_code"] == region.code and int(row["first_year"]) <= year <= int(row["last_year"]):
            return int(row["first_year"]), int(row["last_year"])
    return year - YEARS_BEFORE, year + YEARS_AFTER


def find_agency(region: SampleRegion, words: str, load: dict[str, int]) -> str | None:
    """The agency whose name holds the first of several words that any name holds; the least busy of equals."""
    for word in words.split("|"):
        found = [opd for opd, name in region.agencies.items() if re.search(rf"\b{word}\b", name, re.IGNORECASE)]
        if found:
            return min(found, key=lambda opd: load.get(opd, 0))
    return None


_NAMED = ("dimension", "sub_dimension", "horizon")


@dataclass(frozen=True)
class _Span:
    first: int
    last: int
    may_shift: bool  # out of the year reported on: its lead has another programme to report


def _programme(
    reporting: Reporting,
    number: int,
    placed: tuple[dict[str, str], str],
    span: _Span,
    names: dict[str, dict[str, str]],
) -> Programme:
    row, lead = placed
    region = reporting.region
    draw = reporting.stream("program", number)
    found = (find_agency(region, words, {}) for words in row["support"].split(";") if words)
    sub = row["sub_dimension"]
    share = 1.0 if row["unit"] == "persen" else min(max(math.sqrt(len(region.kecamatan) / FULL_SIZE), 0.3), 1.5)
    low, high = (max(round(float(row[key]) * share), 1) for key in ("first_value", "last_value"))
    weights = [place.weight for place in region.kecamatan]
    place = region.kecamatan[int(draw.choice(len(weights), p=[w / sum(weights) for w in weights]))]
    budget = float(row["budget_million"]) * (0.4 + 0.6 * share) * float(draw.uniform(0.85, 1.2)) * MILLION
    return Programme(
        number=number,
        code=f"SC.{sub}.{number + 1:02d}",
        name=row["name"],
        dimension=names["dimension"][sub.split(".")[0]],
        sub_dimension=names["sub_dimension"][sub],
        lead=lead,
        support=tuple(dict.fromkeys(opd for opd in found if opd and opd != lead)),
        indicator=row["indicator"],
        unit=row["unit"],
        horizon=names["horizon"][row["horizon"]],
        fund_source=row["fund_source"],
        kecamatan=place.spellings[0] if row["one_kecamatan"] else "",
        targets=_targets(_active_years(row["horizon"], reporting.year, number, span), (low, high), budget),
        first_value=float(low),
    )


def _active_years(horizon: str, year: int, number: int, span: _Span) -> Sequence[int]:
    if horizon == "panjang":
        return range(span.first, span.last + 1)
    start, end = year - BEFORE[horizon], year + AFTER[horizon]
    if span.may_shift and number % EVERY_ENDED == EVERY_ENDED - 1 and year > span.first:
        end = year - 1
        start = min(start, end)
    elif span.may_shift and number % EVERY_COMING == EVERY_COMING - 1 and year < span.last:
        start = year + 1
        end = max(start, end)
    return range(max(start, span.first), min(end, span.last) + 1)


def _targets(years: Sequence[int], values: tuple[int, int], budget: float) -> tuple[YearTarget, ...]:
    low, high = values
    return tuple(
        YearTarget(
            year,
            round(low + (high - low) * (index + 1) / len(years)),
            round(budget * (1 + YEARLY_GROWTH) ** index / HUNDRED_THOUSAND) * HUNDRED_THOUSAND,
        )
        for index, year in enumerate(years)
    )
