"""Small budget reports as agencies send them, and several deliveries judged against each other."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import xlsxwriter

from pipelines.contracts.contract import Contract, load_contracts
from pipelines.deliveries.submissions import Confirmation
from pipelines.judging.loading import load_source
from pipelines.judging.outcomes import Outcome
from pipelines.judging.reference import alias_key
from pipelines.judging.staging import Staged, open_staging, stage_delivery
from pipelines.reading.readers import read_delivery
from tests.unit.pipelines.loaded import warehouse
from warehouse.schema import (
    core_budget_ceiling,
    core_budget_realisation,
    meta_finding,
    meta_quarantine,
    meta_submission,
    ref_alias,
    ref_opd,
    ref_region,
)

LRA = next(contract for contract in load_contracts() if contract.source_id == "opd_lra")
TOBA = "12.12"
ACCOUNTS = {
    "4": "PENDAPATAN DAERAH",
    "4.1": "PENDAPATAN ASLI DAERAH (PAD)",
    "5": "BELANJA DAERAH",
    "5.1": "BELANJA OPERASI",
    "5.2": "BELANJA MODAL",
}
GOOD = {
    "4": (0, 0),
    "4.1": (None, None),
    "5": (1_000_000, 400_000),
    "5.1": (900_000, 390_000),
    "5.2": (100_000, 10_000),
}


def lra_cells(
    amounts: Mapping[str, Sequence[Any]] | None = None,
    headings: Mapping[str, str] | None = None,
    **letterhead: Any,
) -> dict[str, Any]:
    """The cells of a report by address: codes in D, words in H or I, amounts from Q on, REALISASI written in S."""
    said = {"government": "PEMERINTAH KABUPATEN MOJOKERTO", "period": "periode Januari s.d Oktober 2022"} | letterhead
    cells = {
        "E3": said["government"],
        "E4": "LAPORAN REALISASI ANGGARAN PENDAPATAN DAN BELANJA DAERAH",
        "E5": said["period"],
        "D8": "Urusan Pemerintahan",
        "K8": said.get("affair", 1.0),
        "D9": "Unit Organisasi",
        "J9": ":",
        "K9": said.get("unit", "Dinas Sosial"),
        "D10": "Sub Unit Organisasi",
        "J10": ":",
        "K10": said.get("sub_unit", "Dinas Sosial"),
        "B14": "KODE REKENING",
        "G14": "URAIAN",
        **(headings or {"Q14": "ANGGARAN", "S14": "REALISASI"}),
    }
    for row, (code, values) in enumerate((GOOD if amounts is None else amounts).items(), start=18):
        cells |= {f"D{row}": code, f"{'H' if '.' not in code else 'I'}{row}": ACCOUNTS.get(code, "RINCIAN")}
        cells |= {f"{column}{row}": value for column, value in zip("QRST", values, strict=False) if value is not None}
    return {address: cell for address, cell in cells.items() if cell is not None}


def write_book(path: Path, cells: Mapping[str, Any], formulas: Mapping[str, tuple[str, float]] | None = None) -> Path:
    """A workbook with these cells; `formulas` also store the result a spreadsheet had computed."""
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Sheet1")
        sheet.merge_range("G14:O15", cells.get("G14", ""))
        for address, cell in cells.items():
            if address != "G14":
                sheet.write(address, cell)
        for address, (formula, stored) in (formulas or {}).items():
            sheet.write_formula(address, formula, None, stored)
    return path


def grid(cells: Mapping[str, Any]) -> list[list[Any]]:
    """Cells as a reader gives them, A1 first, empty text where nothing stands."""
    rows: list[list[Any]] = [["" for _ in range(21)] for _ in range(34)]
    for address, cell in cells.items():
        rows[int(address[1:]) - 1][ord(address[0]) - ord("A")] = float(cell) if isinstance(cell, int) else cell
    return rows


@dataclass(frozen=True)
class Sent:
    """One delivery: a file, or the month and amounts of one written for the test."""

    path: Path
    received_at: datetime | None = None
    confirmation: Confirmation | None = None
    is_sample: bool = False
    named: str = ""  # as it was sent, when the test keeps it under another name


@dataclass(frozen=True)
class Judged:
    """What became of several deliveries, by file name."""

    outcomes: dict[str, Outcome]
    rows: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    quarantine: list[dict[str, Any]]

    def rules(self, file_name: str) -> list[str]:
        """Why a delivery is held; empty when it is loaded."""
        outcome = self.outcomes[file_name]
        return [doubt.rule for doubt in outcome.doubts] if outcome.is_held else []

    def total(self, column: str, account: str = "5", **equal: Any) -> Decimal:
        rows = [row for row in self.rows if all(row[key] == value for key, value in equal.items())]
        return sum((row[column] or Decimal(0) for row in rows if row["account_code"].startswith(account)), Decimal(0))


def csv_report(folder: Path, opd: str, month: int, amounts: tuple[object, object], **period: date) -> Path:
    """A report of one account as CSV: what is compared is the same, and it is read in no time."""
    start = period.get("start", date(2022, 1, 1))
    end = period.get("end", date(2022 + month // 12, month % 12 + 1, 1) - timedelta(days=1))
    path = folder / f"lra_{opd}_2022-{month:02d}.xls"
    header = "Periode Awal,Periode Akhir,KODE REKENING,URAIAN,ANGGARAN,REALISASI"
    path.write_text(f"{header}\n{start},{end},5.1,BELANJA OPERASI,{amounts[0]},{amounts[1]}\n", "utf-8")
    return path


def judge_all(
    sent: Iterable[Sent],
    contract: Contract = LRA,
    region_code: str = "35.16",
    pagu: Mapping[str, object] | None = None,
    names: Mapping[str, str] | None = None,
) -> Judged:
    """Load deliveries as one run does; `pagu` in rupiah by OPD for 2022, `names` adds OPD to the region."""
    with warehouse() as connection, tempfile.TemporaryDirectory() as scratch:
        _declare_opd(connection, region_code, names or {})
        declare_pagu(connection, region_code, pagu or {})
        open_staging(connection, contract)
        staged = []
        for number, item in enumerate(sent):
            delivery = read_delivery(item.path, contract, Path(scratch), item.received_at)
            sender = contract.sender_of(item.path.name, region_code)
            facts = (number, item.path.name, item.is_sample, delivery, item.received_at, sender)
            staged.append(Staged(*facts, item.named or item.path.name, confirmation=item.confirmation))
            stage_delivery(connection, contract, staged[-1])
        outcomes = load_source(connection, contract, region_code, staged)
        tables = (core_budget_realisation, meta_finding, meta_quarantine)
        found = [[dict(row) for row in connection.execute(sa.select(table)).mappings()] for table in tables]
        return Judged(outcomes, *found)


def _declare_opd(connection: sa.Connection, region_code: str, names: Mapping[str, str]) -> None:
    if region_code == TOBA:
        toba = {"code": TOBA, "name": "Kabupaten Toba", "level": "kabupaten", "parent_code": "12", "standing": "uji"}
        connection.execute(ref_region.insert(), toba)
    for code, name in names.items():
        opd = {"region_code": region_code, "code": code, "name": name, "standing": "uji"}
        connection.execute(ref_opd.insert(), opd)
        alias = {"reference": "ref_opd", "scope": region_code, "alias_key": alias_key(name), "code": code}
        connection.execute(ref_alias.insert(), alias)


def declare_pagu(connection: sa.Connection, region_code: str, pagu: Mapping[str, object]) -> None:
    for number, (opd, amount) in enumerate(pagu.items(), start=1):
        row = {
            "region_code": region_code,
            "opd_code": opd,
            "budget_year": 2022,
            "account_code": "5",
            "ceiling_idr": Decimal(str(amount)),
            "submission_id": "bpkad_pagu:uji",
            "row_no": number,
            "is_sample": False,
        }
        connection.execute(core_budget_ceiling.insert(), row)


def declare_pagu_delivery(
    connection: sa.Connection, received_at: datetime, submission_id: str = "bpkad_pagu:uji"
) -> None:
    """The record of the delivery that declared the pagu."""
    facts = {column.name: 0 for column in meta_submission.c if isinstance(column.type, sa.Integer)}
    facts |= {column.name: "" for column in meta_submission.c if isinstance(column.type, sa.Text)}
    facts |= {"submission_id": submission_id, "received_at": received_at, "is_sample": False, "status": "diterima"}
    connection.execute(meta_submission.insert(), facts)


def real_table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
