"""Rivers: the post that binds a day, its distance to the thresholds on both sides, and how near the other posts are.

Arithmetic on the day's highest readings. Refuses to continue a level that rises and falls within hours.
"""

from __future__ import annotations

from decimal import Decimal
from gettext import gettext as _
from typing import Any

from charts.formats import format_number
from reports.binding.parts import NAMED, parts_of
from reports.desk import Desk
from reports.indicator_values import StoredValues
from reports.stored_figures import exact
from warehouse.formulas.alert_level import alert_level
from warehouse.indicators.smart_environment.river import UNITS, Levels
from warehouse.river_queries import river_levels

NO_DAYS = _("Hari sampai ambang tidak dihitung: muka air naik dan turun dalam hitungan jam, bukan tren harian.")


def explain_rivers(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    """Of the region its worst post and the others by how near they are; of a post its own distances."""
    day, region = row.period_start.date(), row.region_code
    of_day: dict[tuple[str, str], Levels] = desk.ask(river_levels, region, day, desk.rules)
    every = parts_of(values, row, "station")
    posts = [(one, of_day.get((one.entity_code, one.determinant), ())) for one in every]
    known = [(one, levels) for one, levels in posts if levels and exact(one.numerator) is not None]
    name = row.determinant if row.entity_kind == "region" else row.entity_code
    own = next(((one, levels) for one, levels in known if one.entity_code == name), None)
    if own is None:
        return []
    said = _sides(desk, *own)
    if row.entity_kind == "region":
        said.insert(0, _("Pos yang menentukan: {post}, terburuk dari {count} pos.").format(post=name, count=len(known)))
        said += _others(desk, [(one, levels) for one, levels in known if one.entity_code != name])
    return [*said, NO_DAYS]


def _sides(desk: Desk, one: Any, levels: Levels) -> list[str]:
    value, unit = exact(one.numerator) or Decimal(0), UNITS.get(one.determinant, "")
    alert = alert_level(value, levels)
    words = _("Bacaan tertinggi {value} {unit}, tingkat {level}.")
    said = [words.format(value=_n(desk, value), unit=unit, level=alert.level)]
    if alert.reached is not None:
        words = _("{gap} {unit} di atas ambang {level} {bound}: tingkat ini ditinggalkan bila turun lebih dari itu.")
        gap = _n(desk, value - alert.reached)
        said.append(words.format(gap=gap, unit=unit, level=alert.level, bound=_n(desk, alert.reached)))
    if alert.next_threshold is not None:
        words = _("{gap} {unit} di bawah ambang {level} {bound}.")
        gap = _n(desk, alert.next_threshold - value)
        said.append(words.format(gap=gap, unit=unit, level=alert.next_level, bound=_n(desk, alert.next_threshold)))
    else:
        said.append(_("Sudah di tingkat tertinggi pos ini."))
    return said


def _others(desk: Desk, posts: list[tuple[Any, Levels]]) -> list[str]:
    """How far each is from its next threshold, the nearest first by share of that threshold."""
    found = []
    for one, levels in posts:
        value = exact(one.numerator) or Decimal(0)
        alert = alert_level(value, levels)
        if alert.next_threshold:
            unit, gap = UNITS.get(one.determinant, ""), alert.next_threshold - value
            words = _("{post} {gap} {unit} lagi ke {level}")
            told = words.format(post=one.entity_code, gap=_n(desk, gap), unit=unit, level=alert.next_level)
            found.append((gap / alert.next_threshold, told))
    if not found:
        return []
    return [
        _("Pos lain, yang terdekat dahulu: {posts}.").format(
            posts="; ".join(told for _gap, told in sorted(found)[:NAMED])
        )
    ]


def _n(desk: Desk, value: Decimal) -> str:
    return format_number(value, 2, desk.locale)
