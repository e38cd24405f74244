"""How pictures of a wall are seen: how much colour is in them, and how far marks of states stand apart."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from itertools import combinations
from typing import Any

import numpy as np

from charts.theme import Theme
from charts.wall import Geometry
from charts.wall.canvas import Canvas
from tests.unit.charts.colour_maths import DEUTERANOPIA, TO_XYZ, ciede2000, lab

MOST_SATURATED = 0.05  # of the pixels of a calm day
LEAST_APART = 20  # CIEDE2000
SEVERITIES = ("kritis", "perlu tindakan", "data")
MARKS: dict[str, Callable[..., None]] = {
    **{severity: partial(Canvas.status_mark, severity=severity) for severity in SEVERITIES},
    **{f"{one} ditanggapi": partial(Canvas.status_mark, severity=one, hollow=True) for one in SEVERITIES},
    "pulih": partial(Canvas.resting_mark, is_shelved=False),
    "ditunda": partial(Canvas.resting_mark, is_shelved=True),
}
SEEN = {
    "biasa": np.eye(3),
    "abu-abu": np.tile(TO_XYZ[1], (3, 1)),
    "buta warna hijau": np.array(DEUTERANOPIA),
}


def drawn_mark(theme: Theme, mark: Callable[..., None]) -> str:
    """On a tile, where it stands."""
    canvas = Canvas(Geometry(1210, (192, 108), 4), theme, 44)
    canvas.panel(canvas.page, theme.surface, 0)
    mark(canvas, 960, 540, 300)
    return canvas.render("x")


def saturated_share(image: Any, counts: Any = None) -> float:
    """Pixels of an HSL saturation above 0.4; or colours, each with how many pixels have it."""
    high, low = image.max(axis=-1), image.min(axis=-1)
    spread = 1 - np.abs(high + low - 1)
    saturation = np.divide(high - low, spread, out=np.zeros_like(high), where=spread > 1e-6)
    return float(np.average(saturation > 0.4, weights=counts))


def seen_by(eye: Any, image: Any) -> Any:
    """The image in linear light, as one of SEEN sees it."""
    light = np.where(image <= 0.04045, image / 12.92, ((image + 0.055) / 1.055) ** 2.4)
    return np.clip(light @ eye.T, 0, 1)


def nearest(images: Mapping[str, Any]) -> tuple[float, str, str]:
    """The two marks that stand apart least, and how far."""
    return min((_apart(images[one], images[other]), one, other) for one, other in combinations(images, 2))


def _apart(first: Any, second: Any) -> float:
    """Mean difference (CIEDE2000) over the area either mark covers."""
    ground = first[0, 0]
    covered = (np.abs(first - ground).max(axis=2) > 0.01) | (np.abs(second - ground).max(axis=2) > 0.01)
    pairs = zip(first[covered], second[covered], strict=True)
    return float(np.mean([ciede2000(lab(tuple(a)), lab(tuple(b))) for a, b in pairs]))
