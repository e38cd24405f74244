"""Turns a delivered file into a staged table of text cells with row numbers; judges nothing about the values.

Personal columns are left in the file: they are not even staged. Refuses a file whose header is not the contract's.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from pipelines.contract import Contract, ContractProblem
from pipelines.headers import HeaderMatch, find_header
from pipelines.indonesian import example_of, parse_indonesian

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


def read_delivery(path: Path, contract: Contract, work_dir: Path) -> Delivery:
    """Open a CSV, XLSX or XLS by its content. Raises ContractProblem with what to mend."""
    with path.open("rb") as stream:
        head = stream.read(HEAD_BYTES)
    if not head.strip():
        raise ContractProblem(f"Berkas {path.name} kosong. Kirim ulang berkas yang berisi data.")
    if head.startswith(WORKBOOK_MAGIC):
        return _read_workbook(path, contract)
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ContractProblem(
            f"Berkas {path.name} bukan CSV dan bukan buku kerja Excel. "
            "Simpan ulang dari Excel sebagai .xlsx atau .csv, lalu kirim lagi."
        )
    return _read_csv(path, contract, work_dir)


def _read_csv(path: Path, contract: Contract, work_dir: Path) -> Delivery:
    text_path = _as_utf8(path, work_dir)
    with text_path.open(encoding="utf-8-sig", newline="") as stream:
        head = stream.read(HEAD_BYTES)
    try:
        lines = list(islice(csv.reader(io.StringIO(head), delimiter=contract.file.delimiter), HEADER_ROWS))
    except csv.Error as error:
        raise ContractProblem(_unreadable_text(path.name)) from error
    header = find_header(lines, contract)
    if header is None:
        raise ContractProblem(_why_no_csv_header(path.name, head, contract))
    until = _as_of_name(path.name, contract)
    return Delivery(header, None, until, None, None, text_path, _since_name(path.name, contract, until))


def _why_no_csv_header(name: str, head: str, contract: Contract) -> str:
    names = {",": "koma", ";": "titik koma", "\t": "tab", "|": "garis tegak"}
    for other, word in names.items():
        rows = list(csv.reader(io.StringIO(head), delimiter=other))[:HEADER_ROWS]
        if other != contract.file.delimiter and find_header(rows, contract):
            declared = names.get(contract.file.delimiter, contract.file.delimiter)
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


def _read_workbook(path: Path, contract: Contract) -> Delivery:
    try:
        workbook = CalamineWorkbook.from_path(path)
        names = [sheet.name for sheet in workbook.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        problem: ContractProblem | None = None
        for number, name in enumerate(names):
            cells = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            try:
                header = find_header(cells[:HEADER_ROWS], contract)
            except ContractProblem as error:  # a summary in front may share some of the headers
                problem = problem or ContractProblem(f"Lembar {name}: {error}")
                continue
            if header is not None:
                delivery = _sheet_delivery(path.name, name, cells, header, contract)
                return replace(delivery, unread_sheets=_further_tables(workbook, names[number + 1 :], contract))
    except CalamineError as error:
        raise ContractProblem(
            f"Buku kerja {path.name} tidak dapat dibuka: rusak, terpotong atau bersandi. "
            "Buka di Excel, simpan ulang sebagai .xlsx tanpa sandi, lalu kirim lagi."
        ) from error
    raise problem or ContractProblem(no_header_message(path.name, contract))


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
    until = _as_of_name(file_name, contract) or _as_of_label(cells[: header.row_no - 1], contract)
    return Delivery(header, sheet_name, until, total, frame, None, _since_name(file_name, contract, until))


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


def _as_of_name(file_name: str, contract: Contract) -> datetime | None:
    if contract.as_of is None or contract.as_of.file_name is None:
        return None
    match = re.search(contract.as_of.file_name, file_name, re.IGNORECASE)
    until = parse_indonesian(" ".join(match.groups()), contract.as_of.format) if match else None
    if until is None:
        raise ContractProblem(
            f"Nama berkas {file_name} tidak menyebut sampai kapan datanya lengkap. "
            f"Ikuti pola {contract.file.pattern} dengan waktu seperti {example_of(contract.as_of.format)}."
        )
    return _complete_to(until, contract)


def _complete_to(until: datetime, contract: Contract) -> datetime:
    """A month that is named as complete reaches to the first instant of the next."""
    if contract.as_of is None or not contract.as_of.whole_month:
        return until
    return datetime(until.year + until.month // 12, until.month % 12 + 1, 1)


def _since_name(file_name: str, contract: Contract, until: datetime | None) -> datetime | None:
    if contract.as_of is None or contract.as_of.since is None:
        return None
    match = re.search(contract.as_of.since, file_name, re.IGNORECASE)
    words = " ".join(group or "00" for group in match.groups()) if match else ""
    since = parse_indonesian(words, contract.as_of.format)
    if since is not None and until is not None and since >= until:
        raise ContractProblem(
            f"Nama berkas {file_name} menyebut awal {since:%Y-%m-%d %H.%M} yang tidak mendahului akhirnya, "
            f"{until:%Y-%m-%d %H.%M}. Betulkan nama berkasnya, lalu kirim ulang."
        )
    return since


def _as_of_label(letterhead: list[list[Any]], contract: Contract) -> datetime | None:
    if contract.as_of is None or contract.as_of.label is None:
        return None
    label = contract.as_of.label
    for row in letterhead:
        texts = [str(cell).strip() for cell in row if cell != ""]
        joined = " ".join(texts)
        if joined.lower().startswith(label.lower()):
            rest = re.sub(r"\s*(WIB|WITA|WIT)$", "", joined[len(label) :].lstrip(" :"))
            until = parse_indonesian(rest, contract.as_of.format)
            if until is not None:
                return _complete_to(until, contract)
    raise ContractProblem(
        f'Baris "{label}" di atas tabel tidak ditemukan atau waktunya tidak terbaca. '
        f'Contoh yang benar: "{label}: {example_of(contract.as_of.format)} WIB".'
    )
