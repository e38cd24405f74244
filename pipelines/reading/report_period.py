"""The period of a report from its letterhead: held to the day of receipt, and doubted when it was left open.

Never takes an open period for granted: what the file name or the year suggest counts only once someone confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from pipelines.contracts.vocabulary import Vocabulary
from pipelines.reading.cell_names import cell_name
from pipelines.reading.reshaping import Doubt, Note, Sheet
from pipelines.reading.spans import Span, month_of_name, read_span, whole_year

PERIOD_LABEL = re.compile(r"^\W*periode\b", re.IGNORECASE)


@dataclass(frozen=True)
class ReportPeriod:
    """What a report covers: no span when nothing says it; `cell` and `column` (from 0) of the words."""

    span: Span | None
    column: int = 0
    cell: str | None = None
    notes: tuple[Note, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def read_period(sheet: Sheet, heading_row: int) -> ReportPeriod:
    row, column, text = _stated_period(sheet.cells[:heading_row])
    cell = cell_name(row, column) if text else None
    span = read_span(text)
    named = month_of_name(sheet.file_name)
    text = Vocabulary().name_told(text)
    if span is None:
        return _doubted_period(sheet, text, cell, column)
    if named and named.end.year != span.end.year:
        said = f'Nama berkas menyebut tahun {named.end.year}, isinya "{text}". Betulkan yang salah, lalu kirim ulang.'
        kept, _ = _cut(span, sheet.received_at)
        return ReportPeriod(kept, column, cell, (), (Doubt("periode", said, cell),))
    notes = []
    if named and (named.end.year, named.end.month) != (span.end.year, span.end.month):
        notes.append(
            Note(
                "periode", f'Nama berkas menyebut bulan {named.end:%Y-%m}, isinya "{text}". Yang dipakai isinya.', cell
            )
        )
    kept, cut = _cut(span, sheet.received_at)
    if cut:
        notes.append(Note("periode", f'"{text}" {cut}', cell))
    return ReportPeriod(kept, column, cell, tuple(notes))


def _doubted_period(sheet: Sheet, text: str, cell: str | None, column: int) -> ReportPeriod:
    """A period left open is read from the file name, else from the year alone, and only after someone confirms it."""
    span = month_of_name(sheet.file_name) or whole_year(text)
    said = f'Periode di {cell} ("{text}") belum diisi atau tidak terbaca' if text else "Periode tidak ditulis"
    if span is None:
        return ReportPeriod(None, column, cell, (), (Doubt("periode", f"{said}.", cell),))
    kept, _ = _cut(span, sheet.received_at)
    reading = f"Bila dikonfirmasi, dibaca {kept.start.isoformat()} s.d. {kept.end.isoformat()}."
    return ReportPeriod(kept, column, cell, (), (Doubt("periode", f"{said}. {reading}", cell),))


def _cut(span: Span, received_at: datetime | None) -> tuple[Span, str]:
    """A report knows nothing after the day it was received. One that only begins later is left for the row's check."""
    if received_at is None or span.end <= received_at.date() or span.start > received_at.date():
        return span, ""
    day = received_at.date()
    words = f"berakhir sesudah berkas diterima; periodenya dibaca sampai hari diterima, {day.isoformat()}."
    return Span(span.start, day), words


def complete_to(span: Span, received_at: datetime | None) -> datetime:
    end = datetime.combine(span.end, time()) + timedelta(days=1)
    return min(end, received_at) if received_at and span.start <= received_at.date() else end


def _stated_period(letterhead: Sequence[Sequence[Any]]) -> tuple[int, int, str]:
    """The cell that begins with "periode", else one that is a period by itself; no text when there is neither."""
    texts = [
        (row, column, " ".join(cell.split()))
        for row, values in enumerate(letterhead)
        for column, cell in enumerate(values)
        if isinstance(cell, str) and cell.strip()
    ]
    labelled = [found for found in texts if PERIOD_LABEL.match(found[2])]
    return next(iter(labelled or [found for found in texts if read_span(found[2])]), (0, 0, ""))
