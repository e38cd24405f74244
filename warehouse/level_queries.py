"""Questions on levels of SPBE and Pemdi indicators, each named by its answer."""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from warehouse.frames import read_frame
from warehouse.schema import core_spbe_level as level


def spbe_level_years(connection: sa.Connection, region_code: str) -> tuple[int, ...]:
    """Years of which a level was delivered, oldest first."""
    year = level.c.assessed_year
    select = sa.select(year).distinct().where(level.c.region_code == region_code).order_by(year)
    return tuple(connection.execute(select).scalars())


def spbe_levels(connection: sa.Connection, region_code: str, year: int) -> pd.DataFrame:
    """Every level of a year with who judged it, who answers for it, and its evidence."""
    select = (
        sa.select(level)
        .where(level.c.region_code == region_code, level.c.assessed_year == year)
        .order_by(level.c.indicator_code, level.c.assessor)
    )
    return read_frame(connection, select)
