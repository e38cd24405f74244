"""Writes the one SQL pass that types, normalises and judges every staged row of a delivery.

Only declarations from contracts become SQL text (quoted); what agencies deliver is data in tables or a bound value.
"""

from __future__ import annotations

from pipelines.contract import Check, Contract, FieldRule
from pipelines.indonesian import english_months_sql, example_of
from pipelines.readers import NATIVE

MISSING_WORDS = ("", "-", "n/a", "na", "null")
SQL_TYPES = {
    "text": "VARCHAR",
    "code": "VARCHAR",
    "integer": "INTEGER",
    "number": "DECIMAL(18, 4)",  # 64-bit: text casts twelve times faster than the 128-bit widths
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "latitude": "DOUBLE",
    "longitude": "DOUBLE",
}
EXAMPLES = {
    "integer": "2026",
    "latitude": "LatLng(-7.47, 112.43)",
    "longitude": "LatLng(-7.47, 112.43)",
}
PERSONAL_PATTERNS = (
    r"[[:alnum:]._%+-]+@[[:alnum:].-]+",  # e-mail
    r"(\+?62|\b0)[ .-]?8[0-9 .-]{7,14}",  # Indonesian mobile number
    r"\b\d{16}\b",  # NIK
)


def literal(text: str) -> str:
    """A declaration as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def alias_key_sql(expression: str) -> str:
    """Spelling without case, blanks and punctuation, as stored in ref_alias."""
    return f"regexp_replace(lower({expression}), '[^0-9a-z]', '', 'g')"


def shown(expression: str) -> str:
    """Cell text as its sender may see it again: native marks removed, personal patterns covered."""
    text = f"replace(replace(replace({expression}, '{NATIVE}n', ''), '{NATIVE}d', ''), '{NATIVE}', '')"
    for pattern in PERSONAL_PATTERNS:
        text = f"regexp_replace({text}, {literal(pattern)}, '[disamarkan]', 'g')"
    return text


def checked_rows_sql(contract: Contract) -> str:
    """`CREATE TABLE checked`: per staged row the typed `v_*`, the cleaned text `t_*` and its list of findings.

    Bound parameters: the region code, once per referenced field. Reads `arrivals`: delivery_no and latest_at, the
    instant its rows cannot be dated after.
    """
    fields = contract.fields
    texts = ", ".join(f"{_clean(field, contract)} AS {name('t_' + field.name)}" for field in fields)
    joins = "".join(_reference_join(field) for field in fields if field.ref)
    typed = ", ".join(f"{_typed(field, contract)} AS {name('v_' + field.name)}" for field in fields)
    findings = [_judge_field(field, contract) for field in fields]
    findings += [_judge_check(check, contract) for check in contract.checks]
    findings.append(_judge_future(contract.by_name[contract.period.field]))
    grain = ", ".join(name("v_" + column) for column in contract.grain)
    complete = " AND ".join(f"{name('v_' + column)} IS NOT NULL" for column in contract.grain)
    twins = _finding(
        contract.by_name[contract.grain[-1]],
        "ganda",
        f"'Baris ini kembar dengan baris ' || first_row_no || ': {_headers(contract, contract.grain)} sama. "
        "Hapus salah satu.'",
        "ditolak",
    )
    return f"""
CREATE OR REPLACE TEMP TABLE checked AS
WITH cleaned AS (SELECT delivery_no, row_no, {texts} FROM staged),
typed AS (SELECT cleaned.*, {typed} FROM cleaned{joins}),
numbered AS (SELECT *, min(row_no) OVER (PARTITION BY delivery_no, {grain}) AS first_row_no
  FROM typed LEFT JOIN arrivals USING (delivery_no))
SELECT * EXCLUDE (first_row_no, latest_at), list_filter([{", ".join(findings)},
  CASE WHEN row_no > first_row_no AND {complete} THEN {twins} END], item -> item IS NOT NULL) AS findings,
  len(list_filter(findings, item -> item.severity = 'ditolak')) > 0 AS is_rejected
FROM numbered"""


def reference_fields(contract: Contract) -> tuple[FieldRule, ...]:
    return tuple(field for field in contract.fields if field.ref)


def _clean(field: FieldRule, contract: Contract) -> str:
    position = contract.headers.index(field.from_)
    text = rf"trim(regexp_replace(c{position}, '[\x{{00A0}}\x{{200B}}\x{{FEFF}}\s]+', ' ', 'g'))"
    missing = ", ".join(literal(word) for word in MISSING_WORDS)
    return f"CASE WHEN lower({text}) IN ({missing}) THEN NULL ELSE {text} END"


def _reference_join(field: FieldRule) -> str:
    alias = name("r_" + field.name)
    text = name("t_" + field.name)
    return f"""
  LEFT JOIN (SELECT alias_key, min(code) AS code FROM ref_alias
    WHERE reference = {literal(field.ref or "")} AND scope IN ('', ?) GROUP BY alias_key) AS {alias}
  ON {alias}.alias_key = {alias_key_sql(shown_native(text))}"""


def shown_native(expression: str) -> str:
    return f"replace({expression}, '{NATIVE}n', '')"


def _typed(field: FieldRule, contract: Contract) -> str:
    text = f"cleaned.{name('t_' + field.name)}"
    if field.ref:
        return f"{name('r_' + field.name)}.code"
    if field.codes:
        pairs = " ".join(f"WHEN {literal(key)} THEN {literal(code)}" for key, code in field.codes.items())
        return f"CASE {shown_native(text)} {pairs} END"
    if field.type in ("text", "code"):
        return f"CASE WHEN {text} LIKE '{NATIVE}%' THEN substr({text}, 3) ELSE {text} END"
    if field.type in ("date", "datetime"):
        named = "%B" in (field.format or "")
        parsed = f"try_strptime({english_months_sql(text) if named else text}, {literal(field.format or '')})"
        native = f"try_cast(substr({text}, 3) AS TIMESTAMP)"
        return f"CASE WHEN {text} LIKE '{NATIVE}d%' THEN {native} ELSE {parsed} END::{SQL_TYPES[field.type]}"
    if field.type in ("latitude", "longitude"):
        return _coordinate(text, 1 if field.type == "latitude" else 2, field.decimals)
    native = f"try_cast(substr({text}, 3) AS {SQL_TYPES[field.type]})"
    if field.type == "integer":  # the cast would round 2024.5 without a word
        native = f"CASE WHEN regexp_matches(substr({text}, 3), '^-?\\d+$') THEN {native} END"
    return f"CASE WHEN {text} LIKE '{NATIVE}n%' THEN {native} ELSE {_number(text, field, contract)} END"


def _number(text: str, field: FieldRule, contract: Contract) -> str:
    group, point = (r"\.", ",") if contract.file.decimal == "," else (",", r"\.")
    fraction = "0+" if field.type == "integer" else r"\d+"
    shape = rf"^-?(\d{{1,3}}({group}\d{{3}})+|\d+)({point}{fraction})?$"
    bare = rf"trim(regexp_replace({text}, '(^Rp\.?|%$)', '', 'g'))"
    plain = f"replace(replace({bare}, '{group[-1]}', ''), '{point[-1]}', '.')"
    return f"CASE WHEN regexp_matches({bare}, {literal(shape)}) THEN try_cast({plain} AS {SQL_TYPES[field.type]}) END"


def _coordinate(text: str, group: int, decimals: int | None) -> str:
    pattern = r"^(?:LatLng)?\(?\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*\)?$"
    bound = 90 if group == 1 else 180
    value = f"try_cast(regexp_extract({text}, {literal(pattern)}, {group}) AS DOUBLE)"
    rounded = value if decimals is None else f"round({value}, {decimals})"
    return f"CASE WHEN abs({value}) <= {bound} THEN {rounded} END"


def _finding(field: FieldRule, rule: str, message_sql: str, severity: str) -> str:
    return (
        f"{{'field': {literal(field.name)}, 'header': {literal(field.from_)}, 'rule': {literal(rule)}, "
        f"'severity': {literal(severity)}, 'value': {shown(name('t_' + field.name))}, 'message': {message_sql}}}"
    )


def _judge_field(field: FieldRule, contract: Contract) -> str:
    text, value = name("t_" + field.name), name("v_" + field.name)
    header = field.from_.replace("'", "''")
    cases = []
    if field.required:
        message = literal(f'Kolom "{field.from_}" wajib diisi{_example(field, contract)}.')
        cases.append(f"WHEN {text} IS NULL THEN {_finding(field, 'wajib', message, 'ditolak')}")
    if not (field.ref and field.unmatched == "empty"):
        message = f"'\"' || {shown(text)} || '\" di kolom \"{header}\" {_complaint(field, contract)}'"
        cases.append(
            f"WHEN {text} IS NOT NULL AND {value} IS NULL THEN {_finding(field, _rule(field), message, 'ditolak')}"
        )
    for bound, operator, word in ((field.min, "<", "di bawah"), (field.max, ">", "di atas")):
        if bound is not None:
            limit = f"{int(bound) if bound == int(bound) else bound}"
            message = f"'\"' || {shown(text)} || '\" di kolom \"{header}\" {word} batas {limit}. Periksa nilainya.'"
            cases.append(f"WHEN {value} {operator} {limit} THEN {_finding(field, 'rentang', message, 'ditolak')}")
    if field.one_of:
        words = ", ".join(literal(word) for word in field.one_of)
        options = ", ".join(field.one_of).replace("'", "''")
        message = f"'\"' || {shown(text)} || '\" di kolom \"{header}\" tidak dikenal. Pilih: {options}.'"
        cases.append(f"WHEN {value} NOT IN ({words}) THEN {_finding(field, 'daftar', message, 'ditolak')}")
    return f"CASE {' '.join(cases)} END" if cases else "NULL"


def _judge_future(field: FieldRule) -> str:
    """A row dated after its delivery arrived is a slip of the pen, and would stand as the newest period for years."""
    latest = "year(latest_at)" if field.type == "integer" else "latest_at"
    header = field.from_.replace("'", "''")
    message = (
        f'\'"\' || {shown(name("t_" + field.name))} || \'" di kolom "{header}" lebih akhir daripada saat kiriman '
        "diterima. Periksa tahun dan tanggalnya.'"
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
    return f"{what.get(_rule(field), 'tidak terbaca')}{_example(field, contract)}.".replace("'", "''")


def _example(field: FieldRule, contract: Contract) -> str:
    if field.format:
        return f". Contoh yang benar: {example_of(field.format)}"
    if field.type == "number":
        return f". Contoh yang benar: {'1.234,5' if contract.file.decimal == ',' else '1,234.5'}"
    return f". Contoh yang benar: {EXAMPLES[field.type]}" if field.type in EXAMPLES else ""


def _headers(contract: Contract, columns: tuple[str, ...]) -> str:
    return ", ".join(contract.by_name[column].from_ for column in columns).replace("'", "''")


def _judge_check(check: Check, contract: Contract) -> str:
    field, other = contract.by_name[check.field], contract.by_name[check.other]
    value, against = name("v_" + field.name), name("v_" + other.name)
    mine, theirs = (item.from_.replace("'", "''") for item in (field, other))
    if check.rule == "not_before":
        condition = f"{value} < {against}"
        texts = [shown(name("t_" + item.name)) for item in (field, other)]
        message = f"'\"{mine}\" (' || {texts[0]} || ') lebih awal daripada \"{theirs}\" (' || {texts[1]} || ').'"
    elif check.rule == "at_most":
        condition = f"{value} > {against}"
        message = literal(f'"{field.from_}" lebih besar daripada "{other.from_}".')
    elif check.rule == "same_month":
        condition = f"{value} <> month({against})"
        message = literal(f'"{field.from_}" tidak sama dengan bulan pada "{other.from_}".')
    else:
        condition = f"{against} = {literal(check.equals or '')} AND {value} IS NULL"
        message = literal(f'"{field.from_}" wajib diisi bila "{other.from_}" berisi {check.equals}.')
    return f"CASE WHEN {condition} THEN {_finding(field, check.rule, message, check.severity)} END"
