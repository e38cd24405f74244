"""Counts wrong tries and says how long the next one has to wait; kept in the journal, so a restart forgets nothing.

Refuses to keep what was typed: a login that is not one may be a password in the wrong field.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

import sqlalchemy as sa
from sqlalchemy.orm import Session

from journal.history import write_entry
from journal.model import Entry, Kind, WrongTry

COUNTED = timedelta(hours=1)  # how long a wrong try counts
FREE_OF_LOGIN = 3  # wrong tries before the first wait; then 2, 4, 8 ... seconds
FREE_OF_ADDRESS = 20  # looser: a whole office may come from one address
LONGEST_OF_LOGIN = timedelta(seconds=300)
LONGEST_OF_ADDRESS = timedelta(seconds=60)
LOGGED_A_MINUTE = 60  # refusals of one address that enter the history; a flood of them may not fill the disk
MOST_TYPED = 200  # characters of a typed login that are looked at

# Made once: a wall asks often, and a guesser oftener.
_TRY = WrongTry.__table__.c
_TIMES = sa.select(_TRY.at).where(_TRY.of == sa.bindparam("name"), _TRY.at > sa.bindparam("since")).order_by(_TRY.at)

# Lets the history show that the same unknown name was tried again, but nobody can try out words against it later.
_PROCESS_KEY = secrets.token_bytes(32)


def clean_login(typed: str) -> str:
    """As logins are kept. Letters beyond ASCII become question marks, which no login has: none folds to another's."""
    plain = typed.strip()[:MOST_TYPED].encode("ascii", "replace").decode()
    return plain.lower().replace("\0", "?")


def of_login(login: str, rounds: int) -> str:
    """Counts tries with this login, whether or not it exists. Slow on purpose: see the module's docstring."""
    typed = clean_login(login).encode()
    return "login:" + hashlib.scrypt(typed, salt=b"pendopo/login", n=rounds, r=8, p=1, dklen=16).hex()


def of_address(address: str, purpose: str = "masuk") -> str:
    """Counts tries from this network address; IPv6 by its /64, which one machine owns whole."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return f"{purpose}:{address[:MOST_TYPED]}"
    if isinstance(parsed, IPv6Address):
        parsed = parsed.ipv4_mapped or ip_network((parsed, 64), strict=False).network_address
    return f"{purpose}:{parsed}"


def unknown_subject(login: str) -> str:
    """How entries name a login that does not exist."""
    typed = clean_login(login).encode()
    return "tidak dikenal #" + hmac.new(_PROCESS_KEY, typed, "sha256").hexdigest()[:8]


def prune(session: Session, at: datetime) -> None:
    """Forget tries too old to count, and those a clock that ran ahead left in the future."""
    session.execute(sa.delete(WrongTry).where(~WrongTry.at.between(at - COUNTED, at + COUNTED)))


def wait_before(session: Session, at: datetime, login: str, address: str) -> timedelta:
    """How long a try must wait; both names as `of_login` and `of_address` give them."""
    return max(
        _wait(session, at, login, FREE_OF_LOGIN, LONGEST_OF_LOGIN),
        _wait(session, at, address, FREE_OF_ADDRESS, LONGEST_OF_ADDRESS),
    )


def count_try(session: Session, at: datetime, *names: str) -> None:
    session.add_all([WrongTry(of=name, at=at) for name in names])
    session.flush()


def forget(session: Session, at: datetime, login: str, address: str) -> None:
    """After a right password: all tries of the login, but of the address only this one: others guess from there too."""
    session.execute(sa.delete(WrongTry).where(WrongTry.of == login))
    own = sa.select(sa.func.max(WrongTry.id)).where(WrongTry.of == address, WrongTry.at == at).scalar_subquery()
    session.execute(sa.delete(WrongTry).where(WrongTry.id == own))


def times(session: Session, name: str, since: datetime) -> list[datetime]:
    """Wrong tries of a name after an instant, oldest first."""
    return list(session.connection().execute(_TIMES, {"name": name, "since": since}).scalars())


def write_refusal(session: Session, subject: str, why: str) -> None:
    """One entry about a refused sign-in, until its address has filled this minute."""
    at: datetime = session.info["at"]
    recent = sa.select(sa.func.count()).where(
        Entry.at > at - timedelta(minutes=1),
        Entry.kind == Kind.WRONG_SIGN_IN.value,
        Entry.address == session.info["scope"].address,
    )
    if session.execute(recent).scalar_one() < LOGGED_A_MINUTE:
        write_entry(session, Kind.WRONG_SIGN_IN, "orang", subject, why=why)


def _wait(session: Session, at: datetime, name: str, free: int, longest: timedelta) -> timedelta:
    tried = times(session, name, at - COUNTED)
    if len(tried) < free:
        return timedelta()
    whole = min(timedelta(seconds=2 ** min(len(tried) - free + 1, 20)), longest)
    return min(max(tried[-1] + whole - at, timedelta()), whole)
