"""Tables of alarms: one row for each episode and each act about it, and what waits out a delay or was sent.

An act is written once. `alarm_pending` and `alarm_notice` tell of the machine's own doing and leave no entry.
"""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from journal.model import JSON, Base, Remembered


class AlarmRow(Remembered):
    """One episode of one rule at one place; words and limit are those of the moment it was raised."""

    __tablename__ = "alarm"
    SUBJECT_KIND = "peringatan"

    id: Mapped[int] = mapped_column(primary_key=True)
    rule_id: Mapped[str] = mapped_column(sa.Text, index=True)
    rule_version: Mapped[str] = mapped_column(sa.Text)
    signal: Mapped[str] = mapped_column(sa.Text)
    title: Mapped[str] = mapped_column(sa.Text)
    audience: Mapped[str] = mapped_column(sa.Text)
    priority: Mapped[str] = mapped_column(sa.Text)
    place: Mapped[str] = mapped_column(sa.Text)
    place_name: Mapped[str] = mapped_column(sa.Text)
    owner: Mapped[str] = mapped_column(sa.Text)
    detail: Mapped[str] = mapped_column(sa.Text)
    value: Mapped[str] = mapped_column(sa.Text)  # exact, as text
    limit_value: Mapped[str] = mapped_column(sa.Text)
    unit: Mapped[str] = mapped_column(sa.Text)
    is_sample: Mapped[bool] = mapped_column(sa.Boolean)
    state: Mapped[str] = mapped_column(sa.Text, index=True)
    raised_at: Mapped[datetime] = mapped_column(sa.DateTime, index=True)
    changed_at: Mapped[datetime] = mapped_column(sa.DateTime)
    is_over: Mapped[bool] = mapped_column(sa.Boolean)
    raise_count: Mapped[int] = mapped_column(sa.Integer)
    raises: Mapped[list[str]] = mapped_column(JSON)  # the last instants it was raised
    shelved_until: Mapped[datetime | None] = mapped_column(sa.DateTime)
    recovered_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    ended_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def subject(self) -> str:
        return f"{self.title}: {self.place_name}"


class AlarmActRow(Remembered):
    """What somebody did about an alarm, and said."""

    __tablename__ = "alarm_act"
    SUBJECT_KIND = "tindakan peringatan"

    id: Mapped[int] = mapped_column(primary_key=True)
    alarm_id: Mapped[int] = mapped_column(sa.ForeignKey("alarm.id"), index=True)
    kind: Mapped[str] = mapped_column(sa.Text)
    acted_by: Mapped[str] = mapped_column(sa.Text)
    acted_at: Mapped[datetime] = mapped_column(sa.DateTime)
    note: Mapped[str] = mapped_column(sa.Text)
    until: Mapped[datetime | None] = mapped_column(sa.DateTime)
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def subject(self) -> str:
        return f"{self.kind} {self.alarm_id}"


class AlarmPending(Base):
    """A rule at a place whose value crossed its limit, either way, and whose delay is not over."""

    __tablename__ = "alarm_pending"

    rule_id: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    place: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    since: Mapped[datetime] = mapped_column(sa.DateTime)


class AlarmNotice(Base):
    """One alarm told to one address, written before it is sent; `problem` is "" when it went out."""

    __tablename__ = "alarm_notice"

    alarm_id: Mapped[int] = mapped_column(sa.ForeignKey("alarm.id"), primary_key=True)
    variable: Mapped[str] = mapped_column(sa.Text, primary_key=True)  # of the environment, holds the address
    told_at: Mapped[datetime] = mapped_column(sa.DateTime)
    failures: Mapped[int] = mapped_column(sa.Integer)  # in a row; 0 when it went out
    retry_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    problem: Mapped[str] = mapped_column(sa.Text)


class NoticeTest(Remembered):
    """Somebody asked that every address be tried; what came of it, by the name of the variable that holds one."""

    __tablename__ = "notice_test"
    SUBJECT_KIND = "uji pemberitahuan"

    id: Mapped[int] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(sa.DateTime, index=True)
    asked_by: Mapped[str] = mapped_column(sa.Text)
    done_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    results: Mapped[dict[str, list[str]] | None] = mapped_column(JSON)  # channel and problem; "" went out
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def subject(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H.%M}"
