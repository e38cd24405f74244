"""A cell is named as the library that writes our workbooks names it."""

import subprocess
import sys

import pytest
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from pipelines.reading.cell_names import cell_name, column_letters


@pytest.mark.parametrize("column", [0, 1, 25, 26, 27, 51, 52, 675, 676, 701, 702, 703, 16383])
def test_like_the_library(column):
    assert column_letters(column) == xl_col_to_name(column)
    assert cell_name(column, column) == xl_rowcol_to_cell(column, column)


def test_starting_the_pipelines_loads_no_library_that_only_some_deliveries_need():
    code = "import sys, pipelines.__main__; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.split()
    assert not {"openpyxl", "sqlglot", "xlsxwriter", "httpx"} & set(loaded)
