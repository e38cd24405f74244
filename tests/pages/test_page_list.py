"""Which pages a role finds in the navigation, and where it lands."""

from __future__ import annotations

import pytest

from pages.shared.page_list import ENTRIES, HOMES, opens
from warehouse.scope import Role, Scope

WORK = {"ringkasan", "peringatan", "spbe", "smart_environment", "smart_living", "masterplan", "indikator"}
OPEN = {
    Role.OPERATOR: WORK | {"dinding", "disiplin_data"},
    Role.ANALYST: WORK | {"dinding", "jelajah", "disiplin_data"},
    Role.OPD: WORK | {"jelajah", "disiplin_data", "setor_data"},
    Role.STEWARD: WORK | {"dinding", "jelajah", "disiplin_data", "setor_data"},
    Role.LEADER: WORK | {"dinding", "jelajah", "disiplin_data"},
    Role.ADMIN: WORK | {"dinding", "kelola"},
    Role.SCREEN: {"dinding"},
    Role.LOCAL: WORK | {"dinding", "jelajah", "disiplin_data", "setor_data", "kelola"},
}


def scope_of(role: Role, *kecamatan: str) -> Scope:
    opd = ("1.01",) if role is Role.OPD else ()
    return Scope(role, "seseorang", is_verified=True, opd_codes=opd, kecamatan_codes=kecamatan)


def listed(scope: Scope) -> set[str]:
    return {entry.file.removesuffix(".py") for entry in ENTRIES if entry.is_listed and opens(entry, scope)}


@pytest.mark.parametrize("role", Role)
def test_a_role_finds_what_it_may_open(role: Role) -> None:
    assert listed(scope_of(role)) == OPEN[role]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SCREEN])
def test_who_is_limited_to_a_kecamatan_finds_no_wall_and_manages_nothing(role: Role) -> None:
    assert listed(scope_of(role, "35.16.01")) == OPEN[role] - {"dinding", "kelola"}


@pytest.mark.parametrize("role", Role)
def test_everybody_lands_on_a_page_they_may_open(role: Role) -> None:
    by_file = {entry.file: entry for entry in ENTRIES}
    assert any(opens(by_file[home], scope_of(role)) for home in HOMES)
