"""Tests of the addresses alarms are told to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "notice_test",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("asked_at", sa.DateTime, nullable=False),
        sa.Column("asked_by", sa.Text, nullable=False),
        sa.Column("done_at", sa.DateTime),
        sa.Column("results", sa.JSON),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notice_test"),
    )
    op.create_index("ix_notice_test_asked_at", "notice_test", ["asked_at"])
