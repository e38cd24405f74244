"""Weekly dengue counts by kecamatan: a rainy season, years that differ, and one kecamatan that rises in the last weeks.

Counts only: no person is drawn. Persons living in a region are the published number, shared out by the model.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from pipelines.sample.deliveries import SampleFile, stream, write_lines
from pipelines.sample.region import DENGUE, SampleRegion, kecamatan_persons

COLUMNS = "No;Tahun;Minggu Ke;Akhir Minggu;Kecamatan;Kasus;Meninggal;Penduduk;Level Diumumkan"
WEEK = timedelta(days=7)
SATURDAY = 5
YEARS = 4  # before the running one: the same week of three years is needed to judge
RATE = 24 / 100_000 / 52  # cases a person and week
SEASON = (2.2, 2.4, 2.0, 1.4, 0.9, 0.6, 0.4, 0.3, 0.3, 0.35, 0.6, 1.2)  # by month, January first
SPREAD = 3.0  # of the gamma that makes weeks and places uneven
FATAL = 0.004
SILENT = 0.001  # a kecamatan does not report its week
RISE = (2, 3, 5)  # cases on top in the last weeks, in the busiest kecamatan
ANNOUNCED_WEEKS = 4
SENT = time(8, 30)


def dengue_files(region: SampleRegion, first: date, as_of: date, seed: int) -> Iterator[SampleFile]:
    """One file for each past year, one for the running year up to the week before last, and the last week alone."""
    if not region.senders[DENGUE]:
        return
    last = _last_week(as_of)
    start = date(min(first.year, last.year - YEARS), 1, 1)
    for year in range(start.year, last.year + 1):
        weeks = [end for end in _saturdays(year) if end <= last]
        parts = [weeks] if year < last.year else [weeks[:-1], weeks[-1:]]
        for part in parts:
            if part:
                name, received = (
                    f"dbd_mingguan_{part[-1]:%Y-%m-%d}.csv",
                    datetime.combine(part[-1], SENT) + 2 * WEEK / 7,
                )
                yield SampleFile(DENGUE, name, received, _writer(region, part, last, seed))


def _last_week(as_of: date) -> date:
    """The last Saturday whose report had come by the end of a day: it is sent on Monday."""
    monday = as_of - timedelta(days=as_of.weekday())
    return monday - timedelta(days=2)


def _saturdays(year: int) -> list[date]:
    first = date(year, 1, 1)
    start = first + timedelta(days=(SATURDAY - first.weekday()) % 7)
    return [start + WEEK * n for n in range(53) if (start + WEEK * n).year == year]


def _writer(region: SampleRegion, weeks: Sequence[date], last: date, seed: int) -> Any:
    def write(path: Path) -> int:
        rows = [row for end in weeks for row in _rows(region, end, last, seed)]
        write_lines(path, [COLUMNS, *(f"{number};{row}" for number, row in enumerate(rows, 1))])
        return len(rows)

    return write


def _rows(region: SampleRegion, end: date, last: date, seed: int) -> list[str]:
    """All kecamatan of one week: the same whichever file it is written to."""
    draw, places = stream(region, seed, "dbd", end.isoformat()), region.kecamatan
    of_year = float(stream(region, seed, "dbd", end.year).uniform(0.75, 1.25))
    persons = kecamatan_persons(region)
    uneven = draw.gamma(SPREAD, 1 / SPREAD, len(places))
    cases = draw.poisson([people * RATE * SEASON[end.month - 1] * of_year for people in persons] * uneven)
    deaths, silent = draw.binomial(cases, FATAL), draw.random(len(places)) < SILENT
    year, week, _day = end.isocalendar()
    back, busiest = (last - end).days // 7, max(range(len(places)), key=lambda place: persons[place])
    rows = []
    for place, kecamatan in enumerate(places):
        count = int(cases[place]) + (RISE[-1 - back] if place == busiest and back < len(RISE) else 0)
        is_silent = bool(silent[place]) and back >= ANNOUNCED_WEEKS
        counts = ("", "") if is_silent else (str(count), str(int(deaths[place])))
        announced = _announced(count, back)
        cells = (year, week, f"{end:%d/%m/%Y}", kecamatan.spellings[0], *counts, persons[place], announced)
        rows.append(";".join(map(str, cells)))
    return rows


def _announced(count: int, back: int) -> str:
    """What the agency said of the last weeks, by a rule of thumb of its own."""
    if back >= ANNOUNCED_WEEKS:
        return ""
    return "siaga" if count >= 5 else "waspada" if count >= 3 else "aman"
