"""Hourly river levels of sample posts: rain lets them rise within hours and fall over a day; limits of each post.

Posts are called sample posts by name and their limits are of no real post. The last two days stay below the level that
asks for an answer: an alarm that nobody can answer would teach to ignore alarms.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipelines.sample.air import SMALL_REGION
from pipelines.sample.deliveries import SampleFile, decimal_text, stream, write_lines
from pipelines.sample.region import RIVER, RIVER_LIMITS, SampleRegion
from pipelines.sample.schedule import DAY, call_months

COLUMNS = "waktu,pos,parameter,nilai"
LIMIT_COLUMNS = "Pos;Sungai;Parameter;Berlaku Sejak;Siaga Hijau;Siaga Kuning;Siaga Merah;Siaga;Bahaya;Dasar Penetapan"
ABOVE_USUAL = (1.2, 1.7, 2.2)  # metres from the usual level to green, yellow and red
WET = (0.35, 0.35, 0.3, 0.22, 0.12, 0.06, 0.03, 0.02, 0.04, 0.12, 0.25, 0.35)  # chance of a rise on a day, by month
RISE_METRES, RISE_HOURS, FALL_HOURS = 0.16, 3, 14
STEADY = 0.015  # metres of noise
KEPT_DAYS = 365  # readings are written for at most so long
QUIET = timedelta(hours=48)
MORNING = (4, 1.32)  # hour of the last day at which the first post is so far above its usual level
MONTH_SENT, HOUR_DELAY = time(0, 5), timedelta(minutes=5)  # readings of yesterday are there at night


def post_names(region: SampleRegion) -> tuple[str, ...]:
    """Two or three kecamatan, the farthest ones first: rivers come from there."""
    count = 2 if len(region.kecamatan) < SMALL_REGION else 3
    chosen = sorted(region.kecamatan, key=lambda place: (-place.response_factor, place.code))[:count]
    return tuple(f"Pos contoh {place.spellings[0]}" for place in chosen)


def river_files(region: SampleRegion, first: date, as_of: date, seed: int) -> Iterator[SampleFile]:
    """Limits once; readings one file a month up to yesterday, and of the last day one an hour."""
    if not region.senders[RIVER]:
        return
    start = max(first, as_of - KEPT_DAYS * DAY)
    received_at = datetime.combine(start, MONTH_SENT)
    yield SampleFile(RIVER_LIMITS, f"ambang_pos_{start.year}.csv", received_at, _limits_writer(region, start, seed))
    levels = {post: _levels(region, post, (start, as_of), seed) for post in post_names(region)}
    for since, until in call_months(start, as_of):
        hours = [datetime.combine(since, time()) + timedelta(hours=n) for n in range((until - since).days * 24)]
        yield SampleFile(
            RIVER, f"pos_air_{since:%Y-%m}.csv", datetime.combine(until, MONTH_SENT), _writer(hours, levels)
        )
    for hour in range(24):
        at = datetime.combine(as_of, time(hour))
        yield SampleFile(RIVER, f"pos_air_{at:%Y-%m-%d-%H}.csv", at + HOUR_DELAY, _writer([at], levels))


def _usual(region: SampleRegion, post: str, seed: int) -> float:
    return round(float(stream(region, seed, "pos", post).uniform(0.6, 1.4)), 1)


def _limits_writer(region: SampleRegion, since: date, seed: int) -> Any:
    def write(path: Path) -> int:
        rows = []
        for post in post_names(region):
            limits = (decimal_text(_usual(region, post, seed) + above, 2) for above in ABOVE_USUAL)
            rows.append(f"{post};Sungai contoh;tma_m;{since:%d/%m/%Y};{';'.join(limits)};;;Contoh, bukan penetapan")
        write_lines(path, [LIMIT_COLUMNS, *rows])
        return len(rows)

    return write


def _writer(hours: list[datetime], levels: dict[str, dict[datetime, float]]) -> Any:
    def write(path: Path) -> int:
        rows = [
            f"{at:%Y-%m-%d %H:%M:%S},{post},tma_m,{known[at]:.2f}" for at in hours for post, known in levels.items()
        ]
        write_lines(path, [COLUMNS, *rows])
        return len(rows)

    return write


def _levels(region: SampleRegion, post: str, span: tuple[date, date], seed: int) -> dict[datetime, float]:
    """Every hour of the span, its last day included."""
    first = datetime.combine(span[0], time())
    count = ((span[1] - span[0]).days + 1) * 24
    usual, hours = _usual(region, post, seed), [first + timedelta(hours=n) for n in range(count)]
    above = np.zeros(count)
    for day in range(0, count, 24):
        draw = stream(region, seed, "muka air", post, hours[day].date().isoformat())
        if draw.random() < WET[hours[day].month - 1]:
            _add(above, day + int(draw.integers(0, 24)), float(draw.gamma(3, RISE_METRES)))
    noise = stream(region, seed, "riak", post, span[0].isoformat()).normal(0, STEADY, count)
    if post == post_names(region)[0]:
        _add(above, count - 24 + MORNING[0], MORNING[1])
    quiet = np.arange(count) >= count - QUIET // timedelta(hours=1) - 24
    below = np.where(quiet, ABOVE_USUAL[1] - 0.15, ABOVE_USUAL[2] + 0.4)
    return dict(zip(hours, (usual + np.minimum(above + noise, below)).round(2).tolist(), strict=True))


def _add(above: NDArray[np.float64], peak: int, metres: float) -> None:
    """A rise up to an hour and the fall after it; of two at once the higher one stands."""
    at = np.arange(len(above)) - peak
    shape = np.where(at < 0, np.clip(1 + at / RISE_HOURS, 0, 1), np.exp(-np.maximum(at, 0) / FALL_HOURS))
    np.maximum(above, metres * shape, out=above)
