"""`ika`: the water quality index of a region from the status of its sampling points, counted or by pollution index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from warehouse.evaluation.cases import REGION, YEAR, amount, day_of, key_of, refused, told
from warehouse.evaluation.model import Awaited, Case, Option, Request, Row, Scheme, Step, Value
from warehouse.figures import ValueStatus
from warehouse.formulas.water_quality_index import class_of_point, class_weights, water_quality_index
from warehouse.rules import RuleBook, round_half_up
from warehouse.rules.tables import TablePack

ID = "ika"
P4_UNTIL = 2019  # national IKA of 2018 was above 70, which points worth 70 at most cannot reach; from memory
CLASSES = {
    "memenuhi": "memenuhi baku mutu",
    "ringan": "cemar ringan",
    "sedang": "cemar sedang",
    "berat": "cemar berat",
    "sangat_berat": "cemar sangat berat",
}


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    pack = rules.find(TablePack, ID)
    if pack is None:
        return []
    groups: dict[tuple[Value, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(key_of(row, "daerah", "tahun").values()) if _is_keyed(row) else (), []).append(row)
    return [_case(group, pack, request) for group in groups.values()]


def _is_keyed(row: Row) -> bool:
    return bool(row.text("daerah") or row.text("tahun"))


def _case(rows: list[Row], pack: TablePack, request: Request) -> Case:
    constants = request.options["tetapan"]
    key: dict[str, Value] = key_of(rows[0], "daerah", "tahun")
    weights = class_weights(pack, constants)
    points = dict.fromkeys(weights, Decimal(0))
    for row in rows:
        blank = _left_blank(row, weights)
        if blank:
            reason = f"{', '.join(blank)} tidak diisi (baris {row.line}); isi 0 bila tidak ada titiknya"
            return refused(key, pack, ValueStatus.INCOMPLETE, reason)
        for name in CLASSES:
            count = row.number(name)
            if count and name not in weights:
                raise row.problem(name, f"tetapan {constants} tidak punya kelas ini; tambahkan titiknya ke berat")
            if name in weights:
                points[name] += count or 0
        pollution_index = row.number("ip")
        if pollution_index is not None:
            points[class_of_point(pollution_index, pack, constants)] += 1
    total = sum(points.values(), Decimal(0))
    if not total:
        return refused(key, pack, ValueStatus.NO_DATA, "Tidak ada titik pantau")
    index = water_quality_index(points, weights)
    return Case(
        key=key,
        pack=pack,
        results={"ika": round_half_up(index, 2), "titik": total},
        steps=(
            *(
                Step(f"bagian_{name}", f"Titik {CLASSES[name]}", count / total * 100, "%",
                     note=f"{told(count)} titik x nilai {told(weights[name])}")
                for name, count in points.items()
            ),
            Step("ika_tepat", "IKA sebelum dibulatkan", index),
        ),
        explanation=(*_sentences(points, weights, index), *_other_constants(day_of(request, rows[0]), constants)),
        rounding="Dua angka desimal, setengah ke atas",
        article=pack.article,
    )  # fmt: skip


def _other_constants(day: date | None, constants: str) -> tuple[str, ...]:
    if constants != "bobot_70" or day is None or day.year >= P4_UNTIL:
        return ()
    return (f"Tahun sebelum {P4_UNTIL} dapat dihitung dengan tetapan P.4/2018 (--option tetapan=p4_2018).",)


def _left_blank(row: Row, weights: Iterable[str]) -> list[str]:
    """Classes without a number beside others with one; a row of a pollution index counts no classes."""
    counts = {name: row.number(name) for name in weights if name in row.cells}
    return (
        [name for name, count in counts.items() if count is None]
        if any(count is not None for count in counts.values())
        else []
    )


def _sentences(points: dict[str, Decimal], weights: dict[str, Decimal], index: Decimal) -> tuple[str, ...]:
    total, best = sum(points.values(), Decimal(0)), max(weights.values())
    lost = {name: count * (best - weights[name]) / total for name, count in points.items()}
    worst = max(lost, key=lambda name: lost[name])
    said = [
        f"IKA {told(index, 2)} berjarak {told(best - index, 2)} dari {told(best)}, nilai bila semua titik memenuhi, "
        f"dan {told(index - min(weights.values()), 2)} dari {told(min(weights.values()))}, nilai terendah."
    ]
    if not lost[worst]:
        return (*said, "Semua titik memenuhi baku mutu.")
    said.append(
        f"Yang paling menahan titik {CLASSES[worst]}: {told(points[worst])} titik, {told(lost[worst], 2)} poin."
    )
    names = list(weights)
    steps = {name: weights[names[number - 1]] - weights[name] for number, name in enumerate(names) if number}
    moves = [(steps[name] / total, name) for name, count in points.items() if count and name in steps]
    gain, name = max(moves)
    said.append(f"Satu titik {CLASSES[name]} yang naik satu kelas menambah {told(gain, 2)} poin.")
    return tuple(said)


SCHEME = Scheme(
    id=ID,
    title="Indeks kualitas air",
    about=(
        "Satu baris = banyaknya titik menurut status mutu di satu daerah dan tahun, atau satu titik dengan indeks "
        "pencemarannya (kolom ip). Baris dengan daerah dan tahun yang sama dijumlahkan."
    ),
    awaits=Awaited(
        "Smart Environment",
        "Indeks kualitas air (IKA)",
        "DLH",
        "banyak titik pantau menurut status mutunya, tiap tahun",
    ),
    columns=(
        REGION,
        YEAR,
        *(amount(name, f"banyaknya (atau bagian) titik {label}", "titik", "12") for name, label in CLASSES.items()),
        amount("ip", "indeks pencemaran satu titik", "indeks", "3.2"),
    ),
    options=(
        Option(
            "tetapan",
            ("bobot_70", "p4_2018"),
            "Nilai 70, 50, 30, 10; p4_2018 memakai 100, 80, 60, 40, 20 dengan batas 1; 4,67; 6,32; 6,88.",
        ),
    ),
    evaluate=evaluate,
    sample="daerah,tahun,memenuhi,ringan,sedang,berat\nContoh,2025,4,10,3,1\n",
)
