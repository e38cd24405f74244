"""Delays of agencies that were excused."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "excuse",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("source_id", sa.Text, nullable=False),
        sa.Column("opd_code", sa.Text, nullable=False),
        sa.Column("period_end", sa.DateTime, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("excused_by", sa.Text, nullable=False),
        sa.Column("excused_at", sa.DateTime, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_excuse"),
        sa.UniqueConstraint("source_id", "opd_code", "period_end", name="uq_excuse_source_id"),
    )
