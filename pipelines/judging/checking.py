"""Writes the one SQL pass that types, normalises and judges every staged row of a delivery.

Only declarations from contracts become SQL text (quoted); what agencies deliver is data in tables or a bound value.
"""

from __future__ import annotations

import sqlalchemy as sa

from pipelines.contracts.contract import Check, Contract, FieldRule
from pipelines.judging.cells import (
    blanked_sql,
    cleaned_sql,
    is_styled,
    kept_columns,
    reference_join_sql,
    typed_sql,
    unread_sql,
    work_columns,
)
from pipelines.judging.column_styles import Styles, decide_styles
from pipelines.judging.cross_checks import judge_check, judge_future
from pipelines.judging.field_findings import finding_sql, judge_field, judge_parts
from pipelines.judging.long_codes import long_code_notes
from pipelines.judging.quoting import alias_key_sql, literal, name
from pipelines.judging.weighing import WEIGHED, settle_totals
from pipelines.reading.grids import STRUCK_OUT
from pipelines.reading.reshaping import Note
from pipelines.reading.row_kinds import DATA, MAYBE, TOTAL

SHIFTED = (  # a row with more cells than its header, or struck through: none of them is told
    "{'field': NULL::VARCHAR, 'header': NULL::VARCHAR, 'rule': CASE WHEN shifted = "
    f"{literal(STRUCK_OUT)} THEN 'dicoret' ELSE 'geser' END, "
    "'severity': 'ditolak', 'value': NULL::VARCHAR, "
    "'other': NULL::VARCHAR, 'other_text': NULL::VARCHAR, 'message': shifted}"
)
SAID_BY_SENDER = ("opd_code", "basis")  # known of the delivery, without a column of its own
LEAD_COLUMNS = ", from_sample, has_leads, lead_opd_code, spelled"


def check_staged(connection: sa.Connection, contract: Contract, region_code: str) -> dict[int, tuple[Note, ...]]:
    """Judge all of `staged` into `judged`; by number of the delivery what is told of whole columns.

    Reads `arrivals`: delivery_no, latest_at, the instant its rows cannot be dated after, and is_1904, from when bare
    day numbers count, and minutes_ahead, which the clocks of the region are ahead of UTC.
    """
    styles = decide_styles(connection, contract)
    regions = tuple(region_code for field in contract.fields if field.ref)
    if connection.exec_driver_sql(f"SELECT EXISTS (SELECT 1 FROM staged WHERE row_kind = '{MAYBE}')").scalar():
        connection.exec_driver_sql(checked_rows_sql(contract, styles, "weighed", WEIGHED), regions)
        settle_totals(connection, contract)
    connection.exec_driver_sql(checked_rows_sql(contract, styles, "judged", f"row_kind = '{DATA}'"), regions)
    if connection.exec_driver_sql(f"SELECT EXISTS (SELECT 1 FROM staged WHERE row_kind = '{TOTAL}')").scalar():
        connection.exec_driver_sql(checked_rows_sql(contract, styles, "set_aside", f"row_kind = '{TOTAL}'"), regions)
    else:
        connection.exec_driver_sql("CREATE OR REPLACE TEMP TABLE set_aside AS SELECT * FROM judged LIMIT 0")
    long_codes = long_code_notes(connection, contract)
    return {
        number: (*styles.notes.get(number, ()), *long_codes.get(number, ())) for number in {*styles.notes, *long_codes}
    }


def checked_rows_sql(contract: Contract, styles: Styles, table: str, rows: str) -> str:
    """`CREATE TABLE`: per staged row of those kinds the typed `v_*`, the cleaned text `t_*` and its findings.

    Bound parameters: the region code, once per referenced field.
    """
    fields = contract.fields
    joins = "".join(reference_join_sql(field) for field in fields if field.ref)
    layers, done = _layers(contract, styles)
    unread = {"e_" + field.name: sql for field in fields if (sql := unread_sql(field, contract)) is not None}
    steps = [*layers, *([unread] if unread else [])]
    typed = "".join(
        f"step{number} AS (SELECT *, {_columns(step)} FROM step{number - 1}),\n" for number, step in enumerate(steps, 1)
    )
    findings = [judge_field(field, contract, "e_" + field.name in unread) for field in fields]
    findings += [judge_check(check, contract) for check in contract.checks]
    if contract.period is not None and not contract.is_planned:
        findings.append(judge_future(contract.by_name[contract.period.field]))
    led = next((check for check in contract.checks if check.rule == "led_by"), None)
    grain = ", ".join(name("v_" + column) for column in contract.grain) or "row_no"
    if contract.grain:
        complete = " AND ".join(f"{name('v_' + column)} IS NOT NULL" for column in contract.grain)
        findings.append(f"CASE WHEN row_no > first_row_no AND {complete} THEN {_twin(contract)} END")
    parts = [judge_parts(field) for field in fields if field.separator and field.unmatched == "reject"]
    every = f"list_concat({', '.join(['[' + ', '.join(findings) + ']', *parts])})"
    cells = {field.name: name("t_" + field.name) for field in fields}
    blanked = ", ".join(f"{blanked_sql(field, contract)} AS {cells[field.name]}" for field in fields)
    cleaned = ", ".join(f"{cleaned_sql(cells[field.name], field, contract)} AS {cells[field.name]}" for field in fields)
    taken = [*done, "is_1904", "minutes_ahead"]
    helpers = "".join(f", {name(key)}" for key in unread) + (LEAD_COLUMNS if led else "")
    found = f"CASE WHEN shifted IS NOT NULL THEN [{SHIFTED}] ELSE {every} END"
    return f"""
CREATE OR REPLACE TEMP TABLE {table} AS
WITH blanked AS (SELECT delivery_no, row_no, shifted, place, {blanked} FROM staged WHERE {rows}),
cleaned AS (SELECT delivery_no, row_no, shifted, place, {cleaned} FROM blanked),
step0 AS (SELECT cleaned.*, {", ".join(_beside(contract, led is not None))}
  FROM cleaned LEFT JOIN arrivals USING (delivery_no) LEFT JOIN column_styles USING (delivery_no){joins}),
{typed}numbered AS (SELECT * EXCLUDE ({", ".join(map(name, taken))}),
  min(row_no) OVER (PARTITION BY delivery_no, {grain}) AS first_row_no FROM step{len(steps)}),
matched AS (SELECT numbered.*{_lead_sql(led)}),
told AS (SELECT * EXCLUDE (first_row_no, shifted, latest_at{helpers}),
  list_filter({found}, item -> item IS NOT NULL) AS findings FROM matched)
SELECT *, len(list_filter(findings, item -> item.severity = 'ditolak')) > 0 AS is_rejected
FROM told"""


def _beside(contract: Contract, is_led: bool) -> list[str]:
    """What joins the cells of a row: facts of its delivery, styles of its columns, codes of its names."""
    facts = [
        "arrivals.latest_at",
        "arrivals.is_1904",
        "arrivals.minutes_ahead",
        *(["arrivals.from_sample"] if is_led else []),
    ]
    facts += [f"arrivals.{column} AS {name('v_' + column)}" for column in sender_columns(contract)]
    facts += [f"column_styles.{name('s_' + field.name)}" for field in contract.fields if is_styled(field)]
    for field in contract.fields:
        if field.ref:
            alias = name("r_" + field.name)
            facts.append(f"{alias}.{'codes' if field.separator else 'code'} AS {alias}")
    return facts


def _layers(contract: Contract, styles: Styles) -> tuple[list[dict[str, str]], list[str]]:
    """Columns to make one after another, so that each is made once, and those that nothing after the values needs."""
    layers: list[dict[str, str]] = [{}, {}, {}, {}]
    done = ["s_" + field.name for field in contract.fields if is_styled(field)]
    for field in contract.fields:
        done += ["r_" + field.name] if field.ref else []
        for number, columns in enumerate(work_columns(field, contract)):
            layers[number] |= columns
            done += columns
        for number, columns in enumerate(kept_columns(field, contract)):
            layers[number] |= columns
        layers[-1]["v_" + field.name] = typed_sql(field, contract, styles.widths)
    return [layer for layer in layers if layer], done


def _lead_sql(check: Check | None) -> str:
    """Who leads the programme of a row, by the programmes of the release, sample and real ones apart."""
    if check is None:
        return " FROM numbered"
    code = f"numbered.{name('v_' + check.field)}"
    return f""", leads.lead_opd_code, near.spelled, (SELECT count(*) FROM core_programme AS any_lead
    WHERE any_lead.is_sample = numbered.from_sample) > 0 AS has_leads
  FROM numbered
  LEFT JOIN core_programme AS leads ON leads.programme_code = {code} AND leads.is_sample = numbered.from_sample
  LEFT JOIN (SELECT {alias_key_sql("programme_code")} AS code_key, is_sample, min(programme_code) AS spelled
    FROM core_programme GROUP BY 1, 2) AS near
    ON near.code_key = {alias_key_sql(code)} AND near.is_sample = numbered.from_sample"""


def _columns(expressions: dict[str, str]) -> str:
    return ", ".join(f"{expression} AS {name(column)}" for column, expression in expressions.items())


def sender_columns(contract: Contract) -> tuple[str, ...]:
    """Columns of the target table that `arrivals` says for all rows of a delivery: `v_*` in `checked` too."""
    columns = () if contract.table is None else contract.table.columns
    return tuple(column for column in SAID_BY_SENDER if column in columns and column not in contract.by_name)


def reference_fields(contract: Contract) -> tuple[FieldRule, ...]:
    return tuple(field for field in contract.fields if field.ref)


def _twin(contract: Contract) -> str:
    mapped = [contract.by_name[column] for column in contract.grain if column in contract.by_name]
    headers = ", ".join(dict.fromkeys(field.from_ for field in mapped)).replace("'", "''")
    message = f"'Baris ini kembar dengan baris ' || first_row_no || ': {headers} sama. Hapus salah satu.'"
    return finding_sql(mapped[-1], "ganda", message, "ditolak")
