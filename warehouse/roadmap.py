"""The masterplan over all of its years, and the way of a call: values only, no database and no words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RoadmapStage:
    """Programmes of one horizon: how many run in each year of the plan, first to last."""

    name: str
    counts: tuple[tuple[int, int], ...]  # year and programmes


@dataclass(frozen=True)
class FunnelStep:
    """One step from call offered to incident closed; `count` None means the source is not delivered."""

    code: str
    label: str
    count: int | None
