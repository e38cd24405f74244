"""Packs of kind `tabel`: named rows of numbers under named columns, such as breakpoints or yearly targets.

Refuses a row of another length, a row written twice, numbers out of the order the pack declares, weights that do not
add up: each would give a value quietly wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any, Literal, cast

from warehouse.nearest import nearest_hint
from warehouse.rules.nodes import Record, RuleError
from warehouse.rules.packs import Pack, Standing
from warehouse.rules.scales import STANDINGS

TABLE_KEYS = ("article", "source", "standing", "order", "row_total", "columns", "rows")
ROW_KEYS = ("name", "label", "unit", "values", "direction", "standing", "source", "note")
DIRECTIONS = ("naik", "turun", "rentang")
ABSENT = "-"


@dataclass(frozen=True)
class TableRow:
    """One row; a value None where the table prints a dash."""

    name: str
    label: str
    unit: str
    values: tuple[Decimal | None, ...]
    standing: Standing
    source: str
    direction: str = ""  # in which direction it gets worse, where that matters
    note: str = ""


@dataclass(frozen=True)
class TablePack(Pack):
    """Rows in the order of the file; that order settles ties."""

    article: str = ""
    source: str = ""
    note: str = ""  # what to check before relying on the pack
    standing: Standing = "dibaca"  # of the columns
    columns: tuple[str, ...] = ()
    rows: tuple[TableRow, ...] = ()

    def row(self, name: str) -> TableRow:
        found = self.find(name)
        if found is None:
            raise RuleError(
                f"{self.pack_id} tidak punya baris {name!r}{nearest_hint(name, [r.name for r in self.rows])}"
            )
        return found

    def find(self, name: str) -> TableRow | None:
        return next((row for row in self.rows if row.name == name), None)

    def value(self, row: str, column: str) -> Decimal | None:
        return self.row(row).values[self.columns.index(column)]


def table_pack(record: Record, head: Mapping[str, Any]) -> TablePack:
    """One table; `head` is what every pack says about itself."""
    columns = record.texts("columns")
    if len(set(columns)) < len(columns):
        raise record.error_at("columns", "nama kolom ditulis dua kali")
    standing = cast(Standing, record.one_of("standing", STANDINGS))
    source = record.text("source")
    items = record.records("rows", ROW_KEYS)
    rows = tuple(_row(item, standing, source) for item in items)
    order = cast(Literal["naik", "bebas"], record.one_of("order", ("naik", "bebas")))
    total = record.number("row_total") if record.has("row_total") else None
    for place, (item, row) in enumerate(zip(items, rows, strict=True)):
        if row.name in {earlier.name for earlier in rows[:place]}:
            raise item.error_at("name", f"baris {row.name!r} ditulis dua kali")
        _refuse_wrong_values(item, row, len(columns), order)
        present = [value for value in row.values if value is not None]
        if total is not None and sum(present, Decimal(0)) != total:
            raise item.error_at("values", f"jumlah baris {row.name} {sum(present, Decimal(0))}, seharusnya {total}")
    return TablePack(
        **head,
        article=record.text("article"),
        source=source,
        note=record.text("note") if record.has("note") else "",
        standing=standing,
        columns=columns,
        rows=rows,
    )


def _row(item: Record, standing: Standing, source: str) -> TableRow:
    return TableRow(
        name=item.text("name"),
        label=item.text("label", item.text("name")),
        unit=item.text("unit", ""),
        values=item.optional_numbers("values", ABSENT),
        direction=item.one_of("direction", DIRECTIONS) if item.has("direction") else "",
        standing=cast(Standing, item.one_of("standing", STANDINGS)) if item.has("standing") else standing,
        source=item.text("source", source),
        note=item.text("note") if item.has("note") else "",
    )


def _refuse_wrong_values(item: Record, row: TableRow, count: int, order: Literal["naik", "bebas"]) -> None:
    if len(row.values) != count:
        raise item.error_at("values", f"{len(row.values)} nilai untuk {count} kolom pada baris {row.name}")
    present = [value for value in row.values if value is not None]
    if not present:
        raise item.error_at("values", f"baris {row.name} tidak berisi nilai")
    if min(present) < 0:
        raise item.error_at("values", f"nilai baris {row.name} tidak boleh negatif")
    for lower, upper in pairwise(present):
        if order == "naik" and upper <= lower:
            raise item.error_at("values", f"nilai baris {row.name} harus naik: {upper} sesudah {lower}")
