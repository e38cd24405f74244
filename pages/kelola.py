"""Kelola: who may sign in, which wall screens there are, who is told of alarms, and what everybody did."""

from __future__ import annotations

from gettext import gettext as _

from pages.shared.administration.actor import ask_name
from pages.shared.administration.address import show_tabs
from pages.shared.administration.audit import show_audit
from pages.shared.administration.facts import read_facts
from pages.shared.administration.notices import show_notices
from pages.shared.administration.parts import allowed_parts
from pages.shared.administration.people import show_people
from pages.shared.administration.screens import show_screens
from pages.shared.heading import open_page

DRAW = {"orang": show_people, "layar": show_screens, "pemberitahuan": show_notices, "jejak": show_audit}

open_page(_("Kelola"))
parts = allowed_parts()
ask_name()
part, place = show_tabs(parts)
with place:
    DRAW[part](read_facts())
