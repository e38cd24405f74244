"""Tells of codes longer than a workbook's numbers are exact, where they were typed as numbers; changes none."""

from __future__ import annotations

import sqlalchemy as sa

from pipelines.contracts.contract import Contract
from pipelines.judging.cells import MOST_NATIVE_DIGITS
from pipelines.reading.grids import NATIVE
from pipelines.reading.reshaping import Note
from pipelines.reading.row_kinds import DATA


def long_code_notes(connection: sa.Connection, contract: Contract) -> dict[int, list[Note]]:
    """By delivery. Excel keeps 15 digits and writes 0 for those behind: a code that ends so may have been another."""
    found: dict[int, list[Note]] = {}
    for field in contract.fields:
        if field.digits is None or field.digits <= MOST_NATIVE_DIGITS:
            continue
        cell = f"c{contract.headers.index(field.from_)}"
        rows = connection.exec_driver_sql(
            f"SELECT delivery_no, count(*) FROM staged WHERE row_kind = '{DATA}' AND "
            f"regexp_full_match({cell}, '{NATIVE}n\\d{{{field.digits - 1}}}0') GROUP BY 1"
        )
        for number, count in rows:
            said = (
                f'Kolom "{field.from_}" memuat {count} kode {field.digits} angka yang ditulis sebagai angka dan '
                "berakhir 0. Excel hanya menyimpan 15 angka; periksa ujungnya, dan simpan kolom ini sebagai teks."
            )
            found.setdefault(number, []).append(Note("kode_angka", said, header=field.from_))
    return found
