"""`hujan`: the class of the rain of a day or an hour; a value that was not measured has none."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from warehouse.evaluation.cases import key_of, refused
from warehouse.evaluation.model import Awaited, Case, Column, Option, Request, Row, Scheme
from warehouse.evaluation.scaled import scaled_case
from warehouse.figures import ValueStatus
from warehouse.rules import RuleBook

UNMEASURED = {  # how BMKG writes it in its daily files
    Decimal(8888): (ValueStatus.NOT_APPLICABLE, "Hujan tidak terukur (8888)"),
    Decimal(9999): (ValueStatus.NO_DATA, "Tidak ada pengukuran (9999)"),
}
MOST = Decimal(2000)  # more than fell anywhere in a day


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    span = request.options["jangka"]
    return [_case(row, rules, span) for row in rows]


def _case(row: Row, rules: RuleBook, span: str) -> Case:
    key, scale, rain = key_of(row, "stasiun", "tanggal"), rules.scale(f"hujan_{span}"), row.number("mm")
    if rain is None:
        return refused(key, scale, ValueStatus.NO_DATA, "mm tidak diisi")
    if rain in UNMEASURED:
        return refused(key, scale, *UNMEASURED[rain])
    if rain > MOST:
        raise row.problem("mm", f"{rain} mm tidak mungkin, contoh yang benar 63.4")
    return scaled_case(key, scale, rain, "Hujan", "mm")


SCHEME = Scheme(
    id="hujan",
    title="Kelas hujan",
    about="Satu baris = hujan satu hari (atau satu jam, dengan pilihan jangka=jam) di satu stasiun.",
    awaits=Awaited(
        "Smart Environment", "Kelas curah hujan", "Pengelola pos hujan",
        "curah hujan tiap hari atau tiap jam menurut pos",
    ),
    columns=(
        Column("stasiun", "nama stasiun", kind="text", required=False, example="Citeko"),
        Column("tanggal", "hari atau jam pengukuran", kind="text", required=False, example="2026-01-31"),
        Column("mm", "curah hujan; 8888 tidak terukur, 9999 tidak diukur", "mm", required=False, example="63.4",
               lowest=Decimal(0)),
    ),
    options=(Option("jangka", ("harian", "jam"), "BMKG menerbitkan kelas harian; kelas sejam dari BBWS."),),
    evaluate=evaluate,
    sample="stasiun,tanggal,mm\nCiteko,2024-01-05,107.2\nCiteko,2024-01-06,0\n",
)  # fmt: skip
