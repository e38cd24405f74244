"""The ISPU of one station on one day: recomputed where its sub-indices allow, published where they do not."""

from __future__ import annotations

from decimal import Decimal
from gettext import gettext as _

from warehouse.figures import ValueStatus
from warehouse.indicators.model import IndicatorValue, write_number
from warehouse.indicators.smart_environment.air import StationDay
from warehouse.rules import ScalePack

SCALE = "ispu"


def station_value(row: StationDay, region_code: str, scale: ScalePack) -> IndicatorValue:
    highest, pollutant = row.highest
    index, status = highest, ValueStatus.CALCULATED
    if highest is None or row.hides_critical:
        index, pollutant = row.published_index, row.named_critical
        status = ValueStatus.INCOMPLETE if row.hides_critical else ValueStatus.CALCULATED
    rounded = None if index is None else scale.round(index)
    notes = _differences(row, "" if rounded is None else scale.predikat(rounded))
    if rounded is None:
        status, notes = ValueStatus.NO_DATA, [_("Stasiun tidak mengirim nilai")]
    elif not scale.predikat(rounded):
        status, rounded, notes = ValueStatus.NOT_APPLICABLE, None, [_("Indeks di bawah 1 tidak ada dalam skala ISPU")]
    return IndicatorValue(
        region_code=region_code,
        entity_kind="station",
        entity_code=row.station,
        period_kind="day",
        period_start=row.measured_date,
        period_end=row.measured_date,
        numerator=highest,
        denominator=None if highest is None else Decimal(1),
        value=rounded,
        status=status,
        reason="; ".join(notes),
        rule_version=scale.rule_version,
        is_sample=row.is_sample,
        predikat="" if rounded is None else scale.predikat(rounded),
        determinant="" if rounded is None else pollutant,
    )


def _differences(row: StationDay, category: str) -> list[str]:
    """Where the value comes from the publication, and what the publication says otherwise."""
    (highest, pollutant), notes = row.highest, []
    published, named = row.published_index, row.named_critical
    if highest is None:
        notes.append(_("Dari indeks terbitan: sub-indeks tidak dikirim"))
    elif row.hides_critical:
        notes.append(
            _("Nilai {critical} tidak dikirim; tertinggi dari yang dikirim {value} ({pollutant})").format(
                critical=named or _("polutan kritis"), value=write_number(highest), pollutant=pollutant
            )
        )
    elif published is not None and published != highest:
        notes.append(_("Indeks terbitan {value}").format(value=write_number(published)))
    elif named and named != pollutant and row.sub_indices.get(named) != highest:
        notes.append(_("Polutan kritis terbitan {name}").format(name=named))
    if differs(row.published_category, category):
        notes.append(_("Kategori terbitan {name}").format(name=row.published_category))
    return notes


def differs(published_category: str | None, category: str) -> bool:
    """Whether a published label is another category than the value has; letters of any case."""
    return (
        bool(category and published_category) and (published_category or "").strip().casefold() != category.casefold()
    )
