"""A big board of several panels: where each panel's part of a box lies, so that no text crosses a bezel."""

from __future__ import annotations

from charts.wall.canvas import Canvas
from charts.wall.geometry import Box

BEZEL_GAP = 16.0  # layout units kept free on either side of a bezel


def is_panelled(canvas: Canvas) -> bool:
    return canvas.panels != (1, 1)


def cells(canvas: Canvas, box: Box) -> tuple[Box, ...]:
    """The part of the box on each panel, row by row; the box itself on a single screen."""
    columns, rows = canvas.panels
    return tuple(_part(canvas, box, column, row) for row in range(rows) for column in range(columns))


def first_part(canvas: Canvas, box: Box) -> Box:
    """The part of a flat box on the leftmost panel."""
    return _across(canvas, box, 0)


def last_part(canvas: Canvas, box: Box) -> Box:
    """The part of a flat box on the rightmost panel."""
    return _across(canvas, box, canvas.panels[0] - 1)


def _across(canvas: Canvas, box: Box, column: int) -> Box:
    left, right = _span(canvas.page.width, canvas.panels[0], column, box.x, box.right)
    return Box(left, box.y, right - left, box.height)


def _part(canvas: Canvas, box: Box, column: int, row: int) -> Box:
    part = _across(canvas, box, column)
    top, bottom = _span(canvas.page.height, canvas.panels[1], row, box.y, box.bottom)
    return Box(part.x, top, part.width, bottom - top)


def _span(whole: float, count: int, place: int, start: float, end: float) -> tuple[float, float]:
    size = whole / count
    low = start if place == 0 else place * size + BEZEL_GAP
    high = end if place == count - 1 else (place + 1) * size - BEZEL_GAP
    return low, high
