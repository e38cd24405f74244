"""112 calls: the latest day by hour against the usual band, and the way from call to closed ticket."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from gettext import gettext as _

from charts.formats import format_date, format_number
from charts.look import Look
from charts.ranked_bars import Bar, BarScale, bar_height, build_ranked_bars
from charts.usual_band import HOURS, build_usual_band_chart
from reports.captions import span_words
from reports.content import Block, Cell, Chart, Column, Figures, Section, Table, Words
from reports.desk import Desk
from reports.parts import owed
from warehouse import queries
from warehouse.call_figures import FunnelStep, HourlyCalls
from warehouse.figures import Figure
from warehouse.filters import Filters, Span, resolve_span
from warehouse.indicators.periods import HOURS_A_DAY, write_hour
from warehouse.wall_figures import missing_senders

CALLS_SOURCE, INCIDENTS_SOURCE = "bpbd_panggilan_112", "bpbd_kejadian_112"
CALLS = "smart_living.panggilan_112"
CALL_FIGURES = (CALLS, "smart_living.panggilan_dijawab", "smart_living.panggilan_putus")
CALLS_TITLE, FUNNEL_TITLE = _("Panggilan 112"), _("Dari panggilan sampai selesai")
PERIOD = "7h"
PERIODS = ("1h", "7h", "30h", "90h")
FIRST_DAY = date(1900, 1, 1)  # before any call
CALLS_HEIGHT = 260


def figures_of(desk: Desk, *indicator_ids: str) -> tuple[Figure, ...]:
    """Those the release has."""
    return tuple(desk.view.figures[item] for item in indicator_ids if item in desk.view.figures)


def partial_words(desk: Desk) -> tuple[Words, ...]:
    """Names the agencies whose tickets are missing from what stands above."""
    senders = missing_senders(desk.clocks_of(INCIDENTS_SOURCE))
    return (Words(_("◌ sebagian OPD belum masuk: {senders}.").format(senders=senders)),) if senders else ()


def calls_section(desk: Desk) -> Section:
    """Figures of the last delivered day, and its hours against the same weekday of past weeks."""
    figures = figures_of(desk, *CALL_FIGURES)
    blocks: list[Block] = [Figures(figures)] if figures else []
    calls, clocks = desk.view.calls, desk.clocks_of(CALLS_SOURCE)
    if calls is None:
        return Section(CALLS_TITLE, (*blocks, owed(desk, CALLS_SOURCE)), clocks=clocks)
    blocks += [Words(_hours_words(calls, desk)), _hours_chart(calls, desk), _hours_table(calls)]
    is_sample = any(figure.is_sample for figure in figures)
    return Section(CALLS_TITLE, tuple(blocks), "", clocks, is_sample, CALLS)


def _hours_words(calls: HourlyCalls, desk: Desk) -> str:
    day, hour = format_date(calls.day, desk.locale), write_hour(calls.until_hour)
    words = _("Panggilan per jam, {day} sampai pukul {hour}.").format(day=day, hour=hour)
    if not calls.usual_low:
        return words + " " + _("Rentang biasa belum ada: hari yang sama belum cukup banyak.")
    told = _("Garis: panggilan. Bidang: terendah sampai tertinggi pada hari yang sama, {weeks} minggu terakhir.")
    return words + " " + told.format(weeks=calls.weeks)


def _hours_chart(calls: HourlyCalls, desk: Desk) -> Chart:
    words = _("Panggilan per jam dan rentang biasa, {day}").format(day=format_date(calls.day, desk.locale))
    return Chart("calls-by-hour", words, build_usual_band_chart, (calls,), CALLS_HEIGHT)


def _hours_table(calls: HourlyCalls) -> Table:
    """The numbers of the chart; an hour that was not delivered has none."""
    columns = (
        Column(_("Jam")),
        Column(_("Panggilan"), "number", definition=_("panggilan yang masuk pada jam itu")),
        Column(_("Biasa, terendah"), "number", definition=_("pada hari yang sama minggu-minggu sebelumnya")),
        Column(_("Biasa, tertinggi"), "number", definition=_("pada hari yang sama minggu-minggu sebelumnya")),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            f"{write_hour(hour)}–{write_hour(hour + 1)}",
            calls.today[hour] if hour < len(calls.today) else None,
            calls.usual_low[hour] if calls.usual_low else None,
            calls.usual_high[hour] if calls.usual_high else None,
        )
        for hour in range(HOURS)
    ]
    return Table(columns, tuple(rows), name=_("Panggilan per jam"), is_folded=True)


def calls_span(desk: Desk, filters: Filters) -> Span:
    """Days the funnel counts: the period ends with the last delivered day."""
    last = desk.view.calls.day if desk.view.calls else desk.instant.date()
    return resolve_span(filters, last, PERIOD)


def until_hour(desk: Desk, span: Span) -> int | None:
    """The hour the last day of a span is delivered to; None when it is whole."""
    calls = desk.view.calls
    is_part = calls is not None and span.end == calls.day and calls.until_hour < HOURS_A_DAY
    return calls.until_hour if calls and is_part else None


def funnel_section(desk: Desk, span: Span) -> Section:
    """From calls offered to tickets closed; a step whose source is missing says so."""
    steps = desk.ask(queries.call_funnel, desk.region.region_code, span.start or FIRST_DAY, span.end)
    bars = tuple(Bar(step.label, None if step.count is None else Decimal(step.count)) for step in steps)
    words = "; ".join(f"{step.label} {format_number(step.count, 0, desk.locale)}" for step in steps)
    chart = Chart("funnel", words, build_ranked_bars, (bars, BarScale(0)), bar_height(len(bars), Look()))
    columns = (Column(_("Langkah")), Column(_("Jumlah"), "number", definition=_("panggilan, lalu tiket")))
    table = Table(columns, tuple(_step_row(step) for step in steps))
    note = _(
        "{span}. Tiga langkah pertama menghitung panggilan, sisanya tiket: beberapa panggilan dapat satu kejadian."
    ).format(span=span_words(span, desk.locale, until_hour(desk, span)))
    clocks = desk.clocks_of(CALLS_SOURCE, INCIDENTS_SOURCE)
    is_sample = any(clock.is_sample for clock in clocks)
    return Section(FUNNEL_TITLE, (chart, table), note, clocks, is_sample, CALLS)


def _step_row(step: FunnelStep) -> tuple[Cell, ...]:
    return step.label, step.count


def calls_message(desk: Desk) -> str:
    """`Hari ini 87 panggilan 112 sampai pukul 16.00, biasa 80-110`; "" before the first delivery."""
    calls, figure = desk.view.calls, desk.view.figures.get(CALLS)
    if calls is None or figure is None or figure.value is None:
        return ""
    day = _("Hari ini") if calls.day == desk.instant.date() else f"{format_date(calls.day, desk.locale)}:"
    words = _("{day} {count} panggilan 112").format(day=day, count=format_number(figure.value, 0, desk.locale))
    if calls.until_hour < HOURS_A_DAY:
        words += " " + _("sampai pukul {hour}").format(hour=write_hour(calls.until_hour))
    if figure.usual is None:
        return words
    low, high = (format_number(value, 0, desk.locale) for value in figure.usual)
    return words + _(", biasa {low}–{high}").format(low=low, high=high)
