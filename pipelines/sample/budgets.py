"""What each agency may spend in a year and has spent by the end of each month, in whole rupiah, cumulative.

Amounts never fall within a year, never pass the pagu, and no two agencies share a total.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.sample.deliveries import Reporting
from pipelines.sample.programmes import FULL_SIZE, Programme
from pipelines.sample.region import read_table

BILLION = 1_000_000_000
REVISED_FROM = 9  # first month whose report carries the revised budget (DPPA)
REVISED_SHARE = 0.35  # of agencies, always upward
PROGRAMME_ROOM = 1.6  # an agency's pagu is at least so many times its programmes' budget
OPERATION_SHARES = (3.5, 6.0, 8.0, 7.5, 8.5, 9.0, 8.5, 8.0, 8.5, 9.0, 9.5, 11.0)  # percent of the year, by month
CAPITAL_SHARES = (0.0, 1.0, 2.5, 4.0, 6.0, 8.0, 10.0, 12.0, 13.0, 13.0, 14.0, 13.0)
REVENUE_SHARES = (6.0, 6.5, 7.5, 8.0, 8.0, 8.5, 9.0, 8.5, 9.5, 9.0, 8.5, 9.0)
REVENUE, OPERATION, CAPITAL, RESERVE, TRANSFER = "4.1", "5.1", "5.2", "5.3", "5.4"
TREASURY = "Keuangan"  # whose agency also holds the reserve and the transfers
RESERVE_SHARE, TRANSFER_SHARE = 0.03, 0.55


@dataclass(frozen=True)
class Account:
    """One line of the report: its budget before and after the revision, and what was realised by month."""

    code: str
    budget: int
    revised: int
    realised: tuple[int, ...]  # cumulative, January first

    def budget_in(self, month: int) -> int:
        return self.revised if month >= REVISED_FROM else self.budget


@dataclass(frozen=True)
class AgencyBudget:
    """An agency's accounts, by code; accounts it does not have are absent."""

    opd: str
    accounts: dict[str, Account]

    def ceiling(self, is_revised: bool) -> int:
        """Pagu of all spending."""
        spending = [account for code, account in self.accounts.items() if code != REVENUE]
        return sum(account.revised if is_revised else account.budget for account in spending)


def draw_budgets(reporting: Reporting, programmes: Sequence[Programme]) -> tuple[AgencyBudget, ...]:
    """The budget of every agency, in the order of the region's list."""
    needs = dict.fromkeys(reporting.region.agencies, 0)
    for item in programmes:
        target = item.target_of(reporting.year)
        needs[item.lead] += target.budget_idr if target else 0
    return tuple(_agency(reporting, opd, needs[opd]) for opd in reporting.region.agencies)


def _agency(reporting: Reporting, opd: str, need: int) -> AgencyBudget:
    region = reporting.region
    draw = reporting.stream("anggaran", opd, reporting.year)
    name = region.agencies[opd]
    spending, capital, revenue = _weights(name)
    size = min(max((len(region.kecamatan) / FULL_SIZE) ** 0.5, 0.35), 1.6)
    total = max(spending * BILLION * size * float(draw.uniform(0.85, 1.15)), need * PROGRAMME_ROOM)
    shares = {OPERATION: 1 - capital, CAPITAL: capital, REVENUE: revenue}
    if re.search(rf"\b{TREASURY}\b", name):
        shares[OPERATION] = 1 - capital - RESERVE_SHARE - TRANSFER_SHARE
        shares |= {RESERVE: RESERVE_SHARE, TRANSFER: TRANSFER_SHARE}
    raised = float(draw.uniform(1.02, 1.08)) if draw.random() < REVISED_SHARE else 1.0
    speed = float(draw.uniform(0.86, 1.03))
    accounts = {}
    for code in sorted(code for code, share in shares.items() if share):
        budget = round(total * shares[code]) + int(draw.integers(1, 999))
        revised = round(budget * raised) if code in (OPERATION, CAPITAL) else budget
        accounts[code] = Account(code, budget, revised, _realised(reporting, (opd, code), budget, speed))
    return AgencyBudget(opd, accounts)


def _realised(reporting: Reporting, key: tuple[str, str], budget: int, speed: float) -> tuple[int, ...]:
    draw = reporting.stream("realisasi", *key, reporting.year)
    by_account = {CAPITAL: CAPITAL_SHARES, REVENUE: REVENUE_SHARES}
    shares = by_account.get(key[1], OPERATION_SHARES)
    slower = float(draw.uniform(0.75, 1.0)) if key[1] == CAPITAL else 1.0
    reached = 0.0
    amounts = []
    for share in shares:
        reached += share * speed * slower * float(draw.uniform(0.82, 1.12))
        amounts.append(math.floor(budget * min(reached, 99.5) / 100))
    return tuple(amounts)


def _weights(name: str) -> tuple[float, float, float]:
    """Spending in billions, share of capital works and revenue against spending: the largest line that fits."""
    rows = [row for row in read_table("budget_weights.csv") if re.search(rf"\b{row['agency']}\b", name)]
    spending = max(float(row["spending_billion"]) for row in rows)
    capital = max(float(row["capital_share"]) for row in rows if float(row["spending_billion"]) == spending)
    return spending, capital, max(float(row["revenue_share"] or 0) for row in rows)
