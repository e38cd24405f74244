"""The air of a region: ISPU of the latest day, its stations, the last 30 days, and what was published otherwise."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

from charts.air_days import asks_now, build_air_days, missing_words
from charts.formats import format_date, format_number
from reports.content import Block, Cell, Chart, Column, Figures, Section, Table, Words
from reports.desk import Desk
from reports.parts import owed_section
from reports.stored_figures import exact
from warehouse import queries
from warehouse.figures import AirReading, ClockState

ISPU, SOURCE = "smart_environment.ispu", "dlh_ispu"
TITLE = _("Udara: indeks standar pencemar udara (ISPU)")
DAYS_TITLE = _("ISPU 30 hari terakhir")
DIFFERENCES_TITLE = _("Terbitan yang berbeda dari hitungan")
DAYS_HEIGHT = 260
DIFFERENCES_SHOWN = 100


def air_message(desk: Desk) -> str:
    """`ISPU 62, Sedang, PM2,5, 20 November 2026`; "" when nobody delivered air data."""
    figure = desk.view.figures.get(ISPU)
    if figure is None or figure.value is None:
        return ""
    parts = (figure.predikat, figure.determinant, figure.period_label)
    return ", ".join(
        (_("ISPU {value}").format(value=format_number(figure.value, 0, desk.locale)), *filter(None, parts))
    )


def air_section(desk: Desk) -> Section:
    """The latest day: the region's worst station decides, each station is named."""
    figure = desk.view.figures.get(ISPU)
    if figure is None or (figure.value is None and not desk.view.air_stations):
        return owed_section(desk, TITLE, SOURCE)
    columns = (
        Column(_("Stasiun")),
        Column(_("Hari"), "date"),
        Column(_("ISPU"), "number", definition=_("subindeks tertinggi yang dikirim stasiun pada hari itu")),
        Column(_("Kategori")),
        Column(_("Pencemar kritis"), definition=_("pencemar dengan subindeks tertinggi")),
    )
    table = Table(columns, tuple(_station_row(item) for item in desk.view.air_stations), name=_("Stasiun"))
    blocks: tuple[Block, ...] = (Figures((figure,), 1), table) if table.rows else (Figures((figure,), 1),)
    return Section(TITLE, blocks, "", desk.clocks_of(SOURCE), figure.is_sample, ISPU)


def _station_row(reading: AirReading) -> tuple[Cell, ...]:
    return reading.station_name, reading.day, reading.index, reading.category, reading.critical


def has_air(desk: Desk) -> bool:
    return any(day.index is not None for day in desk.view.air_days)


def air_days_section(desk: Desk) -> Section:
    """Bars of the last 30 days between the borders of the categories; what is overdue loses its colour."""
    days, bands, figure = desk.view.air_days, desk.view.air_bands, desk.view.figures.get(ISPU)
    is_overdue = figure is None or figure.clock.state is ClockState.OVERDUE
    words = _("ISPU harian {first} sampai {last}, stasiun tertinggi tiap hari").format(
        first=format_date(days[0].day, desk.locale), last=format_date(days[-1].day, desk.locale)
    )
    chart = Chart(
        "air-days", words, build_air_days, (days, bands, asks_now(days, bands) and not is_overdue), DAYS_HEIGHT
    )
    missing = missing_words(days)
    notes = (Words(missing, is_note=True),) if missing else ()
    is_sample = any(day.is_sample for day in days)
    return Section(DAYS_TITLE, (chart, *notes), "", desk.clocks_of(SOURCE), is_sample, ISPU)


def differences_section(desk: Desk) -> Section:
    """Days of a station whose publication says otherwise than the sub-indices it delivered, newest first."""
    frame = desk.ask(queries.ispu_differences, desk.region.region_code)
    if frame.empty:
        return Section(DIFFERENCES_TITLE, (Words(_("Semua terbitan sama dengan subindeks yang dikirim.")),))
    columns = (
        Column(_("Hari"), "date"),
        Column(_("Stasiun")),
        Column(_("ISPU"), "number"),
        Column(_("ISPU terbitan"), "number"),
        Column(_("Kategori")),
        Column(_("Kategori terbitan")),
        Column(_("Pencemar kritis")),
        Column(_("Pencemar terbitan")),
        Column(_("Berkas")),
        Column(_("Baris"), "number"),
        Column(_("Contoh"), "flag", definition=_("ya: DATA CONTOH")),
    )
    rows = tuple(_difference_row(row) for row in frame.iloc[::-1].itertuples())
    note = _("Dihitung ulang dari subindeks yang dikirim; terbitannya tetap disimpan apa adanya.")
    table = Table(columns, rows, name=DIFFERENCES_TITLE, shown=DIFFERENCES_SHOWN)
    is_sample = bool(frame["is_sample"].any())
    return Section(DIFFERENCES_TITLE, (table,), note, desk.clocks_of(SOURCE), is_sample, ISPU)


def _difference_row(row: Any) -> tuple[Cell, ...]:
    texts = (row.category, row.published_category, row.critical, row.published_critical, row.file_name)
    return (
        row.measured_date.date(), row.station_name, exact(row.ispu), exact(row.published_index), *texts,
        int(row.row_no), bool(row.is_sample),
    )  # fmt: skip
