"""`energi`: the renewable share of electricity and the emission of the rest, by the dated factor of the grid."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from warehouse.evaluation.cases import REGION, YEAR, amount, key_of, refused, told, told_enough
from warehouse.evaluation.model import Awaited, Case, Option, Request, Row, Scheme, Step
from warehouse.figures import ValueStatus
from warehouse.formulas.grid_emission import grid_emission, grid_factor
from warehouse.indicators.model import percent
from warehouse.rules import RuleBook, RuleError, round_half_up
from warehouse.rules.tables import TablePack

ID = "energi"
TARGETS = {"nasional": "national_pct", "jatim": "east_java_pct"}


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    table = rules.find(TablePack, ID)
    if table is None:
        raise RuleError("tabel faktor emisi jaringan tidak ada")
    return [_case(row, rules, table, request) for row in rows]


def _case(row: Row, rules: RuleBook, table: TablePack, request: Request) -> Case:
    key = key_of(row, "daerah", "tahun")
    electricity, renewable = row.number("listrik_mwh") or Decimal(0), row.number("terbarukan_mwh")
    if renewable is None:
        return refused(key, table, ValueStatus.INCOMPLETE, "terbarukan_mwh tidak diisi")
    if renewable > electricity:
        raise row.problem("terbarukan_mwh", f"{told(renewable)} lebih besar dari listrik_mwh {told(electricity)}")
    if not electricity:
        return refused(key, table, ValueStatus.NOT_APPLICABLE, "Tidak ada listrik, jadi tidak ada bagian terbarukan")
    year = row.number("tahun") if request.year is None else Decimal(request.year)
    factor = _factor_step(row, table, request.options["sistem"], None if year is None else int(year))
    if factor is None:
        return refused(key, table, ValueStatus.INCOMPLETE, "Tidak ada faktor emisi untuk tahun ini; isi kolom faktor")
    emission = grid_emission(electricity, renewable, Decimal(str(factor.value)))
    share = percent(renewable, electricity)
    target = rules.limits(ID).limits[TARGETS[request.options["target"]]]
    gap = target.value - share
    words = f"kurang {told_enough(gap, 2)}" if gap > 0 else f"lebih {told(-gap, 2)}"
    said = [f"Bagian terbarukan {told(share, 2)} %, {words} poin persen dari target {told(target.value)} %."]
    if gap > 0:
        said.append(f"Target tercapai bila {told_enough(gap * electricity / 100, 2)} MWh lagi menjadi terbarukan.")
    said.append(f"Tiap MWh yang menjadi terbarukan mengurangi {told(Decimal(str(factor.value)))} ton CO2.")
    return Case(
        key=key,
        pack=table,
        results={"terbarukan_persen": round_half_up(share, 2), "emisi_tco2": round_half_up(emission, 2)},
        steps=(
            factor,
            Step("bagian_terbarukan", "Listrik terbarukan terhadap seluruh listrik", share, "%"),
            Step("target", target.article, target.value, "%", target.source, target.standing),
            Step("jaringan_mwh", "Listrik yang bukan terbarukan", electricity - renewable, "MWh"),
            Step("emisi_tepat", "Emisi", emission, "tCO2"),
        ),
        explanation=tuple(said),
        rounding="Dua angka desimal, setengah ke atas",
        article=table.article,
    )


def _factor_step(row: Row, table: TablePack, system: str, year: int | None) -> Step | None:
    own = row.number("faktor")
    if own is not None:
        return Step("faktor_emisi", "Faktor emisi dari berkas", own, "tCO2/MWh", standing="pilihan daerah")
    found, rule = grid_factor(table, system, year), table.row(system)
    if found is None:
        return None
    note = f"angka tahun {found.year}" + (f"; {rule.note}" if rule.note else "")
    return Step("faktor_emisi", f"Faktor emisi {rule.label}", found.value, rule.unit, rule.source, rule.standing, note)


SCHEME = Scheme(
    id=ID,
    title="Bagian energi terbarukan dan emisi listrik",
    about="Satu baris = satu daerah (atau gedung) pada satu tahun; listrik seluruhnya dan yang terbarukan, dalam MWh.",
    awaits=Awaited(
        "Smart Environment",
        "Bagian energi terbarukan dan emisi listrik",
        "Setiap OPD yang menempati gedung",
        "listrik setahun seluruhnya dan yang terbarukan, MWh",
    ),
    columns=(
        REGION,
        YEAR,
        amount("listrik_mwh", "listrik seluruhnya setahun", "MWh", "12500", required=True),
        amount("terbarukan_mwh", "di antaranya dari sumber terbarukan", "MWh", "850"),
        amount("faktor", "faktor emisi jaringan milik sendiri", "tCO2/MWh", "0.85"),
    ),
    options=(
        Option("sistem", ("jamali", "nasional"), "Jawa Timur tersambung ke jaringan Jawa-Madura-Bali."),
        Option("target", ("nasional", "jatim"), "23 % nasional 2025; jatim 17,09 % menurut RUED."),
    ),
    evaluate=evaluate,
    sample="daerah,tahun,listrik_mwh,terbarukan_mwh\nContoh,2025,12500,850\n",
)
