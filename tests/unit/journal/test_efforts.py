"""Costs and feasibility of indicators: by whom and why, one entry for each change, nothing over a stale reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa

from journal.efforts import Effort, EffortError, Estimate, efforts, save_efforts
from journal.failures import StaleEditError
from journal.model import Entry
from warehouse.scope import NotPermittedError, Role, Scope, machine_scope

AT = datetime(2026, 11, 21, 16, 8)
PEMDI = "permenpanrb_8_2026"
ANALYST = Scope(Role.ANALYST, "analis.uji", is_verified=True)
FIRST = Effort("20", Decimal("2.5"), at_most=4)


def entries(journal):
    with journal.reading() as session:
        own = sa.select(Entry).where(Entry.subject_kind == "biaya indikator").order_by(Entry.id)
        return [(entry.subject, entry.before, entry.after, entry.why) for entry in session.scalars(own)]


def test_what_is_kept_comes_back_exact_and_leaves_its_history(journal):
    assert efforts(journal, PEMDI) == {}
    assert (
        save_efforts(
            journal,
            ANALYST,
            AT,
            Estimate(
                PEMDI,
                (
                    FIRST,
                    Effort("19", may_rise=False),
                ),
            ),
            " Rapat\ntim. ",
        )
        == 2
    )
    kept = efforts(journal, PEMDI)
    assert {code: one.said for code, one in kept.items()} == {
        "20": (Decimal("2.5"), True, None, 4),
        "19": (Decimal(1), False, None, None),
    }
    assert efforts(journal, "permenpanrb_59_2020") == {}
    save_efforts(journal, ANALYST, AT, Estimate(PEMDI, (replace(kept["20"], cost=Decimal(3)),)), "Dihitung ulang.")
    assert efforts(journal, PEMDI)["20"].cost == 3
    assert [(subject, why) for subject, _before, _after, why in entries(journal)] == [
        (f"{PEMDI} 20", "Rapat tim."),
        (f"{PEMDI} 19", "Rapat tim."),
        (f"{PEMDI} 20", "Dihitung ulang."),
    ]
    assert entries(journal)[-1][1:3] == ({"cost": "2.5"}, {"cost": "3"})


def test_nobody_overwrites_what_they_have_not_seen(journal):
    save_efforts(journal, ANALYST, AT, Estimate(PEMDI, (FIRST,)), "Satu.")
    seen = efforts(journal, PEMDI)["20"]
    save_efforts(journal, ANALYST, AT, Estimate(PEMDI, (replace(seen, cost=Decimal(9)),)), "Dua.")
    for stale in (FIRST, replace(seen, cost=Decimal(7))):
        with pytest.raises(StaleEditError, match=r"analis\.uji"):
            save_efforts(
                journal,
                ANALYST,
                AT,
                Estimate(
                    PEMDI,
                    (
                        Effort("1", Decimal(4)),
                        stale,
                    ),
                ),
                "Tiga.",
            )
    assert {code: one.cost for code, one in efforts(journal, PEMDI).items()} == {"20": Decimal(9)}  # all or none


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ANALYST, Role.STEWARD, Role.LOCAL)])
def test_other_roles_keep_nothing(journal, role):
    scope = Scope(role, "uji", is_verified=True, opd_codes=("DINSOS",) if role is Role.OPD else ())
    with pytest.raises(NotPermittedError):
        save_efforts(journal, scope, AT, Estimate(PEMDI, (FIRST,)), "Alasan.")
    assert efforts(journal, PEMDI) == {}


def test_who_is_bound_to_a_part_of_the_region_plans_nothing_for_all_of_it(journal):
    with pytest.raises(NotPermittedError):
        save_efforts(journal, replace(ANALYST, opd_codes=("DLH",)), AT, Estimate(PEMDI, (FIRST,)), "Alasan.")


@pytest.mark.parametrize(
    ("actor", "why", "effort", "words"),
    [
        ("", "Alasan.", FIRST, "wajib menyebut siapa"),
        ("uji", "  ", FIRST, "wajib menyebut siapa"),
        ("uji", "x" * 501, FIRST, "paling panjang 500"),
        ("uji", "Alasan.", Effort("3", Decimal(0)), "Indikator 3: biaya harus"),
        ("uji", "Alasan.", Effort("3", at_least=5, at_most=4), "harus mencapai 5, padahal paling tinggi 4"),
    ],
)
def test_what_no_plan_could_use_is_refused(journal, actor, why, effort, words):
    with pytest.raises(EffortError, match=words):
        save_efforts(journal, machine_scope(actor), AT, Estimate(PEMDI, (effort,)), why)
    assert efforts(journal, PEMDI) == {}
