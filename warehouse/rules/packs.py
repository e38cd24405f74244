"""Official scales and limits as frozen values: what a regulation says, for which dates, and how sure we are of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, TypeVar

from warehouse.nearest import nearest_hint
from warehouse.rules.nodes import RuleError

Standing = Literal["dibaca", "ingatan", "pilihan daerah"]
LOCAL_CHOICE: Standing = "pilihan daerah"
UNREAD_MARK = "†"  # beside a value whose source nobody has read


def unread_marked(words: str, standing: Standing) -> str:
    return f"{words} {UNREAD_MARK}" if standing == "ingatan" else words


def round_half_up(value: Decimal, places: int) -> Decimal:
    """Round as the official tables do; never through binary floats."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Limit:
    """One number of a pack with its origin; `overridden` marks the region's own setting."""

    name: str
    value: Decimal
    unit: str
    is_whole: bool
    source: str
    article: str
    standing: Standing
    overridden: bool = False
    is_excluded: bool = False  # the number itself already lies beyond the limit


@dataclass(frozen=True)
class Band:
    """A class of an index: lower bound included; upper bound excluded except in the highest band."""

    name: str
    lower: Decimal
    upper: Decimal
    includes_upper: bool

    def holds(self, value: Decimal) -> bool:
        return self.lower <= value < self.upper or (self.includes_upper and value == self.upper)


@dataclass(frozen=True)
class Weighted:
    """A domain, aspect or indicator; `parent_no` points one level up, None at the top."""

    no: int
    name: str
    weight: Decimal
    parent_no: int | None = None
    capability: str = ""
    code: str = ""  # as the regulation numbers it, where one number is scored more than once: 35-2
    name_standing: Standing | None = None  # of the name, where it is not that of the pack's names

    @property
    def label(self) -> str:
        return self.code or str(self.no)


@dataclass(frozen=True)
class Pack:
    """What every pack says about itself."""

    scheme: str
    pack_id: str
    version: int
    title: str
    regulation: str
    valid_from: date
    valid_until: date | None
    file_name: str
    valid_from_line: int = field(default=1, compare=False)  # where the file says it, for who must mend it

    @property
    def rule_version(self) -> str:
        return f"{self.pack_id}@{self.version}"

    @property
    def succession(self) -> str:
        """Packs of one scheme and kind follow each other; of several side by side, those of the same name here."""
        return ""

    def limit_of(self, name: str) -> Limit | None:
        """A limit this pack knows by a dotted name; most have none."""
        return None

    def covers(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


PackT = TypeVar("PackT", bound=Pack)


@dataclass(frozen=True)
class LimitsPack(Pack):
    """Named limits and targets."""

    limits: Mapping[str, Limit] = field(default_factory=dict)

    @property
    def rule_version(self) -> str:
        """Marks a pack whose numbers the region has replaced: such a figure is not the regulation's own."""
        own = "+daerah" if any(limit.overridden for limit in self.limits.values()) else ""
        return f"{self.pack_id}@{self.version}{own}"

    def value(self, name: str) -> Decimal:
        if name not in self.limits:
            raise RuleError(f"{self.pack_id} tidak punya nilai {name!r}{nearest_hint(name, self.limits)}")
        return self.limits[name].value


@dataclass(frozen=True)
class IndexPack(Pack):
    """A weighted index: indicators in aspects, aspects in domains where the scheme has them."""

    index_name: str = ""
    article: str = ""
    source: str = ""
    note: str = ""  # what to check before relying on the pack
    standing: Standing = "dibaca"
    bands_standing: Standing = "dibaca"
    names_standing: Standing = "dibaca"  # of indicators and levels
    replaces: str = ""  # the scheme that ends where this one begins
    lowest_level: int = 1
    highest_level: int = 5
    is_fractional: bool = False  # values between levels occur
    total_weight: Decimal = Decimal(100)
    places: int = 2
    predikat_on: Literal["unrounded", "rounded"] = "unrounded"
    level_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    bands: tuple[Band, ...] = ()
    domains: tuple[Weighted, ...] = ()
    aspects: tuple[Weighted, ...] = ()
    indicators: tuple[Weighted, ...] = ()
    overridden: bool = False

    @property
    def rule_version(self) -> str:
        return f"{self.pack_id}@{self.version}" + ("+daerah" if self.overridden else "")

    def predikat(self, value: Decimal) -> str:
        """Class of an index not yet rounded; whether rounding comes first is an option of the pack."""
        judged = round_half_up(value, self.places) if self.predikat_on == "rounded" else value
        return next((band.name for band in self.bands if band.holds(judged)), "")

    def round(self, value: Decimal) -> Decimal:
        return round_half_up(value, self.places)


@dataclass(frozen=True)
class ScaleClass:
    """A class of a scale from its lower bound up to the next class."""

    name: str
    lower: Decimal
    printed: str  # the range as the regulation prints it
    standing: Standing  # of the range
    name_standing: Standing = "dibaca"
    other_name: str = ""  # the same class in the words of others
    meaning: str = ""
    meaning_standing: Standing = "dibaca"
    above: bool = False  # the bound itself still belongs to the class below

    def begins_at(self, value: Decimal) -> bool:
        """Whether a value lies in this class or a higher one."""
        return self.lower < value or (self.lower == value and not self.above)


@dataclass(frozen=True)
class BoundsOption:
    """Lower bounds others read from the same printed ranges, lowest class first."""

    name: str
    lowers: tuple[Decimal, ...]
    source: str
    standing: Standing


@dataclass(frozen=True)
class ScalePack(Pack):
    """Classes by lower bounds alone, so that no value falls between two of them; the highest has no upper end."""

    article: str = ""
    source: str = ""
    note: str = ""  # what to check before relying on the pack
    places: int = 0
    rounding_standing: Standing = "dibaca"
    judged_on: Literal["unrounded", "rounded"] = "unrounded"
    classes: tuple[ScaleClass, ...] = ()  # lowest first
    bounds: str = ""
    bounds_options: tuple[BoundsOption, ...] = ()
    overridden: bool = False

    @property
    def rule_version(self) -> str:
        return f"{self.pack_id}@{self.version}" + ("+daerah" if self.overridden else "")

    def round(self, value: Decimal) -> Decimal:
        return round_half_up(value, self.places)

    def class_of(self, value: Decimal) -> ScaleClass | None:
        """None below the lowest bound: such a value is not on the scale."""
        judged = self.round(value) if self.judged_on == "rounded" else value
        return next((one for one in reversed(self.classes) if one.begins_at(judged)), None)

    def predikat(self, value: Decimal) -> str:
        found = self.class_of(value)
        return found.name if found else ""


@dataclass(frozen=True)
class RuleBook:
    """All packs with the region's overrides applied."""

    index_packs: tuple[IndexPack, ...]
    limits_packs: tuple[LimitsPack, ...]
    scale_packs: tuple[ScalePack, ...] = ()
    further_packs: tuple[Pack, ...] = ()  # kinds with a module of their own

    @property
    def every_pack(self) -> tuple[Pack, ...]:
        return (*self.index_packs, *self.limits_packs, *self.scale_packs, *self.further_packs)

    def find(self, kind: type[PackT], scheme: str, day: date | None = None) -> PackT | None:
        """The pack of a kind in force on a day, without a day the newest; None when no regulation of ours covers it."""
        found = [
            p for p in self.every_pack if isinstance(p, kind) and p.scheme == scheme and (day is None or p.covers(day))
        ]
        return max(found, key=lambda pack: pack.valid_from, default=None)

    def need(self, kind: type[PackT], scheme: str) -> PackT:
        """The newest pack of a kind; raises RuleError without one."""
        found = self.find(kind, scheme)
        if found is None:
            raise RuleError(f"aturan {scheme!r} tidak ada")
        return found

    def index_pack(self, scheme: str, day: date) -> IndexPack | None:
        """The pack in force on a day; None when no regulation of ours covers it."""
        return next((p for p in self.index_packs if p.scheme == scheme and p.covers(day)), None)

    def pack_after(self, scheme: str, day: date) -> IndexPack | None:
        """What a scheme was replaced by, where that is in force on a day: another index, never the same series."""
        return next((p for p in self.index_packs if p.replaces == scheme and p.covers(day)), None)

    def limits(self, scheme: str) -> LimitsPack:
        """The latest limits of a scheme."""
        found = [pack for pack in self.limits_packs if pack.scheme == scheme]
        if not found:
            raise RuleError(f"skema batas {scheme!r} tidak ada")
        return max(found, key=lambda pack: pack.valid_from)

    def scale(self, scheme: str) -> ScalePack:
        """The latest scale of a scheme; it judges earlier days too, so that a series stays comparable."""
        found = [pack for pack in self.scale_packs if pack.scheme == scheme]
        if not found:
            raise RuleError(f"skala {scheme!r} tidak ada")
        return max(found, key=lambda pack: pack.valid_from)

    def value(self, key: str) -> Decimal:
        """One limit by its full name, for example `layanan_112.open_ticket_hours`."""
        return self.limit(key)[1].value

    def limit_on(self, key: str, day: date | None) -> Limit | None:
        """The limit in force on a day, where levels have packs of several times; None when none was."""
        scheme, _, name = key.partition(".")
        if day is None or "." not in name:
            return self.limit(key)[1]
        packs = (pack for pack in self.further_packs if pack.scheme == scheme and pack.covers(day))
        return next((found for pack in packs if (found := pack.limit_of(name)) is not None), None)

    def limit(self, key: str) -> tuple[str, Limit]:
        """One limit by its full name, of a level also `dbd.ir.tercapai`, with the version of its newest pack."""
        scheme, _, name = key.partition(".")
        if "." not in name:
            pack = self.limits(scheme)
            pack.value(name)
            return pack.rule_version, pack.limits[name]
        for graded in sorted(self.further_packs, key=lambda one: one.valid_from, reverse=True):
            found = graded.limit_of(name) if graded.scheme == scheme else None
            if found is not None:
                return graded.rule_version, found
        raise RuleError(f"batas {key!r} tidak ada")

    def count(self, key: str) -> int:
        """A limit that is a whole number."""
        return int(self.value(key))
