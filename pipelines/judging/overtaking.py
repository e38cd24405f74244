"""Takes out of the facts what newer deliveries say anew, when those are loaded on top of a release.

In a build of everything the last delivery wins while rows are filed; here the earlier ones are filed already.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from pipelines.building.fresh_file import OVERTAKEN
from pipelines.contracts.contract import Contract
from pipelines.judging.quoting import literal, name


def open_overtaken(connection: sa.Connection) -> None:
    """Of one build: table, delivery and row that left it."""
    connection.exec_driver_sql(
        f"CREATE OR REPLACE TEMP TABLE {OVERTAKEN} (table_name VARCHAR, submission_id VARCHAR, row_no INTEGER)"
    )


def overtake(connection: sa.Connection, contract: Contract, new_ids: Sequence[str]) -> None:
    """Of rows with the same grain those just loaded stay; the records of earlier deliveries count the others."""
    listed = ", ".join(map(literal, new_ids)) or "''"
    grain = [name(column) for column in contract.grain]
    same = " AND ".join(f"old.{column} IS NOT DISTINCT FROM new.{column}" for column in grain)
    connection.exec_driver_sql(
        f"""CREATE OR REPLACE TEMP TABLE beaten AS
        SELECT old.rowid AS place, old.submission_id, old.row_no FROM {contract.target_table} AS old
        SEMI JOIN (SELECT DISTINCT {", ".join(grain)} FROM {contract.target_table}
          WHERE submission_id IN ({listed})) AS new ON {same}
        WHERE starts_with(old.submission_id, {literal(contract.source_id + ":")})
          AND old.submission_id NOT IN ({listed})"""
    )
    connection.exec_driver_sql(f"DELETE FROM {contract.target_table} WHERE rowid IN (SELECT place FROM beaten)")
    connection.exec_driver_sql(
        f"INSERT INTO {OVERTAKEN} SELECT {literal(contract.target_table or '')}, submission_id, row_no FROM beaten"
    )
    connection.exec_driver_sql(
        "UPDATE meta_submission SET superseded_count = superseded_count + gone FROM "
        "(SELECT submission_id AS delivery, count(*) AS gone FROM beaten GROUP BY 1) WHERE submission_id = delivery"
    )
    connection.exec_driver_sql("DROP TABLE beaten")
