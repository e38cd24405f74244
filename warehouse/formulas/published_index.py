"""Pemeriksaan indeks terbitan: apakah nilai domain, indeks dan predikatnya dapat berasal dari tingkat indikator bulat.

Untuk tiap domain dicari semua jumlah tingkat yang dibulatkan menjadi nilai terbitannya; jumlah itu ditambahkan tanpa
pembulatan, dibulatkan sekali setengah ke atas, dan dibandingkan dengan indeks terbitan. Tidak berlaku bila satu domain
tidak diterbitkan, dan tidak untuk indeks yang indikatornya boleh pecahan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from warehouse.indicators.spbe.weighted_index import Given, Part, resolve
from warehouse.rules import IndexPack


@dataclass(frozen=True)
class Consistency:
    """What the published domain values allow, and whether the published index and predikat are among it."""

    possible: tuple[Decimal, ...]  # indices, rounded, ascending
    impossible_domains: tuple[int, ...]  # no sum of whole levels rounds to them
    index_follows: bool
    predikat_unrounded: bool  # the published predikat follows from an index not rounded
    predikat_rounded: bool
    parts: tuple[Part, ...]

    @property
    def is_consistent(self) -> bool:
        return self.index_follows and not self.impossible_domains


def check_published(domains: Mapping[int, Decimal], index: Decimal, predikat: str, pack: IndexPack) -> Consistency:
    """Needs a value for each domain of the pack."""
    resolved = resolve(Given(domains=domains), pack)
    possible = resolved.index.rounded(pack.places)
    agreeing = [total / pack.total_weight for total in resolved.index.candidates]
    agreeing = [value for value in agreeing if pack.round(value) == index] or agreeing

    def follows(predikat_on: str) -> bool:
        judge = replace(pack, predikat_on=predikat_on)  # type: ignore[arg-type]
        return predikat in {judge.predikat(value) for value in agreeing}

    return Consistency(
        possible=possible,
        impossible_domains=tuple(part.item.no for part in resolved.domains if not part.is_exact),
        index_follows=index in possible,
        predikat_unrounded=follows("unrounded"),
        predikat_rounded=follows("rounded"),
        parts=resolved.domains,
    )
