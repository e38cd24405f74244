"""Which passwords are taken, how they are kept, and that checking one tells nothing by its work."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from journal import passwords
from journal.passwords import STRONG, Hashing, check_password, hash_password, password_problem
from tests.unit.journal.signers import CHEAP, KEPT, PASSWORD

LOGIN, NAME = "budi.santoso@mojokertokab.go.id", "Budi Santoso, S.Kom."


@pytest.mark.parametrize(
    "password",
    [
        PASSWORD,
        "kuda-hijau-9-menari",
        "Tr7#qL0!vZ2p",
        "pendopo tua di bawah beringin",  # a known word among others
        "ꦥꦼꦤ꧀ꦝꦺꦴꦥꦴꦩꦗꦥꦲꦶꦠ꧀ lama",
        "x9" * 3 + "Kp4 lumpur" + "z" * 200,
    ],
)
def test_taken(password):
    assert password_problem(password, LOGIN, NAME) is None


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "paling sedikit 12"),
        ("pendek-saja", "paling sedikit 12"),
        ("e\u0301" * 11, "paling sedikit 12"),  # 22 code points on some keyboards, 11 letters on all
        ("sangat panjang " * 20, "paling banyak 256"),
        ("baris pertama\nbaris kedua", "tidak dapat diketik"),
        ("lumpur kerbau\ud800 jingga", "tidak dapat diketik"),
        ("budi.santoso@mojokertokab.go.id!", "login atau nama"),
        ("Rumah-SANTOSO-biru", "login atau nama"),
        ("aaaaaaaaaaaaaaaa", "diulang"),
        ("121212121212", "diulang"),
        ("123456789012", "diulang"),
        ("0987654321098", "diulang"),
        ("abcdefghijklmnop", "diulang"),
        ("112233445566", "diulang"),
        ("password1234", "pertama kali ditebak"),
        ("P@ssw0rd2026!", "pertama kali ditebak"),
        ("pendopo-2026-!", "pertama kali ditebak"),
        ("Admin123456789", "pertama kali ditebak"),
        ("AdminPendopo#1", "pertama kali ditebak"),
        ("kabupatenMojokerto1", "pertama kali ditebak"),
        ("qwertyuiop123", "pertama kali ditebak"),
        ("19450817-2026", "pertama kali ditebak"),
    ],
)
def test_refused(password, words):
    problem = password_problem(password, LOGIN, NAME)
    assert problem is not None
    assert words in problem
    assert "rangkai empat atau lima kata" in problem or "rangkai" not in words
    assert not password or password not in problem


def test_kept_as_argon2id_with_a_salt_of_its_own():
    kept = hash_password(PASSWORD, CHEAP)
    assert kept.startswith("$argon2id$v=19$")
    assert kept != KEPT
    assert PASSWORD not in kept


def test_the_cost_of_the_product_is_the_recommended_one():
    hasher = STRONG.hasher
    assert (hasher.time_cost, hasher.memory_cost, hasher.parallelism) == (3, 65536, 4)


@pytest.mark.parametrize(
    ("stored", "typed", "is_right"),
    [
        (KEPT, PASSWORD, True),
        (KEPT, PASSWORD + " ", False),
        (KEPT, PASSWORD.upper(), False),
        (KEPT, "", False),
        (KEPT, "x" * 1_000_000, False),
        (KEPT, "\ud800", False),
        (None, PASSWORD, False),
        (None, "", False),  # what the dummy was made of
        ("", "", False),
        ("$argon2id$broken", PASSWORD, False),
        ("$argon2id$broken", "", False),
        (PASSWORD, PASSWORD, False),
    ],
    ids=range(12),  # a hash has a salt: as a name it would differ between processes that share the tests
)
def test_checked_with_one_verification_that_costs_the_same(monkeypatch, stored, typed, is_right):
    verified = []

    def count(hasher, kept, password):
        try:
            return real(hasher, kept, password)
        finally:
            verified.append(kept)

    check_password(None, "", CHEAP)
    real = PasswordHasher.verify
    monkeypatch.setattr(PasswordHasher, "verify", count)
    assert check_password(stored, typed, CHEAP).is_right is is_right
    costly = [kept for kept in verified if kept == KEPT or kept == passwords._dummy(CHEAP)]
    assert len(costly) == 1


def test_letters_composed_in_another_way_are_the_same_password():
    kept = hash_password("cafe\u0301 di tepi sawah", CHEAP)
    assert check_password(kept, "café di tepi sawah", CHEAP).is_right


def test_a_password_kept_at_another_cost_is_kept_anew():
    dearer = Hashing(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1), login_rounds=2)
    checked = check_password(KEPT, PASSWORD, dearer)
    assert checked.is_right
    assert checked.fresh_hash is not None
    assert check_password(checked.fresh_hash, PASSWORD, dearer) == passwords.Checked(True, None)
    assert check_password(KEPT, "salah sekali ini", dearer).fresh_hash is None
