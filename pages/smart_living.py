"""Smart Living: 112 calls, from call to closed ticket, fire response, arrivals by kecamatan, open tickets."""

from __future__ import annotations

from gettext import gettext as _

from pages.shared import export, filters, living_sections
from pages.shared.heading import open_desk, section

desk = open_desk("Smart Living")

with section(_("Panggilan 112")):
    living_sections.show_calls(desk)
with section(_("Penanganan kejadian")):
    living_sections.show_incident_figures(desk)
with section(_("Dari panggilan sampai selesai")):
    days = filters.choose(_("Rentang"), "hari", living_sections.SPANS, "7", living_sections.span_words)
    living_sections.show_funnel(desk, days)
with section(_("Respons kebakaran per bulan")):
    living_sections.show_fire_response(desk)
with section(_("Tiba dalam batas, per kecamatan")):
    living_sections.show_arrivals(desk)
with section(_("Tiket terbuka menurut umur")):
    living_sections.show_tickets(desk)
export.offer_page(desk, "smart_living", living_sections.export_rows(desk, days))
