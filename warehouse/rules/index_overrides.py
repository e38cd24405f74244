"""What a region may set of a weighted index itself: where predikat begin, on what they are judged, unverified names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from warehouse.rules.nodes import OverrideError, parse_number
from warehouse.rules.packs import LOCAL_CHOICE, Band, IndexPack, Weighted

BASES = ("unrounded", "rounded")


def index_keys(pack: IndexPack) -> set[str]:
    names = {_name_key(pack, item) for item in pack.indicators} | set(_level_keys(pack))
    return {basis_key(pack), *band_keys(pack), *(names if pack.names_standing == "ingatan" else ())}


def basis_key(pack: IndexPack) -> str:
    return f"{pack.scheme}.predikat_on"


def band_keys(pack: IndexPack) -> tuple[str, ...]:
    """The lowest predikat begins where the scale does; every other may be set by a region."""
    return tuple(f"{pack.pack_id}.{band.name}" for band in pack.bands[1:])


def with_own_index(pack: IndexPack, overrides: Mapping[str, str]) -> IndexPack:
    """The index with what a region names instead; what was replaced is the region's choice."""
    choice = overrides.get(basis_key(pack), pack.predikat_on)
    if choice not in BASES:
        raise OverrideError(basis_key(pack), f"{choice!r} harus {' atau '.join(BASES)}")
    bands = _own_bands(pack, overrides)
    own = replace(
        pack,
        predikat_on=cast(Any, choice),
        bands=bands,
        bands_standing=pack.bands_standing if bands == pack.bands else LOCAL_CHOICE,
        indicators=tuple(_own_name(pack, item, overrides) for item in pack.indicators),
        level_names=_own_level_names(pack, overrides),
    )
    return own if own == pack else replace(own, overridden=True)


def _own_bands(pack: IndexPack, overrides: Mapping[str, str]) -> tuple[Band, ...]:
    """Predikat with the lower bounds a region has set; each still ends where the next begins."""
    bands = list(pack.bands)
    for place, key in enumerate(band_keys(pack), 1):
        if key not in overrides:
            continue
        try:
            lower = parse_number(overrides[key])
        except ValueError as error:
            raise OverrideError(key, str(error)) from error
        bands[place] = replace(bands[place], lower=lower)
        bands[place - 1] = replace(bands[place - 1], upper=lower)
    for band in bands:
        if band.lower >= band.upper:
            raise OverrideError(f"{pack.pack_id}.{band.name}", f"{band.lower} harus kurang dari {band.upper}")
    return tuple(bands)


def _name_key(pack: IndexPack, item: Weighted) -> str:
    return f"{pack.pack_id}.indicators.{item.label}.name"


def _own_name(pack: IndexPack, item: Weighted, overrides: Mapping[str, str]) -> Weighted:
    name = _text(_name_key(pack, item), item.name, overrides)
    return item if name == item.name else replace(item, name=name, name_standing=LOCAL_CHOICE)


def _level_keys(pack: IndexPack) -> dict[str, tuple[str, int]]:
    """`permenpanrb_5_2018.level_names.process.3`, by level."""
    return {
        f"{pack.pack_id}.level_names.{kind}.{level}": (kind, level)
        for kind in pack.level_names
        for level in range(pack.lowest_level, pack.highest_level + 1)
    }


def _own_level_names(pack: IndexPack, overrides: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    names = {kind: list(words) for kind, words in pack.level_names.items()}
    for key, (kind, level) in _level_keys(pack).items():
        place = level - pack.lowest_level
        names[kind][place] = _text(key, names[kind][place], overrides)
    return {kind: tuple(words) for kind, words in names.items()}


def _text(key: str, known: str, overrides: Mapping[str, str]) -> str:
    text = overrides.get(key, known).strip()
    if not text:
        raise OverrideError(key, "kosong; tulis namanya, atau hapus kuncinya")
    return text
