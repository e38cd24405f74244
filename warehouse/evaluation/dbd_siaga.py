"""`dbd-siaga`: weekly dengue cases against what is usual for the same week of past years.

No national rule fixes this band; method and factors are the region's own choice and say so. A week that was not
reported is left out, never counted as zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import cast

from warehouse.evaluation.model import Case, Column, InputProblem, Option, Request, Row, Scheme, Step, Value
from warehouse.evaluation.words import number
from warehouse.figures import ValueStatus
from warehouse.formulas.dengue_alert import ALERT, LEVELS, SAFE, WATCH, alert_limit, graded_week
from warehouse.formulas.levels.grading import Grade, grade
from warehouse.formulas.trend import Point, tell_time_to_limit, time_to_limit
from warehouse.formulas.usual_band import Method, UsualBand, usual_band
from warehouse.rules import RuleBook
from warehouse.rules.packs import LOCAL_CHOICE, LimitsPack

SCHEME_ID = "dbd-siaga"
RULES = "dbd_siaga"
TREND_WEEKS = 12


@dataclass(frozen=True)
class Week:
    """One reported week; `cases` None when it was not."""

    row: Row
    place: str
    year: int
    week: int
    cases: Decimal | None

    @property
    def monday(self) -> date:
        try:
            return date.fromisocalendar(self.year, self.week, 1)
        except ValueError as error:
            raise self.row.problem("minggu", f"tahun {self.year} tidak punya minggu {self.week}") from error


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    pack = rules.limits(RULES)
    weeks = sorted((_week(row) for row in rows), key=lambda one: (one.place, one.monday))
    seen: set[tuple[str, date]] = set()
    for one in weeks:
        if (one.place, one.monday) in seen:
            raise one.row.problem("minggu", f"minggu {one.week} tahun {one.year} ditulis dua kali")
        seen.add((one.place, one.monday))
    cases = []
    for place in dict.fromkeys(one.place for one in weeks):
        own = [one for one in weeks if one.place == place]
        year = request.year or max(one.year for one in own)
        cases += [_case(one, own, pack, request) for one in own if one.year == year]
    if not cases:
        raise InputProblem([f"kolom tahun: tidak ada baris tahun {request.year}"])
    return cases


def _week(row: Row) -> Week:
    year, week = int(row.number("tahun") or 0), int(row.number("minggu") or 0)
    return Week(row, row.text("wilayah"), year, week, row.number("kasus"))


def _case(one: Week, every: Sequence[Week], pack: LimitsPack, request: Request) -> Case:
    method = cast(Method, request.options["metode"])
    key: dict[str, Value] = {"wilayah": one.place, "tahun": one.year, "minggu": one.week}
    announced = {"level_diumumkan": one.row.text("level_diumumkan") or None}
    past = [other for other in every if other.year < one.year and other.week == one.week and other.cases is not None]
    history = [other.cases for other in past if other.cases is not None]
    factor = pack.value("deviations" if method == "rerata" else "median_factor")
    least = int(pack.value("least_years"))
    band = usual_band(history, method, factor, least)
    if one.cases is None:
        reason = "kasus minggu itu tidak dilaporkan; kosong bukan nol"
        return Case(key, pack, dict(announced), status=ValueStatus.NO_DATA, reason=reason)
    if band is None:
        reason = f"belum cukup data: {len(history)} tahun lalu dengan minggu yang sama, perlu {max(least, 2)}"
        return Case(key, pack, dict(announced), status=ValueStatus.INCOMPLETE, reason=reason)
    held = grade(graded_week(band.middle, alert_limit(band, pack.value("least_cases"))), one.cases)
    return Case(
        key=key,
        pack=pack,
        article=f"metode {method}",
        rounding="tidak ada: kasus dibandingkan dengan batas yang belum dibulatkan",
        results={"kelas": held.name, "level": LEVELS[held.name], **announced},
        steps=tuple(_steps(band, held, past, factor, pack)),
        explanation=tuple(_tell(one, held, every)),
    )


def _steps(band: UsualBand, held: Grade, past: Sequence[Week], factor: Decimal, pack: LimitsPack) -> list[Step]:
    numbers = ", ".join(f"{other.year}: {number(other.cases or 0, 0)}" for other in past)
    middle = "Median" if band.deviation is None else "Rata-rata"
    upper = held.indicator.classes[-2].upper
    note = f"dari {number(pack.value('least_cases'), 0)} kasus ke atas" if upper != band.upper else ""
    return [
        Step("kasus", "Kasus minggu ini", held.value, "kasus"),
        Step("pembanding", "Minggu yang sama tahun lalu", len(past), "tahun", note=numbers),
        Step("tengah", f"{middle} minggu yang sama", band.middle, "kasus", standing=LOCAL_CHOICE),
        Step("simpangan_baku", "Simpangan baku sampel", band.deviation, "kasus"),
        Step("faktor", "Faktor batas siaga", factor, standing=LOCAL_CHOICE),
        Step("batas_siaga", "Siaga di atas", upper, "kasus", standing=LOCAL_CHOICE, note=note),
    ]


def _tell(one: Week, held: Grade, every: Sequence[Week]) -> list[str]:
    usual, alert = held.indicator.classes[0].upper or Decimal(0), held.indicator.classes[-2].upper or Decimal(0)
    enough = _most(alert) + 1
    told = [f"Minggu {one.week}: {number(held.value, 0)} kasus, {held.name}; biasanya {number(usual)} kasus."]
    if held.name != ALERT:
        told.append(f"Siaga mulai {number(enough, 0)} kasus, {number(enough - held.value, 0)} kasus lagi.")
    if held.name != SAFE:
        below = usual if held.name == WATCH or alert == usual else alert
        better = SAFE if below == usual else WATCH
        over = held.value - _most(below)
        told.append(
            f"Kembali {better} paling banyak {number(_most(below), 0)} kasus, {number(over, 0)} kurang dari ini."
        )
    announced = one.row.text("level_diumumkan")
    if announced:
        word = "sama" if announced == held.name else "berbeda"
        told.append(f"Diumumkan {announced}, hitungan {held.name}: {word}.")
    if held.name != ALERT:
        told.append(tell_time_to_limit(time_to_limit(_recent(one, every), enough, rising=True)))
    return [*told, "Batas ini pilihan daerah; tidak ada aturan nasional untuk rentang biasa."]


def _most(limit: Decimal) -> Decimal:
    """The most whole cases within a limit that belongs to its class."""
    return limit.to_integral_value(ROUND_FLOOR)


def _recent(one: Week, every: Sequence[Week]) -> list[Point]:
    """The weeks up to this one, in order, without those not reported."""
    span = [other for other in every if 0 <= (one.monday - other.monday).days < 7 * TREND_WEEKS]
    return [(other.monday, other.cases) for other in span if other.cases is not None]


SCHEME = Scheme(
    id=SCHEME_ID,
    title="Siaga DBD: kasus sepekan terhadap kebiasaan minggu yang sama",
    about="Satu baris satu wilayah dan minggu, beberapa tahun dalam satu berkas. Tahun terbaru (atau --year) dinilai, "
    "tahun sebelumnya menjadi pembanding. Keluar: aman, waspada atau siaga, di samping level yang diumumkan.",
    columns=(
        Column("wilayah", "nama wilayah", kind="text", required=False),
        Column("tahun", "tahun minggu epidemiologi (ISO)", kind="integer", example="2026", lowest=Decimal(1990),
               highest=Decimal(2100)),
        Column("minggu", "minggu ke", kind="integer", example="7", lowest=Decimal(1), highest=Decimal(53)),
        Column("kasus", "kasus minggu itu; kosong berarti tidak dilaporkan", "kasus", "integer", required=False,
               example="9", lowest=Decimal(0)),
        Column("level_diumumkan", "level resmi bila diumumkan", kind="text", required=False, choices=tuple(LEVELS)),
    ),
    options=(
        Option("metode", ("rerata", "median"), "rerata: rata-rata ditambah simpangan baku, lazim dalam surveilans; "
               "median tidak terseret satu tahun wabah. Keduanya pilihan daerah."),
    ),
    evaluate=evaluate,
    sample="tahun,minggu,kasus\n2022,7,4\n2023,7,6\n2024,7,9\n2025,7,5\n2026,7,12\n",
)  # fmt: skip
