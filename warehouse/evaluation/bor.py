"""`bor`: BOR, ALOS, TOI and BTO of a hospital against their ideal ranges."""

from __future__ import annotations

import re
from calendar import isleap, monthrange
from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from warehouse.evaluation.model import Awaited, Case, Column, Option, Request, Row, Scheme, Step
from warehouse.evaluation.words import grade_sentence, number
from warehouse.figures import ValueStatus
from warehouse.formulas.hospital_beds import BedUse, bed_use
from warehouse.formulas.levels.grading import Grade, grade
from warehouse.rules import RuleBook, RuleError, round_half_up
from warehouse.rules.level_packs import LevelPack

SCHEME_ID = "bor"
IDEAL = "ideal"
FORMULAS = {
    "bor": "hari perawatan / (tempat tidur x hari) x 100",
    "alos": "lama dirawat / pasien keluar",
    "toi": "(tempat tidur x hari - hari perawatan) / pasien keluar",
    "bto": "pasien keluar / tempat tidur, disetahunkan dengan 365 hari",
}


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    pack = rules.find(LevelPack, SCHEME_ID)
    if pack is None:
        raise RuleError("aturan bor tidak ada")
    return [_case(row, pack, int(request.options["desimal"])) for row in rows]


def _case(row: Row, pack: LevelPack, places: int) -> Case:
    key = {"rs": row.text("rs"), "periode": row.text("periode")}
    beds, days, patient_days = (row.number(name) for name in ("tempat_tidur", "hari", "hari_perawatan"))
    if beds is None or days is None or patient_days is None:
        return Case(key, pack, {}, status=ValueStatus.INCOMPLETE, reason="hari perawatan tidak diisi")
    stay = row.number("lama_dirawat")
    used = bed_use(beds, days, patient_days, row.number("keluar"), patient_days if stay is None else stay)
    values = {"bor": used.bor, "alos": used.alos, "toi": used.toi, "bto": used.bto}
    judged = values | {"bto": used.bto_yearly}
    grades = {name: grade(pack.indicators[name], value) for name, value in judged.items() if value is not None}
    rounded = {name: None if value is None else round_half_up(value, places) for name, value in values.items()}
    return Case(
        key=key,
        pack=pack,
        article=pack.article,
        rounding=f"{places} desimal setengah ke atas; rentang dinilai pada nilai yang belum dibulatkan",
        results=rounded | {f"{name}_kelas": one.name for name, one in grades.items()},
        steps=tuple(_steps(used, judged, pack, stay is None)),
        explanation=(*_tell(grades, used, beds, days), *_period_words(row.text("periode"), int(days))),
    )


def _period_words(period: str, days: int) -> list[str]:
    """Where the period is a year or a month and has another number of days."""
    found = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2]))?", period)
    if found is None or not int(found[1]):
        return []
    year, month = int(found[1]), int(found[2] or 0)
    own = monthrange(year, month)[1] if month else 365 + isleap(year)
    return [] if own == days else [f"Periode {period} berisi {own} hari, kolom hari {days}; periksa keduanya."]


def _steps(used: BedUse, judged: dict[str, Decimal | None], pack: LevelPack, is_assumed: bool) -> list[Step]:
    steps = [Step("hari_tempat_tidur", "Tempat tidur x hari", used.bed_days, "hari")]
    for name, value in judged.items():
        one = pack.indicators[name]
        note = FORMULAS[name]
        if name == "alos" and is_assumed:
            note += "; lama dirawat tidak diisi, dipakai hari perawatan"
        steps.append(Step(f"{name}_tepat", f"{one.title} sebelum dibulatkan", value, one.unit, note=note))
    return steps


def _tell(grades: dict[str, Grade], used: BedUse, beds: Decimal, days: Decimal) -> list[str]:
    told = [grade_sentence(one) for one in grades.values()]
    if used.alos is None:
        what = "ALOS, TOI dan BTO" if used.bto is None else "ALOS dan TOI"
        told.append(f"{what} tidak dihitung: jumlah pasien keluar tidak diisi atau nol.")
    if used.bor > 100:
        told.append("BOR lebih dari 100 %: hari perawatan melebihi tempat tidur yang tersedia; periksa kedua angkanya.")
    outside = [one for one in grades.values() if one.name != IDEAL]
    if not outside:
        return [*told, "Semua yang dihitung ada di rentang ideal."]
    farthest = max(outside, key=_away)
    told.append(f"Paling jauh dari rentang ideal, menurut bagian dari batasnya: {farthest.indicator.title}.")
    bor = grades["bor"]
    edge = bor.above if bor.above is not None and bor.above.other == IDEAL else bor.below
    if bor.name != IDEAL and edge is not None:
        is_low = edge is bor.above
        needed = (edge.limit * used.bed_days / 100).to_integral_value(ROUND_CEILING if is_low else ROUND_FLOOR)
        word = "paling sedikit" if is_low else "paling banyak"
        told.append(
            f"BOR ideal dengan {number(beds, 0)} tempat tidur selama {number(days, 0)} hari: hari perawatan {word} "
            f"{number(needed, 0)}."
        )
    return told


def _away(one: Grade) -> Decimal:
    edge = one.above if one.above is not None and one.above.other == IDEAL else one.below
    return Decimal(0) if edge is None else edge.share


SCHEME = Scheme(
    id=SCHEME_ID,
    title="BOR, ALOS, TOI dan BTO rumah sakit",
    about="Satu baris satu rumah sakit pada satu periode. Keluar: keempat angka dan letaknya terhadap rentang ideal.",
    awaits=Awaited(
        "Smart Living",
        "Pemakaian tempat tidur (BOR, ALOS, TOI, BTO)",
        "RSUD",
        "hari perawatan, tempat tidur, pasien keluar dan lama dirawat, tiap bulan",
    ),
    columns=(
        Column("rs", "rumah sakit", kind="text", required=False),
        Column("periode", "periode, misalnya 2025 atau 2025-03", kind="text", required=False),
        Column("tempat_tidur", "tempat tidur tersedia", "tempat tidur", example="312", lowest=Decimal(1)),
        Column(
            "hari",
            "banyaknya hari dalam periode, paling lama sepuluh tahun",
            "hari",
            "integer",
            example="365",
            lowest=Decimal(1),
            highest=Decimal(3660),
        ),
        Column("hari_perawatan", "jumlah hari perawatan", "hari", required=False, example="5856", lowest=Decimal(0)),
        Column("lama_dirawat", "jumlah lama dirawat pasien keluar", "hari", required=False, lowest=Decimal(0)),
        Column("keluar", "pasien keluar, hidup dan mati", "orang", "integer", required=False, lowest=Decimal(0)),
    ),
    options=(Option("desimal", ("2", "1"), "Dua desimal; sebagian rumah sakit menerbitkan satu desimal."),),
    evaluate=evaluate,
    sample="rs,periode,tempat_tidur,hari,hari_perawatan,keluar\nRS Contoh,2025,312,365,5856,1736\n",
)
