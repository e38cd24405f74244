"""The rows that an SQL dump inserts into the agreed table, as a grid under the names of its columns.

Reads no other statement and executes none.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipelines.containers.text import as_utf8
from pipelines.contracts.contract import ContractProblem
from pipelines.contracts.contract_parts import FileShape
from pipelines.reading.grids import Grid, Opened

MISFIT = "Baris ini tidak memuat satu nilai untuk tiap kolom. Betulkan tanda petik dan komanya, lalu ekspor ulang."

ANY = "*"  # nothing is agreed about the form of the file


def open_dump(path: Path, name: str, work_dir: Path, shape: FileShape) -> Opened:
    """Rows stand where the file has them, so that a row number is a line; no statement is executed."""
    if not shape.table and shape.pattern != ANY:
        raise ContractProblem(
            f"Berkas {name} berisi SQL, padahal yang disepakati {shape.pattern}. Kirim dalam bentuk itu, atau sebut "
            "tabelnya di kontrak (file: table)."
        )
    utf8, notes = as_utf8(path, name, work_dir)
    from pipelines.containers.sql_dump import (  # noqa: PLC0415 - their parser, for who sends dumps only
        inserted_tables,
        read_sql_dump,
    )

    text = utf8.read_text("utf-8")
    table = shape.table or _only(inserted_tables(text, name), name)
    dump = read_sql_dump(text, name, table)
    if not dump.rows:
        raise ContractProblem(
            f"INSERT untuk tabel {table} di berkas {name} tidak memuat satu baris pun. Ekspor ulang, lalu kirim lagi."
        )
    notes = (*notes, *dump.notes)
    numbers = [row.number for row in dump.rows]
    shift = int(numbers[0] == 1)
    if shift:
        notes = (*notes, ("baris", "Baris pertama berkas sudah memuat data; nomor baris di sini bertambah satu."))
    cells: list[Sequence[object]] = [()] * (max(dump.line, *numbers) + shift)
    cells[min(dump.line, numbers[0] + shift - 1) - 1] = dump.columns
    for number, row in zip(numbers, dump.rows, strict=True):
        cells[number + shift - 1] = ["" if value is None else value for value in row.cells or [""] * len(dump.columns)]
    misfits = {number + shift - 1: MISFIT for number, row in zip(numbers, dump.rows, strict=True) if not row.cells}
    return Opened("sql", grids=(Grid(None, cells, misfits=misfits),), notes=notes)


def _only(tables: set[str], name: str) -> str:
    """The one table a dump fills, where the contract names none."""
    if len(tables) == 1:
        return next(iter(tables))
    named = f"{len(tables)} tabel: {', '.join(sorted(tables))}" if tables else "tidak satu tabel pun"
    raise ContractProblem(f"Berkas {name} berisi SQL dan mengisi {named}. Sebut tabelnya di kontrak (file: table).")
