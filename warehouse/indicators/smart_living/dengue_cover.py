"""Which dengue counts go with the small ones: by kecamatan and week, and what they add up to over the region and years.

A count that is small itself is not among them: who may not see it is for the reader's connection to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache

from warehouse.formulas.covering import FEW, covered_counts, is_few, tells_past
from warehouse.indicators.smart_living.dengue import AreaWeek, Week

Cell = tuple[str, date | int]  # kecamatan or "" for the region, and the end of a week or a year
Sum = tuple[Cell, list[Cell]]


def covered_cases(rows: Sequence[AreaWeek]) -> frozenset[Cell]:
    """Every week adds up over its kecamatan, every kecamatan over the weeks of a year, and the region both ways."""
    return _covered_cases(tuple(rows))


@lru_cache(maxsize=1)  # four indicators ask it of the same rows
def _covered_cases(rows: tuple[AreaWeek, ...]) -> frozenset[Cell]:
    counts: dict[Cell, int] = {(row.area_code, row.week_end): row.cases for row in rows if row.cases is not None}
    weeks = _sums(counts, lambda area, end: ("", end))
    counts |= _totals(counts, weeks)
    years = _sums(counts, lambda area, end: (area, end.year if isinstance(end, date) else end))
    counts |= _totals(counts, years)
    regions = _sums([cell for cell, _parts in years if cell[0]], lambda area, year: ("", year))
    return covered_counts(counts, (*weeks, *years, *regions), FEW)


def covered_deaths(rows: Sequence[AreaWeek]) -> frozenset[Cell]:
    """Deaths of a year add up over its kecamatan; those of a week are told nowhere."""
    counts: dict[Cell, int] = defaultdict(int)
    for row in rows:
        if row.deaths is not None:
            counts[row.area_code, row.week_end.year] += row.deaths
    sums = _sums(counts, lambda area, year: ("", year))
    return covered_counts(counts | _totals(counts, sums), sums, FEW)


def covered_limits(weeks: Sequence[Week], covered: frozenset[Cell], least: int) -> frozenset[Cell]:
    """Weeks whose usual count would tell a hidden count of the same week of an earlier year. What was shown in earlier
    years is taken as remembered: two usual counts differ by what was counted between them."""
    known: dict[Cell, list[int]] = defaultdict(list)  # hidden counts since a usual count was last shown
    years: dict[Cell, int] = defaultdict(int)
    closed: set[Cell] = set()
    for week in weeks:
        _year, number = week.of_year
        for area in ("", *week.cases):
            cases, place = week.of(area), (area, number)
            if years[place] >= least:
                if tells_past(known[place], FEW):
                    closed.add((area, week.end))
                else:
                    known[place].clear()
            if cases is not None:
                years[place] += 1
                if is_few(cases, FEW) or (area, week.end) in covered:
                    known[place].append(cases)
    return frozenset(closed)


def _sums(cells: Iterable[Cell], total_of: Callable[[str, date | int], Cell]) -> list[Sum]:
    found: dict[Cell, list[Cell]] = defaultdict(list)
    for cell in cells:
        found[total_of(*cell)].append(cell)
    return list(found.items())


def _totals(counts: Mapping[Cell, int], sums: Iterable[Sum]) -> dict[Cell, int]:
    return {total: sum(counts[part] for part in parts) for total, parts in sums}
