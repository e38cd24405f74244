"""What a scene leaves out to stay readable, in words; it decides nothing about what is left out."""

from __future__ import annotations

from dataclasses import fields
from gettext import gettext as _
from typing import Any

PARTS = {
    "with_cards": _("angka utama tiap dimensi"),
    "with_notes": _("pembanding di bawah angka"),
    "with_domains": _("batang tiap domain"),
    "with_nearest": _("jalan terdekat"),
    "with_stations": _("tiap stasiun"),
    "with_categories": _("kategori tiap stasiun"),
    "with_days": _("ISPU 30 hari"),
    "with_waste": _("sampah setahun"),
    "with_river": _("muka air"),
    "with_chart": _("panggilan per jam"),
    "with_funnel": _("dari panggilan sampai selesai"),
    "with_roadmap": _("peta jalan"),
    "with_map": _("peta kecamatan"),
    "with_numbers": _("angka di peta"),
    "with_list": _("daftar"),
    "with_curve": _("kurva fisik"),
    "with_dimensions": _("tiap dimensi"),
}
LAYOUT = ("figure_rows",)  # of such nothing is left out
COUNTS = {
    "rows": _("{count} dari {all} baris"),
    "cards": _("{count} dari {all} kartu"),
    "figures": _("{count} dari {all} angka"),
    "first_steps": _("langkah tindakan lebih singkat"),
    "other_steps": _("tanpa langkah tindakan untuk yang berikutnya"),
}
TRENDS, STATES = _("arah pada {count} angka"), _("keadaan jam pada {count} petak")  # the first to go, tile by tile


def without_room(trends: int, states: int) -> tuple[str, ...]:
    """Of the drawing that is shown: what some of its tiles had no free room for."""
    counts = ((TRENDS, trends), (STATES, states))
    return tuple(_("tanpa {part}").format(part=part.format(count=count)) for part, count in counts if count)


def left_out(whole: Any, shown: Any) -> tuple[str, ...]:
    """Of two details of one scene; () when nothing was left out."""
    words = []
    for field in fields(whole):
        most, some = getattr(whole, field.name), getattr(shown, field.name)
        if some == most or field.name in LAYOUT:
            continue
        if isinstance(most, bool):
            words.append(_("tanpa {part}").format(part=PARTS[field.name]))
        else:
            words.append(COUNTS[field.name].format(count=some, all=most))
    return tuple(words)
