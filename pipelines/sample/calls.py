"""One day of 112 calls, drawn from that day's own seed: the same day is the same whatever is written around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence
from numpy.typing import NDArray

from pipelines.sample.region import SampleRegion

KINDS = ("normal", "informasi", "prank", "ghost", "putus")
NORMAL, ABANDONED = 0, 4
NORMAL_SHARE = 0.12
OTHER_SHARES = (0.18, 0.25, 0.415, 0.035)
DAY_SECONDS = 86_400

HOUR_SHAPE = np.array(
    [
        *(2.4, 1.8, 1.4, 1.2, 1.3, 1.9, 3.0, 4.4, 5.8, 7.0, 7.6, 7.2),
        *(6.2, 5.8, 6.0, 6.6, 7.2, 7.0, 6.2, 5.4, 4.6, 3.9, 3.3, 2.8),
    ]
)
HOURS = HOUR_SHAPE / HOUR_SHAPE.sum()
WEEKDAY_FACTOR = (1.03, 1.02, 1.00, 1.00, 1.02, 0.98, 0.95)  # Monday first
MONTH_FACTOR = (1.05, 1.05, 1.02, 0.98, 0.97, 0.97, 0.99, 1.00, 1.01, 1.00, 1.02, 1.05)
STORM_CHANCE, STORM_EXTRA = 0.012, 0.6  # a few days a year: many calls within three hours

SLOW_TIMES = ((22, 40), (2, 35), (4, 32))  # start of the quarter hour in which each daily slow ticket is reported
SLOW_SPREAD = 1_100  # seconds
MERGE_WITHIN, MERGE_CHANCE = 3_600, 0.15  # a second call about the same incident

# median and spread (sigma of the logarithm) of the talk, seconds, by kind
TALK = ((170, 0.40), (95, 0.50), (22, 0.60), (7, 0.45), (0, 0.0))
ANSWER_WAIT, ABANDON_WAIT = (5.4, 0.39), (13.0, 0.60)


@dataclass(frozen=True)
class DayCalls:
    """Calls of one day in order of arrival. Times are seconds of the day, waits and talks tenths of a second."""

    day: date
    offered: NDArray[np.int64]
    wait: NDArray[np.int64]
    talk: NDArray[np.int64]
    kind: NDArray[np.int64]
    ticket: NDArray[np.int64]  # running number within the day, 0 without ticket
    slot: NDArray[np.int64]  # 1 + index of the slow ticket, 0 for an ordinary call

    def __len__(self) -> int:
        return len(self.offered)


def generator(region: SampleRegion, day: date, stream: int, seed: int) -> Generator:
    """Random numbers of one day; `stream` keeps calls, tickets and mistakes apart."""
    return Generator(PCG64(SeedSequence([region.seed, day.toordinal(), stream, seed])))


def draw_calls(region: SampleRegion, day: date, seed: int = 0) -> DayCalls:
    """All calls of one day."""
    rng = generator(region, day, 1, seed)
    usual = region.calls_per_day * WEEKDAY_FACTOR[day.weekday()] * MONTH_FACTOR[day.month - 1]
    slots = np.array(region.slow_slots)
    count = int(rng.poisson(max(usual - len(slots), 1)))
    offered = _times(rng, count)
    storm = rng.random()
    if storm < STORM_CHANCE:
        start = int(rng.integers(12, 20)) * 3600
        extra = start + (rng.random(int(count * STORM_EXTRA)) * 3 * 3600).astype(np.int64)
        offered = np.concatenate([offered, extra])
    kind = _kinds(rng, len(offered), usual, len(slots))
    slow = np.array([SLOW_TIMES[s][0] * 3600 + SLOW_TIMES[s][1] * 60 for s in slots], dtype=np.int64)
    slow = slow + (rng.random(len(slots)) * SLOW_SPREAD).astype(np.int64)
    offered = np.concatenate([offered, slow])
    kind = np.concatenate([kind, np.zeros(len(slots), dtype=np.int64)])
    slot = np.concatenate([np.zeros(len(kind) - len(slots), dtype=np.int64), slots + 1])
    order = np.argsort(offered, kind="stable")
    offered, kind, slot = offered[order], kind[order], slot[order]
    wait, talk = _durations(rng, kind)
    merged = rng.random(len(kind)) < MERGE_CHANCE
    return DayCalls(day, offered, wait, talk, kind, _tickets(offered, kind, slot, merged), slot)


def _times(rng: Generator, count: int) -> NDArray[np.int64]:
    hours = np.searchsorted(np.cumsum(HOURS), rng.random(count), side="right").clip(0, 23)
    seconds: NDArray[np.int64] = (hours * 3600 + (rng.random(count) * 3600).astype(np.int64)).astype(np.int64)
    return seconds


def _kinds(rng: Generator, count: int, usual: float, slow_count: int) -> NDArray[np.int64]:
    """Slow tickets are normal calls too, so the drawn ones are fewer by as many."""
    normal = max(NORMAL_SHARE * usual - slow_count, 0.04 * usual) / max(usual - slow_count, 1)
    others = np.array(OTHER_SHARES) / sum(OTHER_SHARES) * (1 - normal)
    edges = np.cumsum(np.concatenate([[normal], others]))
    drawn: NDArray[np.int64] = np.searchsorted(edges, rng.random(count), side="right").clip(0, ABANDONED)
    return drawn


def _durations(rng: Generator, kind: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    talk_of = np.array(TALK)[kind]
    wait_of = np.array([ANSWER_WAIT] * ABANDONED + [ABANDON_WAIT])[kind]
    wait = wait_of[:, 0] * np.exp(wait_of[:, 1] * rng.standard_normal(len(kind)))
    talk = talk_of[:, 0] * np.exp(talk_of[:, 1] * rng.standard_normal(len(kind)))
    return _tenths(wait.clip(1.5, 120)), np.where(kind == ABANDONED, 0, _tenths(talk.clip(1, 1800)))


def _tenths(seconds: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.floor(seconds * 10 + 0.5).astype(np.int64)


def _tickets(
    offered: NDArray[np.int64], kind: NDArray[np.int64], slot: NDArray[np.int64], merged: NDArray[np.bool_]
) -> NDArray[np.int64]:
    tickets = np.zeros(len(kind), dtype=np.int64)
    number, previous = 0, -1
    for index in np.flatnonzero(kind == NORMAL):
        joins = (
            previous >= 0
            and merged[index]
            and not slot[index]
            and not slot[previous]
            and offered[index] - offered[previous] < MERGE_WITHIN
        )
        number += 0 if joins else 1
        tickets[index] = number
        previous = int(index)
    return tickets
