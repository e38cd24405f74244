"""Who looks at this session: makes its scope once, and refuses in words what it does not allow."""

from __future__ import annotations

from warehouse.scope import Scope, machine_scope


def current_scope() -> Scope:
    """The scope of this session."""
    return machine_scope("")
