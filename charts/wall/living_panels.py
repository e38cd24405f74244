"""Large tiles of Smart Living: calls by hour, late arrivals by kecamatan, open tickets, the way of a call."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import partial
from gettext import gettext as _

from charts.formats import format_wall_number, format_weekday, no_data_text
from charts.lettering import fit_text, text_width
from charts.ranked_bars import Bar, BarScale, build_ranked_bars
from charts.tile_map import MapPlan, build_tile_map, is_marked, map_extent, map_fits
from charts.usual_band import HourFlag, build_usual_band_chart, peak_above_band
from charts.wall.canvas import Canvas, Slot
from charts.wall.clock_words import Words, overdue_of
from charts.wall.geometry import Box
from charts.wall.lists import MOST_ROWS, ListRow, draw_list
from charts.wall.living_cards import ARRIVALS, CALLS, TICKETS
from charts.wall.panels import LEAST_ROW, Head, Plot, draw_head, draw_plot, make_head, missing
from charts.wall.sentences import age_words, owed_words, percent_words
from charts.wall.tiles import PAD
from warehouse.call_figures import HourlyCalls
from warehouse.figures import WallView

LEAST_CHART = (14.0, 5.0)  # width and height, of the base size: an hourly chart smaller than this says nothing
LARGEST_CELL = (7.2, 3.6)  # of the base size: a city of three kecamatan does not need giants
FLAG_MARGIN, LAST_HOUR = 2.5, 23  # room of the axis labels beside the plot, of the base size


def draw_hourly_calls(canvas: Canvas, box: Box, view: WallView) -> None:
    """Calls by hour against the usual band; a surge is named."""
    calls, title, empty = view.calls, (_("Panggilan per jam"),), owed_words(view, CALLS)
    if calls is None:
        draw_plot(canvas, box, CALLS, Plot(Head(title), None, LEAST_CHART, empty))
        return
    day = format_weekday(calls.day, canvas.locale)
    band = _("pita: biasa hari {day}, {weeks} minggu").format(day=day, weeks=calls.weeks)
    short = _("pita: biasa, {weeks} minggu").format(weeks=calls.weeks)
    note: Words = (band, short, "") if calls.usual_high else (_("belum cukup hari pembanding"), "")
    head = replace(make_head(view, CALLS, title, note), keeps_aside=True)
    flag = find_flag(view, calls, box.width / canvas.base - 2 * PAD)
    draw_plot(
        canvas, box, CALLS, Plot(head, lambda look: build_usual_band_chart(calls, look, flag), LEAST_CHART, empty)
    )


def find_flag(view: WallView, calls: HourlyCalls, width: float) -> HourFlag | None:
    """The peak above the band, named only when someone is asked to act on it. Width in text sizes."""
    hour = peak_above_band(calls)
    action = next((item for item in view.actions if item.indicator_id == CALLS), None)
    if hour is None or action is None or overdue_of(view, CALLS):
        return None
    count, plot = calls.today[hour], width - FLAG_MARGIN
    short = _("{hour}.00 · {count}").format(hour=f"{hour:02d}", count=count)
    variants = (_("{short} panggilan").format(short=short), short, str(count), "")
    on_left = hour > LAST_HOUR / 2
    room = plot * (hour if on_left else LAST_HOUR - hour) / LAST_HOUR - 1
    return HourFlag(hour, fit_text(variants, room, 1).text, action.severity, on_left=on_left)


def draw_tile_map(canvas: Canvas, box: Box, view: WallView, *, with_numbers: bool) -> None:
    """Late arrivals by kecamatan, marked from the region's own limit on."""
    b = canvas.base
    inner = box.inset(PAD * b, 0.45 * b)
    limit = view.arrival_limit_minutes
    title = (_("Tiba lebih dari {limit} menit").format(limit=limit), _("Tiba > {limit} menit").format(limit=limit))
    days = _("{days} hari").format(days=view.late_arrivals_days)
    aside = (_("{days} · kejadian dari semua").format(days=days), days) if with_numbers else (days,)
    with canvas.tile("tile_map", box, ARRIVALS):
        head = make_head(view, ARRIVALS, title, aside if view.late_arrivals else ())
        rest = draw_head(canvas, inner, head)
        rest = rest.take_top(0.15 * b)[1]
        if not view.late_arrivals:
            missing(canvas, rest, owed_words(view, ARRIVALS))
            return
        plan = MapPlan(view.region_code, None if head.late else view.late_limit_pct, with_numbers)
        plan_box = map_box(canvas, rest, view, plan)
        look = canvas.look(plan_box)
        canvas.require(map_fits(view.late_arrivals, plan, look))
        canvas.chart(plan_box, build_tile_map(view.late_arrivals, plan, look))
        if any(is_marked(area, plan) for area in view.late_arrivals):
            draw_map_key(canvas, rest, plan_box, view)


def map_box(canvas: Canvas, rest: Box, view: WallView, plan: MapPlan) -> Box:
    """The map centred in its room, cells no larger than needed to be read well."""
    columns, rows = map_extent(view.late_arrivals)
    width = min(rest.width, columns * LARGEST_CELL[0] * canvas.base)
    height = min(rest.height, rows * LARGEST_CELL[1] * canvas.base)
    return Box(rest.x + (rest.width - width) / 2, rest.y + (rest.height - height) / 2, width, height)


def draw_map_key(canvas: Canvas, rest: Box, map_area: Box, view: WallView) -> None:
    """What the mark means, beside the last row when its end is free, below the map otherwise."""
    b = canvas.base
    columns, rows = map_extent(view.late_arrivals)
    last = max((area.tile_column for area in view.late_arrivals if area.tile_row == rows - 1), default=columns)
    cell = map_area.height / rows
    x, y = map_area.x + (last + 1) * map_area.width / columns + 0.3 * b, map_area.bottom - cell / 2
    words = _("lebih dari {limit}").format(limit=percent_words(view.late_limit_pct or Decimal(0), canvas.locale))
    if x + 1.3 * b + text_width(words, b) > rest.right:
        x, y = map_area.x, min(map_area.bottom + 0.8 * b, rest.bottom - 0.4 * b)
        canvas.require(map_area.bottom + 1.3 * b <= rest.bottom)
    canvas.status_mark(x + 0.5 * b, y, 0.42 * b, "perlu tindakan")
    style = canvas.size(1, canvas.theme.perlu_tindakan)
    canvas.text(Slot(x + 1.2 * b, y + 0.33 * b, rest.right - x - 1.2 * b), words, style)


def draw_funnel(canvas: Canvas, box: Box, view: WallView) -> None:
    """From the call to the closed ticket: calls, then tickets."""
    bars = tuple(
        Bar(step.label, None, no_data_text())
        if step.count is None
        else Bar(step.label, Decimal(step.count), format_wall_number(step.count, 0, canvas.locale))
        for step in view.funnel
    )
    title = (_("Dari panggilan sampai selesai"), _("Sampai selesai"))
    days = _("{days} hari").format(days=view.late_arrivals_days)
    build = partial(build_ranked_bars, bars, BarScale(0)) if bars else None
    least = (LEAST_CHART[0], LEAST_ROW * len(bars))
    draw_plot(canvas, box, CALLS, Plot(make_head(view, CALLS, title, (days,)), build, least, owed_words(view, CALLS)))


def draw_tickets(canvas: Canvas, box: Box, view: WallView) -> None:
    """Oldest open tickets with place, owner and state."""
    total, is_late = len(view.open_tickets), bool(overdue_of(view, TICKETS))
    rows = [
        ListRow(
            age_words(ticket.age_hours),
            (
                (ticket.incident_type, 9.0),
                (ticket.kecamatan, 6.0),
                (ticket.opd_code, 6.0),
                (ticket.status_name.lower(), 8.0),
            ),
            is_marked=ticket.age_hours >= view.open_ticket_hours and not is_late,
        )
        for ticket in view.open_tickets[:MOST_ROWS]
    ]

    def heading(shown: int) -> Head:
        aside = _("{total} kejadian · {shown} tertua").format(total=total, shown=shown)
        return make_head(view, TICKETS, (_("Kejadian terbuka"),), (aside,) if shown else ())

    figure = view.figures.get(TICKETS)
    is_known = figure is not None and figure.value is not None
    with canvas.tile("list", box, TICKETS):
        draw_list(canvas, box, rows, heading, (_("tidak ada"),) if is_known else owed_words(view, TICKETS))
