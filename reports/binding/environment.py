"""Waste by its two parts or by none, the air by critical pollutant and station: what must fall before the class can."""

from __future__ import annotations

from decimal import Decimal
from gettext import gettext as _
from typing import Any

from reports.binding.parts import key_of, parts_of
from reports.desk import Desk
from reports.figure_words import scale_of
from reports.indicator_values import StoredValues, written
from reports.stored_figures import exact
from warehouse import queries
from warehouse.evaluation.places import place_on
from warehouse.indicators.model import Indicator
from warehouse.indicators.smart_environment import ispu, sampah_penanganan, sampah_pengurangan
from warehouse.indicators.smart_environment.air import NO_STATION, POLLUTANTS
from warehouse.scope import Action

HALF = Decimal("0.5")  # an index is rounded half up before it is classed


def explain_waste(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    """Of the two parts of managed waste the one further below its own target."""
    found: list[tuple[Decimal, Indicator, Decimal]] = []
    day = row.period_end.date()
    for part in (sampah_pengurangan.INDICATOR, sampah_penanganan.INDICATOR):
        stored = desk.ask(queries.indicator_values, part.id, "region")
        same = stored[stored["period_start"] == row.period_start]
        value, target = exact(same.iloc[0].value) if len(same) else None, part.target_by(desk.rules, day)[0]
        if value is not None and target is not None:
            found.append((target - value, part, value))
    if len(found) < 2 or max(found, key=lambda one: one[0])[0] <= 0:
        return []
    missing, part, value = max(found, key=lambda one: one[0])
    words = _("Yang paling menahan: {title} {value} %, kurang {missing} poin dari {label}.")
    label = part.target_by(desk.rules, day)[1]
    return [words.format(title=part.title, value=written(value, desk), missing=written(missing, desk), label=label)]


def explain_undivided(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    """Published as one tonnage of the whole region: nothing below it is known, and that is said."""
    words = _(
        "Bagian yang paling menahan tidak diketahui: SIPSN menerbitkan satu angka ton untuk seluruh daerah, tanpa "
        "rincian kecamatan, kegiatan atau bulan."
    )
    return [words]


def explain_air(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    """The critical pollutant and station, and every sub-index that must fall before the class can."""
    said = []
    if isinstance(row.determinant, str) and row.determinant:
        said.append(_("Polutan kritis: {name}.").format(name=row.determinant))
    stations = parts_of(values, row, "station")
    if row.entity_kind == "region" and len(stations) > 1:
        names = [f"{one.entity_code} {written(exact(one.value), desk)}" for one in stations]
        said.append(_("Stasiun tertinggi yang menentukan; urutannya: {names}.").format(names=", ".join(names)))
    scale, value = scale_of(row.rule_version, desk.rules), exact(row.value)
    place = place_on(scale, value) if scale is not None and value is not None else None
    if place is None or place.below is None:
        return said
    if not desk.scope.may(Action.SEE_ROWS):
        return said
    bound = place.own.lower - HALF
    behind = desk.ask(queries.indicator_rows, ispu.INDICATOR, key_of(row), 100)
    high: list[tuple[Decimal, str]] = []
    for one in behind.rows.itertuples() if behind else ():
        station = one.station_name or NO_STATION
        found = ((exact(getattr(one, column)), f"{label} {station}") for column, label in POLLUTANTS)
        high += [(index, name) for index, name in found if index is not None and index >= bound]
    if high:
        listed = ", ".join(f"{name} {written(index, desk)}" for index, name in sorted(high, reverse=True))
        words = _("Kelas {below} tercapai bila setiap sub-indeks kurang dari {bound}; yang belum: {names}.")
        said.append(words.format(below=place.below.name, bound=written(bound, desk), names=listed))
    return said
