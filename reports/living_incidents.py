"""Incidents of 112: fire response by month, arrivals by kecamatan, open tickets; no person and no exact place."""

from __future__ import annotations

from decimal import Decimal
from gettext import gettext as _
from typing import Any

from charts.area_map import build_area_map, covers, height_of
from charts.formats import format_number, format_percent
from charts.tile_map import MapPlan, build_tile_map, map_extent
from charts.trend import TrendFrame, build_trend_chart
from reports.content import Block, Cell, Chart, Column, Figures, Section, Table, Words
from reports.desk import Desk
from reports.living_calls import INCIDENTS_SOURCE, figures_of, partial_words
from reports.parts import owed_section
from reports.reach import of_reach
from reports.stored_figures import exact
from warehouse import queries
from warehouse.call_figures import AreaShare, OpenTicket
from warehouse.figures import ClockState, Figure, TrendPoint
from warehouse.filters import Filters
from warehouse.indicators.periods import write_month, write_short_month

FIRE, ARRIVALS = "smart_living.respons_kebakaran", "smart_living.tiba_15_menit"
TICKETS = "smart_living.tiket_terbuka"
FIGURES_TITLE, FIRE_TITLE = _("Penanganan kejadian"), _("Respons kebakaran per bulan")
ARRIVALS_TITLE, TICKETS_TITLE = _("Tiba dalam batas, per kecamatan"), _("Tiket terbuka menurut umur")
MONTHS_SHOWN = 13
FIRE_HEIGHT = 260
TILE_WIDTH, TILE_HEIGHT = 104, 58
AREA_WIDTH = 520
TICKETS_SHOWN = 200


def figures_section(desk: Desk) -> Section:
    figures = figures_of(desk, FIRE, ARRIVALS, TICKETS)
    blocks: list[Block] = [Figures(figures)] if figures else []
    is_sample = any(figure.is_sample for figure in figures)
    return Section(FIGURES_TITLE, (*blocks, *partial_words(desk)), is_sample=is_sample)


def fire_section(desk: Desk) -> Section:
    """Mean minutes of each month against the standard; a month without fires is a gap."""
    frame = desk.ask(queries.fire_response_by_month, desk.region.region_code).tail(MONTHS_SHOWN)
    figure, clocks = desk.view.figures.get(FIRE), desk.clocks_of(INCIDENTS_SOURCE)
    if frame.empty or figure is None:
        return owed_section(desk, FIRE_TITLE, INCIDENTS_SOURCE)
    rows = list(frame.itertuples())
    points = tuple(
        TrendPoint(row.month.date(), write_short_month(row.month.date()), exact(row.mean_minutes)) for row in rows
    )
    scene = TrendFrame(figure.decimals, figure.target, figure.target_label, scale_from_zero=False)
    words = _("Rata-rata respons kebakaran per bulan, menit")
    chart = Chart("fire-months", words, build_trend_chart, (points, scene), FIRE_HEIGHT)
    columns = (
        Column(_("Bulan")),
        Column(_("Rata-rata"), "number", figure.decimals, _("menit"), _("menit dari lapor sampai tiba")),
        Column(_("Kebakaran"), "number", definition=_("kebakaran dengan kedua waktunya diketahui")),
        Column(_("Keterangan")),
        Column(_("Contoh"), "flag", definition=_("ya: memakai DATA CONTOH")),
    )
    table = Table(columns, tuple(_month_row(row) for row in reversed(rows)), name=_("Respons kebakaran"))
    note = _("Rata-rata menit dari lapor sampai tiba; SPM dinilai pada rata-rata.")
    return Section(FIRE_TITLE, (chart, table), note, clocks, figure.is_sample, FIRE)


def _month_row(row: Any) -> tuple[Cell, ...]:
    fires = None if exact(row.fire_count) is None else int(row.fire_count)
    return write_month(row.month.date()), exact(row.mean_minutes), fires, row.reason, bool(row.is_sample)


def home_areas(desk: Desk) -> tuple[AreaShare, ...]:
    """Kecamatan of the region itself."""
    return tuple(area for area in desk.view.late_arrivals if area.region_code.startswith(desk.region.region_code))


def arrivals_section(desk: Desk, filters: Filters) -> Section:
    """Late arrivals as a tile map, and n of m for every kecamatan."""
    chosen = filters.kecamatan
    areas = tuple(area for area in desk.view.late_arrivals if not chosen or area.region_code in chosen)
    clocks = desk.clocks_of(INCIDENTS_SOURCE)
    if not areas:
        return owed_section(desk, ARRIVALS_TITLE, INCIDENTS_SOURCE)
    limit = desk.view.arrival_limit_minutes
    columns = (
        Column(_("Kecamatan")),
        Column(_("Tiba dalam batas"), definition=_("kejadian yang didatangi paling lambat {limit} menit sesudah lapor, "
                                                   "dari semua yang kedua waktunya diketahui").format(limit=limit)),
        Column(_("Bagian"), "percent"),
        Column(_("Keterangan")),
    )  # fmt: skip
    names = {area.region_code: area.name for area in areas}
    frame = desk.ask(queries.indicator_values, ARRIVALS, "kecamatan").sort_values("value", na_position="last")
    own = [row for row in frame.itertuples() if not chosen or row.entity_code in chosen]
    rows = tuple(_area_row(row, names, desk) for row in own)
    figure = desk.view.figures.get(ARRIVALS)
    reason = figure.reason if figure else ""
    blocks = (_map(areas, desk), Words(_map_words(desk), is_note=True), Table(columns, rows, name=_("Tiba dalam batas"),
                                                                             note=reason))  # fmt: skip
    is_sample = any(bool(row.is_sample) for row in own)
    return Section(ARRIVALS_TITLE, blocks, "", clocks, is_sample, ARRIVALS)


def _map(areas: tuple[AreaShare, ...], desk: Desk) -> Chart:
    columns, rows = map_extent(areas)
    figure = desk.view.figures.get(ARRIVALS)
    is_overdue = figure is None or figure.clock.state is ClockState.OVERDUE  # marks nothing
    plan = MapPlan(desk.view.region_code, None if is_overdue else desk.view.late_limit_pct)
    words = _("Terlambat tiba per kecamatan: terlambat/semua")
    height, width = rows * TILE_HEIGHT, columns * TILE_WIDTH
    home = tuple(area for area in areas if area.region_code.startswith(desk.region.region_code))
    codes = {area.region_code for area in home}
    outlines = tuple(one for one in desk.ask(queries.area_outlines) if one.region_code in codes)
    if home and covers(outlines, home):
        tall = height_of(outlines, AREA_WIDTH)
        return Chart("arrivals", words, build_area_map, (home, outlines, plan), tall, AREA_WIDTH)
    return Chart("arrivals", words, build_tile_map, (areas, plan), height, width)


def _map_words(desk: Desk) -> str:
    words = _(
        "Angka: terlambat/semua, {days} hari. Ditandai: terlambat lebih dari {limit} dari sedikitnya 30 kejadian."
    )
    limit = format_percent(desk.view.late_limit_pct, 0, desk.locale)
    return words.format(days=desk.view.late_arrivals_days, limit=limit)


def _area_row(row: Any, names: dict[str, str], desk: Desk) -> tuple[Cell, ...]:
    part, whole = (format_number(exact(number), 0, desk.locale) for number in (row.numerator, row.denominator))
    counts = _("{part} dari {whole}").format(part=part, whole=whole)
    return names.get(row.entity_code, row.entity_code), counts, exact(row.value), row.reason


def tickets_section(desk: Desk, filters: Filters) -> Section:
    """Open tickets, oldest first."""
    figure, clocks = desk.view.figures.get(TICKETS), desk.clocks_of(INCIDENTS_SOURCE)
    if figure is None or figure.value is None:
        return owed_section(desk, TICKETS_TITLE, INCIDENTS_SOURCE)
    shown = tickets_of(desk, filters)
    block: Block = Words(of_reach(desk, _("Tidak ada tiket terbuka pada kiriman terakhir.")))
    limit = desk.view.open_ticket_hours
    if shown:
        block = Table(_ticket_columns(), tuple(_ticket_row(ticket, limit, figure) for ticket in shown),
                      name=_("Tiket terbuka"), shown=TICKETS_SHOWN)  # fmt: skip
    note = _("▲ lebih dari {limit} jam. Umur sampai kiriman terakhir OPD pelapor.").format(limit=limit)
    return Section(TICKETS_TITLE, (block,), note, clocks, figure.is_sample, TICKETS)


def tickets_of(desk: Desk, filters: Filters) -> list[OpenTicket]:
    """Open tickets of the kecamatan and agencies asked for."""
    names = {area.name for area in home_areas(desk) if area.region_code in filters.kecamatan}
    return [
        ticket
        for ticket in desk.view.open_tickets
        if (not filters.kecamatan or ticket.kecamatan in names) and (not filters.opd or ticket.opd_code in filters.opd)
    ]


def _ticket_columns() -> tuple[Column, ...]:
    return (
        Column(_("Tiket")),
        Column(_("Umur"), "number", 0, _("jam"), _("jam sejak lapor sampai kiriman terakhir OPD pelapor")),
        Column(_("Keadaan"), definition=_("perlu tindakan sejak batas umur")),
        Column(_("Jenis")),
        Column(_("Kecamatan")),
        Column(_("OPD")),
        Column(_("Status")),
        Column(_("Contoh"), "flag", definition=_("ya: memakai DATA CONTOH")),
    )


def _ticket_row(ticket: OpenTicket, limit: int, figure: Figure) -> tuple[Cell, ...]:
    state = _("▲ perlu tindakan") if ticket.age_hours >= limit else ""
    return (
        ticket.ticket_no,
        Decimal(ticket.age_hours),
        state,
        ticket.incident_type,
        ticket.kecamatan,
        ticket.opd_code,
        ticket.status_name,
        figure.is_sample,
    )


def tickets_message(desk: Desk, filters: Filters) -> str:
    """`3 dari 14 tiket terbuka lebih dari 24 jam`; "" when nothing was delivered."""
    figure = desk.view.figures.get(TICKETS)
    if figure is None or figure.value is None:
        return ""
    tickets = tickets_of(desk, filters)
    if not tickets:
        return of_reach(desk, _("tidak ada tiket terbuka"))
    old = sum(ticket.age_hours >= desk.view.open_ticket_hours for ticket in tickets)
    words = _("{old} dari {all} tiket terbuka lebih dari {hours} jam").format(
        old=format_number(old, 0, desk.locale),
        all=format_number(len(tickets), 0, desk.locale),
        hours=desk.view.open_ticket_hours,
    )
    return of_reach(desk, words)
