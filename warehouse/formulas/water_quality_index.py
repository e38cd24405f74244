"""Indeks kualitas air (IKA): bagian titik pantau menurut status mutunya, dikalikan nilai tiap status.

Tanpa satuan. Dengan nilai 70, 50, 30, 10 indeks berjalan dari 10 sampai 70, dengan nilai P.4/2018 dari 20 sampai 100.
Status titik ditentukan oleh indeks pencemarannya. Tidak berlaku tanpa titik pantau. Sumber: data terbuka Balikpapan.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from warehouse.rules.tables import TablePack


def class_weights(pack: TablePack, constants: str) -> dict[str, Decimal]:
    """Value of each status, best first."""
    values = zip(pack.columns, pack.row(constants).values, strict=True)
    return {name: value for name, value in values if value is not None}


def class_of_point(pollution_index: Decimal, pack: TablePack, constants: str) -> str:
    """Status of one point; the upper bound of a status belongs to it."""
    weights = class_weights(pack, constants)
    bounds = zip(pack.columns, pack.row(f"{constants}_batas").values, strict=True)
    return next((name for name, bound in bounds if bound is not None and pollution_index <= bound), [*weights][-1])


def water_quality_index(points: Mapping[str, Decimal], weights: Mapping[str, Decimal]) -> Decimal:
    """`points`: how many of each status, at least one in all."""
    total = sum(points.values(), Decimal(0))
    return sum((count * weights[name] for name, count in points.items()), Decimal(0)) / total
