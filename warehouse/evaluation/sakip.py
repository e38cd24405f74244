"""`sakip`: the accountability score of an agency from its parts, or its score alone, with its predikat.

The parts are those of the regulation of the year: five until 2021, four since.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from warehouse.evaluation.cases import day_of
from warehouse.evaluation.model import Awaited, Case, Column, Option, Request, Row, Scheme, Step, Value
from warehouse.evaluation.places import place_on, place_sentence, place_steps
from warehouse.figures import ValueStatus
from warehouse.indicators.model import write_number
from warehouse.rules import RuleBook, ScalePack, round_half_up
from warehouse.rules.tables import TablePack

RULES = "sakip"
LABELS = {
    "perencanaan": "perencanaan kinerja",
    "pengukuran": "pengukuran kinerja",
    "pelaporan": "pelaporan kinerja",
    "evaluasi": "evaluasi akuntabilitas kinerja internal",
    "capaian": "capaian kinerja",
}
POINTS, PERCENT = "poin", "persen"
HUNDRED = Decimal(100)


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    return [_case(row, rules, request) for row in rows]


def _case(row: Row, rules: RuleBook, request: Request) -> Case:
    key: dict[str, Value] = {"instansi": row.text("instansi"), "tahun": row.number("tahun")}
    key = {name: value for name, value in key.items() if value not in (None, "")}
    day = day_of(request, row)
    scale, table = rules.find(ScalePack, RULES, day), rules.find(TablePack, RULES, day)
    if scale is None or table is None:
        reason = f"tahun {day.year if day else ''} tidak dicakup aturan yang tersedia"
        return Case(key, None, {}, status=ValueStatus.NOT_APPLICABLE, reason=reason)
    weights = {name: table.value("bobot", name) or Decimal(0) for name in table.columns}
    content = request.options["isi"]
    for name in LABELS:
        if name not in weights and row.number(name) is not None:
            raise row.problem(name, f"{table.regulation} tidak punya komponen ini; isi tahun evaluasinya")
    points = {name: value for name in weights if (value := _points(row, name, weights[name], content)) is not None}
    missing = [name for name in weights if name not in points]
    total = row.number("nilai")
    if missing and (points or total is None):
        status = ValueStatus.INCOMPLETE if points else ValueStatus.NO_DATA
        reason = f"komponen {table.regulation} belum dinilai: {', '.join(missing)}"
        if missing == ["capaian"]:
            reason += "; tanpa capaian, dinilai menurut aturan mulai 2022 (--year 2022)"
        return Case(key, scale, {}, status=status, reason=reason)
    value = total if total is not None and not points else sum(points.values(), Decimal(0))
    place = place_on(scale, value)
    results: dict[str, Value] = {"nilai": scale.round(value), "predikat": place.own.name if place else None}
    said = [place_sentence(place, "Nilai SAKIP", places=2)] if place else []
    if points and total is not None:
        fits = scale.round(total) == scale.round(value)
        results["nilai_sesuai"] = "ya" if fits else "tidak"
        said += [] if fits else [f"Nilai tertulis {write_number(total)}, jumlah komponen {write_number(value)}."]
    steps = [_step(name, points[name], weights[name]) for name in points]
    steps.append(Step("nilai_tepat", "Jumlah komponen" if points else "Nilai yang diisi", value, article=scale.article))
    return Case(
        key=key,
        pack=scale,
        article=scale.article,
        rounding="2 desimal setengah ke atas; predikat dari nilai yang dibulatkan, batas atas termasuk kelasnya",
        results=results,
        steps=(*steps, *(place_steps(place) if place else ())),
        explanation=(*said, *_way_up(value, points, weights, scale)),
    )


def _points(row: Row, name: str, weight: Decimal, content: str) -> Decimal | None:
    value = row.number(name)
    if value is None:
        return None
    if content == PERCENT:
        return value * weight / HUNDRED
    if value > weight:
        raise row.problem(name, f"{value} lebih dari {weight}; nilai 0-100 tiap komponen memakai --option isi=persen")
    return value


def _step(name: str, points: Decimal, weight: Decimal) -> Step:
    label = LABELS[name].capitalize()
    return Step(f"komponen_{name}", label, points, "poin", note=f"dari {write_number(weight)}")


def _way_up(value: Decimal, points: dict[str, Decimal], weights: dict[str, Decimal], scale: ScalePack) -> list[str]:
    """What is missing to the next predikat, and the part with the most room."""
    above = next((one for one in scale.classes if not one.begins_at(scale.round(value))), None)
    if above is None:
        return ["Sudah di predikat tertinggi."]
    least = above.lower + Decimal(1).scaleb(-scale.places)
    said = [
        f"Predikat {above.name} mulai nilai {write_number(least)}: kurang {write_number(least - scale.round(value))}."
    ]
    if points:
        most = max(weights, key=lambda name: weights[name] - points[name])
        room = round_half_up(weights[most] - points[most], scale.places)
        said.append(f"Ruang terbesar: {LABELS[most]}, {write_number(room)} poin.")
    return said


SCHEME = Scheme(
    id="sakip",
    title="Nilai dan predikat SAKIP",
    about="Satu baris satu instansi: komponen menurut aturan tahun evaluasinya, atau nilai akhirnya saja. Keluar: "
    "nilai, predikat AA sampai D. Sampai 2021 lima komponen (30, 25, 15, 10, 20), mulai 2022 empat (30, 30, 15, 25).",
    awaits=Awaited(
        "Masterplan",
        "Nilai dan predikat SAKIP",
        "Inspektorat",
        "nilai komponen dan nilai akhir evaluasi terbitan, tiap tahun",
    ),
    columns=(
        Column("instansi", "nama instansi", kind="text", required=False),
        Column(
            "tahun",
            "tahun evaluasi, menentukan aturannya; kosong berarti aturan terbaru",
            kind="integer",
            required=False,
            example="2024",
            lowest=Decimal(1945),
            highest=Decimal(2100),
        ),
        *(
            Column(name, label, "poin", required=False, example="12.5", lowest=Decimal(0), highest=HUNDRED)
            for name, label in (LABELS | {"capaian": "capaian kinerja, hanya sampai 2021"}).items()
        ),
        Column("nilai", "nilai akhir", "poin", required=False, example="72.40", lowest=Decimal(0), highest=HUNDRED),
    ),
    options=(Option("isi", (POINTS, PERCENT), "poin: nilai komponen paling tinggi bobotnya, seperti di laporan."),),
    evaluate=evaluate,
    sample="instansi,tahun,perencanaan,pengukuran,pelaporan,evaluasi,nilai\n"
    "Pemerintah Kota X,2024,24.60,22.50,11.40,17.50,\nPemerintah Kabupaten Y,2024,,,,,80.00\n",
)
