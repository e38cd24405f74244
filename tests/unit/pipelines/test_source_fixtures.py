"""Every folder of tests/fixtures/sources: its good file is loaded as expected, its broken one is refused row by row.

`name.txt` holds the name the file is delivered under. A workbook is written from its CSV, below a letterhead.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from pipelines.contracts.contract import ContractProblem, load_contracts
from tests.unit.pipelines.loaded import load_file
from tests.unit.warehouse.programme_warehouse import programme_row
from warehouse.schema import core_programme

FOLDERS = sorted(path for path in (Path(__file__).parents[2] / "fixtures" / "sources").iterdir() if path.is_dir())
CONTRACTS = {contract.source_id: contract for contract in load_contracts()}
RECEIVED = datetime(2026, 11, 21, 8)
LETTERHEAD = 3  # rows above the headers of a workbook
every_folder = pytest.mark.parametrize(  # all of them under `make test`; plain `pytest` takes every second
    "folder",
    [
        pytest.param(path, id=path.name, marks=[pytest.mark.slow] if number % 2 else [])
        for number, path in enumerate(FOLDERS)
    ],
)


def table(path, delimiter=","):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream, delimiter=delimiter))


def records(path):
    header, *rows = table(path)
    return [dict(zip(header, row, strict=True)) for row in rows]


def load(folder, stem, tmp_path):
    contract = CONTRACTS[folder.name]
    path = tmp_path / (folder / "name.txt").read_text("utf-8").strip()
    assert contract.accepts_name(path.name)
    (given,) = folder.glob(f"{stem}.*")
    if path.suffix == ".xlsx":
        write_workbook(path, table(given, ";"))
    else:
        path.write_bytes(given.read_bytes())
    return load_file(contract, path, tmp_path, received_at=RECEIVED)


def write_workbook(path, rows):
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data")
        sheet.write("A1", "PEMERINTAH KABUPATEN CONTOH")
        for row_no, row in enumerate(rows, start=LETTERHEAD):
            for column, cell in enumerate(row):
                sheet.write(row_no, column, float(cell) if re.fullmatch(r"-?\d+", cell) else cell)


def text(value):
    return "" if value is None else str(value)


@every_folder
def test_the_good_file_is_loaded_as_expected(folder, tmp_path):
    loaded = load(folder, "valid", tmp_path)
    wanted = records(folder / "expected.csv")
    assert [finding for finding in loaded.findings if finding["severity"] == "ditolak"] == []
    got = sorted(loaded.rows, key=lambda row: row["row_no"])
    assert [{column: text(row[column]) for column in wanted[0]} for row in got] == wanted


@every_folder
def test_the_broken_file_is_refused_row_by_row(folder, tmp_path):
    loaded = load(folder, "broken", tmp_path)
    wanted = records(folder / "rejected.csv")
    keys = ("row_no", "severity", "header", "rule")
    found = [
        {**finding, "row_no": text(finding["row_no"]), "header": text(finding["header_text"])}
        for finding in loaded.findings
    ]
    assert Counter(tuple(one[key] for key in keys) for one in found) == Counter(
        tuple(one[key] for key in keys) for one in wanted
    )
    for one in wanted:
        assert any(
            all(finding[key] == one[key] for key in keys) and one["said"] in finding["message"] for finding in found
        ), one
    refused = {one["row_no"] for one in wanted if one["severity"] == "ditolak"}
    assert {str(row["row_no"]) for row in loaded.quarantine} == refused
    assert loaded.counts.staged == loaded.counts.accepted + len(refused)
    assert not {str(row["row_no"]) for row in loaded.rows} & refused


def test_each_new_source_has_its_folder():
    """Sources with rules of their own about cells; the others are held by real and published files."""
    sources = {"bappeda_program", "bappeda_target_program", "opd_progres_program", "opd_kontrak", "opd_fisik"}
    assert {"dlh_ispu", "dpupr_proyek", *sources} <= {folder.name for folder in FOLDERS}


HEADERS = "Kode Program;Bulan;Rencana Fisik (%);Realisasi Fisik (%);Rencana Keuangan (%);Realisasi Keuangan (%)"


@pytest.mark.parametrize(
    ("code", "is_sample", "said"),
    [
        ("SC.1.1.01", False, ""),
        ("SC.1.1.02", False, "dilaporkan penanggung jawabnya, DINKES, bukan DLH"),
        ("sc 1.1.01", False, 'tidak ada di matriks program masterplan. Apakah "SC.1.1.01" yang dimaksud?'),
        ("SC.9.9.99", False, "tidak ada di matriks program masterplan. Contoh yang benar: SC.1.1.01."),
        ("SC.1.1.02", True, ""),  # a sample matrix says nothing about a real report
    ],
)
def test_a_programme_is_reported_by_the_agency_that_leads_it(tmp_path, code, is_sample, said):
    path = tmp_path / "progres_program_DLH_2026-10.csv"
    path.write_text(f"{HEADERS}\n{code};Oktober 2026;50;40;50;40\n", "utf-8")
    leads = [programme_row("SC.1.1.01") | {"is_sample": is_sample, "row_no": 1, "submission_id": "m"}]
    leads += [programme_row("SC.1.1.02", "DINKES") | {"is_sample": is_sample, "row_no": 2, "submission_id": "m"}]
    loaded = load_file(CONTRACTS["opd_progres_program"], path, tmp_path, known={core_programme: leads})
    assert len(loaded.rows) == (0 if said else 1)
    assert [said in finding["message"] for finding in loaded.findings if finding["cell"]] == [True] * bool(said)


@pytest.mark.parametrize(
    ("end", "is_refused"), [("2026-10-03,Mojosari,50,6", True), ("2026-10-03,Mojosari,50,6\n", False)]
)
def test_a_file_that_broke_off_in_a_row_is_refused(tmp_path, end, is_refused):
    path = tmp_path / "ispu_2026-10.csv"
    path.write_text(f"tanggal,stasiun,pm25,pm10,max\n2026-10-02,Mojosari,50,60,60\n{end}", "utf-8")
    if not is_refused:
        assert len(load_file(CONTRACTS["dlh_ispu"], path, tmp_path).rows) == 2
        return
    with pytest.raises(ContractProblem, match="terpotong: baris terakhir, 3, berisi 4 dari 5 kolom"):
        load_file(CONTRACTS["dlh_ispu"], path, tmp_path)
