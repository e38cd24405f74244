"""ISPU of a station and day, from concentrations or from delivered sub-indices; tells where a publication errs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from warehouse.evaluation.cases import amount, day_of, key_of, refused, told
from warehouse.evaluation.ispu_row import NAMES, Judged
from warehouse.evaluation.ispu_words import FAULTS, sentences
from warehouse.evaluation.model import Case, Column, Option, Request, Row, Scheme, Step, Value
from warehouse.evaluation.places import place_on, place_steps
from warehouse.figures import ValueStatus
from warehouse.formulas.ispu import SubIndex, critical_of, printed_top, publication_faults
from warehouse.rules import RuleBook, round_half_up
from warehouse.rules.tables import TablePack

ID = "ispu"
STEP_PLACES = 4


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
    found = judged.sub_indices
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
        explanation=(*sentences(judged, critical, found, index), *(FAULTS[one].capitalize() + "." for one in faults)),
        rounding="Sub-indeks tertinggi dibulatkan setengah ke atas menjadi bilangan bulat, lalu dikategorikan",
        article=judged.scale.article,
        status=status,
        reason=reason,
    )


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
