"""Reads the CSV of a scheme into typed rows, or tells every fault at once with line, column and a right example.

Refuses an unknown column: a value silently left out would change the result.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from warehouse.evaluation.model import Column, InputProblem, Row, Scheme, Value
from warehouse.nearest import nearest_hint

FIRST_YEAR, LAST_YEAR = 1945, 2100
MOST_DIGITS = 15  # beyond it nothing measured or counted here is written
EXAMPLES = {"number": "12.5", "integer": "12", "text": "teks", "date": "2026-01-31", "datetime": "2026-01-31 14:05"}


def read_rows(content: bytes, scheme: Scheme) -> list[Row]:
    """Comma, semicolon or tab between cells; a decimal point, or a comma where it does not part cells, but not both in
    one file: there a point may part thousands. Raises InputProblem."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputProblem(["berkas bukan teks UTF-8; simpan ulang sebagai CSV UTF-8"]) from error
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise InputProblem([f"berkas bukan CSV yang sah: {error}"]) from error
    if not lines or not any(cell.strip() for cell in lines[0]):
        raise InputProblem(["berkas kosong; baris pertama harus nama kolom, lihat --columns"])
    header = [cell.strip().lower() for cell in lines[0]]
    _refuse_header(header, scheme)
    known = {column.name: column for column in scheme.columns}
    columns = [known.get(name, Column(name, "", required=False)) for name in header]
    mark = "," if delimiter != "," and _has_decimal_comma(lines[1:], columns) else "."
    problems: list[str] = []
    rows = []
    for number, line in enumerate(lines[1:], 2):
        if not any(cell.strip() for cell in line):
            continue
        if len(line) > len(header):
            problems.append(f"baris {number}: {len(line)} sel, sedangkan kolomnya {len(header)}")
            continue
        given = dict(zip(header, (cell.strip() for cell in line), strict=False))
        cells: dict[str, Value | date] = {}
        for column in columns:
            try:
                cells[column.name] = _typed(given.get(column.name, ""), column, mark)
            except ValueError as error:
                problems.append(f"baris {number}, kolom {column.name}: {error}")
        rows.append(Row(number, cells))
    if problems:
        raise InputProblem(problems)
    if not rows:
        raise InputProblem(["berkas tidak berisi baris data di bawah nama kolom"])
    return rows


def _refuse_header(header: Sequence[str], scheme: Scheme) -> None:
    names = [column.name for column in scheme.columns]
    problems = [f"kolom {name} ditulis dua kali" for name in dict.fromkeys(header) if header.count(name) > 1]
    if not scheme.free_columns:
        problems += [f"kolom {name!r} tidak dikenal{nearest_hint(name, names)}" for name in header if name not in names]
    problems += [
        f"kolom {column.name} ({column.meaning}) tidak ada"
        for column in scheme.columns
        if column.required and column.name not in header
    ]
    if problems:
        raise InputProblem([f"baris 1: {problem}" for problem in problems])


def _has_decimal_comma(lines: Sequence[Sequence[str]], columns: Sequence[Column]) -> bool:
    return any(
        "," in cell and column.kind in ("number", "integer")
        for line in lines
        for cell, column in zip(line, columns, strict=False)
    )


def _typed(text: str, column: Column, mark: str) -> Value | date:
    if not text:
        if column.required:
            raise ValueError(f"wajib diisi, misalnya {column.example or EXAMPLES[column.kind]}")
        return None
    if column.choices:
        chosen = next((choice for choice in column.choices if choice.casefold() == text.casefold()), None)
        if chosen is None:
            raise ValueError(f"{text!r} harus salah satu dari {', '.join(column.choices)}")
        return chosen
    if column.kind == "text":
        return text
    if column.kind in ("date", "datetime"):
        return _moment(text, column)
    return _number(_with_point(text, column, mark), column)


def _moment(text: str, column: Column) -> date:
    example = column.example or EXAMPLES[column.kind]
    try:
        moment = date.fromisoformat(text) if column.kind == "date" else datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} bukan waktu, contoh yang benar {example}") from error
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"{text!r} di luar tahun {FIRST_YEAR} sampai {LAST_YEAR}, contoh yang benar {example}")
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        raise ValueError(f"{text!r} memakai zona waktu; tulis waktu setempat, contoh yang benar {example}")
    return moment


def _with_point(text: str, column: Column, mark: str) -> str:
    example = column.example or EXAMPLES[column.kind]
    if mark == "." and "," in text:
        raise ValueError(f"{text!r} bukan angka; sel dipisah koma, jadi desimal memakai titik, misalnya {example}")
    if mark == "," and "." in text:
        rule = "berkas ini menulis desimal dengan koma; tulis tanpa titik"
        raise ValueError(f"{text!r} memakai titik, sedangkan {rule}, misalnya {example.replace('.', ',')}")
    return text.replace(",", ".")


def _number(text: str, column: Column) -> Decimal:
    example = column.example or EXAMPLES[column.kind]
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"{text!r} bukan angka, contoh yang benar {example}") from error
    if not value.is_finite() or "_" in text:
        raise ValueError(f"{text!r} bukan angka, contoh yang benar {example}")
    if abs(value.adjusted()) > MOST_DIGITS:
        raise ValueError(f"{text!r} di luar jangkauan angka, contoh yang benar {example}")
    if column.kind == "integer" and value != value.to_integral_value():
        raise ValueError(f"{text!r} bukan bilangan bulat, contoh yang benar {example}")
    if column.lowest is not None and value < column.lowest:
        raise ValueError(f"{text} kurang dari {column.lowest}, batas terendah")
    if column.highest is not None and value > column.highest:
        raise ValueError(f"{text} lebih dari {column.highest}, batas tertinggi")
    return value
