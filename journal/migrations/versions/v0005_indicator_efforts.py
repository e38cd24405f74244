"""What raising an indicator costs, and how far it can go."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "indicator_effort",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("pack_id", sa.Text, nullable=False),
        sa.Column("indicator_code", sa.Text, nullable=False),
        sa.Column("cost", sa.Text, nullable=False),
        sa.Column("may_rise", sa.Boolean, nullable=False),
        sa.Column("at_least", sa.Integer),
        sa.Column("at_most", sa.Integer),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_indicator_effort"),
        sa.UniqueConstraint("pack_id", "indicator_code", name="uq_indicator_effort_pack_id"),
    )
