"""Programmes of the masterplan as the wall shows them, read once for all of its parts."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from warehouse.figures import CurvePoint, DimensionProgress, ProgrammeLine
from warehouse.programme_progress import WHOLE_REGION, curve_of, dimensions_of, months_of_year, reported_year
from warehouse.programme_queries import programme_lines


@dataclass(frozen=True)
class Masterplan:
    """The running year: every programme, every dimension, and the physical curve of the whole."""

    programmes: tuple[ProgrammeLine, ...] = ()
    dimensions: tuple[DimensionProgress, ...] = ()
    physical_curve: tuple[CurvePoint, ...] = ()


def read_masterplan(connection: sa.Connection, region_code: str, this_year: int) -> Masterplan:
    """The last year with reports, or this year before the first; empty without programmes and reports."""
    reported = reported_year(connection, region_code)
    year = reported or this_year
    rows = months_of_year(connection, region_code, year)
    lines = programme_lines(connection, region_code, year, rows)
    return Masterplan(
        programmes=lines,
        dimensions=dimensions_of(lines, rows),
        physical_curve=curve_of(rows, year, WHOLE_REGION) if reported else (),
    )
