"""Daily ISPU of the region's sample stations: higher in the dry season, PM2.5 mostly critical, with gaps.

Published columns are those of a human: nearly always right. Stations are called sample stations by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.sample.deliveries import SampleFile, stream, write_lines
from pipelines.sample.region import AIR, SampleRegion
from pipelines.sample.schedule import DAY, call_months

COLUMNS = "tanggal,stasiun,pm25,pm10,so2,co,o3,no2,hc,max,critical,categori"
POLLUTANTS = ("PM25", "PM10", "SO2", "CO", "O3", "NO2")  # hydrocarbons are not measured by these stations
BASE = (49.0, 35.0, 18.0, 14.0, 30.0, 16.0)  # index outside the seasons
SPREAD = (15.0, 9.0, 5.0, 4.0, 9.0, 5.0)
SEASON = (1.0, 0.8, 0.1, 0.2, 0.5, 0.2)  # share of the season's swing that reaches a pollutant
SWING = (-9, -9, -7, -3, 4, 12, 18, 22, 22, 15, 2, -6)  # index points by month, January first
MEMORY = (0.5, 0.3, 0.2)  # weight of today, yesterday and the day before in the weather
LIMITS = ((50, "BAIK"), (100, "SEDANG"), (200, "TIDAK SEHAT"), (300, "SANGAT TIDAK SEHAT"))
SMALL_REGION = 6  # kecamatan: below, two stations, else three
GAP_CHANCE, GAP_DAYS = 0.006, (2, 9)  # a station falls silent
BLANK_CHANCE = 0.012  # one pollutant of one day
NO_DATA_CHANCE = 0.002  # a row that only says so
SLIP_CHANCE = 0.008  # a wrong published label
MONTH_SENT, DAY_SENT = time(9, 10), time(7, 30)


def station_names(region: SampleRegion) -> tuple[str, ...]:
    """Two or three kecamatan, the busiest ones."""
    count = 2 if len(region.kecamatan) < SMALL_REGION else 3
    chosen = sorted(region.kecamatan, key=lambda place: (-place.weight, place.code))[:count]
    return tuple(f"Stasiun contoh {place.spellings[0]}" for place in sorted(chosen, key=lambda place: place.code))


def air_files(region: SampleRegion, first: date, as_of: date, seed: int) -> Iterator[SampleFile]:
    """One file a month; of the running month what was there yesterday morning, and the day that came this morning."""
    if not region.senders[AIR]:
        return
    for start, end in call_months(first, as_of):
        if end != as_of:
            received_at = datetime.combine(end, MONTH_SENT)
            yield SampleFile(AIR, f"ispu_{start:%Y-%m}.csv", received_at, _writer(region, (start, end), seed))
            continue
        for since, until in ((start, end - DAY), (end - DAY, end)):
            if since < until:
                name, received_at = f"ispu_{until - DAY:%Y-%m-%d}.csv", datetime.combine(until, DAY_SENT)
                yield SampleFile(AIR, name, received_at, _writer(region, (since, until), seed))


def _writer(region: SampleRegion, span: tuple[date, date], seed: int) -> Any:
    def write(path: Path) -> int:
        days = (span[1] - span[0]).days
        by_station = [_station_rows(region, name, span[0].year, seed) for name in station_names(region)]
        offset = (span[0] - date(span[0].year, 1, 1)).days
        rows = [rows[offset + day] for day in range(days) for rows in by_station]
        lines = [COLUMNS, *(row for row in rows if row)]
        write_lines(path, lines)
        return len(lines) - 1

    return write


def _station_rows(region: SampleRegion, station: str, year: int, seed: int) -> list[str]:
    """A whole year of one station, "" for days without a row: the same whichever month is written."""
    draw = stream(region, seed, "udara", station, year)
    count = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    noise = draw.standard_normal((len(POLLUTANTS), count + len(MEMORY) - 1))
    weather = np.array([np.convolve(row, MEMORY, "valid") for row in noise]) / np.linalg.norm(MEMORY)
    months = np.array([(date(year, 1, 1) + timedelta(days=n)).month for n in range(count)])
    swing = np.array(SWING)[months - 1] * float(draw.uniform(0.9, 1.1))
    level = np.array(BASE)[:, None] + np.array(SEASON)[:, None] * swing + np.array(SPREAD)[:, None] * weather
    values = np.floor(level + float(draw.normal(0, 2)) + 0.5).clip(4, 180).astype(int)
    blank = draw.random(values.shape) < BLANK_CHANCE
    chances, silent = draw.random((3, count)), _gaps(draw.random(count), draw.integers(*GAP_DAYS, size=count))
    rows = []
    for day in range(count):
        when = date(year, 1, 1) + timedelta(days=day)
        cells: list[int | None] = [
            None if gone else int(v) for v, gone in zip(values[:, day], blank[:, day], strict=True)
        ]
        text = _row(when, station, cells, chances[:, day])
        rows.append("" if silent[day] else text)
    return rows


def _gaps(drawn: NDArray[np.float64], lengths: NDArray[np.int64]) -> NDArray[np.bool_]:
    silent = np.zeros(len(drawn), dtype=np.bool_)
    for day in np.flatnonzero(drawn < GAP_CHANCE):
        silent[day : day + int(lengths[day])] = True
    return silent


def _row(when: date, station: str, cells: Sequence[int | None], chances: NDArray[np.float64]) -> str:
    measured = [(value, name) for name, value in zip(POLLUTANTS, cells, strict=True) if value is not None]
    if chances[0] < NO_DATA_CHANCE or not measured:
        return f"{when},{station},,,,,,,,0,,TIDAK ADA DATA"
    highest = max(value for value, _ in measured)
    critical = next(name for value, name in measured if value == highest)
    category = _category(highest)
    if chances[1] < SLIP_CHANCE:
        if chances[2] < 0.5:
            category = "SEDANG" if category == "BAIK" else "BAIK"
        else:
            critical = "PM10" if critical != "PM10" else "O3"
    texts = ["" if value is None else str(value) for value in cells]
    return ",".join((str(when), station, *texts, "", str(highest), critical, category))


def _category(index: int) -> str:
    return next((name for limit, name in LIMITS if index <= limit), "BERBAHAYA")
