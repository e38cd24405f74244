"""Large tiles of a wall: a head, and a chart or words under it; what cannot be read is a misfit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import altair as alt

from charts.lettering import text_width
from charts.look import Look
from charts.wall.canvas import Canvas, Slot
from charts.wall.clock_words import Words, led_by, overdue_of, state_words
from charts.wall.geometry import Box
from charts.wall.tiles import PAD, draw_sign, noted_line, sample_mark
from warehouse.figures import WallView

HEADING = 1.14  # of the base size
ROOMY = 7.0  # height of a plot that has room for a line more, of the base size
LINE_PITCH = 1.22
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
    state: Words = ()  # of its delivery, which leads the remark


def make_head(view: WallView, indicator_id: str, title: Words, aside: Words = ()) -> Head:
    figure = view.figures.get(indicator_id)
    is_sample = figure is not None and figure.is_sample and figure.value is not None
    return Head(title, aside, overdue_of(view, indicator_id), is_sample, state=state_words(figure))


def draw_head(canvas: Canvas, box: Box, head: Head) -> Box:
    """Title at the left, remark or delay at the right or below; returns what is left under it."""
    b, theme = canvas.base, canvas.theme
    baseline = box.y + 1.05 * HEADING * b
    right = box.right - sample_mark(canvas, box.right, baseline, head.is_sample)
    style = canvas.size(HEADING, theme.text_strong, 600)
    used = canvas.text(Slot(box.x, baseline, right - box.x), head.title, style)
    rest = box.take_top(1.36 * HEADING * b)[1]
    led = led_by(head.state, head.aside)
    words = head.late or (*led, *head.aside)
    if not words:
        return rest
    ring = 1.2 * b if head.late else 0.0
    room = right - box.x - used - b
    own_line = text_width(words[0], b) + ring > room and bool(head.late or head.keeps_aside)
    says_state = bool(led) and not head.late
    if says_state and not _fits(led, room, b):
        own_line = own_line or rest.height >= (ROOMY + LINE_PITCH) * b
    if says_state and not _fits(led, box.width if own_line else room, b):
        words = head.aside
        room -= draw_sign(canvas, box.x + used, baseline, right, head.state)
    if own_line:
        noted_line(canvas, Slot(box.x, rest.y + 0.8 * b, box.width), words, bool(head.late))
        rest = rest.take_top(LINE_PITCH * b)[1]
    elif head.late:
        canvas.status_mark(right - text_width(words[0], b) - 0.75 * b, baseline - 0.33 * b, 0.5 * b, "data")
        canvas.text(Slot(right, baseline, room - ring), words, canvas.size(1, theme.data_status, anchor="end"))
    else:
        canvas.text(Slot(right, baseline, max(room, 0.0)), (*words, ""), canvas.size(1, theme.text_quiet, anchor="end"))
    has_signs = bool(head.late and head.keeps_aside and head.aside)  # what signs mean holds for late data too
    if has_signs and rest.height >= ROOMY * b:
        style = canvas.size(1, theme.text_quiet)
        canvas.text(Slot(box.x, rest.y + 0.8 * b, box.width), head.aside, style, may_cut=True)
        rest = rest.take_top(LINE_PITCH * b)[1]
    return rest


def _fits(words: Words, room: float, size: float) -> bool:
    return any(text_width(one, size) <= room for one in words)


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
