"""Turns a pack of kind `skala` into classes; refuses bounds out of order, for a value would then have two classes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Any, cast

from warehouse.rules.nodes import OverrideError, Record, parse_integer, parse_number
from warehouse.rules.packs import LOCAL_CHOICE, BoundsOption, ScaleClass, ScalePack, Standing

MOST_PLACES = 6
STANDINGS = ("dibaca", "ingatan", "pilihan daerah")
SCALE_KEYS = ("article", "source", "rounding", "judged_on", "classes", "bounds", "bounds_options")
CLASS_KEYS = (
    "name",
    "from",
    "above",
    "printed",
    "standing",
    "name_standing",
    "other_name",
    "meaning",
    "meaning_standing",
)


def scale_pack(record: Record, head: Mapping[str, Any]) -> ScalePack:
    """One scale; `head` is what every pack says about itself."""
    rounding = record.record("rounding", ("mode", "places", "standing"))
    rounding.one_of("mode", ("half_up",))
    classes = tuple(_class(item) for item in record.records("classes", CLASS_KEYS))
    _refuse_disorder(record, "classes", [one.lower for one in classes])
    if any(one.above for one in classes[:1]):
        raise record.error_at("classes", "kelas terendah harus memuat batasnya: tulis from")
    if len({one.name for one in classes}) < len(classes):
        raise record.error_at("classes", "nama kelas ditulis dua kali")
    has_options = record.has("bounds_options")
    return ScalePack(
        **head,
        article=record.text("article"),
        source=record.text("source"),
        note=record.text("note") if record.has("note") else "",
        places=rounding.integer("places"),
        rounding_standing=_standing(rounding, "standing"),
        judged_on=cast(Any, record.one_of("judged_on", ("unrounded", "rounded"))),
        classes=classes,
        bounds=record.text("bounds") if has_options else "",
        bounds_options=_options(record, len(classes)) if has_options else (),
    )


def with_bounds(pack: ScalePack, overrides: Mapping[str, str]) -> ScalePack:
    """The scale with the bounds a region names instead of the printed ones."""
    key = bounds_key(pack)
    choice = overrides.get(key, pack.bounds)
    if choice == pack.bounds:
        return pack
    option = next((one for one in pack.bounds_options if one.name == choice), None)
    if option is None:
        names = [pack.bounds, *(one.name for one in pack.bounds_options)]
        raise OverrideError(key, f"{choice!r} harus salah satu dari {', '.join(names)}")
    classes = zip(pack.classes, option.lowers, strict=True)
    return replace(
        pack,
        classes=tuple(replace(one, lower=lower, standing=option.standing) for one, lower in classes),
        bounds=choice,
        overridden=True,
    )


def class_keys(pack: ScalePack) -> tuple[str, ...]:
    """The full name of every lower bound, by which a region replaces it; the pack is named, so its dates are too."""
    return tuple(f"{pack.pack_id}.{one.name}" for one in pack.classes)


def with_own_bounds(pack: ScalePack, overrides: Mapping[str, str]) -> ScalePack:
    """The scale with single lower bounds a region has set itself; bounds out of order are refused."""
    own = {}
    for key, one in zip(class_keys(pack), pack.classes, strict=True):
        try:
            own[one.name] = parse_number(overrides[key]) if key in overrides else one.lower
        except ValueError as error:
            raise OverrideError(key, str(error)) from error
    changed = tuple(
        one if own[one.name] == one.lower else replace(one, lower=own[one.name], standing=LOCAL_CHOICE)
        for one in pack.classes
    )
    for below, above in pairwise(changed):
        if above.lower <= below.lower:
            key = f"{pack.pack_id}.{above.name}"
            raise OverrideError(key, f"{above.lower} harus lebih dari {below.lower}, batas {below.name}")
    return pack if changed == pack.classes else replace(pack, classes=changed, overridden=True)


def with_own_rounding(pack: ScalePack, overrides: Mapping[str, str]) -> ScalePack:
    """The scale rounded to as many decimals as a region says."""
    key = places_key(pack)
    if key not in overrides:
        return pack
    try:
        places = int(parse_integer(overrides[key]))
    except ValueError as error:
        raise OverrideError(key, str(error)) from error
    if not 0 <= places <= MOST_PLACES:
        raise OverrideError(key, f"{places} harus 0 sampai {MOST_PLACES}")
    if places == pack.places:
        return pack
    return replace(pack, places=places, rounding_standing=LOCAL_CHOICE, overridden=True)


def bounds_key(pack: ScalePack) -> str:
    return f"{pack.scheme}.bounds"


def places_key(pack: ScalePack) -> str:
    """How many decimals a value is rounded to; the pack is named, so its dates are too."""
    return f"{pack.pack_id}.rounding.places"


def _class(record: Record) -> ScaleClass:
    above = record.has("above")
    if above and record.has("from"):
        raise record.error_at("above", "tulis from (batas termasuk) atau above (batas tidak termasuk), jangan keduanya")
    return ScaleClass(
        name=record.text("name"),
        lower=record.number("above" if above else "from"),
        above=above,
        printed=record.text("printed"),
        standing=_standing(record, "standing"),
        name_standing=_standing(record, "name_standing") if record.has("name_standing") else "dibaca",
        other_name=record.text("other_name", ""),
        meaning=record.text("meaning", ""),
        meaning_standing=_standing(record, "meaning_standing") if record.has("meaning") else "dibaca",
    )


def _options(record: Record, class_count: int) -> tuple[BoundsOption, ...]:
    options = []
    for item in record.records("bounds_options", ("name", "from", "source", "standing")):
        lowers = item.numbers("from")
        if len(lowers) != class_count:
            raise item.error_at("from", f"{len(lowers)} batas untuk {class_count} kelas")
        _refuse_disorder(item, "from", lowers)
        options.append(BoundsOption(item.text("name"), lowers, item.text("source"), _standing(item, "standing")))
    return tuple(options)


def _refuse_disorder(record: Record, key: str, lowers: Sequence[Decimal]) -> None:
    for lower, upper in pairwise(lowers):
        if upper <= lower:
            raise record.error_at(key, f"batas bawah harus naik: {upper} sesudah {lower}")


def _standing(record: Record, key: str) -> Standing:
    return cast(Standing, record.one_of(key, STANDINGS))
