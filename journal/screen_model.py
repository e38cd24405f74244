"""What people set of a wall screen: one row a screen, with the columns of `warehouse.screen_settings.Screen`."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from journal.model import JSON, Remembered


class ScreenSetting(Remembered):
    """One screen as somebody set it; while it is not active the one of `pendopo.toml` holds, or none."""

    __tablename__ = "screen_setting"
    SUBJECT_KIND = "pengaturan layar"

    id: Mapped[int] = mapped_column(primary_key=True)
    screen_id: Mapped[str] = mapped_column(sa.Text, unique=True)
    title: Mapped[str] = mapped_column(sa.Text)
    scenes: Mapped[list[str]] = mapped_column(JSON)
    width_mm: Mapped[float] = mapped_column(sa.Double)
    pixels: Mapped[list[int]] = mapped_column(JSON)
    distance_m: Mapped[float] = mapped_column(sa.Double)
    theme: Mapped[str] = mapped_column(sa.Text)
    suara: Mapped[bool] = mapped_column(sa.Boolean)
    dwell_seconds: Mapped[int] = mapped_column(sa.Integer)
    serentak: Mapped[bool] = mapped_column(sa.Boolean)
    mendahului: Mapped[int] = mapped_column(sa.Integer)
    reload_hour: Mapped[int] = mapped_column(sa.Integer)
    panel: Mapped[str] = mapped_column(sa.Text)
    is_active: Mapped[bool] = mapped_column(sa.Boolean)
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def subject(self) -> str:
        return self.screen_id
