"""A row of data as it is asked whether it is the sum of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

LACKS, REGION = "tanpa kunci", "daerah"  # signs beside those of words
Amounts = dict[tuple[str, int], Decimal]  # by heading of a crosstab, and place of the field


@dataclass
class Line:
    row_no: int
    signs: frozenset[str]
    has_code: bool
    label: str = ""
    depth: int = 0  # blanks before its name
    amounts: Amounts = field(default_factory=dict)


Group = tuple[Line, list[Line]]  # a total, and the rows it stands for


def sum_of(lines: Iterable[Line]) -> Mapping[tuple[str, int], Decimal]:
    total: defaultdict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for line in lines:
        for key, amount in line.amounts.items():
            total[key] += amount
    return total


def is_sum(line: Line, members: Iterable[Line]) -> bool:
    total = sum_of(members)
    is_told = any(line.amounts.values()) or (REGION in line.signs and bool(line.amounts))  # of nothing anywhere too
    return is_told and all(total[key] == amount for key, amount in line.amounts.items())
