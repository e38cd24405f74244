"""SPBE: index and predikat, series over the change of scheme, domains and their gaps, peers, rules in force."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from pages.shared import export, filters, spbe_sections, spbe_series
from pages.shared.heading import open_desk, section

desk = open_desk("SPBE")
years = spbe_series.years(desk)
if not years:
    st.info(_("tidak ada data: hasil SPBE belum pernah dikirim DISKOMINFO"))
    export.offer_page(desk, "spbe", [])
    st.stop()
year = filters.choose(_("Tahun penilaian"), "tahun", years, years[0])
chosen = spbe_sections.read_year(desk, int(year))

with section(_("Indeks dari tahun ke tahun")):
    spbe_series.show_series(desk)
if chosen is None:
    st.info(_("Tahun {year} tidak dicakup aturan SPBE yang tersedia.").format(year=year))
else:
    with section(_("Indeks {year}: terbitan dan hitung ulang").format(year=year)):
        spbe_sections.show_headline(desk, chosen)
    with section(_("Empat domain: nilai, bobot, dan jarak")):
        spbe_sections.show_domains(desk, chosen)
    with section(_("Predikat")):
        spbe_sections.show_bands(desk, chosen)
    with section(_("Pembanding di {province}").format(province=desk.region.province_name)):
        spbe_sections.show_peers(desk, chosen)
with section(_("Aturan yang menilai")):
    spbe_sections.show_rules(desk)
export.offer_page(desk, "spbe", spbe_sections.export_rows(desk, chosen) if chosen else [])
