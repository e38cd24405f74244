"""Scene Ringkasan: what needs action, or what is nearest to its limit, beside one headline per dimension."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from charts.wall.bezels import cells, is_panelled
from charts.wall.canvas import Canvas, Slot
from charts.wall.environment_cards import environment_card
from charts.wall.frame import draw_timeliness, frame_with_strip
from charts.wall.geometry import Box, Geometry
from charts.wall.sentences import FigureCard, living_card, spbe_card
from charts.wall.tiles import PAD, draw_action, draw_bullet, draw_figure
from warehouse.figures import Figure, WallView

TITLE = _("Ringkasan")
COMFORTABLE_TEXT = 44.0  # layout units: the design's size on a 16:9 screen
WIDE = 2.6  # width by height from which tiles stand side by side
WIDE_FACTORS = (1.6, 1.45, 1.3, 1.15, 1.0)
GAP = 20.0
LEFT_COLUMNS, RIGHT_COLUMNS = 7, 5


@dataclass(frozen=True)
class Detail:
    """How much is shown: rows at the left, headline cards at the right or none, with or without their notes."""

    rows: int
    with_cards: bool = True
    with_notes: bool = True


DROP_ORDER = (Detail(3), Detail(2), Detail(2, with_notes=False), Detail(2, with_cards=False), Detail(1, False))


def attempts(geometry: Geometry) -> Iterator[tuple[float, Detail]]:
    """Text size and detail to try, best first: never smaller than what can be read from the last seat."""
    base = max(geometry.smallest_text, COMFORTABLE_TEXT)
    if is_wide(geometry.width, geometry.height):
        for factor in WIDE_FACTORS[:-1]:
            yield base * factor, DROP_ORDER[0]
    for detail in DROP_ORDER:
        yield base, detail
        if base > geometry.smallest_text:
            yield geometry.smallest_text, detail


def is_wide(width: float, height: float) -> bool:
    return width / height >= WIDE


def draw(canvas: Canvas, view: WallView, detail: Detail) -> None:
    cards = headline_cards(view, canvas.locale)
    canvas.marks_sample = not is_wholly_sample(view, cards)
    content = frame_with_strip(canvas, view, ("", view.region_name), draw_timeliness).inset(0, GAP)
    if not detail.with_cards:
        draw_left(canvas, content, view, detail)
        return
    if is_panelled(canvas):
        draw_on_panels(canvas, content, view, (cards, detail))
        return
    left, right = content.columns((LEFT_COLUMNS, RIGHT_COLUMNS), GAP * 1.4)
    draw_left(canvas, left, view, detail)
    for box, card in zip(split(canvas, right, len(cards)), cards, strict=True):
        draw_figure(canvas, box, card, with_note=detail.with_notes)


def headline_cards(view: WallView, locale: str) -> tuple[FigureCard, ...]:
    """One figure a dimension."""
    return living_card(view, locale), environment_card(view, locale), spbe_card(view, locale)


def draw_on_panels(canvas: Canvas, content: Box, view: WallView, told: tuple[tuple[FigureCard, ...], Detail]) -> None:
    """What needs action on the panels at the left, a headline card each on those of the last column."""
    cards, detail = told
    places, columns = cells(canvas, content), canvas.panels[0]
    right = [place for number, place in enumerate(places) if number % columns == columns - 1]
    left = [place for number, place in enumerate(places) if number % columns < columns - 1]
    if not left:
        left, right = right[:1], right[1:]
    draw_left(canvas, left[0], view, detail, left[1:])
    each = -(-len(cards) // max(len(right), 1))
    for number, place in enumerate(right):
        here = cards[number * each : (number + 1) * each]
        for box, card in zip(place.rows(max(len(here), 1), GAP), here, strict=False):
            draw_figure(canvas, box, card, with_note=detail.with_notes)


def is_wholly_sample(view: WallView, cards: tuple[FigureCard, ...]) -> bool:
    shown = [card.is_sample for card in cards if not card.is_missing]
    shown += [item.is_sample for item in view.actions] or [figure.is_sample for figure in view.nearest_to_limit]
    return bool(shown) and all(shown)


def split(canvas: Canvas, box: Box, count: int) -> tuple[Box, ...]:
    """Equal tiles: below each other, or side by side on a wide board."""
    if is_wide(canvas.page.width, canvas.page.height) and not is_panelled(canvas):
        return box.columns((12 // count,) * count, GAP)
    return box.rows(count, GAP * 0.8)


def draw_left(canvas: Canvas, box: Box, view: WallView, detail: Detail, further: Sequence[Box] = ()) -> None:
    """`further`: boxes on other panels, for what has no room in the first one."""
    rows = detail.rows
    room = tuple(tile for place in further for tile in place.rows(rows, GAP))
    if not view.actions:
        has_data = any(figure.value is not None for figure in view.figures.values())
        title = _("Tidak ada yang perlu tindakan") if has_data else _("Belum ada data untuk dinilai")
        rest = draw_title(canvas, box, title, "", 400)
        rest = draw_subtitle(canvas, rest, view.nearest_to_limit)
        draw_bullets(canvas, rest, view.nearest_to_limit[:rows], rows)
        for tile, figure in zip(room, view.nearest_to_limit[rows:], strict=False):
            draw_bullet(canvas, tile, figure)
        return
    shown = view.actions[: rows + len(room)]
    total = len(view.actions)
    count = str(total) if total == len(shown) else _("{shown} dari {total}").format(shown=len(shown), total=total)
    side_by_side = is_wide(canvas.page.width, canvas.page.height) and not is_panelled(canvas)
    headed = split(canvas, box, rows)[: len(shown)][-1] if side_by_side else box
    rest = draw_title(canvas, Box(box.x, box.y, headed.right - box.x, box.height), _("Perlu tindakan"), count, 600)
    boxes = (*split(canvas, Box(box.x, rest.y, box.width, rest.height), rows), *room)
    for tile, item in zip(boxes, shown, strict=False):
        draw_action(canvas, tile, item)
    free = len(boxes) - len(shown)
    if side_by_side and free:
        start = boxes[len(shown)].x + PAD * canvas.base
        below = Box(start, box.y + 0.3 * canvas.base, box.right - start, box.height)
        draw_subtitle(canvas, below, view.nearest_to_limit)
        for tile, figure in zip(boxes[len(shown) :], view.nearest_to_limit, strict=False):
            draw_bullet(canvas, tile, figure)
    elif free == 1 or room:
        for tile, figure in zip(boxes[len(shown) :], view.nearest_to_limit, strict=False):
            draw_bullet(canvas, tile, figure, _("Terdekat ke batas"))
    elif free:
        below = Box(box.x, boxes[len(shown)].y + GAP / 2, box.width, box.bottom - boxes[len(shown)].y - GAP / 2)
        below = draw_subtitle(canvas, below, view.nearest_to_limit)
        draw_bullets(canvas, below, view.nearest_to_limit[:free], free)


def draw_title(canvas: Canvas, box: Box, title: str, count: str, weight: int) -> Box:
    b = canvas.base
    with canvas.group("judul", box.take_top(1.75 * b)[0]):
        strong = canvas.theme.text_strong
        style = canvas.size(1.32, strong, 600 if weight == 600 else 400)
        used = canvas.text(Slot(box.x, box.y + 1.25 * b, box.width), (title, _("Tidak ada")), style)
        if count:
            style = canvas.size(1.32, strong, 600, "end")
            canvas.text(Slot(box.right, box.y + 1.25 * b, box.width - used - b), count, style)
    return box.take_top(1.85 * b)[1]


def draw_subtitle(canvas: Canvas, box: Box, figures: tuple[Figure, ...]) -> Box:
    b = canvas.base
    with canvas.group("judul", box.take_top(1.2 * b)[0]):
        words = _("Paling dekat ke batas") if figures else _("Belum ada angka yang punya batas")
        canvas.text(Slot(box.x, box.y + 0.86 * b, box.width), words, canvas.size(1))
    return box.take_top(1.5 * b)[1]


def draw_bullets(canvas: Canvas, box: Box, figures: tuple[Figure, ...], rows: int) -> None:
    for tile, figure in zip(split(canvas, box, rows), figures, strict=False):
        draw_bullet(canvas, tile, figure)
