"""Emisi dari listrik jaringan: listrik yang bukan terbarukan dikalikan faktor emisi jaringan, dalam ton CO2.

Bagian terbarukan adalah listrik terbarukan dibagi seluruh listrik. Faktor emisi menurut tahun terakhir sebelum atau
pada tahun datanya. Tidak berlaku untuk pembangkit sendiri berbahan bakar fosil. Sumber: faktor emisi dalam RUPTL.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from warehouse.rules.tables import TablePack


@dataclass(frozen=True)
class GridFactor:
    """Tons of CO2 for a MWh, of the year it was published for."""

    year: int
    value: Decimal


def grid_factor(pack: TablePack, system: str, year: int | None) -> GridFactor | None:
    """The newest factor not after a year; None before the first one."""
    values = zip(pack.columns, pack.row(system).values, strict=True)
    known = [GridFactor(int(name), value) for name, value in values if value is not None]
    return max((one for one in known if year is None or one.year <= year), key=lambda one: one.year, default=None)


def grid_emission(electricity_mwh: Decimal, renewable_mwh: Decimal, factor: Decimal) -> Decimal:
    return (electricity_mwh - renewable_mwh) * factor
