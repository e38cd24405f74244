"""Smart Living: 112 calls, from call to closed ticket, fire response, arrivals by kecamatan, open tickets, dengue."""

from __future__ import annotations

from pages.shared.access import require
from pages.shared.filter_bar import filter_bar
from pages.shared.heading import open_desk
from pages.shared.render import show_content
from reports.pages import smart_living
from warehouse.scope import Action

require(Action.SEE_PAGES)
desk = open_desk(smart_living.TITLE)
filters = filter_bar(desk, "smart_living")
show_content(desk, smart_living.build(desk, filters))
