"""Tells of the first or last rows of a table that are named like figures worked out of the others, yet are data."""

from __future__ import annotations

import sqlalchemy as sa

from pipelines.contracts.contract import Contract
from pipelines.judging.quoting import literal
from pipelines.reading.group_headings import naming_fields
from pipelines.reading.layout import name_rows
from pipelines.reading.reshaping import Note
from pipelines.reading.row_kinds import DATA, TOTAL, spelled

WORDS = (
    "^(rata ?rata|rerata|rataan|target|sisa|capaian|cakupan|persentase|prosentase|persen|%|kumulatif|selisih|deviasi"
    "|(tahun|bulan|minggu) (lalu|sebelumnya)|naik|turun|kenaikan|penurunan|pertumbuhan|standar|baku mutu|defisit"
    "|surplus|proyeksi)( |$)"
)
MOST_AT_END, FEWEST_OTHERS = 3, 3
SAID = (
    "Baris {} bernama seperti angka yang dihitung dari baris lain (misalnya rata-rata, target, capaian), tetapi dibaca "
    "sebagai data. Hapus bila bukan data."
)


def derived_notes(connection: sa.Connection, contract: Contract) -> list[tuple[int, Note]]:
    """By number of the delivery. Where a total stands above them, that is told already."""
    names = [f"c{contract.headers.index(one.from_)}" for one in naming_fields(contract) if not one.personal]
    if not names:
        return []
    last = " OR ".join(_says(f"{end}({cell}, row_no)") for cell in names for end in ("arg_max", "arg_min"))
    ends = connection.exec_driver_sql(
        f"SELECT delivery_no FROM staged WHERE row_kind = '{DATA}' GROUP BY 1 HAVING {last}"
    ).scalars()
    numbers = ", ".join(str(int(number)) for number in ends)
    if not numbers:
        return []
    said = " OR ".join(map(_says, names))
    rows = connection.exec_driver_sql(
        f"""SELECT delivery_no, list(row_no ORDER BY row_no) FILTER (is_said) AS found FROM (
          SELECT delivery_no, row_no, bool_or(row_kind = '{DATA}') AS is_data, bool_or(row_kind = '{DATA}' AND ({said}))
            AS is_said, bool_or(row_kind = '{TOTAL}') AS is_total
          FROM staged WHERE delivery_no IN ({numbers}) GROUP BY ALL) GROUP BY 1
        HAVING count(*) FILTER (is_said) <= {MOST_AT_END} AND NOT bool_or(is_total)
          AND count(*) FILTER (is_data AND NOT is_said) >= {FEWEST_OTHERS}
          AND (min(row_no) FILTER (is_said) > max(row_no) FILTER (is_data AND NOT is_said)
            OR max(row_no) FILTER (is_said) < min(row_no) FILTER (is_data AND NOT is_said))"""
    ).all()
    return [(number, Note("jumlah", SAID.format(name_rows(found)), row_no=None)) for number, found in rows]


def _says(cell: str) -> str:
    return f"coalesce(regexp_matches({spelled(cell)}, {literal(WORDS)}), false)"
