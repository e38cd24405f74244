"""From a real screen to layout units: how large text must be to be read, and where the twelve columns stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan, degrees, radians, tan

from charts.lettering import CAPITAL_SHARE

BASE_WIDTH, BASE_HEIGHT = 1920.0, 1080.0  # layout units of a 16:9 screen
CAPITAL_ARC_MINUTES = 16.0  # product rule: capital letters at the farthest seat
GRID_COLUMNS = 12


@dataclass(frozen=True)
class Geometry:
    """A wall screen: its physical width, its pixels, the farthest seat, and the panels a big board is made of."""

    width_mm: float
    pixels: tuple[int, int]
    distance_m: float
    panels: tuple[int, int] = (1, 1)  # columns and rows

    @property
    def unit_px(self) -> float:
        """Pixels per layout unit; a screen other than 16:9 gets more units, never smaller ones."""
        return min(self.pixels[0] / BASE_WIDTH, self.pixels[1] / BASE_HEIGHT)

    @property
    def width(self) -> float:
        return self.pixels[0] / self.unit_px

    @property
    def height(self) -> float:
        return self.pixels[1] / self.unit_px

    @property
    def smallest_text(self) -> float:
        """Font size, in layout units, whose capitals subtend 16 arc-minutes at the farthest seat."""
        capital_mm = 1000 * self.distance_m * tan(radians(CAPITAL_ARC_MINUTES / 60))
        return capital_mm * self.width / self.width_mm / CAPITAL_SHARE

    def capital_mm(self, size: float) -> float:
        """Height of a capital letter of this font size on the screen."""
        return size * CAPITAL_SHARE * self.width_mm / self.width

    def arc_minutes(self, size: float) -> float:
        """How large that looks from the farthest seat."""
        return degrees(atan(self.capital_mm(size) / 1000 / self.distance_m)) * 60


@dataclass(frozen=True)
class Box:
    """A rectangle in layout units."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def inset(self, horizontal: float, vertical: float) -> Box:
        return Box(self.x + horizontal, self.y + vertical, self.width - 2 * horizontal, self.height - 2 * vertical)

    def take_top(self, height: float, gap: float = 0) -> tuple[Box, Box]:
        """The top `height`, and what is left below a gap."""
        rest = Box(self.x, self.y + height + gap, self.width, self.height - height - gap)
        return Box(self.x, self.y, self.width, height), rest

    def take_bottom(self, height: float, gap: float = 0) -> tuple[Box, Box]:
        """The bottom `height`, and what is left above a gap."""
        rest = Box(self.x, self.y, self.width, self.height - height - gap)
        return Box(self.x, self.bottom - height, self.width, height), rest

    def rows(self, count: int, gap: float) -> tuple[Box, ...]:
        height = (self.height - gap * (count - 1)) / count
        return tuple(Box(self.x, self.y + i * (height + gap), self.width, height) for i in range(count))

    def columns(self, spans: Sequence[int], gap: float) -> tuple[Box, ...]:
        """Side by side by the given spans of the twelve-column grid (equal tiles: equal spans)."""
        total = sum(spans)
        if total > GRID_COLUMNS:
            raise ValueError(f"{total} columns asked of a grid of {GRID_COLUMNS}")
        column = (self.width - gap * (total - 1)) / total
        boxes, x = [], self.x
        for span in spans:
            width = span * column + (span - 1) * gap
            boxes.append(Box(x, self.y, width, self.height))
            x += width + gap
        return tuple(boxes)
