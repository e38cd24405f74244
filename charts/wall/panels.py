"""Large tiles of a wall: hourly chart, tile map and funnel; what cannot be read is a misfit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from gettext import gettext as _

import altair as alt

from charts.formats import format_wall_number, format_weekday, no_data_text
from charts.lettering import fit_text, text_width
from charts.look import Look
from charts.ranked_bars import Bar, BarScale, build_ranked_bars
from charts.tile_map import MapPlan, build_tile_map, is_marked, map_extent, map_fits
from charts.usual_band import HourFlag, build_usual_band_chart, peak_above_band
from charts.wall.canvas import Anchor, Canvas, Slot
from charts.wall.geometry import Box
from charts.wall.living_cards import ARRIVALS, CALLS
from charts.wall.sentences import Words, overdue_of, owed_words, percent_words, with_due
from charts.wall.tiles import PAD, sample_mark
from warehouse.call_figures import HourlyCalls
from warehouse.figures import WallView

HEADING = 1.14  # of the base size
ROOMY = 7.0  # height of a plot that has room for a line more, of the base size
LINE_PITCH = 1.22
LEAST_CHART = (14.0, 5.0)  # width and height, of the base size: an hourly chart smaller than this says nothing
LARGEST_CELL = (7.2, 3.6)  # of the base size: a city of three kecamatan does not need giants
FLAG_MARGIN, LAST_HOUR = 2.5, 23  # room of the axis labels beside the plot, of the base size
LEAST_EMPTY = 2.0  # height of a plot without data, of the base size
LEAST_ROW = 1.25  # height of one bar with its name, of the base size


@dataclass(frozen=True)
class Head:
    """Top of a large tile: its title, a quiet remark, or how late its data is; CONTOH when it is sample."""

    title: Words
    aside: Words = ()
    late: Words = ()
    is_sample: bool = False
    keeps_aside: bool = False  # the remark takes a line of its own rather than being dropped


def make_head(view: WallView, indicator_id: str, title: Words, aside: Words = ()) -> Head:
    figure = view.figures.get(indicator_id)
    is_sample = figure is not None and figure.is_sample and figure.value is not None
    return Head(title, with_due(figure, aside), overdue_of(view, indicator_id), is_sample)


def draw_head(canvas: Canvas, box: Box, head: Head) -> Box:
    """Title at the left, remark or delay at the right or below; returns what is left under it."""
    b, theme = canvas.base, canvas.theme
    baseline = box.y + 1.05 * HEADING * b
    right = box.right - sample_mark(canvas, box.right, baseline, head.is_sample)
    style = canvas.size(HEADING, theme.text_strong, 600)
    used = canvas.text(Slot(box.x, baseline, right - box.x), head.title, style)
    rest = box.take_top(1.36 * HEADING * b)[1]
    words = head.late or head.aside
    if not words:
        return rest
    ring = 1.2 * b if head.late else 0.0
    room = right - box.x - used - b
    own_line = text_width(words[0], b) + ring > room and bool(head.late or head.keeps_aside)
    if own_line:
        right, room, baseline = box.right, box.width, rest.y + 0.8 * b
        rest = rest.take_top(LINE_PITCH * b)[1]
    if head.late:
        canvas.status_mark(right - text_width(words[0], b) - 0.75 * b, baseline - 0.33 * b, 0.5 * b, "data")
    ink = theme.data_status if head.late else theme.text_quiet
    anchor: Anchor = "start" if own_line and not head.late else "end"
    slot = Slot(right if anchor == "end" else box.x, baseline, room - ring)
    canvas.text(slot, words if head.late else (*words, ""), canvas.size(1, ink, anchor=anchor))
    has_signs = bool(head.late and head.keeps_aside and head.aside)  # what signs mean holds for late data too
    if has_signs and rest.height >= ROOMY * b:
        style = canvas.size(1, theme.text_quiet)
        canvas.text(Slot(box.x, rest.y + 0.8 * b, box.width), head.aside, style, may_cut=True)
        rest = rest.take_top(LINE_PITCH * b)[1]
    return rest


def missing(canvas: Canvas, box: Box, words: str | Words) -> None:
    style = canvas.size(1.1, canvas.theme.text_normal)
    canvas.text(Slot(box.x, box.y + 1.1 * canvas.base, box.width), words, style, may_cut=True)


@dataclass(frozen=True)
class Plot:
    """A chart under its head; `build` None has no data, and `empty` says who is to deliver."""

    head: Head
    build: Callable[[Look], alt.LayerChart] | None
    least: tuple[float, float]  # width and height, of the base size: below it a chart says nothing
    empty: Words


def draw_plot(canvas: Canvas, box: Box, indicator_id: str, plot: Plot) -> None:
    b = canvas.base
    inner = box.inset(PAD * b, 0.45 * b)
    with canvas.tile("chart", box, indicator_id):
        if plot.build is None:
            room = draw_head(canvas, inner, replace(plot.head, aside=()))
            canvas.require(room.height >= max(plot.least[1], LEAST_EMPTY) * b)
            missing(canvas, room, plot.empty)
            return
        room = draw_head(canvas, inner, plot.head).take_top(0.15 * b)[1]
        canvas.require(room.width >= plot.least[0] * b and room.height >= plot.least[1] * b)
        if room.height > 0:
            canvas.chart(room, plot.build(canvas.look(room)))


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
