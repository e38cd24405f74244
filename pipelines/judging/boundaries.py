"""The boundaries a build goes by, as they were delivered, and their outlines simplified to be drawn.

Without a delivery maps are drawn of tiles and no point is judged.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from shapely import set_precision
from shapely.geometry import mapping
from shapely.geometry.polygon import orient

from pipelines.contracts.contract import Contract, ContractProblem, load_contracts
from pipelines.deliveries.submissions import Submission, list_submissions
from pipelines.reading.outlines import Boundary, read_boundaries
from warehouse.schema import ref_boundary
from warehouse.settings import Settings

TOLERANCE = 0.0003  # degrees, about 33 m: a pixel of a page is wider
GRID = 0.00001


def delivered_boundaries(contracts: Iterable[Contract], submissions: Iterable[Submission]) -> tuple[Boundary, ...]:
    """Those of the newest delivery of outlines that can be read; none without one."""
    sources = {contract.source_id for contract in contracts if contract.file.outlines}
    own = [item for item in submissions if item.source_id in sources]
    for item in sorted(own, key=lambda one: (one.received_at, one.submission_id), reverse=True):
        try:
            return read_boundaries(item.path)
        except ContractProblem:
            continue  # told to its sender when it was read
    return ()


def standing_boundaries(settings: Settings, contract: Contract, now: datetime) -> tuple[Boundary, ...]:
    """What a build would judge places of this contract by; none where it judges none."""
    if contract.locate is None:
        return ()
    outlining = [one for one in load_contracts() if one.file.outlines]
    return delivered_boundaries(outlining, list_submissions(settings, outlining, now))


def load_outlines(connection: sa.Connection, boundaries: Iterable[Boundary]) -> None:
    """Fill `ref_boundary`."""
    rows = [_row(one) for one in boundaries if not one.area.is_empty]
    if rows:
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
