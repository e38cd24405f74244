"""What all tables share: one metadata, the types of measured quantities, and the lineage of a fact."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData()

INDEX = sa.Numeric(4, 2)
TON = sa.Numeric(18, 2)
PERCENT = sa.Numeric(9, 2)
MEASURE = sa.Numeric(24, 6)
MONEY = sa.Numeric(20, 2)
QUANTITY = sa.Numeric(18, 4)


def lineage() -> tuple[sa.Column[Any], ...]:
    """Columns every fact carries: where the row came from, and whether it is DATA CONTOH."""
    return (
        sa.Column("submission_id", sa.Text, nullable=False),
        sa.Column("row_no", sa.Integer, nullable=False),
        sa.Column("is_sample", sa.Boolean, nullable=False),
    )
