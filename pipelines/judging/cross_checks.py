"""Writes the SQL of what is found by holding the values of one row against each other, or against the release.

A check that lacks one of its values finds nothing: what is missing is told by its own cell.
"""

from __future__ import annotations

from pipelines.contracts.contract import Check, Contract, FieldRule
from pipelines.contracts.contract_kinds import TRUE_WORDS
from pipelines.judging.field_findings import OTHER, OWN, finding_sql
from pipelines.judging.numbers import NUMERIC
from pipelines.judging.quoting import alias_key_sql, bare, literal, name
from pipelines.judging.reference import alias_key
from warehouse.rules import load_rules

LEVELLED = "spbe"  # the scheme whose levels a contract may deliver, with whatever replaces it
SHARE_POINTS = 5  # percentage points between a written share and its amounts: a budget may change within a month


def judge_future(field: FieldRule) -> str:
    """A row dated after its delivery arrived is a slip of the pen, and would stand as the newest period for years."""
    latest = "year(latest_at)" if field.type == "integer" else "latest_at"
    message = literal(
        f'"{OWN}" di kolom "{field.from_}" lebih akhir daripada saat kiriman diterima. Periksa tahun dan tanggalnya.'
    )
    finding = finding_sql(field, "masa_depan", message, "ditolak")
    return f"CASE WHEN {name('v_' + field.name)} > {latest} THEN {finding} END"


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
        f"WHEN lead_opd_code IS NULL THEN {finding_sql(field, 'program', unknown, check.severity)} "
        f"WHEN {name('v_' + check.other)} NOT IN ('', lead_opd_code) "
        f"THEN {finding_sql(field, 'penanggung_jawab', other, check.severity)} END"
    )


def _judge_sum(check: Check, contract: Contract) -> str:
    """A total beside its parts, exact; nothing is said of one whose parts are not all delivered."""
    field = contract.by_name[check.field]
    value, total = name("v_" + field.name), " + ".join(name("v_" + part) for part in check.parts)
    parts = " + ".join(f'"{contract.by_name[part].from_}"' for part in check.parts).replace("'", "''")
    mine = field.from_.replace("'", "''")
    spelled = f"replace(regexp_replace(({total})::VARCHAR, '(\\.[0-9]*?)0+$', '\\1'), '.', ',')"
    is_told = not any(contract.by_name[name].personal for name in check.fields)
    amount = f", yaitu ' || rtrim({spelled}, ',') || '" if is_told else ""
    message = f"'\"{mine}\" ({OWN}) tidak sama dengan jumlah {parts}{amount}. Periksa jumlah dan bagiannya.'"
    condition = f"TRY(abs({value} - ({total}))) > {check.tolerance}"
    return f"CASE WHEN {condition} THEN {finding_sql(field, check.rule, message, check.severity)} END"


def _judge_level(check: Check, contract: Contract) -> str:
    """A level that the scheme of its year does not have: SPBE until its last year, then what replaced it."""
    field, value, year = contract.by_name[check.field], name("v_" + check.field), name("v_" + check.other)
    cases = []
    for pack in load_rules({}).index_packs:
        if LEVELLED not in (pack.scheme, pack.replaces):
            continue
        last = f" AND {year} <= {pack.valid_until.year}" if pack.valid_until else ""
        whole = "" if pack.is_fractional else f" OR {value} <> floor({value})"
        kind = "boleh pecahan" if pack.is_fractional else "bilangan bulat"
        message = literal(
            f'"{OWN}" di kolom "{field.from_}" bukan tingkat {pack.index_name} tahun itu: {pack.lowest_level} sampai '
            f"{pack.highest_level}, {kind}. Contoh yang benar: 3."
        )
        outside = f"{value} < {pack.lowest_level} OR {value} > {pack.highest_level}{whole}"
        found = finding_sql(field, check.rule, message, check.severity, ("", check.other))
        cases.append(f"WHEN {year} >= {pack.valid_from.year}{last} AND ({outside}) THEN {found}")
    return f"CASE {' '.join(cases)} END"


def _says(other: FieldRule, word: str) -> str:
    """Whether a field holds the word of a contract, as its own cells would be read."""
    value = name("v_" + other.name)
    if other.type == "boolean":
        return value if word.lower() in TRUE_WORDS else f"NOT {value}"
    if other.type in NUMERIC:
        return f"{value} = {word}"
    key = alias_key(other.codes.get(word, word))
    if not key:
        return f"{value} = {literal(word)}"
    written = bare(name("t_" + other.name))  # of a code list the contract may say the name as well
    return f"({alias_key_sql(value)} = {literal(key)} OR {alias_key_sql(written)} = {literal(key)})"


def judge_check(check: Check, contract: Contract) -> str:
    if check.rule == "led_by":
        return _judge_lead(check, contract)
    if check.rule == "sum_equals":
        return _judge_sum(check, contract)
    if check.rule == "level_of_year":
        return _judge_level(check, contract)
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
        is_told = not any(contract.by_name[name].personal for name in check.fields)
        amount = f", yaitu ' || replace(round({share}, 1)::VARCHAR, '.', ',') || ' persen" if is_told else ""
        message = f"'\"{mine}\" ({OWN}) tidak cocok dengan {base}{amount}. Tulis persen 0 sampai 100, misalnya 83,5.'"
    elif check.rule == "same_month":
        condition = f"{value} <> month({against})"
        message = literal(f'"{field.from_}" tidak sama dengan bulan pada "{other.from_}".')
    else:
        condition = f"{_says(other, check.equals or '')} AND {value} IS NULL"
        message = literal(f'"{field.from_}" wajib diisi bila "{other.from_}" berisi {check.equals}.')
    return f"CASE WHEN {condition} THEN {finding_sql(field, check.rule, message, check.severity, ('', other.name))} END"
