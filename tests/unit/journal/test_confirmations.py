"""Words on held deliveries: by whom, when, why and about what; the latest counts, and nobody else's."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from journal.confirmations import ConfirmationError, HeldDelivery, confirm_delivery, confirmations
from journal.model import Entry
from warehouse.scope import NotPermittedError, Role, Scope, machine_scope

AT = datetime(2026, 11, 21, 16, 8)
STEWARD = Scope(Role.STEWARD, "walidata.uji", is_verified=True)
HELD = HeldDelivery("opd_lra", "opd_lra:abc", ("tingkat", "pagu"), "ANGGARAN melebihi pagu.")


def test_a_word_is_kept_with_its_entry(journal):
    confirm_delivery(journal, STEWARD, AT, HELD, " DPPA\nmenyusul. ")
    (word,) = confirmations(journal, AT).values()
    assert (word.submission_id, word.rules, word.reason) == ("opd_lra:abc", ("pagu", "tingkat"), "DPPA menyusul.")
    assert (word.confirmed_by, word.confirmed_at, word.shown) == ("walidata.uji", AT, HELD.shown)
    with journal.reading() as session:
        entry = session.scalars(sa.select(Entry).order_by(Entry.id.desc())).first()
    assert (entry.kind, entry.subject_kind, entry.subject, entry.why) == (
        "tambah",
        "kiriman",
        "opd_lra:abc",
        "DPPA menyusul.",
    )


def test_the_latest_word_up_to_an_instant_counts(journal):
    for hour in (0, 1):
        confirm_delivery(journal, STEWARD, AT + timedelta(hours=hour), HELD, f"Alasan {hour}.")
    assert confirmations(journal, AT - timedelta(minutes=1)) == {}
    assert [confirmations(journal, AT + timedelta(hours=hour))["opd_lra:abc"].reason for hour in (0, 1)] == [
        "Alasan 0.",
        "Alasan 1.",
    ]


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.STEWARD, Role.LOCAL)])
def test_other_roles_confirm_nothing(journal, role):
    scope = Scope(role, "uji", is_verified=True, opd_codes=("DINSOS",) if role is Role.OPD else ())
    with pytest.raises(NotPermittedError):
        confirm_delivery(journal, scope, AT, HELD, "Alasan.")
    assert confirmations(journal, AT) == {}


@pytest.mark.parametrize(("actor", "reason"), [("", "Alasan."), ("uji", "  "), ("uji", "x" * 501)])
def test_without_name_or_reason_nothing_is_kept(journal, actor, reason):
    with pytest.raises(ConfirmationError):
        confirm_delivery(journal, machine_scope(actor), AT, HELD, reason)
    assert confirmations(journal, AT) == {}


def test_a_reason_shows_no_telephone_number(journal):
    confirm_delivery(journal, STEWARD, AT, HELD, "Sudah ditelepon ke 0812-3456-7890.")
    assert "3456" not in confirmations(journal, AT)["opd_lra:abc"].reason
