"""`siaga`: the alert level of a river post, by its known thresholds or by those in the file."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from warehouse.evaluation.cases import amount, key_of, refused, told
from warehouse.evaluation.model import Case, Column, Request, Row, Scheme, Step
from warehouse.figures import ValueStatus
from warehouse.formulas.alert_level import Alert, alert_level
from warehouse.rules import RuleBook, RuleError
from warehouse.rules.tables import TablePack, TableRow

ID = "siaga"
LEVELS = ("hijau", "kuning", "merah", "siaga", "bahaya")


def evaluate(rows: Sequence[Row], rules: RuleBook, request: Request) -> list[Case]:
    table = rules.find(TablePack, ID)
    if table is None:
        raise RuleError("tabel ambang siaga tidak ada")
    return [_case(row, table) for row in rows]


def _case(row: Row, table: TablePack) -> Case:
    key = key_of(row, "pos", "waktu")
    known = table.find("_".join(row.text("pos").casefold().split()))
    own = [(name, value) for name in LEVELS if (value := row.number(name)) is not None]
    value = row.number("nilai")
    thresholds = own or _thresholds(table, known)
    if not thresholds:
        names = ", ".join(one.name for one in table.rows)
        reason = f"Pos ini tanpa ambang; isi kolom hijau, kuning, merah, atau pakai pos yang dikenal: {names}"
        return refused(key, table, ValueStatus.INCOMPLETE, reason)
    if any(upper[1] <= lower[1] for lower, upper in pairwise(thresholds)):
        raise row.problem(thresholds[-1][0], "ambang harus naik dari tingkat terendah ke tertinggi")
    if value is None:
        return refused(key, table, ValueStatus.NO_DATA, "nilai tidak diisi")
    found, unit = alert_level(value, thresholds), known.unit if known and not own else ""
    standing = "pilihan daerah" if own else (known.standing if known else None)
    return Case(
        key=key,
        pack=table,
        results={"tingkat": found.level, "nilai": value},
        steps=tuple(
            Step(f"ambang_{name}", f"Ambang {name}", bound, unit, standing=standing) for name, bound in thresholds
        ),
        explanation=_sentences(found, value, unit, "" if own or known is None else known.note),
        rounding="Nilai tidak dibulatkan; nilai yang sama dengan ambang sudah mencapainya",
        article="Ambang dari berkas" if own else table.article,
    )


def _thresholds(table: TablePack, known: TableRow | None) -> list[tuple[str, Decimal]]:
    if known is None:
        return []
    return [(name, value) for name, value in zip(table.columns, known.values, strict=True) if value is not None]


def _sentences(found: Alert, value: Decimal, unit: str, note: str) -> tuple[str, ...]:
    after = f" {unit}" if unit else ""
    said = [f"Nilai {told(value)}{after}: tingkat {found.level}."]
    if found.reached is not None:
        said.append(f"{told(value - found.reached)}{after} di atas ambang {found.level} {told(found.reached)}.")
    if found.next_threshold is not None:
        gap = told(found.next_threshold - value)
        said.append(f"{gap}{after} di bawah ambang {found.next_level} {told(found.next_threshold)}.")
    return (*said, *((f"{note}.",) if note else ()))


SCHEME = Scheme(
    id=ID,
    title="Tingkat siaga sungai",
    about=(
        "Satu baris = satu bacaan debit atau duga air di satu pos. Pos yang dikenal: rolak_songo (m3/s) dan brangkal "
        "(m); pos lain mengisi ambangnya sendiri."
    ),
    columns=(
        Column("pos", "nama pos", kind="text", example="rolak_songo"),
        Column("waktu", "waktu bacaan", kind="text", required=False, example="2026-01-31 14:05"),
        Column("nilai", "debit atau duga air", required=False, example="1332.61"),
        *(amount(name, f"ambang {name} milik sendiri", "satuan nilai", "1250") for name in LEVELS),
    ),
    evaluate=evaluate,
    sample=(
        "pos,waktu,nilai,hijau,kuning,merah\n"
        "rolak_songo,2021-02-15 10:00,1332.61,,,\nPos Sadar,2026-01-31 14:05,2.4,2,2.5,3\n"
    ),
)
