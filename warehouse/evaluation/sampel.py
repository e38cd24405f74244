"""`sampel`: how many respondents a survey needs, by Krejcie and Morgan."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from warehouse.evaluation.model import Case, Column, Request, Row, Scheme, Step
from warehouse.evaluation.words import number
from warehouse.formulas.sample_size import SampleSize, sample_size
from warehouse.rules import RuleBook
from warehouse.rules.packs import LimitsPack

RULES = "sampel"
ROUNDING = "ke orang terdekat, setengah ke atas"
ARTICLE = "S = x2.N.P(1-P) / (d2(N-1) + x2.P(1-P))"


def needed(population: Decimal, pack: LimitsPack) -> SampleSize:
    return sample_size(population, pack.value("chi_square"), pack.value("proportion"), pack.value("margin"))


def more_than_all(held: Decimal, population: Decimal) -> list[str]:
    if held <= population:
        return []
    return [f"Responden {number(held)} lebih banyak dari populasi {number(population)}; periksa keduanya."]


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    pack = rules.limits(RULES)
    return [_case(row, pack) for row in rows]


def _case(row: Row, pack: LimitsPack) -> Case:
    population = row.number("populasi") or Decimal(0)
    found = needed(population, pack)
    held = row.number("responden")
    sentences = [f"Dari populasi {number(population)} orang diperlukan {found.persons} responden."]
    results: dict[str, Decimal | int | str | None] = {"sampel": found.persons}
    if held is not None:
        short = found.persons - int(held)
        results["kurang"] = max(short, 0)
        enough = f"cukup, lebih {number(Decimal(-short))}" if short < 0 else "cukup"
        gap = f"masih kurang {number(Decimal(short))}" if short > 0 else enough
        sentences.append(f"Terkumpul {number(held)}: {gap}.")
        sentences += more_than_all(held, population)
    return Case(
        key={"unit": row.text("unit"), "populasi": population},
        pack=pack,
        article=ARTICLE,
        rounding=ROUNDING,
        results=results,
        steps=(
            *(Step(one.name, one.article, one.value, standing=one.standing) for one in pack.limits.values()),
            Step("pembilang", "x2.N.P(1-P)", found.numerator),
            Step("penyebut", "d2(N-1) + x2.P(1-P)", found.denominator),
            Step("sampel_tepat", "Sampel sebelum dibulatkan", found.exact, "orang"),
        ),
        explanation=tuple(sentences),
    )


SCHEME = Scheme(
    id="sampel",
    title="Jumlah sampel survei menurut Krejcie dan Morgan",
    about="Satu baris satu populasi. Keluar: banyaknya responden yang diperlukan.",
    columns=(
        Column("populasi", "banyaknya penerima layanan", "orang", "integer", example="1250", lowest=Decimal(1)),
        Column("unit", "unit layanan", kind="text", required=False),
        Column("responden", "yang sudah terkumpul", "orang", "integer", required=False, lowest=Decimal(0)),
    ),
    evaluate=evaluate,
    sample="unit,populasi,responden\nDisdukcapil,10000,400\nPuskesmas Gedeg,500,180\n",
)
