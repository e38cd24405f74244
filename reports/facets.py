"""A choice a page offers: one filter with the values it may take and how they read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Option:
    """One value of a filter and its words."""

    value: str
    words: str


@dataclass(frozen=True)
class Facet:
    """`name` is a field of `Filters`; several values when `is_multiple`, and none of them means all."""

    name: str
    label: str
    options: tuple[Option, ...]
    default: str = ""
    is_multiple: bool = False
