"""Decides the rows of a delivery that only their neighbours tell, and repeats keys written once for a group."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from pipelines.contracts.contract import Contract
from pipelines.reading.row_kinds import BETWEEN, DATA, LEFT_OVER, MAYBE, OTHER, TOTAL, is_repeated_below


def settle_kinds(connection: sa.Connection, contract: Contract, numbers: Sequence[int]) -> None:
    """Decide the rows of deliveries that only their neighbours tell: below the last row of data a mark closes the
    table."""
    told = connection.exec_driver_sql("SELECT delivery_no, list(DISTINCT row_kind) FROM staged GROUP BY delivery_no")
    kinds = {number: set(found) for number, found in told}
    for number in numbers:
        if kinds.get(number, set()) <= {DATA, MAYBE, TOTAL}:
            _fill_down(connection, contract, number)
        else:
            _settle(connection, contract, number)


def _settle(connection: sa.Connection, contract: Contract, delivery_no: int) -> None:
    of_delivery = f"FROM staged WHERE delivery_no = {int(delivery_no)}"
    last_data = f"(SELECT coalesce(max(row_no), 0) {of_delivery} AND row_kind IN ('{DATA}', '{MAYBE}'))"
    closing = f"(SELECT min(row_no) {of_delivery} AND row_kind IN ('{TOTAL}', '{OTHER}') AND row_no > {last_data})"
    connection.exec_driver_sql(
        f"""UPDATE staged SET row_kind = CASE WHEN row_no > (SELECT coalesce({closing}, 2147483647)) THEN '{OTHER}'
        ELSE '{DATA}' END WHERE delivery_no = {int(delivery_no)} AND row_kind = '{LEFT_OVER}'"""
    )
    _fill_down(connection, contract, delivery_no)
    connection.exec_driver_sql(
        f"UPDATE staged SET row_kind = '{OTHER}' WHERE delivery_no = {int(delivery_no)} AND row_kind = '{BETWEEN}'"
    )


def _fill_down(connection: sa.Connection, contract: Contract, delivery_no: int) -> None:
    """Keys written once for a group are repeated in its rows, not past a total."""
    places = [place for place, header in enumerate(contract.headers) if is_repeated_below(contract, header)]
    for place in places:
        connection.exec_driver_sql(
            f"""UPDATE staged SET c{place} = above.said FROM (
              SELECT row_no, last_value(nullif(c{place}, '') IGNORE NULLS) OVER (PARTITION BY block ORDER BY row_no
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS said
              FROM (SELECT *, sum((row_kind = '{TOTAL}')::INTEGER) OVER (ORDER BY row_no) AS block
                FROM staged WHERE delivery_no = {int(delivery_no)} AND row_kind <> '{OTHER}')
              WHERE row_kind IN ('{DATA}', '{MAYBE}', '{BETWEEN}')) AS above
            WHERE delivery_no = {int(delivery_no)} AND staged.row_no = above.row_no
              AND row_kind = '{DATA}' AND coalesce(c{place}, '') = ''"""
        )
