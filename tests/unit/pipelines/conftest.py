"""Which cases of the tables that load whole files plain `pytest` takes; `make test` takes them all."""

from __future__ import annotations

from collections import Counter

import pytest

LOADING = {
    "test_broken_files",
    "test_cells",
    "test_column_styles",
    "test_corrections",
    "test_covering",
    "test_holding",
    "test_layout",
    "test_lra_reshape",
    "test_plain_rows",
    "test_repeats",
    "test_rows",
    "test_text_layout",
    "test_validate",
}  # each case plans and runs forty statements
FIRST = 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of each table the first cases."""
    taken: Counter[str] = Counter()
    for item in items:
        is_here = item.nodeid.startswith("tests/unit/pipelines/")
        if is_here and item.path.stem in LOADING and hasattr(item, "callspec"):
            table = item.nodeid.split("[", 1)[0]
            taken[table] += 1
            if taken[table] > FIRST:
                item.add_marker(pytest.mark.slow)
