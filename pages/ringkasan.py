"""Ringkasan: what needs action, headline figures of each dimension, what is nearest to its limit, the data clock."""

from __future__ import annotations

from gettext import gettext as _

from pages.shared import clocks, export, figures, filters
from pages.shared.heading import open_desk, section

HEADLINES = {
    "semua": (
        "spbe.indeks",
        "smart_environment.timbulan_sampah",
        "smart_environment.sampah_terkelola",
        "smart_living.panggilan_112",
        "smart_living.respons_kebakaran",
        "smart_living.tiket_terbuka",
    ),
    "spbe": ("spbe.indeks", "spbe.indeks_dari_domain"),
    "smart_environment": (
        "smart_environment.timbulan_sampah",
        "smart_environment.sampah_pengurangan",
        "smart_environment.sampah_penanganan",
        "smart_environment.sampah_terkelola",
    ),
    "smart_living": (
        "smart_living.panggilan_112",
        "smart_living.panggilan_dijawab",
        "smart_living.panggilan_putus",
        "smart_living.respons_kebakaran",
        "smart_living.tiba_15_menit",
        "smart_living.tiket_terbuka",
    ),
}
WORDS = {
    "semua": _("Semua dimensi"),
    "spbe": "SPBE",
    "smart_environment": "Smart Environment",
    "smart_living": "Smart Living",
}

desk = open_desk(_("Ringkasan"))
dimension = filters.choose(_("Dimensi"), "dimensi", tuple(HEADLINES), "semua", WORDS.__getitem__)
shown = [desk.view.figures[item] for item in HEADLINES[dimension] if item in desk.view.figures]
near = [figure for figure in desk.view.nearest_to_limit if dimension in ("semua", figure.indicator_id.split(".")[0])]

with section(_("Perlu tindakan")):
    clocks.show_actions(desk)
with section(_("Angka utama")):
    figures.show_figures(desk, shown)
with section(
    _("Paling dekat dengan batas"), _("Jarak ke target atau batas, dari yang terdekat; melewati batas disebut.")
):
    figures.show_nearest(desk, near)
with section(_("Jam data"), _("Kapan tiap kiriman masuk dan sampai kapan isinya.")):
    clocks.show_clocks(desk)
export.offer_page(
    desk,
    "ringkasan",
    [
        *clocks.action_rows(desk),
        *export.figure_rows(WORDS[dimension], [*shown, *near]),
        *clocks.clock_rows(desk),
    ],
)
