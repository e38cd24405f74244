"""`ikm`: the satisfaction index of a service unit from answers, sums or means of its nine elements."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from warehouse.evaluation.model import Awaited, Case, Column, Option, Request, Row, Scheme, Step, Value
from warehouse.evaluation.places import place_on, place_sentence, place_steps
from warehouse.evaluation.sampel import RULES as SAMPLE_RULES
from warehouse.evaluation.sampel import more_than_all, needed
from warehouse.figures import ValueStatus
from warehouse.formulas.satisfaction import HIGHEST, LOWEST, SCALE, Answers, points_missing, satisfaction
from warehouse.indicators.model import write_number
from warehouse.rules import RuleBook, ScalePack, round_half_up
from warehouse.rules.tables import TablePack

RULES = "ikm"
ELEMENTS = ("persyaratan", "prosedur", "waktu", "biaya", "produk", "kompetensi", "perilaku", "pengaduan", "sarana")
DIVISOR = "pembagi"
ANSWERS, SUMS, MEANS = "jawaban", "jumlah", "rerata"


@dataclass(frozen=True)
class Unit:
    """The rows of one service unit and period."""

    rows: tuple[Row, ...]
    content: str

    def answers(self) -> dict[str, Answers]:
        """Of each element that was answered at all."""
        found = {}
        for name in ELEMENTS:
            answered = [(row, value) for row in self.rows if (value := row.number(name)) is not None]
            counts = [_respondents(row) if self.content == SUMS else Decimal(1) for row, _value in answered]
            if answered:
                found[name] = Answers(sum((value for _row, value in answered), Decimal(0)), sum(counts, Decimal(0)))
        return found

    def respondents(self) -> Decimal | None:
        if self.content == ANSWERS:
            return Decimal(len(self.rows))
        given = [row.number("responden") for row in self.rows]
        return sum((count for count in given if count is not None), Decimal(0)) if None not in given else None


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    content = request.options["isi"]
    for row in rows:
        _refuse_impossible(row, content)
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.text("unit"), row.text("periode")), []).append(row)
    for group in groups.values():
        _refuse_two_populations(group)
        if content == MEANS and len(group) > 1:
            raise group[1].problem(
                "unit", "unit dan periode ini ditulis dua kali; isi=rerata menerima satu baris tiap unit"
            )
    return [_case(Unit(tuple(group), content), rules, request) for group in groups.values()]


def _refuse_two_populations(group: Sequence[Row]) -> None:
    first = next((row for row in group if row.number("populasi") is not None), None)
    for row in group:
        value, known = row.number("populasi"), first.number("populasi") if first else None
        if first is not None and value is not None and value != known:
            raise row.problem(
                "populasi", f"{value}, sedangkan di baris {first.line} {known} untuk unit dan periode ini"
            )


def _respondents(row: Row) -> Decimal:
    count = row.number("responden")
    if count is None:
        raise row.problem("responden", "wajib diisi bila isi=jumlah, misalnya 29")
    return count


def _refuse_impossible(row: Row, content: str) -> None:
    if content == ANSWERS and row.number("responden") is not None:
        raise row.problem(
            "responden", "tidak dipakai bila isi=jawaban, tiap baris satu orang; pakai isi=jumlah atau isi=rerata"
        )
    count = _respondents(row) if content == SUMS else Decimal(1)
    for name in ELEMENTS:
        value = row.number(name)
        if value is None:
            continue
        if not LOWEST * count <= value <= HIGHEST * count:
            hint = "; jumlah skor memakai --option isi=jumlah" if content != SUMS and value > HIGHEST else ""
            raise row.problem(name, f"{value} di luar {LOWEST * count} sampai {HIGHEST * count}{hint}, contoh 3")
        if content != MEANS and value != value.to_integral_value():
            raise row.problem(
                name, f"{value} bukan skor bulat; rerata memakai --option isi=rerata, contoh yang benar 3"
            )


def _case(unit: Unit, rules: RuleBook, request: Request) -> Case:
    scale, table = rules.scale(RULES), rules.need(TablePack, RULES)
    key: dict[str, Value] = {name: unit.rows[0].text(name) for name in ("unit", "periode") if unit.rows[0].text(name)}
    answers = unit.answers()
    missing = [table.row(name).label for name in ELEMENTS if name not in answers]
    if missing:
        status = ValueStatus.INCOMPLETE if answers else ValueStatus.NO_DATA
        return Case(key, scale, {}, status=status, reason=f"unsur tanpa jawaban: {', '.join(missing)}")
    chosen = request.options["bobot"]
    weights = {name: table.value(name, chosen) or Decimal(0) for name in ELEMENTS}
    divisor = table.value(DIVISOR, chosen) or Decimal(1)
    value = satisfaction(answers, weights, divisor)
    index = value * SCALE
    place = place_on(scale, index)
    results: dict[str, Value] = {
        "ikm": scale.round(index),
        "mutu": place.own.name if place else None,
        "kinerja": place.own.meaning if place else None,
        "nilai": round_half_up(value, 4),
    }
    steps = [_element(name, answers[name], weights[name] / divisor, table) for name in ELEMENTS]
    steps += [Step("nilai_tepat", "Nilai SKM sebelum dibulatkan", value, article=table.article, note=f"bobot {chosen}")]
    steps += [Step("ikm_tepat", "IKM sebelum dibulatkan", index, note="nilai x 25")]
    steps += place_steps(place) if place else ()
    said = [place_sentence(place, "IKM", places=2)] if place else []
    said.append(_lowest(answers, table))
    said += _left_out(answers, table)
    said += _before(unit.rows[0].text("periode"), scale)
    said += _way_up(unit, answers, scale, (value, tuple(weights.values()), divisor))
    enough, words = _sample(unit, rules)
    return Case(
        key=key,
        pack=scale,
        article=scale.article,
        rounding="IKM 2 desimal setengah ke atas, lalu mutu dari yang sudah dibulatkan; rerata unsur tidak dibulatkan",
        results=results | enough,
        steps=tuple(steps),
        explanation=(*said, *words),
    )


def _element(name: str, own: Answers, weight: Decimal, table: TablePack) -> Step:
    row = table.row(name)
    counted = (
        "" if own.count == 1 else f"jumlah skor {write_number(own.total)} dari {write_number(own.count)} jawaban, "
    )
    note = f"{counted}bobot {write_number(round_half_up(weight, 4))}"
    return Step(f"nrr_{name}", f"Rerata {row.label}", own.mean, article=table.article, standing=row.standing, note=note)


def _lowest(answers: Mapping[str, Answers], table: TablePack) -> str:
    least = min(ELEMENTS, key=lambda name: answers[name].mean)
    return f"Unsur terendah: {table.row(least).label}, rerata {write_number(round_half_up(answers[least].mean, 3))}."


def _before(period: str, scale: ScalePack) -> list[str]:
    """Of a period that begins with a year before the regulation."""
    year = period[:4]
    if not (year.isdecimal() and len(year) == len("2017") and int(year) < scale.valid_from.year):
        return []
    return [f"Periode {period} mendahului {scale.regulation}; survei waktu itu memakai rentang mutu yang lain."]


def _left_out(answers: Mapping[str, Answers], table: TablePack) -> list[str]:
    most = max(own.count for own in answers.values())
    fewer = [f"{table.row(name).label} {write_number(own.count)}" for name, own in answers.items() if own.count < most]
    return (
        [f"Sebagian unsur dijawab lebih sedikit dari {write_number(most)} orang: {', '.join(fewer)}."] if fewer else []
    )


def _way_up(
    unit: Unit, answers: Mapping[str, Answers], scale: ScalePack, parts: tuple[Decimal, tuple[Decimal, ...], Decimal]
) -> list[str]:
    """Points of score to the next class, where the answers themselves are known and equally many."""
    value, weights, divisor = parts
    above = next((one for one in scale.classes if one.lower > scale.round(value * SCALE)), None)
    counts = {own.count for own in answers.values()}
    if above is None:
        return ["Sudah di mutu tertinggi."]
    if unit.content == MEANS or len(counts) > 1:
        return []
    limit = above.lower - Decimal(5).scaleb(-scale.places - 1)
    points = points_missing(value, limit / SCALE, weights, divisor, counts.pop())
    return [
        f"Mutu {above.name} tercapai bila jumlah skor semua unsur naik paling sedikit {points}, pada unsur mana pun."
    ]


def _sample(unit: Unit, rules: RuleBook) -> tuple[dict[str, Value], list[str]]:
    """Whether the respondents are as many as the population asks for; nothing without a population."""
    population = next((value for row in unit.rows if (value := row.number("populasi")) is not None), None)
    if population is None:
        return {}, []
    wanted = needed(population, rules.limits(SAMPLE_RULES)).persons
    count = unit.respondents()
    if count is None:
        return {"sampel": wanted}, [f"Sampel yang diperlukan {wanted} responden; banyak responden tidak diisi."]
    fits = "cukup" if count >= wanted else f"kurang {wanted - int(count)}"
    return {"sampel": wanted, "responden": int(count)}, [
        f"Responden {write_number(count)} dari sampel yang diperlukan {wanted}: {fits}.",
        *more_than_all(count, population),
    ]


LABELS = ("persyaratan", "sistem, mekanisme, dan prosedur", "waktu penyelesaian", "biaya atau tarif",
          "produk spesifikasi jenis pelayanan", "kompetensi pelaksana", "perilaku pelaksana",
          "penanganan pengaduan, saran, dan masukan", "sarana dan prasarana")  # fmt: skip
SCHEME = Scheme(
    id="ikm",
    title="Indeks Kepuasan Masyarakat, sembilan unsur",
    about="Satu baris satu responden dengan skor 1-4 tiap unsur (isi=jawaban), atau satu baris satu unit dengan jumlah "
    "skor dan banyak responden (isi=jumlah), atau dengan rerata tiap unsur (isi=rerata). Keluar: IKM, mutu, sampel.",
    awaits=Awaited(
        "Smart Living",
        "Indeks kepuasan masyarakat (IKM)",
        "Bagian Organisasi, tiap unit layanan",
        "jumlah skor sembilan unsur dan banyak responden, tiap unit dan periode",
    ),
    columns=(
        Column("unit", "unit layanan", kind="text", required=False),
        Column("periode", "periode survei", kind="text", required=False),
        Column("responden", "banyak responden", "orang", "integer", False, "29", lowest=Decimal(1)),
        Column(
            "populasi", "banyak penerima layanan, untuk sampel", "orang", "integer", False, "500", lowest=Decimal(1)
        ),
        *(
            Column(name, label, "skor", required=False, example="3")
            for name, label in zip(ELEMENTS, LABELS, strict=True)
        ),
    ),
    options=(
        Option("isi", (ANSWERS, SUMS, MEANS), "jawaban: paling rinci, tidak ada yang dibulatkan sebelumnya."),
        Option(
            "bobot",
            ("1/9", "0.11", "0.111"),
            "1/9: satu-satunya bobot dengan nilai tertinggi 100; 0.11 (tertinggi 99) dan 0.111 dipakai sebagian unit.",
        ),
    ),
    evaluate=evaluate,
    sample=f"unit,populasi,{','.join(ELEMENTS)}\n"
    "Puskesmas X,20,3,4,3,4,3,3,4,3,3\nPuskesmas X,20,4,4,3,4,4,3,4,4,3\nPuskesmas X,20,3,3,2,4,3,4,4,3,4\n",
)
