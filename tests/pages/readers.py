"""Readers that tests of pages look through: two of a part of the region, and one of each role."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from streamlit.testing.v1 import AppTest

from pages.shared import access
from tests.pages.reading import open_page
from warehouse.scope import Role, Scope

OWN = "DLH"
DLH = Scope(Role.OPD, "dlh@mojokertokab.go.id", True, (OWN,))
KUTOREJO = Scope(Role.ANALYST, "kutorejo@mojokertokab.go.id", True, kecamatan_codes=("35.16.07",))
NARROW = {"opd": DLH, "kecamatan": KUTOREJO}
PEOPLE = {
    role: Scope(role, role.value, True, (OWN,) if role is Role.OPD else ())
    for role in (Role.OPERATOR, Role.ANALYST, Role.OPD, Role.STEWARD, Role.LEADER, Role.ADMIN, Role.SCREEN)
}


@contextmanager
def read_as(scope: Scope, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Pages run for this reader, whoever the session would be."""
    with monkeypatch.context() as patch:
        patch.setattr(access, "current_scope", lambda: scope)
        patch.setattr("pages.shared.heading.current_scope", lambda: scope)
        yield


def opened(page: str, **query: str) -> AppTest:
    """The page, which must have neither failed nor told an error."""
    shown = open_page(page, **query)
    assert [error.value for error in (*shown.exception, *shown.error)] == []
    return shown
