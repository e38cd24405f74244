"""Boundaries of kecamatan from a region's GeoJSON file: to judge points by, and simplified in the release to be drawn.

Refuses coordinates outside Indonesia, most often latitude written first. Without a file maps are drawn of tiles.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from shapely import make_valid, set_precision
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from pipelines.contracts.contract import ContractProblem
from warehouse.schema import ref_boundary
from warehouse.settings import Profile

TOLERANCE = 0.0003  # degrees, about 33 m: a pixel of a page is wider
GRID = 0.00001
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
            "Periksa kunci boundaries di pendopo.toml."
        ) from error
    for one in read:
        _refuse_foreign(path, one)
    kecamatan = [one for one in read if KECAMATAN_CODE.fullmatch(one.code)]
    if not kecamatan:
        raise ContractProblem(f"Berkas batas {path.name} tidak memuat kecamatan. Contoh kode yang benar: 35.16.01.")
    return _side_by_side(kecamatan)


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


def load_outlines(connection: sa.Connection, region: Profile) -> None:
    """Fill `ref_boundary`. Raises ContractProblem for a file that cannot be read."""
    if region.boundaries_file is None:
        return
    rows = [_row(one) for one in read_boundaries(region.boundaries_file) if not one.area.is_empty]
    connection.execute(ref_boundary.insert(), sorted(rows, key=lambda row: str(row["code"])))


def _row(one: Boundary) -> dict[str, object]:
    simple = set_precision(one.area.simplify(TOLERANCE), GRID)
    parts = [part for part in getattr(simple, "geoms", [simple]) if part.geom_type == "Polygon" and not part.is_empty]
    # Vega fills what lies clockwise of a ring: the other way round it fills the whole sphere but the area.
    rings = [mapping(orient(part, sign=-1.0))["coordinates"] for part in parts]
    inside = one.area.representative_point()
    return {
        "code": one.code,
        "outline_json": json.dumps({"type": "MultiPolygon", "coordinates": rings}),
        "label_longitude": round(inside.x, 5),
        "label_latitude": round(inside.y, 5),
    }
