"""The rules a value is calculated by: regulation packs with the region's own limits laid over them.

Refuses an unknown override, naming the nearest known key: a limit that is silently not applied is worse than none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from warehouse.nearest import nearest_hint
from warehouse.rules.alarm_packs import AlarmRule, limit_key_of, with_own_limit
from warehouse.rules.level_packs import LevelPack
from warehouse.rules.levels import limit_keys, with_own_limits
from warehouse.rules.loading import in_succession, parse_override, read_pack
from warehouse.rules.nodes import RuleError, parse_number
from warehouse.rules.packs import (
    LOCAL_CHOICE,
    Band,
    IndexPack,
    Limit,
    LimitsPack,
    Pack,
    RuleBook,
    ScaleClass,
    ScalePack,
    Weighted,
    round_half_up,
)
from warehouse.rules.scales import bounds_key, class_keys, with_bounds, with_own_bounds
from warehouse.rules.tables import TablePack, cell_keys, with_cells

__all__ = [
    "Band",
    "IndexPack",
    "Limit",
    "LimitsPack",
    "RuleBook",
    "RuleError",
    "ScaleClass",
    "ScalePack",
    "Weighted",
    "load_rules",
    "round_half_up",
]

RULES_DIR = Path(__file__).resolve().parent


def load_rules(overrides: Mapping[str, str], folder: Path = RULES_DIR) -> RuleBook:
    """Read every `<scheme>/<regulation>.yml`. Raises RuleError with file and line, or the wrong override."""
    packs = in_succession([read_pack(path) for path in sorted(folder.glob("*/*.yml"))])
    known = _known_keys(packs)
    for key in overrides:
        if key not in known:
            raise RuleError(f"thresholds: kunci {key!r} tidak dikenal{nearest_hint(key, known)}")
    return RuleBook(
        index_packs=tuple(_with_option(pack, overrides) for pack in packs if isinstance(pack, IndexPack)),
        limits_packs=tuple(_with_limits(pack, overrides) for pack in packs if isinstance(pack, LimitsPack)),
        scale_packs=tuple(
            with_own_bounds(with_bounds(pack, overrides), overrides) for pack in packs if isinstance(pack, ScalePack)
        ),
        further_packs=tuple(
            _with_own_values(pack, overrides)
            for pack in packs
            if not isinstance(pack, IndexPack | LimitsPack | ScalePack)
        ),
    )


def _known_keys(packs: list[Pack]) -> tuple[str, ...]:
    keys = {f"{pack.scheme}.{name}" for pack in packs if isinstance(pack, LimitsPack) for name in pack.limits}
    keys |= {f"{pack.scheme}.predikat_on" for pack in packs if isinstance(pack, IndexPack)}
    keys |= {key for pack in packs if isinstance(pack, IndexPack) for key in band_keys(pack)}
    keys |= {key for pack in packs if isinstance(pack, ScalePack) for key in class_keys(pack)}
    keys |= {key for pack in packs if isinstance(pack, TablePack) for key in cell_keys(pack)}
    keys |= {key for pack in packs if isinstance(pack, LevelPack) for key in limit_keys(pack)}
    keys |= {limit_key_of(pack) for pack in packs if isinstance(pack, AlarmRule) and pack.limit is not None}
    return tuple(sorted(keys | {bounds_key(pack) for pack in packs if isinstance(pack, ScalePack) and pack.bounds}))


def _with_own_values(pack: Pack, overrides: Mapping[str, str]) -> Pack:
    if isinstance(pack, TablePack):
        return with_cells(pack, overrides)
    if isinstance(pack, AlarmRule):
        return with_own_limit(pack, overrides)
    return with_own_limits(pack, overrides) if isinstance(pack, LevelPack) else pack


def _with_limits(pack: LimitsPack, overrides: Mapping[str, str]) -> LimitsPack:
    limits = dict(pack.limits)
    for name, limit in pack.limits.items():
        key = f"{pack.scheme}.{name}"
        if key not in overrides:
            continue
        try:
            value = parse_override(limit, overrides[key])
        except ValueError as error:
            raise RuleError(f"thresholds: {key} {error}") from error
        if value != limit.value:
            limits[name] = replace(limit, value=value, standing=LOCAL_CHOICE, overridden=True)
    return replace(pack, limits=limits)


def _with_option(pack: IndexPack, overrides: Mapping[str, str]) -> IndexPack:
    choice = overrides.get(f"{pack.scheme}.predikat_on", pack.predikat_on)
    if choice not in ("unrounded", "rounded"):
        raise RuleError(f"thresholds: {pack.scheme}.predikat_on {choice!r} harus unrounded atau rounded")
    bands = _own_bands(pack, overrides)
    overridden = (choice, bands) != (pack.predikat_on, pack.bands)
    standing = pack.bands_standing if bands == pack.bands else LOCAL_CHOICE
    return replace(pack, predikat_on=cast(Any, choice), bands=bands, bands_standing=standing, overridden=overridden)


def band_keys(pack: IndexPack) -> tuple[str, ...]:
    """The lowest predikat begins where the scale does; every other may be set by a region."""
    return tuple(f"{pack.pack_id}.{band.name}" for band in pack.bands[1:])


def _own_bands(pack: IndexPack, overrides: Mapping[str, str]) -> tuple[Band, ...]:
    """Predikat with the lower bounds a region has set; each still ends where the next begins."""
    bands = list(pack.bands)
    for place, key in enumerate(band_keys(pack), 1):
        if key not in overrides:
            continue
        try:
            lower = parse_number(overrides[key])
        except ValueError as error:
            raise RuleError(f"thresholds: {key} {error}") from error
        bands[place] = replace(bands[place], lower=lower)
        bands[place - 1] = replace(bands[place - 1], upper=lower)
    for band in bands:
        if band.lower >= band.upper:
            raise RuleError(f"thresholds: {pack.pack_id}.{band.name} {band.lower} harus kurang dari {band.upper}")
    return tuple(bands)
