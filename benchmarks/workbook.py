"""Measures a workbook of 100,000 rows: read and judged by Pendopo, only read by openpyxl and by pandas."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from benchmarks.processes import run_program, run_python
from benchmarks.table import PROJECT, Line, mebibytes, seconds

ROWS = 100_000
READERS = {
    "openpyxl, read only": (
        "import openpyxl, sys; sheet = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True).active; "
        "print(sum(1 for row in sheet.iter_rows(values_only=True)))"
    ),
    "pandas.read_excel": "import pandas, sys; print(len(pandas.read_excel(sys.argv[1])))",
}


def measure_workbook(folder: Path) -> Iterator[Line]:
    folder.mkdir(parents=True, exist_ok=True)
    path = _written(folder / "pagu_opd_2026.xlsx")
    contract = PROJECT / "benchmarks" / "peers" / "workbook_contract.yml"
    checked = run_python(
        ["-m", "pipelines", "validate", "--contract", str(contract), "--as-of", "2026-11-21", str(path)], folder, (0, 3)
    )
    told = f"{seconds(checked.seconds)}, peak {mebibytes(checked.peak_bytes)}"
    yield Line(f"A workbook of {ROWS:,} rows, checked by Pendopo", told, "start of the program, layout, types, ranges")
    for title, script in READERS.items():
        read = run_program(None, ["-c", script, str(path)], folder)
        told = f"{seconds(read.seconds)}, peak {mebibytes(read.peak_bytes)}"
        yield Line(
            f"The same workbook by {title}", told, f"only read; {read.seconds / checked.seconds:.1f} times Pendopo"
        )


def _written(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["Tanggal", "Kode", "Uraian", "Jumlah", "Nilai (Rp)"])
        for number in range(1, ROWS + 1):
            day = f"{number % 28 + 1:02d}/{number % 12 + 1:02d}/2025"
            sheet.write_row(number, 0, [day, f"K-{number:06d}", f"Uraian {number % 97}", number % 500, number * 125.5])
    return path
