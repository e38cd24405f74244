"""Angka kecil yang ditutup: angka lain yang ikut ditutup agar yang kecil tidak dapat dihitung dari jumlahnya.

Yang kecil (satu sampai kurang dari batasnya) ditutup. Bila dari satu jumlah yang tampil hanya satu bagian ditutup, atau
bagian yang ditutup bersama-sama masih kurang dari batas itu atau hanya dapat berisi satu susunan, bagian terkecil
berikutnya ikut ditutup; bila tidak ada, jumlahnya. Diulang sampai tidak ada jumlah yang membuka apa pun, karena satu
angka dapat menjadi bagian dua jumlah, dan sampai tidak ada angka kecil yang tepatnya mengikuti dari semua jumlah
bersama-sama (`following`). Nol bukan angka kecil dan tidak pernah ikut ditutup. Tidak melindungi dari pengetahuan di
luar data ini.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from warehouse.formulas.following import Sums, follows, joined, open_ways

FEW = 5  # persons; a smaller count is for restricted roles alone
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Table(Generic[Key]):
    """Counts, the sums over them, and in which sums each stands."""

    counts: Mapping[Key, int]
    sums: Sums[Key]
    places: Mapping[Key, Sequence[int]]
    few: int

    @staticmethod
    def of(counts: Mapping[Key, int], sums: Sums[Key], few: int) -> Table[Key]:
        places: dict[Key, list[int]] = defaultdict(list)
        for place, (total, parts) in enumerate(sums):
            for one in (total, *parts):
                places[one].append(place)
        return Table(counts, sums, places, few)


def is_few(count: int, few: int) -> bool:
    return 0 < count < few


def tells_past(hidden: Sequence[int], few: int) -> bool:
    """Whether the sum of hidden counts and that of their squares tell one of them: a mean and a deviation give both.
    Of different counts they never tell which is which; equal ones have the least squares of all with their sum."""
    return bool(hidden) and (sum(hidden) < few or len(set(hidden)) == 1)


def covered_counts(counts: Mapping[Key, int], sums: Iterable[tuple[Key, Sequence[Key]]], few: int) -> frozenset[Key]:
    """Keys that go with the small ones, without these. `sums`: a total and the parts that add up to it."""
    hidden = {key for key, count in counts.items() if is_few(count, few)}
    small, table = frozenset(hidden), Table.of(counts, tuple(sums), few)
    _cover_sums(table, hidden, range(len(table.sums)))
    ends, ways = joined(table.sums), dict[int, list[tuple[int, Key]]]()
    open_ways(ways, counts, hidden, ends)
    for key in sorted(small, key=str):
        while follows(key, counts, ends, ways):
            shown = _nearest(table, hidden, key)
            if shown is None:
                break
            hidden.add(shown)
            also = _cover_sums(table, hidden, table.places[shown])
            open_ways(ways, counts, (shown, *also), ends)
    return frozenset(hidden) - small


def _cover_sums(table: Table[Key], hidden: set[Key], changed: Iterable[int]) -> list[Key]:
    """Until no sum by itself opens anything, from those that changed; what was hidden for it."""
    waiting, also = deque(changed), list[Key]()
    while waiting:
        relation = table.sums[waiting.popleft()]
        while (key := _next(table.counts, hidden, relation, table.few)) is not None:
            hidden.add(key)
            also.append(key)
            waiting.extend(table.places[key])
    return also


def _nearest(table: Table[Key], hidden: set[Key], key: Key) -> Key | None:
    """The smallest count still shown in a sum with a key, else anywhere; never a zero."""
    counts = table.counts
    own = [one for place in table.places[key] for one in (*table.sums[place][1], table.sums[place][0])]
    for among in (own, counts):
        shown = [one for one in among if one not in hidden and counts[one] > 0]
        if shown:
            return min(shown, key=lambda one: (counts[one], str(one)))
    return None


def _next(counts: Mapping[Key, int], hidden: set[Key], relation: tuple[Key, Sequence[Key]], few: int) -> Key | None:
    """What else has to be hidden of one sum; None when it opens nothing."""
    total, parts = relation
    own = [counts[part] for part in parts if part in hidden]
    shown = [part for part in parts if part not in hidden and counts[part] > 0]
    smallest = min(shown, key=lambda part: counts[part], default=None)
    if total in hidden:
        return None if own else smallest  # parts that are all shown add up to it
    return (total if smallest is None else smallest) if own and _opens(own, few) else None


def _opens(hidden: Sequence[int], few: int) -> bool:
    """Whether a known sum of hidden counts tells one of them, or is small itself."""
    known, count = sum(hidden), len(hidden)
    are_all_small = all(is_few(one, few) for one in hidden)
    return count == 1 or known < few or (are_all_small and known in (count, count * (few - 1)))
