"""The boundaries a build goes by, a delivered file before one that is set, and their outlines simplified to be drawn.

Without either maps are drawn of tiles and no point is judged.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import sqlalchemy as sa
from shapely import set_precision
from shapely.geometry import mapping
from shapely.geometry.polygon import orient

from pipelines.contracts.contract import Contract, ContractProblem
from pipelines.deliveries.submissions import Submission
from pipelines.reading.outlines import Boundary, read_boundaries
from warehouse.schema import ref_boundary
from warehouse.settings import Profile

TOLERANCE = 0.0003  # degrees, about 33 m: a pixel of a page is wider
GRID = 0.00001


def delivered_boundaries(contracts: Iterable[Contract], submissions: Iterable[Submission]) -> Path | None:
    """The newest delivery of outlines that can be read; None without one."""
    sources = {contract.source_id for contract in contracts if contract.file.outlines}
    own = [item for item in submissions if item.source_id in sources]
    for item in sorted(own, key=lambda one: (one.received_at, one.submission_id), reverse=True):
        try:
            read_boundaries(item.path)
        except ContractProblem:
            continue  # told to its sender when it was read
        return item.path
    return None


def load_outlines(connection: sa.Connection, region: Profile) -> None:
    """Fill `ref_boundary`; nothing without a file. Raises ContractProblem for one that cannot be read."""
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
