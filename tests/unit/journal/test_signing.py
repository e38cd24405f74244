"""Who gets in with a password, how wrong tries are slowed and told, and how a sign-in ends."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher

from journal import attempts, signing
from journal.claims import ClaimsKey
from journal.model import Kind, Person, SignIn
from journal.passwords import Hashing
from journal.sessions import Identity, Limits, Refused, SignedIn, end_sign_ins, find_identity, scope_of, sign_out
from journal.signing import sign_in
from tests.unit.journal.examples import ADMIN, AT
from tests.unit.journal.signers import (
    ADDRESS,
    CHEAP,
    LIMITS,
    LOGIN,
    PASSWORD,
    add,
    entries,
    later,
    open_one,
    tries,
)
from warehouse.scope import Action, Role


@pytest.fixture
def verified(monkeypatch):
    """The hashes that passwords were really checked against."""
    seen = []

    def count(stored, password, hashing):
        seen.append(stored)
        return real(stored, password, hashing)

    real = signing.check_password
    monkeypatch.setattr(signing, "check_password", count)
    return seen


def try_wrong(journal, at=AT, login=LOGIN, password="salah sama sekali", address=ADDRESS):
    refused = sign_in(journal, at, login, password, address, LIMITS)
    assert isinstance(refused, Refused)
    return refused


def test_a_right_password_opens_a_sign_in_with_a_secret_key(journal):
    add(journal, role="opd", opd_code="DLH", has_restricted=False)
    opened = sign_in(journal, AT, " BUDI@Mojokertokab.go.id ", PASSWORD, ADDRESS, LIMITS)
    assert isinstance(opened, SignedIn)
    assert len(opened.key) == 43
    assert find_identity(journal, opened.key, AT, LIMITS) == opened.identity
    with journal.reading() as session:
        kept = session.scalars(sa.select(SignIn)).one()
        assert opened.key not in str(vars(kept))
        assert (kept.way, kept.ends_at, kept.address) == ("akun", later(hours=12), ADDRESS)
    (entry,) = entries(journal, Kind.SIGNED_IN)
    assert (entry.actor, entry.is_verified, entry.subject, entry.address) == (LOGIN, True, LOGIN, ADDRESS)
    assert tries(journal) == []


def test_the_scope_is_what_the_person_was_given(journal):
    add(journal, role="walidata", kecamatan_code="35.16.03", has_restricted=True)
    scope = scope_of(open_one(journal).identity, ADDRESS)
    assert (scope.role, scope.actor, scope.is_verified) == (Role.STEWARD, LOGIN, True)
    assert (scope.opd_codes, scope.kecamatan_codes, scope.address) == ((), ("35.16.03",), ADDRESS)
    assert scope.may(Action.SEE_RESTRICTED)
    assert not scope.may(Action.SEE_WALL)


def test_twenty_wrong_passwords_are_slowed_and_logged(journal, verified):
    add(journal)
    waits, at = [], AT
    for number in range(20):
        refused = try_wrong(journal, at, address=f"10.0.0.{number}")  # however many machines
        waits.append(refused.wait_seconds)
        assert "Login atau kata sandi tidak cocok." in refused.words
        at += timedelta(seconds=refused.wait_seconds)
    assert waits == [0, 0, 2, 4, 8, 16, 32, 64, 128, 256, *[300] * 10]
    assert len(verified) == 20
    logged = entries(journal, Kind.WRONG_SIGN_IN)
    assert [entry.subject for entry in logged] == [LOGIN] * 20
    assert {entry.why for entry in logged} == {"tidak cocok"}
    assert not any(entry.is_verified or entry.actor for entry in logged)
    assert "salah sama sekali" not in "".join(str(vars(entry)) for entry in logged)


def test_tries_during_a_wait_are_not_checked_even_right_ones(journal, verified):
    add(journal)
    for _ in range(3):
        try_wrong(journal)
    refused = [sign_in(journal, AT, LOGIN, typed, ADDRESS, LIMITS) for typed in ("salah", PASSWORD)]
    assert refused[0] == refused[1] == Refused("Terlalu banyak percobaan. Tunggu 2 detik, lalu coba lagi.", 2)
    assert len(verified) == 3
    assert isinstance(sign_in(journal, later(seconds=1.9), LOGIN, PASSWORD, ADDRESS, LIMITS), Refused)
    assert isinstance(sign_in(journal, later(seconds=2), LOGIN, PASSWORD, ADDRESS, LIMITS), SignedIn)
    assert len(entries(journal, Kind.WRONG_SIGN_IN)) == 6


def test_a_right_password_clears_the_tries_of_its_login_but_not_of_the_address(journal):
    add(journal)
    add(journal, "siti@mojokertokab.go.id")
    for login in (LOGIN, LOGIN, "siti@mojokertokab.go.id"):
        try_wrong(journal, login=login)
    open_one(journal)
    assert [one.of for one in tries(journal)].count(attempts.of_address(ADDRESS)) == 3
    assert [one.of for one in tries(journal)].count(attempts.of_login(LOGIN, CHEAP.login_rounds)) == 0
    assert try_wrong(journal).wait_seconds == 0


def test_one_address_may_not_go_through_all_logins(journal, verified):
    waits = [try_wrong(journal, login=f"orang{number}@x.id").wait_seconds for number in range(20)]
    assert waits == [0] * 19 + [2]
    assert try_wrong(journal, login="baru@x.id").words.startswith("Terlalu banyak")
    assert len(verified) == 20
    assert not try_wrong(journal, login="baru@x.id", address="10.20.30.41").wait_seconds
    at = AT
    for number in range(10):
        at += timedelta(seconds=61)
        assert try_wrong(journal, at, login=f"lain{number}@x.id").wait_seconds <= 60


def test_parallel_tries_get_no_free_guesses(journal, verified):
    add(journal)
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda number: try_wrong(journal, address=f"10.0.1.{number}"), range(20)))
    assert len(verified) == 3
    assert sum(answer.words.startswith("Terlalu banyak") for answer in answers) == 17


# A login and what is true of it: all must look and cost the same.
ACCOUNTS = {
    "active": {},
    "without password": {"password_hash": None},
    "inactive": {"is_active": False},
    "broken hash": {"password_hash": "$argon2id$rusak"},
    "unknown role": {"role": "raja"},
    "opd without agency": {"role": "opd"},
    "missing": None,
}


@pytest.mark.parametrize("account", ACCOUNTS)
def test_no_answer_tells_whether_there_is_an_account(journal, verified, account):
    if ACCOUNTS[account] is not None:
        add(journal, **ACCOUNTS[account])
    usable = account == "active"
    answers = [try_wrong(journal, password="salah" if usable else PASSWORD) for _ in range(4)]
    wrong = "Login atau kata sandi tidak cocok."
    assert answers == [
        Refused(wrong),
        Refused(wrong),
        Refused(f"{wrong} Tunggu 2 detik sebelum mencoba lagi.", 2),
        Refused("Terlalu banyak percobaan. Tunggu 2 detik, lalu coba lagi.", 2),
    ]
    assert len(verified) == 3
    assert len(entries(journal, Kind.WRONG_SIGN_IN)) == 4


def test_what_is_typed_instead_of_a_login_is_not_kept(journal):
    for _ in range(2):
        try_wrong(journal, login=PASSWORD)
    kept = "".join(str(vars(row)) for row in (*entries(journal), *tries(journal)))
    assert PASSWORD not in kept
    first, second = entries(journal, Kind.WRONG_SIGN_IN)
    assert first.subject == second.subject
    assert first.subject.startswith("tidak dikenal #")


def test_unknown_names_in_the_history_cannot_be_tried_out_later(monkeypatch):
    before = attempts.unknown_subject(PASSWORD)
    monkeypatch.setattr(attempts, "_PROCESS_KEY", b"of the next process")
    assert attempts.unknown_subject(PASSWORD) != before


@pytest.mark.parametrize("login", ["", " ", "x" * 100_000, "\ud800", "' OR 1=1 --", "budi@mojokertokab.go.id\x00"])
def test_odd_logins_are_only_wrong(journal, login):
    add(journal)
    assert try_wrong(journal, login=login, password=PASSWORD).words == "Login atau kata sandi tidak cocok."


def test_a_flood_does_not_fill_the_history(journal, monkeypatch):
    monkeypatch.setattr(attempts, "LOGGED_A_MINUTE", 6)
    for _ in range(10):
        try_wrong(journal)
    assert len(entries(journal, Kind.WRONG_SIGN_IN)) == 6
    try_wrong(journal, later(minutes=2))
    assert len(entries(journal, Kind.WRONG_SIGN_IN)) == 7


def test_old_tries_are_forgotten(journal):
    for _ in range(5):
        try_wrong(journal)
    assert try_wrong(journal, later(minutes=61)).wait_seconds == 0
    assert len(tries(journal)) == 2


def test_tries_from_a_clock_that_ran_ahead_lock_nobody_out(journal):
    add(journal)
    for _ in range(3):
        try_wrong(journal, later(days=3000))
    open_one(journal)


@pytest.mark.parametrize(
    ("address", "of"),
    [
        ("10.20.30.40", "masuk:10.20.30.40"),
        ("::ffff:10.20.30.40", "masuk:10.20.30.40"),
        ("2001:db8:1:2:3:4:5:6", "masuk:2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "masuk:2001:db8:1:2::"),
        ("fe80::1%eth0", "masuk:fe80::"),
        ("", "masuk:"),
        ("unix", "masuk:unix"),
    ],
)
def test_addresses_that_are_counted_as_one(address, of):
    assert attempts.of_address(address) == of


def test_a_password_changed_while_it_is_checked_opens_nothing(journal, monkeypatch):
    added = add(journal)

    def check_slowly(stored, password, hashing):
        with journal.writing(ADMIN, AT) as session:
            person = session.get_one(Person, added.id)
            person.password_hash = "$argon2id$lain"
            end_sign_ins(session, person, "kata sandi diganti")
        return real(stored, password, hashing)

    real = signing.check_password
    monkeypatch.setattr(signing, "check_password", check_slowly)
    assert isinstance(sign_in(journal, AT, LOGIN, PASSWORD, ADDRESS, LIMITS), Refused)


def test_a_dearer_hash_is_kept_at_the_next_sign_in(journal):
    added = add(journal)
    dearer = Hashing(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1), login_rounds=2)
    opened = sign_in(journal, AT, LOGIN, PASSWORD, ADDRESS, replace(LIMITS, hashing=dearer))
    assert isinstance(opened, SignedIn)
    with journal.reading() as session:
        assert "t=2" in str(session.get_one(Person, added.id).password_hash)
    (entry,) = [entry for entry in entries(journal, Kind.CHANGED) if entry.after]
    assert (entry.after, entry.why) == ({"password_hash": "***"}, "kata sandi yang sama, dengan biaya hash yang baru")
    assert find_identity(journal, opened.key, AT, LIMITS)


# How long a sign-in holds: minutes at which it was used, the minute it is asked for, whether it still holds.
@pytest.mark.parametrize(
    ("used", "asked", "holds"),
    [
        ((), 59, True),
        ((), 60, False),
        ((50,), 109, True),
        ((50,), 110, False),
        (tuple(range(30, 720, 30)), 719, True),
        (tuple(range(30, 720, 30)), 720, False),
    ],
)
def test_limits_without_activity_and_at_all(journal, used, asked, holds):
    add(journal)
    key = open_one(journal).key
    for minute in used:
        assert find_identity(journal, key, later(minutes=minute), LIMITS)
    assert (find_identity(journal, key, later(minutes=asked), LIMITS) is not None) is holds
    ends = entries(journal, Kind.SIGNED_OUT)
    assert [entry.why for entry in ends] == ([] if holds else ["batas waktu"])


def test_looking_without_touching_is_no_activity_and_writes_nothing(journal):
    add(journal)
    key = open_one(journal).key
    revision = journal.revision()
    for minute in range(0, 60, 10):
        assert find_identity(journal, key, later(minutes=minute), LIMITS, touch=False)
    assert find_identity(journal, key, later(minutes=60), LIMITS, touch=False) is None
    assert journal.revision() == revision


def test_activity_is_written_at_most_once_a_minute(journal):
    add(journal)
    key = open_one(journal).key
    seen = []
    for second in (10, 59, 60, 90, 119, 120):
        find_identity(journal, key, later(seconds=second), LIMITS)
        with journal.reading() as session:
            seen.append((session.scalars(sa.select(SignIn.seen_at)).one() - AT).seconds)
    assert seen == [0, 0, 60, 60, 60, 120]


def test_a_limit_of_one_minute_counts_activity_too(journal):
    add(journal)
    limits = replace(LIMITS, idle_minutes=1)
    opened = sign_in(journal, AT, LOGIN, PASSWORD, ADDRESS, limits)
    assert isinstance(opened, SignedIn)
    for second in range(20, 300, 20):
        assert find_identity(journal, opened.key, later(seconds=second), limits)


def test_a_shorter_limit_in_the_settings_counts_for_open_sign_ins(journal):
    add(journal)
    key = open_one(journal).key
    assert find_identity(journal, key, later(minutes=50), Limits(30, 12)) is None


@pytest.mark.parametrize(
    "spoil", [str.upper, str.lower, lambda key: key[:-1], lambda key: key + "=", lambda key: f" {key}"]
)
def test_only_the_whole_key_opens(journal, spoil):
    add(journal)
    key = open_one(journal).key
    assert find_identity(journal, spoil(key), AT, LIMITS) is None


def test_neither_the_kept_digest_nor_a_key_of_another_kind_opens(journal):
    add(journal)
    key = open_one(journal).key
    with journal.reading() as session:
        kept = session.scalars(sa.select(SignIn.key_digest)).one()
    for wrong in (kept, "", ClaimsKey(key), "x" * 10_000, "\ud800"):
        assert find_identity(journal, wrong, AT, LIMITS) is None


def test_signing_out_ends_it_for_good_and_once(journal):
    add(journal)
    key, other = open_one(journal).key, open_one(journal).key
    for _ in range(2):
        sign_out(journal, later(minutes=1), key)
    sign_out(journal, later(minutes=1), "tidak ada")
    assert find_identity(journal, key, later(minutes=2), LIMITS) is None
    assert find_identity(journal, other, later(minutes=2), LIMITS)
    (entry,) = entries(journal, Kind.SIGNED_OUT)
    assert (entry.actor, entry.subject, entry.why) == (LOGIN, LOGIN, "keluar sendiri")


def test_a_person_switched_off_by_hand_is_nobody(journal):
    added = add(journal)
    key = open_one(journal).key
    with journal.writing(ADMIN, AT) as session:
        session.get_one(Person, added.id).is_active = False
    assert find_identity(journal, key, AT, LIMITS) is None


def test_an_identity_names_the_person_and_the_end(journal):
    add(journal, name="Budi Santoso", role="analis")
    identity = open_one(journal).identity
    assert identity == Identity(1, LOGIN, "Budi Santoso", Role.ANALYST, None, None, False, 1, "akun", later(hours=12))
