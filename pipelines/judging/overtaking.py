"""Takes out of the facts what newer deliveries say anew, when those are loaded on top of a release.

In a build of everything the last delivery wins while rows are filed; here the earlier ones are filed already.
"""

from __future__ import annotations

import sqlalchemy as sa

from pipelines.building.fresh_file import overtaken_name
from pipelines.contracts.contract import Contract
from pipelines.judging.quoting import literal, name


def open_overtaken(connection: sa.Connection, table: str) -> int:
    """Room for the rows of a table that leave it, once for a build; the number that its next row gets."""
    connection.exec_driver_sql(f"CREATE TEMP TABLE IF NOT EXISTS {overtaken_name(table)} AS FROM {table} LIMIT 0")
    return int(connection.exec_driver_sql(f"SELECT coalesce(max(rowid) + 1, 0) FROM {table}").scalar_one())


def overtake(connection: sa.Connection, contract: Contract, first_row: int) -> None:
    """Of rows with the same grain those from `first_row` on stay; the records of earlier deliveries tell the others."""
    table = contract.target_table or ""
    connection.exec_driver_sql(
        f"""CREATE OR REPLACE TEMP TABLE beaten AS SELECT old.rowid AS place, old.* FROM {table} AS old
        SEMI JOIN (SELECT DISTINCT {", ".join(map(name, contract.grain))} FROM {table} WHERE rowid >= {first_row})
          AS new ON {" AND ".join(_is_same(contract, column) for column in contract.grain)}
        WHERE old.rowid < {first_row} AND starts_with(old.submission_id, {literal(contract.source_id + ":")})
          {_in_span(connection, contract, first_row)}"""
    )
    connection.exec_driver_sql(f"DELETE FROM {table} WHERE rowid IN (SELECT place FROM beaten)")
    connection.exec_driver_sql(f"INSERT INTO {overtaken_name(table)} SELECT * EXCLUDE (place) FROM beaten")
    connection.exec_driver_sql(
        "UPDATE meta_submission SET superseded_count = superseded_count + gone FROM "
        "(SELECT submission_id AS delivery, count(*) AS gone FROM beaten GROUP BY 1) WHERE submission_id = delivery"
    )
    connection.exec_driver_sql("DROP TABLE beaten")


def _is_filled(contract: Contract, column: str) -> bool:
    return column in contract.by_name and contract.by_name[column].required


def _is_same(contract: Contract, column: str) -> str:
    sign = "=" if _is_filled(contract, column) else "IS NOT DISTINCT FROM"
    return f"old.{name(column)} {sign} new.{name(column)}"


def _in_span(connection: sa.Connection, contract: Contract, first_row: int) -> str:
    """The times each new delivery speaks of: what lies outside of them is not even looked at."""
    period = contract.period.field if contract.period else ""
    if period not in contract.grain or not _is_filled(contract, period):
        return ""
    ends = f"SELECT min({name(period)})::VARCHAR, max({name(period)})::VARCHAR FROM {contract.target_table}"
    spans = connection.exec_driver_sql(f"{ends} WHERE rowid >= {first_row} GROUP BY submission_id ORDER BY ALL")
    looked_at = [f"old.{name(period)} BETWEEN {literal(first)} AND {literal(last)}" for first, last in spans]
    return f"AND ({' OR '.join(looked_at)})" if looked_at else ""
