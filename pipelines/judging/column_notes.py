"""Tells what shows only in a whole judged column: contents that were emptied, percentages that look like fractions.

Changes nothing: what it says are warnings.
"""

from __future__ import annotations

import sqlalchemy as sa

from pipelines.contracts.contract import Contract, FieldRule
from pipelines.judging.quoting import is_native, name
from pipelines.reading.reshaping import Note


def column_notes(connection: sa.Connection, contract: Contract) -> dict[int, list[Note]]:
    """By delivery; reads `checked`."""
    found: dict[int, list[Note]] = {}
    for field in contract.fields:
        if field.ref and field.unmatched == "empty":
            _tell_emptied(connection, field, found)
        if field.type == "percent":
            _tell_fractions(connection, field, found)
    return found


def _tell_emptied(connection: sa.Connection, field: FieldRule, found: dict[int, list[Note]]) -> None:
    text, value = name("t_" + field.name), name("v_" + field.name)
    rows = connection.exec_driver_sql(
        f"SELECT delivery_no, min(row_no), count(*) FROM checked WHERE {text} IS NOT NULL AND {value} IS NULL "
        "AND NOT is_rejected GROUP BY delivery_no"
    )
    for number, first, count in rows:
        said = f'{count} isi kolom "{field.from_}" tidak ada di daftar kode, jadi dikosongkan; ini yang pertama.'
        found.setdefault(number, []).append(Note("kode", said, row_no=first, header=field.from_))


def _tell_fractions(connection: sa.Connection, field: FieldRule, found: dict[int, list[Note]]) -> None:
    """0,83 may be meant as 83 percent: said of a column that holds nothing above 1, and no sign of percent."""
    text, value = name("t_" + field.name), name("v_" + field.name)
    signed = f"{is_native(text, 'p')} OR contains({text}, '%') OR contains(lower({text}), 'persen')"
    fraction = f"{value} > 0 AND {value} < 1"
    rows = connection.exec_driver_sql(
        f"SELECT delivery_no, min(row_no) FILTER ({fraction}) FROM checked WHERE {value} IS NOT NULL "
        f"GROUP BY delivery_no HAVING max({value}) <= 1 AND min({value}) >= 0 AND bool_or({fraction}) "
        f"AND NOT bool_or({signed})"
    )
    for number, first in rows:
        said = (
            f'Kolom persen "{field.from_}" tidak memuat isi di atas 1 dan dibaca apa adanya: 0,83 berarti 0,83 persen. '
            "Bila yang dimaksud 83 persen, tulis 83 atau 83%."
        )
        found.setdefault(number, []).append(Note("persen", said, row_no=first, header=field.from_))
