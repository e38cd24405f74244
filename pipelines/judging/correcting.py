"""Applies the known errors of a source to the staged text of a delivery before it is judged, and tells each one.

Corrects only what is written exactly as declared; what its sender has mended meanwhile, or what has expired, is told
as a correction to be removed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from pipelines.contracts.contract import Contract
from pipelines.contracts.known_errors import CORRECTIONS_FILE, Correction
from pipelines.judging.quoting import bare, literal
from pipelines.reading.months import day_text
from pipelines.reading.reshaping import Note

TABLE = "correction_notes"  # while deliveries of a source are staged
APPLIED, STALE = "koreksi", "koreksi_usang"


@dataclass(frozen=True)
class _Target:
    """Where one correction works: the column, and the rows that are meant, as SQL over `staged`."""

    column: str
    header: str
    rows: str
    is_written: str


def open_corrections(connection: sa.Connection) -> None:
    connection.exec_driver_sql(
        f"CREATE OR REPLACE TEMP TABLE {TABLE} "
        "(delivery_no INTEGER, rule VARCHAR, message VARCHAR, row_no INTEGER, header VARCHAR)"
    )


def apply_corrections(connection: sa.Connection, contract: Contract, delivery_no: int, day: date | None) -> None:
    """Once per delivery, right after it is staged. `day`: of its arrival; None: nothing is expired."""
    for item in contract.corrections:
        if item.status != "selesai":
            _apply(connection, contract, delivery_no, item, is_expired=day is not None and day > item.expires)


def _apply(
    connection: sa.Connection, contract: Contract, delivery_no: int, item: Correction, *, is_expired: bool
) -> None:
    target = _target(contract, delivery_no, item)
    told = f'"{item.written}" di kolom "{target.header}"'
    if is_expired:
        since = day_text(item.expires)
        said = f"Pembetulan {told} kedaluwarsa sejak {since} dan tidak diterapkan. Perbarui {CORRECTIONS_FILE}."
        _tell(connection, delivery_no, f"SELECT {literal(STALE)}, {literal(said)}, NULL, {literal(target.header)}")
        return
    said = f'{told} dibaca "{item.correct}" menurut {CORRECTIONS_FILE}: {item.reason}'
    fixed = f"Pembetulan {told} tidak lagi cocok dengan isinya. Bila sumber sudah memperbaikinya, hapus pembetulan itu."
    found = f"FROM staged WHERE {target.rows} AND {target.is_written}"
    _tell(
        connection, delivery_no,
        f"SELECT {literal(APPLIED)}, {literal(said)}, row_no, {literal(target.header)} {found}",
    )  # fmt: skip
    _tell(
        connection, delivery_no,
        f"SELECT {literal(STALE)}, {literal(fixed)}, min(row_no), {literal(target.header)} FROM staged "
        f"WHERE {target.rows} HAVING count(*) > 0 AND count(*) FILTER (WHERE {target.is_written}) = 0",
    )  # fmt: skip
    connection.exec_driver_sql(
        f"UPDATE staged SET {target.column} = {literal(item.correct)} WHERE {target.rows} AND {target.is_written}"
    )


def _target(contract: Contract, delivery_no: int, item: Correction) -> _Target:
    own = contract.by_name[item.field]
    column = f"c{contract.headers.index(own.from_)}"
    rows = [f"delivery_no = {delivery_no}"]
    rows += [_equals(contract, name, text) for name, text in item.match.items()]
    return _Target(column, own.from_, " AND ".join(rows), _equals(contract, item.field, item.written))


def _equals(contract: Contract, field: str, text: str) -> str:
    """Whether the cell is written so; blanks around and between do not count."""
    column = f"c{contract.headers.index(contract.by_name[field].from_)}"
    written = f"trim(regexp_replace({bare(column)}, '\\s+', ' ', 'g'))"
    return f"coalesce({written}, '') = {literal(' '.join(text.split()))}"


def _tell(connection: sa.Connection, delivery_no: int, select: str) -> None:
    connection.exec_driver_sql(f"INSERT INTO {TABLE} SELECT {delivery_no}, * FROM ({select})")


def correction_notes(connection: sa.Connection) -> dict[int, list[Note]]:
    """What was corrected or could not be, by delivery."""
    found: dict[int, list[Note]] = {}
    for number, rule, message, row_no, header in connection.exec_driver_sql(
        f"SELECT * FROM {TABLE} ORDER BY delivery_no, row_no NULLS FIRST, rule, message"
    ):
        found.setdefault(number, []).append(Note(rule, message, row_no=row_no, header=header))
    return found
