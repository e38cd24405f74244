"""Tables of the journal as ORM classes; times are the region's local time without zone, like everywhere in Pendopo.

`entry` is append-only: triggers of the database refuse to change or delete a line of it.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

JSON = sa.JSON(none_as_null=True)  # no value is NULL, never the text "null"


class Base(DeclarativeBase):
    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Kind(StrEnum):
    """Kinds of entries, in the words `kelola` shows."""

    SIGNED_IN = "masuk"
    SIGNED_OUT = "keluar"
    WRONG_SIGN_IN = "gagal masuk"
    REFUSED = "ditolak"
    EXPORTED = "unduh"
    SAW_RESTRICTED = "lihat terbatas"
    ADDED = "tambah"
    CHANGED = "ubah"
    DELIVERED = "setor"
    MAINTAINED = "pemeliharaan"  # migrate, backup, restore


class Entry(Base):
    """One thing somebody did: who, when, what, before, after, why."""

    __tablename__ = "entry"

    id: Mapped[int] = mapped_column(sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True)
    at: Mapped[datetime] = mapped_column(sa.DateTime, index=True)
    kind: Mapped[str] = mapped_column(sa.Text, index=True)
    actor: Mapped[str] = mapped_column(sa.Text, index=True)
    is_verified: Mapped[bool] = mapped_column(sa.Boolean)
    address: Mapped[str] = mapped_column(sa.Text)  # network address; "" at the machine itself
    subject_kind: Mapped[str] = mapped_column(sa.Text)  # "orang", "layar", a page name
    subject: Mapped[str] = mapped_column(sa.Text, index=True)  # login, label, cut or code
    subject_id: Mapped[int | None] = mapped_column(sa.Integer, index=True)  # of a remembered row, whatever its name now
    subject_version: Mapped[int | None] = mapped_column(sa.Integer)  # of that row, after this change
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    why: Mapped[str] = mapped_column(sa.Text)


class Remembered(Base):
    """A row people may change: its version guards against stale edits, each change leaves an entry."""

    __abstract__ = True
    SUBJECT_KIND = ""  # how entries name its kind
    SECRET: frozenset[str] = frozenset()  # columns whose values never enter an entry
    QUIET: frozenset[str] = frozenset()  # columns that tell of use, not of a change: no entry, may be set by statement

    if TYPE_CHECKING:
        id: Mapped[int]
        version: Mapped[int]

    @property
    def subject(self) -> str:
        """How entries name this row."""
        raise NotImplementedError


class Person(Remembered):
    """Somebody who may sign in."""

    __tablename__ = "person"
    SUBJECT_KIND = "orang"
    SECRET = frozenset({"password_hash"})

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str] = mapped_column(sa.Text, unique=True)  # lower case; the e-mail for OIDC
    name: Mapped[str] = mapped_column(sa.Text)
    role: Mapped[str] = mapped_column(sa.Text)
    opd_code: Mapped[str | None] = mapped_column(sa.Text)  # limited to this agency
    kecamatan_code: Mapped[str | None] = mapped_column(sa.Text)  # limited to this kecamatan
    has_restricted: Mapped[bool] = mapped_column(sa.Boolean, default=False)
    is_active: Mapped[bool] = mapped_column(sa.Boolean, default=True)
    password_hash: Mapped[str | None] = mapped_column(sa.Text)  # Argon2id; none: signs in with OIDC only
    created_at: Mapped[datetime] = mapped_column(sa.DateTime)
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def subject(self) -> str:
        return self.login


class SignIn(Base):
    """One signed-in browser. Its key is known only to that browser: here is a digest of it."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    key_digest: Mapped[str] = mapped_column(sa.Text, unique=True)  # SHA-256 of the cookie, or of the OIDC claims
    way: Mapped[str] = mapped_column(sa.Text)  # "akun", "oidc"
    opened_at: Mapped[datetime] = mapped_column(sa.DateTime)
    seen_at: Mapped[datetime] = mapped_column(sa.DateTime)
    ends_at: Mapped[datetime] = mapped_column(sa.DateTime)  # absolute limit, or the token's own end if earlier
    ended_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    address: Mapped[str] = mapped_column(sa.Text)


class WrongTry(Base):
    """Refused sign-ins that are still counted, by a digest of what was typed or by network address."""

    __tablename__ = "wrong_try"

    id: Mapped[int] = mapped_column(primary_key=True)
    of: Mapped[str] = mapped_column(sa.Text, index=True)
    at: Mapped[datetime] = mapped_column(sa.DateTime)


class ScreenPass(Remembered):
    """A wall screen's own key: read-only, for one screen, until revoked."""

    __tablename__ = "screen_pass"
    SUBJECT_KIND = "layar"
    SECRET = frozenset({"key_digest"})
    QUIET = frozenset({"used_at"})

    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(sa.Text)  # "Mini PC ruang rapat"
    screen_id: Mapped[str] = mapped_column(sa.Text)  # of pendopo.toml
    key_digest: Mapped[str] = mapped_column(sa.Text, unique=True)
    created_at: Mapped[datetime] = mapped_column(sa.DateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    used_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def subject(self) -> str:
        return f"{self.label} ({self.screen_id})"


class Confirmation(Remembered):
    """Somebody's word that a held delivery is right: for the file that was held and for the reasons that were shown."""

    __tablename__ = "confirmation"
    SUBJECT_KIND = "kiriman"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(sa.Text)
    submission_id: Mapped[str] = mapped_column(sa.Text, index=True)
    rules: Mapped[list[str]] = mapped_column(JSON)  # what it is about: a doubt found later is another one
    shown: Mapped[str] = mapped_column(sa.Text)
    reason: Mapped[str] = mapped_column(sa.Text)
    confirmed_by: Mapped[str] = mapped_column(sa.Text)
    confirmed_at: Mapped[datetime] = mapped_column(sa.DateTime)
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def subject(self) -> str:
        return self.submission_id


class Excuse(Remembered):
    """A late delivery that is not held against its agency: one source, one agency, one period; until it is revoked."""

    __tablename__ = "excuse"
    SUBJECT_KIND = "pemakluman"

    id: Mapped[int] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(sa.Text)
    opd_code: Mapped[str] = mapped_column(sa.Text)
    period_end: Mapped[datetime] = mapped_column(sa.DateTime)
    reason: Mapped[str] = mapped_column(sa.Text)
    excused_by: Mapped[str] = mapped_column(sa.Text)
    excused_at: Mapped[datetime] = mapped_column(sa.DateTime)
    revoke_reason: Mapped[str | None] = mapped_column(sa.Text)
    revoked_by: Mapped[str | None] = mapped_column(sa.Text)
    revoked_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def subject(self) -> str:
        return f"{self.source_id} {self.opd_code}"


class IndicatorEffort(Remembered):
    """What one level of an indicator costs, and between which levels a plan may take it, as the region says."""

    __tablename__ = "indicator_effort"
    __table_args__ = (sa.UniqueConstraint("pack_id", "indicator_code"),)
    SUBJECT_KIND = "biaya indikator"

    id: Mapped[int] = mapped_column(primary_key=True)
    pack_id: Mapped[str] = mapped_column(sa.Text)  # of the regulation that numbers the indicators
    indicator_code: Mapped[str] = mapped_column(sa.Text)
    cost: Mapped[str] = mapped_column(sa.Text)  # a decimal as it is written, "2.5"
    may_rise: Mapped[bool] = mapped_column(sa.Boolean)
    at_least: Mapped[int | None] = mapped_column(sa.Integer)
    at_most: Mapped[int | None] = mapped_column(sa.Integer)
    version: Mapped[int] = mapped_column(sa.Integer)

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    @property
    def subject(self) -> str:
        return f"{self.pack_id} {self.indicator_code}"
