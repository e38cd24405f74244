"""Writes call files as the 112 centre exports them: hourly by machine, monthly summaries with human mistakes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np

from pipelines.sample.calls import ABANDONED, DAY_SECONDS, KINDS, NORMAL, DayCalls, generator
from pipelines.sample.region import SampleRegion
from pipelines.sample.spelling import CALL_KIND_TEXT, fake_phone

HEADER = (
    "ID Panggilan;Waktu Masuk;Waktu Dijawab;Waktu Selesai;Lama Tunggu (detik);Lama Bicara (detik);"
    "Jenis Panggilan;Nomor Tiket;Nomor Telepon;Nama Penelepon"
)
MISTAKE_SHARE = 0.005
BOM_MONTH = 10  # one month is saved from a spreadsheet, with a byte order mark
BAD_WAIT, BAD_TALK = "1,2,3", "#REF!"


def month_name(first: date, end: date) -> str:
    """File name of the calls from `first` up to midnight at the start of `end`."""
    return f"panggilan_112_{first:%Y-%m-%d}_{end:%Y-%m-%d}_s.d._00.csv"


def hour_name(day: date, hour: int) -> str:
    """File name of the calls of one hour; complete to the full hour after it."""
    until = day + timedelta(days=1) if hour == 23 else day
    return f"panggilan_112_{day:%Y-%m-%d}-{hour:02d}_{until:%Y-%m-%d}_s.d._{(hour + 1) % 24:02d}.csv"


def write_month(path: Path, region: SampleRegion, days: Sequence[DayCalls], seed: int) -> int:
    """Write whole days of one month; returns the number of rows."""
    lines = [HEADER]
    for calls in days:
        lines.extend(_with_mistakes(list(call_lines(region, calls)), calls, region, seed))
    encoding = "utf-8-sig" if days[0].day.month == BOM_MONTH else "cp1252"
    _write(path, lines, encoding)
    return len(lines) - 1


def write_hour(path: Path, region: SampleRegion, calls: DayCalls, hour: int) -> int:
    """Write the calls offered within one hour; an hour without calls is a header alone."""
    inside = np.flatnonzero(calls.offered // 3600 == hour)
    lines = list(call_lines(region, calls))
    _write(path, [HEADER, *(lines[index] for index in inside)], "cp1252")
    return len(inside)


def call_lines(region: SampleRegion, calls: DayCalls) -> Iterator[str]:
    """The rows of one day, without mistakes."""
    clock = _clock_texts()
    dates = [f"{calls.day + timedelta(days=n):%d/%m/%Y} " for n in (0, 1)]
    kinds = CALL_KIND_TEXT[calls.day.month % 2]  # both versions of the application stay in use
    stamp = f"{calls.day:%Y%m%d}"
    answered = calls.offered + (calls.wait + 5) // 10
    ended = answered + (calls.talk + 5) // 10
    columns = (calls.offered, answered, ended, calls.wait, calls.talk, calls.kind, calls.ticket)
    for number, values in enumerate(zip(*(column.tolist() for column in columns), strict=True), start=1):
        start, pickup, end, wait, talk, kind, ticket = values
        met = kind != ABANDONED
        yield ";".join(
            (
                f"112-{stamp}-{number:05d}",
                dates[0] + clock[start],
                dates[pickup // DAY_SECONDS] + clock[pickup % DAY_SECONDS] if met else "",
                dates[end // DAY_SECONDS] + clock[end % DAY_SECONDS],
                f"{wait // 10},{wait % 10}",
                f"{talk // 10},{talk % 10}" if met else "",
                kinds[kind],
                f"{region.ticket_prefix}-{stamp}-{ticket:04d}" if ticket else "",
                fake_phone(number),
                f"Penelepon contoh {number}",
            )
        )


def _with_mistakes(lines: list[str], calls: DayCalls, region: SampleRegion, seed: int) -> list[str]:
    """About one row in two hundred is wrong, as in any summary made by hand."""
    rng = generator(region, calls.day, 3, seed)
    drawn, choice = rng.random(len(lines)), rng.random(len(lines))
    for index in np.flatnonzero(drawn < MISTAKE_SHARE)[::-1]:
        cells = lines[index].split(";")
        kind = KINDS[calls.kind[index]]
        if kind == KINDS[NORMAL]:
            cells[7] = ""
        elif kind == KINDS[ABANDONED] or choice[index] < 0.3:
            cells[4] = BAD_WAIT
        elif choice[index] < 0.5:
            cells[5] = BAD_TALK
        elif choice[index] < 0.7:
            cells[2], cells[3] = cells[3], cells[1]  # ended before answered
        else:
            lines.insert(int(index) + 1, lines[index])  # the same row twice
        lines[index] = ";".join(cells)
    return lines


def _write(path: Path, lines: Sequence[str], encoding: str) -> None:
    with path.open("w", encoding=encoding, newline="") as stream:
        stream.write("\r\n".join(lines) + "\r\n")


@cache
def _clock_texts() -> tuple[str, ...]:
    return tuple(f"{s // 3600:02d}:{s // 60 % 60:02d}:{s % 60:02d}" for s in range(DAY_SECONDS))
