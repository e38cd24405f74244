"""An SPBE or Pemdi index by its domains or indicators: where most is missing, and the nearest way up."""

from __future__ import annotations

from decimal import Decimal
from gettext import gettext as _
from typing import Any

from reports.binding.parts import NAMED
from reports.delivered_levels import read_levels
from reports.desk import Desk
from reports.figure_words import pack_of
from reports.indicator_values import StoredValues, written
from reports.stored_figures import exact
from warehouse import queries
from warehouse.evaluation.index_words import way_up_sentence
from warehouse.indicators.spbe import asesor, domain
from warehouse.indicators.spbe.gaps import domain_gaps, next_band, rises_alone
from warehouse.indicators.spbe.levels import ASSESSOR, SELF
from warehouse.indicators.spbe.weighted_index import index_of


def explain_domains(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    """The SPBE domain with the most room, and what one domain alone would have to reach."""
    pack, value = pack_of(row.rule_version, desk.rules), exact(row.value)
    stored = desk.ask(queries.indicator_values, domain.INDICATOR.id, "domain")
    year = stored[(stored["period_start"] == row.period_start) & stored["value"].notna()]
    scores = {int(one.entity_code): exact(one.value) or Decimal(0) for one in year.itertuples()}
    gaps = domain_gaps(scores, pack) if pack else ()
    if pack is None or value is None or not gaps or any(gap.gain is None for gap in gaps):
        return [_("Nilai domain tidak lengkap: bagian yang paling menahan tidak dapat ditunjuk.")]
    most = max(gaps, key=lambda gap: gap.gain or Decimal(0))
    words = _(
        "Yang paling menahan: domain {no} {name}, {value} dari {top}; sampai tingkat tertinggi indeks naik {gain}."
    )
    said = [
        words.format(
            no=most.no,
            name=most.name,
            value=written(most.value, desk),
            top=pack.highest_level,
            gain=written(most.gain, desk),
        )
    ]
    above = next_band(value, pack)
    if above is None:
        return said
    ways = [
        _("{no} {name} dari {value} menjadi {needed}").format(
            no=one.gap.no, name=one.gap.name, value=written(one.gap.value, desk), needed=written(_up(one.needed), desk)
        )
        for one in rises_alone(gaps, above.missing)[:NAMED]
    ]
    if ways:
        words = _("Jalan ke {band} bila hanya satu domain naik, kenaikan terkecil dahulu: {ways}.")
        said.append(words.format(band=above.band.name, ways="; ".join(ways)))
    else:
        said.append(
            _("Tidak ada satu domain pun yang sendirian membawa indeks ke {band}.").format(band=above.band.name)
        )
    return said


def _up(value: Decimal) -> Decimal:
    """Two decimals that are not less than what is needed."""
    return value.quantize(Decimal("0.01"), rounding="ROUND_CEILING")


def explain_domain(desk: Desk, _values: StoredValues, row: Any) -> list[str]:
    """What one domain lacks to the highest level, and what that is worth in the index."""
    pack, value = pack_of(row.rule_version, desk.rules), exact(row.value)
    gap = (
        next((one for one in domain_gaps({int(row.entity_code): value or Decimal(0)}, pack) if one.value), None)
        if (pack)
        else None
    )
    if pack is None or gap is None:
        return []
    words = _("Kurang {distance} dari tingkat tertinggi {top}; bobot {weight} %, indeks naik paling banyak {gain}.")
    return [
        words.format(
            distance=written(gap.distance, desk),
            top=pack.highest_level,
            weight=written(gap.weight, desk),
            gain=written(gap.gain, desk),
        )
    ]


def explain_levels(desk: Desk, values: StoredValues, row: Any) -> list[str]:
    """The indicator whose distance to the highest level weighs most, and the fewest steps to the next predikat."""
    levels = read_levels(desk, row.period_start.year)
    assessment = levels.by.get(ASSESSOR if values.indicator.id == asesor.INDICATOR.id else SELF) if levels else None
    if levels is None or assessment is None or not assessment.is_whole:
        return []
    pack, held = levels.pack, assessment.levels
    most = max(pack.indicators, key=lambda one: (pack.highest_level - held[one.no]) * one.weight)
    gain = (pack.highest_level - held[most.no]) * most.weight / pack.total_weight
    words = _(
        "Yang paling menahan: indikator {no} {name}, tingkat {level} dari {top}; sampai puncak indeks naik {gain}."
    )
    return [
        words.format(
            no=most.label,
            name=most.name,
            level=written(held[most.no], desk),
            top=pack.highest_level,
            gain=written(gain, desk),
        ),
        way_up_sentence(held, index_of(held, pack), pack),
    ]
