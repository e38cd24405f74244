"""The rules a value is calculated by: regulation packs with the region's own limits laid over them.

Refuses an unknown override, naming the nearest known key: a limit that is silently not applied is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from warehouse.nearest import nearest_hint
from warehouse.rules.alarm_packs import AlarmRule, limit_key_of, with_own_limit
from warehouse.rules.index_overrides import index_keys, with_own_index
from warehouse.rules.level_packs import LevelPack
from warehouse.rules.levels import limit_keys, with_own_limits
from warehouse.rules.loading import in_succession, parse_override, read_pack
from warehouse.rules.nodes import OverrideError, RuleError
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
from warehouse.rules.scales import bounds_key, class_keys, places_key, with_bounds, with_own_bounds, with_own_rounding
from warehouse.rules.tables import TablePack, cell_keys, with_cells

__all__ = [
    "Band",
    "IndexPack",
    "Limit",
    "LimitsPack",
    "OverrideError",
    "RuleBook",
    "RuleError",
    "ScaleClass",
    "ScalePack",
    "Weighted",
    "load_rules",
    "own_keys",
    "round_half_up",
]

RULES_DIR = Path(__file__).resolve().parent


def load_rules(overrides: Mapping[str, str], folder: Path = RULES_DIR) -> RuleBook:
    """Read every `<scheme>/<regulation>.yml`. Raises RuleError with file and line, or the wrong override."""
    packs = in_succession([read_pack(path) for path in sorted(folder.glob("*/*.yml"))])
    known = own_keys(packs)
    for key in overrides:
        if key not in known:
            raise OverrideError(key, f"tidak dikenal{nearest_hint(key, known)}")
    return RuleBook(
        index_packs=tuple(with_own_index(pack, overrides) for pack in packs if isinstance(pack, IndexPack)),
        limits_packs=tuple(_with_limits(pack, overrides) for pack in packs if isinstance(pack, LimitsPack)),
        scale_packs=tuple(
            with_own_rounding(with_own_bounds(with_bounds(pack, overrides), overrides), overrides)
            for pack in packs
            if isinstance(pack, ScalePack)
        ),
        further_packs=tuple(
            _with_own_values(pack, overrides)
            for pack in packs
            if not isinstance(pack, IndexPack | LimitsPack | ScalePack)
        ),
    )


def own_keys(packs: Iterable[Pack]) -> tuple[str, ...]:
    """Every name by which a region may replace a value of these packs."""
    packs = list(packs)
    keys = {f"{pack.scheme}.{name}" for pack in packs if isinstance(pack, LimitsPack) for name in pack.limits}
    keys |= {key for pack in packs if isinstance(pack, IndexPack) for key in index_keys(pack)}
    keys |= {key for pack in packs if isinstance(pack, ScalePack) for key in class_keys(pack)}
    keys |= {places_key(pack) for pack in packs if isinstance(pack, ScalePack)}
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
            raise OverrideError(key, str(error)) from error
        if value != limit.value:
            limits[name] = replace(limit, value=value, standing=LOCAL_CHOICE, overridden=True)
    return replace(pack, limits=limits)
