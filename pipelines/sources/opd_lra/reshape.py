"""Reads the budget realisation report (LRA) of an agency: letterhead, merged headings, codes apart from their words.

Only detail accounts become rows. Stored totals (4, 5 and every account with accounts below it) are a check, never
loaded. Nothing is found by a fixed address: headings by their words, codes by their shape, amounts by where they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pipelines.contracts.vocabulary import Vocabulary
from pipelines.reading.amounts import parse_amount, spell_amount
from pipelines.reading.cell_names import cell_name
from pipelines.reading.headers import normalise
from pipelines.reading.letterhead import read_letterhead
from pipelines.reading.report_period import complete_to, read_period
from pipelines.reading.reshaping import Column, Doubt, Note, Reshaped, Sheet, TableRow
from warehouse.personal import cover_title

HEADING_ROWS = 40
CODE = re.compile(r"^[1-9]\d?(\.\d+)*\.?$")
OPTIONAL = "SERAPAN OPD"  # not part of the usual form: without it nothing is missing
REACH = 2  # columns a heading may stand beside its amounts, because cells are merged

Cells = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class _Line:
    """A row with an account code; `row` counts from 0."""

    row: int
    code: str
    code_column: int
    name: str
    name_column: int
    cells: Sequence[Any]

    def amount(self, column: int) -> Decimal | None:
        return parse_amount(_at(self.cells, column))


@dataclass(frozen=True)
class _Heading:
    row: int  # of "KODE REKENING", from 0
    code_column: int
    name_column: int
    amounts: tuple[tuple[int, str], ...]  # column and words of every further heading


def reshape(sheet: Sheet) -> Reshaped | None:
    """The detail accounts of one LRA worksheet; None when the sheet has no account codes under a heading."""
    heading = _find_heading(sheet.cells)
    lines = list(_lines(sheet.cells, heading)) if heading else []
    if heading is None or not lines:
        return None
    placed = _place_headings(heading, lines)
    details = [line for line in lines if _is_detail(line, lines)]
    period = read_period(sheet, heading.row)
    span = period.span
    columns = (
        Column("Periode Awal", period.column, period.cell),
        Column("Periode Akhir", period.column, period.cell),
        Column("KODE REKENING", _usual(line.code_column for line in details or lines)),
        Column("URAIAN", _usual(line.name_column for line in details or lines)),
        *(Column(words, column) for column, words in placed),
    )
    dates = (span.start.isoformat(), span.end.isoformat()) if span else ("", "")
    rows = tuple(
        TableRow(line.row + 1, (*dates, line.code, line.name, *(_at(line.cells, column) for column, _ in placed)))
        for line in details
    )
    stray_notes, stray_doubts = _judge_strays(sheet.cells, heading, lines, placed)
    return Reshaped(
        header_row_no=heading.row + 1,
        columns=columns,
        rows=rows,
        notes=(*period.notes, *_judge_totals(lines, placed), *stray_notes),
        doubts=(*period.doubts, *stray_doubts),
        data_until=complete_to(span, sheet.received_at) if span else None,
        letterhead=read_letterhead(sheet.cells[: heading.row]),
    )


def _at(cells: Sequence[Any], column: int) -> Any:
    return cells[column] if 0 <= column < len(cells) else ""


def _usual(columns: Iterable[int]) -> int:
    return Counter(columns).most_common(1)[0][0]


def _words(cell: Any) -> str:
    return " ".join(str(cell).split())


def _code(cell: Any) -> str | None:
    """An account code: text, or a number the workbook made of it."""
    text = f"{cell:g}" if isinstance(cell, float) else str(cell).strip()
    return text.rstrip(".") if CODE.match(text) else None


def _find_heading(cells: Cells) -> _Heading | None:
    for row, values in enumerate(cells[:HEADING_ROWS]):
        for column, cell in enumerate(values):
            if normalise(cell) == "koderekening":
                return _heading_at(cells, row, column)
    return None


def _heading_at(cells: Cells, row: int, code_column: int) -> _Heading:
    """Headings stand in the row of the code's heading, one above or one below, because cells are merged."""
    found: dict[int, str] = {}
    for near in (row, row - 1, row + 1):
        values = cells[near] if 0 <= near < len(cells) else ()
        if near > row and any(_code(cell) for cell in values[code_column : code_column + 1]):
            continue  # the first account already
        for column, cell in enumerate(values):
            if column > code_column and isinstance(cell, str) and re.search("[A-Za-z]", cell):
                found.setdefault(column, _words(cell))
    names = [column for column, words in found.items() if normalise(words) == "uraian"]
    name_column = min(names, default=code_column + 1)
    amounts = tuple(sorted((column, words) for column, words in found.items() if column > name_column))
    return _Heading(row, code_column, name_column, amounts)


def _lines(cells: Cells, heading: _Heading) -> Iterator[_Line]:
    """Rows with a code and words between the headings of code and first amount."""
    before_amounts = min((column for column, _ in heading.amounts), default=heading.name_column + 10)
    span = range(heading.code_column, before_amounts)
    for row in range(heading.row + 1, len(cells)):
        values = cells[row]
        coded = [column for column in span if _code(_at(values, column))]
        named = [column for column in span if re.search("[A-Za-z]", str(_at(values, column)))]
        if coded and named:
            code = _code(values[coded[0]]) or ""
            yield _Line(row, code, coded[0], _words(values[named[0]]), named[0], values)


def _is_detail(line: _Line, lines: Sequence[_Line]) -> bool:
    return "." in line.code and not any(other.code.startswith(line.code + ".") for other in lines)


def _place_headings(heading: _Heading, lines: Sequence[_Line]) -> list[tuple[int, str]]:
    """Each heading over the column its amounts stand in: its own, else the nearest that is filled and free."""
    width = max(len(line.cells) for line in lines)
    filled = {
        column
        for column in range(heading.name_column + 1, width)
        if 2 * sum(line.amount(column) is not None for line in lines) >= len(lines)
    }
    free = filled - {column for column, _ in heading.amounts}
    placed: list[tuple[int, str]] = []
    for column, words in heading.amounts:
        near = sorted((abs(other - column), other) for other in free if abs(other - column) <= REACH)
        chosen = column if column in filled or not near else near[0][1]
        free.discard(chosen)
        placed.append((chosen, words))
    if not any(normalise(words) == normalise(OPTIONAL) for _column, words in placed):
        placed.append((width, OPTIONAL))  # beside the sheet: empty in every row
    return placed


def _judge_totals(lines: Sequence[_Line], placed: Sequence[tuple[int, str]]) -> Iterator[Note]:
    """A stored total that is not the sum of its detail accounts."""
    for line in lines:
        below = [other for other in lines if other.code.startswith(line.code + ".") and _is_detail(other, lines)]
        for column, words in placed:
            stored = line.amount(column)
            total = sum((other.amount(column) or Decimal(0) for other in below), Decimal(0))
            if below and stored is not None and stored != total:
                cell = cell_name(line.row, column)
                account, heading = cover_title(line.name), Vocabulary().name_told(words)
                yield Note(
                    "jumlah",
                    f'{heading} tersimpan "{account}" di {cell} adalah {spell_amount(stored)}, padahal rinciannya '
                    f"berjumlah {spell_amount(total)}. Yang dimuat rinciannya.",
                    cell,
                    formula_cell=cell,
                )


def _judge_strays(
    cells: Cells, heading: _Heading, lines: Sequence[_Line], placed: Sequence[tuple[int, str]]
) -> tuple[list[Note], list[Doubt]]:
    """Amounts that stand under no heading, or beside no account: never loaded, always told."""
    notes: list[Note] = []
    doubts: list[Doubt] = []
    used = [column for column, _ in placed]
    for column in range(heading.name_column + 1, max(len(line.cells) for line in lines)):
        given = [line for line in lines if line.amount(column) is not None]
        if column in used or not given:
            continue
        cell = cell_name(given[0].row, column)
        twin = max((other for other in used if other < column), default=None)
        if twin is not None and all(line.amount(column) == line.amount(twin) for line in given):
            words = Vocabulary().name_told(dict(placed)[twin])
            notes.append(Note("kolom", f"Angka mulai {cell} mengulang kolom {words} dan tidak dimuat.", cell))
        else:
            doubts.append(Doubt("kolom", f"Angka mulai {cell} tidak berada di bawah judul kolom mana pun.", cell))
    coded = {line.row for line in lines}
    for row in range(heading.row + 1, len(cells)):
        numbers = [column for column in used if isinstance(_at(cells[row], column), (int, float))]
        if numbers and row not in coded and row > min(coded):
            cell = cell_name(row, numbers[0])
            notes.append(Note("kode", f"Angka di {cell} tidak punya kode rekening dan tidak dimuat.", cell))
    return notes, doubts
