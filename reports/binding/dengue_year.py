"""Dengue by kecamatan: where most fell ill in a week or for their population, where most died, and a goal in cases.

Arithmetic on stored values; where some are hidden from the reader, only those shown are set in order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Most:
    """What kecamatan are set in order by, and how one of them is told."""

    column: str
    title: str
    said: Callable[[Any], str]


def explain_incidence(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    """Cases beyond or below the goal of that year, and the kecamatan with the highest incidence."""
    return [*_goal_words(desk, row), *_highest_words(desk, values, row)]


def explain_cases(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    """The kecamatan with most cases that week."""
    return _most_words(desk, values, row, Most("value", _("Kasus terbanyak"), lambda one: _n(desk, one.value)))


def explain_deaths(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    """The kecamatan with most deaths that year, with the cases they are counted among."""
    words = _("{deaths} dari {cases} kasus")

    def said(one: Any) -> str:
        return words.format(deaths=_n(desk, one.numerator), cases=_n(desk, one.denominator))

    return _most_words(desk, values, row, Most("numerator", _("Kematian terbanyak"), said))


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
    title = _("Tertinggi per 100.000 penduduk")
    return _most_words(desk, values, row, Most("value", title, lambda one: _n(desk, one.value)))


def _most_words(desk: Desk, values: StoredValues, row: Any, most: Most) -> list[str]:
    """The kecamatan with most of something; where some are hidden from the reader, those that are shown."""
    parts = parts_of(values, row, "kecamatan", most.column)
    shown = [one for one in parts if not pd.isna(getattr(one, most.column))]
    found = [one for one in shown if getattr(one, most.column)]
    if row.entity_kind != "region" or not found:
        return []
    names = ", ".join(f"{entity_words(one, desk)} {most.said(one)}" for one in found[:NAMED])
    words = _("{title}: {names}.") if len(shown) == len(parts) else _("{title} di antara yang ditampilkan: {names}.")
    return [words.format(title=most.title, names=names)]


def _n(desk: Desk, number: Any) -> str:
    return written(exact(number), desk)
