"""Programmes of the masterplan as the wall shows them, read once for all of its parts."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from warehouse.figures import CurvePoint, DimensionProgress, ProgrammeLine, RoadmapStage
from warehouse.programme_progress import WHOLE_REGION, curve_of, dimensions_of, months_of_year, reported_year
from warehouse.programme_queries import programme_lines
from warehouse.schema import core_programme as programme
from warehouse.schema import ref_horizon

HORIZONS = ("quick_win", "pendek", "menengah", "panjang")


@dataclass(frozen=True)
class Masterplan:
    """The running year: every programme, every dimension, and the physical curve of the whole."""

    programmes: tuple[ProgrammeLine, ...] = ()
    dimensions: tuple[DimensionProgress, ...] = ()
    physical_curve: tuple[CurvePoint, ...] = ()
    roadmap: tuple[RoadmapStage, ...] = ()


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
        roadmap=read_roadmap(connection, region_code),
    )


def read_roadmap(connection: sa.Connection, region_code: str) -> tuple[RoadmapStage, ...]:
    """Programmes that run in each year of the whole plan, the shortest horizon first."""
    name = sa.func.coalesce(ref_horizon.c.name, programme.c.horizon_code).label("name")
    select = (
        sa.select(*programme.c["horizon_code", "start_year", "end_year"], name)
        .select_from(programme.outerjoin(ref_horizon, ref_horizon.c.code == programme.c.horizon_code))
        .where(programme.c.region_code == region_code)
    )
    rows = connection.execute(select).all()
    years = range(min((row.start_year for row in rows), default=1), max((row.end_year for row in rows), default=0) + 1)
    names = {row.horizon_code: row.name for row in rows}
    return tuple(
        RoadmapStage(
            names[code],
            tuple(
                (year, sum(row.horizon_code == code and row.start_year <= year <= row.end_year for row in rows))
                for year in years
            ),
        )
        for code in sorted(names, key=lambda one: (HORIZONS.index(one) if one in HORIZONS else len(HORIZONS), one))
    )
