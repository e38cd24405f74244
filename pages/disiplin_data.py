"""Disiplin data: who delivered, who is late, what was held back and why, and what was agreed with each source."""

from __future__ import annotations

from functools import partial
from gettext import gettext as _

from pages.shared import clocks, export, filters
from pages.shared import delivery_sections as sections
from pages.shared.heading import open_desk, section

desk = open_desk(_("Disiplin data"))

with section(_("Ketepatan waktu")):
    sections.show_punctuality(desk)
with section(_("Jam data tiap pengirim")):
    clocks.show_clocks(desk)
source = filters.choose(
    _("Sumber"), "sumber", sections.options(desk), sections.ALL, partial(sections.option_words, desk)
)
with section(_("Kiriman"), _("Terbaru di atas. Ditahan: baris yang salah dan alasannya dapat diunduh di bawah.")):
    sections.show_deliveries(desk, source)
with section(_("Berkas yang ditolak")):
    sections.show_refused(desk, source)
with section(_("Temuan per sel dan baris yang ditahan")):
    sections.show_findings(desk, source)
with section(_("Kesepakatan tiap sumber")):
    sections.show_agreements(desk, source)
export.offer(
    _("Unduh CSV"),
    sections.page_csv(desk, source),
    f"pendopo_disiplin_data_{desk.region.region_code}_{desk.release_id}.csv",
)
