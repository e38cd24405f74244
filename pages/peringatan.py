"""Peringatan: what is beyond its limit now and who acts, one alarm whole, what was done, and how well alarms work."""

from __future__ import annotations

from pages.shared.access import require
from pages.shared.administration.actor import ask_name
from pages.shared.alarms.answering import offer_acts
from pages.shared.export import may_take, offer_content
from pages.shared.filter_bar import filter_bar
from pages.shared.heading import open_desk
from pages.shared.render import show_message, show_section
from reports import alarms
from reports.pages import peringatan
from warehouse.scope import Action

require(Action.SEE_PAGES)
desk = open_desk(peringatan.TITLE)
filters = filter_bar(desk, "peringatan")
content, cut = peringatan.build(desk, filters), alarms.read_alarms(desk, filters.opd)
chosen = peringatan.find_alarm(cut, filters)
show_message(content)
if may_take(desk, Action.ANSWER):  # else told here, in place of the forms below
    ask_name()
for part in content.sections:
    show_section(desk, part)
    if part.title == (alarms.ONE_TITLE if chosen else alarms.OPEN_TITLE):
        offer_acts(desk, cut, chosen)
offer_content(desk, content)
