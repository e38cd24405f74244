"""What the judged rows of one file add up to: counts, exact sums, first and last dates, the first rows as read.

Looks at `checked` only, and at no personal field.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from pipelines.contracts.contract import Contract
from pipelines.contracts.contract_parts import FieldRule
from pipelines.judging.quoting import name

SUMMED = ("integer", "number", "percent", "quantity")
DATED = ("date", "datetime", "month")


def row_counts(connection: sa.Connection) -> tuple[int, int]:
    row = connection.exec_driver_sql(
        "SELECT count(*) FILTER (WHERE NOT is_rejected), count(*) FILTER (WHERE is_rejected) FROM checked"
    ).one()
    return int(row[0]), int(row[1])


def figures_of(
    connection: sa.Connection, contract: Contract
) -> tuple[dict[str, Decimal | None], dict[str, tuple[str, str] | None]]:
    """Sums and first and last dates over the accepted rows; None where no row has a value."""
    told = [field for field in contract.fields if not field.personal and not (field.ref or field.codes)]
    summed = [field.name for field in told if field.type in SUMMED]
    dated = [field.name for field in told if field.type in DATED]
    asked = [f"sum({name('v_' + field)})" for field in summed]
    asked += [f"{kind}({name('v_' + field)})" for field in dated for kind in ("min", "max")]
    if not asked:
        return {}, {}
    row = connection.exec_driver_sql(f"SELECT {', '.join(asked)} FROM checked WHERE NOT is_rejected").one()
    sums = {field: _exact(value) for field, value in zip(summed, row[: len(summed)], strict=True)}
    ends: list[str | None] = [None if value is None else value.isoformat() for value in row[len(summed) :]]
    pairs = zip(dated, ends[::2], ends[1::2], strict=True)
    ranges = {field: (first, last) if first and last else None for field, first, last in pairs}
    return sums, ranges


def first_rows_of(connection: sa.Connection, contract: Contract, count: int) -> tuple[dict[str, Any], ...]:
    """The first accepted rows, each value under its header; a cell that fills two fields is told twice."""
    told = [field for field in contract.fields if not field.personal]
    if not count or not told:
        return ()
    chosen = ", ".join(name("v_" + field.name) for field in told)
    rows = connection.exec_driver_sql(
        f"SELECT row_no, {chosen} FROM checked WHERE NOT is_rejected ORDER BY row_no LIMIT {count}"
    ).all()
    titles = ["Baris", *(field.from_ if _is_alone(field, contract) else field.name for field in told)]
    return tuple(dict(zip(titles, row, strict=True)) for row in rows)


def _is_alone(field: FieldRule, contract: Contract) -> bool:
    return sum(other.from_ == field.from_ for other in contract.fields) == 1


def _exact(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))
