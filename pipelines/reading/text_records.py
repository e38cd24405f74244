"""Reads a delimited text record by record, for those that DuckDB cannot: blank lines, quoted line breaks, ragged rows.

A row longer than its header is told as such; a quotation mark left open or a file that breaks off refuses the file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from pipelines.contracts.contract import ContractProblem
from pipelines.reading.blocks import Block
from pipelines.reading.grids import DelimitedText
from pipelines.reading.headers import HeaderMatch


def read_block(text: DelimitedText, header: HeaderMatch) -> Block:
    """Raises ContractProblem when the text is damaged."""
    row_nos: list[int] = []
    rows: list[list[str]] = []
    header_lines: list[list[str]] = []
    row_no, last = 0, []
    with text.path.open(encoding="utf-8-sig", newline="") as stream:
        for row_no, record in enumerate(_whole_records(stream, text.delimiter), start=1):
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
    shifted = _shifted(rows, header.width)
    kept = [[] if why else row for row, why in zip(rows, shifted, strict=True)]
    return Block(row_nos, kept, False, header_lines=tuple(header_lines), shifted=shifted)


def _shifted(rows: list[list[str]], width: int) -> list[str | None]:
    """A longer row has shifted cells: none of its values can be trusted to stand under its header.

    Unless every row ends in the same empty cells: a delimiter at the end of each line.
    """
    if all(len(row) > width and not any(cell.strip() for cell in row[width:]) for row in rows):
        return [None] * len(rows)
    said = "Baris ini berisi {} sel, judulnya {}. Periksa pemisah atau tanda petik di dalam isinya."
    return [said.format(len(row), width) if len(row) > width else None for row in rows]


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
            raise ContractProblem(
                f'Mulai baris {begun} berkas tidak dapat dibaca: tanda petik (") tidak ditutup atau ada sel yang '
                "terlalu panjang. Betulkan baris itu, lalu kirim ulang."
            ) from error
