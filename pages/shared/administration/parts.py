"""The parts of `kelola` and the right each one needs; without any of them the page is refused in words."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _

from pages.shared import access
from warehouse.scope import Action

RIGHTS: Mapping[str, tuple[str, Action]] = {
    "orang": (_("Orang"), Action.MANAGE_PEOPLE),
    "layar": (_("Layar"), Action.MANAGE_SCREENS),
    "pemberitahuan": (_("Pemberitahuan"), Action.MANAGE_PEOPLE),
    "jejak": (_("Jejak"), Action.READ_AUDIT),
}


def allowed_parts() -> dict[str, str]:
    """Labels of the parts this scope may open, by id; stops the page when there is none."""
    scope = access.current_scope()
    allowed = {part: label for part, (label, action) in RIGHTS.items() if scope.may(action)}
    if not allowed:
        access.require(Action.MANAGE_PEOPLE)
    return allowed
