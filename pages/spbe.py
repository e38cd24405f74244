"""SPBE: index and predikat, series over the change of scheme, domains and their gaps, peers, rules in force."""

from __future__ import annotations

from pages.shared.access import require
from pages.shared.filter_bar import filter_bar
from pages.shared.heading import open_desk
from pages.shared.render import show_content
from reports.pages import spbe
from warehouse.scope import Action

require(Action.SEE_PAGES)
desk = open_desk(spbe.TITLE)
filters = filter_bar(desk, "spbe")
show_content(desk, spbe.build(desk, filters))
