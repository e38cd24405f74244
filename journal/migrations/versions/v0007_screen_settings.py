"""Wall screens as people set them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "screen_setting",
        sa.Column("id", sa.Integer, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("screen_id", "title", "theme", "panel")),
        *(sa.Column(name, sa.JSON, nullable=False) for name in ("scenes", "pixels")),
        *(sa.Column(name, sa.Double, nullable=False) for name in ("width_mm", "distance_m")),
        *(sa.Column(name, sa.Boolean, nullable=False) for name in ("suara", "serentak", "is_active")),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("dwell_seconds", "mendahului", "reload_hour")),
        sa.Column("version", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_screen_setting"),
        sa.UniqueConstraint("screen_id", name="uq_screen_setting_screen_id"),
    )
