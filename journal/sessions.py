"""Sign-ins that are open: whose they are, how long they hold, and how they end.

Refuses to keep the key of one: only its SHA-256 is here, the key is known to one browser alone.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from journal.claims import ClaimsKey
from journal.history import write_entry
from journal.model import Kind, Person, SignIn
from journal.passwords import STRONG, Hashing
from journal.store import Journal
from warehouse.scope import PEOPLE_ROLES, Role, Scope
from warehouse.settings import Settings

TOUCHED = timedelta(minutes=1)  # how fresh "last seen" is kept
MOST_KEY = 200
ACCOUNT, OIDC = "akun", "oidc"
WESTERNMOST = ZoneInfo("Asia/Jakarta")  # of Indonesia: where it is the wrong one, tokens end early, never late


@dataclass(frozen=True)
class Limits:
    """How long a sign-in holds without activity and at all, the region's zone, and what a guess costs."""

    idle_minutes: int
    session_hours: int
    zone: tzinfo = WESTERNMOST
    hashing: Hashing = STRONG

    @property
    def idle(self) -> timedelta:
        return timedelta(minutes=self.idle_minutes)

    @property
    def whole(self) -> timedelta:
        return timedelta(hours=self.session_hours)


def limits_of(settings: Settings) -> Limits:
    return Limits(settings.access.idle_minutes, settings.access.session_hours, settings.region.zone)


@dataclass(frozen=True)
class Identity:
    """Somebody who is signed in."""

    person_id: int
    login: str
    name: str
    role: Role
    opd_code: str | None
    kecamatan_code: str | None
    has_restricted: bool
    sign_in_id: int
    way: str  # "akun", "oidc"
    ends_at: datetime


@dataclass(frozen=True)
class SignedIn:
    """The key for the browser; it can never be read again."""

    key: str
    identity: Identity


@dataclass(frozen=True)
class Refused:
    """Why somebody may not sign in, in words; how long the next try has to wait."""

    words: str
    wait_seconds: int = 0


def digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def scope_of(identity: Identity, address: str) -> Scope:
    """What this identity may reach from this address."""
    return Scope(
        role=identity.role,
        actor=identity.login,
        is_verified=True,
        opd_codes=(identity.opd_code,) if identity.opd_code else (),
        kecamatan_codes=(identity.kecamatan_code,) if identity.kecamatan_code else (),
        granted_restricted=identity.has_restricted,
        address=address,
    )


def find_identity(journal: Journal, key: str, at: datetime, limits: Limits, touch: bool = True) -> Identity | None:
    """Who holds this key now. `touch`: this was activity, and a sign-in past its limits is ended for good."""
    sign_in = find_sign_in(journal, key)
    if sign_in is None or sign_in.ended_at is not None:
        return None
    with journal.reading() as session:
        person = session.get(Person, sign_in.person_id)
    identity = identify(person, sign_in) if person else None
    if identity is None:
        return None
    unseen = at - sign_in.seen_at
    if at >= min(sign_in.ends_at, sign_in.opened_at + limits.whole) or unseen >= limits.idle:
        if touch:
            _end(journal, at, identity, sign_in.address, "batas waktu")
        return None
    if touch and unseen >= min(TOUCHED, limits.idle / 2):
        with journal.writing(scope_of(identity, sign_in.address), at) as session:
            still_open = (SignIn.id == sign_in.id, SignIn.ended_at.is_(None), SignIn.seen_at < at)
            session.execute(sa.update(SignIn).where(*still_open).values(seen_at=at))
    return identity


def find_sign_in(journal: Journal, key: str) -> SignIn | None:
    """The sign-in with this key, open or not."""
    if not 0 < len(key) <= MOST_KEY:
        return None
    way = OIDC if isinstance(key, ClaimsKey) else ACCOUNT
    with journal.reading() as session:
        return session.scalar(sa.select(SignIn).where(SignIn.key_digest == digest(key), SignIn.way == way))


def role_of(person: Person) -> Role | None:
    """None for somebody inactive, or with a role or reach that nobody may have."""
    if not person.is_active or person.role not in PEOPLE_ROLES:
        return None
    return None if person.role == Role.OPD and not person.opd_code else Role(person.role)


def identify(person: Person, sign_in: SignIn) -> Identity | None:
    role = role_of(person)
    if role is None:
        return None
    return Identity(
        person_id=person.id,
        login=person.login,
        name=person.name,
        role=role,
        opd_code=person.opd_code,
        kecamatan_code=person.kecamatan_code,
        has_restricted=person.has_restricted,
        sign_in_id=sign_in.id,
        way=sign_in.way,
        ends_at=sign_in.ends_at,
    )


def open_sign_in(session: Session, person: Person, sign_in: SignIn) -> Identity | None:
    """Keep the new sign-in with its entry, by the person it belongs to; None: this person cannot be let in."""
    if role_of(person) is None:
        return None
    session.add(sign_in)
    session.flush()
    identity = identify(person, sign_in)
    if identity is not None:
        session.info["scope"] = scope_of(identity, sign_in.address)
        ends_at = sign_in.ends_at.isoformat(timespec="minutes")
        write_entry(session, Kind.SIGNED_IN, "orang", person.login, after={"cara": sign_in.way, "sampai": ends_at})
    return identity


def sign_out(journal: Journal, at: datetime, key: str) -> None:
    """End the sign-in of this key; nothing happens when there is none."""
    sign_in = find_sign_in(journal, key)
    if sign_in is None or sign_in.ended_at is not None:
        return
    with journal.reading() as session:
        person = session.get(Person, sign_in.person_id)
    identity = identify(person, sign_in) if person else None
    if identity is not None:
        _end(journal, at, identity, sign_in.address, "keluar sendiri")


def end_sign_ins(session: Session, person: Person, why: str) -> int:
    """End all sign-ins of a person in this transaction, with one entry when there were any."""
    chosen = (SignIn.person_id == person.id, SignIn.ended_at.is_(None))
    ended = list(
        session.scalars(sa.update(SignIn).where(*chosen).values(ended_at=session.info["at"]).returning(SignIn.id))
    )
    if ended:
        write_entry(session, Kind.SIGNED_OUT, "orang", person.login, after={"sesi": len(ended)}, why=why)
    return len(ended)


def end_own_sign_ins(journal: Journal, scope: Scope, at: datetime) -> int:
    """Sign out everywhere, by the person: also in this browser. How many there were."""
    if not scope.is_verified:
        return 0
    with journal.writing(scope, at) as session:
        person = session.scalar(sa.select(Person).where(Person.login == scope.actor))
        return end_sign_ins(session, person, "keluar dari semua perangkat") if person else 0


def _end(journal: Journal, at: datetime, identity: Identity, address: str, why: str) -> None:
    with journal.writing(scope_of(identity, address), at, why) as session:
        chosen = (SignIn.id == identity.sign_in_id, SignIn.ended_at.is_(None))
        ended = session.execute(sa.update(SignIn).where(*chosen).values(ended_at=at).returning(SignIn.id)).all()
        if ended:
            write_entry(session, Kind.SIGNED_OUT, "orang", identity.login)
