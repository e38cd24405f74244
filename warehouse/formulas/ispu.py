"""Indeks standar pencemar udara: kadar pencemar menjadi indeks, yang tertinggi menjadi indeks stasiun.

Kadar rata-rata 24 jam (ug/m3) diletakkan di antara dua batas tabel konversi; indeksnya sebanding di antara keduanya:
I = (Ia - Ib) / (Xa - Xb) x (Xx - Xb) + Ib. Pita bersambung: batas bawah indeks 0, 50, 100, 200, 300 dan batas bawah
kadar adalah batas atas pita sebelumnya. Tanpa satuan. Tidak berlaku untuk kadar sesaat, dan tidak diteruskan di atas
baris terakhir tabel. Sumber: Permen LHK P.14/2020, lampiran.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from warehouse.rules.tables import TablePack, TableRow


@dataclass(frozen=True)
class SubIndex:
    """The index of one pollutant, not rounded; `is_beyond` when the concentration lies above the last row."""

    name: str
    label: str
    value: Decimal
    is_beyond: bool = False


@dataclass(frozen=True)
class Published:
    """What a station published; empty text and None where it published nothing."""

    index: Decimal | None
    critical: str
    category: str


def printed_top(pack: TablePack) -> Decimal:
    """The highest index the regulation itself prints; P.14/2020 says of its last row only "more than 300"."""
    return max(Decimal(index) for index in pack.columns if index not in pack.assumed)


def points_of(pack: TablePack, row: TableRow, top: Decimal | None = None) -> list[tuple[Decimal, Decimal]]:
    """Concentration and index of each bound, from zero up; `top` leaves out what lies above that index."""
    bounds = [(value, Decimal(index)) for value, index in zip(row.values, pack.columns, strict=True)]
    start = [] if bounds[0][0] is None else [(Decimal(0), Decimal(0))]
    return start + [(value, index) for value, index in bounds if value is not None and (top is None or index <= top)]


def sub_index(pack: TablePack, row: TableRow, concentration: Decimal, top: Decimal | None = None) -> SubIndex | None:
    """None below the first bound of a pollutant that has no index there (NO2 in 1997)."""
    points = points_of(pack, row, top)
    if concentration < points[0][0]:
        return None
    for (lower, index_lower), (upper, index_upper) in pairwise(points):
        if concentration <= upper:
            value = (index_upper - index_lower) / (upper - lower) * (concentration - lower) + index_lower
            return SubIndex(row.name, row.label, value)
    return SubIndex(row.name, row.label, points[-1][1], is_beyond=concentration > points[-1][0])


def concentration_at(pack: TablePack, row: TableRow, index: Decimal) -> Decimal | None:
    """The concentration that gives an index; None outside the table."""
    for (lower, index_lower), (upper, index_upper) in pairwise(points_of(pack, row)):
        if index_lower <= index <= index_upper:
            return lower + (index - index_lower) * (upper - lower) / (index_upper - index_lower)
    return None


def critical_of(found: Sequence[SubIndex]) -> SubIndex:
    """The highest sub-index; of equals the first, so the order of the pack settles ties."""
    return max(found, key=lambda one: (one.value, one.is_beyond))


def pollutant_named(text: str, names: Sequence[str]) -> str:
    """The pollutant a publication means by "PM2.5", "pm 25" or "O3"; "" for none of ours."""
    key = "".join(mark for mark in text.casefold() if mark.isalnum())
    return key if key in names else ""


def publication_faults(published: Published, values: Mapping[str, Decimal], category_of_index: str) -> tuple[str, ...]:
    """What a publication contradicts in its own numbers, by class of fault.

    `kategori`: the label is not the class of the index. `indeks`: the index is not the highest sub-index, though the
    critical pollutant was delivered. `kritis`: another pollutant is higher than the one named. `kritis_tanpa_nilai`:
    the value of the one named is missing. `nol_tanpa_data`: an index of zero and no sub-index at all.
    """
    highest = max(values.values(), default=None)
    named = pollutant_named(published.critical, list(values))
    faults = []
    if highest is None:
        return ("nol_tanpa_data",) if published.index == 0 else ()
    if published.critical and not named:
        faults.append("kritis_tanpa_nilai")
    elif published.index is not None and published.index != highest:
        faults.append("indeks")
    if named and values[named] != highest:
        faults.append("kritis")
    if (
        published.category
        and category_of_index
        and published.category.strip().casefold() != category_of_index.casefold()
    ):
        faults.append("kategori")
    return tuple(faults)
