"""SPBE: index and predikat, series, domains and gaps, peers, levels of indicators, and own plans to a predikat."""

from __future__ import annotations

from pages.shared.access import require
from pages.shared.export import offer_content
from pages.shared.filter_bar import filter_bar
from pages.shared.heading import open_desk
from pages.shared.planning.planning import offer_planning
from pages.shared.render import show_message, show_section
from reports.pages import spbe
from reports.spbe_levels import MISSING_TITLE
from reports.spbe_path import PATH_TITLE
from warehouse.scope import Action

require(Action.SEE_PAGES)
desk = open_desk(spbe.TITLE)
filters = filter_bar(desk, "spbe")
content, levels = spbe.build(desk, filters), spbe.chosen_levels(desk, filters)
show_message(content)
for part in content.sections:
    show_section(desk, part)
    if part.title in (PATH_TITLE, MISSING_TITLE):
        offer_planning(desk, levels)
offer_content(desk, content)
