"""Dengue: how a level is kept or won back, by cases of the region and of the kecamatan nearest to an alert.

Arithmetic on stored cases and limits; what is hidden from the reader is not told apart. Refuses to state a cause.
"""

from __future__ import annotations

from decimal import Decimal
from gettext import gettext as _
from typing import Any

import pandas as pd

from charts.formats import format_number
from reports.binding.parts import NAMED
from reports.desk import Desk
from reports.indicator_values import StoredValues
from reports.stored_figures import exact
from warehouse import queries
from warehouse.dengue_queries import dengue_areas
from warehouse.figures import AreaLevel, Figure
from warehouse.formulas.dengue_alert import (
    ALERT,
    LEVELS,
    SAFE,
    SPREAD,
    assess_region,
    cases_to_worse,
    graded_week,
    most_cases_of,
)
from warehouse.formulas.levels.assessing import Assessment
from warehouse.formulas.levels.grading import grade
from warehouse.formulas.levels.staying import way_to
from warehouse.indicators.smart_living.dbd_kasus import INDICATOR as CASES
from warehouse.indicators.smart_living.dbd_siaga import INDICATOR as LEVEL
from warehouse.indicators.smart_living.dengue import SCHEME
from warehouse.rules.level_packs import LevelPack

KEPT = LEVELS[SAFE]
NO_DAYS = _("Hari sampai siaga tidak dihitung: batas tiap minggu berbeda, jadi trennya tidak dapat diteruskan.")


def explain_level(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    """Of the newest week of the region how its level is kept; of a kecamatan its own distances."""
    cases, usual, limit = exact(row.numerator), _usual(desk, row), exact(row.denominator)
    if row.entity_kind != "region":
        if limit is None and not pd.isna(row.value):
            return [_("Batas dan jaraknya tidak ditampilkan: membuka angka kasus yang kecil.")]
        return [] if usual is None or limit is None else _own_sentences(desk, cases, usual, limit)
    figure = desk.view.figures.get(LEVEL.id)
    newest = values.frame["period_start"].max()
    return staying_sentences(desk, figure) if figure is not None and row.period_start == newest else []


def staying_sentences(desk: Desk, figure: Figure) -> list[str]:
    """Which part sets the level, the margin of each, the first that would break it, and the way back to level 1."""
    areas = [one for one in desk.ask(dengue_areas, desk.region.region_code) if one.level is not None]
    frame = desk.ask(queries.indicator_values, CASES.id, "region")
    usual = exact(frame.iloc[-1].denominator) if len(frame) else None
    if figure.value is None:
        return []
    if figure.numerator is None or figure.denominator is None or usual is None:
        return [_("Kasus atau batas daerah tidak ditampilkan, begitu juga jaraknya.")]
    on_alert = [one for one in areas if one.level_name == ALERT]
    share = Decimal(100 * len(on_alert)) / len(areas) if areas else Decimal(0)
    graded = graded_week(usual, figure.denominator)
    day = frame.iloc[-1].period_end.date()
    found = assess_region(desk.rules.need(LevelPack, SCHEME), day, graded, figure.numerator, share)
    said = [_level_words(found, figure)]
    if figure.value == KEPT:
        return [*said, *_margins(desk, found, areas), NO_DAYS]
    return [*said, *_way_back(desk, found, on_alert), *_margins(desk, found, areas), NO_DAYS]


def _level_words(found: Assessment, figure: Figure) -> str:
    names = [group.title for group in found.pack.groups if found.classes[group.name] == figure.predikat]
    words = _("Level {level:.0f}, {name}; yang menentukan: {parts}.")
    return words.format(level=figure.value, name=figure.predikat, parts=", ".join(names))


def _margins(desk: Desk, found: Assessment, areas: list[AreaLevel]) -> list[str]:
    """Cases left until each part gets worse, the nearest first."""
    near = sorted(
        (limit + 1 - one.cases, one.name, limit + 1)
        for one in areas
        if one.level_name != ALERT and one.cases is not None and one.limit is not None
        for limit in (one.limit.to_integral_value(rounding="ROUND_FLOOR"),)
    )
    own = cases_to_worse(found.grades["kasus"])
    said = []
    if own is not None:
        begins, other = own
        left = begins - found.grades["kasus"].value
        words = _("Kasus daerah {now}: {other} mulai {begins} kasus seminggu, {left} lagi.")
        said.append(words.format(now=_n(desk, found.grades["kasus"].value), other=other, begins=_n(desk, begins),
                                 left=_n(desk, left)))  # fmt: skip
    if near:
        named = ", ".join(
            _("{name} {left} kasus lagi (siaga mulai {begins})").format(
                name=name, left=_n(desk, left), begins=_n(desk, begins)
            )
            for left, name, begins in near[:NAMED]
        )
        hidden = any(one.cases is None for one in areas)
        words = _("Terdekat ke siaga di antara yang kasusnya ditampilkan: {named}.")
        said.append((words if hidden else _("Kecamatan terdekat ke siaga: {named}.")).format(named=named))
    if own is not None and near and found.level == KEPT:
        first = _("kasus daerah") if own[0] - found.grades["kasus"].value <= near[0][0] else near[0][1]
        said.append(_("Yang pertama mengubah level bila bertambah sama cepat: {first}.").format(first=first))
    return said + _hidden_words(desk, areas)


def _hidden_words(desk: Desk, areas: list[AreaLevel]) -> list[str]:
    """Kecamatan whose cases the reader may not see: where their alert begins, never how far they are."""
    hidden = [one for one in areas if one.cases is None and one.limit is not None]
    closed = sum(one.limit is None for one in areas)
    named = ", ".join(
        _("{name} mulai {begins}").format(name=one.name, begins=_n(desk, _next(one.limit or Decimal(0))))
        for one in hidden[:NAMED]
    )
    more = _(" dan {count} lain").format(count=len(hidden) - NAMED) if len(hidden) > NAMED else ""
    words = _("Kasus dan jaraknya tidak ditampilkan, siaga: {named}.")
    said = [words.format(named=named + more)] if hidden else []
    words = _("Batas siaga {count} kecamatan tidak ditampilkan: membuka angka kasus yang kecil.")
    return [*said, words.format(count=closed)] if closed else said


def _way_back(desk: Desk, found: Assessment, on_alert: list[AreaLevel]) -> list[str]:
    """The least that brings the region to level 1, by the engine of levels."""
    moves, held = way_to(found, KEPT), found.grades["kasus"]
    if moves is None:
        return []
    parts = []
    most = most_cases_of(held.indicator, SAFE)
    if held.name != SAFE and most is not None:
        parts.append(
            _("kasus daerah paling banyak {most}, {over} kurang dari minggu ini").format(
                most=_n(desk, most), over=_n(desk, held.value - most)
            )
        )
    if any(move.title == found.grades[SPREAD].indicator.title for move in moves):
        names = ", ".join(one.name for one in on_alert[:NAMED])
        more = _(" dan {count} lain").format(count=len(on_alert) - NAMED) if len(on_alert) > NAMED else ""
        parts.append(_("tidak ada kecamatan siaga, kini {names}").format(names=names + more))
    return [_("Kembali ke level 1: {parts}.").format(parts="; ".join(parts))] if parts else []


def _own_sentences(desk: Desk, cases: Decimal | None, usual: Decimal, limit: Decimal) -> list[str]:
    """A kecamatan against its own week."""
    graded = graded_week(usual, limit)
    said = [_("Siaga mulai {begins} kasus seminggu.").format(begins=_n(desk, _next(limit)))]
    if cases is None:
        return said
    held, most = grade(graded, cases), most_cases_of(graded, SAFE)
    worse = cases_to_worse(held)
    if worse is not None:
        words = _("{left} kasus lagi sampai {other}.")
        said.append(words.format(left=_n(desk, worse[0] - cases), other=worse[1]))
    if held.name != SAFE and most is not None:
        words = _("Kembali aman paling banyak {most} kasus, {over} kurang dari ini.")
        said.append(words.format(most=_n(desk, most), over=_n(desk, cases - most)))
    return said


def _next(limit: Decimal) -> Decimal:
    return limit.to_integral_value(rounding="ROUND_FLOOR") + 1


def _usual(desk: Desk, row: Any) -> Decimal | None:
    """What is usual in the week of a stored level."""
    frame = desk.ask(queries.indicator_values, CASES.id, row.entity_kind)
    same = frame[(frame["entity_code"] == row.entity_code) & (frame["period_start"] == row.period_start)]
    return exact(same.iloc[0].denominator) if len(same) else None


def _n(desk: Desk, value: Decimal) -> str:
    return format_number(value, 0, desk.locale)
