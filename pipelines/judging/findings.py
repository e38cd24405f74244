"""Tells the sender what was found: each row with its cell and the nearest right spelling, then the whole delivery."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

import pandas as pd
import sqlalchemy as sa

from pipelines.contracts.contract import Contract, FieldRule
from pipelines.judging.cells import PREFIXES
from pipelines.judging.field_findings import OTHER, OWN
from pipelines.judging.outcomes import Outcome
from pipelines.judging.quoting import literal
from pipelines.judging.reference import reference_names
from pipelines.judging.staging import Staged
from pipelines.reading.cell_names import column_letters
from pipelines.reading.column_matching import crosstab_headers
from pipelines.reading.layout import MOVED
from pipelines.reading.reshaping import Note
from warehouse.engine import frame_as_table
from warehouse.schema import meta_finding

SUGGESTED_VALUES = 500  # distinct unknown codes per source that get a nearest-name proposal


def file_findings(
    connection: sa.Connection, contract: Contract, region_code: str, deliveries: Sequence[Staged]
) -> None:
    place_frame = pd.DataFrame(
        [place for item in deliveries for place in _places(item)], columns=["delivery_no", "header", "letter", "cell"]
    ).astype({"header": "object", "letter": "object", "cell": "object"})
    proposals = _proposals(connection, contract, region_code)
    spread = ", ".join(literal(header) for header in crosstab_headers(contract))
    melted = f"CASE WHEN f.header IN ({spread}) THEN cell_place END, " if spread else ""
    with (
        frame_as_table(connection, "places", place_frame),
        frame_as_table(connection, "proposals", proposals),
    ):
        connection.exec_driver_sql(
            f"""CREATE OR REPLACE TEMP TABLE found AS
            SELECT delivery_no, row_no, nth, cell_place, f.severity, f.field, f.header, f.rule, own.said, f.value,
              replace(replace(f.message, '{OWN}', coalesce(own.said, '')), '{OTHER}', coalesce(other.said, ''))
                AS message
            FROM (SELECT delivery_no, row_no, place AS cell_place, unnest(findings) AS f,
                generate_subscripts(findings, 1) AS nth
              FROM checked WHERE len(findings) > 0)
            LEFT JOIN kinds ON kinds.field = f.field
            LEFT JOIN told AS own ON own.kind = kinds.kind AND own.text = f.value
            LEFT JOIN kinds AS other_kinds ON other_kinds.field = f.other
            LEFT JOIN told AS other ON other.kind = other_kinds.kind AND other.text = f.other_text"""
        )
        connection.exec_driver_sql(
            f"""INSERT INTO meta_finding
            SELECT submission_id, ?, f.severity, sheet_name, row_no,
              coalesce({melted}places.cell,
                CASE WHEN cell_place IS DISTINCT FROM '{MOVED}' THEN letter || row_no END,
                'baris ' || row_no || ', kolom ' || f.header,
                'baris ' || row_no),
              f.field, f.header, f.said, f.rule, f.message || coalesce(hint, '')
            FROM found AS f JOIN batch USING (delivery_no)
            LEFT JOIN places ON places.delivery_no = batch.delivery_no AND places.header = f.header
            LEFT JOIN proposals ON f.rule IN ('kode', 'daftar') AND proposals.field = f.field
              AND proposals.value = f.value
            ORDER BY batch.delivery_no, row_no, f.field, f.rule""",
            (contract.source_id,),
        )


def _places(item: Staged) -> list[tuple[int, str, str | None, str | None]]:
    """Of every header: the letter of its column in a workbook, or the one cell that holds it for all rows."""
    header, cells = item.delivery.header, dict(item.delivery.fixed_cells)
    is_sheet = item.delivery.has_letters
    return [
        (item.number, words, column_letters(column) if is_sheet else None, cells.get(words))
        for words, column in zip(header.headers, header.columns, strict=True)
    ]


def _proposals(connection: sa.Connection, contract: Contract, region_code: str) -> pd.DataFrame:
    covered = ", ".join(literal(field.name) for field in contract.fields if field.personal) or "''"
    unknown = connection.exec_driver_sql(
        "SELECT DISTINCT f.field, f.value FROM (SELECT unnest(findings) AS f FROM checked WHERE len(findings) > 0) "
        f"WHERE f.rule IN ('kode', 'daftar') AND f.value IS NOT NULL AND f.field NOT IN ({covered}) "
        f"ORDER BY ALL LIMIT {SUGGESTED_VALUES}"
    ).all()
    rows = []
    for field, value in unknown:
        rule = contract.by_name[field]
        names = _names_of(connection, contract, rule, region_code)
        lowered = {item.lower(): item for item in names}
        named = re.sub(PREFIXES.get(rule.ref or "", "^$"), "", value.lower())
        near = difflib.get_close_matches(named, list(lowered), n=1, cutoff=0.6)
        if not near:  # a code mistyped: told only when one alone is near
            codes = {listed.code.lower(): listed.code for listed in contract.code_lists.get(rule.ref or "", ())}
            close = difflib.get_close_matches(named, list(codes), n=2, cutoff=0.8)
            near, lowered = (close, codes) if len(close) == 1 else ([], lowered)
        hint = f' Apakah "{lowered[near[0]]}" yang dimaksud?' if near else f" Pilihan: {', '.join(names[:20])}."
        rows.append((field, value, hint))
    return pd.DataFrame(rows, columns=["field", "value", "hint"], dtype="object")


def _names_of(connection: sa.Connection, contract: Contract, rule: FieldRule, region_code: str) -> tuple[str, ...]:
    if rule.ref and rule.ref in contract.code_lists:
        return tuple(listed.name for listed in contract.code_lists[rule.ref])
    return reference_names(connection, rule.ref, region_code) if rule.ref else (*rule.codes, *rule.one_of)


def file_notes(
    connection: sa.Connection, contract: Contract, deliveries: Sequence[Staged], outcomes: dict[str, Outcome]
) -> None:
    """What is said about a delivery as a whole, or about a single cell outside its table."""
    rows: list[dict[str, object]] = []
    for item in deliveries:
        outcome = outcomes[item.submission_id]
        severity = "ditahan" if outcome.is_held else "peringatan"
        told = [("peringatan", note) for note in (*outcome.notes, *_about_table(contract, item, outcome.staged))]
        told += [(severity, Note(doubt.rule, doubt.message, doubt.cell)) for doubt in outcome.doubts]
        facts = {
            "submission_id": item.submission_id,
            "source_id": contract.source_id,
            "sheet_name": item.delivery.sheet_name,
        }
        rows += [{**facts, "severity": weight, **_columns_of(note)} for weight, note in told]
    if rows:
        connection.execute(meta_finding.insert(), rows)


def _columns_of(note: Note) -> dict[str, object]:
    place = note.cell or (f"baris {note.row_no}, kolom {note.header}" if note.row_no else None)
    said = {"rule": note.rule, "message": note.message, "cell": place}
    return {**said, "row_no": note.row_no, "header_text": note.header}


def _about_table(contract: Contract, item: Staged, staged: int) -> list[Note]:
    header, total = item.delivery.header, item.delivery.declared_total
    notes = [Note("kolom", f'Kolom "{word}" tidak dikenal dan tidak dimuat.') for word in header.unknown]
    for word in header.absent:
        near = header.nearest.get(word)
        hint = f' Apakah kolom "{near}" yang dimaksud? Samakan judul dan satuannya.' if near else ""
        notes.append(Note("kolom", f'Kolom "{word}" tidak ada; isinya dianggap tidak disampaikan.{hint}'))
    notes += [
        Note(
            "lembar",
            f'Lembar "{word}" juga berisi tabel ini, tetapi hanya lembar pertama yang dibaca. Satukan tabelnya.',
        )
        for word in item.delivery.unread_sheets
    ]
    if total is not None and total != staged:
        notes.append(Note("jumlah", f"Baris {contract.total_label} menyebut {total}, yang terbaca {staged} baris."))
    if staged > contract.expect.max_rows:
        notes.append(Note("banyak_baris", f"{staged} baris, melebihi kebiasaan ({contract.expect.max_rows})."))
    return notes
