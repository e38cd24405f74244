"""Jelajah: choose an indicator, cut it, compare it, and open the delivered rows behind a number."""

from __future__ import annotations

from pages.shared.access import require
from pages.shared.export import may_take, offer_file
from pages.shared.filter_bar import filter_bar
from pages.shared.heading import open_desk
from pages.shared.render import show_content
from reports.pages import jelajah
from warehouse.scope import Action

require(Action.EXPLORE)
desk = open_desk(jelajah.TITLE)
filters = filter_bar(desk, "jelajah")
show_content(desk, jelajah.build(desk, filters))
rows = jelajah.rows_file(desk, filters) if may_take(desk, Action.EXPORT_ROWS) else None
if rows is not None:
    offer_file(desk, "jelajah", filters, rows)
