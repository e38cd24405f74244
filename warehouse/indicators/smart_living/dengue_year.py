"""Dengue of a year: cases, deaths and persons of the region and of each kecamatan, as far as they were reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _

from warehouse.indicators.periods import write_day, year_bounds
from warehouse.indicators.smart_living.dengue import AreaWeek


@dataclass(frozen=True)
class Year:
    """One kecamatan, or the region (""), in one year; None where a part was never reported."""

    area_code: str
    year: int
    cases: int
    deaths: int | None
    population: int | None
    missing: int  # reports of a kecamatan and week that did not come
    until: date
    is_sample: bool

    @property
    def span(self) -> tuple[date, date]:
        return year_bounds(self.year)

    @property
    def notes(self) -> list[str]:
        said = [] if self.is_over else [_("Kumulatif s.d. {day}").format(day=write_day(self.until))]
        return said + ([_("{count} laporan minggu belum ada").format(count=self.missing)] if self.missing else [])

    @property
    def is_over(self) -> bool:
        """Whether the last week of the year was reported."""
        return (self.span[1] - self.until).days < 7


def years_of(rows: Sequence[AreaWeek]) -> Iterator[Year]:
    """The region before its kecamatan, oldest first; a week belongs to the year of its last day."""
    by_year: dict[int, list[AreaWeek]] = {}
    for row in rows:
        by_year.setdefault(row.week_end.year, []).append(row)
    for _year_no, several in sorted(by_year.items()):
        weeks, until = {row.week_end for row in several}, max(row.week_end for row in several)
        areas: dict[str, list[AreaWeek]] = {}
        for row in several:
            areas.setdefault(row.area_code, []).append(row)
        found = [_year(area, own, len(weeks), until) for area, own in sorted(areas.items())]
        yield _region(found, several[0].area_count, len(weeks))
        yield from found


def _year(area: str, rows: list[AreaWeek], weeks: int, until: date) -> Year:
    deaths = [row.deaths for row in rows if row.deaths is not None]
    people = [row.population for row in sorted(rows, key=lambda one: one.week_end) if row.population]
    reported = [row.cases for row in rows if row.cases is not None]
    return Year(
        area_code=area,
        year=rows[0].week_end.year,
        cases=sum(reported),
        deaths=sum(deaths) if deaths else None,
        population=people[-1] if people else None,
        missing=weeks - len(reported),
        until=until,
        is_sample=any(row.is_sample for row in rows),
    )


def _region(areas: list[Year], area_count: int, weeks: int) -> Year:
    """The sum of its kecamatan; persons only where those of all are known."""
    people = [one.population for one in areas if one.population is not None]
    deaths = [one.deaths for one in areas if one.deaths is not None]
    absent = max(area_count - len(areas), 0)
    return Year(
        area_code="",
        year=areas[0].year,
        cases=sum(one.cases for one in areas),
        deaths=sum(deaths) if len(deaths) == len(areas) else None,
        population=sum(people) if len(people) == len(areas) and not absent else None,
        missing=sum(one.missing for one in areas) + absent * weeks,
        until=areas[0].until,
        is_sample=any(one.is_sample for one in areas),
    )
