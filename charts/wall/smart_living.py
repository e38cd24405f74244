"""Scene Smart Living: the 112 line today, how fast help arrives and where, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from gettext import gettext as _

from charts.wall.board import (
    BOTTOM_HEIGHT,
    COMFORTABLE_TEXT,
    Board,
    Frame,
    Panel,
    card_panels,
    draw_board,
    foot_words,
    frame_board,
)
from charts.wall.canvas import Canvas
from charts.wall.geometry import Geometry
from charts.wall.living_cards import CALLS, living_cards
from charts.wall.living_panels import draw_funnel, draw_hourly_calls, draw_tickets, draw_tile_map
from charts.wall.sentences import FigureCard, until_words
from warehouse.figures import WallView

TITLE = _("Smart Living")
CHART_COLUMNS, MAP_COLUMNS = 5, 7
LIST_COLUMNS, FUNNEL_COLUMNS = 8, 4
FUNNEL_HEIGHT = 10.3  # of the base size


@dataclass(frozen=True)
class Detail:
    """How much is shown; the figures stay longest."""

    figures: int
    with_chart: bool = True
    with_map: bool = True
    with_numbers: bool = True
    with_list: bool = True
    figure_rows: int = 1
    with_funnel: bool = False


DROP_ORDER = (
    Detail(6, with_funnel=True),
    Detail(6),
    Detail(5),
    Detail(6, with_list=False),
    Detail(5, with_list=False),
    Detail(4, with_list=False),
    Detail(5, with_list=False, with_numbers=False),
    Detail(4, with_list=False, with_numbers=False),
    Detail(6, with_list=False, with_map=False, figure_rows=2),
    Detail(5, with_list=False, with_map=False),
    Detail(4, with_list=False, with_map=False),
    Detail(3, with_list=False, with_map=False),
    Detail(4, with_chart=False, with_list=False, with_map=False),
    Detail(2, with_chart=False, with_list=False, with_map=False),
)


def attempts(geometry: Geometry) -> Iterator[tuple[float, Detail]]:
    base = max(geometry.smallest_text, COMFORTABLE_TEXT)
    for detail in DROP_ORDER:
        yield base, detail


def draw(canvas: Canvas, view: WallView, detail: Detail) -> None:
    cards = living_cards(view, canvas.locale, detail.figures)
    until = _("112: {until}").format(until=until_words(view, canvas.locale)[0]) if view.calls else ""
    frame = Frame(
        (_("Smart Living"), _("panggilan darurat 112")),
        foot_words(view, canvas.locale, CALLS, until),
        tuple(card.is_sample for card in cards if not card.is_missing),
        _("DATA CONTOH: 112"),
    )
    draw_board(canvas, frame_board(canvas, view, frame), make_board(view, detail, cards))


def make_board(view: WallView, detail: Detail, cards: tuple[FigureCard, ...]) -> Board:
    """Figures on top, chart and map in the middle, open tickets below."""
    chart = Panel(partial(draw_hourly_calls, view=view), CHART_COLUMNS, 2 if detail.with_funnel else 3)
    draw_map = partial(draw_tile_map, view=view, with_numbers=detail.with_numbers)
    kecamatan = Panel(draw_map, MAP_COLUMNS, 3 if detail.with_funnel else 4 if detail.with_list else 5)
    tickets = Panel(partial(draw_tickets, view=view), LIST_COLUMNS)
    funnel = Panel(partial(draw_funnel, view=view), FUNNEL_COLUMNS, 2)
    return Board(
        card_panels(cards),
        (chart,) * detail.with_chart + (kecamatan,) * detail.with_map,
        (tickets,) * detail.with_list + (funnel,) * detail.with_funnel,
        across=2 if detail.with_list else 3,
        top_rows=detail.figure_rows,
        bottom_height=FUNNEL_HEIGHT if detail.with_funnel else BOTTOM_HEIGHT,
        top_wide_span=2 if detail.with_list else 4,
    )
