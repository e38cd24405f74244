"""The course of a figure beside its number: one quiet line without axis or colour of a state, its limit a thin one.

It takes only room that nothing else needs: where there is too little it is left out, and the scene says of how many.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from charts.series import series_frame
from charts.wall.canvas import Canvas
from charts.wall.geometry import Box
from warehouse.figures import Figure, TrendPoint

LEAST_POINTS = 3  # the change of two is said in a word
LEAST_WIDTH, GOOD_WIDTH, MOST_WIDTH = 1.8, 3.0, 5.5  # of the base size
DOT, STROKE = 0.16, 0.085  # radius of the last point and width of the line, of the base size


@dataclass(frozen=True)
class Trend:
    """Periods of one figure, and what holds for all of them: one limit, or the ends of the usual band."""

    points: tuple[TrendPoint, ...] = ()
    limits: tuple[Decimal, ...] = ()

    @property
    def is_told(self) -> bool:
        return sum(point.value is not None for point in self.points) >= LEAST_POINTS


def trend_of(figure: Figure) -> Trend:
    return Trend(figure.trend, () if figure.target is None else (figure.target,))


def draw_trend(canvas: Canvas, indicator_id: str, rooms: Sequence[Box], trend: Trend, ink: str) -> None:
    """At the right of the first room that is wide, else of the widest that will do."""
    if not trend.is_told:
        return
    widest = max(rooms, key=lambda room: room.width)
    wide = next((room for room in rooms if room.width >= GOOD_WIDTH * canvas.base), widest)
    if wide.width < LEAST_WIDTH * canvas.base:
        canvas.trends_without_room += 1
        return
    width = min(wide.width, MOST_WIDTH * canvas.base)
    box = Box(wide.right - width, wide.y, width, wide.height)
    with canvas.mark_group("arah", indicator_id):
        _draw(canvas, box, trend, ink)


def _draw(canvas: Canvas, box: Box, trend: Trend, ink: str) -> None:
    b, frame = canvas.base, series_frame(trend.points)
    known = frame.dropna(subset="value")
    low, high = (end([*known["value"], *map(float, trend.limits)]) for end in (min, max))
    radius = DOT * b
    inner = box.inset(radius, radius)

    def across(position: float) -> float:
        return inner.x + inner.width * position / (len(frame) - 1)

    def down(value: float) -> float:
        return inner.bottom - inner.height * ((value - low) / (high - low) if high > low else 0.5)

    if len(trend.limits) > 1:
        top, bottom = down(float(max(trend.limits))), down(float(min(trend.limits)))
        canvas.panel(Box(box.x, top, box.width, bottom - top), canvas.theme.band, 0)
    else:
        for limit in trend.limits:
            canvas.line([(box.x, down(float(limit))), (box.right, down(float(limit)))], canvas.theme.text_quiet, b / 22)
    for _run, part in known.groupby("run"):
        places = [(across(at), down(value)) for at, value in zip(part["position"], part["value"], strict=True)]
        if len(places) > 1:
            canvas.line(places, canvas.theme.data, STROKE * b)
        else:
            canvas.dot(*places[0], 0.7 * radius)
    last = known.iloc[-1]
    canvas.dot(across(last["position"]), down(last["value"]), radius, ink)
