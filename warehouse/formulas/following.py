"""Apakah suatu angka tertutup mengikuti dengan tepat dari semua jumlah yang tampil bersama-sama.

Tiap jumlah adalah simpul, tiap angka tertutup garis di antara dua jumlah yang memuatnya (sebagai bagian, atau sebagai
jumlahnya). Angka tertutup diketahui bulat dan sedikitnya satu. Angka lain mungkin bila ada lingkaran yang melalui
garisnya: satu garis bertambah satu, berikutnya berkurang satu, dan semua jumlah tetap; garis bernilai satu hanya dapat
bertambah. Tanpa lingkaran hanya satu angka yang mungkin (aliran bilangan bulat; Gusfield 1988). Berlaku bila suatu
angka ada dalam paling banyak dua jumlah.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Sums = Sequence[tuple[Key, Sequence[Key]]]
OPEN = -1  # beyond the sums: a count that stands in one alone ends here, where nothing has to add up


@dataclass(frozen=True)
class Ends(Generic[Key]):
    """From which sum to which a count leads when it grows, and the counts of every sum; sums by their place."""

    leads: Mapping[Key, tuple[int, int]]
    members: Mapping[int, Sequence[Key]]


def joined(sums: Sums[Key]) -> Ends[Key]:
    """Counts as lines between sums, so turned that what one line brings the next one takes."""
    places: dict[Key, list[tuple[int, int]]] = defaultdict(list)  # of a key: sum, and +1 as a part, -1 as its total
    members: dict[int, list[Key]] = defaultdict(list)
    for place, (total, parts) in enumerate(sums):
        for key, sign in ((total, -1), *((part, 1) for part in parts)):
            places[key].append((place, sign))
            members[place].append(key)
    turns = _turns(places, members)
    leads = {}
    for key, (first, *second) in places.items():
        other = second[0][0] if second else OPEN
        if other == OPEN:
            members[OPEN].append(key)
        leads[key] = (first[0], other) if turns[first[0]] * first[1] > 0 else (other, first[0])
    return Ends(leads, members)


def _turns(places: Mapping[Key, Sequence[tuple[int, int]]], members: Mapping[int, Sequence[Key]]) -> dict[int, int]:
    """Of every sum whether it is read as it is or with the other sign: a count has opposite signs at its two ends."""
    turns: dict[int, int] = {}
    for start in list(members):
        waiting = [] if start in turns else [start]
        turns.setdefault(start, 1)
        while waiting:
            here = waiting.pop()
            for key in members[here]:
                own = next(sign for place, sign in places[key] if place == here)
                for other, sign in places[key]:
                    if other not in turns:
                        turns[other] = -turns[here] * own * sign
                        waiting.append(other)
    return turns


Ways = dict[int, list[tuple[int, Key]]]  # from a sum to the next over a hidden count


def open_ways(ways: Ways[Key], counts: Mapping[Key, int], hidden: Iterable[Key], ends: Ends[Key]) -> None:
    """Over more hidden counts: each may grow, and one above one may also shrink. `counts` are the true ones."""
    for key in hidden:
        if key in ends.leads:
            start, end = ends.leads[key]
            ways.setdefault(start, []).append((end, key))
            if counts[key] > 1:
                ways.setdefault(end, []).append((start, key))


def follows(key: Key, counts: Mapping[Key, int], ends: Ends[Key], ways: Ways[Key]) -> bool:
    """Whether every reader of the sums knows a hidden count exactly."""
    if key not in ends.leads:
        return False
    start, end = ends.leads[key]
    return not (_reaches(end, start, ways, key) or (counts[key] > 1 and _reaches(start, end, ways, key)))


def _reaches(start: int, goal: int, ways: Ways[Key], without: Key) -> bool:
    """Nearest first: in most cases the round is short."""
    seen, waiting = {start}, deque([start])
    while waiting:
        for place, key in ways.get(waiting.popleft(), ()):
            if key == without or place in seen:
                continue
            if place == goal:
                return True
            seen.add(place)
            waiting.append(place)
    return False
