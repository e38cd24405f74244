"""A value in its class, with the distance to the limit on both sides. Judges one indicator only; states no cause."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from warehouse.rules.level_packs import Graded, LevelClass


@dataclass(frozen=True)
class Edge:
    """A limit between two classes and what lies on its other side."""

    limit: Decimal
    distance: Decimal  # never negative
    other: str  # the class beyond
    is_reached_at_limit: bool  # whether the limit itself already belongs to the class beyond

    @property
    def share(self) -> Decimal:
        """Distance as a share of the limit, to compare indicators of different units."""
        return self.distance / self.limit if self.limit else self.distance


@dataclass(frozen=True)
class Grade:
    """One indicator's value and class; an edge is None where nothing lies beyond."""

    indicator: Graded
    value: Decimal
    held: LevelClass
    below: Edge | None
    above: Edge | None

    @property
    def name(self) -> str:
        return self.held.name


def grade(indicator: Graded, value: Decimal) -> Grade:
    """The class of a value and the limits around it."""
    held = indicator.class_of(value)
    place = indicator.classes.index(held)
    return Grade(indicator, value, held, edge_below(indicator, value, place), edge_above(indicator, value, place))


def edge_below(indicator: Graded, value: Decimal, place: int) -> Edge | None:
    """The limit under the class at `place`."""
    lower = indicator.classes[place - 1] if place else None
    if lower is None or lower.upper is None:
        return None
    return Edge(lower.upper, abs(value - lower.upper), lower.name, lower.includes_upper)


def edge_above(indicator: Graded, value: Decimal, place: int) -> Edge | None:
    """The limit over the class at `place`."""
    held = indicator.classes[place]
    if held.upper is None:
        return None
    other = indicator.classes[place + 1].name
    return Edge(held.upper, abs(held.upper - value), other, not held.includes_upper)
