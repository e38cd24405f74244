"""What every part of the sample hands over: files to write, with the instant each was received, and its random numbers.

Also the calendar of monthly reports: which month an agency had sent by a given day. Writes nothing itself.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from numpy.random import PCG64, Generator, SeedSequence

from pipelines.sample.region import SampleRegion

DAYS_ALLOWED = 10  # a month is due by the tenth of the next one
LATE_SHARE = 5  # one agency in five misses a month's due date
STOPPED_MONTHS = 4  # how long ago the agency that stopped sent its last report
FIRST_LATE_DAY = 25  # in the next month; well after any agency in time


@dataclass(frozen=True)
class SampleFile:
    """One file to write; `write` returns its number of rows."""

    source_id: str
    name: str
    received_at: datetime
    write: Callable[[Path], int]


@dataclass(frozen=True)
class Reporting:
    """One year of monthly reports as seen at the end of a day."""

    region: SampleRegion
    as_of: date
    months: int  # how many of the latest months are written
    seed: int

    @property
    def last_due(self) -> date:
        """First day of the last month whose due date has come."""
        start = self.as_of.replace(day=1)
        months_back = 1 if self.as_of.day >= DAYS_ALLOWED else 2
        return date(start.year - (start.month <= months_back), (start.month - months_back - 1) % 12 + 1, 1)

    @property
    def year(self) -> int:
        """The year reported on."""
        return self.last_due.year

    def stream(self, *keys: str | int) -> Generator:
        """Random numbers of their own for whatever the keys name, the same on any day."""
        return stream(self.region, self.seed, *keys)

    def month_end(self, month: int) -> date:
        """Last day of a month of the year."""
        return _first_of_next(date(self.year, month, 1)) - timedelta(days=1)

    def received(self, topic: str, opd: str, month: int) -> datetime:
        """When an agency's report on a month arrives; one agency in five comes weeks late."""
        draw = self.stream("terima", topic, opd, self.year, month)
        following = _first_of_next(date(self.year, month, 1))
        late = opd in self._late(topic, month)
        day = int(draw.integers(FIRST_LATE_DAY, FIRST_LATE_DAY + 4) if late else draw.integers(2, DAYS_ALLOWED + 1))
        clock = time(int(draw.integers(8, 16)), int(draw.integers(0, 60)))
        return datetime.combine(following.replace(day=day), clock)

    def sent_months(self, topic: str, opd: str, has_stopped: bool = False) -> tuple[int, ...]:
        """Months whose report had arrived by the end of the as-of day, the latest `months` of them."""
        first = max(self.last_due.month - self.months + 1, 1) if self.months else 13
        last = self.last_due.month - STOPPED_MONTHS if has_stopped else 12
        return tuple(m for m in range(first, last + 1) if self.received(topic, opd, m).date() <= self.as_of)

    def _late(self, topic: str, month: int) -> frozenset[str]:
        senders = sorted(self.region.agencies)
        order = self.stream("terlambat", topic, self.year, month).permutation(len(senders))
        return frozenset(senders[index] for index in order[: round(len(senders) / LATE_SHARE)])


def stream(region: SampleRegion, seed: int, *keys: str | int) -> Generator:
    """Random numbers of one thing of a region, named by keys."""
    words = [zlib.crc32(str(key).encode()) for key in keys]
    return Generator(PCG64(SeedSequence([region.seed, seed, *words])))


def write_lines(path: Path, lines: Sequence[str], encoding: str = "utf-8") -> None:
    """Write text lines as office programs on Windows end them."""
    with path.open("w", encoding=encoding, newline="") as target:
        target.write("\r\n".join(lines) + "\r\n")


def decimal_text(value: float, places: int = 1) -> str:
    """`1234,5`: the decimal comma, without thousands."""
    return f"{value:.{places}f}".replace(".", ",")


def rupiah_text(value: int) -> str:
    """`1.234.567`, as agencies type amounts."""
    return f"{value:,}".replace(",", ".")


def cell(text: str) -> str:
    """A text cell of a semicolon file."""
    return f'"{text}"' if ";" in text or '"' in text else text


def _first_of_next(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
