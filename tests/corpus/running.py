"""Runs one file of the corpus as `validate --json` does and holds the whole result against what was written down first.

A result is compared in full: what was accepted, the exact sums, the first and last dates, and every message.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from pipelines.commands.validation_json import file_block
from pipelines.contracts.contract import load_detached
from pipelines.judging.background import Background
from pipelines.judging.validation import Checker, Setting
from tests.unit.pipelines.loaded import warehouse
from warehouse.settings import Profile

REGION = Profile(region_code="35.76", region_name="Kota Mojokerto", province_name="Jawa Timur")
Told = tuple[str, int | None, str | None, str]  # code, row, column, words that are in its text


@dataclass(frozen=True)
class Case:
    """A file, its contract, and its right reading. A file refused as a whole has no sums and no ranges."""

    name: str
    contract: str
    file_name: str
    content: bytes
    outcome: str = "accepted"
    accepted: int = 0
    quarantined: int = 0
    sums: Mapping[str, str | None] = field(default_factory=dict)
    ranges: Mapping[str, tuple[str, str] | None] = field(default_factory=dict)
    messages: tuple[Told, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)  # code lists and corrections next to the contract
    as_of: datetime = datetime(2026, 12, 31, 23, 59, 59)


def every_case(cases: Sequence[Case]) -> pytest.MarkDecorator:
    """All of them under `make test`; plain `pytest` takes one in eight."""
    marked = (
        pytest.param(case, id=case.name, marks=[pytest.mark.slow] if number % 8 else [])
        for number, case in enumerate(cases)
    )
    return pytest.mark.parametrize("case", list(marked))


def read_case(case: Case, folder: Path) -> dict[str, Any]:
    """What `validate --json` writes of the file."""
    for name, text in {"contract.yml": case.contract, **case.beside}.items():
        (folder / name).write_text(text, encoding="utf-8")
    path = folder / case.file_name
    path.write_bytes(case.content)
    contract, _ = load_detached(folder)
    setting = Setting(REGION, case.as_of, Background(REGION.region_code), is_own=True)
    with warehouse() as connection:
        return file_block(Checker(contract, setting, connection).check(path))


def check_case(case: Case, folder: Path) -> None:
    """Every difference at once, so that a wrong reading is understood without running it again."""
    read = read_case(case, folder)
    told = [(m["code"], m["row"], m["column"], m["text"]) for m in read["messages"]]
    got = {
        "outcome": read["outcome"],
        "accepted": read["rows_accepted"],
        "quarantined": read["rows_quarantined"],
        "sums": read["sums"],
        "ranges": {name: span and tuple(span) for name, span in read["date_ranges"].items()},
        "messages": _matched(told, case.messages),
    }
    right = {
        "outcome": case.outcome,
        "accepted": case.accepted,
        "quarantined": case.quarantined,
        "sums": dict(case.sums),
        "ranges": dict(case.ranges),
        "messages": sorted(case.messages, key=str),
    }
    assert got == right, "\n".join(str(line) for line in told)


def _matched(told: list[Told], awaited: tuple[Told, ...]) -> list[Told]:
    """What was told, each in the words it was awaited with where its text has them."""
    left, found = list(awaited), []
    for code, row, column, text in told:
        same = next((one for one in left if one[:3] == (code, row, column) and one[3] in text), None)
        if same:
            left.remove(same)
        found.append(same or (code, row, column, text))
    return sorted(found, key=str)
