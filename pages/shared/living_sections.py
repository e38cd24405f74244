"""Sections of page Smart Living: 112 by hour, from call to closed ticket, fire response, arrivals, open tickets."""

from __future__ import annotations

from datetime import date, timedelta
from gettext import gettext as _
from typing import Any

import pandas as pd
import streamlit as st

from charts.formats import format_date, format_number, format_percent, format_short_date, no_data_text
from charts.look import Look
from charts.ranked_bars import Bar, BarScale, bar_height, build_ranked_bars
from charts.theme import TERANG
from charts.tile_map import MapPlan, build_tile_map, map_extent
from charts.trend import TrendFrame, build_trend_chart
from charts.usual_band import build_usual_band_chart
from pages.shared import data
from pages.shared.export import ExportRow, exact, figure_rows
from pages.shared.figures import show_figures
from pages.shared.heading import Desk, link_definition, say_missing
from pages.shared.marks import clock_mark, plain, sample_mark
from pages.shared.pictures import Place, show_chart
from pages.shared.tables import show_table
from warehouse import queries
from warehouse.figures import FunnelStep, TrendPoint
from warehouse.indicators.periods import write_short_month

CALLS_SOURCE, INCIDENTS_SOURCE = "bpbd_panggilan_112", "bpbd_kejadian_112"
CALLS, FIRE, ARRIVALS = "smart_living.panggilan_112", "smart_living.respons_kebakaran", "smart_living.tiba_15_menit"
TICKETS = "smart_living.tiket_terbuka"
CALL_FIGURES = (CALLS, "smart_living.panggilan_dijawab", "smart_living.panggilan_putus")
INCIDENT_FIGURES = (FIRE, ARRIVALS, TICKETS)
SPANS = ("1", "7", "30")
MONTHS_SHOWN = 13
TILE_WIDTH, TILE_HEIGHT = 104, 58


def span_words(days: str) -> str:
    return _("hari terakhir") if days == "1" else _("{days} hari terakhir").format(days=days)


def say_no_data(desk: Desk, source_id: str) -> None:
    """Words instead of a chart: the source is not delivered, and who owes it."""
    clocks = desk.clocks_of(source_id)
    owners = ", ".join(sorted({clock.opd_code for clock in clocks})) or no_data_text()
    title = clocks[0].source_title if clocks else source_id
    st.markdown(plain(_("tidak ada data: {title}. Pemilik data: {owners}.").format(title=title, owners=owners)))
    st.markdown("  ".join(clock_mark(clock) for clock in clocks[:1]))


def show_marks(desk: Desk, indicator_id: str) -> None:
    """Clock, sample and definition of the figure behind a chart."""
    figure = desk.view.figures.get(indicator_id)
    with st.container(horizontal=True, vertical_alignment="center"):
        if figure is not None:
            marks = (clock_mark(figure.clock), sample_mark(figure.is_sample))
            st.markdown("  ".join(mark for mark in marks if mark), width="content")
        link_definition(indicator_id, _("Definisi dan baris sumber"))


def show_calls(desk: Desk) -> None:
    """Calls of the last delivered day by hour against the usual band."""
    figures = [desk.view.figures[item] for item in CALL_FIGURES if item in desk.view.figures]
    show_figures(desk, figures)
    calls = desk.view.calls
    if calls is None:
        say_no_data(desk, CALLS_SOURCE)
        return
    day = format_short_date(calls.day, desk.region.locale)
    st.markdown(_("**Panggilan per jam, {day} s.d. {hour}.00**").format(day=day, hour=f"{calls.until_hour:02d}"))
    place = Place("calls-by-hour", _("Panggilan per jam dan rentang biasa"))
    show_chart(place, build_usual_band_chart, calls, desk.look(260))
    if calls.usual_low:
        words = _("Garis: panggilan. Bidang: terendah sampai tertinggi pada hari yang sama, {weeks} minggu terakhir.")
        st.caption(words.format(weeks=calls.weeks))
    else:
        st.caption(_("Rentang biasa belum ada: hari yang sama belum cukup banyak."))
    show_marks(desk, CALLS)


def show_funnel(desk: Desk, days: str) -> None:
    """From calls offered to tickets closed; a step whose source is missing says so."""
    start, end = _span(desk, int(days))
    steps = data.ask(desk.release_id, queries.call_funnel, desk.region.region_code, start, end)
    bars = [Bar(step.label, None if step.count is None else exact(step.count)) for step in steps]
    look = desk.look(bar_height(len(bars), desk.look()))
    words = "; ".join(f"{step.label} {_count(step, desk)}" for step in steps)
    picture, table = st.columns((3, 2))
    with picture:
        show_chart(Place("funnel", words), build_ranked_bars, bars, BarScale(0), look)
    with table:
        show_table((_("Langkah"), _("Jumlah")), [(step.label, _count(step, desk)) for step in steps])
    locale = desk.region.locale
    span = format_date(start, locale) if start == end else f"{format_date(start, locale)} – {format_date(end, locale)}"
    st.caption(
        _(
            "{span}. Tiga langkah pertama menghitung panggilan, sisanya tiket: beberapa panggilan dapat satu kejadian."
        ).format(span=span)
    )
    say_missing(desk, INCIDENTS_SOURCE)
    show_marks(desk, CALLS)


def _span(desk: Desk, days: int) -> tuple[date, date]:
    end = desk.view.calls.day if desk.view.calls else desk.view.instant.date()
    return end - timedelta(days=days - 1), end


def _count(step: FunnelStep, desk: Desk) -> str:
    return format_number(step.count, 0, desk.region.locale)


def show_incident_figures(desk: Desk) -> None:
    show_figures(desk, [desk.view.figures[item] for item in INCIDENT_FIGURES if item in desk.view.figures])
    say_missing(desk, INCIDENTS_SOURCE)


def show_fire_response(desk: Desk) -> None:
    """Mean minutes of each month against the standard; a month without fires is a gap."""
    frame = data.ask(desk.release_id, queries.fire_response_by_month, desk.region.region_code).tail(MONTHS_SHOWN)
    figure = desk.view.figures.get(FIRE)
    if frame.empty or figure is None:
        say_no_data(desk, INCIDENTS_SOURCE)
        return
    points = [
        TrendPoint(row.month.date(), write_short_month(row.month.date()), exact(row.mean_minutes))
        for row in frame.itertuples()
    ]
    scene = TrendFrame(figure.decimals, figure.target, figure.target_label, scale_from_zero=False)
    place = Place("fire-months", _("Rata-rata respons kebakaran per bulan, menit"))
    show_chart(place, build_trend_chart, points, scene, desk.look(260))
    counts = [
        f"{point.label}: {row.fire_count}" for point, row in zip(points[-3:], frame.tail(3).itertuples(), strict=True)
    ]
    words = _("Rata-rata menit dari lapor sampai tiba; SPM dinilai pada rata-rata. Jumlah kebakaran {counts}.")
    st.caption(plain(words.format(counts=", ".join(counts))))
    show_marks(desk, FIRE)


def show_arrivals(desk: Desk) -> None:
    """Late arrivals as a tile map, and n of m for every kecamatan."""
    areas = desk.view.late_arrivals
    if not areas:
        say_no_data(desk, INCIDENTS_SOURCE)
        return
    columns, rows = map_extent(areas)
    look = Look(TERANG, width=columns * TILE_WIDTH, height=rows * TILE_HEIGHT, text_size=13, locale=desk.region.locale)
    plan = MapPlan(desk.view.region_code, desk.view.late_limit_pct)
    place = Place("arrivals", _("Terlambat tiba per kecamatan"), "content")
    show_chart(place, build_tile_map, areas, plan, look)
    words = _(
        "Angka: terlambat/semua, {days} hari. Ditandai: terlambat lebih dari {limit} dari sedikitnya 30 kejadian."
    )
    limit = format_percent(desk.view.late_limit_pct, 0, desk.region.locale)
    st.caption(plain(words.format(days=desk.view.late_arrivals_days, limit=limit)))
    header = (_("Kecamatan"), _("Tiba dalam batas"), _("Bagian"))
    show_table(header, [_area_cells(row, desk) for row in _area_frame(desk).itertuples()])
    figure = desk.view.figures.get(ARRIVALS)
    st.caption(plain(figure.reason if figure else ""))
    show_marks(desk, ARRIVALS)


def _area_frame(desk: Desk) -> pd.DataFrame:
    frame = data.ask(desk.release_id, queries.indicator_values, ARRIVALS, "kecamatan")
    return frame.sort_values("value", na_position="last")


def _area_name(code: str, desk: Desk) -> str:
    return next((area.name for area in desk.view.late_arrivals if area.region_code == code), code)


def _area_cells(row: Any, desk: Desk) -> tuple[str, ...]:
    locale = desk.region.locale
    parts = [format_number(exact(part), 0, locale) for part in (row.numerator, row.denominator)]
    return (
        _area_name(row.entity_code, desk),
        _("{part} dari {whole}").format(part=parts[0], whole=parts[1]),
        format_percent(exact(row.value), 0, locale),
    )


def show_tickets(desk: Desk) -> None:
    """Open tickets by age, oldest first; no person and no exact place."""
    figure = desk.view.figures.get(TICKETS)
    if figure is None or figure.value is None:
        say_no_data(desk, INCIDENTS_SOURCE)
        return
    limit = desk.view.open_ticket_hours
    if not desk.view.open_tickets:
        st.markdown(_("Tidak ada tiket terbuka pada kiriman terakhir."))
    else:
        header = (_("Umur"), _("Tiket"), _("Jenis"), _("Kecamatan"), _("OPD"), _("Status"), _("Contoh"))
        rows = [
            (
                _("▲ {hours} jam").format(hours=ticket.age_hours)
                if ticket.age_hours >= limit
                else _("{hours} jam").format(hours=ticket.age_hours),
                ticket.ticket_no,
                ticket.incident_type,
                ticket.kecamatan,
                ticket.opd_code,
                ticket.status_name,
                _("ya") if figure.is_sample else _("tidak"),
            )
            for ticket in desk.view.open_tickets
        ]
        show_table(header, rows)
        st.caption(_("▲ lebih dari {limit} jam. Umur sampai kiriman terakhir OPD pelapor.").format(limit=limit))
    say_missing(desk, INCIDENTS_SOURCE)
    show_marks(desk, TICKETS)


def export_rows(desk: Desk, days: str) -> list[ExportRow]:
    start, end = _span(desk, int(days))
    period = f"{start.isoformat()}..{end.isoformat()}"
    steps = data.ask(desk.release_id, queries.call_funnel, desk.region.region_code, start, end)
    figures = [desk.view.figures[item] for item in (*CALL_FIGURES, *INCIDENT_FIGURES) if item in desk.view.figures]
    is_sample = any(figure.is_sample for figure in figures)
    rows = figure_rows("Smart Living", figures)
    rows += [
        ExportRow(_("Dari panggilan sampai selesai"), step.label, step.count, "", period,
                  no_data_text() if step.count is None else "", f"{CALLS_SOURCE}, {INCIDENTS_SOURCE}", is_sample)
        for step in steps
    ]  # fmt: skip
    rows += [
        ExportRow(_("Respons kebakaran"), _("rata-rata"), exact(row.mean_minutes), _("menit"),
                  row.month.date().isoformat()[:7], row.reason, INCIDENTS_SOURCE, bool(row.is_sample))
        for row in data.ask(desk.release_id, queries.fire_response_by_month, desk.region.region_code).itertuples()
    ]  # fmt: skip
    rows += [
        ExportRow(_("Tiba dalam batas"), _area_name(row.entity_code, desk), exact(row.value), "%",
                  f"{row.period_start.date()}..{row.period_end.date()}", row.reason, INCIDENTS_SOURCE,
                  bool(row.is_sample))
        for row in _area_frame(desk).itertuples()
    ]  # fmt: skip
    tickets = desk.view.figures.get(TICKETS)
    as_of = tickets.period_label if tickets else ""  # the last delivered day: nothing later is known
    rows += [
        ExportRow(_("Tiket terbuka"), ticket.ticket_no, ticket.age_hours, _("jam"), as_of,
                  f"{ticket.incident_type}; {ticket.kecamatan}; {ticket.opd_code}; {ticket.status_name}",
                  INCIDENTS_SOURCE, is_sample)
        for ticket in desk.view.open_tickets
    ]  # fmt: skip
    return rows
