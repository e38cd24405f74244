"""One row of ISPU with the rules that judge it: what was delivered, what was published, what is only a convention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from warehouse.evaluation.model import Row, Value
from warehouse.formulas.ispu import Published, SubIndex, printed_top, sub_index
from warehouse.rules import ScalePack
from warehouse.rules.tables import TablePack

NAMES = ("pm25", "pm10", "so2", "co", "o3", "no2", "hc")


@dataclass(frozen=True)
class Judged:
    """One row with the rules that judge it."""

    row: Row
    table: TablePack
    scale: ScalePack
    is_index: bool  # the cells are sub-indices already
    top: Decimal | None  # the highest index that is given a number; None: all of the table

    @property
    def given(self) -> dict[str, Decimal]:
        """Delivered values by pollutant, in the order that settles ties."""
        cells = {row.name: self.row.number(row.name) for row in self.table.rows}
        return {name: value for name, value in cells.items() if value is not None}

    @property
    def published(self) -> Published:
        return Published(
            self.row.number("indeks_terbit"), self.row.text("kritis_terbit"), self.row.text("kategori_terbit")
        )

    @property
    def pack(self) -> TablePack | ScalePack:
        return self.scale if self.is_index else self.table

    @property
    def sub_indices(self) -> list[SubIndex]:
        """In the order that settles ties."""
        rows = {row.name: row for row in self.table.rows}
        if self.is_index:
            return [SubIndex(name, rows[name].label, value) for name, value in self.given.items()]
        found = [sub_index(self.table, rows[name], value, self.top) for name, value in self.given.items()]
        return [one for one in found if one is not None]

    def is_assumed(self, one: SubIndex) -> bool:
        """Whether an index was made of a row whose number is only a convention."""
        return not self.is_index and one.value > printed_top(self.table)

    def told_faults(self, faults: Sequence[str]) -> dict[str, Value]:
        """Only where something was published: silence about nothing is no finding."""
        published = self.published
        is_told = published.index is not None or published.critical or published.category
        return {"kesalahan_terbitan": ", ".join(faults)} if is_told else {}

    def category(self, index: Decimal) -> str:
        """An index from concentrations begins at zero, which the table of concentrations puts into the lowest class."""
        lowest = self.scale.classes[0]
        return self.scale.predikat(index) or (lowest.name if index >= 0 and not self.is_index else "")
