"""Excuses that were revoked; the same delay may be excused again after it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    with op.batch_alter_table("excuse") as table:
        table.drop_constraint("uq_excuse_source_id", type_="unique")
        table.add_column(sa.Column("revoke_reason", sa.Text))
        table.add_column(sa.Column("revoked_by", sa.Text))
        table.add_column(sa.Column("revoked_at", sa.DateTime))
