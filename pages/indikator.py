"""Indikator: definition, limits, series of one indicator, and the files and rows behind each of its values."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from pages.shared import filters
from pages.shared import indicator_sections as sections
from pages.shared.heading import open_desk, section
from warehouse.catalogue import BY_ID

desk = open_desk(_("Indikator"))
choices = sections.options()
indicator = BY_ID[filters.choose(_("Indikator"), "id", choices, choices[0], sections.option_words)]
frame = sections.values(desk, indicator)
places = {sections.place_key(row): row for row in frame.itertuples()}

latest, definition = st.columns((2, 3))
with latest:
    sections.show_latest(desk, indicator)
with definition, section(_("Definisi")):
    sections.show_definition(indicator)

rows_tab, series_tab, limits_tab = st.tabs([_("Berkas dan baris sumber"), _("Deret"), _("Batas dan aturan")])
with rows_tab, section(_("Berkas dan baris sumber")):
    if places:
        place = filters.choose(
            _("Periode"),
            "periode",
            tuple(places),
            next(iter(places)),
            lambda key: sections.place_words(places[key], desk, indicator),
        )
        sections.show_rows(desk, indicator, places[place])
    else:
        sections.say_unstored()
with series_tab, section(_("Deret")):
    sections.show_series(desk, indicator, frame)
with limits_tab, section(_("Batas dan aturan")):
    sections.show_limits(desk, indicator)
sections.offer_series(desk, indicator, frame)
