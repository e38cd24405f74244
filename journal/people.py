"""Who may sign in, as what, and how far: added, changed and signed out by an admin, each time with an entry.

Refuses what would leave nobody to administer, or give a person more than the role can hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from gettext import gettext as _

import sqlalchemy as sa
from sqlalchemy.orm import Session

from journal import attempts
from journal.areas import Areas
from journal.model import Person, SignIn
from journal.passwords import STRONG, Hashing, hash_password, password_problem
from journal.person_rules import PeopleError, Standing, check_login, check_standing, clean_values
from journal.sessions import Refused, end_sign_ins
from journal.signing import Typed, try_password
from journal.store import Journal, get_for_edit
from warehouse.scope import Action, Role, Scope

__all__ = ["NewPerson", "PeopleError", "PersonEdit", "PersonLine", "Rules"]

ENDS_SIGN_INS = frozenset({"role", "opd_code", "kecamatan_code", "has_restricted", "is_active"})


@dataclass(frozen=True)
class Rules:
    """What people are checked against. Without areas codes are taken as they are, and reach nothing if wrong."""

    areas: Areas | None = None
    hashing: Hashing = STRONG


@dataclass(frozen=True)
class NewPerson:
    login: str
    name: str
    role: str
    opd_code: str | None = None
    kecamatan_code: str | None = None
    has_restricted: bool = False
    password: str | None = field(default=None, repr=False)  # none: signs in with OIDC only


@dataclass(frozen=True)
class PersonEdit:
    """Changed fields of a person as it was read."""

    person_id: int
    version: int
    changes: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class PersonLine:
    """A person as administrators see them."""

    id: int
    version: int
    login: str
    name: str
    role: str
    opd_code: str | None
    kecamatan_code: str | None
    has_restricted: bool
    is_active: bool
    has_password: bool
    created_at: datetime
    open_sign_ins: int = 0
    last_sign_in: datetime | None = None


def list_people(journal: Journal, scope: Scope, at: datetime | None = None) -> list[PersonLine]:
    """Everybody, by name. `at`: sign-ins past their end at this time no longer count as open."""
    scope.require(Action.MANAGE_PEOPLE)
    is_open = SignIn.id.is_not(None) & SignIn.ended_at.is_(None) & (SignIn.ends_at > at if at else sa.true())
    open_count = sa.func.coalesce(sa.func.sum(sa.case((is_open, 1), else_=0)), 0)
    chosen = (
        sa.select(Person, open_count, sa.func.max(SignIn.opened_at))
        .outerjoin(SignIn, SignIn.person_id == Person.id)
        .group_by(Person.id)
    )
    with journal.reading() as session:
        lines = [
            replace(_line(person), open_sign_ins=int(count), last_sign_in=last)
            for person, count, last in session.execute(chosen)
        ]
    return sorted(lines, key=lambda line: (line.name.casefold(), line.login))


def has_active_admin(journal: Journal, with_password: bool = True) -> bool:
    """Whether somebody can administer; `with_password`: without any provider."""
    chosen = sa.select(Person.id).where(Person.role == Role.ADMIN.value, Person.is_active)
    if with_password:
        chosen = chosen.where(Person.password_hash.is_not(None))
    with journal.reading() as session:
        return session.scalars(chosen.limit(1)).first() is not None


def add_person(  # noqa: PLR0913, PLR0917 - who acts, when and why, on what, checked how
    journal: Journal, scope: Scope, at: datetime, new: NewPerson, why: str = "", rules: Rules = Rules()
) -> PersonLine:
    """Raises PeopleError, NotPermittedError."""
    scope.require(Action.MANAGE_PEOPLE)
    login = check_login(new.login)
    given = {name: getattr(new, name) for name in ("name", "role", "opd_code", "kecamatan_code", "has_restricted")}
    values = clean_values(given)
    check_standing(Standing(**values), rules.areas, tuple(values))
    kept = None if new.password is None else _hash(new.password, login, str(values["name"]), rules)
    with journal.writing(scope, at, why) as session:
        taken = session.scalar(sa.select(Person).where(Person.login == login))
        if taken is not None:
            state = _("aktif") if taken.is_active else _("tidak aktif")
            words = _("Login {login} sudah dipakai oleh {name} ({state}). Ubah orang itu, atau pilih login lain.")
            raise PeopleError(words.format(login=login, name=taken.name, state=state))
        person = Person(login=login, **values, is_active=True, password_hash=kept, created_at=at)
        session.add(person)
        session.flush()
        return _line(person)


def change_person(  # noqa: PLR0913, PLR0917 - who acts, when and why, on what, checked how
    journal: Journal, scope: Scope, at: datetime, edit: PersonEdit, why: str = "", rules: Rules = Rules()
) -> PersonLine:
    """A changed role, reach, right or activity ends all sign-ins. Raises PeopleError, StaleEditError."""
    scope.require(Action.MANAGE_PEOPLE)
    values = clean_values(edit.changes)
    with journal.writing(scope, at, why) as session:
        person = get_for_edit(session, Person, edit.person_id, edit.version)
        changed = {name: value for name, value in values.items() if getattr(person, name) != value}
        was_admin = person.is_active and person.role == Role.ADMIN
        for name, value in changed.items():
            setattr(person, name, value)
        standing = Standing(**{name: getattr(person, name) for name in Standing.__dataclass_fields__})
        check_standing(standing, rules.areas, tuple(changed))
        if was_admin and not (person.is_active and person.role == Role.ADMIN):
            _keep_one_admin(session, person)
        if changed.keys() & ENDS_SIGN_INS:
            end_sign_ins(session, person, why or _("hak diubah"))
        session.flush()
        return _line(person)


def set_password(  # noqa: PLR0913, PLR0917 - who acts, when and why, on what, checked how
    journal: Journal,
    scope: Scope,
    at: datetime,
    person_id: int,
    password: str,
    why: str = "",
    rules: Rules = Rules(),
) -> PersonLine:
    """Replaces the password and ends all sign-ins. Raises PeopleError, NotPermittedError."""
    scope.require(Action.MANAGE_PEOPLE)
    with journal.reading() as session:
        found = _find(session, person_id)
    kept = _hash(password, found.login, found.name, rules)
    with journal.writing(scope, at, why) as session:
        return _replace_password(session, _find(session, person_id), kept, why or _("kata sandi diganti admin"))


def change_own_password(  # noqa: PLR0913, PLR0917 - who acts, when, with what, checked how
    journal: Journal, scope: Scope, at: datetime, old: str, new: str, rules: Rules = Rules()
) -> PersonLine:
    """Wrong old passwords wait as at sign-in; afterwards all sign-ins have ended. Raises PeopleError."""
    tried = (
        try_password(journal, at, Typed(scope.actor, old, scope.address), rules.hashing) if scope.is_verified else None
    )
    if isinstance(tried, Refused):
        raise PeopleError(tried.words)
    if tried is None or tried.person is None:
        if tried is not None:
            with journal.writing(scope, at) as session:
                attempts.write_refusal(session, tried.subject, "kata sandi lama tidak cocok")
        raise PeopleError(_("Kata sandi lama tidak cocok."))
    if old == new:
        raise PeopleError(_("Kata sandi baru sama dengan yang lama."))
    kept = _hash(new, tried.person.login, tried.person.name, rules)
    with journal.writing(scope, at) as session:
        attempts.forget(session, at, *tried.names)
        person = _find(session, tried.person.id)
        if not person.is_active or person.password_hash != tried.person.password_hash:
            raise PeopleError(_("Akun ini baru saja diubah. Masuk lagi, lalu ulangi."))
        return _replace_password(session, person, kept, _("kata sandi diganti sendiri"))


def sign_out_everywhere(journal: Journal, scope: Scope, at: datetime, person_id: int, why: str = "") -> int:
    """End all sign-ins of a person; how many there were."""
    scope.require(Action.MANAGE_PEOPLE)
    with journal.writing(scope, at, why) as session:
        return end_sign_ins(session, _find(session, person_id), why or _("dikeluarkan admin"))


def _find(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None:
        raise PeopleError(_("Orang itu tidak ada di jurnal. Muat ulang daftarnya."))
    return person


def _keep_one_admin(session: Session, leaving: Person) -> None:
    others = sa.select(Person.id).where(Person.role == Role.ADMIN.value, Person.is_active, Person.id != leaving.id)
    with session.no_autoflush:
        if session.scalars(others.limit(1)).first() is None:
            words = _("{name} admin terakhir yang aktif. Tambahkan atau aktifkan admin lain dahulu.")
            raise PeopleError(words.format(name=leaving.name))


def _hash(password: str, login: str, name: str, rules: Rules) -> str:
    problem = password_problem(password, login, name)
    if problem is not None:
        raise PeopleError(problem)
    return hash_password(password, rules.hashing)


def _replace_password(session: Session, person: Person, kept: str, why: str) -> PersonLine:
    person.password_hash = kept
    end_sign_ins(session, person, why)
    session.flush()
    return _line(person)


def _line(person: Person) -> PersonLine:
    same = ("id", "version", "login", "name", "role", "opd_code", "kecamatan_code", "has_restricted", "is_active")
    return PersonLine(
        **{name: getattr(person, name) for name in same},
        has_password=person.password_hash is not None,
        created_at=person.created_at,
    )
