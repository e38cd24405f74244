"""Packs of kind `tabel`: named rows of numbers under named columns, such as breakpoints or yearly targets.

Refuses a row of another length, a row written twice, numbers out of the order the pack declares, weights that do not
add up: each would give a value quietly wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any, cast

from warehouse.nearest import nearest_hint
from warehouse.rules.nodes import OverrideError, Record, RuleError, parse_number
from warehouse.rules.packs import LOCAL_CHOICE, Pack, Standing
from warehouse.rules.scales import STANDINGS

TABLE_KEYS = ("article", "source", "standing", "order", "row_total", "columns", "assumed", "rows")
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
    assumed: tuple[str, ...] = ()  # columns whose name the regulation does not print
    rows: tuple[TableRow, ...] = ()
    is_rising: bool = False  # numbers rise along every row
    row_total: Decimal | None = None  # what the numbers of every row add up to
    overridden: bool = False

    @property
    def rule_version(self) -> str:
        return f"{self.pack_id}@{self.version}" + ("+daerah" if self.overridden else "")

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
    assumed = record.texts("assumed") if record.has("assumed") else ()
    if not set(assumed) <= set(columns):
        raise record.error_at("assumed", f"assumed harus salah satu dari {', '.join(columns)}")
    pack = TablePack(
        **head,
        article=record.text("article"),
        source=source,
        note=record.text("note") if record.has("note") else "",
        standing=standing,
        columns=columns,
        assumed=assumed,
        rows=tuple(_row(item, standing, source) for item in items),
        is_rising=record.one_of("order", ("naik", "bebas")) == "naik",
        row_total=record.number("row_total") if record.has("row_total") else None,
    )
    for place, (item, row) in enumerate(zip(items, pack.rows, strict=True)):
        if row.name in {earlier.name for earlier in pack.rows[:place]}:
            raise item.error_at("name", f"baris {row.name!r} ditulis dua kali")
        if fault := _fault_of(row, pack):
            raise item.error_at("values", fault)
    return pack


def cell_keys(pack: TablePack) -> tuple[str, ...]:
    """The full name of every number, by which a region replaces it; the pack is named, so its dates are too."""
    return tuple(f"{pack.pack_id}.{row.name}.{column}" for row in pack.rows for column in pack.columns)


def with_cells(pack: TablePack, overrides: Mapping[str, str]) -> TablePack:
    """The table with the numbers a region has set itself; a row that no longer holds together is refused."""
    rows = tuple(_with_cells(pack, row, overrides) for row in pack.rows)
    return pack if rows == pack.rows else replace(pack, rows=rows, overridden=True)


def _with_cells(pack: TablePack, row: TableRow, overrides: Mapping[str, str]) -> TableRow:
    values, own = [], ""
    for column, value in zip(pack.columns, row.values, strict=True):
        key = f"{pack.pack_id}.{row.name}.{column}"
        own = own or (key if key in overrides else "")
        try:
            values.append(parse_number(overrides[key]) if key in overrides else value)
        except ValueError as error:
            raise OverrideError(key, str(error)) from error
    if tuple(values) == row.values:
        return row
    changed = replace(row, values=tuple(values), standing=LOCAL_CHOICE)
    if fault := _fault_of(changed, pack):
        raise OverrideError(own, fault)
    return changed


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


def _fault_of(row: TableRow, pack: TablePack) -> str:
    """What is wrong with the numbers of a row; "" for nothing."""
    present = [value for value in row.values if value is not None]
    if len(row.values) != len(pack.columns):
        return f"{len(row.values)} nilai untuk {len(pack.columns)} kolom pada baris {row.name}"
    if not present:
        return f"baris {row.name} tidak berisi nilai"
    if min(present) < 0:
        return f"nilai baris {row.name} tidak boleh negatif"
    fallen = next((pair for pair in pairwise(present) if pair[1] <= pair[0]), None)
    if pack.is_rising and fallen:
        return f"nilai baris {row.name} harus naik: {fallen[1]} sesudah {fallen[0]}"
    total = sum(present, Decimal(0))
    if pack.row_total is not None and total != pack.row_total:
        return f"jumlah baris {row.name} {total}, seharusnya {pack.row_total}"
    return ""
