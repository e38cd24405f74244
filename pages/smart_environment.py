"""Smart Environment: air of the latest days, then the waste balance of a year, composition, regions of the province."""

from __future__ import annotations

from pages.shared.access import require
from pages.shared.filter_bar import filter_bar
from pages.shared.heading import open_desk
from pages.shared.render import show_content
from reports.pages import smart_environment
from warehouse.scope import Action

require(Action.SEE_PAGES)
desk = open_desk(smart_environment.TITLE)
filters = filter_bar(desk, "smart_environment")
show_content(desk, smart_environment.build(desk, filters))
