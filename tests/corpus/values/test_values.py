"""Every case of values is read exactly as was written down."""

from __future__ import annotations

import pytest

from tests.corpus.running import Case, check_case
from tests.corpus.values import dates, number_styles, words

CASES = (*number_styles.CASES, *dates.CASES, *words.CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_is_read_as_it_is_meant(case: Case, tmp_path):
    check_case(case, tmp_path)
