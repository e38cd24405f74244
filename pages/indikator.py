"""Indikator: one indicator whole, from its value and what binds it to the rows behind it and those held back."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from pages.shared.access import require
from pages.shared.export import may_take, offer_content, offer_file
from pages.shared.filter_bar import filter_bar
from pages.shared.heading import link_page, open_desk
from pages.shared.level_case import offer_simulator
from pages.shared.render import show_message, show_section
from reports.level_case import CASE_TITLE
from reports.pages import indikator
from warehouse.scope import Action

require(Action.SEE_PAGES)
desk = open_desk(indikator.TITLE)
filters = filter_bar(desk, "indikator")
content = indikator.build(desk, filters)
latest, explanation, definition, rows, *further = content.sections

show_message(content)
latest_place, definition_place = st.columns((2, 3))
with latest_place:
    show_section(desk, latest)
    show_section(desk, explanation)
with definition_place:
    show_section(desk, definition)

below = (rows, *further)
rows_tab, *further_tabs = st.tabs([one.title for one in below])
with rows_tab:
    show_section(desk, rows)
    download = indikator.rows_download(desk, filters) if may_take(desk, Action.EXPORT_ROWS) else None
    if download is not None:
        offer_file(desk, "indikator", filters, download)
    elif not content.sources:
        link_page("pages/disiplin_data.py", _("Buka Disiplin data"))
for tab, section in zip(further_tabs, further, strict=True):
    with tab:
        show_section(desk, section)
        if section.title == CASE_TITLE:
            offer_simulator(desk)
offer_content(desk, content)
