"""Programmes: which one takes most from a mean, which agency most from a weighted sum or a count."""

from __future__ import annotations

from decimal import Decimal
from gettext import gettext as _
from typing import Any

import pandas as pd

from charts.formats import format_number
from reports.binding.parts import NAMED, parts_of
from reports.desk import Desk
from reports.figure_words import scale_of
from reports.indicator_values import StoredValues, entity_words, read_values, written
from reports.stored_figures import exact
from warehouse import queries
from warehouse.evaluation.places import place_on
from warehouse.formulas.margin import fewest_to_lift
from warehouse.indicators.masterplan import deviasi_fisik


def explain_achievement(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    """The programme that takes most from a mean, and the fewest that would lift it to the next class."""
    scale, value = scale_of(row.rule_version, desk.rules), exact(row.value)
    place = place_on(scale, value) if scale is not None and value is not None else None
    if place is None or row.entity_kind == "programme":
        return []
    members = _members(desk, values, row)
    if len(members) != row.denominator:
        return []
    cap = desk.rules.value("program.achievement_cap_pct")
    scores = [exact(one.value) or Decimal(0) for one in members]
    lowest = min(range(len(scores)), key=lambda at: scores[at])
    words = _("Yang paling menahan: {name} dengan {score} % dari {count} program yang dirata-rata.")
    said = [
        words.format(name=entity_words(members[lowest], desk), score=written(scores[lowest], desk), count=len(members))
    ]
    if place.above is None:
        return [*said, _("Sudah di kelas tertinggi.")]
    lift = fewest_to_lift(scores, cap, place.above.lower)
    if lift is None:
        return [
            *said,
            _("Kelas {name} tidak tercapai walau semua program mencapai target.").format(name=place.above.name),
        ]
    names = [entity_words(members[at], desk) for at in lift.places]
    more = _(" dan {n} lainnya").format(n=len(names) - NAMED) if len(names) > NAMED else ""
    words = _("Jalan terpendek ke {above}: {n} program mencapai targetnya ({names}); rata-rata menjadi {mean} %.")
    said.append(
        words.format(
            above=place.above.name,
            n=format_number(len(names), 0, desk.locale),
            names=", ".join(names[:NAMED]) + more,
            mean=written(lift.mean, desk),
        )
    )
    return said


def _members(desk: Desk, values: StoredValues, row: Any) -> list[Any]:
    """Programmes of the same year with a value that go into the mean of a row."""
    own = [one for one in parts_of(values, row, "programme") if not pd.isna(one.value)]
    if row.entity_kind == "opd":
        return [one for one in own if one.opd_code == row.entity_code]
    if row.entity_kind == "dimension":
        codes = {p.programme_code for p in desk.view.programmes if p.dimension_code == row.entity_code}
        return [one for one in own if one.entity_code in codes]
    return own


def explain_deviation(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    """The agency whose programmes take most from the region's deviation; parts of a weighted sum add up."""
    whole, weight = exact(row.numerator), exact(row.denominator)
    parts = [one for one in parts_of(values, row, "opd") if not pd.isna(one.numerator)]
    sums = [exact(one.numerator) or Decimal(0) for one in parts]
    if row.entity_kind != "region" or whole is None or not weight or not sums:
        return []
    if abs(sum(sums, Decimal(0)) - whole) > abs(weight) / 1000:
        return []
    lowest = min(range(len(sums)), key=lambda at: sums[at])
    if sums[lowest] >= 0:
        return [_("Tidak ada OPD yang di bawah rencananya.")]
    words = _(
        "Yang paling menahan: {name}, {part} dari {whole} poin daerah; OPD itu sendiri {own} poin dari rencananya."
    )
    return [
        words.format(
            name=entity_words(parts[lowest], desk),
            part=written(sums[lowest] / weight, desk),
            whole=written(exact(row.value), desk),
            own=written(exact(parts[lowest].value), desk),
        )
    ]


def explain_realisation(desk: Desk, _values: StoredValues, row: Any) -> list[str]:
    """What was planned for the same month and programmes, realised less deviation, and who is furthest behind it."""
    stored = desk.ask(queries.indicator_values, deviasi_fisik.INDICATOR.id, row.entity_kind)
    same = stored[(stored["period_start"] == row.period_start) & (stored["entity_code"] == row.entity_code)]
    value, points = exact(row.value), exact(same.iloc[0].value) if len(same) else None
    if value is None or points is None:
        return []
    side = _("di bawah") if points < 0 else _("di atas")
    words = _("Rencana bulan itu {plan} %: realisasi {points} poin {side} rencana.")
    said = words.format(plan=written(value - points, desk), points=written(abs(points), desk), side=side)
    return [said, *explain_deviation(desk, read_values(desk, deviasi_fisik.INDICATOR), next(same.itertuples()))]


def explain_count(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    """The agency with most of what is counted; counts of agencies add up to the region's."""
    every = [(exact(one.value) or Decimal(0), one.entity_code) for one in parts_of(values, row, "opd")]
    parts = [(count, code) for count, code in every if count]
    if row.entity_kind != "region" or not parts or sum(count for count, _code in parts) != exact(row.value):
        return []
    names = ", ".join(f"{code} {written(count, desk)}" for count, code in parts[:NAMED])
    more = _(" dan {n} OPD lain").format(n=len(parts) - NAMED) if len(parts) > NAMED else ""
    return [_("Terbanyak: {names}{more}.").format(names=names, more=more)]


def explain_shared(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    """The dimensions with the largest and the smallest share of programmes that several agencies carry."""
    parts = [one for one in parts_of(values, row, "dimension") if not pd.isna(one.value)]
    if row.entity_kind != "region" or len(parts) < 2:
        return []
    words = _("{name} {count} dari {all} program")
    most, least = (
        words.format(
            name=entity_words(one, desk),
            count=written(exact(one.numerator), desk),
            all=written(exact(one.denominator), desk),
        )
        for one in (parts[0], parts[-1])
    )
    return [_("Bagian terbesar yang dipikul bersama: {most}; terkecil: {least}.").format(most=most, least=least)]
