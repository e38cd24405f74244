"""The air of a region: ISPU of the latest day, its stations, and the last 30 days."""

from __future__ import annotations

from gettext import gettext as _

from charts.air_days import build_air_days, missing_words
from charts.formats import format_date, format_number
from reports.content import Block, Cell, Chart, Column, Figures, Missing, Section, Table, Words
from reports.desk import Desk
from warehouse.figures import AirReading

ISPU, SOURCE = "smart_environment.ispu", "dlh_ispu"
TITLE = _("Udara: indeks standar pencemar udara (ISPU)")
DAYS_TITLE = _("ISPU 30 hari terakhir")
DAYS_HEIGHT = 260


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
    clocks = desk.clocks_of(SOURCE)
    if figure is None or (figure.value is None and not desk.view.air_stations):
        owners = tuple(sorted({clock.opd_code for clock in clocks}))
        return Section(TITLE, (Missing(clocks[0].source_title if clocks else SOURCE, owners),), clocks=clocks)
    columns = (
        Column(_("Stasiun")),
        Column(_("Hari"), "date"),
        Column(_("ISPU"), "number", definition=_("subindeks tertinggi yang dikirim stasiun pada hari itu")),
        Column(_("Kategori")),
        Column(_("Pencemar kritis"), definition=_("pencemar dengan subindeks tertinggi")),
    )
    table = Table(columns, tuple(_station_row(item) for item in desk.view.air_stations), name=_("Stasiun"))
    blocks: tuple[Block, ...] = (Figures((figure,), 1), table) if table.rows else (Figures((figure,), 1),)
    return Section(TITLE, blocks, "", clocks, figure.is_sample, ISPU)


def _station_row(reading: AirReading) -> tuple[Cell, ...]:
    return reading.station_name, reading.day, reading.index, reading.category, reading.critical


def has_air(desk: Desk) -> bool:
    return any(day.index is not None for day in desk.view.air_days)


def air_days_section(desk: Desk) -> Section:
    """Bars of the last 30 days between the borders of the categories."""
    days, bands = desk.view.air_days, desk.view.air_bands
    words = _("ISPU harian {first} sampai {last}, stasiun tertinggi tiap hari").format(
        first=format_date(days[0].day, desk.locale), last=format_date(days[-1].day, desk.locale)
    )
    chart = Chart("air-days", words, build_air_days, (days, bands), DAYS_HEIGHT)
    missing = missing_words(days)
    notes = (Words(missing, is_note=True),) if missing else ()
    is_sample = any(day.is_sample for day in days)
    return Section(DAYS_TITLE, (chart, *notes), "", desk.clocks_of(SOURCE), is_sample, ISPU)
