"""`stunting`: prevalence by source, with the colours of BKKBN, the severity of WHO and the national goal.

A survey (SSGI, SKI) and routine weighing (e-PPGBM) measure differently: each has its own series, never one line of
both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from warehouse.evaluation.model import Awaited, Case, Column, Request, Row, Scheme, Step, Value
from warehouse.evaluation.words import grade_sentence, number
from warehouse.figures import ValueStatus
from warehouse.formulas.levels.grading import grade
from warehouse.rules import RuleBook, RuleError, round_half_up
from warehouse.rules.level_packs import LevelPack

SCHEME_ID = "stunting"
PLACES = 2
SERIES = {"SSGI": "survei", "SKI": "survei", "e-PPGBM": "rutin"}
NAMES = {"warna": "warna", "tingkat_who": "tingkat_who", "sasaran_2024": "sasaran"}


@dataclass(frozen=True)
class Reading:
    """One row: what its counts come to, and what was published."""

    row: Row
    computed: Decimal | None
    published: Decimal | None

    @property
    def value(self) -> Decimal | None:
        """Counted where counts are given; else as published."""
        return self.published if self.computed is None else self.computed

    @property
    def series(self) -> tuple[str, str]:
        return self.row.text("wilayah"), SERIES[self.row.text("sumber")]

    @property
    def year(self) -> int:
        return int(self.row.number("tahun") or 0)


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    pack = rules.find(LevelPack, SCHEME_ID)
    if pack is None:
        raise RuleError("aturan stunting tidak ada")
    readings = [_read(row) for row in rows]
    return [_case(one, readings, pack) for one in readings]


def _read(row: Row) -> Reading:
    short, measured = row.number("pendek"), row.number("diukur")
    if short is not None and measured is not None and short > measured:
        raise row.problem("pendek", f"{short} lebih banyak dari yang diukur {measured}")
    computed = short * 100 / measured if short is not None and measured else None
    return Reading(row, computed, row.number("prevalensi"))


def _case(one: Reading, every: Sequence[Reading], pack: LevelPack) -> Case:
    row = one.row
    key: dict[str, Value] = {"wilayah": row.text("wilayah"), "tahun": one.year, "sumber": row.text("sumber")}
    if one.value is None:
        reason = "tidak ada prevalensi, dan pendek atau diukur tidak diisi"
        return Case(key, pack, {"seri": one.series[1]}, status=ValueStatus.NO_DATA, reason=reason)
    grades = {name: grade(pack.indicators[name], one.value) for name in NAMES}
    results: dict[str, Value] = {"prevalensi": round_half_up(one.value, PLACES), "seri": one.series[1]}
    steps = [
        Step("prevalensi_tepat", "Prevalensi sebelum dibulatkan", one.value, "%",
             note="pendek / diukur x 100" if one.computed is not None else "seperti diterbitkan"),
        *(Step(f"batas_{name}", held.indicator.title, held.name, standing=held.indicator.standing,
               article=held.indicator.source) for name, held in grades.items()),
    ]  # fmt: skip
    return Case(
        key=key,
        pack=pack,
        article=pack.article,
        rounding=f"{PLACES} desimal setengah ke atas; kelas dari nilai yang belum dibulatkan",
        results=results | {NAMES[name]: held.name for name, held in grades.items()},
        steps=tuple(steps),
        explanation=(*(grade_sentence(held) for held in grades.values()), *_tell(one, every)),
    )


def _tell(one: Reading, every: Sequence[Reading]) -> list[str]:
    told = []
    value = one.value or Decimal(0)
    if one.computed is not None and one.published is not None:
        computed = round_half_up(one.computed, PLACES)
        if computed != round_half_up(one.published, PLACES):
            told.append(
                f"Terbit {number(one.published)} %, sedangkan {number(one.row.number('pendek') or 0, 0)} dari "
                f"{number(one.row.number('diukur') or 0, 0)} balita adalah {number(computed)} %."
            )
    same = [other for other in every if other.series == one.series and other.value is not None]
    others = {number(other.value or 0) for other in same if other.year == one.year and other is not one}
    if others - {number(value)}:
        told.append(f"Seri {one.series[1]} tahun {one.year} punya angka lain: {', '.join(sorted(others))} %.")
    before = max((other for other in same if other.year < one.year), key=lambda other: other.year, default=None)
    if before is not None and not others:
        change = value - (before.value or Decimal(0))
        word = "naik" if change > 0 else "turun" if change < 0 else "tetap"
        told.append(
            f"Dibanding {before.row.text('sumber')} {before.year} dalam seri {one.series[1]}: {word} "
            f"{number(abs(change))} poin."
        )
    if any(other.series[0] == one.series[0] and other.series[1] != one.series[1] for other in every):
        told.append("Angka survei dan angka rutin tidak dibandingkan: cara ukurnya berbeda.")
    return told


SCHEME = Scheme(
    id=SCHEME_ID,
    title="Prevalensi stunting menurut sumbernya",
    about="Satu baris satu wilayah, tahun dan sumber. Keluar: prevalensi, warna BKKBN, tingkat WHO, sasaran nasional, "
    "dan perubahan dalam seri yang sama (survei atau rutin).",
    awaits=Awaited(
        "Smart Living", "Stunting", "Dinas Kesehatan",
        "prevalensi survei (SSGI/SKI) dan hasil penimbangan (e-PPGBM), tiap tahun",
    ),
    columns=(
        Column("wilayah", "nama wilayah", kind="text", example="Kota Mojokerto"),
        Column("tahun", "tahun", kind="integer", example="2023", lowest=Decimal(2000), highest=Decimal(2100)),
        Column("sumber", "survei (SSGI, SKI) atau penimbangan rutin (e-PPGBM)", kind="text", choices=tuple(SERIES)),
        Column("prevalensi", "prevalensi seperti diterbitkan", "%", required=False, lowest=Decimal(0),
               highest=Decimal(100)),
        Column("pendek", "balita pendek dan sangat pendek", "balita", "integer", required=False, lowest=Decimal(0)),
        Column("diukur", "balita yang diukur", "balita", "integer", required=False, lowest=Decimal(1)),
    ),
    evaluate=evaluate,
    sample="wilayah,tahun,sumber,prevalensi,pendek,diukur\nKota Mojokerto,2022,e-PPGBM,3.12,,\n"
    "Kota Mojokerto,2023,e-PPGBM,2.04,122,6145\nKota Mojokerto,2021,SSGI,6.9,,\n",
)  # fmt: skip
