"""Wall scenes: a pure function from a view, a screen and a theme to one SVG; it decides nothing about the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from charts.formats import DEFAULT_LOCALE
from charts.theme import find_theme
from charts.wall import masterplan, peringatan, ringkasan, smart_environment, smart_living, spbe
from charts.wall.canvas import Canvas
from charts.wall.geometry import Geometry
from charts.wall.left_out import left_out, without_room
from charts.wall.sentences import spelled_out
from warehouse.figures import WallView

MOST_TILES = 12
LEAST_DWELL_SECONDS, DWELL_PER_TILE = 20, 3

TELL_ALARMS = ("ringkasan", "peringatan")  # scenes that say in words since when nobody answered

__all__ = ["MOST_TILES", "SCENES", "TELL_ALARMS", "Geometry", "SceneDrawing", "draw_scene"]


@dataclass(frozen=True)
class SceneDrawing:
    """One scene as SVG text, with what the rotation needs to know."""

    scene_id: str
    title: str
    svg: str
    tile_count: int
    dwell_seconds: int
    dropped: int = 0  # how many steps of its drop order the scene had to take
    left_out: tuple[str, ...] = ()  # what that was
    text_size: float = 0.0  # of the smallest text, in layout units
    fits: bool = True  # False: even the least detail had to be cut


@dataclass(frozen=True)
class _Scene:
    title: str
    attempts: Callable[[Geometry], Iterator[tuple[float, Any]]]
    draw: Callable[[Canvas, WallView, Any], None]
    drop_order: tuple[Any, ...]


_SCENES = {
    module.__name__.rsplit(".", maxsplit=1)[-1]: _Scene(module.TITLE, module.attempts, module.draw, module.DROP_ORDER)
    for module in (ringkasan, spbe, smart_environment, smart_living, masterplan, peringatan)
}
SCENES: tuple[str, ...] = tuple(_SCENES)


def draw_scene(
    scene_id: str, view: WallView, geometry: Geometry, theme: str, *, locale: str = DEFAULT_LOCALE
) -> SceneDrawing:
    """The most detailed drawing of the scene that can be read on this screen. Raises ValueError for unknown names."""
    if scene_id not in _SCENES:
        raise ValueError(f"adegan {scene_id!r} tidak dikenal; pilih salah satu: {', '.join(SCENES)}")
    scene = _SCENES[scene_id]
    colours, told = find_theme(theme), spelled_out(view)
    for base, detail in scene.attempts(geometry):
        canvas = Canvas(geometry, colours, base, locale)
        scene.draw(canvas, told, detail)
        dropped = scene.drop_order.index(detail)
        if not canvas.misfits:
            break
    return SceneDrawing(
        scene_id,
        scene.title,
        canvas.render(scene.title, view.release_id),
        canvas.tile_count,
        max(LEAST_DWELL_SECONDS, DWELL_PER_TILE * canvas.tile_count),
        dropped,
        (
            *without_room(canvas.trends_without_room, canvas.states_without_room),
            *left_out(scene.drop_order[0], detail),
        ),
        base,
        not canvas.misfits,
    )
