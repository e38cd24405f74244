"""Procurement contracts of a year with their physical schedules: most in time, a few critical.

No supplier is named; works are generic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.sample.budgets import CAPITAL, AgencyBudget
from pipelines.sample.deliveries import Reporting
from pipelines.sample.programmes import Programme
from pipelines.sample.region import read_table

AGENCIES, CONTRACTS_EACH = 12, (5, 9)  # the agencies with the largest capital works; fewest, one past most contracts
CAPITAL_ROOM = 0.75  # of an agency's capital works is under contract
LINKED_SHARE = 0.7  # of contracts for an agency's own kind of work belongs to one of its programmes
MILLION = 1_000_000
START_MONTHS, LENGTHS = (2, 9), (3, 8)  # first month and months of work, last exclusive
USUAL, LATE_EARLY, LATE_NEARLY_DONE, OVERDUE = "biasa", "awal", "akhir", "lewat"
# pace: how many, first month, months of work, points late
SPECIAL = {
    LATE_EARLY: (3, 8, 5, (12.0, 17.0)),  # plan up to 70 percent and late by more than 10 points
    LATE_NEARLY_DONE: (3, 6, 7, (6.2, 9.5)),  # plan above 70 percent and late by more than 5
    OVERDUE: (1, 3, 6, (6.0, 9.0)),  # its last stage has passed unfinished
}


@dataclass(frozen=True)
class Stage:
    """One line of a contract's schedule: cumulative percent at the end of a month."""

    stage_id: str
    due: date
    plan: float
    actual: float


@dataclass(frozen=True)
class Contract:
    """One contract with its schedule."""

    contract_id: str
    opd: str
    work: str
    programme: str  # code, or "" when none
    ceiling: int
    amount: int
    number: str
    signed: date
    stages: tuple[Stage, ...]


def draw_contracts(
    reporting: Reporting, programmes: Sequence[Programme], budgets: Sequence[AgencyBudget]
) -> tuple[Contract, ...]:
    """All contracts of the year, by agency."""
    builders = sorted(budgets, key=lambda budget: -_capital(budget))[:AGENCIES]
    drafts = [
        (budget, number) for budget in sorted(builders, key=lambda b: b.opd) for number in _numbers(reporting, budget)
    ]
    order = iter(reporting.stream("kontrak khusus", reporting.year).permutation(len(drafts)))
    paces = dict.fromkeys(range(len(drafts)), USUAL)
    for pace, (count, *_) in SPECIAL.items():
        paces |= {int(index): pace for _, index in zip(range(count), order, strict=False)}
    return tuple(
        _contract(reporting, budget, number, paces[index], programmes) for index, (budget, number) in enumerate(drafts)
    )


def _capital(budget: AgencyBudget) -> int:
    return budget.accounts[CAPITAL].budget if CAPITAL in budget.accounts else 0


def _numbers(reporting: Reporting, budget: AgencyBudget) -> range:
    return range(1, int(reporting.stream("jumlah kontrak", budget.opd).integers(*CONTRACTS_EACH)) + 1)


def _contract(
    reporting: Reporting, budget: AgencyBudget, number: int, pace: str, programmes: Sequence[Programme]
) -> Contract:
    draw = reporting.stream("kontrak", budget.opd, number, reporting.year)
    works = _works(reporting.region.agencies[budget.opd])
    row = works[int(draw.integers(0, len(works)))]
    place = reporting.region.kecamatan[int(draw.integers(0, len(reporting.region.kecamatan)))].spellings[0]
    most = _capital(budget) * CAPITAL_ROOM / CONTRACTS_EACH[1]
    low, high = float(row["low_million"]) * MILLION, float(row["high_million"]) * MILLION
    ceiling = round(min(low + (high - low) * float(draw.random()) ** 2, most) / 1000) * 1000
    start, length = int(draw.integers(*START_MONTHS)), int(draw.integers(*LENGTHS))
    if pace in SPECIAL:
        _, start, length, _ = SPECIAL[pace]
    contract_id = f"K-{budget.opd}-{reporting.year}-{number:03d}"
    own = [item.code for item in programmes if item.lead == budget.opd and item.target_of(reporting.year)]
    return Contract(
        contract_id=contract_id,
        opd=budget.opd,
        work=f"{row['work'].format(place=place)}, paket contoh {number}",
        programme=own[int(draw.integers(0, len(own)))]
        if own and row["agency"] and draw.random() < LINKED_SHARE
        else "",
        ceiling=ceiling,
        amount=round(ceiling * float(draw.uniform(0.86, 0.985))),
        number=f"{number:03d}/CONTOH/{budget.opd}/{reporting.year}",
        signed=date(reporting.year, start, int(draw.integers(2, 12))),
        stages=_stages(reporting, contract_id, start, length, pace),
    )


def _stages(reporting: Reporting, contract_id: str, start: int, length: int, pace: str) -> tuple[Stage, ...]:
    draw = reporting.stream("tahap", contract_id)
    length = min(length, 13 - start)
    late = min(max(float(draw.normal(0.8, 1.6)), -3.0), 4.0)
    if pace in SPECIAL:
        late = float(draw.uniform(*SPECIAL[pace][3]))
    stages: list[Stage] = []
    for step in range(1, length + 1):
        done = step / length
        plan = round(100 * (3 * done**2 - 2 * done**3), 1)
        swing = min(1.0, 2 * done) if pace in SPECIAL else 4 * done * (1 - done)
        before = stages[-1].actual if stages else 0.0
        actual = round(min(max(plan - late * swing, before, 0), 100), 1)
        stages.append(Stage(f"{contract_id}-{step:02d}", reporting.month_end(start + step - 1), plan, actual))
    return tuple(stages)


def _works(agency_name: str) -> list[dict[str, str]]:
    """Works that fit the agency's name, and those of any agency."""
    rows = read_table("contract_works.csv")
    fitting = [row for row in rows if row["agency"] and re.search(rf"\b{row['agency']}\b", agency_name)]
    return fitting + [row for row in rows if not row["agency"]][: 1 if fitting else None]
