"""Published aspects, domains, index and predikat beside what the levels or values given in the same row come to.

Refuses to let a published value choose among the computed ones: it is compared, never used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from warehouse.evaluation.index_rows import predikat_of
from warehouse.evaluation.index_words import possible_predikat, told
from warehouse.evaluation.model import Row, Value
from warehouse.indicators.spbe.weighted_index import Given, Part, Resolved
from warehouse.rules import IndexPack

OTHER_BASIS = {"unrounded": "rounded", "rounded": "unrounded"}
BASIS_WORDS = {"unrounded": "indeks yang belum dibulatkan", "rounded": "indeks yang dibulatkan"}


def beside_published(
    row: Row, given: Given, resolved: Resolved, pack: IndexPack
) -> tuple[dict[str, Value], tuple[str, ...]]:
    """Results named `..._sesuai`, and a sentence for each that needs one."""
    results: dict[str, Value] = {}
    said = []
    for kind, part, value in _comparable(given, resolved):
        fits = part.allows(value, pack.places)
        results[f"{kind}_{part.item.no}_sesuai"] = "ya" if fits else "tidak"
        if not fits:
            computed = told(part.value, pack.places)
            said.append(f"Nilai {kind} {part.item.no} terbit {told(value)}, dihitung {computed}: tidak sesuai.")
    index, published = resolved.index, row.number("indeks_terbit")
    if published is not None and index.is_known:
        results["indeks_sesuai"] = "ya" if index.allows(published, pack.places) else "tidak"
        said.append(_index_words(published, index, pack))
    predikat = predikat_of(row, "predikat_terbit", pack)
    if predikat and index.is_known:
        fits = predikat in possible_predikat(index, pack, published)
        results["predikat_sesuai"] = "ya" if fits else "tidak"
        is_computed = predikat == pack.predikat(index.value)
        said += [] if fits and is_computed else [_predikat_words(predikat, fits, index, pack)]
    return results, tuple(said)


def _comparable(given: Given, resolved: Resolved) -> Iterator[tuple[str, Part, Decimal]]:
    """Parts computed from something more detailed than their own published value."""
    for kind, parts, values in (
        ("aspek", resolved.aspects, given.aspects),
        ("domain", resolved.domains, given.domains),
    ):
        for part in parts:
            published = values.get(part.item.no)
            if published is not None and part.is_known and f"nilai {kind}" not in part.basis:
                yield kind, part, published


def _index_words(published: Decimal, index: Part, pack: IndexPack) -> str:
    opening = f"Indeks terbit {told(published)}"
    if not index.allows(published, pack.places):
        return f"{opening} tidak sesuai dengan hitungan."
    if published == pack.round(index.value):
        return f"{opening} sesuai dengan hitungan."
    return f"{opening} sesuai: dapat berasal dari nilai yang sudah dibulatkan itu."


def _predikat_words(predikat: str, fits: bool, index: Part, pack: IndexPack) -> str:
    computed = pack.predikat(index.value)
    if predikat == computed:
        return f"Predikat terbit {predikat} tidak sesuai dengan indeks terbit."
    opening = f"Predikat terbit {predikat}, menurut hitungan {computed}"
    if fits:
        return f"{opening}; {predikat} dari jumlah tingkat lain yang juga mungkin."
    other = replace(pack, predikat_on=OTHER_BASIS[pack.predikat_on])  # type: ignore[arg-type]
    if predikat in possible_predikat(index, other):
        return f"{opening}; {predikat} bila predikat dari {BASIS_WORDS[other.predikat_on]}."
    return f"{opening}: tidak sesuai."
