"""Turns a pack of kind `level` into graded indicators, groups, a matrix and gates.

Each class of an indicator begins where the one before it ends, so a value has exactly one class. Refuses limits out of
order, a class its group does not know, and a matrix that misses a pair or gets better where either side gets worse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, product
from typing import Any, cast

from warehouse.rules.level_packs import Cell, Gate, Graded, Group, LevelClass, LevelPack
from warehouse.rules.nodes import OverrideError, Record, parse_integer, parse_number
from warehouse.rules.packs import LOCAL_CHOICE, Standing
from warehouse.rules.scales import STANDINGS

MOST_LEVEL = 4
LEVEL_KEYS = ("article", "source", "indicators", "groups", "matrix", "gates")
INDICATOR_KEYS = ("title", "unit", "classes", "source", "article", "standing", "group", "extra")
GATE_KEYS = (
    "indicator", "title", "below", "level_at_least", "raises", "area", "valid_from", "valid_until", "source",
    "article", "standing",
)  # fmt: skip


def level_pack(record: Record, head: Mapping[str, Any]) -> LevelPack:
    """One pack; `head` is what every pack says about itself."""
    groups = _groups(record) if record.has("groups") else ()
    known = {group.name: group for group in groups}
    indicators = {
        name: _indicator(name, item, known) for name, item in record.named_records("indicators", INDICATOR_KEYS).items()
    }
    return LevelPack(
        **head,
        article=record.text("article"),
        source=record.text("source"),
        note=record.text("note", ""),
        indicators=indicators,
        groups=groups,
        matrix=_matrix(record, groups) if record.has("matrix") else {},
        gates=tuple(_gate(item) for item in record.records("gates", GATE_KEYS)) if record.has("gates") else (),
    )


def limit_key(pack: LevelPack, indicator: Graded, held: LevelClass) -> str:
    """The name by which a region may replace the upper limit of a class."""
    return f"{pack.scheme}.{indicator.name}.{held.name.replace(' ', '_')}"


def cell_key(pack: LevelPack, pair: tuple[str, str]) -> str:
    """The name by which a region may replace the level of a pair of the matrix: `ppkm.CT2.Memadai`."""
    return f"{pack.scheme}.{'.'.join(pair)}".replace(" ", "_")


def limit_keys(pack: LevelPack) -> set[str]:
    every = pack.indicators.values()
    limits = {limit_key(pack, one, held) for one in every for held in one.classes if held.upper is not None}
    return limits | {cell_key(pack, pair) for pair in pack.matrix}


def with_own_limits(pack: LevelPack, overrides: Mapping[str, str]) -> LevelPack:
    """The pack with the limits and levels a region names instead; what was replaced is the region's choice."""
    indicators = {name: _with_own(pack, one, overrides) for name, one in pack.indicators.items()}
    matrix = _own_matrix(pack, overrides)
    overridden = (indicators, matrix) != (pack.indicators, pack.matrix)
    return replace(pack, indicators=indicators, matrix=matrix, overridden=overridden)


def _own_matrix(pack: LevelPack, overrides: Mapping[str, str]) -> dict[tuple[str, str], Cell]:
    cells = dict(pack.matrix)
    own = {pair: key for pair in cells if (key := cell_key(pack, pair)) in overrides}
    for pair, key in own.items():
        try:
            level = int(parse_integer(overrides[key]))
        except ValueError as error:
            raise OverrideError(key, str(error)) from error
        if not 0 <= level <= MOST_LEVEL:
            raise OverrideError(key, f"{level} harus 0 sampai {MOST_LEVEL}")
        cells[pair] = cells[pair] if level == cells[pair].level else Cell(level, LOCAL_CHOICE)
    for better, worse in _steps(pack.groups) if own else ():
        if cells[worse].level < cells[better].level:
            key = own.get(worse) or own[better]
            raise OverrideError(key, f"level turun dari {list(better)} ke {list(worse)}, padahal lebih buruk")
    return cells


def _with_own(pack: LevelPack, indicator: Graded, overrides: Mapping[str, str]) -> Graded:
    classes, own = [], ""
    for held in indicator.classes:
        key = limit_key(pack, indicator, held)
        try:
            classes.append(replace(held, upper=parse_number(overrides[key])) if key in overrides else held)
        except ValueError as error:
            raise OverrideError(key, str(error)) from error
        own = own or (key if key in overrides else "")
    uppers = [held.upper for held in classes if held.upper is not None]
    if any(upper <= lower for lower, upper in pairwise(uppers)):
        said = f"batas {pack.scheme}.{indicator.name} harus naik: {', '.join(map(str, uppers))}"
        raise OverrideError(own, said)
    if tuple(classes) == indicator.classes:
        return indicator
    return replace(indicator, classes=tuple(classes), standing=LOCAL_CHOICE)


def _groups(record: Record) -> tuple[Group, ...]:
    groups = []
    for name, item in record.named_records("groups", ("title", "classes", "declared", "standing")).items():
        classes = item.texts("classes")
        if len(set(classes)) < len(classes):
            raise item.error_at("classes", "nama kelas ditulis dua kali")
        declared = item.texts("declared") if item.has("declared") else ()
        for one in declared:
            if one not in classes:
                raise item.error_at("declared", f"{one!r} bukan kelas kelompok {name}")
        groups.append(Group(name, item.text("title"), classes, declared, _standing(item)))
    return tuple(groups)


def _indicator(name: str, record: Record, groups: Mapping[str, Group]) -> Graded:
    group = record.text("group", "")
    if groups and group not in groups:
        raise record.error(f"indikator {name}: kelompok {group!r} harus salah satu dari {', '.join(groups)}")
    classes = _classes(record)
    for one in classes:
        if group and one.name not in groups[group].classes:
            raise record.error_at("classes", f"kelas {one.name!r} tidak ada pada kelompok {group}")
    return Graded(
        name=name,
        title=record.text("title"),
        unit=record.text("unit"),
        classes=classes,
        source=record.text("source", ""),
        article=record.text("article", ""),
        standing=_standing(record),
        group=group,
        is_extra=record.has("extra") and record.one_of("extra", ("ya", "tidak")) == "ya",
    )


def _classes(record: Record) -> tuple[LevelClass, ...]:
    items = record.records("classes", ("name", "below", "up_to"))
    classes: list[LevelClass] = []
    for place, item in enumerate(items, 1):
        is_last = place == len(items)
        has_upper = item.has("below") or item.has("up_to")
        if is_last == has_upper or (item.has("below") and item.has("up_to")):
            raise item.error("setiap kelas punya below atau up_to, kecuali yang terakhir: tanpa batas atas")
        upper = None if is_last else item.number("up_to" if item.has("up_to") else "below")
        classes.append(LevelClass(item.text("name"), upper, item.has("up_to")))
    if len({one.name for one in classes}) < len(classes):
        raise record.error_at("classes", "nama kelas ditulis dua kali")
    for lower, higher in pairwise(classes[:-1]):
        if lower.upper is not None and higher.upper is not None and higher.upper <= lower.upper:
            raise record.error_at("classes", f"batas harus naik: {higher.upper} sesudah {lower.upper}")
    return tuple(classes)


def _matrix(record: Record, groups: Sequence[Group]) -> dict[tuple[str, str], Cell]:
    if len(groups) != 2:
        raise record.error_at("matrix", "matriks memerlukan tepat dua kelompok")
    cells: dict[tuple[str, str], Cell] = {}
    for item in record.records("matrix", ("pair", "level", "standing")):
        pair = item.texts("pair")
        if len(pair) != 2 or pair[0] not in groups[0].classes or pair[1] not in groups[1].classes:
            raise item.error(f"pasangan {list(pair)} bukan kelas {groups[0].name} dan {groups[1].name}")
        if pair in cells:
            raise item.error(f"pasangan {list(pair)} ditulis dua kali")
        cells[pair[0], pair[1]] = Cell(item.integer("level"), _standing(item))
    for pair in product(groups[0].classes, groups[1].classes):
        if pair not in cells:
            raise record.error_at("matrix", f"pasangan {list(pair)} tidak ada")
    _refuse_inversion(record, groups, cells)
    return cells


def _refuse_inversion(record: Record, groups: Sequence[Group], cells: Mapping[tuple[str, str], Cell]) -> None:
    for better, worse in _steps(groups):
        if cells[worse].level < cells[better].level:
            raise record.error_at("matrix", f"level turun dari {list(better)} ke {list(worse)}, padahal lebih buruk")


def _steps(groups: Sequence[Group]) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Neighbouring pairs of the matrix, the better one first."""
    rows, columns = groups[0].classes, groups[1].classes
    down = [((a, c), (b, c)) for a, b in pairwise(rows) for c in columns]
    return down + [((r, a), (r, b)) for a, b in pairwise(columns) for r in rows]


def _gate(record: Record) -> Gate:
    has_floor = record.has("level_at_least")
    if has_floor == record.has("raises"):
        raise record.error("tulis salah satu: level_at_least atau raises")
    return Gate(
        indicator=record.text("indicator"),
        title=record.text("title"),
        below=record.number("below"),
        level_at_least=record.integer("level_at_least") if has_floor else None,
        raises=0 if has_floor else record.integer("raises"),
        area=record.text("area", ""),
        valid_from=record.day("valid_from"),
        valid_until=record.day("valid_until") if record.has("valid_until") else None,
        source=record.text("source"),
        article=record.text("article"),
        standing=_standing(record),
    )


def _standing(record: Record) -> Standing:
    return cast(Standing, record.one_of("standing", STANDINGS))
