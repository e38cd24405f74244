"""Writes the one SQL pass that types, normalises and judges every staged row of a delivery.

Only declarations from contracts become SQL text (quoted); what agencies deliver is data in tables or a bound value.
"""

from __future__ import annotations

from pipelines.cells import (
    MAGNITUDE,
    alias_key_sql,
    bare,
    clean_sql,
    literal,
    name,
    reference_join_sql,
    shares_pair,
    typed_sql,
    work_columns,
)
from pipelines.contract import Check, Contract, FieldRule
from pipelines.covering import patterns_of
from pipelines.indonesian import example_of
from warehouse.personal import COVER

__all__ = ["alias_key_sql", "checked_rows_sql", "literal", "name", "reference_fields", "sender_columns"]
SAID_BY_SENDER = ("opd_code", "basis")  # known of the delivery, without a column of its own
SHARE_POINTS = 5  # percentage points between a written share and its amounts: a budget may change within a month
LEAD_COLUMNS = ", from_sample, has_leads, lead_opd_code, spelled"
OWN, OTHER = "\x1e", "\x1f"  # in a message: where the cell's text stands, and that of the cell it is held against
EXAMPLES = {"integer": "2026", "quantity": "33 (tiga puluh tiga) unit"}


def checked_rows_sql(contract: Contract) -> str:
    """`CREATE TABLE checked`: per staged row the typed `v_*`, the cleaned text `t_*` and its list of findings.

    Bound parameters: the region code, once per referenced field. Reads `arrivals`: delivery_no and latest_at, the
    instant its rows cannot be dated after.
    """
    fields = contract.fields
    texts = ", ".join(f"{clean_sql(field, contract)} AS {name('t_' + field.name)}" for field in fields)
    joins = "".join(reference_join_sql(field) for field in fields if field.ref)
    typed = [_columns(work_columns(field, contract)) for field in fields if field.separator or field.type == "quantity"]
    typed += [_columns({"v_" + field.name: typed_sql(field, contract)}) for field in fields]
    typed += [_columns({"v_" + column: "arrivals." + column}) for column in sender_columns(contract)]
    findings = [_judge_field(field, contract) for field in fields]
    findings += [_judge_check(check, contract) for check in contract.checks]
    if contract.period is not None and not contract.is_planned:
        findings.append(_judge_future(contract.by_name[contract.period.field]))
    led = next((check for check in contract.checks if check.rule == "led_by"), None)
    grain = ", ".join(name("v_" + column) for column in contract.grain) or "row_no"
    if contract.grain:
        complete = " AND ".join(f"{name('v_' + column)} IS NOT NULL" for column in contract.grain)
        findings.append(f"CASE WHEN row_no > first_row_no AND {complete} THEN {_twin(contract)} END")
    parts = [_judge_parts(field) for field in fields if field.separator and field.unmatched == "reject"]
    every = f"list_concat({', '.join(['[' + ', '.join(findings) + ']', *parts])})"
    return f"""
CREATE OR REPLACE TEMP TABLE checked AS
WITH cleaned AS (SELECT delivery_no, row_no, {texts} FROM staged),
typed AS (SELECT cleaned.*, arrivals.latest_at{", arrivals.from_sample" if led else ""}, {", ".join(typed)}
  FROM cleaned LEFT JOIN arrivals USING (delivery_no){joins}),
numbered AS (SELECT *, min(row_no) OVER (PARTITION BY delivery_no, {grain}) AS first_row_no FROM typed),
matched AS (SELECT numbered.*{_lead_sql(led)})
SELECT * EXCLUDE (first_row_no, latest_at{LEAD_COLUMNS if led else ""}),
  list_filter({every}, item -> item IS NOT NULL) AS findings,
  len(list_filter(findings, item -> item.severity = 'ditolak')) > 0 AS is_rejected
FROM matched"""


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


def _finding(field: FieldRule, rule: str, message_sql: str, severity: str, quoted: tuple[str, str] = ("", "")) -> str:
    """A message holds marks instead of delivered text; filing knows how that is told.

    `quoted`: the text meant when it is not the whole cell, and the field this one is held against.
    """
    text, other = quoted
    against, beside = (literal(other), bare(name("t_" + other))) if other else ("NULL::VARCHAR", "NULL::VARCHAR")
    return (
        f"{{'field': {literal(field.name)}, 'header': {literal(field.from_)}, 'rule': {literal(rule)}, "
        f"'severity': {literal(severity)}, 'value': {text or bare(name('t_' + field.name))}, "
        f"'other': {against}, 'other_text': {beside}, 'message': {message_sql}}}"
    )


def _twin(contract: Contract) -> str:
    mapped = [contract.by_name[column] for column in contract.grain if column in contract.by_name]
    headers = ", ".join(dict.fromkeys(field.from_ for field in mapped)).replace("'", "''")
    message = f"'Baris ini kembar dengan baris ' || first_row_no || ': {headers} sama. Hapus salah satu.'"
    return _finding(mapped[-1], "ganda", message, "ditolak")


def _judge_parts(field: FieldRule) -> str:
    """One finding for each unknown code of a cell that lists several."""
    message = literal(
        f'"{OWN}" di kolom "{field.from_}" tidak ada di daftar kode. '
        f'Beberapa kode dipisahkan dengan "{field.separator}".'
    )
    unknown = _finding(field, "kode", message, "ditolak", ("item.part", ""))
    listed = f"list_transform({name('u_' + field.name)}, item -> {unknown})"
    return f"coalesce({listed}, [])"


def _judge_quantity(field: FieldRule) -> list[str]:
    """Warnings only: the sentence itself is kept in the text column, its number is left out when in doubt."""
    text, numbers = name("t_" + field.name), name("q_" + field.name)
    quoted = f'"{OWN}" di kolom "{field.from_}"'.replace("'", "''")
    several = (
        f"'{quoted} memuat ' || len({numbers}) || ' angka berbeda; angkanya dikosongkan. Tulis satu target tiap baris.'"
    )
    none = f"'{quoted} tidak memuat angka yang terbaca; angkanya dikosongkan{_example_of_type(field)}.'"
    unit = f"'{quoted} memakai kata ribu, juta atau miliar; angkanya dibaca apa adanya dan kata itu milik satuannya.'"
    empty = f"{text} IS NOT NULL AND {name('v_' + field.name)} IS NULL"
    cases = (
        (f"{empty} AND len({numbers}) > 1", several),
        (empty, none),
        (f"regexp_matches({text}, {literal(MAGNITUDE)}, 'i')", unit),
    )
    return [f"WHEN {condition} THEN {_finding(field, 'kuantitas', said, 'peringatan')}" for condition, said in cases]


def _judge_field(field: FieldRule, contract: Contract) -> str:
    text, value = name("t_" + field.name), name("v_" + field.name)
    quoted = f'"{OWN}" di kolom "{field.from_}"'
    cases = []
    if field.required:
        message = literal(f'Kolom "{field.from_}" wajib diisi{_example(field, contract)}.')
        cases.append(f"WHEN {text} IS NULL THEN {_finding(field, 'wajib', message, 'ditolak')}")
    cases += _judge_person(field, contract)
    doubts = _judge_quantity(field) if field.type == "quantity" else []
    if doubts:
        cases += doubts[:-1]
    elif not field.separator and not (field.ref and field.unmatched == "empty") and not patterns_of(field, contract):
        message = literal(f"{quoted} {_complaint(field, contract)}")
        cases.append(
            f"WHEN {text} IS NOT NULL AND {value} IS NULL THEN {_finding(field, _rule(field), message, 'ditolak')}"
        )
    for bound, operator, word in ((field.min, "<", "di bawah"), (field.max, ">", "di atas")):
        if bound is not None:
            limit = f"{int(bound) if bound == int(bound) else bound}"
            message = literal(f"{quoted} {word} batas {limit}. Periksa nilainya.")
            cases.append(f"WHEN {value} {operator} {limit} THEN {_finding(field, 'rentang', message, 'ditolak')}")
    if field.one_of:
        words = ", ".join(literal(word) for word in field.one_of)
        message = literal(f"{quoted} tidak dikenal. Pilih: {', '.join(field.one_of)}.")
        cases.append(f"WHEN {value} NOT IN ({words}) THEN {_finding(field, 'daftar', message, 'ditolak')}")
    cases += doubts[-1:]
    return f"CASE {' '.join(cases)} END" if cases else "NULL"


def _judge_person(field: FieldRule, contract: Contract) -> list[str]:
    """What was covered in the cell is told; a code or a name of the row that was covered names nothing any more."""
    if field.type not in ("text", "code") or not patterns_of(field, contract):
        return []
    text = name("t_" + field.name)
    is_needed = field.required or field.name in contract.grain
    is_refused = is_needed and (field.type == "code" or field.name in contract.grain)
    severity = "ditolak" if is_refused else "peringatan"
    outcome = "" if is_refused else "; isinya dikosongkan" if field.type == "code" else "; bagian itu disamarkan"
    message = literal(
        f'Kolom "{field.from_}" memuat yang tampak seperti data pribadi{outcome}. Tulis tanpa nama orang, nomor '
        "telepon, NIK, surel, nomor kendaraan dan alamat rumah; periksa apakah kolomnya bergeser."
    )
    cases = [
        f"WHEN contains({text}, '{COVER}') THEN {_finding(field, 'pribadi', message, severity, ('NULL::VARCHAR', ''))}"
    ]
    if field.type == "code":
        no_code = literal(f'"{OWN}" di kolom "{field.from_}" bukan kode{outcome}. Periksa apakah kolomnya bergeser.')
        unread = f"{text} IS NOT NULL AND {name('v_' + field.name)} IS NULL"
        cases.append(f"WHEN {unread} THEN {_finding(field, 'bentuk', no_code, severity)}")
    return cases


def _judge_future(field: FieldRule) -> str:
    """A row dated after its delivery arrived is a slip of the pen, and would stand as the newest period for years."""
    latest = "year(latest_at)" if field.type == "integer" else "latest_at"
    message = literal(
        f'"{OWN}" di kolom "{field.from_}" lebih akhir daripada saat kiriman diterima. Periksa tahun dan tanggalnya.'
    )
    return (
        f"CASE WHEN {name('v_' + field.name)} > {latest} THEN {_finding(field, 'masa_depan', message, 'ditolak')} END"
    )


def _rule(field: FieldRule) -> str:
    if field.ref or field.codes:
        return "kode"
    return {"date": "tanggal", "datetime": "tanggal", "integer": "angka", "number": "angka"}.get(field.type, "bentuk")


def _complaint(field: FieldRule, contract: Contract) -> str:
    if field.ref or field.codes:
        return "tidak ada di daftar kode."
    what = {"tanggal": "bukan waktu yang terbaca", "angka": "bukan angka yang terbaca"}
    return f"{what.get(_rule(field), 'tidak terbaca')}{_example(field, contract)}."


def _example(field: FieldRule, contract: Contract) -> str:
    if field.format:
        return f". Contoh yang benar: {example_of(field.format)}"
    if field.type == "number":
        return f". Contoh yang benar: {'1.234,5' if contract.file.decimal == ',' else '1,234.5'}"
    if field.type in ("latitude", "longitude"):
        alone = "-7.47" if field.type == "latitude" else "112.43"
        return f". Contoh yang benar: {'LatLng(-7.47, 112.43)' if shares_pair(field, contract) else alone}"
    return _example_of_type(field)


def _example_of_type(field: FieldRule) -> str:
    return f". Contoh yang benar: {EXAMPLES[field.type]}" if field.type in EXAMPLES else ""


def _judge_lead(check: Check, contract: Contract) -> str:
    """A report on a programme nobody listed, or on one that another agency leads: it would stand in their place."""
    field = contract.by_name[check.field]
    given = f'\'"{OWN}" di kolom "{field.from_}" '
    unknown = (
        f"{given}tidak ada di matriks program masterplan.' || "
        "coalesce(' Apakah \"' || spelled || '\" yang dimaksud?', ' Contoh yang benar: SC.1.1.01.')"
    )
    other = (
        f"{given}dilaporkan penanggung jawabnya, ' || lead_opd_code || ', bukan ' || {name('v_' + check.other)} || "
        "'. Hapus baris ini atau betulkan kodenya.'"
    )
    return (
        f"CASE WHEN NOT has_leads OR {name('v_' + field.name)} IS NULL THEN NULL "
        f"WHEN lead_opd_code IS NULL THEN {_finding(field, 'program', unknown, check.severity)} "
        f"WHEN {name('v_' + check.other)} NOT IN ('', lead_opd_code) "
        f"THEN {_finding(field, 'penanggung_jawab', other, check.severity)} END"
    )


def _judge_check(check: Check, contract: Contract) -> str:
    if check.rule == "led_by":
        return _judge_lead(check, contract)
    field, other = contract.by_name[check.field], contract.by_name[check.other]
    value, against = name("v_" + field.name), name("v_" + other.name)
    mine, theirs = (item.from_.replace("'", "''") for item in (field, other))
    if check.rule == "not_before":
        condition = f"{value} < {against}"
        message = literal(f'"{field.from_}" ({OWN}) lebih awal daripada "{other.from_}" ({OTHER}).')
    elif check.rule == "at_most":
        condition = f"{value} > {against}"
        message = literal(f'"{field.from_}" lebih besar daripada "{other.from_}".')
    elif check.rule == "not_ahead":  # a plan may be dated ahead, what was realised may not
        condition = f"{value} IS NOT NULL AND {against} > latest_at"
        message = literal(f'"{field.from_}" sudah diisi untuk {OTHER}, padahal kiriman diterima sebelumnya.')
    elif check.rule == "share_of":  # 0,83 written for 83 % stands beside amounts that say otherwise
        whole = contract.by_name[check.whole or ""]
        share = f"({against} * 100 / nullif({name('v_' + whole.name)}, 0))"
        condition = f"abs({value} - {share}) > {SHARE_POINTS}"
        base = f"{theirs} / {whole.from_}".replace("'", "''")
        message = (
            f"'\"{mine}\" ({OWN}) tidak cocok dengan {base}, yaitu ' || "
            f"replace(round({share}, 1)::VARCHAR, '.', ',') || ' persen. Tulis persen 0 sampai 100, misalnya 83,5.'"
        )
    elif check.rule == "same_month":
        condition = f"{value} <> month({against})"
        message = literal(f'"{field.from_}" tidak sama dengan bulan pada "{other.from_}".')
    else:
        condition = f"{against} = {literal(check.equals or '')} AND {value} IS NULL"
        message = literal(f'"{field.from_}" wajib diisi bila "{other.from_}" berisi {check.equals}.')
    return f"CASE WHEN {condition} THEN {_finding(field, check.rule, message, check.severity, ('', other.name))} END"
