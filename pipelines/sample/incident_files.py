"""Writes incident workbooks as agencies make them: letterhead, merged cells, mixed dates, total, signature block.

No person is named: reporters are "Pelapor contoh 42" with numbers nobody can dial.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from pipelines.sample.incidents import Ticket
from pipelines.sample.region import SampleRegion
from pipelines.sample.spelling import (
    INCIDENT_TEXT,
    STATUS_TEXT,
    fake_phone,
    long_instant,
    mistyped_month,
    mistyped_name,
)

HEADER = (
    *("No", "Nomor Tiket", "Waktu Lapor", "Jenis Kejadian", "Kecamatan", "Lokasi (Lat/Long)", "Alamat"),
    *("Nama Pelapor", "Nomor Telepon", "Waktu Penugasan", "Waktu Tiba", "Waktu Selesai", "Status"),
    *("OPD Penangan", "Keterangan"),
)
WIDTHS = (5, 20, 22, 30, 16, 28, 22, 22, 20, 22, 22, 22, 20, 14, 26)
HEADER_ROW = 7  # from 0: the eighth row
LAST = len(HEADER) - 1
SHEET = "Kejadian 112"
NATIVE_DATES = 0.35  # share of rows typed as real dates
OLD_NOVEMBER = 0.55  # below this and above NATIVE_DATES the month is written Nopember
ERROR_CELL = "#REF!"
NEEDS_MACHINES = ("pohon_tumbang", "jalan_rusak")


@dataclass(frozen=True)
class Workbook:
    """What one workbook says above its table."""

    opd_code: str
    period: str  # "Bulan Oktober 2026"
    until: datetime


def state_at(ticket: Ticket, until: datetime) -> tuple[str, datetime | None, datetime | None, datetime | None]:
    """Status code, dispatched, arrived and closed as known at `until`."""
    dispatched, arrived, closed = (
        moment if moment and moment <= until else None for moment in (ticket.dispatched, ticket.arrived, ticket.closed)
    )
    if closed:
        return "selesai", dispatched, arrived, closed
    if not dispatched:
        return "belum_ditugaskan", None, None, None
    if arrived:
        return "ditangani", dispatched, arrived, None
    if ticket.arrived:
        return "menuju_lokasi", dispatched, None, None
    return ("menunggu_alat" if ticket.type_code in NEEDS_MACHINES else "dijadwalkan"), dispatched, None, None


def write_workbook(path: Path, region: SampleRegion, about: Workbook, tickets: Sequence[Ticket]) -> int:
    """Write the tickets reported up to `about.until`; returns the number of rows, doubles included."""
    rows: list[list[Any]] = []
    for ticket in tickets:
        if ticket.reported <= about.until:
            cells = ticket_cells(region, ticket, about.until)
            rows.extend([cells] * (2 if ticket.mistake == "ganda" and cells[12] == STATUS_TEXT["selesai"] else 1))
    write_rows(path, region, about, rows)
    return len(rows)


def ticket_cells(region: SampleRegion, ticket: Ticket, until: datetime) -> list[Any]:
    """One row as typed, from the ticket number on; mistakes appear once the case is closed."""
    status, dispatched, arrived, closed = state_at(ticket, until)
    mistake = ticket.mistake if closed else ""
    spellings = region.kecamatan[ticket.kecamatan].spellings
    kecamatan = spellings[int(ticket.spelling * 997) % len(spellings)]
    cells = [
        None,
        ticket.ticket_no,
        _instant(ticket.reported, ticket.spelling),
        INCIDENT_TEXT[ticket.type_code][int(ticket.spelling * 991) % 2],
        mistyped_name(kecamatan) if mistake == "kecamatan" else kecamatan,
        f"LatLng({ticket.place[0]:.5f}, {ticket.place[1]:.5f})" if ticket.place else None,
        f"Alamat contoh {ticket.number}",
        f"Pelapor contoh {ticket.number}",
        fake_phone(ticket.number),
        _instant(dispatched, ticket.spelling),
        _instant(arrived, ticket.spelling),
        _instant(closed, ticket.spelling),
        STATUS_TEXT[status],
        ticket.handler,
        "DATA CONTOH",
    ]
    if mistake == "bulan":
        cells[2] = mistyped_month(long_instant(ticket.reported))
    elif mistake == "selesai_mundur":
        cells[11] = long_instant(ticket.reported.replace(year=ticket.reported.year - 1, day=1))
    elif mistake == "sel_galat":
        cells[4] = ERROR_CELL
    return cells


def write_rows(path: Path, region: SampleRegion, about: Workbook, rows: Sequence[Sequence[Any]]) -> None:
    """Write letterhead, table, total and signature block. The same input gives the same bytes."""
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"created": about.until, "title": "DATA CONTOH", "author": "", "company": ""})
        styles = {
            "head": book.add_format({"bold": True, "align": "center"}),
            "column": book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center"}),
            "cell": book.add_format({"border": 1}),
            "date": book.add_format({"border": 1, "num_format": "dd/mm/yyyy hh:mm"}),
            "total": book.add_format({"bold": True, "border": 1}),
        }
        sheet = book.add_worksheet(SHEET)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        _write_letterhead(sheet, region, about, styles)
        for column, title in enumerate(HEADER):
            sheet.write_string(HEADER_ROW, column, title, styles["column"])
        for number, cells in enumerate(rows, start=1):
            _write_row(sheet, HEADER_ROW + number, [number, *cells[1:]], styles)
        _write_foot(sheet, region, about, (HEADER_ROW + len(rows) + 1, len(rows), styles))


def _write_letterhead(sheet: Any, region: SampleRegion, about: Workbook, styles: dict[str, Any]) -> None:
    name = region.opd_names.get(about.opd_code, about.opd_code)
    until = f"{long_instant(about.until)[:-6]} pukul {about.until:%H.%M} {region.timezone_label}"
    lines = (
        f"PEMERINTAH {region.name.upper()}",
        name.upper(),
        "REKAPITULASI KEJADIAN PANGGILAN DARURAT 112",
        about.period,
        f"Keadaan s.d. : {until}",
        "DATA CONTOH, bukan kejadian sebenarnya",
    )
    for row, line in enumerate(lines):
        sheet.merge_range(row, 0, row, LAST, line, styles["head"])


def _write_row(sheet: Any, row: int, cells: Sequence[Any], styles: dict[str, Any]) -> None:
    plain, dated = styles["cell"], styles["date"]
    for column, cell in enumerate(cells):
        if isinstance(cell, str):
            if cell == ERROR_CELL:
                sheet.write_formula(row, column, f"={ERROR_CELL}", plain, ERROR_CELL)
            else:
                sheet.write_string(row, column, cell, plain)
        elif isinstance(cell, datetime):
            sheet.write_datetime(row, column, cell, dated)
        elif cell is None:
            sheet.write_blank(row, column, None, plain)
        else:
            sheet.write_number(row, column, cell, plain)


def _write_foot(sheet: Any, region: SampleRegion, about: Workbook, foot: tuple[int, int, dict[str, Any]]) -> None:
    row, count, styles = foot
    sheet.merge_range(row, 0, row, 1, "JUMLAH", styles["total"])
    sheet.write_number(row, 2, count, styles["total"])
    for column in range(3, LAST + 1):
        sheet.write_blank(row, column, None, styles["total"])
    day = long_instant(about.until)[:-6]
    sign = (f"{region.short_name}, {day}", f"Kepala {region.opd_names.get(about.opd_code, '')}", "", "(tanda tangan)")
    for offset, line in enumerate(sign, start=2):
        if line:
            sheet.merge_range(row + offset, 11, row + offset, LAST, line, styles["head"])


def _instant(moment: datetime | None, spelling: float) -> datetime | str | None:
    """A real date in some rows, text in the others, sometimes with the older month name."""
    if moment is None or spelling < NATIVE_DATES:
        return moment
    return long_instant(moment, old_november=spelling < OLD_NOVEMBER)
