"""SQL expressions that turn the text of a delivered cell into its value; judges nothing, guesses nothing.

Only declarations from contracts become SQL text (quoted); what agencies deliver stays data. A cell that cannot be
read becomes NULL, never zero. Numbers and instants have modules of their own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipelines.contracts.contract import Contract, FieldRule
from pipelines.contracts.contract_kinds import FALSE_WORDS, TRUE_WORDS
from pipelines.judging import instants, numbers
from pipelines.judging.numbers import MOST_DIGITS, Width
from pipelines.judging.quoting import (
    FAULT,
    FAULTS,
    UNCALCULATED,
    alias_key_sql,
    bare,
    is_native,
    literal,
    matches,
    name,
)
from pipelines.judging.reference import alias_key
from pipelines.reading.grids import DOUBTS, NATIVE, TOO_LONG
from warehouse.personal import COVER

MISSING_WORDS = (
    "", "-", "--", "---", "\u2013", "\u2014", ".", "...", "\u2026", "n/a", "n.a.", "na", "null",
    "tidak ada data", "belum ada data", "(blank)", "(kosong)", "rp", "rp.", "rp -", "rp-", "rp. -", "rp.-",
)  # fmt: skip
# No name, and never guessed: a contract with `fill_down` says that empty cells repeat those above.
SAME_AS_ABOVE = ['"', "''", "\u3003", "\u2033", "\u201d", '-"-', '- " -', "idem", "ditto", "s.d.a", "s.d.a."]
ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
ZERO_WIDTH += "\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # of the direction of writing
ODD_BLANKS = r"[^ -~\x02]|  |^ | $"
BLANKS = r"[\x{00A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x03-\x1F\s]+"
KEPT_AS_TEXT, FORMULA = '="[^"]*"', "=[-+A-Za-z(@].*"
QUANTITY = Width(MOST_DIGITS, 12, True)  # sentences are few, and their numbers may have any number of decimals
LETTER = r"[^\x00-@\x5B-\x60\x7B-\x7F]"  # of any script
LONGEST_CODE = 60
OF_TIME = "tanggal|tgl|hari|minggu|bulan|bln|triwulan|semester|tahun|thn|periode|masa|waktu|date|month|year"
MADE_A_DATE = "[0-9]{1,2}-(%s)|(%s)-[0-9]{2}"  # of "5-9", "10-14"
MADE_A_DATE %= ("jan|feb|peb|mar|apr|mei|may|jun|jul|agu|ags|agt|aug|sep|okt|oct|nov|nop|des|dec",) * 2
MOST_NATIVE_DIGITS = 15  # of a number that a workbook keeps without loss
PREFIXES = {"ref_kecamatan": r"^\s*(kecamatan|kec)\b[\s.]*"}  # written before a name, no part of it


def blanked_sql(field: FieldRule, contract: Contract) -> str:
    """The staged cell with single blanks, and none at its ends."""
    staged = f"c{contract.headers.index(field.from_)}"
    signs, twins = ZERO_WIDTH, ""
    if field.type in instants.TEMPORAL:  # digits and signs of other keyboards; what has no twin goes
        signs, twins = numbers.OTHER_SIGNS + ZERO_WIDTH, numbers.ASCII_TWINS
    blanked = f"regexp_replace(translate({staged}, {literal(signs)}, {literal(twins)}), '{BLANKS}', ' ', 'g')"
    text = f"CASE WHEN regexp_matches({staged}, '{ODD_BLANKS}') THEN trim({blanked}) ELSE {staged} END"
    return f"trim({text}, {literal(field.separator + ' ')})" if field.separator else text


def cleaned_sql(cell: str, field: FieldRule, contract: Contract) -> str:
    """NULL for a cell that says that nothing was delivered; faults by their mark."""
    zero = numbers.zero_words(field, contract) if field.type in numbers.NUMERIC else []
    missing = [word for word in MISSING_WORDS if word not in zero]  # a contract may say that "-" is nothing at all
    if field.type in ("text", "code") and (field.required or field.name in contract.grain):
        missing += SAME_AS_ABOVE
    words = _word_list((*missing, *field.missing, *contract.missing))
    compared, is_plain = cell, f"WHEN {cell} BETWEEN '0' AND '9~' THEN {cell} "  # the quick way of nearly all numbers
    if field.missing or contract.missing:
        is_plain = ""
        compared = bare(cell)
        if field.type in numbers.NUMERIC:  # "0,0" and "0" are the same word
            compared = rf"regexp_replace({compared}, '[{contract.file.decimal}]0+$', '')"
    formula = (
        f"CASE WHEN {matches(cell, KEPT_AS_TEXT)} THEN substr({cell}, 3, length({cell}) - 3) "
        f"WHEN {matches(cell, FORMULA)} THEN '{UNCALCULATED}' ELSE {cell} END"
    )
    return (
        f"CASE {is_plain}WHEN list_contains([{words}], lower({compared})) THEN NULL "  # IN would join a table of words
        f"WHEN starts_with({cell}, '=') THEN {formula} "
        f"WHEN starts_with({cell}, '#') OR starts_with({cell}, 'Err:') "
        f"THEN CASE WHEN {matches(cell, FAULTS)} THEN '{FAULT}' ELSE '' END || {cell} ELSE {cell} END"
    )


def _word_list(words: tuple[str, ...]) -> str:
    return ", ".join(literal(word.lower()) for word in dict.fromkeys(words))


def is_styled(field: FieldRule) -> bool:
    """Whether some of its cells are read as the rest of their column is: `s_` says how."""
    if field.ref or field.codes or field.separator:
        return False
    if field.type in instants.TEMPORAL:
        return field.type != "time" and (not field.format or instants.declares_order(field))
    return field.type in numbers.NUMERIC and field.type != "quantity"


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
    key = _reference_key(bare(name("t_" + field.name)), field)
    return f"\n  LEFT JOIN ({spellings}) AS {alias} ON {alias}.alias_key = {key}"


def _reference_key(text: str, field: FieldRule) -> str:
    """How a written name is looked up, without what is put before it."""
    prefix = PREFIXES.get(field.ref or "")
    return alias_key_sql(f"regexp_replace({text}, {literal(prefix)}, '', 'i')" if prefix else text)


def kept_columns(field: FieldRule, contract: Contract) -> tuple[dict[str, str], ...]:
    """Columns a value is made from and judged by: parts of a list, numbers of a sentence."""
    text = name("t_" + field.name)
    if field.separator:
        parts = f"list_transform(string_split({bare(text)}, {literal(field.separator)}), part -> trim(part))"
        given = f"list_filter({parts}, part -> lower(part) NOT IN ({_word_list(MISSING_WORDS)}))"
        codes = f"{name('r_' + field.name)}[{_reference_key('part', field)}]" if field.ref else _declared("part", field)
        return (
            {"p_" + field.name: f"list_transform({given}, part -> {{'part': part, 'code': {codes}}})"},
            {"u_" + field.name: f"list_filter({name('p_' + field.name)}, item -> item.code IS NULL)"},
        )
    if field.type != "quantity":
        return ()
    return ({"q_" + field.name: numbers.numbers_of(text, contract, QUANTITY)},)


def work_columns(field: FieldRule, contract: Contract) -> tuple[dict[str, str], ...]:
    """Columns a value is made from, each of what stands before; nothing after needs them."""
    text = name("t_" + field.name)
    if field.ref or field.codes or field.separator or field.type == "quantity":
        return ()
    if field.type in instants.TEMPORAL:
        return instants.work_columns(text, field)
    if field.type not in numbers.NUMERIC:
        return ()
    return numbers.work_columns(text, field, contract)


def typed_sql(field: FieldRule, contract: Contract, widths: Mapping[str, Width]) -> str:
    """The value of a cleaned cell, NULL when it cannot be read."""
    text = name("t_" + field.name)
    if field.separator:
        return _joined_codes(field)
    if field.ref:
        return f"CASE WHEN NOT {is_native(text, 'ef')} THEN {name('r_' + field.name)} END"
    if field.codes:
        return _declared(text, field)
    if field.type in instants.TEMPORAL:
        return instants.value_sql(text, field)
    match field.type:
        case "text" | "code":
            value = _kept(text, field, contract)
            if field.one_of:
                same = _listed(text, {word: word for word in field.one_of})
                value = f"coalesce({same}, CASE WHEN NOT {is_native(text, 'ef')} THEN {bare(text)} END)"
        case "boolean":
            word, yes, no = f"lower({bare(text)})", _word_list(TRUE_WORDS), _word_list(FALSE_WORDS)
            value = f"CASE WHEN {word} IN ({yes}) THEN true WHEN {word} IN ({no}) THEN false END"
        case "latitude" | "longitude":
            value = _coordinate(text, field, contract)
        case "quantity":
            value = _quantity(text, field, contract)
        case _:
            value = numbers.value_sql(field, contract, widths.get(field.name, Width()))
    return value


def _quantity(text: str, field: FieldRule, contract: Contract) -> str:
    found = name("q_" + field.name)
    zero = ", ".join(map(literal, numbers.zero_words(field, contract)))
    nothing = f"WHEN lower({text}) IN ({zero}) THEN 0 " if zero else ""
    return (
        f"CASE WHEN {is_native(text, 'ef')} THEN NULL {nothing}WHEN {is_native(text, 'np')} "
        f"THEN try_cast(substr({text}, 3) AS {QUANTITY.sql}) WHEN len({found}) = 1 THEN {found}[1] END"
    )


def _listed(text: str, codes: Mapping[str, str]) -> str:
    """The code of a spelling: as declared, else without case, blanks and punctuation where that names only one."""
    exact = " ".join(f"WHEN {literal(spelling)} THEN {literal(code)}" for spelling, code in codes.items())
    loose: dict[str, set[str]] = {}
    for spelling, code in codes.items():
        loose.setdefault(alias_key(spelling), set()).add(code)
    pairs = " ".join(
        f"WHEN {literal(key)} THEN {literal(min(named))}" for key, named in loose.items() if key and len(named) == 1
    )
    is_number = matches(bare(text), "[0-9]+[.,][0-9]+")  # 1,0 is not the ten of a list
    alike = f"CASE WHEN NOT {is_number} THEN CASE {alias_key_sql(bare(text))} {pairs} END END" if pairs else "NULL"
    return f"CASE WHEN NOT {is_native(text, 'ef')} THEN coalesce(CASE {bare(text)} {exact} END, {alike}) END"


def _declared(text: str, field: FieldRule) -> str:
    """What a word stands for among those the field itself lists."""
    if field.codes:
        return _listed(text, {code: code for code in field.codes.values()} | field.codes)
    return _listed(text, {word: word for word in field.one_of}) if field.one_of else text


def unread_sql(field: FieldRule, contract: Contract) -> str | None:
    """`e_`: the rule of a finding where the type knows more of a cell than that it has no value."""
    text, value = name("t_" + field.name), name("v_" + field.name)
    if field.ref or field.codes or field.separator or field.one_of:
        return None
    if field.type == "code":
        return f"CASE WHEN {value} IS NULL AND {_is_lost_code(text, field)} THEN 'kode_angka' END"
    if is_never_dated(field, contract):
        made = f"{is_native(text, 'd')} OR {matches(f'lower({text})', MADE_A_DATE)}"
        return f"CASE WHEN {text} IS NOT NULL AND ({made}) THEN 'kode_angka' END"
    if field.type in instants.TEMPORAL:
        return instants.unread_sql(text, field, is_styled(field))
    return numbers.unread_sql(text, field) if is_styled(field) else None


def is_never_dated(field: FieldRule, contract: Contract) -> bool:
    """A name among the keys, under a header that speaks of no time."""
    return field.type == "text" and field.name in contract.grain and not re.search(OF_TIME, field.from_.lower())


def _is_lost_code(text: str, field: FieldRule) -> str:
    """Whether a workbook made a date of a code, or a number and lost digits: zeros at its end, or more than it keeps.

    One as long as agreed is taken as it stands; `long_codes` tells of them.
    """
    digits = f"substr({text}, 3)"
    too_long = matches(digits, f"-?[0-9]{{{MOST_NATIVE_DIGITS + 1},}}")
    if field.digits == MOST_NATIVE_DIGITS + 1:  # all whole numbers of 16 digits up to 2^53 are exact
        too_long += f" AND NOT ({matches(digits, '[1-8][0-9]{15}')})"
    return (
        f"CASE WHEN {is_native(text, 'd')} THEN true "
        f"WHEN {is_native(text, 'n' + TOO_LONG)} THEN contains({digits}, '.') OR {too_long} "
        f"ELSE contains(lower({text}), 'e+') AND {matches(f'lower({text})', numbers.SCIENTIFIC)} END"
    )


def _kept(text: str, field: FieldRule, contract: Contract) -> str:
    """As written, unless it should name something and reads like a person, or like a number that lost digits."""
    plain = f"CASE WHEN NOT {is_native(text, 'ef' + DOUBTS)} THEN substr({text}, 3) END"
    native = f"WHEN starts_with({text}, '{NATIVE}') THEN {plain}"
    if field.type == "code":
        return (
            f"CASE WHEN {_is_no_code(text, contract)} THEN NULL WHEN {_is_lost_code(text, field)} THEN NULL {native} "
            f"ELSE ltrim({text}, chr(39)) END"  # an apostrophe before it keeps a workbook from counting
        )
    covered = f"WHEN contains({text}, '{COVER}') THEN NULL " if field.name in contract.grain else ""
    return f"CASE {covered}{native} ELSE {text} END"


def _is_no_code(text: str, contract: Contract) -> str:
    """Whether a cell of a column of codes was covered, or reads like words: a name, or cells that slipped together."""
    words = f"{LETTER}{{4,}}|{LETTER}{{2,}} +{LETTER}{{2,}}"
    roman = f"regexp_full_match(lower({text}), '[ivxlcdm]+')"
    without_digit = f"regexp_matches({text}, '{words}') AND NOT {roman}"
    sentence = f"regexp_matches({text}, '{LETTER}{{4,}}.* .*{LETTER}{{4,}}')"
    with_digit = f"length({text}) > {LONGEST_CODE} OR {sentence}"
    if contract.personal or contract.restricted:  # then a column of persons may have slipped here
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


def shares_pair(field: FieldRule, contract: Contract) -> bool:
    """Whether one cell holds "lat, long" for two fields."""
    return sum(other.from_ == field.from_ for other in contract.fields) > 1


def _coordinate(text: str, field: FieldRule, contract: Contract) -> str:
    group, bound = (1, 90) if field.type == "latitude" else (2, 180)
    if shares_pair(field, contract):
        pair = r"^(?:LatLng)?\(?\s*(-?\d+(?:\.\d+)?)\s*[,;]\s*(-?\d+(?:\.\d+)?)\s*\)?$"
        commas = r"^\(?\s*(-?\d+,\d+)\s*[,;]\s*(-?\d+,\d+)\s*\)?$"
        digits = (
            f"coalesce(nullif(regexp_extract({bare(text)}, {literal(pair)}, {group}), ''), "
            f"replace(regexp_extract({bare(text)}, {literal(commas)}, {group}), ',', '.'))"
        )
    else:
        digits = f"replace(regexp_extract({bare(text)}, '^-?\\d+([.,]\\d+)?$'), ',', '.')"
    value = f"try_cast({digits} AS DOUBLE)"
    rounded = value if field.decimals is None else f"round({value}, {field.decimals})"
    return f"CASE WHEN abs({value}) <= {bound} THEN {rounded} END"
