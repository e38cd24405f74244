"""Sign-ins and keys of screens hold on a real PostgreSQL when many come at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from journal import signing
from journal.migrating import open_journal
from journal.model import Kind
from journal.people import PeopleError, PersonEdit, Rules, change_person, list_people
from journal.screens import check_screen, create_pass, open_screen, revoke_pass
from journal.sessions import Refused, find_identity
from journal.signing import open_oidc, sign_in
from tests.unit.journal.examples import ADMIN, AT
from tests.unit.journal.signers import ADDRESS, CHEAP, LIMITS, LOGIN, PASSWORD, add, entries, open_one
from tests.unit.journal.test_signing_oidc import CLAIMS


@pytest.fixture
def journal(database):
    opened = open_journal(database)
    yield opened
    opened.close()


def at_once(act, count=20):
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(act, range(count)))


def test_parallel_tries_get_no_free_guesses(journal, monkeypatch):
    add(journal)
    checked = []
    real = signing.check_password
    monkeypatch.setattr(signing, "check_password", lambda *given: checked.append(1) or real(*given))
    answers = at_once(lambda number: sign_in(journal, AT, LOGIN, "salah", f"10.0.1.{number}", LIMITS))
    assert all(isinstance(answer, Refused) for answer in answers)
    assert len(checked) == 3
    assert len(entries(journal, Kind.WRONG_SIGN_IN)) == 20


def test_the_same_claims_open_one_sign_in(journal):
    add(journal)
    opened = at_once(lambda _: open_oidc(journal, AT, CLAIMS, "email", ADDRESS, LIMITS))
    assert len({one.identity.sign_in_id for one in opened}) == 1


def test_two_admins_cannot_switch_each_other_off(journal):
    for number in range(2):
        add(journal, f"admin{number}", role="admin")
    lines = list_people(journal, ADMIN)

    def switch_off(number):
        try:
            return change_person(
                journal, ADMIN, AT, PersonEdit(lines[number].id, 1, {"is_active": False}), "", Rules(hashing=CHEAP)
            )
        except PeopleError:
            return None

    assert sum(line is not None for line in at_once(switch_off, 2)) == 1
    assert sum(line.is_active for line in list_people(journal, ADMIN)) == 1


def test_a_day_of_a_sign_in_and_of_a_screen(journal):
    add(journal)
    key = open_one(journal).key
    assert find_identity(journal, key, AT + timedelta(minutes=30), LIMITS)
    assert find_identity(journal, key, AT + timedelta(hours=2), LIMITS) is None
    assert isinstance(sign_in(journal, AT, "\ud800\0", PASSWORD, ADDRESS, LIMITS), Refused)
    made = create_pass(journal, ADMIN, AT, "Lobi", "utama")
    assert open_screen(journal, AT, made.token, ADDRESS) == "utama"
    assert open_screen(journal, AT, "ly_\0", ADDRESS) is None
    revoke_pass(journal, ADMIN, AT, made.line.id, made.line.version, "")
    assert check_screen(journal, AT, made.token) is None
