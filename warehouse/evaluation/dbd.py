"""`dbd`: dengue incidence, case fatality and larva-free houses against the goals of their year."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from warehouse.evaluation.cases import day_of
from warehouse.evaluation.model import Case, Column, Request, Row, Scheme, Step, Value
from warehouse.evaluation.words import grade_sentence, number
from warehouse.figures import ValueStatus
from warehouse.formulas.dengue import fatality_pct, incidence, most_cases
from warehouse.formulas.levels.grading import Grade, grade
from warehouse.rules import RuleBook, round_half_up
from warehouse.rules.level_packs import LevelPack

SCHEME_ID = "dbd"
PLACES = 2
ZERO = Decimal(0)


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    return [_case(row, rules, request) for row in rows]


def _case(row: Row, rules: RuleBook, request: Request) -> Case:
    cases, deaths, people = (row.number(name) for name in ("kasus", "meninggal", "penduduk"))
    year = row.number("tahun") or request.year
    key: dict[str, Value] = {"wilayah": row.text("wilayah"), "tahun": None if year is None else int(year)}
    pack = rules.find(LevelPack, SCHEME_ID, day_of(request, row))
    if cases is None:
        return Case(key, pack, {}, status=ValueStatus.NO_DATA, reason="kasus tidak diisi; kosong bukan nol")
    if deaths is not None and deaths > cases:
        raise row.problem("meninggal", f"{deaths} lebih banyak dari kasus {cases}")
    if people is not None and cases > people:
        raise row.problem("kasus", f"{cases} lebih banyak dari penduduk {people}")
    values = {
        "ir": None if people is None else incidence(cases, people),
        "cfr": None if deaths is None else fatality_pct(deaths, cases),
        "abj": row.number("abj"),
    }
    known = {name: value for name, value in values.items() if value is not None}
    grades = {} if pack is None else {name: grade(pack.indicators[name], value) for name, value in known.items()}
    lacking = [name for name in ("penduduk", "meninggal") if row.number(name) is None]
    return Case(
        key=key,
        pack=pack,
        article="" if pack is None else pack.article,
        rounding=f"{PLACES} desimal setengah ke atas; sasaran dinilai pada nilai yang belum dibulatkan",
        results={name: round_half_up(value, PLACES) for name, value in known.items()}
        | {f"{name}_sasaran": one.name for name, one in grades.items()},
        steps=tuple(_steps(known, pack)),
        explanation=tuple(_tell(grades, people, cases, pack)),
        status=ValueStatus.INCOMPLETE if lacking else ValueStatus.CALCULATED,
        reason=f"{' dan '.join(lacking)} tidak diisi" if lacking else "",
    )


def _steps(known: dict[str, Decimal], pack: LevelPack | None) -> list[Step]:
    titles = {"ir": "kasus / penduduk x 100.000", "cfr": "meninggal / kasus x 100", "abj": "seperti diisi"}
    steps = []
    for name, value in known.items():
        rule = pack.indicators[name] if pack else None
        standing = rule.standing if rule else None
        steps.append(Step(f"{name}_tepat", f"{name.upper()} sebelum dibulatkan", value, rule.unit if rule else "",
                          standing=standing, note=titles[name]))  # fmt: skip
    return steps


def _tell(grades: dict[str, Grade], people: Decimal | None, cases: Decimal, pack: LevelPack | None) -> list[str]:
    if pack is None:
        return ["Tidak ada sasaran kami yang berlaku pada tahun itu; hanya angkanya yang dihitung."]
    told = [grade_sentence(one) for one in grades.values()]
    if not cases:
        told.append("CFR tidak berlaku: tidak ada kasus.")
    goal = pack.indicators["ir"].classes[0]
    if people is not None and goal.upper is not None:
        most = most_cases(goal.upper, people, goal.includes_upper)
        left = most - cases
        said = f"masih {number(left, 0)} kasus lagi" if left >= 0 else f"sudah lewat {number(-left, 0)} kasus"
        told.append(f"Sasaran IR setahun sama dengan paling banyak {number(most, 0)} kasus: {said}.")
    return told


SCHEME = Scheme(
    id=SCHEME_ID,
    title="Angka kesakitan dan kematian DBD",
    about="Satu baris satu wilayah dalam satu tahun. Keluar: IR, CFR dan ABJ terhadap sasaran tahun itu.",
    columns=(
        Column("wilayah", "nama wilayah", kind="text", required=False),
        Column("tahun", "tahun, menentukan sasarannya kecuali ada --year; tanpa keduanya sasaran terbaru",
               kind="integer", required=False, example="2025", lowest=Decimal(1968), highest=Decimal(2100)),
        Column("kasus", "kasus DBD setahun; kosong berarti tidak ada data", "kasus", "integer", required=False,
               example="412", lowest=ZERO),
        Column("meninggal", "meninggal di antara kasus", "orang", "integer", required=False, lowest=ZERO),
        Column("penduduk", "jumlah penduduk", "orang", "integer", required=False, example="1100000", lowest=Decimal(1)),
        Column("abj", "angka bebas jentik", "%", required=False, lowest=ZERO, highest=Decimal(100)),
    ),
    evaluate=evaluate,
    sample="wilayah,tahun,kasus,meninggal,penduduk,abj\nA,2023,412,3,1100000,93.5\nB,2025,9,0,140000,96\n",
)  # fmt: skip
