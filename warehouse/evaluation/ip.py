"""`ip`: the pollution index of one river sample, what binds it, and how few parameters must return to their limits."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from warehouse.evaluation.cases import amount, day_of, key_of, refused, told
from warehouse.evaluation.ip_ratios import PARAMETERS, Sample, ratios_of
from warehouse.evaluation.model import Awaited, Case, Column, Option, Request, Row, Scheme, Step
from warehouse.evaluation.places import Place, place_on, place_sentence, place_steps
from warehouse.figures import ValueStatus
from warehouse.formulas.pollution_index import Ratio, index_when_met, pollution_index
from warehouse.rules import RuleBook, ScalePack
from warehouse.rules.tables import TablePack

ID = "ip"
LIMITS = "baku_mutu_air"


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    return [_case(row, rules, request) for row in rows]


def _case(row: Row, rules: RuleBook, request: Request) -> Case:
    key = key_of(row, "titik", "tanggal", "kelas")
    limits = rules.find(TablePack, LIMITS, day_of(request, row))
    scale = rules.scale(ID)
    if limits is None:
        return refused(key, None, ValueStatus.NOT_APPLICABLE, "Tidak ada baku mutu air yang berlaku pada tanggal ini")
    sample = Sample(row, limits, request.options, rules.limits(ID).value("log_factor"))
    found = ratios_of(sample)
    if found.missing:
        return refused(key, limits, ValueStatus.INCOMPLETE, found.missing)
    if not found.ratios:
        return refused(
            key, limits, ValueStatus.NO_DATA, "Tidak ada parameter yang diukur dan punya baku mutu kelas ini"
        )
    index = pollution_index([one.value for one in found.ratios])
    place = place_on(scale, index)
    return Case(
        key=key,
        pack=limits,
        results={"ip": scale.round(index), "status_mutu": scale.predikat(index)},
        steps=(*found.steps, *_middle_steps(found.ratios, index), *(place_steps(place) if place else ())),
        explanation=(*_sentences(found.ratios, place, scale), *found.remarks),
        rounding="Empat angka desimal, setengah ke atas; status dari nilai yang belum dibulatkan",
        article=f"{limits.article}; {scale.regulation} {scale.article}",
    )


def _middle_steps(ratios: Sequence[Ratio], index: Decimal) -> tuple[Step, ...]:
    values = [one.value for one in ratios]
    return (
        Step("nisbah_tertinggi", "Nisbah tertinggi", max(values)),
        Step("nisbah_rata", f"Nisbah rata-rata dari {len(values)} parameter", sum(values, Decimal(0)) / len(values)),
        Step("ip_tepat", "IP sebelum dibulatkan", index),
    )


def _sentences(ratios: Sequence[Ratio], place: Place | None, scale: ScalePack) -> list[str]:
    worst = max(ratios, key=lambda one: one.value)
    said = [f"Parameter penentu {worst.label}: {told(worst.raw)} kali baku mutu, nisbah terpakai {told(worst.value)}."]
    over = sorted((one for one in ratios if one.exceeds), key=lambda one: one.value, reverse=True)
    said.append(f"{len(over)} dari {len(ratios)} parameter melampaui baku mutu.")
    if place is None:
        return said
    said.append(place_sentence(place, "IP"))
    if place.below is not None:
        for count in range(1, len(over) + 1):
            better = index_when_met(ratios, count)
            if scale.predikat(better) != place.own.name:
                names = ", ".join(one.label for one in over[:count])
                said.append(
                    f"Paling sedikit {count} parameter kembali ke baku mutu ({names}) agar naik kelas: IP menjadi "
                    f"{told(better)}, {scale.predikat(better)}."
                )
                break
    return said


SCHEME = Scheme(
    id=ID,
    title="Indeks pencemaran air sungai",
    about=(
        "Satu baris = satu contoh air: titik, tanggal, kelas air, lalu satu kolom tiap parameter yang diuji. Contoh "
        "sebelum 2 Februari 2021 dinilai dengan kelas PP 82/2001, sesudahnya PP 22/2021."
    ),
    awaits=Awaited(
        "Smart Environment", "Indeks pencemaran air sungai", "DLH",
        "hasil uji tiap contoh air: titik, tanggal, kelas air, kadar tiap parameter",
    ),
    columns=(
        Column("titik", "titik pantau", kind="text", required=False, example="Sungai Brangkal hulu"),
        Column("tanggal", "tanggal pengambilan", kind="date", required=False),
        Column("kelas", "kelas air yang menjadi acuan", kind="text", example="II", choices=("I", "II", "III", "IV")),
        Column("suhu", "suhu air, untuk DO jenuh", "C", required=False, example="27.5", lowest=Decimal(0),
               highest=Decimal(45)),
        amount("do_jenuh", "DO jenuh pada suhu contoh, bila ada", "mg/L", "7.9"),
        Column("ph", "pH", required=False, example="7.2", lowest=Decimal(0), highest=Decimal(14)),
        *(amount(name, label, unit, "1.5") for name, (label, unit) in PARAMETERS.items()),
    ),
    options=(
        Option(
            "rasio_do",
            ("keputusan", "batas_per_kadar"),
            "Keputusan memakai DO jenuh; batas_per_kadar (baku mutu / kadar) dipakai tetapan 4,67, 6,32 dan 6,88.",
        ),
        Option("do_nol", ("tolak", "satu"), "Baku mutu / kadar tidak ada pada DO nol; tetapan 6,88 memakai 1."),
    ),
    evaluate=evaluate,
    sample="titik,tanggal,kelas,suhu,ph,tss,do,bod,cod,no3,tp,fc\n"
    "Hulu,2026-03-10,II,27,7.2,42,6.1,2.4,18,1.9,0.11,900\nHilir,2026-03-10,II,29,6.7,88,3.4,6.2,41,3.4,0.35,24000\n",
)  # fmt: skip
