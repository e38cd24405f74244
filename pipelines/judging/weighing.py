"""Decides rows that their words leave open by what they add up to: "Jumlah Kota Mojokerto", "Triwulan I", "Total".

A row becomes a total where its amounts are the sum of rows above it; otherwise it stays data. Changes no amount.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from pipelines.contracts.contract import Contract
from pipelines.judging.quoting import name
from pipelines.reading.row_kinds import DATA, MAYBE, TOTAL, summed_fields

WEIGHED = (
    f"delivery_no IN (SELECT delivery_no FROM staged WHERE row_kind = '{MAYBE}') "
    f"AND row_kind IN ('{DATA}', '{MAYBE}', '{TOTAL}')"
)
OF_A_PLACE = re.compile(r"\W*(total|jumlah|jml|jlh)\W+(kota|kabupaten|kab|provinsi|prov)\b", re.IGNORECASE)
Amounts = dict[tuple[str, int], Decimal]  # by heading of a crosstab, and place of the field


@dataclass
class _Line:
    kind: str
    label: str
    amounts: Amounts = field(default_factory=dict)


@dataclass
class _Sum:
    """Of the rows so far: how many they are, how many are data beyond doubt."""

    rows: int = 0
    data: int = 0
    amounts: defaultdict[tuple[str, int], Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def add(self, line: _Line) -> None:
        self.rows += 1
        self.data += line.kind == DATA
        for key, amount in line.amounts.items():
            self.amounts[key] += amount

    def is_told_by(self, line: _Line) -> bool:
        return self._is_told(line, all)

    def is_partly_told_by(self, line: _Line) -> bool:
        """In one column at least: a total, and wrong in the others."""
        return self._is_told(line, any)

    def _is_told(self, line: _Line, how_many: Callable[[Iterable[bool]], bool]) -> bool:
        amounts = {key: amount for key, amount in line.amounts.items() if amount}
        return self.rows > 1 and bool(amounts) and how_many(self.amounts[key] == amounts[key] for key in amounts)


def settle_totals(connection: sa.Connection, contract: Contract) -> None:
    """Give every open row its kind. Reads `weighed`: the rows of such deliveries, typed."""
    fields = [name("v_" + one.name) for one in summed_fields(contract)]
    heading = name("v_" + contract.crosstab.into) + "::VARCHAR" if contract.crosstab else "''"
    rows = connection.exec_driver_sql(
        f"SELECT w.delivery_no, w.row_no, s.row_kind, coalesce(s.label, ''), coalesce({heading}, '')"
        f"{''.join(', ' + one for one in fields)} FROM weighed AS w JOIN (SELECT DISTINCT delivery_no, row_no, "
        "row_kind, label FROM staged) AS s USING (delivery_no, row_no) ORDER BY w.delivery_no, w.row_no"
    )
    settled: list[dict[str, Any]] = []
    for number, lines in _deliveries(rows).items():
        totals = _totals(lines)
        open_rows = [row_no for row_no, line in lines.items() if line.kind == MAYBE]
        settled += [
            {"number": number, "row": row_no, "kind": TOTAL if row_no in totals else DATA} for row_no in open_rows
        ]
    connection.execute(
        sa.text("UPDATE staged SET row_kind = :kind WHERE delivery_no = :number AND row_no = :row"), settled
    )


def _deliveries(rows: Any) -> dict[int, dict[int, _Line]]:
    found: dict[int, dict[int, _Line]] = {}
    for number, row_no, kind, label, heading, *values in rows:
        line = found.setdefault(number, {}).setdefault(row_no, _Line(kind, label))
        line.amounts |= {
            (heading, place): Decimal(str(value)) for place, value in enumerate(values) if value is not None
        }
    return found


def _totals(lines: Mapping[int, _Line]) -> set[int]:
    """Row numbers of the open rows that are totals."""
    every, block, group = _Sum(), _Sum(), _Sum()  # a group ends with what may be its total, right or wrong
    found: set[int] = set()
    others: set[int] = set()  # below data or a total, and no sum of the rows above
    is_below_total = False
    last = max((row_no for row_no, line in lines.items() if line.kind != TOTAL), default=0)
    for row_no, line in lines.items():
        is_sum = line.kind == MAYBE and any(rows.is_told_by(line) for rows in (group, block, every))
        is_sum = is_sum or (line.kind == MAYBE and row_no == last and every.is_partly_told_by(line))
        if is_sum:
            found.add(row_no)
        elif line.kind == MAYBE and (block.data or is_below_total):
            others.add(row_no)
        if line.kind == DATA:
            group.add(line)
        else:
            group = _Sum()
        is_below_total = is_sum or line.kind == TOTAL
        if is_below_total:
            block = _Sum()
        else:
            every.add(line)
            block.add(line)
    return found | _wrong(lines, found, others)


def _wrong(lines: Mapping[int, _Line], found: set[int], others: set[int]) -> set[int]:
    """Totals that do not add up: beside right ones of the same kind, or the last row, of all of a region."""
    if found:
        return others
    last: Sequence[int] = [row_no for row_no, line in lines.items() if line.kind != TOTAL][-1:]
    return {row_no for row_no in last if row_no in others and OF_A_PLACE.match(lines[row_no].label)}
