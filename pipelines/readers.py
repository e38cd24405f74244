"""Turns a delivered file into a staged table of text cells with row numbers; judges nothing about the values.

Personal columns are left in the file: they are not even staged. Refuses a file whose header is not the contract's.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from pipelines.containers.sql_dump import read_sql_dump
from pipelines.contract import Contract, ContractProblem
from pipelines.declared_time import since_of_name, until_of_letterhead, until_of_name
from pipelines.formulas import describe_formula
from pipelines.headers import HeaderMatch, find_header
from pipelines.reshaping import Doubt, Letterhead, Note, Reshaped, Sheet, find_reshape, match_columns
from pipelines.vocabulary import Vocabulary

NATIVE = "\x02"  # marks a cell the workbook itself typed: "\x02n1.5" number, "\x02d2026-11-21T16:05:00" instant
HEAD_BYTES = 1 << 16
HEADER_ROWS = 40
WORKBOOK_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True)
class Delivery:
    """Rows ready to stage: `rows` of a workbook, or a UTF-8 CSV for DuckDB to read from `csv_path`."""

    header: HeaderMatch
    sheet_name: str | None
    data_until: datetime | None
    declared_total: int | None
    rows: pd.DataFrame | None  # columns row_no, c0, c1, ... in the order of header.fields
    csv_path: Path | None
    data_from: datetime | None = None  # None: nothing said, complete from the start of the day it ends in
    unread_sheets: tuple[str, ...] = ()  # further visible sheets with such a table
    fixed_cells: tuple[tuple[str, str], ...] = ()  # header and the one cell that holds it for every row
    notes: tuple[Note, ...] = ()
    doubts: tuple[Doubt, ...] = ()  # reasons to hold it, found while reading
    letterhead: Letterhead | None = None
    is_1904: bool = False  # bare day numbers count from 1904


def read_delivery(path: Path, contract: Contract, work_dir: Path, received_at: datetime | None = None) -> Delivery:
    """Open a CSV, XLSX, XLS or SQL dump by its content. Raises ContractProblem with what to mend."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if not head.strip():
        raise ContractProblem(f"Berkas {path.name} kosong. Kirim ulang berkas yang berisi data.")
    if head.startswith(WORKBOOK_MAGIC):
        return _read_workbook(path, contract, received_at)
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ContractProblem(
            f"Berkas {path.name} bukan CSV dan bukan buku kerja Excel. "
            "Simpan ulang dari Excel sebagai .xlsx atau .csv, lalu kirim lagi."
        )
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise ContractProblem(
            f"Berkas {path.name} berisi halaman web (HTML atau XML), bukan tabel, walau namanya {path.suffix}. "
            f"Buka di Excel, simpan ulang seperti {contract.file.pattern}, lalu kirim lagi."
        )
    if contract.file.table or path.suffix.lower() == ".sql":
        return _read_dump(path, contract, work_dir)
    return _read_csv(path, contract, work_dir)


def _read_dump(path: Path, contract: Contract, work_dir: Path) -> Delivery:
    if not contract.file.table:
        raise ContractProblem(
            f"Berkas {path.name} berisi SQL, padahal yang disepakati {contract.file.pattern}. Kirim bentuk itu."
        )
    dump = read_sql_dump(_as_utf8(path, work_dir).read_text("utf-8"), path.name, contract.file.table)
    header = find_header([*(() for _ in range(dump.line - 1)), dump.columns], contract)
    if header is None:
        raise ContractProblem(no_header_message(path.name, contract))
    names = ["row_no", *(f"c{index}" for index in range(len(header.columns)))]
    cells = [[row.number, *(row.cells[c] if row.cells else None for c in header.columns)] for row in dump.rows]
    frame = pd.DataFrame(cells, columns=names).astype({"row_no": "int32"} | dict.fromkeys(names[1:], "object"))
    until = until_of_name(path.name, contract)
    since = since_of_name(path.name, contract, until)
    return Delivery(header, None, until, None, frame, path, since, notes=tuple(Note(*note) for note in dump.notes))


def _read_csv(path: Path, contract: Contract, work_dir: Path) -> Delivery:
    text_path = _as_utf8(path, work_dir)
    with text_path.open(encoding="utf-8-sig", newline="") as stream:
        head = stream.read(HEAD_BYTES)
    try:
        lines = list(islice(csv.reader(io.StringIO(head), delimiter=contract.file.delimiter or ","), HEADER_ROWS))
    except csv.Error as error:
        raise ContractProblem(_unreadable_text(path.name)) from error
    header = find_header(lines, contract)
    if header is None:
        raise ContractProblem(_why_no_csv_header(path.name, head, contract))
    until = until_of_name(path.name, contract)
    return Delivery(header, None, until, None, None, text_path, since_of_name(path.name, contract, until))


def _why_no_csv_header(name: str, head: str, contract: Contract) -> str:
    names = {",": "koma", ";": "titik koma", "\t": "tab", "|": "garis tegak"}
    for other, word in names.items():
        rows = list(csv.reader(io.StringIO(head), delimiter=other))[:HEADER_ROWS]
        if other != contract.file.delimiter and find_header(rows, contract):
            declared = names[contract.file.delimiter or ","]
            return (
                f"Berkas {name} memakai pemisah {word}, padahal disepakati {declared}. "
                f"Simpan ulang dengan pemisah {declared}."
            )
    return no_header_message(name, contract)


def no_header_message(name: str, contract: Contract) -> str:
    wanted = ", ".join(dict.fromkeys(field.from_ for field in contract.fields if field.required))
    return f"Baris judul kolom tidak ditemukan di {name}. Baris judul harus memuat: {wanted}."


def _as_utf8(path: Path, work_dir: Path) -> Path:
    """The file itself when it is UTF-8 without BOM and with line feeds, else a transcoded copy."""
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = raw.decode("utf-16")
        except UnicodeDecodeError as error:
            raise ContractProblem(_unreadable_text(path.name)) from error
    else:
        try:
            text = raw.decode("utf-8-sig")
            if not raw.startswith(b"\xef\xbb\xbf") and (b"\n" in raw or b"\r" not in raw):
                return path
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
    if "\n" not in text:
        text = text.replace("\r", "\n")  # as old Macintosh programs end a line
    copy = work_dir / "kiriman.utf8.csv"
    copy.write_text(text, "utf-8", newline="")
    return copy


def _unreadable_text(name: str) -> str:
    return f"Isi berkas {name} terpotong atau rusak. Simpan ulang sebagai CSV UTF-8, lalu kirim lagi."


def _read_workbook(path: Path, contract: Contract, received_at: datetime | None) -> Delivery:
    reshape = find_reshape(contract)
    try:
        workbook = CalamineWorkbook.from_path(path)
        names = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        if reshape is None:
            return _first_table(path, contract, workbook, names)
        sheets = [Sheet(path.name, name, _cells_of(workbook, name), received_at) for name in names]
    except CalamineError as error:
        raise ContractProblem(
            f"Buku kerja {path.name} tidak dapat dibuka: rusak, terpotong atau bersandi. "
            "Buka di Excel, simpan ulang sebagai .xlsx tanpa sandi, lalu kirim lagi."
        ) from error
    shaped = [(sheet.name, table) for sheet in sheets if (table := reshape(sheet)) is not None]
    if not shaped:
        raise ContractProblem(_no_table_message(path.name, contract))
    (name, table), *others = shaped
    words = Vocabulary(contract)
    unread = tuple(words.name_told(other) for other, _ in others)
    return replace(
        _shaped_delivery(path, name, table, contract), sheet_name=words.name_told(name), unread_sheets=unread
    )


def _no_table_message(name: str, contract: Contract) -> str:
    """A report says its dates above the table, so they are no headers to look for."""
    wanted = ", ".join(field.from_ for field in contract.fields if field.required and field.type != "date")
    return f"Tidak ada lembar di {name} yang berisi tabel {contract.title}. Judul kolomnya harus memuat: {wanted}."


def _cells_of(workbook: CalamineWorkbook, name: str) -> list[list[Any]]:
    return workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)


def _first_table(path: Path, contract: Contract, workbook: CalamineWorkbook, names: Sequence[str]) -> Delivery:
    problem: ContractProblem | None = None
    words = Vocabulary(contract)
    for number, name in enumerate(names):
        cells = _cells_of(workbook, name)
        try:
            header = find_header(cells[:HEADER_ROWS], contract)
        except ContractProblem as error:  # a summary in front may share some of the headers
            problem = problem or ContractProblem(f"Lembar {words.name_told(name)}: {error}")
            continue
        if header is not None:
            delivery = _sheet_delivery(path.name, words.name_told(name), cells, header, contract)
            further = _further_tables(workbook, names[number + 1 :], contract)
            return replace(delivery, unread_sheets=tuple(words.name_told(other) for other in further))
    raise problem or ContractProblem(no_header_message(path.name, contract))


def _shaped_delivery(path: Path, sheet_name: str, table: Reshaped, contract: Contract) -> Delivery:
    header, places = match_columns(table, contract)
    if header is None:
        raise ContractProblem(no_header_message(path.name, contract))
    records = [[row.row_no, *(_cell_text(row.values[place]) for place in places)] for row in table.rows]
    names = ["row_no", *(f"c{index}" for index in range(len(places)))]
    frame = pd.DataFrame(records, columns=names).astype({"row_no": "int32"})
    fixed = [(found, table.columns[place].cell) for found, place in zip(header.headers, places, strict=True)]
    return Delivery(
        header,
        sheet_name,
        table.data_until,
        None,
        frame,
        None,
        fixed_cells=tuple((found, cell) for found, cell in fixed if cell is not None),
        notes=tuple(_with_formula(note, path, sheet_name) for note in table.notes),
        doubts=table.doubts,
        letterhead=table.letterhead,
    )


def _with_formula(note: Note, path: Path, sheet_name: str) -> Note:
    if note.formula_cell is None:
        return note
    return replace(note, message=f"{note.message} {describe_formula(path, sheet_name, note.formula_cell)}")


def _further_tables(workbook: CalamineWorkbook, names: Sequence[str], contract: Contract) -> tuple[str, ...]:
    """Visible sheets that hold such a table too: they are not read, and their sender is told."""
    found = []
    for name in names:
        try:
            if find_header(workbook.get_sheet_by_name(name).to_python()[:HEADER_ROWS], contract):
                found.append(name)
        except ContractProblem:
            continue
    return tuple(found)


def _sheet_delivery(
    file_name: str, sheet_name: str, cells: list[list[Any]], header: HeaderMatch, contract: Contract
) -> Delivery:
    records: list[list[object]] = []
    total: int | None = None
    for row_no, row in enumerate(cells[header.row_no :], start=header.row_no + 1):
        if contract.total_label and _is_total(row, contract.total_label):
            total = next((int(cell) for cell in row if isinstance(cell, float)), None)
            break  # what follows is the signature block
        if any(cell != "" for cell in row):
            texts = [_cell_text(row[column]) if column < len(row) else None for column in header.columns]
            records.append([row_no, *texts])
    names = ["row_no", *(f"c{index}" for index in range(len(header.columns)))]
    frame = pd.DataFrame(records, columns=names).astype({"row_no": "int32"})
    until = until_of_name(file_name, contract) or until_of_letterhead(cells[: header.row_no - 1], contract)
    return Delivery(header, sheet_name, until, total, frame, None, since_of_name(file_name, contract, until))


def _is_total(row: Sequence[Any], label: str) -> bool:
    first = next((cell for cell in row if cell != ""), "")
    return isinstance(first, str) and first.strip().upper().startswith(label.upper())


def _cell_text(cell: Any) -> str | None:
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, (int, float)):
        return f"{NATIVE}n{int(cell) if float(cell).is_integer() else repr(cell)}"
    if isinstance(cell, (datetime, date, time)):
        return f"{NATIVE}d{cell.isoformat()}"
    return str(cell) if cell != "" else None
