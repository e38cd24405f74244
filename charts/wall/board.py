"""A board of tiles under one head and over one foot: small ones on top, large ones below, side by side when wide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from gettext import gettext as _

from charts.formats import format_day, format_time
from charts.wall.bezels import cells, is_panelled
from charts.wall.canvas import Canvas
from charts.wall.clock_words import Words, joined
from charts.wall.frame import FOOT_ROW, draw_foot, draw_header
from charts.wall.geometry import Box
from charts.wall.ringkasan import GAP, is_wide
from charts.wall.sentences import FigureCard, release_words, sample_words, timeliness_head
from charts.wall.tiles import draw_figure
from warehouse.figures import WallView

COMFORTABLE_TEXT = 28.0  # layout units: the design's size on a 2x2 board
TOP_HEIGHT, TWO_ROWS, BOTTOM_HEIGHT = 6.2, 10.8, 6.6  # of the base size


@dataclass(frozen=True)
class Panel:
    """One tile: what draws it, and its share of the columns in its row and on a wide board."""

    draw: Callable[[Canvas, Box], None]
    span: int = 1
    wide_span: int = 3


@dataclass(frozen=True)
class Board:
    """Rows of tiles; on a wide board the top ones are a block of `across` columns and all stand side by side."""

    top: tuple[Panel, ...]
    middle: tuple[Panel, ...] = ()
    bottom: tuple[Panel, ...] = ()
    across: int = 2
    top_rows: int = 1  # on a single screen
    bottom_height: float = BOTTOM_HEIGHT  # of the base size
    top_wide_span: int = 3


@dataclass(frozen=True)
class Frame:
    """What stands around a board: title (strong, light), foot, whether each tile is sample, and the sample's name."""

    title: tuple[str, str]
    foot: Words
    samples: tuple[bool, ...]
    sample_name: str


def card_panels(cards: Sequence[FigureCard]) -> tuple[Panel, ...]:
    return tuple(Panel(partial(draw_figure, card=card)) for card in cards)


def frame_board(canvas: Canvas, view: WallView, frame: Frame) -> Box:
    """Head and foot; a scene that is wholly sample says so once, at its foot. Returns the room between."""
    b = canvas.base
    rest = draw_header(canvas, view, frame.title)
    foot, rest = rest.take_bottom(FOOT_ROW * b + 0.15 * b)
    wholly = view.sample_source_count > 0 and bool(frame.samples) and all(frame.samples)
    canvas.marks_sample = not wholly
    sample: Words = (frame.sample_name,) if wholly else sample_words(view)
    draw_foot(canvas, foot.take_top(FOOT_ROW * b)[0], frame.foot, sample if view.sample_source_count else ())
    return Box(rest.x, rest.y + 0.8 * GAP, rest.width, rest.height - 1.1 * GAP)


def draw_board(canvas: Canvas, box: Box, board: Board) -> None:
    if is_panelled(canvas):
        _draw_on_panels(canvas, box, board)
    elif is_wide(canvas.page.width, canvas.page.height):
        _draw_wide(canvas, box, board)
    elif not board.middle and not board.bottom:
        _draw_block(canvas, box, board.top, 2)
    else:
        height = TOP_HEIGHT if board.top_rows == 1 else TWO_ROWS
        top, rest = box.take_top(height * canvas.base, GAP)
        _draw_block(canvas, top, board.top, -(-len(board.top) // board.top_rows))
        if board.bottom:
            bottom, rest = rest.take_bottom(board.bottom_height * canvas.base, GAP)
            _draw_row(canvas, bottom, board.bottom)
        _draw_row(canvas, rest, board.middle)


def _draw_wide(canvas: Canvas, box: Box, board: Board) -> None:
    others = (*board.middle, *board.bottom)
    first, *zones = box.columns((board.top_wide_span, *(panel.wide_span for panel in others)), GAP)
    _draw_block(canvas, first, board.top, board.across)
    for zone, panel in zip(zones, others, strict=True):
        panel.draw(canvas, zone)


def _draw_on_panels(canvas: Canvas, box: Box, board: Board) -> None:
    """Small tiles on the first panels, a large one on each of the others; the last panel takes what is left over."""
    places = cells(canvas, box)
    others = (*board.middle, *board.bottom)
    first = min(max(1, len(places) - len(others)), len(board.top))
    ends = [-(-len(board.top) * number // first) for number in range(first + 1)]  # none without a tile
    for place, start, end in zip(places, ends, ends[1:], strict=False):
        _draw_block(canvas, place, board.top[start:end], 2)
    rest = places[first:]
    for number, place in enumerate(rest):
        here = others[number:] if number == len(rest) - 1 else others[number : number + 1]
        for row, panel in zip(place.rows(max(len(here), 1), GAP), here, strict=False):
            panel.draw(canvas, row)


def _draw_block(canvas: Canvas, box: Box, panels: Sequence[Panel], across: int) -> None:
    """Rows of `across` tiles; the last row may have fewer, wider ones."""
    groups = [panels[start : start + across] for start in range(0, len(panels), across)]
    for row, group in zip(box.rows(len(groups), GAP), groups, strict=True):
        for tile, panel in zip(row.columns((1,) * len(group), GAP), group, strict=True):
            panel.draw(canvas, tile)


def _draw_row(canvas: Canvas, box: Box, panels: Sequence[Panel]) -> None:
    for tile, panel in zip(box.columns([panel.span for panel in panels], GAP), panels, strict=True):
        panel.draw(canvas, tile)


def foot_words(view: WallView, locale: str, indicator_id: str, until: str) -> Words:
    """Until when, received when, which release, and always how many agencies are on time."""
    release, timely = release_words(view, locale), timeliness_head(view)
    lower = release[:1].lower() + release[1:]
    figure = view.figures.get(indicator_id)
    received = None if figure is None else figure.clock.received_at
    arrived = ""
    if received is not None:
        day = "" if received.date() == view.instant.date() else format_day(received, locale)
        arrived = _("diterima {time}").format(time=f"{day} {format_time(received)}".strip())
    before = ((until, arrived, lower), (until, arrived), (until,))
    return (*(joined((*parts, words)) for words in timely for parts in before), *timely, release)
