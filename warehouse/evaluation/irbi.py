"""`irbi`: the class of a disaster risk score, by the scale the score is of."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from warehouse.evaluation.cases import REGION, YEAR, amount, key_of, told
from warehouse.evaluation.model import Awaited, Case, Option, Request, Row, Scheme
from warehouse.evaluation.scaled import scaled_case
from warehouse.rules import RuleBook

HIGHEST = {"inarisk": Decimal(1), "destana": Decimal(24)}  # IRBI has no printed end


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    return [_case(row, rules, request.options["ukuran"]) for row in rows]


def _case(row: Row, rules: RuleBook, measure: str) -> Case:
    score = row.number("skor") or Decimal(0)
    if score > HIGHEST.get(measure, score):
        raise row.problem("skor", f"{told(score)} lebih dari {HIGHEST[measure]}, batas tertinggi {measure}")
    return scaled_case(key_of(row, "daerah", "tahun"), rules.scale(measure), score, "Skor")


SCHEME = Scheme(
    id="irbi",
    title="Kelas risiko bencana",
    about="Satu baris = skor satu daerah (atau desa, atau sel peta) pada satu tahun.",
    awaits=Awaited(
        "Smart Environment",
        "Indeks risiko bencana (IRBI)",
        "BPBD",
        "skor IRBI terbitan BNPB, tiap tahun",
    ),
    columns=(REGION, YEAR, amount("skor", "skor risiko atau bahaya", "skor", "115.38", required=True)),
    options=(
        Option(
            "ukuran",
            ("irbi", "inarisk", "destana"),
            "IRBI skor kabupaten dan kota; inarisk indeks peta 0-1; destana skor bahaya desa 0-24 BPBD Kab. Mojokerto.",
        ),
    ),
    evaluate=evaluate,
    sample="daerah,tahun,skor\nContoh,2022,0.4\n",
)
