"""Scene Peringatan: what nobody answered yet comes first and largest, with what to do; then what rests, and the watch.

A calm day says so and shows what is nearest to its limit; a watch that is silent is said in the place of calm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from gettext import gettext as _

from charts.wall.alarm_tiles import MOST_RESPONSE_LINES, count_lines, draw_alarm, draw_compact_alarm
from charts.wall.bezels import cells, first_part, is_panelled
from charts.wall.canvas import Canvas, Slot
from charts.wall.clock_words import Words
from charts.wall.frame import frame_with_strip
from charts.wall.geometry import Box, Geometry
from charts.wall.ringkasan import (
    COMFORTABLE_TEXT,
    GAP,
    draw_bullets,
    draw_subtitle,
    draw_title,
    headline_cards,
    is_wide,
)
from charts.wall.sentences import release_words, timeliness_head
from charts.wall.tiles import PAD, draw_figure
from warehouse.alarms.lines import AlarmBoard, AlarmLine
from warehouse.figures import WallView

TITLE = _("Peringatan")
WIDE_ACROSS = 3
LEAST_NEAREST = 4.7  # of the base size: a heading and one bar
TALLEST = 5.4  # of the base size: a tile without steps needs no more
BULLETS = 3


@dataclass(frozen=True)
class Detail:
    """How many groups are shown, and how many lines of steps the first one and the others get."""

    rows: int
    first_steps: int = MOST_RESPONSE_LINES
    other_steps: int = 2


COMPACT = -1  # steps of a tile on two lines
DROP_ORDER = (
    Detail(5),
    Detail(5, other_steps=0),
    Detail(5, 2, COMPACT),
    Detail(4, 2, COMPACT),
    Detail(3, 2, COMPACT),
    Detail(3, 0, COMPACT),
    Detail(2, 2, COMPACT),
    Detail(2, 0, COMPACT),
    Detail(1, 2),
    Detail(1, 0),
)


def attempts(geometry: Geometry) -> Iterator[tuple[float, Detail]]:
    base = max(geometry.smallest_text, COMFORTABLE_TEXT)
    for detail in DROP_ORDER:
        yield base, detail
        if base > geometry.smallest_text:
            yield geometry.smallest_text, detail


def draw(canvas: Canvas, view: WallView, detail: Detail) -> None:
    board = view.alarms
    title = _("Peringatan kritis") if board.takes_screen else _("Peringatan")
    content = frame_with_strip(canvas, view, (title, view.region_name), draw_watch, told_words(view, canvas.locale))
    content = content.inset(0, GAP)
    if not board.lines and not board.resting:
        draw_calm(canvas, content, view)
        return
    lines = (*board.lines, *board.resting)
    shown = lines[: detail.rows]
    places = cells(canvas, content)
    rest = draw_title(canvas, places[0], title_of(board), count_words(board, lines, shown), 600 if board.lines else 400)
    wide = is_wide(canvas.page.width, canvas.page.height) and not is_panelled(canvas)
    boxes = _side_by_side(rest, len(shown)) if wide else _below(canvas, rest, shown, detail)
    left_over: Sequence[Box] = ()
    if is_panelled(canvas):
        boxes, left_over = _on_panels(rest, places[1:], len(shown))
    for number, (box, line) in enumerate(zip(boxes, shown, strict=True)):
        steps = detail.other_steps if number else detail.first_steps
        if steps == COMPACT:
            draw_compact_alarm(canvas, box, line)
        else:
            draw_alarm(canvas, box, line, response_lines=steps)
    if is_panelled(canvas):
        _fill_panels(canvas, view, left_over)
        return
    below = boxes[-1].bottom + GAP
    free = rest.bottom - below
    if not wide and free >= LEAST_NEAREST * canvas.base and view.nearest_to_limit:
        _draw_nearest(canvas, Box(rest.x, below, rest.width, free), view)


def told_words(view: WallView, locale: str) -> Words:
    """Release, and always how many agencies are on time."""
    release, timely = release_words(view, locale), timeliness_head(view)
    return (*(f"{release} · {words}" for words in timely), *timely)


def title_of(board: AlarmBoard) -> str:
    if board.unanswered_count:
        return _("{count} belum ditanggapi").format(count=board.unanswered_count)
    return _("Semua sudah ditanggapi")


def count_words(board: AlarmBoard, lines: Sequence[AlarmLine], shown: Sequence[AlarmLine]) -> str:
    """`12 terbuka`; what does not stand on the screen is said."""
    hidden = board.open_count - sum(line.count for line in shown)
    words = _("{count} terbuka").format(count=board.open_count)
    return _("{words}, {hidden} tidak muat").format(words=words, hidden=hidden) if len(shown) < len(lines) else words


def draw_calm(canvas: Canvas, box: Box, view: WallView) -> None:
    unwatched = view.alarms.unwatched
    box, *panels = cells(canvas, box)
    rest = draw_title(canvas, box, unwatched or _("Tidak ada peringatan terbuka"), "", 600 if unwatched else 400)
    if unwatched:
        words = _("Daftar yang kosong bukan berarti aman")
        line, rest = rest.take_top(1.5 * canvas.base)
        with canvas.group("judul", line):
            canvas.text(Slot(line.x, line.y + 0.86 * canvas.base, line.width), words, canvas.size(1))
    if view.nearest_to_limit or not unwatched:
        _draw_nearest(canvas, rest, view)
    _draw_cards(canvas, view, panels)


def _draw_nearest(canvas: Canvas, box: Box, view: WallView) -> None:
    rest = draw_subtitle(canvas, box, view.nearest_to_limit)
    wide = is_wide(canvas.page.width, canvas.page.height) and not is_panelled(canvas)
    rows = BULLETS if wide else max(1, min(BULLETS, int((rest.height + GAP) / (3.6 * canvas.base + GAP))))
    tall = rest if wide else rest.take_top(min(rest.height, rows * (4.6 * canvas.base + GAP)))[0]
    draw_bullets(canvas, tall, view.nearest_to_limit[:rows], rows)


def _below(canvas: Canvas, box: Box, shown: Sequence[AlarmLine], detail: Detail) -> tuple[Box, ...]:
    """One tile a row, the first one as much taller as its steps need; none taller than it needs to be read."""
    b = canvas.base
    steps = [detail.other_steps if number else detail.first_steps for number in range(len(shown))]
    lines = [count_lines(canvas, box, line, most) for line, most in zip(shown, steps, strict=True)]
    weights = [3.4 + many + (0 if number else 0.3) for number, many in enumerate(lines)]
    unit = min((box.height - GAP * (len(shown) - 1)) / sum(weights), TALLEST * b / 3.6)
    boxes, y = [], box.y
    for weight in weights:
        boxes.append(Box(box.x, y, box.width, weight * unit))
        y += weight * unit + GAP
    return tuple(boxes)


def _on_panels(first: Box, places: Sequence[Box], count: int) -> tuple[tuple[Box, ...], Sequence[Box]]:
    """The first one has a panel of its own, the others share the rest as evenly as they can; and the panels left."""
    each, more = divmod(count - 1, len(places))
    counts = [each + (number < more) for number in range(len(places))]
    boxes = [box for place, some in zip(places, counts, strict=True) if some for box in place.rows(some, GAP)]
    return (first, *boxes), [place for place, some in zip(places, counts, strict=True) if not some]


def _fill_panels(canvas: Canvas, view: WallView, panels: Sequence[Box]) -> None:
    """No panel of a board stays empty: what is nearest to its limit, then the day's service."""
    if panels and view.nearest_to_limit:
        _draw_nearest(canvas, panels[0], view)
        panels = panels[1:]
    _draw_cards(canvas, view, panels)


def _draw_cards(canvas: Canvas, view: WallView, panels: Sequence[Box]) -> None:
    for box, card in zip(panels, headline_cards(view, canvas.locale), strict=False):
        draw_figure(canvas, box, card)


def _side_by_side(box: Box, count: int) -> tuple[Box, ...]:
    """On a wide board the first one has a third of the width, the others two columns beside it."""
    if count <= WIDE_ACROSS:
        return box.columns((12 // count,) * count, GAP)
    first, *columns = box.columns((4, 4, 4), GAP)
    rows = [column.rows(-(-(count - 1) // 2), GAP) for column in columns]
    beside = [one for pair in zip(*rows, strict=True) for one in pair]
    return (first, *beside[: count - 1])


def draw_watch(canvas: Canvas, box: Box, view: WallView) -> None:
    """Strip: whether anybody looks, and what the day was like."""
    b, theme, board = canvas.base, canvas.theme, view.alarms
    with canvas.tile("strip", box, filled=False):
        middle = box.y + box.height / 2
        if board.unwatched:
            canvas.status_mark(box.x + 0.42 * b, middle, 0.52 * b, "data")
        else:
            canvas.dot(box.x + 0.42 * b, middle, 0.28 * b)
        style = canvas.size(1, theme.data_status if board.unwatched else theme.text_normal)
        slot = Slot(box.x + 1.3 * b, middle + 0.33 * b, first_part(canvas, box).width - 1.3 * b - PAD * b)
        canvas.text(slot, watch_words(view), style)


def watch_words(view: WallView) -> Words:
    """`dinilai tiap menit · 12 muncul dalam 24 jam · 1 berderai`, shortened from the end."""
    board = view.alarms
    if board.unwatched and not board.lines and not board.resting:  # the title says since when
        return (_("minta administrator menjalankan python -m operations"), _("hubungi administrator"))
    if board.takes_screen:
        return (
            _("layar berputar lagi sesudah yang kritis ditanggapi di halaman peringatan"),
            _("layar berputar lagi sesudah ditanggapi"),
        )
    head = board.unwatched or _("dinilai tiap menit")
    never_count = sum(action.is_never_delivered for action in view.actions)
    counted = (
        (board.day_count, _("{count} muncul dalam 24 jam")),
        (never_count, _("{count} sumber belum pernah disampaikan")),
        (board.old_count, _("{count} lebih lama dari 24 jam")),
        (board.chattering_count, _("{count} berderai")),
    )
    parts = [words.format(count=count) for count, words in counted if count]
    return tuple(" · ".join((head, *parts[:count])) for count in range(len(parts), -1, -1))
