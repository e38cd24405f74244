"""Covers personal data in delivered cells: before they are judged where it shows itself, and where a cell is told.

What the patterns know is covered in the staged cells, so nothing after reads it. A refused cell may be anybody's
name, so findings and quarantine tell it only as `Vocabulary` allows.
"""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from pipelines.contracts.contract import Contract, FieldRule
from pipelines.contracts.vocabulary import Vocabulary
from pipelines.judging.quoting import FAULTS, bare, literal, name
from warehouse.engine import frame_as_table
from warehouse.personal import (
    COVER,
    EVERYTHING,
    FOLDED,
    FOLDS_TO,
    IN_CODES,
    IN_TITLES,
    KEPT,
    SHIELDS,
    WHOLE_CELL,
    cover,
    cover_title,
)

BETWEEN = "\x1d"  # no pattern reaches across it
OTHER_ROW, PERSONAL = "baris lain", "pribadi"
MOST_TOLD = 20_000  # different refused cells of a source that are looked at one by one; of more the length is told
PLAIN = (
    r"[0-9]{1,8}([.,:][0-9]{1,2})?|"
    r"([0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2,4})"
    r"([ T][0-9]{1,2}[.:][0-9]{2}([.:][0-9]{2})?)?|"
) + FAULTS


SHIELDED, COVERED = rf"\1{KEPT}\2", rf"\1{COVER}"


def fold_sql(expression: str) -> str:
    """The SQL twin of `personal.fold`; plain text, nearly all there is, is left alone."""
    folded = f"translate({expression}, {literal(FOLDED)}, {literal(FOLDS_TO)})"
    return f"CASE WHEN regexp_matches({expression}, '[^\\x01-\\x7F]') THEN {folded} ELSE {expression} END"


def shielded_sql(expression: str) -> str:
    """Folded, with the words kept apart that only look personal."""
    text = fold_sql(expression)
    for shield in SHIELDS:
        text = f"regexp_replace({text}, {literal(shield)}, {literal(SHIELDED)}, 'g')"
    return text


def covered_sql(shielded: str, patterns: tuple[str, ...]) -> str:
    for pattern in patterns:
        shielded = f"regexp_replace({shielded}, {literal(pattern)}, {literal(COVERED)}, 'g')"
    return f"replace({shielded}, '{KEPT}', '')"


def patterns_of(field: FieldRule, contract: Contract) -> tuple[str, ...]:
    """What is covered in a column whose cells are kept as they are written; nothing in one that must be known."""
    if field.personal or field.not_personal or field.ref or field.codes or field.one_of or field.separator:
        return ()  # one that is personal is judged as written, and never told
    if field.type == "code":
        return IN_CODES
    if field.free_text or (field.type in ("text", "quantity") and contract.has_persons):
        return EVERYTHING
    return IN_TITLES if field.type == "text" else ()


def cover_staged(connection: sa.Connection, contract: Contract) -> None:
    """Cover what is personal in the staged cells that would be kept as written. Rows without any cost one search."""
    columns: dict[int, tuple[str, ...]] = {}
    for field in contract.fields:
        place, patterns = contract.headers.index(field.from_), patterns_of(field, contract)
        if len(patterns) > len(columns.get(place, ())):
            columns[place] = patterns
    if not columns:
        return
    cells = ", ".join(bare(f"c{place}") for place in columns)
    every = tuple(dict.fromkeys(pattern for patterns in columns.values() for pattern in patterns))
    among = f"{BETWEEN}{WHOLE_CELL}{BETWEEN}"
    row = f"concat('{BETWEEN}', concat_ws('{BETWEEN}{BETWEEN}', {cells}), '{BETWEEN}')"
    found = connection.exec_driver_sql(f"SELECT count(*) FROM staged WHERE {_matches(row, (*every, among))}")
    if not found.scalar_one():
        return
    for place, patterns in columns.items():
        connection.exec_driver_sql(
            f"""CREATE OR REPLACE TEMP TABLE covered AS
            SELECT cell, CASE WHEN regexp_full_match(kept, {literal(WHOLE_CELL)}) THEN '{COVER}'
              ELSE {covered_sql("kept", patterns)} END AS told, replace(kept, '{KEPT}', '') AS plain
            FROM (SELECT cell, {shielded_sql("text")} AS kept FROM (SELECT cell, {bare("cell")} AS text
              FROM (SELECT DISTINCT c{place} AS cell FROM staged WHERE c{place} IS NOT NULL))
              WHERE {_matches("text", (*patterns, f"^{WHOLE_CELL}$"))})"""
        )
        connection.exec_driver_sql(
            f"UPDATE staged SET c{place} = told FROM covered WHERE c{place} = cell AND told <> plain"
        )
    connection.exec_driver_sql("DROP TABLE covered")


def _matches(expression: str, patterns: tuple[str, ...]) -> str:
    return f"regexp_matches({fold_sql(expression)}, {literal('|'.join(patterns))})"


def kind_of(field: FieldRule, contract: Contract) -> str:
    """How a cell of this column is told."""
    if any(other.personal for other in contract.fields if other.from_ == field.from_):
        return PERSONAL
    patterns = patterns_of(field, contract)
    if field.type == "code" and patterns:
        return "kode"
    if patterns:
        return "bebas" if patterns is EVERYTHING else "nama"
    return "jumlah" if field.type == "number" and field.max is None else "nilai"


def _kind_sql(kind: str, is_other: str) -> str:
    return literal(kind) if kind == PERSONAL else f"CASE WHEN {is_other} THEN '{OTHER_ROW}' ELSE '{kind}' END"


def hold_cells(connection: sa.Connection, contract: Contract, *, is_own: bool = False) -> None:
    """Make `held`, the rows not loaded with each cell's text and kind, `kinds` of the columns, and `told`: how each
    text of a held row or a finding may be seen by people; by who holds the file itself if `is_own`."""
    first = {field.from_: field for field in reversed(contract.fields)}  # one entry per delivered column
    columns = [first[header] for header in contract.headers]
    needed = [f"({name('t_' + field.name)} IS NULL)::INTEGER" for field in contract.fields if field.required]
    # A row without half of what it needs is none of the table: a signature, a footnote. Even its titles may be names.
    is_other = f"2 * ({' + '.join(needed)}) >= {len(needed)}" if needed else "false"
    texts = ", ".join(
        f"{bare(name('t_' + field.name))} AS text{place}, "
        f"{_kind_sql(kind_of(field, contract), is_other)} AS kind{place}"
        for place, field in enumerate(columns)
    )
    holds = connection.exec_driver_sql("SELECT count(hold_text) FROM batch").scalar_one()
    rows = "checked" if holds else "judged"  # no row that went past the slow judgement was rejected
    connection.exec_driver_sql(
        f"""CREATE OR REPLACE TEMP TABLE held AS SELECT delivery_no, row_no, {texts}
        FROM {rows} JOIN batch USING (delivery_no) WHERE is_rejected OR hold_text IS NOT NULL"""
    )
    kinds = ", ".join(f"({literal(field.name)}, '{kind_of(field, contract)}')" for field in contract.fields)
    connection.exec_driver_sql(
        f"CREATE OR REPLACE TEMP TABLE kinds AS SELECT * FROM (VALUES {kinds}) AS listed(field, kind)"
    )
    asked = [f"SELECT kind{place} AS kind, text{place} AS text FROM held" for place in range(len(columns))]
    asked += [
        f"SELECT kind, f.{text} AS text FROM (SELECT unnest(findings) AS f FROM checked WHERE len(findings) > 0) "
        f"JOIN kinds ON kinds.field = f.{field}"
        for field, text in (("field", "value"), ("other", "other_text"))
    ]
    _tell_cells(connection, contract, " UNION ALL ".join(asked), is_own=is_own)


def _tell_cells(connection: sa.Connection, contract: Contract, asked: str, *, is_own: bool) -> None:
    connection.exec_driver_sql(
        f"""CREATE OR REPLACE TEMP TABLE told AS
        SELECT kind, text, CASE WHEN kind <> '{PERSONAL}' AND regexp_full_match(text, {literal(PLAIN)})
          THEN text END AS said
        FROM (SELECT DISTINCT kind, text FROM ({asked}) WHERE text IS NOT NULL)"""
    )
    unknown = connection.exec_driver_sql(
        f"SELECT kind, text FROM told WHERE said IS NULL ORDER BY ALL LIMIT {MOST_TOLD}"
    ).all()
    words = Vocabulary(contract)
    shows_all = is_own and not contract.has_persons
    kinds_told = [(kind, "bebas" if shows_all else kind, text) for kind, text in unknown]
    rows = [(kind, text, tell(words, told_as, text)) for kind, told_as, text in kinds_told]
    frame = pd.DataFrame(rows, columns=["kind", "text", "said"], dtype="object")
    with frame_as_table(connection, "seen", frame):
        if rows:
            connection.exec_driver_sql(
                "UPDATE told SET said = seen.said FROM seen WHERE seen.kind = told.kind AND seen.text = told.text"
            )
    connection.exec_driver_sql("UPDATE told SET said = '[' || length(text) || ' tanda]' WHERE said IS NULL")


def tell(words: Vocabulary, kind: str, text: str) -> str:
    """One cell as people may see it; no signs that steer a terminal or our own messages."""
    match kind:
        case _ if kind == PERSONAL:
            said = COVER
        case "bebas":
            said = cover(text)
        case "nama":
            said = cover_title(text)
        case _:
            said = words.value_told(text, is_amount=kind == "jumlah", is_code=kind == "kode")
    return "".join(sign if sign.isprintable() or sign in "\n\t" else " " for sign in said)
