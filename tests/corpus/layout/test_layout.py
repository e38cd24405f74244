"""Every file of this part of the corpus gives exactly its right reading."""

from tests.corpus.layout import (
    containers,
    delimited,
    dumps,
    going_on,
    groups,
    indents,
    odd_texts,
    reordered,
    said_elsewhere,
    sheets,
    shown,
    stray_signs,
    totals,
    workbooks,
)
from tests.corpus.running import check_case, every_case

CASES = (
    *containers.CASES,
    *delimited.CASES,
    *dumps.CASES,
    *going_on.CASES,
    *groups.CASES,
    *indents.CASES,
    *odd_texts.CASES,
    *reordered.CASES,
    *said_elsewhere.CASES,
    *sheets.CASES,
    *shown.CASES,
    *stray_signs.CASES,
    *totals.CASES,
    *workbooks.CASES,
)


@every_case(CASES)
def test_the_file_gives_its_right_reading(tmp_path, case):
    check_case(case, tmp_path)
