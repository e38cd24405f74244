"""Levels as frozen values: indicators in classes, groups, a matrix and gates. Judges nothing beyond one class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from warehouse.rules.packs import LOCAL_CHOICE, Limit, Pack, Standing


@dataclass(frozen=True)
class LevelClass:
    """A class up to its upper limit; it begins where the class before it ends."""

    name: str
    upper: Decimal | None  # None: no upper end
    includes_upper: bool

    def reaches(self, value: Decimal) -> bool:
        return self.upper is None or value < self.upper or (self.includes_upper and value == self.upper)


@dataclass(frozen=True)
class Graded:
    """An indicator whose values fall into classes, in the order of its values."""

    name: str
    title: str
    unit: str
    classes: tuple[LevelClass, ...]
    source: str = ""
    article: str = ""
    standing: Standing = "dibaca"
    group: str = ""
    is_extra: bool = False  # judged only when asked for

    def class_of(self, value: Decimal) -> LevelClass:
        return next(one for one in self.classes if one.reaches(value))


@dataclass(frozen=True)
class Group:
    """Indicators judged together: the worst class counts. Classes from best to worst."""

    name: str
    title: str
    classes: tuple[str, ...]
    declared: tuple[str, ...] = ()  # classes that people declare, that no indicator gives
    standing: Standing = "dibaca"

    def worst(self, classes: Sequence[str]) -> str:
        return max(classes, key=self.classes.index)


@dataclass(frozen=True)
class Cell:
    """One pair of the matrix."""

    level: int
    standing: Standing


@dataclass(frozen=True)
class Gate:
    """A condition beside the matrix: whoever is below it cannot have a better level, or is raised."""

    indicator: str
    title: str
    below: Decimal
    level_at_least: int | None
    raises: int
    area: str
    valid_from: date
    valid_until: date | None
    source: str
    article: str
    standing: Standing

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True)
class LevelPack(Pack):
    """Graded indicators; with two groups also a matrix and gates."""

    article: str = ""
    source: str = ""
    note: str = ""  # what to check before relying on the pack
    indicators: Mapping[str, Graded] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    matrix: Mapping[tuple[str, str], Cell] = field(default_factory=dict)
    gates: tuple[Gate, ...] = ()
    overridden: bool = False

    @property
    def rule_version(self) -> str:
        return f"{self.pack_id}@{self.version}" + ("+daerah" if self.overridden else "")

    def limit_of(self, name: str) -> Limit | None:
        """The upper limit of a class, by `indicator.class`."""
        indicator, _, held = name.partition(".")
        graded = self.indicators.get(indicator)
        found = next((one for one in graded.classes if one.name.replace(" ", "_") == held), None) if graded else None
        if graded is None or found is None or found.upper is None:
            return None
        return Limit(
            name=name,
            value=found.upper,
            unit=graded.unit,
            is_whole=False,
            source=graded.source or self.source,
            article=graded.article or self.article,
            standing=graded.standing,
            overridden=self.overridden and graded.standing == LOCAL_CHOICE,
            is_excluded=not found.includes_upper,
        )
