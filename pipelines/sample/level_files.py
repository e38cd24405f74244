"""A sample self-assessment of the scheme that replaced SPBE: levels of its indicators, as a coordinator keeps them.

Refuses years judged as SPBE, whose results are published: a sample never stands beside or after those figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from pipelines.sample.deliveries import SampleFile, stream
from pipelines.sample.region import LEVELS, SampleRegion
from warehouse.rules import IndexPack, load_rules

COLUMNS = ("No", "Tahun", "Nomor Indikator", "Nama Indikator", "Penilai", "Tingkat", "OPD PIC", "Bukti Dukung")
WIDTHS = (5, 8, 12, 52, 12, 10, 16, 34)
HEADER_ROW = 5  # from 0
SENT = (8, 14, 10, 5)  # month, day, hour, minute of the year assessed
LEVEL_SHARES = (0.05, 0.30, 0.45, 0.20)  # of levels 1 to 4
EVIDENCE = "Dokumen contoh"
WITH_EVIDENCE = 0.7
# Who usually answers for what, by words of its name; the rest is the coordinator's. Regions write longer codes.
ANSWERS = (
    (("Sumber Daya Manusia",), "BKPSDM"),
    (("Geospasial",), "BAPP"),
    (("Audit",), "INSPEKTORAT"),
    (("Proses Bisnis", "Kolaborasi"), "SETDA"),
    (("Kepuasan", "Manajemen Layanan"), "SETDA"),
)


def level_files(region: SampleRegion, as_of: date, seed: int) -> Iterator[SampleFile]:
    """The self-assessment of the latest year that was sent by a day, if its scheme is not SPBE."""
    year = as_of.year if datetime(as_of.year, *SENT).date() <= as_of else as_of.year - 1
    pack = _pack(year)
    if pack is None or not region.senders[LEVELS]:
        return
    rows = _rows(region, pack, year, seed)
    name = f"tingkat_indikator_{year}.xlsx"
    yield SampleFile(LEVELS, name, datetime(year, *SENT), lambda path: _write(path, region, year, rows))


def _pack(year: int) -> IndexPack | None:
    return load_rules({}).pack_after("spbe", date(year, 12, 31))


def _rows(region: SampleRegion, pack: IndexPack, year: int, seed: int) -> list[list[Any]]:
    """Own levels are whole; those taken from other indices have a fraction."""
    draw = stream(region, seed, "tingkat", year)
    rows: list[list[Any]] = []
    for item in pack.indicators:
        level = float(draw.choice(range(1, len(LEVEL_SHARES) + 1), p=LEVEL_SHARES))
        fraction, chance = float(draw.integers(1, 10)) / 10, float(draw.random())
        if item.capability == "external":
            level += fraction
        evidence = f"{EVIDENCE} {item.label}" if chance < WITH_EVIDENCE else None
        rows.append([year, item.label, item.name, "mandiri", level, _answers(region, item.name), evidence])
    return rows


def _answers(region: SampleRegion, name: str) -> str | None:
    """None in a region without a list of agencies."""
    coordinator = region.senders[LEVELS][0]
    wanted = next((opd for words, opd in ANSWERS if any(word in name for word in words)), coordinator)
    found = next((opd for opd in sorted(region.agencies) if opd.startswith(wanted)), coordinator)
    return found if found in region.agencies else None


def _write(path: Path, region: SampleRegion, year: int, rows: list[list[Any]]) -> int:
    sender = region.senders[LEVELS][0]
    lines = (
        f"PEMERINTAH {region.name.upper()}",
        region.agencies.get(sender, sender).upper(),
        f"PENILAIAN MANDIRI TINGKAT INDIKATOR TAHUN {year}",
        "DATA CONTOH, bukan penilaian sebenarnya",
    )
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"created": datetime(year, *SENT), "title": "DATA CONTOH", "author": "", "company": ""})
        head = book.add_format({"bold": True, "align": "center"})
        title = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center"})
        plain = book.add_format({"border": 1})
        sheet = book.add_worksheet("Tingkat")
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        for row, line in enumerate(lines):
            sheet.merge_range(row, 0, row, len(COLUMNS) - 1, line, head)
        sheet.write_row(HEADER_ROW, 0, COLUMNS, title)
        for number, values in enumerate(rows, start=1):
            for column, value in enumerate([number, *values]):
                sheet.write(HEADER_ROW + number, column, value, plain)
    return len(rows)
