"""Weather warnings that hold now and the last reading of each river post with its level.

Shown once a source delivered anything; a post without known thresholds has no level, and an old reading is told as old.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from gettext import gettext as _

from charts.formats import format_number
from reports.content import Cell, Column, Quantity, Section, Table, Words
from reports.desk import Desk
from warehouse import queries
from warehouse.formulas.alert_level import alert_level
from warehouse.river_queries import RiverReading, post_thresholds, river_readings
from warehouse.rules.tables import TablePack
from warehouse.weather_queries import WeatherWarning, active_warnings

WARNINGS, RIVER = "bmkg_peringatan", "dpupr_pos_air"
WARNINGS_TITLE, RIVER_TITLE = _("Peringatan dini cuaca BMKG"), _("Muka air sungai dan tingkat siaga")
GRAVITY = {"Extreme": _("ekstrem"), "Severe": _("berat"), "Moderate": _("sedang"), "Minor": _("ringan")}
OLD = timedelta(hours=3)


def delivered_of(desk: Desk) -> tuple[str, ...]:
    """Of the two sources those that delivered anything."""
    frame = desk.ask(queries.sources)
    own = frame[frame["source_id"].isin((WARNINGS, RIVER)) & (frame["accepted_count"] > 0)]
    return tuple(own["source_id"])


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


def river_section(desk: Desk) -> Section:
    """The last reading of each post against its own thresholds, with the distance on both sides."""
    found: tuple[RiverReading, ...] = desk.ask(river_readings, desk.region.region_code, desk.view.instant)
    last: dict[tuple[str, str], RiverReading] = {}
    for one in found:
        last.setdefault((one.station_name, one.parameter_code), one)
    columns = (
        Column(_("Pos")),
        Column(_("Dibaca"), "instant"),
        Column(_("Nilai"), "number"),
        Column(_("Tingkat"), definition=_("ambang tertinggi yang sudah dicapai di pos itu")),
        Column(_("Ke ambang berikutnya")),
        Column(_("Keterangan")),
    )
    rows = tuple(_row(one, desk) for one in last.values())
    is_sample = any(one.is_sample for one in last.values())
    table = Table(columns, rows, name=RIVER_TITLE)
    note = _("Ambang milik tiap pos. Nilai yang sama dengan ambang sudah mencapainya.")
    return Section(RIVER_TITLE, (table,), note, desk.clocks_of(RIVER), is_sample)


def _row(one: RiverReading, desk: Desk) -> tuple[Cell, ...]:
    thresholds = post_thresholds(desk.rules.find(TablePack, "siaga"), one.station_name, one.unit)
    level, ahead = "", ""
    notes = [] if thresholds else [_("tanpa ambang")]
    if thresholds:
        alert = alert_level(one.value, list(thresholds.items()))
        level = alert.level
        if alert.next_threshold is not None:
            words = _("{gap} {unit} lagi ke {level}")
            gap = format_number(alert.next_threshold - one.value, 2, desk.locale)
            ahead = words.format(gap=gap, unit=one.unit, level=alert.next_level)
    if desk.view.instant - one.measured_at > OLD:
        notes.append(_("bacaan lama, bukan keadaan sekarang"))
    return one.station_name, one.measured_at, Quantity(Decimal(one.value), one.unit, 2), level, ahead, "; ".join(notes)
