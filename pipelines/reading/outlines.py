"""Boundaries of kecamatan from a GeoJSON file, each less what smaller ones cover.

Refuses coordinates outside Indonesia, most often latitude written first, and a file that holds no kecamatan.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shapely import make_valid
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from pipelines.contracts.contract import ContractProblem

LONGITUDES, LATITUDES = (94.0, 142.0), (-12.0, 7.0)  # of Indonesia, with the sea around it
KECAMATAN_CODE = re.compile(r"\d{2}\.\d{2}\.\d{2}")


@dataclass(frozen=True)
class Boundary:
    """One kecamatan of the boundaries file."""

    code: str
    name: str
    area: BaseGeometry


def read_boundaries(path: Path) -> tuple[Boundary, ...]:
    """Kecamatan of a GeoJSON file with properties `kode` and `nama`. Raises ContractProblem with what to mend."""
    try:
        features = json.loads(path.read_text("utf-8"))["features"]
        read = [
            Boundary(str(one["properties"]["kode"]), str(one["properties"]["nama"]), make_valid(shape(one["geometry"])))
            for one in features
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, ShapelyError) as error:
        raise ContractProblem(
            f"Berkas batas {path.name} tidak terbaca sebagai GeoJSON dengan kode dan nama tiap kecamatan. "
            "Tulis FeatureCollection dengan properti kode, contoh 35.16.01, dan nama."
        ) from error
    for one in read:
        _refuse_foreign(path, one)
    kecamatan = [one for one in read if KECAMATAN_CODE.fullmatch(one.code)]
    if not kecamatan:
        raise ContractProblem(f"Berkas batas {path.name} tidak memuat kecamatan. Contoh kode yang benar: 35.16.01.")
    return _side_by_side(kecamatan)


def refuse_other_kinds(name: str, kind: str) -> None:
    """Raises ContractProblem for what is no GeoJSON; a dump of map tiles most often has latitude first."""
    if kind == "geojson":
        return
    order = " Di dump peta lintang biasanya ditulis lebih dulu: tukar menjadi bujur, lintang." if kind == "sql" else ""
    raise ContractProblem(f"Batas dikirim sebagai GeoJSON; {name} bukan.{order} Contoh koordinat: [112.43, -7.47].")


def _refuse_foreign(path: Path, one: Boundary) -> None:
    """A place outside Indonesia; most often latitude was written first, which GeoJSON does not."""
    west, south, east, north = one.area.bounds
    if _is_within(west, east, LONGITUDES) and _is_within(south, north, LATITUDES):
        return
    is_turned = _is_within(west, east, LATITUDES) and _is_within(south, north, LONGITUDES)
    words = "lintang ditulis lebih dulu" if is_turned else "letaknya di luar Indonesia"
    raise ContractProblem(
        f"Berkas batas {path.name}: koordinat {one.name} ({one.code}) keliru, {words}. GeoJSON menulis bujur lalu "
        "lintang, contoh yang benar [112.43, -7.47]."
    )


def _is_within(low: float, high: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= low and high <= limits[1]


def _side_by_side(boundaries: Sequence[Boundary]) -> tuple[Boundary, ...]:
    """From small to large, each less what smaller ones cover: an enclave lies on top of what surrounds it."""
    placed: list[Boundary] = []
    for one in sorted(boundaries, key=lambda boundary: (boundary.area.area, boundary.code)):
        area = one.area
        for smaller in placed:
            if area.intersects(smaller.area):
                area = area.difference(smaller.area)
        placed.append(Boundary(one.code, one.name, area))
    return tuple(placed)
