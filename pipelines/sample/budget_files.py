"""Writes budgets as agencies deliver them: realisation (LRA) in the province's workbook layout, pagu as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from pipelines.sample.budgets import REVENUE, AgencyBudget
from pipelines.sample.deliveries import Reporting, SampleFile, rupiah_text, write_lines
from pipelines.sample.region import CEILINGS, REALISATION
from pipelines.sample.spelling import month_text

ROWS = (  # row as a spreadsheet counts, account, words
    *((18, "4", "PENDAPATAN DAERAH"), (19, "4.1", "PENDAPATAN ASLI DAERAH (PAD)"), (20, "4.2", "PENDAPATAN TRANSFER")),
    *((21, "4.3", "LAIN-LAIN PENDAPATAN DAERAH YANG SAH"), (22, "5", "BELANJA DAERAH"), (23, "5.1", "BELANJA OPERASI")),
    *((24, "5.2", "BELANJA MODAL"), (25, "5.3", "BELANJA TIDAK TERDUGA"), (26, "5.4", "BELANJA TRANSFER")),
)
TOTALS = {18: (19, 21), 22: (23, 26)}  # rows that sum the rows below them
BLANK_MERGES = ("O8:S8", "O9:S9", "O10:S10", "Q29:T29", "Q31:U31")
WIDTHS = {"A": 8, "B": 1.1, "D": 6.3, "E": 1.4, "F": 4.9, "G": 2.3, "H": 1.7, "N": 16.6, "O": 23.4, "P": 1.1}
MONEY_WIDTHS = {"Q": 17.7, "R": 1.7, "S": 16.6, "T": 18.3, "U": 31.4}
MONEY = r"#,##0.00_);\(#,##0.00\)"
PAGU_COLUMNS = ("No", "OPD", "Tahun", "Kode Rekening", "Uraian", "Pagu (Rp)")
PAGU_SENT, REVISED_SENT = (1, 7, 10, 5), (9, 24, 14, 30)  # month, day, hour, minute
TOPIC = "lra"
LAST_MONTHS, QUARTER = 4, 3  # earlier in the year only the quarters: a workbook costs more than all else


def budget_files(reporting: Reporting, budgets: Sequence[AgencyBudget]) -> Iterator[SampleFile]:
    """Pagu of the year, the revision once it is out, and the reports delivered so far."""
    region = reporting.region
    for source_moment, suffix, is_revised in ((PAGU_SENT, "", False), (REVISED_SENT, "_dppa", True)):
        received_at = datetime(reporting.year, *source_moment)
        if budgets and region.senders[CEILINGS] and received_at.date() <= reporting.as_of:
            write = _ceiling_writer(reporting, budgets, is_revised)
            yield SampleFile(CEILINGS, f"pagu_opd_{reporting.year}{suffix}.csv", received_at, write)
    for budget in budgets:
        if budget.opd in region.senders[REALISATION]:
            for month in _written_months(reporting, budget.opd):
                name = f"lra_{budget.opd}_{reporting.year}-{month:02d}.xlsx"
                received_at = reporting.received(TOPIC, budget.opd, month)
                yield SampleFile(REALISATION, name, received_at, _report_writer(reporting, budget, month))


def _written_months(reporting: Reporting, opd: str) -> tuple[int, ...]:
    recent = reporting.last_due.month - LAST_MONTHS
    return tuple(m for m in reporting.sent_months(TOPIC, opd) if m > recent or m % QUARTER == 0)


def period_text(reporting: Reporting, opd: str, month: int) -> str:
    """The three ways agencies write a running period, the older month names with one of them."""
    end = reporting.month_end(month)
    habit = int(reporting.stream("periode", opd).integers(0, 3))
    if habit == 0:
        return f"periode Januari s.d {month_text(month, end.year, old=True)}"
    if habit == 1:
        return f"periode Januari {end.year} s/d {month_text(month, end.year)}"
    return f"periode 1 Januari s.d {end.day} {month_text(month, end.year)}"


def _ceiling_writer(reporting: Reporting, budgets: Sequence[AgencyBudget], is_revised: bool) -> Any:
    kind = "DPPA" if is_revised else "DPA"
    lines = [f"Pagu anggaran OPD tahun {reporting.year} ({kind}) - DATA CONTOH", ";".join(PAGU_COLUMNS)]
    for number, budget in enumerate(budgets, start=1):
        amount = rupiah_text(budget.ceiling(is_revised))
        lines.append(f"{number};{budget.opd};{reporting.year};5;Belanja daerah;{amount}")

    def write(path: Path) -> int:
        write_lines(path, lines)
        return len(budgets)

    return write


@dataclass(frozen=True)
class _Report:
    government: str
    agency: str
    period: str
    until: date
    amounts: dict[str, tuple[int, int]]  # budget and realisation by account


def _report_writer(reporting: Reporting, budget: AgencyBudget, month: int) -> Any:
    report = _Report(
        government=reporting.region.name.upper(),
        agency=reporting.region.agencies[budget.opd],
        period=period_text(reporting, budget.opd, month),
        until=reporting.month_end(month),
        amounts={
            code: (account.budget_in(month), account.realised[month - 1]) for code, account in budget.accounts.items()
        },
    )
    return lambda path: _write_report(path, report)


def _write_report(path: Path, report: _Report) -> int:
    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        book.set_properties({"created": datetime.combine(report.until, datetime.min.time()), "title": "DATA CONTOH"})
        sheet = book.add_worksheet("Sheet1")
        for column, width in (WIDTHS | MONEY_WIDTHS).items():
            sheet.set_column(f"{column}:{column}", width)
        _write_head(book, sheet, report)
        _write_table(book, sheet, report)
    return len(ROWS) - len(TOTALS)


def _write_head(book: Any, sheet: Any, report: _Report) -> None:
    bold = book.add_format({"bold": True, "align": "center"})
    boxed = book.add_format({"bold": True, "border": 1, "align": "center", "valign": "vcenter"})
    sheet.merge_range("E3:S3", f"PEMERINTAH {report.government}", bold)
    sheet.merge_range("E4:S4", "LAPORAN REALISASI ANGGARAN PENDAPATAN DAN BELANJA DAERAH", bold)
    sheet.merge_range("E5:S5", report.period, bold)
    sheet.merge_range("E6:S6", "DATA CONTOH, bukan laporan sebenarnya", bold)
    facts = (("Urusan Pemerintahan", "Urusan Pemerintahan Daerah"), ("Unit Organisasi", report.agency))
    for row, (label, value) in enumerate((*facts, ("Sub Unit Organisasi", report.agency)), start=8):
        sheet.merge_range(f"D{row}:I{row}", label)
        sheet.write(f"J{row}", ":")
        sheet.merge_range(f"K{row}:N{row}", value)
    for place in BLANK_MERGES:
        sheet.merge_range(place, "")
    sheet.merge_range("B14:F15", "KODE REKENING", boxed)
    sheet.merge_range("G14:O15", "URAIAN", boxed)
    sheet.merge_range("Q14:R15", "ANGGARAN", boxed)
    sheet.write("S14", "REALISASI", boxed)


def _write_table(book: Any, sheet: Any, report: _Report) -> None:
    money = book.add_format({"num_format": MONEY})
    for row, code, words in ROWS:
        sheet.merge_range(f"D{row}:F{row}", code)
        sheet.merge_range(f"{'H' if row in TOTALS else 'I'}{row}:O{row}", words)
        sheet.merge_range(f"R{row}:S{row}", "", money)
        if row in TOTALS:
            first, last = TOTALS[row]
            parts = [amounts for part, amounts in report.amounts.items() if part.startswith(f"{code}.")]
            sheet.write_formula(f"Q{row}", f"=SUM(Q{first}:Q{last})", money, sum(part[0] for part in parts))
            sheet.write_formula(f"R{row}", f"=SUM(R{first}:S{last})", money, sum(part[1] for part in parts))
        elif code in report.amounts or code != REVENUE:  # agencies without revenue leave that line empty
            planned, realised = report.amounts.get(code, (0, 0))
            sheet.write_number(f"Q{row}", planned, money)
            sheet.write_number(f"R{row}", realised, money)
