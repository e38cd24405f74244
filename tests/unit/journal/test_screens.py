"""Keys of wall screens open one screen until revoked; nothing else opens any."""

from __future__ import annotations

import random
import string
from dataclasses import replace

import pytest
import sqlalchemy as sa

from journal.model import Kind, ScreenPass
from journal.screens import ScreenError, check_screen, create_pass, list_passes, open_screen, revoke_pass
from journal.sessions import digest
from journal.store import StaleEditError
from tests.unit.journal.examples import ADMIN, AT
from tests.unit.journal.signers import ADDRESS, entries, later, tries
from warehouse.scope import NotPermittedError, Role

SCREENS = ("utama", "papan_2x2")


@pytest.fixture
def made(journal):
    return create_pass(journal, ADMIN, AT, "Mini PC ruang rapat", "utama", SCREENS)


def test_a_key_opens_its_screen_and_is_kept_nowhere(journal, made):
    assert made.token.startswith("ly_")
    assert len(made.token) == 46
    assert open_screen(journal, AT, made.token, ADDRESS) == "utama"
    assert check_screen(journal, AT, made.token) == "utama"
    with journal.reading() as session:
        kept = session.scalars(sa.select(ScreenPass)).one()
        assert made.token not in str(vars(kept))
        assert kept.key_digest == digest(made.token)
    (entry,) = entries(journal)
    assert (entry.kind, entry.subject, entry.actor) == (Kind.ADDED, "Mini PC ruang rapat (utama)", ADMIN.actor)
    assert entry.after["key_digest"] == "***"


@pytest.mark.parametrize(
    ("label", "screen_id", "words"),
    [
        ("", "utama", "Nama kunci wajib"),
        ("  ", "utama", "Nama kunci wajib"),
        ("x" * 81, "utama", "Nama kunci wajib"),
        ("Rapat\x1b[31m", "utama", "Nama kunci wajib"),
        ("Rapat", "utma", "maksudnya 'utama'?"),
        ("Rapat", "", "tidak diatur."),
        ("Rapat", "../../etc", "tidak diatur."),
        ("mini PC  ruang rapat", "utama", None),
        ("Mini PC  ruang rapat", "utama", "sudah ada dan masih berlaku"),
    ],
)
def test_labels_and_screens_are_checked(journal, made, label, screen_id, words):
    if words is None:
        assert create_pass(journal, ADMIN, AT, label, screen_id, SCREENS).line.label == "mini PC ruang rapat"
        return
    with pytest.raises(ScreenError) as told:
        create_pass(journal, ADMIN, AT, label, screen_id, SCREENS)
    assert words in str(told.value)


def test_a_revoked_key_opens_nothing_and_says_so_to_nobody(journal, made):
    line = revoke_pass(journal, ADMIN, later(minutes=1), made.line.id, made.line.version, "mini PC hilang")
    assert line.revoked_at == later(minutes=1)
    assert check_screen(journal, AT, made.token) is None
    assert open_screen(journal, AT, made.token, ADDRESS) is None
    changed = entries(journal, Kind.CHANGED)
    assert [(entry.after, entry.why) for entry in changed] == [
        ({"revoked_at": "2026-11-21T16:09:00"}, "mini PC hilang")
    ]
    with pytest.raises(ScreenError, match="sudah dicabut"):
        revoke_pass(journal, ADMIN, AT, line.id, line.version, "lagi")
    again = create_pass(journal, ADMIN, AT, "Mini PC ruang rapat", "papan_2x2", SCREENS)
    assert [one.id for one in list_passes(journal, ADMIN)] == [again.line.id, line.id]


def test_a_stale_revocation_is_refused(journal, made):
    with journal.writing(ADMIN, AT) as session:
        session.get_one(ScreenPass, made.line.id).label = "Lobi"
    with pytest.raises(StaleEditError, match="Lobi"):
        revoke_pass(journal, ADMIN, AT, made.line.id, made.line.version, "")


def test_use_neither_makes_an_edit_stale_nor_fills_the_history(journal, made):
    revision = journal.revision()
    seen = []
    for second in (0, 5, 59, 60, 119, 121):
        check_screen(journal, later(seconds=second), made.token)
        seen.append((list_passes(journal, ADMIN)[0].used_at - AT).seconds)
    assert seen == [0, 0, 0, 60, 60, 121]
    assert journal.revision() == revision
    revoke_pass(journal, ADMIN, AT, made.line.id, made.line.version, "")


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMIN, Role.LOCAL, Role.OPD)])
def test_only_who_may_manages_screens(journal, made, role):
    scope = replace(ADMIN, role=role)
    acts = (
        lambda: list_passes(journal, scope),
        lambda: create_pass(journal, scope, AT, "Rapat", "utama"),
        lambda: revoke_pass(journal, scope, AT, made.line.id, made.line.version, ""),
    )
    for act in acts:
        with pytest.raises(NotPermittedError):
            act()


def mutations(token: str) -> list[str]:
    """The key with one thing wrong with it."""
    swapped = [token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :] for at in range(len(token))]
    cut = [token[:length] for length in range(len(token))] + [token[start:] for start in range(1, len(token))]
    around = [f" {token}", f"{token} ", f"{token}\n", f"\t{token}", f"{token}/", f"{token}=", f"{token}\0", token * 2]
    other = [token.upper(), token.lower(), token.swapcase(), token[::-1], token.replace("ly_", "LY_"), digest(token)]
    wild = [
        "%",
        "_" * 46,
        "ly_%",
        "ly_" + "_" * 43,
        "' OR ''='",
        "ly_" + digest(token)[:43],
        "",
        "\ud800",
        "ｌｙ_" + token[3:],
    ]
    return [*swapped, *cut, *around, *other, *wild]


@pytest.mark.parametrize("count", [1_000, pytest.param(10_000, marks=pytest.mark.slow)])
def test_guesses_open_nothing_and_are_told_once(journal, made, count):
    drawn = random.Random(16)
    letters = string.ascii_letters + string.digits + "_-"
    guesses = mutations(made.token)
    guesses += ["ly_" + "".join(drawn.choices(letters, k=43)) for _ in range(count - len(guesses))]
    assert made.token not in guesses
    opened = [guess for guess in guesses if open_screen(journal, AT, guess, ADDRESS) is not None]
    assert opened == []
    assert len(tries(journal)) == 10
    (entry,) = entries(journal, Kind.WRONG_SIGN_IN)
    assert (entry.subject_kind, entry.subject, entry.address) == ("layar", "token tidak dikenal", ADDRESS)
    assert entry.after == {"percobaan": 10, "diam_menit": 5}
    assert open_screen(journal, AT, made.token, ADDRESS) == "utama"  # the wall behind the same address goes on


# Seconds at which wrong keys come from one address, and how many bursts the history tells of.
@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (range(9), 0),
        (range(10), 1),
        (range(100), 1),
        (range(0, 320, 7), 0),
        ([*range(10), *range(400, 410)], 2),
        (range(0, 400, 5), 2),
        (range(0, 340, 3), 2),
    ],
)
def test_bursts_are_told_once_each(journal, seconds, told):
    for second in seconds:
        assert open_screen(journal, later(seconds=second), "ly_tebakan", ADDRESS) is None
    assert len(entries(journal, Kind.WRONG_SIGN_IN)) == told


def test_one_address_does_not_silence_another(journal):
    for number in range(20):
        open_screen(journal, AT, "ly_tebakan", f"10.0.0.{number % 2}")
    assert {entry.address for entry in entries(journal, Kind.WRONG_SIGN_IN)} == {"10.0.0.0", "10.0.0.1"}
