"""Smart Environment: waste balance of a year with national targets, composition, regions of the province."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from pages.shared import environment_sections, export, figures, filters
from pages.shared.heading import open_desk, section

desk = open_desk("Smart Environment")
years = environment_sections.years(desk)
if not years:
    environment_sections.say_no_data(desk, environment_sections.BALANCE_SOURCE)
    export.offer_page(desk, "smart_environment", [])
    st.stop()
year = filters.choose(_("Tahun data"), "tahun", years, years[0])
chosen = environment_sections.read_year(desk, int(year))

with section(_("Sampah {year}").format(year=year)):
    figures.show_figures(desk, chosen.figures, columns=4)
with section(_("Neraca sampah {year}").format(year=year)):
    environment_sections.show_balance(desk, chosen)
with section(_("Komposisi sampah {year}").format(year=year), _("Persen berat menurut jenis.")):
    environment_sections.show_composition(desk, chosen)
with section(_("Kabupaten dan kota di {province}, {year}").format(province=desk.region.province_name, year=year)):
    environment_sections.show_peers(desk, chosen)
export.offer_page(desk, "smart_environment", environment_sections.export_rows(desk, chosen))
