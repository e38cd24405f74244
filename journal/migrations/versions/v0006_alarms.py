"""Alarms: their episodes, what people did about them, delays that run, and notices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

WORDS = ("rule_version", "signal", "title", "audience", "priority", "place", "place_name", "owner", "detail")


def upgrade() -> None:
    op.create_table(
        "alarm",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("rule_id", sa.Text, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in (*WORDS, "value", "limit_value", "unit")),
        sa.Column("is_sample", sa.Boolean, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("raised_at", sa.DateTime, nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("is_over", sa.Boolean, nullable=False),
        sa.Column("raise_count", sa.Integer, nullable=False),
        sa.Column("raises", sa.JSON, nullable=False),
        sa.Column("shelved_until", sa.DateTime),
        sa.Column("recovered_at", sa.DateTime),
        sa.Column("ended_at", sa.DateTime),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alarm"),
    )
    for name in ("rule_id", "state", "raised_at"):
        op.create_index(f"ix_alarm_{name}", "alarm", [name])
    op.create_table(
        "alarm_act",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("alarm_id", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("acted_by", sa.Text, nullable=False),
        sa.Column("acted_at", sa.DateTime, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("until", sa.DateTime),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alarm_act"),
        sa.ForeignKeyConstraint(["alarm_id"], ["alarm.id"], name="fk_alarm_act_alarm_id"),
    )
    op.create_index("ix_alarm_act_alarm_id", "alarm_act", ["alarm_id"])
    op.create_table(
        "alarm_pending",
        sa.Column("rule_id", sa.Text, nullable=False),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("since", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("rule_id", "place", name="pk_alarm_pending"),
    )
    op.create_table(
        "alarm_notice",
        sa.Column("alarm_id", sa.Integer, nullable=False),
        sa.Column("variable", sa.Text, nullable=False),
        sa.Column("told_at", sa.DateTime, nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("retry_at", sa.DateTime),
        sa.Column("problem", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("alarm_id", "variable", name="pk_alarm_notice"),
        sa.ForeignKeyConstraint(["alarm_id"], ["alarm.id"], name="fk_alarm_notice_alarm_id"),
    )
