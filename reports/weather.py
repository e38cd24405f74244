"""Weather warnings that hold now; shown once BMKG sent any."""

from __future__ import annotations

from gettext import gettext as _

from reports.content import Cell, Column, Section, Table, Words
from reports.desk import Desk
from warehouse import queries
from warehouse.weather_queries import WeatherWarning, active_warnings

WARNINGS = "bmkg_peringatan"
WARNINGS_TITLE = _("Peringatan dini cuaca BMKG")
GRAVITY = {"Extreme": _("ekstrem"), "Severe": _("berat"), "Moderate": _("sedang"), "Minor": _("ringan")}


def has_delivered(desk: Desk) -> bool:
    frame = desk.ask(queries.sources)
    return bool(((frame["source_id"] == WARNINGS) & (frame["accepted_count"] > 0)).any())


def warnings_section(desk: Desk) -> Section:
    """Gravest first; BMKG sends only while there is one."""
    found: tuple[WeatherWarning, ...] = desk.ask(active_warnings, desk.region.region_code, desk.view.instant)
    clocks = desk.clocks_of(WARNINGS)
    if not found:
        words = Words(_("Tidak ada peringatan yang berlaku menurut kiriman terakhir."))
        return Section(WARNINGS_TITLE, (words,), clocks=clocks)
    columns = (
        Column(_("Peristiwa")),
        Column(_("Wilayah")),
        Column(_("Keparahan"), definition=_("severity dalam dokumen CAP BMKG")),
        Column(_("Mulai"), "instant"),
        Column(_("Sampai"), "instant"),
        Column(_("Isi")),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            one.event_name,
            one.area_name,
            GRAVITY.get(one.severity, one.severity),
            one.effective_at,
            one.expires_at,
            one.headline or one.description,
        )
        for one in found
    )
    note = _("Wilayah dan isinya menurut BMKG.")
    is_sample = any(one.is_sample for one in found)
    return Section(WARNINGS_TITLE, (Table(columns, rows, name=WARNINGS_TITLE),), note, clocks, is_sample)
