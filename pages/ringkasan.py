"""Ringkasan: what needs action, headline figures of each dimension, what is nearest to its limit, the data clock."""

from __future__ import annotations

from pages.shared.access import require
from pages.shared.filter_bar import filter_bar
from pages.shared.heading import open_desk
from pages.shared.render import show_content
from reports.pages import ringkasan
from warehouse.scope import Action

require(Action.SEE_PAGES)
desk = open_desk(ringkasan.TITLE)
filters = filter_bar(desk, "ringkasan")
show_content(desk, ringkasan.build(desk, filters))
