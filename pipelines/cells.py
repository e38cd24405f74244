"""SQL expressions that turn the text of a delivered cell into its value; judges nothing, guesses nothing.

Only declarations from contracts become SQL text (quoted); what agencies deliver stays data. A cell that cannot be
read becomes NULL, never zero.
"""

from __future__ import annotations

from pipelines.contract import Contract, FieldRule
from pipelines.indonesian import english_months_sql
from pipelines.readers import NATIVE
from warehouse.personal import COVER

MISSING_WORDS = ("", "-", "n/a", "na", "null")
SQL_TYPES = {
    "text": "VARCHAR",
    "code": "VARCHAR",
    "integer": "INTEGER",
    "number": "DECIMAL(18, 4)",  # 64-bit: text casts twelve times faster than the 128-bit widths
    "quantity": "DECIMAL(18, 4)",
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "latitude": "DOUBLE",
    "longitude": "DOUBLE",
}
MONEY_MARKS = r"(^Rp\.?\s*|\s*,--?$|%$)"  # "Rp 1.234.567,-"
LIKE_MOBILE = "628[1-9][0-9]{9}"  # 13 digits without points: an amount of six trillion is written with them
LETTER = r"[^\x00-@\x5B-\x60\x7B-\x7F]"  # of any script
LONGEST_CODE = 60
# What stands around the numbers of a sentence; years are dates, not quantities.
YEARS = (
    r"\b(tahun|thn|th|ta|t\.a)\b\.?\s*((anggaran|ajaran|pelajaran)\s*)?"
    r"\d{4}(\s*(-|–|/|dan|sampai|s\.?d\.?|s/d)\s*\d{4})?\b"
)
BETWEEN_WORDS = r'[\s()\[\];:"]+'
AROUND_NUMBER = r"^(Rp\.?|[<>=≤≥±~]+)|([.,]--?|[.,%!?]+)$"
MAGNITUDE = r"\d\s*(\([^)]*\)\s*)?(ribu|juta|miliar|milyar|triliun)\b"


def literal(text: str) -> str:
    """A declaration as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def name(identifier: str) -> str:
    return '"' + identifier.replace('"', '""') + '"'


def alias_key_sql(expression: str) -> str:
    """Spelling without case, blanks and punctuation, as stored in ref_alias."""
    return f"regexp_replace(lower({expression}), '[^0-9a-z]', '', 'g')"


def bare(expression: str) -> str:
    """Cell text without the marks of a cell the workbook itself typed."""
    return f"replace(replace(replace({expression}, '{NATIVE}n', ''), '{NATIVE}d', ''), '{NATIVE}', '')"


def clean_sql(field: FieldRule, contract: Contract) -> str:
    """The staged cell with single blanks; NULL when it says that nothing was delivered."""
    position = contract.headers.index(field.from_)
    text = rf"trim(regexp_replace(c{position}, '[\x{{00A0}}\x{{200B}}\x{{FEFF}}\x03-\x1F\s]+', ' ', 'g'))"
    if field.separator:
        text = f"trim({text}, {literal(field.separator + ' ')})"
    words = _word_list((*MISSING_WORDS, *field.missing))
    compared = text
    if field.missing:
        compared = bare(text)
        if field.type in ("number", "integer", "quantity"):  # "0,0" and "0" are the same word
            compared = rf"regexp_replace({compared}, '[{contract.file.decimal}]0+$', '')"
    return f"CASE WHEN lower({compared}) IN ({words}) THEN NULL ELSE {text} END"


def _word_list(words: tuple[str, ...]) -> str:
    return ", ".join(literal(word.lower()) for word in dict.fromkeys(words))


def reference_join_sql(field: FieldRule) -> str:
    """Joins the code list of a field; binds the region code once."""
    alias = name("r_" + field.name)
    spellings = (
        f"SELECT alias_key, min(code) AS code FROM ref_alias "
        f"WHERE reference = {literal(field.ref or '')} AND scope IN ('', ?) GROUP BY alias_key"
    )
    if field.separator:  # a cell with several codes looks each of them up
        entries = "map_from_entries(list({'k': alias_key, 'v': code}))"
        return f"\n  CROSS JOIN (SELECT {entries} AS codes FROM ({spellings})) AS {alias}"
    key = alias_key_sql(bare(name("t_" + field.name)))
    return f"\n  LEFT JOIN ({spellings}) AS {alias} ON {alias}.alias_key = {key}"


def work_columns(field: FieldRule, contract: Contract) -> dict[str, str]:
    """Columns a value is made from and judged by, in order: parts of a list, numbers of a sentence."""
    text = f"cleaned.{name('t_' + field.name)}"
    if field.separator:
        parts = f"list_transform(string_split({bare(text)}, {literal(field.separator)}), part -> trim(part))"
        given = f"list_filter({parts}, part -> lower(part) NOT IN ({_word_list(MISSING_WORDS)}))"
        codes = f"{name('r_' + field.name)}.codes[{alias_key_sql('part')}]" if field.ref else "part"
        return {
            "p_" + field.name: f"list_transform({given}, part -> {{'part': part, 'code': {codes}}})",
            "u_" + field.name: f"list_filter({name('p_' + field.name)}, item -> item.code IS NULL)",
        }
    return {"q_" + field.name: _numbers_of(text, field, contract)} if field.type == "quantity" else {}


def typed_sql(field: FieldRule, contract: Contract) -> str:
    """The value of a cleaned cell, NULL when it cannot be read."""
    text = f"cleaned.{name('t_' + field.name)}"
    if field.separator:
        return _joined_codes(field)
    if field.ref:
        return f"{name('r_' + field.name)}.code"
    if field.codes:
        pairs = " ".join(f"WHEN {literal(key)} THEN {literal(code)}" for key, code in field.codes.items())
        return f"CASE {bare(text)} {pairs} END"
    if field.type in ("text", "code"):
        return _kept(text, field, contract)
    if field.type in ("date", "datetime"):
        return _instant(text, field)
    return _measured(text, field, contract)


def _kept(text: str, field: FieldRule, contract: Contract) -> str:
    """As written, unless it should name something and reads like a person."""
    kept = f"WHEN {text} LIKE '{NATIVE}%' THEN substr({text}, 3) ELSE {text} END"
    if field.type == "code":
        return f"CASE WHEN {_is_no_code(text, contract)} THEN NULL {kept}"
    return f"CASE WHEN contains({text}, '{COVER}') THEN NULL {kept}" if field.name in contract.grain else f"CASE {kept}"


def _is_no_code(text: str, contract: Contract) -> str:
    """Whether a cell of a column of codes was covered, or reads like words: a name, or cells that slipped together."""
    words = f"{LETTER}{{4,}}|{LETTER}{{2,}} +{LETTER}{{2,}}"
    roman = f"regexp_full_match(lower({text}), '[ivxlcdm]+')"
    without_digit = f"regexp_matches({text}, '{words}') AND NOT {roman}"
    sentence = f"regexp_matches({text}, '{LETTER}{{4,}}.* .*{LETTER}{{4,}}')"
    with_digit = f"length({text}) > {LONGEST_CODE} OR {sentence}"
    if contract.personal:  # then a column of persons may have slipped here
        without_digit = "true"
        with_digit += f" OR regexp_matches({text}, '{LETTER}{{2,}}.* .*{LETTER}{{2,}}')"
    return (
        f"CASE WHEN contains({text}, '{COVER}') THEN true WHEN regexp_matches({text}, '[0-9]') THEN {with_digit} "
        f"ELSE {without_digit} END"
    )


def _joined_codes(field: FieldRule) -> str:
    codes = f"list_transform({name('p_' + field.name)}, item -> item.code)"
    joined = f"nullif(array_to_string(list_sort(list_distinct({codes})), ', '), '')"
    return f"CASE WHEN len({name('u_' + field.name)}) = 0 THEN {joined} END"


def _measured(text: str, field: FieldRule, contract: Contract) -> str:
    if field.type in ("latitude", "longitude"):
        return _coordinate(text, field, contract)
    native = f"try_cast(substr({text}, 3) AS {SQL_TYPES[field.type]})"
    if field.type == "integer":  # the cast would round 2024.5 without a word
        native = f"CASE WHEN regexp_matches(substr({text}, 3), '^-?\\d+$') THEN {native} END"
    numbers = name("q_" + field.name)
    written = f"CASE WHEN len({numbers}) = 1 THEN {numbers}[1] END"
    if field.type != "quantity":
        written = _number(text, field, contract)
    return f"CASE WHEN {text} LIKE '{NATIVE}n%' THEN {native} ELSE {written} END"


def _instant(text: str, field: FieldRule) -> str:
    format_ = field.format or ""
    parsed = f"try_strptime({english_months_sql(text) if '%B' in format_ else text}, {literal(format_)})"
    native = f"try_cast(substr({text}, 3) AS TIMESTAMP)"
    if "%d" not in format_ and "%j" not in format_:  # a month: whichever day the workbook made of it
        native = f"date_trunc('month', {native})"
    return f"CASE WHEN {text} LIKE '{NATIVE}d%' THEN {native} ELSE {parsed} END::{SQL_TYPES[field.type]}"


def _shape(contract: Contract, fraction: str) -> str:
    group, point = (r"\.", ",") if contract.file.decimal == "," else (",", r"\.")
    whole = rf"(0|[1-9]\d{{0,2}})({group}\d{{3}})+|0\d{{0,6}}|[1-9]\d*"  # 0 and many digits: no amount, a telephone
    return f"^-?({whole})({point}{fraction})?$"


def _plain(expression: str, contract: Contract) -> str:
    group, point = (".", ",") if contract.file.decimal == "," else (",", ".")
    return f"replace(replace({expression}, '{group}', ''), '{point}', '.')"


def _number(text: str, field: FieldRule, contract: Contract) -> str:
    shape = _shape(contract, "0+" if field.type == "integer" else r"\d+")
    digits = f"trim(regexp_replace({text}, {literal(MONEY_MARKS)}, '', 'g'))"
    value = f"try_cast({_plain(digits, contract)} AS {SQL_TYPES[field.type]})"
    is_number = f"regexp_matches({digits}, {literal(shape)}) AND NOT regexp_full_match({digits}, '{LIKE_MOBILE}')"
    return f"CASE WHEN {is_number} THEN {value} END"


def _numbers_of(text: str, field: FieldRule, contract: Contract) -> str:
    """The different numbers of an Indonesian sentence; a quantity is read only where there is exactly one.

    A number stands by itself: "33 (tiga puluh tiga) unit", "17.149,75 ton", "Rp 1.234,5", "85%". Digits joined to
    letters or by a hyphen name something ("S1, S2, S3", "3T", "covid-19", "20-30"); four digits after "tahun" are a
    year. The same number twice is one. Words such as "juta" belong to the unit and are not multiplied in.
    """
    dateless = f"regexp_replace({bare(text)}, {literal(YEARS)}, ' ', 'gi')"
    words = f"regexp_split_to_array({dateless}, {literal(BETWEEN_WORDS)})"
    stripped = f"list_transform({words}, word -> regexp_replace(word, {literal(AROUND_NUMBER)}, '', 'gi'))"
    shape = literal(_shape(contract, r"\d+"))
    matching = f"list_filter({stripped}, word -> regexp_matches(word, {shape}))"
    value = f"try_cast({_plain('word', contract)} AS {SQL_TYPES[field.type]})"
    return f"list_distinct(list_transform({matching}, word -> {value}))"


def shares_pair(field: FieldRule, contract: Contract) -> bool:
    """Whether one cell holds "lat, long" for two fields."""
    return sum(other.from_ == field.from_ for other in contract.fields) > 1


def _coordinate(text: str, field: FieldRule, contract: Contract) -> str:
    group, bound = (1, 90) if field.type == "latitude" else (2, 180)
    if shares_pair(field, contract):
        pair = r"^(?:LatLng)?\(?\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*\)?$"
        digits = f"regexp_extract({bare(text)}, {literal(pair)}, {group})"
    else:
        digits = f"replace(regexp_extract({bare(text)}, '^-?\\d+([.,]\\d+)?$'), ',', '.')"
    value = f"try_cast({digits} AS DOUBLE)"
    rounded = value if field.decimals is None else f"round({value}, {field.decimals})"
    return f"CASE WHEN abs({value}) <= {bound} THEN {rounded} END"
