"""Whose figure a programme goes into: the region, its lead agency, its dimension, and its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EntityKind = Literal["region", "opd", "dimension", "programme"]


@dataclass(frozen=True)
class Entity:
    """What a value stands for."""

    kind: EntityKind
    code: str


def entities_of(
    region_code: str, lead_opd_code: str, dimension_code: str | None, programme_code: str | None = None
) -> tuple[Entity, ...]:
    """All entities one programme counts for; without a programme code, only those of several programmes."""
    several = (Entity("region", region_code), Entity("opd", lead_opd_code))
    dimension = () if dimension_code is None else (Entity("dimension", dimension_code),)
    own = () if programme_code is None else (Entity("programme", programme_code),)
    return (*several, *dimension, *own)
