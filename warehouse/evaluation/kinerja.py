"""`kinerja`: achievement of a target, higher or lower is better, on the five-class scale."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from warehouse.evaluation.model import Case, Column, Option, Request, Row, Scheme, Step
from warehouse.figures import ValueStatus
from warehouse.formulas.achievement import achievement, realised_for
from warehouse.indicators.model import write_number
from warehouse.rules import RuleBook, ScalePack, round_half_up
from warehouse.rules.scales import bounds_key, with_bounds

SCALE = "kinerja"
UP, DOWN = "naik", "turun"
FORMULAS = {UP: "realisasi / target x 100", DOWN: "(2 x target - realisasi) / target x 100"}


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    pack = rules.scale(SCALE)
    pack = with_bounds(pack, {bounds_key(pack): request.options["batas"]})
    return [_case(row, pack) for row in rows]


def _case(row: Row, pack: ScalePack) -> Case:
    target, realised, way = row.number("target"), row.number("realisasi"), row.text("arah") or UP
    key = {"nama": row.text("nama"), "arah": way}
    if target is None or realised is None:
        missing = "target" if target is None else "realisasi"
        return Case(key, pack, {}, status=ValueStatus.INCOMPLETE, reason=f"{missing} tidak diisi")
    if target == 0:
        return Case(key, pack, {}, status=ValueStatus.NOT_APPLICABLE, reason="target nol: tidak ada yang dibandingkan")
    value = achievement(target, realised, lower_is_better=way == DOWN)
    lowest = pack.classes[0]
    found = pack.class_of(max(value, lowest.lower)) or lowest
    note = "di bawah nol, masuk kelas terendah" if value < lowest.lower else ""
    return Case(
        key=key,
        pack=pack,
        article=pack.article,
        rounding=f"capaian {pack.places} desimal setengah ke atas; kelas dari nilai yang belum dibulatkan",
        results={"capaian": pack.round(value), "kelas": found.name, "kelas_lain": found.other_name},
        steps=(
            Step("rumus", "Rumus", FORMULAS[way], article="LKjIP Kota Mojokerto 2020", standing="dibaca"),
            Step("capaian_tepat", "Capaian sebelum dibulatkan", value, "%", note=note),
            Step("nama_kelas", "Nama kelas", found.name, article=pack.article, standing=found.name_standing),
            Step("batas_kelas", f"Batas bawah kelas {found.name}", found.lower, "%", standing=found.standing),
        ),
        explanation=tuple(_tell(value, target, way, pack)),
    )


def _tell(value: Decimal, target: Decimal, way: str, pack: ScalePack) -> list[str]:
    above = [one for one in pack.classes if one.lower > value]
    below = [one for one in pack.classes[1:] if one.lower <= value]
    sentences = []
    if below:
        margin = write_number(round_half_up(value - below[-1].lower, pack.places))
        limit = write_number(below[-1].lower)
        sentences.append(f"{margin} poin di atas batas bawah kelas {below[-1].name} ({limit} %).")
    if not above:
        return [*sentences, "Sudah di kelas tertinggi."]
    nearest = next(one for one in above if one is not pack.classes[0])
    short = write_number(round_half_up(nearest.lower - value, pack.places))
    needed = realised_for(target, nearest.lower, lower_is_better=way == DOWN)
    word, rounding = ("paling banyak", ROUND_FLOOR) if way == DOWN else ("paling sedikit", ROUND_CEILING)
    shown = write_number(needed.quantize(Decimal("0.0001"), rounding=rounding))
    return [*sentences, f"Kurang {short} poin ke kelas {nearest.name}: realisasi {word} {shown}."]


SCHEME = Scheme(
    id="kinerja",
    title="Capaian kinerja dengan skala lima kelas",
    about="Satu baris satu indikator kinerja: target dan realisasi. Keluar: capaian dalam persen dan kelasnya.",
    columns=(
        Column("nama", "nama indikator kinerja", kind="text", required=False),
        Column("target", "target", required=False, example="80", lowest=Decimal(0)),
        Column("realisasi", "realisasi; kosong berarti belum ada", required=False, example="72.5"),
        Column(
            "arah",
            "naik: makin tinggi makin baik (bawaan); turun: makin rendah makin baik",
            kind="text",
            required=False,
            choices=(UP, DOWN),
        ),
    ),
    options=(
        Option(
            "batas",
            ("bulat", "desimal"),
            "bulat: batas bawah rentang tercetak (91, 76, 66, 51), tanpa celah; desimal: 90.1, 75.1, 65.1, 50.1, "
            "dipakai sebagian daerah.",
        ),
    ),
    evaluate=evaluate,
    sample="nama,target,realisasi,arah\nIndeks SPBE,4.2,4.16,naik\nAngka kemiskinan,5.5,5.8,turun\n",
)
