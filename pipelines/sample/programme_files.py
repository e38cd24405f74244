"""Writes the masterplan as two workbooks and the monthly progress as CSV, one file an agency and month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from pipelines.sample.deliveries import Reporting, SampleFile, cell, decimal_text, rupiah_text, write_lines
from pipelines.sample.programmes import Programme, plan_years
from pipelines.sample.progress import MonthProgress, draw_progress, pace_of
from pipelines.sample.region import PROGRAMMES, PROGRESS, TARGETS, SampleRegion
from pipelines.sample.spelling import month_text, number_words

PROGRAMME_COLUMNS = (
    *("No", "Kode Program", "Nama Program", "Dimensi", "Sub Dimensi", "OPD Penanggung Jawab", "OPD Pendukung"),
    *("Indikator", "Satuan", "Jangka", "Tahun Mulai", "Tahun Selesai", "Lokasi"),
)
TARGET_COLUMNS = ("No", "Kode Program", "Nama Program", "Tahun", "Target", "Anggaran (Rp)", "Sumber Dana")
PROGRESS_COLUMNS = (
    *("No", "Kode Program", "Nama Program", "Bulan", "Rencana Fisik (%)", "Realisasi Fisik (%)"),
    *("Rencana Keuangan (%)", "Realisasi Keuangan (%)", "Pagu (Rp)", "Realisasi (Rp)", "Capaian Indikator", "Kendala"),
)
HEADER_ROW = 6  # from 0
PLAN_SENT = (1, 15, 9, 20)  # month, day, hour, minute of the year
SPELLED_BELOW = 100  # numbers some rows repeat in words
TOPIC = "progres"


def programme_files(reporting: Reporting, programmes: Sequence[Programme]) -> Iterator[SampleFile]:
    """The masterplan and the progress delivered so far."""
    received_at = datetime(reporting.year, *PLAN_SENT)
    if not programmes or received_at.date() > reporting.as_of:
        return
    for source, stem, columns, rows in (
        (PROGRAMMES, "masterplan_program", PROGRAMME_COLUMNS, _programme_rows(programmes)),
        (TARGETS, "masterplan_target", TARGET_COLUMNS, _target_rows(reporting.region, programmes)),
    ):
        if reporting.region.senders[source]:
            write = _workbook_writer(reporting, columns, rows)
            yield SampleFile(source, f"{stem}_{reporting.year}.xlsx", received_at, write)
    yield from _progress_files(reporting, programmes)


def silent_agencies(reporting: Reporting, programmes: Sequence[Programme]) -> tuple[str, str]:
    """The agency that never reported and the one that stopped: both lead few programmes."""
    led = {opd: sum(item.lead == opd for item in programmes) for opd in reporting.region.agencies}
    order = reporting.stream("diam", reporting.year).random(len(led))
    few = sorted(led, key=lambda opd: (led[opd], order[list(led).index(opd)]))
    return few[0], few[1 % len(few)]


def _programme_rows(programmes: Sequence[Programme]) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for item in programmes:
        years = [target.year for target in item.targets]
        who = [item.dimension, item.sub_dimension, item.lead, "; ".join(item.support)]
        what = [item.indicator, item.unit, item.horizon, min(years), max(years), item.kecamatan or "Seluruh daerah"]
        rows.append([item.code, item.name, *who, *what])
    return rows


def _target_rows(region: SampleRegion, programmes: Sequence[Programme]) -> list[list[Any]]:
    own = f"APBD {region.name.split(maxsplit=1)[0]}"
    funds = {"apbd": own, "apbd_provinsi": "APBD Prov", "dak": "DAK", "csr": "CSR", "kpbu": "KPBU"}
    return [
        [
            item.code,
            item.name,
            target.year,
            _target_text(target.value, item),
            target.budget_idr,
            funds[item.fund_source],
        ]
        for item in programmes
        for target in item.targets
    ]


def _target_text(value: float, item: Programme) -> str | float:
    """A bare number, a number with its unit, or the number in words too: all three are met in one column."""
    if item.number % 3 == 0:
        return value
    number = rupiah_text(int(value))
    words = f" ({number_words(int(value))})" if item.number % 3 == 1 and value < SPELLED_BELOW else ""
    return f"{number}{words} {item.unit}"


def _workbook_writer(reporting: Reporting, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Any:
    region = reporting.region
    first, last = plan_years(region, reporting.year)
    sender = region.senders[PROGRAMMES][0]
    lines = (
        f"PEMERINTAH {region.name.upper()}",
        region.agencies.get(sender, sender).upper(),
        f"MATRIKS {'PROGRAM' if columns is PROGRAMME_COLUMNS else 'TARGET DAN ANGGARAN'} MASTERPLAN SMART CITY",
        f"Tahun {first} s.d. {last}",
        "DATA CONTOH, bukan masterplan sebenarnya; tahun rencana belum tentu tahun resmi",
    )
    return lambda path: _write_workbook(path, lines, columns, rows, datetime(reporting.year, *PLAN_SENT))


def _write_workbook(
    path: Path, lines: Sequence[str], columns: Sequence[str], rows: Sequence[Sequence[Any]], written: datetime
) -> int:
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"created": written, "title": "DATA CONTOH", "author": "", "company": ""})
        head = book.add_format({"bold": True, "align": "center"})
        title = book.add_format({"bold": True, "border": 1, "text_wrap": True, "align": "center"})
        plain = book.add_format({"border": 1})
        sheet = book.add_worksheet("Masterplan")
        sheet.set_column(1, len(columns) - 1, 22)
        for row, line in enumerate(lines):
            sheet.merge_range(row, 0, row, len(columns) - 1, line, head)
        sheet.write_row(HEADER_ROW, 0, columns, title)
        for number, values in enumerate(rows, start=1):
            sheet.write_row(HEADER_ROW + number, 0, [number, *values], plain)
    return len(rows)


def _progress_files(reporting: Reporting, programmes: Sequence[Programme]) -> Iterator[SampleFile]:
    never, stopped = silent_agencies(reporting, programmes)
    paces = pace_of(reporting, len(programmes))
    courses = {item.code: draw_progress(reporting, item, paces[item.number]) for item in programmes}
    for opd in reporting.region.agencies:
        active = [item for item in programmes if item.lead == opd and courses[item.code]]
        if opd == never or not active:
            continue
        sent = reporting.sent_months(TOPIC, opd, has_stopped=opd == stopped)
        for month in sent:
            reports = [(item, courses[item.code][month - 1]) for item in active]
            if month == sent[0]:  # the first report of a year carries its plan to December
                reports += [(item, later.as_plan()) for item in active for later in courses[item.code][month:]]
            name = f"progres_program_{opd}_{reporting.year}-{month:02d}.csv"
            received_at = reporting.received(TOPIC, opd, month)
            yield SampleFile(PROGRESS, name, received_at, _progress_writer(reporting, opd, reports))


def _progress_writer(reporting: Reporting, opd: str, reports: Sequence[tuple[Programme, MonthProgress]]) -> Any:
    """Some agencies save from a spreadsheet with a byte order mark, some write the older month name."""
    habit = int(reporting.stream("kebiasaan", opd).integers(0, 4))
    encoding = ("utf-8", "utf-8-sig", "cp1252", "utf-8")[habit]
    first = month_text(reports[0][1].month, reporting.year, old=habit == 3)
    lines = [f"Laporan progres program {opd} {first} - DATA CONTOH", ";".join(PROGRESS_COLUMNS)]
    for number, (item, month) in enumerate(reports, start=1):
        target = item.target_of(reporting.year)
        when = month_text(month.month, reporting.year, old=habit == 3)
        lines.append(";".join((str(number), *_progress_cells(item, month, when, target.budget_idr if target else 0))))

    def write(path: Path) -> int:
        write_lines(path, lines, encoding)
        return len(reports)

    return write


def _progress_cells(item: Programme, month: MonthProgress, when: str, budget_idr: int) -> tuple[str, ...]:
    return (
        *(item.code, cell(item.name), when),
        *(_percent(month.physical_plan), _percent(month.physical)),
        *(_percent(month.financial_plan), _percent(month.financial)),
        *(rupiah_text(budget_idr), rupiah_text(month.realised_idr) if month.realised_idr is not None else ""),
        *(decimal_text(month.achieved) if month.achieved is not None else "", month.obstacle),
    )


def _percent(value: float | None) -> str:
    return decimal_text(value) if value is not None else ""
