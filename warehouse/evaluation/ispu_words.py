"""ISPU in sentences: the critical pollutant, both ends of its class, the way down, what is left out; never a cause."""

from __future__ import annotations

from decimal import Decimal

from warehouse.evaluation.cases import told, told_at_most
from warehouse.evaluation.ispu_row import NAMES, Judged
from warehouse.evaluation.places import Place, place_on, place_sentence
from warehouse.formulas.ispu import SubIndex, concentration_at, printed_top
from warehouse.rules.tables import TablePack

HALF = Decimal("0.5")
FAULTS = {
    "kategori": "kategori terbitan bukan kelas indeksnya",
    "indeks": "indeks terbitan bukan sub-indeks tertinggi",
    "kritis": "polutan kritis terbitan bukan yang tertinggi",
    "kritis_tanpa_nilai": "nilai polutan kritis terbitan tidak ada di berkas",
    "nol_tanpa_data": "indeks nol terbit tanpa satu pun sub-indeks",
}


def sentences(judged: Judged, critical: SubIndex, found: list[SubIndex], index: Decimal) -> list[str]:
    others = sorted((one for one in found if one.name != critical.name), key=lambda one: one.value, reverse=True)
    after = f"; berikutnya {others[0].label} {told(others[0].value)}" if others else ""
    said = [f"Polutan kritis {critical.label} dengan sub-indeks {told(critical.value)}{after}."]
    if others and others[0].value == critical.value:
        said.append("Sub-indeks tertinggi sama; polutan kritis mengikuti urutan tetap " + _order(judged.table) + ".")
    place = place_on(judged.scale, index)
    if critical.is_beyond:
        said.append(f"Kadar {critical.label} di atas baris terakhir tabel; indeks ditulis >{told(critical.value)}.")
    elif place is not None:
        said.append(place_sentence(place, "ISPU"))
    if judged.is_assumed(critical):
        printed = told(printed_top(judged.table))
        said.append(f"Peraturan tidak mencetak angka di atas {printed}; angka ini memakai kebiasaan indeks sampai 500.")
    if not judged.is_index:
        said += _way_down(judged, critical, found, place)
    names = {row.name for row in judged.table.rows}
    foreign = [name.upper() for name in NAMES if name not in names and judged.row.number(name) is not None]
    if foreign:
        said.append(f"{', '.join(foreign)} tidak ada dalam tabel {judged.table.regulation}, jadi tidak dinilai.")
    missing = [row.label for row in judged.table.rows if row.name not in judged.given]
    if missing:
        said.append(f"Dihitung dari {len(found)} parameter; tanpa {', '.join(missing)}.")
    return said


def _way_down(judged: Judged, critical: SubIndex, found: list[SubIndex], place: Place | None) -> list[str]:
    """Every pollutant that must fall before the index can: rounding half up puts the bound half a point lower."""
    highest, second = judged.scale.classes[-1], judged.scale.classes[-2]
    own, below = (highest, second) if critical.is_beyond else (place.own, place.below) if place else (None, None)
    if own is None or below is None:
        return []
    bound, words = own.lower - HALF, "kurang dari"
    if judged.top is not None and bound > judged.top:
        bound, words = judged.top, "paling tinggi"
    moves = []
    for one in found:
        needed = concentration_at(judged.table, judged.table.row(one.name), bound)
        if (one.is_beyond or one.value >= bound) and needed is not None:
            given = told(judged.given[one.name])
            moves.append(f"{one.label} dari {given} menjadi {words} {told_at_most(needed)} ug/m3")
    return [f"Kelas {below.name} tercapai bila {' dan '.join(moves)}."]


def _order(table: TablePack) -> str:
    return ", ".join(row.label for row in table.rows)
