"""Lists on a wall: rows with a strong lead, as many as stand in the tile, on as many lines as their names need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from charts.lettering import text_width, wrap_text
from charts.wall.canvas import Canvas, Slot
from charts.wall.clock_words import Words, joined
from charts.wall.geometry import Box
from charts.wall.panels import HEADING, LINE_PITCH, Head, draw_head, missing
from charts.wall.tiles import PAD

LEAST_ROWS, MOST_ROWS = 2, 4
TALL_ROWS = 3  # of three lines each: fewer would say less than cut names do
LOOSEST_ROW = 1.6  # of the least pitch: few rows in a tall tile stand apart, and still together
MARK = 1.4  # room of a status mark before a row, of the base size


@dataclass(frozen=True)
class ListRow:
    """One row of a list tile: a strong lead, then columns with the width each asks for, the most important first."""

    lead: str
    columns: tuple[tuple[str | Words, float], ...]
    lead_width: float = 3.8
    is_marked: bool = False


def draw_list(canvas: Canvas, box: Box, rows: Sequence[ListRow], heading: Callable[[int], Head], empty: Words) -> None:
    """As many rows as stand in the tile; where the columns do not fit side by side, a row takes two lines, or three
    where a name needs them and there is the height."""
    b = canvas.base
    inner = box.inset(PAD * b, 0.45 * b)
    lead = max((row.lead_width for row in rows), default=0.0) + MARK * any(row.is_marked for row in rows)
    folded = any(sum(width for _words, width in row.columns) > inner.width / b - lead for row in rows)
    room = inner.height - 1.36 * HEADING * b
    long = folded and any(_first_width(row, b) > inner.width - lead * b for row in rows)
    tall = long and room >= TALL_ROWS * 3 * LINE_PITCH * b
    lines = LINE_PITCH * (3 if tall else 2 if folded else 1)
    rest = draw_head(canvas, inner, heading(min(len(rows), MOST_ROWS, int(room / (lines * b)))))
    count = int(rest.height / (lines * b))  # a delay may have taken a line of the head
    canvas.require(count >= min(LEAST_ROWS, max(len(rows), 1)))
    shown = rows[: max(0, min(MOST_ROWS, count))]
    if not shown:
        missing(canvas, rest, empty)
        return
    pitch = min(LOOSEST_ROW * lines * b, rest.height / len(shown))
    for number, row in enumerate(shown):
        place = Box(rest.x, rest.y + number * pitch, rest.width, pitch)
        draw_row(canvas, place, row, (lead * b, 3 if tall else 2 if folded else 1))


def _first_width(row: ListRow, size: float) -> float:
    words = row.columns[0][0]
    return text_width(words if isinstance(words, str) else words[0], size)


def draw_row(canvas: Canvas, box: Box, row: ListRow, shape: tuple[float, int]) -> None:
    """`shape`: where the columns begin, and on how many lines they stand."""
    b, theme = canvas.base, canvas.theme
    lead, lines = shape
    height = box.height if lines == 1 else min(box.height / lines, 1.15 * LINE_PITCH * b)  # room is left between rows
    baseline = box.y + height / 2 + 0.33 * b
    if row.is_marked:
        canvas.status_mark(box.x + 0.45 * b, baseline - 0.33 * b, 0.45 * b, "perlu tindakan")
    room = row.lead_width * b
    style = canvas.size(1.04, theme.text_strong, 600)
    canvas.text(Slot(box.x + lead - room, baseline, room - 0.3 * b), row.lead, style)
    x, rest = box.x + lead, box.width - lead
    strong, quiet = canvas.size(1, theme.text_strong), canvas.size(1, theme.text_normal)
    if lines > 1:
        (first, _width), *others = row.columns
        below = others[0][0] if len(others) == 1 else joined([str(words) for words, _width in others])
        name: list[str | Words] = [first]
        if lines > 2 and isinstance(first, str):
            head, *more = wrap_text(first, rest, b)
            name = [head, " ".join(more)] if more else [head]
        for words in name:
            canvas.text(Slot(x, baseline, rest), words, strong, may_cut=True)
            baseline += height
        canvas.text(Slot(x, baseline, rest), below, quiet, may_cut=True)
        return
    share = rest / sum(width for _words, width in row.columns)
    for number, (words, width) in enumerate(row.columns):
        canvas.text(Slot(x, baseline, width * share - 0.6 * b), words, quiet if number else strong, may_cut=True)
        x += width * share
