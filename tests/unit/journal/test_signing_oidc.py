"""Who gets in with the claims of a provider, and that a sign-in which ended stays ended."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from journal.claims import ClaimsError, ClaimsKey, claims_key, read_claims
from journal.model import Kind, Person, SignIn
from journal.sessions import Refused, SignedIn, find_identity, sign_out
from journal.signing import open_oidc
from tests.unit.journal.examples import ADMIN, AT
from tests.unit.journal.signers import ADDRESS, LIMITS, LOGIN, add, entries, later

NOW = int(AT.replace(tzinfo=ZoneInfo("Asia/Jakarta")).timestamp())
CLAIMS = {"sub": "7", "email": "Budi@MojokertoKab.go.id", "email_verified": True, "iat": NOW - 5, "exp": NOW + 3600}


def opening(journal, at=AT, limits=LIMITS, without=(), **changes):
    claims = {name: value for name, value in (CLAIMS | changes).items() if name not in without}
    return open_oidc(journal, at, claims, "email", ADDRESS, limits)


def test_the_time_of_these_tests_is_local():
    assert datetime.fromtimestamp(NOW, UTC).hour == AT.hour - 7


def test_claims_open_a_sign_in_until_the_token_ends(journal):
    add(journal, password_hash=None)
    opened = opening(journal)
    assert isinstance(opened, SignedIn)
    assert isinstance(opened.key, ClaimsKey)
    assert opened.key == claims_key(dict(reversed(CLAIMS.items())))
    assert (opened.identity.way, opened.identity.ends_at) == ("oidc", later(hours=1))
    assert find_identity(journal, opened.key, later(minutes=59), LIMITS) is not None
    assert find_identity(journal, opened.key, later(minutes=60), LIMITS) is None
    assert [entry.after for entry in entries(journal, Kind.SIGNED_IN)] == [
        {"cara": "oidc", "sampai": "2026-11-21T17:08"}
    ]


def test_a_long_token_ends_with_the_absolute_limit(journal):
    add(journal)
    assert opening(journal, exp=NOW + 30 * 86400).identity.ends_at == later(hours=12)


def test_the_region_of_another_zone_reads_the_same_token(journal):
    add(journal)
    there = replace(LIMITS, zone=ZoneInfo("Asia/Jayapura"))
    assert opening(journal, later(hours=2), limits=there).identity.ends_at == later(hours=3)


# What is wrong with the claims, and what is told about it.
@pytest.mark.parametrize(
    ("changes", "without", "words"),
    [
        ({}, ("exp",), "tidak memberi batas waktu"),
        ({"exp": None}, (), "tidak memberi batas waktu"),
        ({"exp": str(NOW + 3600)}, (), "tidak memberi batas waktu"),
        ({"exp": True}, (), "tidak memberi batas waktu"),
        ({"exp": [NOW + 3600]}, (), "tidak memberi batas waktu"),
        ({"exp": float("nan")}, (), "tidak memberi batas waktu"),
        ({"exp": float("inf")}, (), "tidak memberi batas waktu"),
        ({"exp": 10**30}, (), "tidak memberi batas waktu"),
        ({"exp": NOW}, (), "sudah berakhir"),
        ({"exp": -1}, (), "sudah berakhir"),
        ({"iat": NOW + 301}, (), "belum berlaku"),
        ({"iat": "kemarin"}, (), "belum berlaku"),
        ({"nbf": NOW + 301}, (), "belum berlaku"),
        ({"email_verified": False}, (), "belum diverifikasi"),
        ({"email_verified": "false"}, (), "belum diverifikasi"),
        ({"email_verified": None}, (), "belum diverifikasi"),
        ({}, ("email",), "tidak menyebut email"),
        ({"email": ["budi@mojokertokab.go.id"]}, (), "tidak menyebut email"),
        ({"email": " "}, (), "tidak menyebut email"),
    ],
)
def test_claims_that_cannot_be_trusted(changes, without, words):
    claims = {name: value for name, value in (CLAIMS | changes).items() if name not in without}
    with pytest.raises(ClaimsError) as told:
        read_claims(claims, "email", AT, LIMITS.zone)
    assert words in str(told.value)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"exp": None}, "tidak memberi batas waktu"),
        ({"email": "siti@lain.go.id"}, "Akun siti@lain.go.id belum terdaftar"),
        ({"email": "budi@mojokertokab.go.id\0"}, "Akun budi@mojokertokab.go.id? belum terdaftar"),
        # Other mailboxes, whose letters only look alike or fold to the same.
        ({"email": "budi@mojo\u212aertokab.go.id"}, "Akun budi@mojo?ertokab.go.id belum terdaftar"),
        ({"email": "budi@mo\u0458okertokab.go.id"}, "Akun budi@mo?okertokab.go.id belum terdaftar"),
        ({"email": "\uff42udi@mojokertokab.go.id"}, "Akun ?udi@mojokertokab.go.id belum terdaftar"),
    ],
)
def test_claims_that_open_nothing(journal, changes, words):
    add(journal)
    refused = opening(journal, **changes)
    assert isinstance(refused, Refused)
    assert words in refused.words
    assert len(entries(journal, Kind.WRONG_SIGN_IN)) == 1
    with journal.reading() as session:
        assert session.scalars(sa.select(SignIn)).all() == []


@pytest.mark.parametrize(("login", "claimed"), [("siswa@x.id", "\u017fiswa@x.id"), ("weiss@x.id", "wei\u00df@x.id")])
def test_letters_that_fold_to_others_are_somebody_else(journal, login, claimed):
    add(journal, login=login)
    assert isinstance(opening(journal, email=claimed), Refused)
    assert isinstance(opening(journal, email=login.upper()), SignedIn)


@pytest.mark.parametrize(("changes", "without"), [({"iat": NOW + 299}, ()), ({}, ("iat",)), ({}, ("email_verified",))])
def test_claims_that_are_good_enough(journal, changes, without):
    add(journal)
    assert isinstance(opening(journal, without=without, **changes), SignedIn)


def test_unknown_and_inactive_people_are_told_the_same(journal):
    unknown = opening(journal)
    add(journal, is_active=False)
    assert (
        opening(journal)
        == unknown
        == Refused(
            "Akun budi@mojokertokab.go.id belum terdaftar atau tidak aktif di Pendopo. Mintalah admin Pendopo "
            "mendaftarkannya."
        )
    )


def test_a_refusal_that_repeats_with_every_drawing_is_logged_once(journal):
    for minute in range(10):
        opening(journal, later(minutes=minute))
    assert len(entries(journal, Kind.WRONG_SIGN_IN)) == 1
    opening(journal, later(minutes=11), iat=NOW)
    assert len(entries(journal, Kind.WRONG_SIGN_IN)) == 2


def test_the_same_claims_open_one_sign_in(journal):
    add(journal)
    with ThreadPoolExecutor(8) as pool:
        opened = list(pool.map(lambda _: opening(journal), range(8)))
    assert len({one.identity.sign_in_id for one in opened}) == 1
    assert len(entries(journal, Kind.SIGNED_IN)) == 1


@pytest.mark.parametrize("end", ["signed out", "idle", "ended by an admin"])
def test_a_replayed_token_opens_nothing(journal, end):
    add(journal)
    key = opening(journal, exp=NOW + 36_000).key
    at = later(minutes=5)
    if end == "signed out":
        sign_out(journal, at, key)
    elif end == "idle":
        at = later(minutes=61)
    else:
        with journal.writing(ADMIN, at) as session:
            session.execute(sa.update(SignIn).values(ended_at=at))
    assert find_identity(journal, key, at, LIMITS) is None
    refused = opening(journal, at, exp=NOW + 36_000)
    assert refused == Refused("Sesi masuk ini sudah berakhir. Keluar, lalu masuk lagi.")
    assert find_identity(journal, key, at, LIMITS) is None
    assert isinstance(opening(journal, at, exp=NOW + 36_001), SignedIn)  # a new token


def test_the_key_of_claims_is_no_cookie(journal):
    """Who knows what a token says does not hold it: only Streamlit's signed cookie proves that."""
    add(journal)
    key = opening(journal).key
    assert find_identity(journal, key, AT, LIMITS) is not None
    assert find_identity(journal, "".join(key), AT, LIMITS) is None


def test_a_role_nobody_may_have_is_refused(journal):
    added = add(journal)
    with journal.writing(ADMIN, AT + timedelta(minutes=1)) as session:
        session.get_one(Person, added.id).role = "lokal"
    assert isinstance(opening(journal), Refused)
    assert LOGIN in opening(journal).words
