"""Excused delays: by whom and why, once for each period, and by nobody without the right."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from journal.excuses import Delay, ExcuseError, excuse_delay, excuses, revoke_excuse
from journal.model import Entry
from warehouse.scope import NotPermittedError, Role, Scope, machine_scope

AT = datetime(2026, 11, 21, 16, 8)
STEWARD = Scope(Role.STEWARD, "walidata.uji", is_verified=True)
DELAY = Delay("dlh_ispu", "DLH", datetime(2026, 11, 1))


def test_an_excuse_is_kept_with_its_entry(journal):
    excuse_delay(journal, STEWARD, AT, DELAY, " Server\ndipindah. ")
    (said,) = excuses(journal, AT)
    assert (said.delay, said.reason, said.excused_by, said.excused_at) == (
        DELAY,
        "Server dipindah.",
        "walidata.uji",
        AT,
    )
    assert excuses(journal, AT - timedelta(seconds=1)) == ()
    with journal.reading() as session:
        entry = session.scalars(sa.select(Entry).order_by(Entry.id.desc())).first()
    assert (entry.subject_kind, entry.subject, entry.why) == ("pemakluman", "dlh_ispu DLH", "Server dipindah.")


def test_a_period_is_excused_once(journal):
    excuse_delay(journal, STEWARD, AT, DELAY, "Alasan.")
    with pytest.raises(ExcuseError, match=r"Sudah dimaklumi oleh walidata\.uji: Alasan\."):
        excuse_delay(journal, STEWARD, AT, DELAY, "Lain.")
    excuse_delay(journal, STEWARD, AT, Delay("dlh_ispu", "DLH", datetime(2026, 12, 1)), "Lain.")
    assert len(excuses(journal, AT)) == 2


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.STEWARD, Role.LOCAL)])
def test_other_roles_excuse_nothing(journal, role):
    scope = Scope(role, "uji", is_verified=True, opd_codes=("DINSOS",) if role is Role.OPD else ())
    with pytest.raises(NotPermittedError):
        excuse_delay(journal, scope, AT, DELAY, "Alasan.")
    assert excuses(journal, AT) == ()


@pytest.mark.parametrize(("actor", "reason"), [("", "Alasan."), ("uji", "  "), ("uji", "x" * 501)])
def test_without_name_or_reason_nothing_is_kept(journal, actor, reason):
    with pytest.raises(ExcuseError):
        excuse_delay(journal, machine_scope(actor), AT, DELAY, reason)
    assert excuses(journal, AT) == ()


def test_an_excuse_is_revoked_by_somebody_for_a_reason_and_may_be_given_again(journal):
    excuse_delay(journal, STEWARD, AT, DELAY, "Alasan.")
    later, other = AT + timedelta(hours=1), Scope(Role.STEWARD, "walidata.lain", is_verified=True)
    with pytest.raises(ExcuseError, match="Pencabutan wajib menyebut siapa dan mengapa"):
        revoke_excuse(journal, other, later, DELAY, " ")
    revoke_excuse(journal, other, later, DELAY, "Salah pilih masa.")
    (before,), (after,) = excuses(journal, AT), excuses(journal, later)
    assert (before.stands, before.revoked_by) == (True, None)  # what a release built in between stands on
    assert (after.stands, after.revoked_by, after.revoke_reason) == (False, "walidata.lain", "Salah pilih masa.")
    with journal.reading() as session:
        entry = session.scalars(sa.select(Entry).order_by(Entry.id.desc())).first()
    assert (entry.actor, entry.subject, entry.why) == ("walidata.lain", "dlh_ispu DLH", "Salah pilih masa.")
    with pytest.raises(ExcuseError, match="tidak sedang dimaklumi"):
        revoke_excuse(journal, other, later, DELAY, "Lagi.")
    excuse_delay(journal, STEWARD, later, DELAY, "Memang dimaklumi.")
    assert [one.stands for one in excuses(journal, later)] == [False, True]


def test_who_may_not_excuse_revokes_nothing(journal):
    excuse_delay(journal, STEWARD, AT, DELAY, "Alasan.")
    with pytest.raises(NotPermittedError):
        revoke_excuse(journal, Scope(Role.ANALYST, "uji", is_verified=True), AT, DELAY, "Alasan.")
