"""A release in which every delivery of two agencies carries a word of its own, so that each row of theirs is known by
sight wherever it turns up: nothing of what narrows a reader is asked which rows those are."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

import duckdb
from python_calamine import CalamineWorkbook

from pipelines.building.build import run
from pipelines.sample import SampleScale, write_sample
from tests.pages.conftest import keep_files
from warehouse.settings import load_settings

NOW = datetime(2026, 11, 21, 16, 8)
MARKS = {"DLH": "ambarmerah", "DPUPR": "zirkonbiru"}  # neither leads, helps or handles anything of the other
UNMARKED = ("DINKES", "BPBD")  # of the other agencies these report too
AMOUNTS = {"DLH": 611_345_677, "DPUPR": 811_345_671}  # of one contract each
PROGRAMMES = {"DLH": "SC.2.3.19", "DPUPR": "SC.4.1.30"}  # one that each of them leads
KECAMATAN = "35.16.12"  # of a reader bound to a part of the region; a programme of DPUPR lies there
PLANTED = (  # tables and columns that must carry the word of both agencies, or the tests prove nothing
    ("core_programme", "programme_name"),
    ("core_programme_progress", "obstacle"),
    ("core_contract", "work_name"),
    ("core_budget_realisation", "account_name"),
    ("core_incident", "ticket_no"),
    ("meta_quarantine", "row_json"),
)


def build_planted(folder: Path) -> None:
    """A data folder with one release as of NOW."""
    settings = load_settings(data_dir=folder)
    write_sample(settings, NOW.date(), SampleScale(days=20, months=1))
    sample = settings.state_dir / "contoh"
    of_others = {path for path in sample.glob("opd_*/*") if path.name.split("_")[-2] not in (*MARKS, *UNMARKED)}
    keep_files(sample, {*sample.glob("*/*")} - of_others)
    for opd, word in MARKS.items():
        _mark(sample, opd, word)
    run(settings, NOW)
    _check_planted(folder)


def database(folder: Path) -> Path:
    return next(folder.glob("*/releases/*.duckdb"))


def rows(folder: Path, select: str, *values: object) -> list[tuple[object, ...]]:
    """The whole release, read past everything that narrows."""
    with duckdb.connect(str(database(folder)), read_only=True) as connection:
        return connection.execute(select, list(values)).fetchall()


def words_of_opd(folder: Path, opd: str) -> frozenset[str]:
    """What names a row of an agency, and nothing else: its word, its codes and files, the amount of a
    contract."""
    programmes = rows(folder, "SELECT programme_code FROM core_programme WHERE lead_opd_code = ?", opd)
    amount = f"{AMOUNTS[opd]:,}"
    named = {
        MARKS[opd],
        f"k-{opd.lower()}-",
        f"kontrak_{opd.lower()}_",
        str(AMOUNTS[opd]),
        amount.replace(",", "."),
        amount,
    }
    return frozenset(named | {str(code).lower() for (code,) in programmes})


def words_outside_kecamatan(folder: Path, code: str) -> frozenset[str]:
    """What no reader bound to a kecamatan may see: tickets and programmes elsewhere, and what agencies alone answer
    for wherever it lies."""
    tickets = rows(folder, "SELECT ticket_no FROM core_incident WHERE kecamatan_code <> ?", code)
    elsewhere = "SELECT programme_code FROM core_programme WHERE kecamatan_code IS DISTINCT FROM ?"
    codes = {str(found).lower() for (found,) in (*tickets, *rows(folder, elsewhere, code))}
    contracts = {part for opd in MARKS for part in (f"k-{opd.lower()}-", str(AMOUNTS[opd]), f"kontrak_{opd.lower()}")}
    return frozenset(codes | contracts)


def told(text: str, words: Iterable[str]) -> list[str]:
    """Which of these words a text says, however it is cased and wherever its lines end."""
    said = text.lower()
    joined = re.sub(r"\s", "", said)
    return sorted(word for word in words if word in said or word in joined)


def _check_planted(folder: Path) -> None:
    for table, column in PLANTED:
        for opd, word in MARKS.items():
            counted = f"SELECT count(*) FROM {table} WHERE lower({column}) LIKE '%{word}%'"
            assert rows(folder, counted) > [(0,)], (table, column, opd)
    for opd, programme in PROGRAMMES.items():
        leads = rows(folder, "SELECT lead_opd_code FROM core_programme WHERE programme_code = ?", programme)
        assert leads == [(opd,)]
    refused = rows(folder, "SELECT opd_code FROM meta_submission WHERE status = 'ditolak' ORDER BY 1")
    assert refused == [(opd,) for opd in sorted(MARKS)]


def _mark(sample: Path, opd: str, word: str) -> None:
    for path in sample.glob(f"opd_kontrak/kontrak_{opd}_*.csv"):
        lines = path.read_text("utf-8").splitlines()
        lines = [*lines[:2], *(_contract_line(line, word) for line in lines[2:])]
        cells = lines[2].split(";")
        lines[2] = ";".join([*cells[:5], _rupiah(AMOUNTS[opd] - 6), *cells[6:8], _rupiah(AMOUNTS[opd])])
        held = [str(len(lines)), f"K-{opd}-2026-999", *cells[2:8], f"tanpa angka {word}"]
        path.write_text("\n".join([*lines, ";".join(held)]) + "\n", "utf-8")
    for path in sample.glob(f"opd_progres_program/progres_program_{opd}_*.csv"):
        lines = path.read_text("utf-8").splitlines()
        told_lines = (f"{line.rsplit(';', 1)[0]};{word} menunggu lelang" for line in lines[2:])
        path.write_text("\n".join([*lines[:2], *told_lines]) + "\n", "utf-8")
    for path in sample.glob(f"opd_lra/lra_{opd}_*.xlsx"):
        _replace(path, lambda text: text.replace("BELANJA MODAL", f"BELANJA MODAL {word}"))
    for path in sample.glob(f"bpbd_kejadian_112/kejadian_112_{opd}_*.xlsx"):
        _replace(path, lambda text: text.replace("MJK-2026", f"{word.upper()}-2026"))
    for path in sample.glob("bappeda_program/*.xlsx"):
        for name in _programme_names(path, opd):
            _replace(path, lambda text, name=name: text.replace(f">{name}<", f">{name} {word}<"))
    refused = sample / "opd_kontrak" / f"kontrak_{opd}_2026-08.csv"
    refused.write_text("bukan daftar kontrak\n", "utf-8")
    with (sample / "penerimaan.csv").open("a", encoding="utf-8") as receipts:
        receipts.write(f"opd_kontrak,{refused.name},2026-09-03T09:00:00\n")


def _contract_line(line: str, word: str) -> str:
    cells = line.split(";")
    return ";".join([*cells[:3], f"{cells[3]} {word}", *cells[4:]])


def _rupiah(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def _programme_names(path: Path, opd: str) -> list[str]:
    table = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    return [str(row[2]) for row in table if row[5] == opd]


def _replace(path: Path, change: Callable[[str], str]) -> None:
    """The texts of a workbook, changed where they stand."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            is_text = name.endswith(("sharedStrings.xml", "sheet1.xml"))
            book.writestr(name, change(content.decode("utf-8")).encode("utf-8") if is_text else content)
