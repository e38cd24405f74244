"""Costs and limits of each indicator as a table to edit, and back from the table to what the journal and plans take."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import pandas as pd

from journal.efforts import Effort
from reports.delivered_levels import short_name
from warehouse.formulas.path_to_predikat import Start
from warehouse.indicators.model import write_number
from warehouse.rules import IndexPack

NAME, LEVEL, COST = _("Indikator"), _("Tingkat"), _("Biaya")
MAY_RISE, AT_LEAST, AT_MOST = _("Naik"), _("Minimal"), _("Maksimal")


def estimates_frame(levels: Mapping[int, Decimal], kept: Mapping[str, Effort], pack: IndexPack) -> pd.DataFrame:
    """One row an indicator, in the order of the regulation; what nobody has said is the usual."""
    efforts = [kept.get(item.label, Effort(item.label)) for item in pack.indicators]
    return pd.DataFrame(
        {
            NAME: [f"{item.label}. {short_name(item)}" for item in pack.indicators],
            LEVEL: [write_number(levels[item.no]) for item in pack.indicators],
            COST: [float(effort.cost) for effort in efforts],
            MAY_RISE: [effort.may_rise for effort in efforts],
            AT_LEAST: pd.array([effort.at_least for effort in efforts], dtype="Int64"),
            AT_MOST: pd.array([effort.at_most for effort in efforts], dtype="Int64"),
        }
    )


def read_estimates(frame: pd.DataFrame, kept: Mapping[str, Effort], pack: IndexPack) -> tuple[Effort, ...]:
    """What the table says now; an emptied cost is the usual one."""
    efforts = []
    for item, row in zip(pack.indicators, frame.to_dict("records"), strict=True):
        cost = Decimal(1) if pd.isna(row[COST]) else Decimal(repr(float(row[COST])))
        levels = _level(row[AT_LEAST]), _level(row[AT_MOST])
        version = kept[item.label].version if item.label in kept else 0
        efforts.append(Effort(item.label, cost, bool(row[MAY_RISE]), *levels, version))
    return tuple(efforts)


def _level(cell: Any) -> int | None:
    return None if pd.isna(cell) else int(cell)


def changed_estimates(efforts: tuple[Effort, ...], kept: Mapping[str, Effort]) -> tuple[Effort, ...]:
    """Those that say something else than what is kept."""
    return tuple(one for one in efforts if one.said != kept.get(one.indicator_code, Effort(one.indicator_code)).said)


def starts_of(levels: Mapping[int, Decimal], efforts: tuple[Effort, ...], pack: IndexPack) -> tuple[Start, ...]:
    """What may not rise stays at its own level, whatever is said of how high it could go."""
    return tuple(
        Start(
            item.no,
            levels[item.no],
            effort.cost,
            None if effort.at_least is None else Decimal(effort.at_least),
            _highest(levels[item.no], effort),
        )
        for item, effort in zip(pack.indicators, efforts, strict=True)
    )


def _highest(level: Decimal, effort: Effort) -> Decimal | None:
    if not effort.may_rise:
        return level
    return None if effort.at_most is None else Decimal(effort.at_most)
