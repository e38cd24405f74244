"""Dengue of a year: what its goal is in cases, and the kecamatan where most fell ill for their population.

Arithmetic on stored values; where some are hidden from the reader, only those shown are set in order.
"""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

import pandas as pd

from charts.formats import format_number
from reports.binding.parts import NAMED, parts_of
from reports.desk import Desk
from reports.indicator_values import StoredValues, entity_words, written
from reports.stored_figures import exact
from warehouse.formulas.dengue import most_cases
from warehouse.rules.level_packs import LevelPack

SCHEME = "dbd"


def explain_incidence(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    """Cases beyond or below the goal of that year, and the kecamatan with the highest incidence."""
    return [*_goal_words(desk, row), *_highest_words(desk, values, row)]


def _goal_words(desk: Desk, row: Any) -> list[str]:
    cases, people = exact(row.numerator), exact(row.denominator)
    pack = desk.rules.find(LevelPack, SCHEME, row.period_end.date())
    goal = pack.indicators["ir"].classes[0] if pack else None
    if cases is None or not people or goal is None or goal.upper is None:
        return []
    most = most_cases(goal.upper, people, goal.includes_upper)
    words = _("Sasaran itu sama dengan paling banyak {most} kasus setahun: masih {left} kasus lagi.")
    if cases > most:
        words = _("Sasaran itu sama dengan paling banyak {most} kasus setahun: lewat {left} kasus.")
    return [
        words.format(most=format_number(most, 0, desk.locale), left=format_number(abs(most - cases), 0, desk.locale))
    ]


def _highest_words(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    parts = parts_of(values, row, "kecamatan")
    shown = [one for one in parts if not pd.isna(one.value)]
    ill = [one for one in shown if one.value]
    if row.entity_kind != "region" or not ill:
        return []
    names = ", ".join(f"{entity_words(one, desk)} {written(exact(one.value), desk)}" for one in ill[:NAMED])
    words = _("Tertinggi per 100.000 penduduk: {names}.")
    if len(shown) < len(parts):
        words = _("Tertinggi per 100.000 penduduk di antara yang ditampilkan: {names}.")
    return [words.format(names=names)]
