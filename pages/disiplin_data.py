"""Disiplin data: who delivered, who is late, what waits for a confirmation, what was held back, what was agreed."""

from __future__ import annotations

import streamlit as st

from pages.shared.access import require
from pages.shared.administration.actor import ask_name
from pages.shared.discipline.confirming import offer_confirming
from pages.shared.discipline.excusing import offer_excusing
from pages.shared.discipline.running import show_running
from pages.shared.export import may_take, offer_content, offer_file
from pages.shared.filter_bar import filter_bar
from pages.shared.heading import open_desk
from pages.shared.render import show_message, show_section
from reports import delivery_excuses, delivery_files, quarantine
from reports.deliveries import read_deliveries
from reports.pages import disiplin_data
from warehouse.scope import Action

require(Action.SEE_DELIVERIES)
desk = open_desk(disiplin_data.TITLE)
filters = filter_bar(desk, "disiplin_data")
content, cut = disiplin_data.build(desk, filters), read_deliveries(desk, filters)
show_message(content)
if may_take(desk, Action.CONFIRM):  # else told here, in place of the buttons below
    ask_name()
for part in content.sections:
    show_section(desk, part)
    if part.title == delivery_files.HELD_TITLE:
        offer_confirming(desk, cut)
    elif part.title == delivery_excuses.EXCUSES_TITLE:
        offer_excusing(desk, cut)
    elif part.title == delivery_files.FILES_TITLE:
        offer_file(desk, "disiplin_data", filters, disiplin_data.receipts(desk, filters))
    elif part.title == quarantine.TITLE and desk.scope.may(Action.SEE_QUARANTINE):
        with st.container(horizontal=True):
            for held in disiplin_data.held_files(desk, filters):
                offer_file(desk, "disiplin_data", filters, held)
show_running(desk)
offer_content(desk, content)
