"""Reads a delimited text record by record, for those that DuckDB cannot: blank lines, quoted line breaks, ragged rows.

A row longer than its header is told as such. Of a stray quotation mark only its row suffers where each line is a whole
row by itself; else it refuses the file, as a file that breaks off does.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from pipelines.contracts.contract import ContractProblem
from pipelines.reading.blocks import Block
from pipelines.reading.grids import DelimitedText
from pipelines.reading.headers import HeaderMatch

QUOTED = re.compile('"([^"]|"")*"')
DELIMITERS = (";", ",", "\t", "|")
OTHER_SIGN = "Baris ini memakai pemisah kolom lain daripada judulnya. Samakan pemisahnya di seluruh berkas."
STRAY = 'Tanda petik (") di baris ini tidak berpasangan. Hapus, atau tulis dua kali ("") bila memang bagian isinya.'


class StrayQuoteError(ContractProblem):
    """A quotation mark that is left open, or is closed within a cell."""


def read_block(text: DelimitedText, header: HeaderMatch) -> Block:
    """Raises ContractProblem when the text is damaged."""
    try:
        return _block(text, header, _whole_records)
    except StrayQuoteError:
        block = _block(text, header, _lines)
        if any(len(row) != header.width for row in block.rows):
            raise
        stray = [STRAY if any(cell.startswith('"') for cell in row) else None for row in block.rows]
        return replace(
            block, rows=[[] if why else row for row, why in zip(block.rows, stray, strict=True)], shifted=stray
        )


def _block(
    text: DelimitedText, header: HeaderMatch, records: Callable[[Iterable[str], str], Iterator[list[str]]]
) -> Block:
    row_nos: list[int] = []
    rows: list[list[str]] = []
    header_lines: list[list[str]] = []
    row_no, last = 0, []
    with text.path.open(encoding="utf-8-sig", newline="") as stream:
        for row_no, record in enumerate(records(stream, text.delimiter), start=1):
            last = record
            if row_no > header.row_no and any(cell.strip() for cell in record):
                row_nos.append(row_no)
                rows.append(record)
            elif header.top_row_no <= row_no <= header.row_no:
                header_lines.append(record)
    if rows and len(last) < header.width and sum(bool(cell.strip()) for cell in last) > 1 and _ends_open(text):
        raise ContractProblem(
            f"Berkas terpotong: baris terakhir, {row_no}, berisi {len(last)} dari {header.width} kolom. Kirim ulang."
        )
    shifted = _shifted(rows, header.width, text.delimiter)
    kept = [[] if why else row for row, why in zip(rows, shifted, strict=True)]
    return Block(row_nos, kept, False, header_lines=tuple(header_lines), shifted=shifted)


def _shifted(rows: list[list[str]], width: int, delimiter: str) -> list[str | None]:
    """A longer row has shifted cells: none of its values can be trusted to stand under its header.

    Unless every row ends in the same empty cells: a delimiter at the end of each line.
    """
    if all(len(row) > width and not any(cell.strip() for cell in row[width:]) for row in rows):
        return [None] * len(rows)
    said = "Baris ini berisi {} sel, judulnya {}. Periksa pemisah atau tanda petik di dalam isinya."
    found: list[str | None] = []
    for row in rows:
        if len(row) > width:
            found.append(said.format(len(row), width))
        elif _is_several(row, width, delimiter):
            found.append(STRAY)
        else:
            found.append(OTHER_SIGN if width > 2 and len(row) == 1 and _is_parted(row[0], width, delimiter) else None)
    return found


def _is_parted(line: str, width: int, delimiter: str) -> bool:
    """Whether another sign parts a line into as many cells as there are headers."""
    return any(line.count(sign) == width - 1 for sign in DELIMITERS if sign != delimiter)


def _is_several(row: list[str], width: int, delimiter: str) -> bool:
    """Whether a record over several lines is as many whole rows: two stray quotation marks made one cell of them."""
    if width < 2 or not any("\n" in cell for cell in row):
        return False
    return all(line.count(delimiter) == width - 1 for line in delimiter.join(row).splitlines())


def _ends_open(text: DelimitedText) -> bool:
    """Whether the last line lacks its end, as that of a copy that broke off."""
    return not text.path.read_bytes().endswith((b"\n", b"\r"))


def _whole_records(stream: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Records as written; a quotation mark left open would take the next rows, personal cells too, into one cell."""
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    while True:
        begun = reader.line_num + 1
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "field larger" in str(error):
                said = f"Baris {begun} berkas berisi sel yang terlalu panjang. Betulkan baris itu, lalu kirim ulang."
                raise ContractProblem(said) from error
            raise StrayQuoteError(
                f'Mulai baris {begun} berkas tidak dapat dibaca: tanda petik (") tidak berpasangan. Hapus tanda petik '
                'itu, atau tulis dua kali ("") bila memang bagian isinya, lalu kirim ulang.'
            ) from error


def _lines(stream: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    """Each line by itself; a cell that a stray quotation mark begins keeps it."""
    for line in stream:
        yield [
            cell[1:-1].replace('""', '"') if QUOTED.fullmatch(cell) else cell
            for cell in line.rstrip("\r\n").split(delimiter)
        ]
