"""Draws the workbook an agency fills in for one source: its columns, its code lists as choices, and how to fill it in.

Holds no data and no example rows in the sheet that is delivered: what stands there is loaded.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from pipelines.contracts.contract import Contract, FieldRule
from pipelines.reading.indonesian import example_of
from pipelines.reading.reshaping import find_reshape

FILLED_ROWS = 2000  # rows that get choices and formats
LONGEST_LIST = 200  # choices shown in the instructions
DATA, HOW, LISTS = "Data", "Petunjuk", "Daftar"
INK, PAPER = "#17202A", "#EEF1F4"
KINDS = {
    "text": "teks",
    "code": "kode (teks, nol di depan tetap ditulis)",
    "integer": "bilangan bulat",
    "number": "angka",
    "percent": "persen, 0 sampai 100",
    "quantity": "angka dan satuannya",
    "date": "tanggal",
    "datetime": "tanggal dan jam",
    "month": "bulan dan tahun",
    "time": "jam",
    "boolean": "ya atau tidak",
    "latitude": "garis lintang",
    "longitude": "garis bujur",
}
EXAMPLES = {
    "integer": "125",
    "number": "1.234,5",
    "percent": "83,5",
    "quantity": "33 unit",
    "date": "21/11/2026",
    "datetime": "21/11/2026 16.05",
    "month": "November 2026",
    "time": "16.05",
    "boolean": "ya",
    "latitude": "-7.47",
    "longitude": "112.43",
}
FORMATS = {"code": "@", "text": "@", "date": "dd/mm/yyyy", "datetime": "dd/mm/yyyy hh:mm", "month": "mmmm yyyy"}


@dataclass(frozen=True)
class Agreement:
    """What the instructions say beside the columns, in words."""

    opd_code: str
    cadence: str
    due: str
    file_name: str
    complete_to: str = ""  # of sources whose letterhead says up to when they are complete


def has_template(contract: Contract) -> bool:
    """Whether the source is a table people fill in: no dump of a database, no printed report of a system."""
    return contract.file.table is None and contract.crosstab is None and find_reshape(contract) is None


def template_workbook(contract: Contract, lists: Mapping[str, Sequence[str]], agreement: Agreement) -> bytes:
    """`lists`: the names of each code list the contract refers to. The same arguments give the same bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 1, 1), "title": contract.title})
    columns = _columns(contract)
    places = _write_lists(book, columns, lists)
    _write_data(book, contract, columns, places, agreement)
    _write_instructions(book, contract, columns, lists, agreement)
    book.get_worksheet_by_name(DATA).activate()
    book.close()
    return stream.getvalue()


def _columns(contract: Contract) -> tuple[FieldRule, ...]:
    """One field for each delivered column."""
    first: dict[str, FieldRule] = {}
    for field in contract.fields:
        first.setdefault(field.from_, field)
    return tuple(first.values())


def choices_of(field: FieldRule, lists: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """What may be written in a column that has a list; empty for free ones and for cells that list several codes."""
    if field.separator:
        return ()
    if field.type == "boolean":
        return ("ya", "tidak")
    return tuple(field.one_of or field.codes or (lists.get(field.ref, ()) if field.ref else ()))


def example_of_field(field: FieldRule, lists: Mapping[str, Sequence[str]]) -> str:
    choices = choices_of(field, lists) or (tuple(lists.get(field.ref or "", ()))[:2] if field.separator else ())
    if choices:
        return f"{field.separator or ''} ".join(choices[:2]) if field.separator else choices[0]
    if field.format:
        return example_of(field.format)
    example = EXAMPLES.get(field.type, "")
    if field.type in ("integer", "number", "percent"):  # one within the bounds of the column
        low, high = field.min if field.min is not None else 0, field.max
        if high is not None and not low <= 125 <= high:
            return f"{(low + high) / 2:.0f}"
    return example


def _write_lists(
    book: xlsxwriter.Workbook, columns: Sequence[FieldRule], lists: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """By header: the range its choices stand in."""
    chosen = {field.from_: choices_of(field, lists) for field in columns}
    places: dict[str, str] = {}
    book.add_worksheet(DATA)
    book.add_worksheet(HOW)
    sheet = book.add_worksheet(LISTS)
    for column, (header, choices) in enumerate(item for item in chosen.items() if item[1]):
        sheet.write_string(0, column, header)
        for row, choice in enumerate(choices, start=1):
            sheet.write_string(row, column, choice)
        letter = xl_col_to_name(column, col_abs=True)
        places[header] = f"={LISTS}!{letter}$2:{letter}${len(choices) + 1}"
        sheet.set_column(column, column, 28)
    if not places:
        sheet.hide()
    return places


def _write_data(
    book: xlsxwriter.Workbook,
    contract: Contract,
    columns: Sequence[FieldRule],
    places: Mapping[str, str],
    agreement: Agreement,
) -> None:
    sheet = book.get_worksheet_by_name(DATA)
    sheet.write_string(0, 0, f"{contract.title} · {agreement.opd_code}", book.add_format({"bold": True, "size": 14}))
    sheet.write_string(1, 0, "Isi mulai di bawah judul kolom; * wajib diisi. Cara mengisi: lembar Petunjuk.")
    if contract.as_of is not None and contract.as_of.label:
        sheet.write_string(2, 0, f"{contract.as_of.label}: {agreement.complete_to}")
    head = 4
    needed = book.add_format({"bold": True, "bg_color": INK, "font_color": "white", "text_wrap": True, "valign": "top"})
    free = book.add_format({"bold": True, "bg_color": PAPER, "text_wrap": True, "valign": "top", "border": 1})
    for place, field in enumerate(columns):
        shape = book.add_format({"num_format": FORMATS[field.type]}) if field.type in FORMATS else None
        sheet.set_column(place, place, max(14, min(40, len(field.from_) + 4)), shape)
        words = f"{field.from_} *" if field.required else field.from_
        sheet.write_string(head, place, words, needed if field.required else free)
        rule = _validation(field, places.get(field.from_))
        if rule:
            sheet.data_validation(head + 1, place, head + FILLED_ROWS, place, rule)
    sheet.freeze_panes(head + 1, 0)


def _validation(field: FieldRule, choices: str | None) -> dict[str, Any]:
    """What the workbook refuses or warns about while it is filled in."""
    if choices:
        is_strict = not field.ref  # of a code list other spellings are understood too
        return {
            "validate": "list",
            "source": choices,
            "error_type": "stop" if is_strict else "warning",
            "error_title": "Tidak ada di daftar",
            "error_message": "Pilih dari daftar.",
        }
    if field.type not in ("integer", "number", "percent") or field.missing or field.zero != ("nihil",):
        return {}
    low, high = field.min, field.max
    if low is None and high is None:
        return {}
    bounds = {"criteria": "between", "minimum": low, "maximum": high}
    if low is None or high is None:
        bounds = {"criteria": ">=" if high is None else "<=", "value": low if high is None else high}
    return {
        "validate": "decimal",
        **bounds,
        "error_type": "warning",
        "error_title": "Di luar batas",
        "error_message": "Periksa nilainya.",
    }


def _write_instructions(
    book: xlsxwriter.Workbook,
    contract: Contract,
    columns: Sequence[FieldRule],
    lists: Mapping[str, Sequence[str]],
    agreement: Agreement,
) -> None:
    sheet = book.get_worksheet_by_name(HOW)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.write_string(0, 0, contract.title, book.add_format({"bold": True, "size": 14}))
    facts = (
        ("Pengirim", agreement.opd_code),
        ("Irama", agreement.cadence),
        ("Tenggat", agreement.due),
        ("Nama berkas", agreement.file_name),
        ("Tidak dimuat", ", ".join((*contract.ignore, *contract.personal)) or "-"),
    )
    for row, (label, words) in enumerate(facts, start=1):
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, words)
    head = len(facts) + 2
    titles = ("Kolom", "Wajib", "Isi", "Satuan", "Contoh", "Pilihan", "Keterangan")
    for place, words in enumerate(titles):
        sheet.write_string(head, place, words, book.add_format({"bold": True, "bg_color": PAPER, "border": 1}))
    for row, field in enumerate(columns, start=head + 1):
        choices = choices_of(field, lists)
        shown = ", ".join(choices[:LONGEST_LIST]) if len(choices) <= 12 else f"{len(choices)} pilihan di lembar {LISTS}"
        cells = (
            field.from_,
            "ya" if field.required else "",
            KINDS[field.type],
            field.unit or "",
            example_of_field(field, lists),
            shown,
            field.description or "",
        )
        for place, words in enumerate(cells):
            sheet.write_string(row, place, words, wrapped)
    for place, width in enumerate((34, 8, 30, 12, 26, 44, 44)):
        sheet.set_column(place, place, width)
