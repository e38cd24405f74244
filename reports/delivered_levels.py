"""Levels of SPBE and Pemdi indicators as delivered for a year, who answers for them, and what plans start from.

Refuses a level that nobody delivered, and to add levels of the two who judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from reports.desk import Desk
from reports.stored_figures import exact
from warehouse import queries
from warehouse.indicators.spbe.levels import ASSESSOR, SELF, Assessment, pack_of_year, read_assessment
from warehouse.rules import IndexPack, Weighted


@dataclass(frozen=True)
class Levels:
    """Every level of one year that the reader sees."""

    year: int
    pack: IndexPack
    by: Mapping[str, Assessment]  # of whom there is a level at all
    owners: Mapping[int, str]  # agency by number of the indicator
    evidence: frozenset[int]
    is_sample: bool

    @property
    def basis(self) -> str:
        """Whose levels gaps and plans start from: an assessor's when they are whole."""
        return ASSESSOR if ASSESSOR in self.by and self.by[ASSESSOR].is_whole else next(iter(self.by))

    @property
    def start(self) -> Assessment:
        return self.by[self.basis]

    @property
    def name(self) -> str:
        """`Pemdi 2026`: what the index of the year is called."""
        return f"{self.pack.index_name} {self.year}"

    def gain(self, item: Weighted) -> Decimal | None:
        """What the index gains when an indicator comes to the highest level."""
        level = self.start.levels.get(item.no)
        return None if level is None else (self.pack.highest_level - level) * item.weight / self.pack.total_weight


def level_years(desk: Desk) -> tuple[int, ...]:
    """Newest first."""
    return tuple(reversed(desk.ask(queries.spbe_level_years, desk.region.region_code)))


def read_levels(desk: Desk, year: int | None) -> Levels | None:
    """None without a level, or where no pack of ours covers the year."""
    pack = pack_of_year(desk.rules, year) if year else None
    if year is None or pack is None:
        return None
    frame = desk.ask(queries.spbe_levels, desk.region.region_code, year)
    by = {}
    for who in (SELF, ASSESSOR):
        own = frame[frame["assessor"] == who]
        if len(own):
            pairs = zip(own["indicator_code"], own["level"], strict=True)
            by[who] = read_assessment(((code, exact(level) or Decimal(0)) for code, level in pairs), pack)
    if not by:
        return None
    return Levels(year, pack, by, _owners(frame, pack), _evidence(frame, pack), bool(frame["is_sample"].any()))


def _owners(frame: pd.DataFrame, pack: IndexPack) -> dict[int, str]:
    numbers = {item.label: item.no for item in pack.indicators}
    named = frame[frame["opd_code"].notna() & frame["indicator_code"].isin(list(numbers))]
    return {numbers[code]: opd for code, opd in zip(named["indicator_code"], named["opd_code"], strict=True)}


def _evidence(frame: pd.DataFrame, pack: IndexPack) -> frozenset[int]:
    shown = set(frame.loc[frame["evidence_note"].notna(), "indicator_code"])
    return frozenset(item.no for item in pack.indicators if item.label in shown)


def short_name(item: Weighted) -> str:
    """Without the words that indicators of SPBE begin and end with alike."""
    return item.name.removeprefix("Tingkat Kematangan ").removesuffix(" Instansi Pusat/Pemerintah Daerah")
