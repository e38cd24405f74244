"""`sampah`: the waste balance of a region and year against the target of that year, and what is missing in tons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from warehouse.evaluation.cases import REGION, YEAR, amount, key_of, refused, told, told_enough, two_ways
from warehouse.evaluation.model import Case, Column, Option, Request, Row, Scheme, Step, Value
from warehouse.figures import ValueStatus
from warehouse.formulas.waste_generation import DAYS, yearly_generation
from warehouse.indicators.model import percent
from warehouse.indicators.smart_environment.balance import SCHEME as RULES
from warehouse.indicators.smart_environment.balance import waste_balance
from warehouse.rules import RuleBook, round_half_up
from warehouse.rules.tables import TablePack, TableRow

LABELS = {"pengurangan": "reduced", "penanganan": "handled"}


@dataclass(frozen=True)
class Generated:
    """Waste of a year in tons with how it was found; `problem` says why there is none."""

    ton: Decimal | None = None
    steps: tuple[Step, ...] = ()
    problem: str = ""
    doubted: tuple[str, ...] = ()


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    return [_case(row, rules, request) for row in rows]


def _case(row: Row, rules: RuleBook, request: Request) -> Case:
    key, pack = key_of(row, "daerah", "tahun"), rules.limits(RULES)
    generated = _generated(row, rules, request.options["laju"])
    if generated.ton is None:
        return refused(key, pack, ValueStatus.INCOMPLETE, generated.problem, generated.steps)
    if not generated.ton:
        return refused(key, pack, ValueStatus.NOT_APPLICABLE, "Timbulan nol, jadi tidak ada bagian yang dapat dihitung")
    amounts = {name: row.number(f"{name}_ton") for name in LABELS}
    missing = [f"{name}_ton" for name, value in amounts.items() if value is None]
    if missing:
        steps = (*generated.steps, Step("timbulan", "Timbulan setahun", generated.ton, "ton"))
        return replace(
            refused(key, pack, ValueStatus.INCOMPLETE, f"{', '.join(missing)} tidak diisi", steps),
            results=_known_shares(amounts, generated.ton),
        )
    lines = {
        line.code: line
        for line in waste_balance(generated.ton, amounts["pengurangan"], amounts["penanganan"], rules)
    }  # fmt: skip
    targets = _targets(row, rules, request)
    results: dict[str, Value] = {"timbulan_ton": round_half_up(generated.ton, 2)}
    for name, code in (*LABELS.items(), ("terkelola", "managed"), ("tidak_terkelola", "unmanaged")):
        results[f"{name}_persen"] = lines[code].share_pct
    return Case(
        key=key,
        pack=pack,
        results=results,
        steps=(
            *generated.steps,
            *(Step(f"{line.code}_ton", line.label, line.ton, "ton") for line in lines.values()),
            *_target_steps(targets),
        ),
        explanation=(*_sentences(row, generated.ton, amounts, targets), *generated.doubted),
        rounding="Bagian dua angka desimal, setengah ke atas, dari ton yang tidak dibulatkan",
        article="Pengurangan dan penanganan terhadap timbulan",
    )


def _known_shares(amounts: Mapping[str, Decimal | None], generated: Decimal) -> dict[str, Value]:
    """What can be said where one amount is missing; nothing of the balance, which needs both."""
    known: dict[str, Value] = {"timbulan_ton": round_half_up(generated, 2)}
    for name, ton in amounts.items():
        if ton is not None:
            known[f"{name}_persen"] = round_half_up(percent(ton, generated), 2)
    return known


def _generated(row: Row, rules: RuleBook, rate_name: str) -> Generated:
    weighed, people, rate = row.number("timbulan_ton"), row.number("penduduk"), row.number("kg_orang_hari")
    if weighed is not None:
        if people is None or rate is None:
            return Generated(weighed)
        estimated = yearly_generation(people, rate)
        said = two_ways("timbulan_ton", weighed, "penduduk kali kg_orang_hari", estimated)
        return Generated(weighed, doubted=tuple(said))
    if people is None:
        return Generated(problem="timbulan_ton atau penduduk tidak diisi")
    city = rules.scale("kelas_kota").class_of(people)
    table = rules.find(TablePack, "timbulan_sampah")
    steps = [
        Step("golongan_kota", "Golongan menurut penduduk", city.name if city else "", note=city.printed if city else "")
    ]
    if rate is None and city is not None and table is not None:
        rule = table.row(rate_name)
        rate = table.value(rate_name, city.name)
        if rate is None:
            return Generated(None, tuple(steps), f"{rule.label} tidak mengatur kota {city.name}; isi kg_orang_hari")
        steps.append(Step("laju", rule.label, rate, rule.unit, table.article, rule.standing))
    else:
        steps.append(Step("laju", "Timbulan tiap orang sehari, dari berkas", rate, "kg/orang/hari"))
    return Generated(yearly_generation(people, rate or Decimal(0)), tuple(steps))


def _targets(row: Row, rules: RuleBook, request: Request) -> TableRow | None:
    """The step of the year; after the last one the last one stays."""
    table, year = rules.find(TablePack, RULES), row.number("tahun") if request.year is None else request.year
    if table is None:
        return None
    last = table.rows[-1]
    return last if year is None or year > int(last.name) else table.find(f"{int(year)}")


def _target_steps(targets: TableRow | None) -> list[Step]:
    if targets is None:
        return []
    return [
        Step(
            f"target_{name}", f"Target {name} {targets.name}", target, "%", standing=targets.standing, note=targets.note
        )
        for name, target in zip(LABELS, targets.values, strict=True)
    ]


def _sentences(row: Row, generated: Decimal, amounts: dict[str, Decimal | None], targets: TableRow | None) -> list[str]:
    total = sum((value for value in amounts.values() if value is not None), Decimal(0))
    left = generated - total
    said = [f"Tidak terkelola {told(left, 2)} ton setahun, {told(left / DAYS, 2)} ton sehari."]
    if left < 0:
        said = [f"Pengurangan dan penanganan melebihi timbulan {told(-left, 2)} ton; periksa ketiga angkanya."]
    residue = row.number("residu_ton")
    if residue is not None:
        said.append(f"Residu ke TPA {told(residue, 2)} ton, {told(residue / generated * 100, 2)} % dari timbulan.")
    if targets is None:
        return [*said, "Tidak ada target nasional untuk tahun ini."]
    gaps = {}
    for name, target in zip(LABELS, targets.values, strict=True):
        gaps[name] = (target or Decimal(0)) - (amounts[name] or Decimal(0)) / generated * 100
        words = f"kurang {told_enough(gaps[name], 2)}" if gaps[name] > 0 else f"lebih {told(-gaps[name], 2)}"
        need = f", setara {told_enough(gaps[name] * generated / 100, 2)} ton" if gaps[name] > 0 else ""
        of = f"target {targets.name}, {told(target or Decimal(0))} %"
        said.append(f"{name.capitalize()} {words} poin persen dari {of}{need}.")
    short = [name for name, gap in gaps.items() if gap > 0]
    if short:
        said.append(f"Yang paling jauh dari target {max(short, key=lambda name: gaps[name])}.")
    return said


SCHEME = Scheme(
    id="sampah",
    title="Neraca sampah daerah",
    about=(
        "Satu baris = satu daerah pada satu tahun. Isi timbulan_ton, atau penduduk dengan kg_orang_hari (tanpa kg "
        "dipakai laju menurut golongan kota). Keluar bagian yang dikurangi, ditangani, terkelola, dan jarak target."
    ),
    columns=(
        REGION,
        YEAR,
        amount("timbulan_ton", "timbulan setahun", "ton", "164117.17"),
        Column("penduduk", "jumlah penduduk", "jiwa", "integer", required=False, example="142272", lowest=Decimal(0)),
        Column("kg_orang_hari", "timbulan tiap orang sehari", "kg", required=False, example="0.5", lowest=Decimal(0),
               highest=Decimal(10)),
        amount("pengurangan_ton", "dibatasi, dipakai ulang, didaur ulang di sumber, setahun", "ton", "46169.12"),
        amount("penanganan_ton", "dipilah, dikumpulkan, diangkut, diolah, diproses akhir, setahun", "ton", "36561.29"),
        amount("residu_ton", "yang masih ke TPA sesudah diolah, setahun", "ton", "20000"),
    ),
    options=(
        Option(
            "laju",
            ("sni_bawah", "sni_atas", "sipsn"),
            "SNI 19-3983-1995 dibaca, tetapi hanya mengatur kota kecil dan sedang; laju SIPSN dari ingatan.",
        ),
    ),
    evaluate=evaluate,
    sample="daerah,tahun,timbulan_ton,penduduk,kg_orang_hari,pengurangan_ton,penanganan_ton\n"
    "Kab. Mojokerto,2024,164117.17,,,46169.12,36561.29\nContoh,2024,,142272,0.5,6000,14000\n",
)  # fmt: skip
