"""Every file of this part of the corpus gives exactly its right reading."""

import pytest

from tests.corpus.layout import sheets, totals, workbooks
from tests.corpus.running import check_case

CASES = (*sheets.CASES, *totals.CASES, *workbooks.CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_file_gives_its_right_reading(tmp_path, case):
    check_case(case, tmp_path)
