"""Sets personal fields of loaded rows apart while a release is built, in a table that is never part of it.

Keeps only what belongs to a row that counts: nothing of rows that are refused, held, replaced or repeated.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import sqlalchemy as sa

from pipelines.contracts.contract import Contract
from pipelines.judging.quoting import literal, name
from pipelines.judging.staging import Staged
from warehouse.engine import frame_as_table

TABLE = "restricted_value"
COLUMNS = {
    "source_id": "VARCHAR",
    "submission_id": "VARCHAR",
    "row_no": "INTEGER",
    "received_at": "TIMESTAMP",
    "is_sample": "BOOLEAN",
    "row_key": "VARCHAR",  # as "ticket_no=MJK-1": what names the row in the release
    "field_name": "VARCHAR",
    "header_text": "VARCHAR",
    "value_text": "VARCHAR",
}


def table_statement(start: str = "CREATE TABLE") -> str:
    return f"{start} {TABLE} ({', '.join(f'{column} {kind}' for column, kind in COLUMNS.items())});"


def open_restricted_rows(connection: sa.Connection) -> None:
    """Of a build: gone with its connection."""
    connection.exec_driver_sql(table_statement("CREATE TEMP TABLE IF NOT EXISTS"))


def keep_restricted(connection: sa.Connection, contract: Contract, deliveries: Sequence[Staged]) -> None:
    """The personal cells of a source's rows that are in the facts; reads `checked`."""
    if not contract.restricted:
        return
    open_restricted_rows(connection)
    values = ", ".join(
        f"{{'field': {literal(field.name)}, 'header': {literal(field.from_)}, "
        f"'value': {name('v_' + field.name)}::VARCHAR}}"
        for field in contract.restricted
    )
    named = (f"concat({literal(column + '=')}, {name('v_' + column)})" for column in contract.grain)
    came = pd.DataFrame(
        {
            "delivery_no": pd.Series([item.number for item in deliveries], dtype="int32"),
            "submission_id": pd.Series([item.submission_id for item in deliveries], dtype="object"),
            "received_at": pd.Series([item.received_at for item in deliveries], dtype="datetime64[us]"),
            "is_sample": pd.Series([item.is_sample for item in deliveries], dtype="bool"),
        }
    )
    with frame_as_table(connection, "came", came):
        connection.exec_driver_sql(
            f"""INSERT INTO {TABLE}
            SELECT DISTINCT ?, submission_id, row_no, received_at, is_sample, row_key, f.field, f.header, f.value
            FROM (SELECT delivery_no, row_no, concat_ws(', ', {", ".join(named)}) AS row_key, unnest([{values}]) AS f
              FROM checked WHERE NOT is_rejected) AS judged JOIN came USING (delivery_no)
            WHERE f.value IS NOT NULL
              AND (submission_id, row_no) IN (SELECT (submission_id, row_no) FROM {contract.target_table})""",
            (contract.source_id,),
        )
