"""ISPU of a station and day, from concentrations or from delivered sub-indices; tells where a publication errs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from warehouse.evaluation.cases import amount, day_of, key_of, refused, told
from warehouse.evaluation.model import Case, Column, Option, Request, Row, Scheme, Step, Value
from warehouse.evaluation.places import place_on, place_sentence, place_steps
from warehouse.figures import ValueStatus
from warehouse.formulas.ispu import (
    Published,
    SubIndex,
    concentration_at,
    critical_of,
    printed_top,
    publication_faults,
    sub_index,
)
from warehouse.rules import RuleBook, ScalePack, round_half_up
from warehouse.rules.tables import TablePack

ID = "ispu"
NAMES = ("pm25", "pm10", "so2", "co", "o3", "no2", "hc")
STEP_PLACES = 4
HALF = Decimal("0.5")
FAULTS = {
    "kategori": "kategori terbitan bukan kelas indeksnya",
    "indeks": "indeks terbitan bukan sub-indeks tertinggi",
    "kritis": "polutan kritis terbitan bukan yang tertinggi",
    "kritis_tanpa_nilai": "nilai polutan kritis terbitan tidak ada di berkas",
    "nol_tanpa_data": "indeks nol terbit tanpa satu pun sub-indeks",
}


@dataclass(frozen=True)
class Judged:
    """One row with the rules that judge it."""

    row: Row
    table: TablePack
    scale: ScalePack
    is_index: bool  # the cells are sub-indices already
    top: Decimal | None

    @property
    def given(self) -> dict[str, Decimal]:
        """Delivered values by pollutant, in the order that settles ties."""
        cells = {row.name: self.row.number(row.name) for row in self.table.rows}
        return {name: value for name, value in cells.items() if value is not None}

    @property
    def published(self) -> Published:
        return Published(
            self.row.number("indeks_terbit"), self.row.text("kritis_terbit"), self.row.text("kategori_terbit")
        )

    @property
    def pack(self) -> TablePack | ScalePack:
        return self.scale if self.is_index else self.table

    def is_assumed(self, one: SubIndex) -> bool:
        """Whether an index was made of a row whose number is only a convention."""
        return not self.is_index and one.value > printed_top(self.table)

    def told_faults(self, faults: Sequence[str]) -> dict[str, Value]:
        """Only where something was published: silence about nothing is no finding."""
        published = self.published
        is_told = published.index is not None or published.critical or published.category
        return {"kesalahan_terbitan": ", ".join(faults)} if is_told else {}

    def category(self, index: Decimal) -> str:
        """An index from concentrations begins at zero, which the table of concentrations puts into the lowest class."""
        lowest = self.scale.classes[0]
        return self.scale.predikat(index) or (lowest.name if index >= 0 and not self.is_index else "")


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    return [_case(row, rules, request) for row in rows]


def _case(row: Row, rules: RuleBook, request: Request) -> Case:
    key = key_of(row, "stasiun", "tanggal")
    is_index = request.options["masukan"] == "indeks"
    day = None if is_index else day_of(request, row)
    table = rules.find(TablePack, ID, day)
    if table is None:
        return refused(key, None, ValueStatus.NOT_APPLICABLE, "Tidak ada tabel ISPU yang berlaku pada tanggal ini")
    top = printed_top(table) if request.options["di_atas_tabel"] == "peraturan" else None
    judged = Judged(row, table, rules.scale(ID), is_index, top)
    found = _sub_indices(judged)
    steps = [_step(judged, one) for one in found]
    hours = row.number("jam_valid")
    needed = rules.value("udara.valid_hours")
    if hours is not None:
        steps.append(Step("jam_valid", "Jam dengan data sah", hours, "jam", standing="ingatan", note=f"perlu {needed}"))
    if not found:
        faults = publication_faults(judged.published, judged.given, "")
        reason = "; ".join(["Tidak ada nilai pencemar", *(FAULTS[fault] for fault in faults)])
        return replace(
            refused(key, judged.pack, ValueStatus.NO_DATA, reason, steps), results=judged.told_faults(faults)
        )
    if hours is not None and hours < needed:
        reason = f"{told(hours)} jam sah, kurang dari {told(needed)} jam (75 % dari 24 jam)"
        return refused(key, judged.pack, ValueStatus.INCOMPLETE, reason, steps)
    return _result(judged, key, found, steps)


def _sub_indices(judged: Judged) -> list[SubIndex]:
    if judged.is_index:
        return [SubIndex(name, judged.table.row(name).label, value) for name, value in judged.given.items()]
    found = [sub_index(judged.table, judged.table.row(n), value, judged.top) for n, value in judged.given.items()]
    return [one for one in found if one is not None]


def _step(judged: Judged, one: SubIndex) -> Step:
    note = "" if judged.is_index else f"kadar {told(judged.given[one.name])} ug/m3"
    if one.is_beyond:
        note += "; di atas baris terakhir tabel"
    value = round_half_up(one.value, STEP_PLACES)
    is_assumed = judged.is_assumed(one)
    if is_assumed:
        note += "; di atas indeks tertinggi yang dicetak peraturan"
    return Step(
        f"sub_indeks_{one.name}",
        f"Sub-indeks {one.label}",
        value,
        article=judged.table.article,
        standing="ingatan" if is_assumed else None,
        note=note,
    )


def _result(judged: Judged, key: dict[str, Value], found: list[SubIndex], steps: list[Step]) -> Case:
    critical = critical_of(found)
    index = judged.scale.round(critical.value)
    category = judged.scale.classes[-1].name if critical.is_beyond else judged.category(index)
    written = f">{critical.value}" if critical.is_beyond else f"{index}"
    published = judged.published
    of_label = judged.category(index if published.index is None else judged.scale.round(published.index))
    values = {one.name: one.value if judged.is_index else judged.scale.round(one.value) for one in found}
    faults = publication_faults(published, values, of_label)
    hidden = "kritis_tanpa_nilai" in faults and published.index is not None and published.index > critical.value
    status, reason = ValueStatus.CALCULATED, ""
    if hidden:
        status = ValueStatus.INCOMPLETE
        reason = f"Nilai {published.critical} tidak ada; indeks terbitan {told(published.index or index)} lebih tinggi"
    elif not category:
        status, reason = ValueStatus.NOT_APPLICABLE, "Indeks di bawah 1 tidak ada dalam skala ISPU"
    place = place_on(judged.scale, index)
    is_unprinted = critical.is_beyond and judged.top is not None
    return Case(
        key=key,
        pack=judged.pack,
        results={
            "ispu": None if is_unprinted or not category else index,
            "ispu_tertulis": written,
            "sub_indeks_tertinggi": round_half_up(critical.value, STEP_PLACES),
            "kategori": category or None,
            "polutan_kritis": critical.label,
            **judged.told_faults(faults),
        },
        steps=(*steps, *(place_steps(place) if place and not critical.is_beyond else ())),
        explanation=(*_sentences(judged, critical, found, index), *(FAULTS[one].capitalize() + "." for one in faults)),
        rounding="Sub-indeks tertinggi dibulatkan setengah ke atas menjadi bilangan bulat, lalu dikategorikan",
        article=judged.scale.article,
        status=status,
        reason=reason,
    )


def _sentences(judged: Judged, critical: SubIndex, found: list[SubIndex], index: Decimal) -> list[str]:
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
    if place is not None and place.below is not None and not judged.is_index:
        said.append(_way_down(judged, found, place.own.lower, place.below.name))
    names = {row.name for row in judged.table.rows}
    foreign = [name.upper() for name in NAMES if name not in names and judged.row.number(name) is not None]
    if foreign:
        said.append(f"{', '.join(foreign)} tidak ada dalam tabel {judged.table.regulation}, jadi tidak dinilai.")
    missing = [row.label for row in judged.table.rows if row.name not in judged.given]
    if missing:
        said.append(f"Dihitung dari {len(found)} parameter; tanpa {', '.join(missing)}.")
    return said


def _way_down(judged: Judged, found: list[SubIndex], lower: Decimal, name: str) -> str:
    """Every pollutant that must fall before the index can: rounding half up puts the bound half a point lower."""
    moves = []
    for one in found:
        bound = concentration_at(judged.table, judged.table.row(one.name), lower - HALF)
        if one.value >= lower - HALF and bound is not None:
            moves.append(f"{one.label} dari {told(judged.given[one.name])} menjadi kurang dari {told(bound)} ug/m3")
    return f"Kelas {name} tercapai bila {' dan '.join(moves)}."


def _order(table: TablePack) -> str:
    return ", ".join(row.label for row in table.rows)


SCHEME = Scheme(
    id=ID,
    title="Indeks standar pencemar udara",
    about=(
        "Satu baris = satu stasiun pada satu hari. Kadar rata-rata 24 jam (atau sub-indeks, dengan pilihan "
        "masukan=indeks) menjadi sub-indeks, polutan kritis, ISPU dan kategori. Kadar hari sebelum 1 Juli 2020 dinilai "
        "dengan tabel 1997."
    ),
    columns=(
        Column("stasiun", "nama stasiun", kind="text", required=False, example="Mojosari"),
        Column("tanggal", "hari pengukuran", kind="date", required=False),
        *(
            amount(name, f"kadar rata-rata 24 jam, atau sub-indeks, {name.upper()}", "ug/m3 atau indeks", "55.4")
            for name in NAMES
        ),
        Column(
            "jam_valid", "jam dengan data sah dari 24 jam", "jam", "integer", required=False, example="24",
            lowest=Decimal(0), highest=Decimal(24),
        ),
        amount("indeks_terbit", "indeks yang diterbitkan, untuk diperiksa", "indeks", "73"),
        Column("kritis_terbit", "polutan kritis yang diterbitkan", kind="text", required=False, example="PM25"),
        Column("kategori_terbit", "kategori yang diterbitkan", kind="text", required=False, example="SEDANG"),
    ),
    options=(
        Option("masukan", ("kadar", "indeks"), "Kadar dalam ug/m3; indeks bila stasiun sudah mengirim sub-indeks."),
        Option(
            "di_atas_tabel",
            ("konvensi_500", "peraturan"),
            "Baris terakhir P.14/2020 hanya menyebut lebih dari 300. Bawaan memakai kebiasaan indeks 500 pada kadar "
            "terakhir (dari ingatan); peraturan menulis >300 tanpa angka.",
        ),
    ),
    evaluate=evaluate,
    sample="stasiun,tanggal,pm10,pm25,so2,co,o3,no2,hc,jam_valid\nMojosari,2026-11-20,70,40.5,20,1500,60,25,10,24\n",
)  # fmt: skip
