"""Disiplin data: who delivered, who is late, what waits for a confirmation, what was held back, what was agreed."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from charts.formats import format_number
from pages.shared.export import offer_content, offer_file
from pages.shared.filter_bar import filter_bar
from pages.shared.heading import open_desk
from pages.shared.render import show_message, show_section
from reports import quarantine
from reports.pages import disiplin_data

desk = open_desk(disiplin_data.TITLE)
filters = filter_bar(desk, "disiplin_data")
content = disiplin_data.build(desk, filters)
show_message(content)
for part in content.sections:
    show_section(desk, part)
    if part.title == quarantine.TITLE:
        with st.container(horizontal=True):
            for held in disiplin_data.downloads(desk, filters):
                count = format_number(held.row_count, 0, desk.locale)
                words = _("Unduh {count} baris yang ditahan, {source}").format(count=count, source=held.source_id)
                offer_file(words, held.make, held.file_name)
offer_content(desk, content)
