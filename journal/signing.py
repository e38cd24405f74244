"""Lets people in: with a password of the journal, or as an OIDC provider names them.

Refuses with the same words, the same work and the same waits whether or not there is such an account.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from gettext import gettext as _
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from journal import attempts
from journal.claims import Claimed, ClaimsError, ClaimsKey, claimed_login, claims_key, ended_words, read_claims
from journal.model import Person, SignIn
from journal.passwords import Hashing, check_password
from journal.sessions import (
    ACCOUNT,
    OIDC,
    Identity,
    Limits,
    Refused,
    SignedIn,
    digest,
    end_sign_ins,
    find_identity,
    limits_of,
    open_sign_in,
    scope_of,
    sign_out,
)
from journal.store import Journal
from warehouse.scope import machine_scope

__all__ = [
    "ClaimsKey",
    "Identity",
    "Limits",
    "Refused",
    "SignedIn",
    "claims_key",
    "end_sign_ins",
    "find_identity",
    "limits_of",
    "open_oidc",
    "scope_of",
    "sign_in",
    "sign_out",
]


@dataclass(frozen=True)
class Typed:
    """What somebody put into a form, and whence it came."""

    login: str
    password: str
    address: str


@dataclass(frozen=True)
class Tried:
    """A try that was counted and checked."""

    names: tuple[str, str]  # under which it is counted
    subject: str  # how entries name it
    person: Person | None  # as it was before the check; None: wrong
    fresh_hash: str | None


def try_password(journal: Journal, at: datetime, typed: Typed, hashing: Hashing) -> Tried | Refused:
    """Count a try, then check it, so parallel ones gain nothing; during a wait nothing is checked."""
    names = attempts.of_login(typed.login, hashing.login_rounds), attempts.of_address(typed.address)
    with journal.writing(machine_scope("", address=typed.address), at) as session:
        attempts.prune(session, at)
        person = session.scalar(sa.select(Person).where(Person.login == attempts.clean_login(typed.login)))
        subject = person.login if person else attempts.unknown_subject(typed.login)
        wait = attempts.wait_before(session, at, *names)
        if wait:
            attempts.write_refusal(session, subject, "masih menunggu")
            return _must_wait(wait)
        attempts.count_try(session, at, *names)
    checked = check_password(person.password_hash if person else None, typed.password, hashing)
    return Tried(names, subject, person if checked.is_right else None, checked.fresh_hash)


def sign_in(  # noqa: PLR0913, PLR0917 - what the form holds, whence it came, and when
    journal: Journal, at: datetime, login: str, password: str, address: str, limits: Limits
) -> SignedIn | Refused:
    """Try a local account."""
    tried = try_password(journal, at, Typed(login, password, address), limits.hashing)
    if isinstance(tried, Refused):
        return tried
    with journal.writing(machine_scope("", address=address), at) as session:
        if tried.person is not None:
            key = secrets.token_urlsafe(32)
            kept = SignIn(key_digest=digest(key), way=ACCOUNT, ends_at=at + limits.whole, address=address)
            identity = _let_in(session, tried.person, kept)
            if identity is not None:
                attempts.forget(session, at, *tried.names)
                _keep_fresh(session, tried.person.id, tried.fresh_hash)
                return SignedIn(key, identity)
        attempts.write_refusal(session, tried.subject, "tidak cocok")
        return _wrong(attempts.wait_before(session, at, *tried.names))


def open_oidc(  # noqa: PLR0913, PLR0917 - what the provider said, which claim counts, whence it came, and when
    journal: Journal, at: datetime, claims: Mapping[str, Any], claim_name: str, address: str, limits: Limits
) -> SignedIn | Refused:
    """Open a sign-in for the claims of a provider, once: after its end the same claims open nothing."""
    try:
        claimed = read_claims(claims, claim_name, at, limits.zone)
        return _open_claimed(journal, at, (claims_key(claims), claimed), address, limits)
    except ClaimsError as error:
        refused_once = "oidc:" + digest(claims_key(claims))  # pages run again and again with the same claims
        with journal.writing(machine_scope("", address=address), at) as session:
            attempts.prune(session, at)
            if not attempts.times(session, refused_once, at - attempts.COUNTED):
                attempts.count_try(session, at, refused_once)
                subject = claimed_login(claims, claim_name) or "tanpa login"
                attempts.write_refusal(session, subject, f"penyedia: {error.reason}")
        return Refused(str(error))


def _open_claimed(
    journal: Journal, at: datetime, proof: tuple[ClaimsKey, Claimed], address: str, limits: Limits
) -> SignedIn:
    key, claimed = proof
    with journal.writing(machine_scope("", address=address), at) as session:
        person = session.scalar(sa.select(Person).where(Person.login == claimed.login))
        before = session.scalar(sa.select(SignIn).where(SignIn.key_digest == digest(key)))
        if before is None and person is not None:
            ends_at = min(at + limits.whole, claimed.ends_at)
            identity = _let_in(
                session, person, SignIn(key_digest=digest(key), way=OIDC, ends_at=ends_at, address=address)
            )
            if identity is not None:
                return SignedIn(key, identity)
    if before is not None:  # another tab was first, or the token was used up
        identity = find_identity(journal, key, at, limits)
        if identity is not None:
            return SignedIn(key, identity)
        if person is not None and person.is_active:
            raise ClaimsError("dipakai lagi", ended_words())
    raise ClaimsError(
        "tidak terdaftar",
        _("Akun {login} belum terdaftar atau tidak aktif di Pendopo. Mintalah admin Pendopo mendaftarkannya.").format(
            login=claimed.login
        ),
    )


def _let_in(session: Session, checked: Person, kept: SignIn) -> Identity | None:
    """Open the sign-in unless the person was changed since the proof was checked."""
    person = session.get(Person, checked.id)
    if person is None or not person.is_active or person.password_hash != checked.password_hash:
        return None
    kept.person_id = person.id
    kept.opened_at = kept.seen_at = session.info["at"]
    return open_sign_in(session, person, kept)


def _keep_fresh(session: Session, person_id: int, fresh_hash: str | None) -> None:
    """The cost of hashing was changed: keep the same password at the new one."""
    person = session.get(Person, person_id)
    if fresh_hash is not None and person is not None:
        session.flush()
        session.info["why"] = _("kata sandi yang sama, dengan biaya hash yang baru")
        person.password_hash = fresh_hash


def _wrong(wait: timedelta) -> Refused:
    words = _("Login atau kata sandi tidak cocok.")
    if not wait:
        return Refused(words)
    seconds = math.ceil(wait.total_seconds())
    return Refused(
        words + " " + _("Tunggu {seconds} detik sebelum mencoba lagi.").format(seconds=seconds), wait_seconds=seconds
    )


def _must_wait(wait: timedelta) -> Refused:
    seconds = math.ceil(wait.total_seconds())
    return Refused(
        _("Terlalu banyak percobaan. Tunggu {seconds} detik, lalu coba lagi.").format(seconds=seconds),
        wait_seconds=seconds,
    )
