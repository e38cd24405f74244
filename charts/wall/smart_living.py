"""Scene Smart Living: the 112 line today, how fast help arrives and where, and what is still open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from gettext import gettext as _

from charts.formats import format_time
from charts.wall.canvas import Canvas
from charts.wall.frame import FOOT_ROW, draw_foot, draw_header
from charts.wall.geometry import Box, Geometry
from charts.wall.living_cards import living_cards
from charts.wall.panels import draw_hourly_calls, draw_tickets, draw_tile_map
from charts.wall.ringkasan import GAP, is_wide
from charts.wall.sentences import FigureCard, Words, joined, release_words, sample_words, until_words
from charts.wall.tiles import draw_figure
from warehouse.figures import WallView

TITLE = _("Smart Living")
COMFORTABLE_TEXT = 28.0  # layout units: the design's size on a 2x2 board
CHART_COLUMNS, MAP_COLUMNS = 5, 7


@dataclass(frozen=True)
class Detail:
    """How much is shown; the figures stay longest."""

    figures: int
    with_chart: bool = True
    with_map: bool = True
    with_numbers: bool = True
    with_list: bool = True


DROP_ORDER = (
    Detail(5),
    Detail(5, with_list=False),
    Detail(4, with_list=False),
    Detail(5, with_list=False, with_numbers=False),
    Detail(4, with_list=False, with_numbers=False),
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
    b = canvas.base
    rest = draw_header(canvas, view, (_("Smart Living"), _("panggilan darurat 112")))
    foot, rest = rest.take_bottom(FOOT_ROW * b + 0.15 * b)
    cards = living_cards(view, canvas.locale, detail.figures)
    wholly = is_wholly_sample(view, cards)
    canvas.marks_sample = not wholly
    words = foot_words(view, canvas.locale)
    sample: Words = (_("DATA CONTOH: 112"),) if wholly else sample_words(view)
    draw_foot(canvas, foot.take_top(FOOT_ROW * b)[0], words, sample if view.sample_source_count else ())
    content = Box(rest.x, rest.y + 0.8 * GAP, rest.width, rest.height - 1.1 * GAP)
    if is_wide(canvas.page.width, canvas.page.height):
        draw_wide(canvas, content, view, detail, cards)
    else:
        draw_tall(canvas, content, view, detail, cards)


def draw_tall(canvas: Canvas, box: Box, view: WallView, detail: Detail, cards: tuple[FigureCard, ...]) -> None:
    """Figures on top, chart and map in the middle, open tickets below."""
    b = canvas.base
    if detail.with_chart or detail.with_map:
        figures, rest = box.take_top(6.2 * b, GAP)
        draw_figures(canvas, figures.columns((1,) * len(cards), GAP), cards)
    else:
        rows = box.rows(max(1, len(cards) // 2), GAP)
        tiles = [tile for row in rows for tile in row.columns((1, 1), GAP)]
        draw_figures(canvas, tuple(tiles), cards)
        return
    if detail.with_list:
        tickets, rest = rest.take_bottom(6.6 * b, GAP)
        draw_tickets(canvas, tickets, view)
    if not detail.with_map:
        draw_hourly_calls(canvas, rest, view)
        return
    chart, kecamatan = rest.columns((CHART_COLUMNS, MAP_COLUMNS), GAP)
    draw_hourly_calls(canvas, chart, view)
    draw_tile_map(canvas, kecamatan, view, with_numbers=detail.with_numbers)


def draw_wide(canvas: Canvas, box: Box, view: WallView, detail: Detail, cards: tuple[FigureCard, ...]) -> None:
    """Everything side by side: figures in two columns, chart, map, open tickets."""
    across = 2 if detail.with_list else 3
    spans = [across + (not detail.with_list)] + [3] * detail.with_chart
    spans += [5 if not detail.with_list else 4] * detail.with_map + [3] * detail.with_list
    zones = list(box.columns(spans, GAP))
    groups = [cards[start : start + across] for start in range(0, len(cards), across)]
    rows = zip(zones.pop(0).rows(len(groups), GAP), groups, strict=True)
    tiles = [tile for row, group in rows for tile in row.columns((1,) * len(group), GAP)]
    draw_figures(canvas, tuple(tiles), cards)
    if detail.with_chart:
        draw_hourly_calls(canvas, zones.pop(0), view)
    if detail.with_map:
        draw_tile_map(canvas, zones.pop(0), view, with_numbers=detail.with_numbers)
    if detail.with_list:
        draw_tickets(canvas, zones.pop(0), view)


def draw_figures(canvas: Canvas, boxes: tuple[Box, ...], cards: tuple[FigureCard, ...]) -> None:
    for box, card in zip(boxes, cards, strict=False):
        draw_figure(canvas, box, card)


def is_wholly_sample(view: WallView, cards: tuple[FigureCard, ...]) -> bool:
    shown = [card.is_sample for card in cards if not card.is_missing]
    return view.sample_source_count > 0 and bool(shown) and all(shown)


def foot_words(view: WallView, locale: str) -> Words:
    """Until when, received when, which release: instants, so that they stay true while the scene stands."""
    release = release_words(view, locale)
    lower = release[:1].lower() + release[1:]
    figure = view.figures.get("smart_living.panggilan_112")
    if figure is None or figure.clock.received_at is None:
        return (release,)
    received = _("diterima {time}").format(time=format_time(figure.clock.received_at))
    until = _("112: {until}").format(until=until_words(view, locale)[0])
    return (joined((until, received, lower)), joined((until, lower)), release)
