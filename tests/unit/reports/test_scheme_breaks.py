"""Each change of the rules that judge SPBE is a visible break of its series."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from reports.spbe_series import scheme_breaks
from warehouse.rules import load_rules

DESK = SimpleNamespace(rules=load_rules({}))
LAST = (2025, "Pemdi 2026: belum ada hasil")


@pytest.mark.parametrize(
    ("first_year", "breaks"),
    [(2018, [(2020, "2021: PermenPANRB 59/2020"), LAST]), (2021, [LAST]), (2024, [LAST]), (2017, [])],
)
def test_a_series_breaks_where_its_rules_change(first_year, breaks):
    assert [(item.after.year, item.note) for item in scheme_breaks(DESK, first_year)] == breaks
