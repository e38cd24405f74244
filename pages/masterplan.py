"""Masterplan: plan against realisation of its programmes, by dimension and year; one programme with its agencies."""

from __future__ import annotations

from pages.shared.access import require
from pages.shared.filter_bar import filter_bar
from pages.shared.heading import open_desk
from pages.shared.render import show_content
from reports.pages import masterplan
from warehouse.scope import Action

require(Action.SEE_PAGES)
desk = open_desk(masterplan.TITLE)
filters = filter_bar(desk, "masterplan")
show_content(desk, masterplan.build(desk, filters))
