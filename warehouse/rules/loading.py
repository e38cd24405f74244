"""Turns pack files into packs; refuses gaps between bands, weights that do not add up, two packs for one day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

from warehouse.rules.alarm_packs import ALARM_KEYS, alarm_pack
from warehouse.rules.levels import LEVEL_KEYS, level_pack
from warehouse.rules.nodes import Record, RuleError, parse_integer, parse_number, read_document
from warehouse.rules.packs import Band, IndexPack, Limit, LimitsPack, Pack, Standing, Weighted
from warehouse.rules.scales import SCALE_KEYS, STANDINGS, scale_pack
from warehouse.rules.tables import TABLE_KEYS, table_pack

HEAD = ("kind", "id", "version", "title", "regulation", "valid_from", "valid_until", "note")
INDEX_KEYS = (
    *HEAD, "index_name", "article", "source", "standing", "levels", "total_weight", "rounding", "predikat_on",
    "level_names", "bands", "domains", "aspects", "indicators", "replaces", "bands_standing", "names_standing",
)  # fmt: skip
LIMITS_KEYS = (*HEAD, "values")
LIMIT_KEYS = ("value", "type", "unit", "source", "article", "standing")
# Kinds with a module of their own: the keys beside the head, and what makes the pack of a record and that head.
FURTHER_KINDS: dict[str, tuple[tuple[str, ...], Callable[[Record, Mapping[str, Any]], Pack]]] = {
    "level": (LEVEL_KEYS, level_pack),
    "peringatan": (ALARM_KEYS, alarm_pack),
    "skala": (SCALE_KEYS, scale_pack),
    "tabel": (TABLE_KEYS, table_pack),
}


def read_pack(path: Path) -> Pack:
    """One pack file; the scheme is its folder."""
    node = read_document(path, path.read_text(encoding="utf-8"))
    all_keys = {*INDEX_KEYS, *LIMITS_KEYS, *(key for keys, _make in FURTHER_KINDS.values() for key in keys)}
    kind = Record(path, node, sorted(all_keys)).one_of("kind", ("indeks_berbobot", "batas", *FURTHER_KINDS))
    if kind == "batas":
        return _limits_pack(Record(path, node, LIMITS_KEYS))
    if kind == "indeks_berbobot":
        return _index_pack(Record(path, node, INDEX_KEYS))
    keys, make = FURTHER_KINDS[kind]
    record = Record(path, node, (*HEAD, *keys))
    return make(record, _head(record))


def in_succession(packs: Sequence[Pack]) -> list[Pack]:
    """Packs with an open end closed where the next of the same scheme and kind begins; two may not hold on one day."""
    ordered = sorted(packs, key=lambda pack: (*_line(pack), pack.valid_from))
    found: list[Pack] = []
    for first, second in zip(ordered, [*ordered[1:], None], strict=True):
        if second is None or _line(first) != _line(second):
            found.append(first)
            continue
        last_day = second.valid_from - timedelta(days=1)
        until = first.valid_until or max(last_day, first.valid_from)
        if until > last_day:
            raise RuleError(
                f"{second.scheme}/{second.file_name} baris {second.valid_from_line}: masa berlaku bertumpang tindih "
                f"dengan {first.file_name} pada {second.valid_from.isoformat()}"
            )
        found.append(replace(first, valid_until=until))
    return found


def _line(pack: Pack) -> tuple[str, str, str]:
    """Of packs with equal lines one follows the other."""
    return pack.scheme, type(pack).__name__, pack.succession


def _head(record: Record) -> dict[str, Any]:
    valid_until = record.day("valid_until") if record.has("valid_until") else None
    valid_from = record.day("valid_from")
    if valid_until is not None and valid_until < valid_from:
        raise record.error_at("valid_until", "valid_until mendahului valid_from")
    head = Pack(
        scheme=record.path.parent.name,
        pack_id=record.text("id"),
        version=record.integer("version"),
        title=record.text("title"),
        regulation=record.text("regulation"),
        valid_from=valid_from,
        valid_until=valid_until,
        file_name=record.path.name,
        valid_from_line=record.line_of("valid_from"),
    )
    return vars(head)


def _standing(record: Record, key: str = "standing") -> Standing:
    """Of a part of a pack that has none of its own: that of the whole pack."""
    return cast(Standing, record.one_of(key if record.has(key) else "standing", STANDINGS))


def _limits_pack(record: Record) -> LimitsPack:
    limits = {name: _limit(name, item) for name, item in record.named_records("values", LIMIT_KEYS).items()}
    return LimitsPack(**_head(record), limits=limits)


def _limit(name: str, record: Record) -> Limit:
    is_whole = record.one_of("type", ("number", "integer")) == "integer"
    value = Decimal(record.integer("value")) if is_whole else record.number("value")
    if value < 0:
        raise record.error_at("value", f"{name} tidak boleh negatif")
    return Limit(
        name=name,
        value=value,
        unit=record.text("unit"),
        is_whole=is_whole,
        source=record.text("source"),
        article=record.text("article"),
        standing=_standing(record),
    )


def parse_override(limit: Limit, text: str) -> Decimal:
    """A region's own value for a limit, by the limit's declared type; raises ValueError."""
    value = parse_integer(text) if limit.is_whole else parse_number(text)
    if value < 0:
        raise ValueError(f"tidak boleh negatif: {text!r}")
    return value


def _index_pack(record: Record) -> IndexPack:
    levels = record.record("levels", ("lowest", "highest", "fractional"))
    rounding = record.record("rounding", ("mode", "places"))
    rounding.one_of("mode", ("half_up",))
    pack = IndexPack(
        **_head(record),
        index_name=record.text("index_name"),
        article=record.text("article"),
        source=record.text("source"),
        note=record.text("note") if record.has("note") else "",
        standing=_standing(record),
        bands_standing=_standing(record, "bands_standing"),
        names_standing=_standing(record, "names_standing"),
        replaces=record.text("replaces", ""),
        is_fractional=levels.has("fractional") and levels.one_of("fractional", ("ya", "tidak")) == "ya",
        lowest_level=levels.integer("lowest"),
        highest_level=levels.integer("highest"),
        total_weight=record.number("total_weight"),
        places=rounding.integer("places"),
        predikat_on=cast(Any, record.one_of("predikat_on", ("unrounded", "rounded"))),
        level_names=record.text_lists("level_names"),
        bands=_bands(record),
        domains=_weighted(record, "domains", ()) if record.has("domains") else (),
        aspects=_weighted(record, "aspects", ("domain",) if record.has("domains") else ()),
        indicators=_weighted(record, "indicators", ("aspect", "capability", "code")),
    )
    _refuse_wrong_weights(record, pack)
    _refuse_wrong_levels(record, pack)
    return pack


def _bands(record: Record) -> tuple[Band, ...]:
    bands: list[Band] = []
    items = record.records("bands", ("name", "from", "below", "up_to"))
    for place, item in enumerate(items, 1):
        is_last = place == len(items)
        lower, upper = item.number("from"), item.number("up_to" if is_last else "below")
        if upper <= lower:
            raise item.error(f"pita {item.text('name')} kosong: {lower} sampai {upper}")
        if bands and bands[-1].upper != lower:
            word = "celah" if bands[-1].upper < lower else "tumpang tindih"
            raise item.error(
                f"{word} antara pita {bands[-1].name} ({bands[-1].upper}) dan {item.text('name')} ({lower})"
            )
        bands.append(Band(item.text("name"), lower, upper, is_last))
    return tuple(bands)


def _weighted(record: Record, key: str, extra: tuple[str, ...]) -> tuple[Weighted, ...]:
    parent = next((name for name in extra if name in ("domain", "aspect")), None)
    items = record.records(key, ("no", "name", "weight", *extra))
    found = tuple(
        Weighted(
            no=item.integer("no"),
            name=item.text("name"),
            weight=item.number("weight"),
            parent_no=item.integer(parent) if parent else None,
            capability=item.text("capability") if "capability" in extra else "",
            code=item.text("code", ""),
        )
        for item in items
    )
    for place, (item, one) in enumerate(zip(items, found, strict=True), 1):
        if one.no != place:
            raise item.error(f"nomor {one.no} tidak urut: di sini seharusnya {place}")
    return found


def _refuse_wrong_weights(record: Record, pack: IndexPack) -> None:
    layers = [("domains", pack.domains), ("aspects", pack.aspects), ("indicators", pack.indicators)]
    present = [(key, items) for key, items in layers if items]
    for key, items in present:
        total = sum((item.weight for item in items), Decimal(0))
        if total != pack.total_weight:
            raise record.error_at(key, f"jumlah bobot {key} {total}, seharusnya {pack.total_weight}")
    for (_upper_key, uppers), (key, lowers) in pairwise(present):
        for upper in uppers:
            total = sum((item.weight for item in lowers if item.parent_no == upper.no), Decimal(0))
            if total != upper.weight:
                raise record.error_at(key, f"jumlah bobot {key} pada {upper.name} {total}, seharusnya {upper.weight}")


def _refuse_wrong_levels(record: Record, pack: IndexPack) -> None:
    expected = pack.highest_level - pack.lowest_level + 1
    for name, words in pack.level_names.items():
        if len(words) != expected:
            raise record.error_at("level_names", f"{name} punya {len(words)} nama tingkat, seharusnya {expected}")
    for item in pack.indicators:
        if item.capability not in pack.level_names:
            raise record.error_at("indicators", f"indikator {item.no}: capability {item.capability!r} tidak dikenal")
