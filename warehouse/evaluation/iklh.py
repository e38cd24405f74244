"""`iklh`: the environment quality index from its parts, what holds it down, and the least rise to the next category."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from warehouse.evaluation.cases import FULL, REGION, YEAR, day_of, key_of, refused, told, told_enough
from warehouse.evaluation.model import Awaited, Case, Column, Option, Request, Row, Scheme, Step
from warehouse.evaluation.places import Place, place_on, place_sentence, place_steps
from warehouse.figures import ValueStatus
from warehouse.formulas.water_quality_index import class_weights
from warehouse.formulas.weighted_sum import Part, weighted_sum
from warehouse.rules import RuleBook, ScalePack
from warehouse.rules.packs import Standing
from warehouse.rules.tables import TablePack

ID = "iklh"
LABELS = {"ika": "IKA", "iku": "IKU", "ikl": "IKL", "ikal": "IKAL"}


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    return [_case(row, rules, request) for row in rows]


def _case(row: Row, rules: RuleBook, request: Request) -> Case:
    key = key_of(row, "daerah", "tahun")
    pack = rules.find(TablePack, ID, day_of(request, row))
    if pack is None:
        return refused(key, None, ValueStatus.NOT_APPLICABLE, "Tidak ada bobot IKLH yang berlaku pada tahun ini")
    weighing = pack.row(request.options["tingkat"])
    weights = {name: one for name, one in zip(pack.columns, weighing.values, strict=True) if one is not None}
    given = {name: row.number(name) for name in LABELS}
    missing = [LABELS[name] for name in weights if given[name] is None]
    if missing:
        return refused(key, pack, ValueStatus.INCOMPLETE, f"{', '.join(missing)} tidak diisi")
    parts = tuple(
        Part(name, value, weights[name], _highest(name, value, rules))
        for name, value in given.items()
        if value is not None and name in weights
    )
    total = weighted_sum(parts)
    scale = rules.scale(ID)
    if request.options["kategori_pada"] == "dibulatkan":
        scale = replace(scale, judged_on="rounded")
    basis = request.options["kategori_pada"].replace("_", " ")
    place = place_on(scale, total)
    unused = [LABELS[name] for name, value in given.items() if value is not None and name not in weights]
    return Case(
        key=key,
        pack=pack,
        results={"iklh": scale.round(total), "kategori": scale.predikat(total)},
        steps=(
            *(_step(part, weighing.standing) for part in parts),
            Step("iklh_tepat", "IKLH sebelum dibulatkan", total),
            *(place_steps(place) if place else ()),
        ),
        explanation=(
            *_sentences(parts, place),
            *_category_words(day_of(request, row), scale),
            *(f"{name} tidak dipakai dalam rumus {weighing.label.lower()}." for name in unused),
        ),
        rounding=f"Dua angka desimal, setengah ke atas; kategori dari nilai {basis}",
        article=pack.article,
    )


def _category_words(day: date | None, scale: ScalePack) -> tuple[str, ...]:
    """Of a year before the bands began; they are used all the same, so that a series can be compared."""
    if day is None or day >= scale.valid_from:
        return ()
    return (
        f"Kategori tahun {scale.valid_from.year} dipakai juga untuk tahun sebelumnya; kategori lama tidak ditemukan.",
    )


def _highest(name: str, value: Decimal, rules: RuleBook) -> Decimal:
    """IKA ends at 70 where its points are worth 70, 50, 30, 10; a higher one was made of other constants."""
    constants = rules.find(TablePack, "ika") if name == "ika" else None
    end = FULL if constants is None else max(class_weights(constants, "bobot_70").values())
    return end if value <= end else FULL


def _step(part: Part, standing: Standing) -> Step:
    note = f"{told(part.value)} x {told(part.weight)}"
    return Step(
        f"{part.name}_berbobot", f"{LABELS[part.name]} kali bobot", part.points, "poin", standing=standing, note=note
    )


def _sentences(parts: tuple[Part, ...], place: Place | None) -> list[str]:
    worst = max(parts, key=lambda part: part.lost)
    name, lost = LABELS[worst.name], told(worst.lost)
    said = [f"Yang paling menahan {name}: nilainya {told(worst.value)}, kehilangan {lost} poin IKLH."]
    if place is None:
        return said
    said.append(place_sentence(place, "IKLH"))
    if place.to_upper is not None and place.above is not None:
        said.append(_way_up(parts, place.to_upper, place.above.name))
    return said


def _way_up(parts: tuple[Part, ...], points: Decimal, name: str) -> str:
    """The least rise of one component alone; the others by their own rise."""
    rises = [(rise, part) for part in parts if (rise := part.rise_for(points)) is not None]
    if not rises:
        return f"Tidak satu komponen pun cukup sendirian untuk mencapai {name}."
    ways = [
        f"{LABELS[part.name]} naik {told_enough(rise)} menjadi {told_enough(part.value + rise)}"
        for rise, part in sorted(rises, key=lambda one: one[0])
    ]
    return f"{name} tercapai dengan kenaikan terkecil satu komponen: {ways[0]}" + (
        f"; pilihan lain: {', atau '.join(ways[1:])}." if ways[1:] else "."
    )


def _index(name: str, meaning: str, required: bool = False) -> Column:
    return Column(name, meaning, "0-100", required=required, example="62.5", lowest=Decimal(0), highest=FULL)


SCHEME = Scheme(
    id=ID,
    title="Indeks kualitas lingkungan hidup",
    about=(
        "Satu baris = satu daerah pada satu tahun. Indeks air, udara dan lahan (dan air laut di provinsi) menjadi IKLH "
        "dan kategorinya. Tahun sebelum 2020 memakai bobot lama 0,3; 0,3; 0,4."
    ),
    awaits=Awaited(
        "Smart Environment",
        "Indeks kualitas lingkungan hidup (IKLH)",
        "DLH",
        "indeks air, udara dan lahan setahun, atau IKLH terbitan",
    ),
    columns=(
        REGION,
        YEAR,
        _index("ika", "indeks kualitas air"),
        _index("iku", "indeks kualitas udara"),
        _index("ikl", "indeks kualitas lahan, juga disebut IKTL"),
        _index("ikal", "indeks kualitas air laut, hanya provinsi"),
    ),
    options=(
        Option("tingkat", ("kabkota", "provinsi"), "Kabupaten dan kota tanpa air laut; bobot provinsi dari ingatan."),
        Option(
            "kategori_pada",
            ("belum_dibulatkan", "dibulatkan"),
            "Aturan pembulatan tidak ditemukan; nilai penuh tidak menaikkan 69,996 menjadi Baik.",
        ),
    ),
    evaluate=evaluate,
    sample="daerah,tahun,ika,iku,ikl\nContoh,2025,52.5,86.4,38.2\n",
)
