"""SQL that reads numbers as offices write them: either style of separators, currency, units, accounting marks.

Never rounds and never guesses: a cell that reads two ways is read as its whole column is, by `column_styles`, and
what fits no exact type stays unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import sqlalchemy as sa

from pipelines.contracts.contract import Contract, FieldRule
from pipelines.judging.quoting import bare, is_native, literal, matches, name, replaced
from pipelines.reading.cell_units import MAGNITUDES, MONEY, SHARE, is_scaled_money, may_say

NUMERIC = ("integer", "number", "percent", "quantity")
# Digits without points that name a person, as a mobile number, NIK or NIP does: such amounts are written with points.
LIKE_PERSON = (
    "628[1-9][0-9]{9}|[1-9][0-9]{5}([04][1-9]|[1256][0-9]|[37][01])(0[1-9]|1[0-2])[0-9]{6}|"
    "(19|20)[0-9]{2}(0[1-9]|1[0-2])[0-3][0-9](19|20)[0-9]{4}[12][0-9]{3}"
)
COMMA, POINT, COMMA_UNSURE, POINT_UNSURE, EXPONENT = 1, 2, 4, 8, 16  # what a cell says of the style of its column
MOST_DIGITS = 32  # of the widest exact type in use: six fewer than there are, so that a million rows still add up
FAST_DIGITS, FAST_SCALE = 14, 4  # DECIMAL(18, 4) is 64-bit: text casts twelve times faster than the 128-bit widths
MOST_WHOLE = 20  # digits before the decimal sign that a column is made room for
EXPONENT_SCALE = 12
GROUPS = " '"  # between thousands, whichever sign the decimals have
SCIENTIFIC = r"-?\d([.,]\d+)?e[+-]?\d{1,2}"
SHORTENED = r"-?\d[.,]\d{5}e\+?(0?[6-9]|[1-9]\d)"  # what a workbook shows of a long number: six digits of more
# Signs of other keyboards: digits of full width, Arabic, Persian and Javanese ones, separators of full width and of
# Arabic (U+066B stands before decimals), seven minus signs, three apostrophes, the slash of full width.
OTHER_SIGNS = (
    "".join(chr(first + digit) for first in (0xFF10, 0x0660, 0x06F0, 0xA9D0) for digit in range(10))
    + "\uff0e\uff0c\u066c\u066b\uff08\uff09\uff05\uff0b"
    + "\uff0d\u2212\u2013\u2014\u2010\u2011\ufe63\u2019\u2018\u0060\uff0f"
)
ASCII_TWINS = 4 * "0123456789" + ".,.,()%+" + "-------" + "'''/"
# What makes a number exact whatever the contract says: two signs, a repeated one, or one that no three digits follow.
PROOF = (
    r"-?([1-9]\d{{0,2}}({g}\d{{3}})+{p}\d+|[1-9]\d{{0,2}}({g}\d{{3}}){{2,}}|"
    r"\d*{p}(\d{{1,2}}|\d{{4,}})|(0|[1-9]\d{{3,}})?{p}\d{{3}})"
)
PROOFS = {",": PROOF.format(g=r"\.", p=","), ".": PROOF.format(g=",", p=r"\.")}
KINDS = {",": COMMA, ".": POINT}
UNSURE = {".": r"-?[1-9]\d{0,2}\.\d{3}", ",": r"-?[1-9]\d{0,2},\d{3}"}
IN_RUPIAH, IN_OWN_UNIT = 1, 2  # what cells say of a column of thousands or millions of rupiah
MIXED_MONEY = "?"  # ends the style of a column in which some say the one and some the other
RUPIAH = r"^[-+(]* *(rp|idr)|(rupiah|\bidr|\brp)\.?[ )]*$"
MAGNITUDE_WORD = rf"(^|[^a-z])({'|'.join(MAGNITUDES)})([^a-z]|$)"
ROUND = ".*[.,]000"  # the one reading of such a cell as a fraction that is whole


@dataclass(frozen=True)
class Width:
    """The exact type of a column; `is_cut`: some cell may not fit, and is then left unread."""

    precision: int = 18
    scale: int = FAST_SCALE
    is_cut: bool = False

    @property
    def sql(self) -> str:
        return f"DECIMAL({self.precision}, {self.scale})"


def width_for(whole: int, fraction: int) -> Width:
    """The narrowest exact type for so many digits before and after the decimal sign."""
    if whole <= FAST_DIGITS and fraction <= FAST_SCALE:
        return Width()
    scale = min(max(fraction, FAST_SCALE), MOST_DIGITS - min(max(whole, FAST_DIGITS), MOST_WHOLE))
    return Width(MOST_DIGITS, scale, whole + scale > MOST_DIGITS or fraction > scale)


def room_of(field: FieldRule, contract: Contract) -> int | None:
    """What a number must stay below so that the column it is loaded into holds it, rounded to its places too."""
    column = contract.table.columns.get(field.name) if contract.table is not None else None
    if column is None or not isinstance(column.type, sa.Numeric) or column.type.precision is None:
        return None
    return int(10 ** (column.type.precision - (column.type.scale or 0)) - 1)


def integer_type(field: FieldRule, contract: Contract, width: Width) -> str:
    column = contract.table.columns.get(field.name) if contract.table is not None else None
    if column is not None and isinstance(column.type, sa.Integer):
        return "INTEGER"
    return "BIGINT" if width == Width() else f"DECIMAL({MOST_WHOLE}, 0)"


def core_sql(text: str, field: FieldRule, contract: Contract) -> str:
    """Digits and separators of a written number, its sign in front; other text as it stands, typed cells unchanged."""
    words = zero_words(field, contract)
    zero = f"WHEN lower({text}) IN ({', '.join(map(literal, words))}) THEN '0' " if words else ""
    return (
        f"CASE WHEN {matches(text, r'-?[0-9.,]*[0-9]')} THEN {text} WHEN {is_native(text)} THEN {text} "
        f"{zero}ELSE {_stripped(text, field)} END"
    )


def zero_words(field: FieldRule, contract: Contract) -> list[str]:
    missing = {word.lower() for word in (*field.missing, *contract.missing)}
    return [word.lower() for word in field.zero if word.lower() not in missing]


def _stripped(text: str, field: FieldRule) -> str:
    core = f"lower(translate({text}, {literal(OTHER_SIGNS)}, {literal(ASCII_TWINS)}))"
    core = replaced(core, r"^'", "")
    if may_say(field, MONEY):
        core = replaced(core, r"^([-+(]*) *(?:rp|idr)\b\.? *", r"\1")
        core = replaced(core, r"^([-+(]*) *(?:rp|idr)\.?", r"\1")
    core = replaced(core, r" *[.,](?:--?|=)(\)?)$", r"\1")  # "Rp 1.234.567,-"
    units = [re.escape(field.unit.lower())] if field.unit else []
    units += ["rupiah", "idr", "rp"] * may_say(field, MONEY) + ["%", "persen"] * may_say(field, SHARE)
    if units:
        core = replaced(core, rf" *(?:{'|'.join(units)})\.?(\)?)$", r"\1")
    core = replaced(core, r"^\( *([0-9].*[0-9]|[0-9]) *\)$", r"-\1")  # as accountants write what is owed
    core = replaced(core, r"^([0-9].*[0-9]|[0-9]) ?-$", r"-\1")
    core = replaced(core, r"^(?:\+ *|(-) +)([0-9])", r"\1\2")
    spaced = matches("core", r"-?[0-9]{1,3}(( [0-9]{3})+|('[0-9]{3})+)([.,][0-9]+)?")
    whole = f"CASE WHEN {spaced} THEN translate(core, {literal(GROUPS)}, '') ELSE core END"
    return f"list_transform([{core}], core -> {whole})[1]"


def kind_sql(core: str, field: FieldRule, contract: Contract) -> str:
    """What a cell says of the style of its column, as a bit; 0: nothing."""
    first, second = (contract.file.decimal, "." if contract.file.decimal == "," else ",")
    whole = ""
    if field.type == "integer":  # 1,234 is no whole number but as a thousand
        signs = ((",", POINT), (".", COMMA))
        whole = " ".join(f"WHEN {_whole(core, sign)} THEN {kind}" for sign, kind in signs)
    return (
        f"CASE WHEN NOT contains({core}, '.') AND NOT contains({core}, ',') "
        f"THEN CASE WHEN {matches(core, SCIENTIFIC)} THEN {EXPONENT} ELSE 0 END WHEN {is_native(core)} THEN 0 {whole} "
        f"WHEN {matches(core, PROOFS[first])} THEN {KINDS[first]} WHEN {matches(core, PROOFS[second])} "
        f"THEN {KINDS[second]} WHEN {matches(core, UNSURE[','])} THEN {COMMA_UNSURE} "
        f"WHEN {matches(core, UNSURE['.'])} THEN {POINT_UNSURE} "
        f"WHEN {matches(core, SCIENTIFIC)} THEN {EXPONENT} ELSE 0 END"
    )


def _whole(core: str, sign: str) -> str:
    return f"({matches(core, UNSURE[sign])} AND NOT {matches(core, ROUND)})"


def money_sql(text: str) -> str:
    """Whether a cell names rupiah, and no thousands of it; 0 of nothing is the same in both."""
    return (
        f"CASE WHEN {text} IS NULL OR NOT regexp_matches({text}, '[1-9]') THEN 0 "
        f"WHEN {_says_rupiah(text)} THEN {IN_RUPIAH} ELSE {IN_OWN_UNIT} END"
    )


def _says_rupiah(text: str) -> str:
    lower = f"lower({text})"
    return f"(regexp_matches({lower}, {literal(RUPIAH)}) AND NOT regexp_matches({lower}, {literal(MAGNITUDE_WORD)}))"


def _is_mixed_money(text: str, style: str) -> str:
    return f"(ends_with({style}, '{MIXED_MONEY}') AND {_says_rupiah(text)})"


def fraction_sql(core: str, kind: str) -> str:
    """How many digits follow the decimal sign of a cell, at most."""
    return (
        f"CASE {kind} WHEN {COMMA} THEN length(split_part({core}, ',', 2)) "
        f"WHEN {POINT} THEN length(split_part({core}, '.', 2)) "
        f"WHEN 0 THEN CASE WHEN {is_native(core, 'np')} THEN length(split_part({core}, '.', 2)) ELSE 0 END "
        f"WHEN {EXPONENT} THEN {EXPONENT_SCALE} ELSE 3 END"
    )


def work_columns(text: str, field: FieldRule, contract: Contract) -> tuple[dict[str, str], ...]:
    core, style = name("n_" + field.name), name("s_" + field.name)
    if is_scaled_money(field):
        plain = plain_sql(core, f"rtrim({style}, '{MIXED_MONEY}')", field, contract)
        plain = f"CASE WHEN NOT {_is_mixed_money(text, style)} THEN {plain} END"
    else:
        plain = plain_sql(core, style, field, contract)
    return {"n_" + field.name: core_sql(text, field, contract)}, {"m_" + field.name: plain}


def plain_sql(core: str, style: str, field: FieldRule, contract: Contract) -> str:
    """The number in machine notation; NULL when it is none, or reads two ways and its column does not say which."""
    by_comma = f"replace(replace({core}, '.', ''), ',', '.')"
    by_point = f"replace({core}, ',', '')"
    read = {",": by_comma, ".": by_point}
    first, second = (contract.file.decimal, "." if contract.file.decimal == "," else ",")
    whole, unsure = "", f"CASE {style} WHEN ',' THEN {by_comma} WHEN '.' THEN {by_point} END"
    if field.type == "integer":  # 2,000 may be two, and a thousand times as much
        whole = f"WHEN {_whole(core, ',')} OR {_whole(core, '.')} THEN translate({core}, '.,', '') "
        unsure = f"CASE WHEN NOT contains({core}, '{first}') THEN {unsure} END"
    return (
        # 0 and many digits: no amount, a telephone
        f"CASE WHEN {matches(core, '-?(0[0-9]{0,6}|[1-9][0-9]*)')} THEN "
        f"CASE WHEN NOT {matches(core, LIKE_PERSON)} THEN {core} END {whole}"
        f"WHEN {matches(core, PROOFS[first])} THEN {read[first]} WHEN {matches(core, PROOFS[second])} "
        f"THEN {read[second]} WHEN {_unsure(core)} THEN {unsure} WHEN {is_native(core, 'np')} THEN "
        f"CASE WHEN NOT {matches(f'substr({core}, 3)', LIKE_PERSON)} THEN substr({core}, 3) END "
        f"WHEN {matches(core, SCIENTIFIC)} AND NOT {matches(core, SHORTENED)} THEN replace({core}, ',', '.') END"
    )


def _unsure(core: str) -> str:
    return matches(core, f"{UNSURE['.']}|{UNSURE[',']}")


def unread_sql(text: str, field: FieldRule) -> str:
    """Why a cell has no value: it reads two ways, or no exact type holds it beside the others of its column."""
    of_money = f"WHEN {_is_mixed_money(text, name('s_' + field.name))} THEN 'satuan_uang' "
    return (
        f"CASE WHEN {name('v_' + field.name)} IS NOT NULL OR {text} IS NULL THEN NULL "
        f"{of_money if is_scaled_money(field) else ''}"
        f"WHEN {_unsure(name('n_' + field.name))} THEN 'angka_rancu' "
        f"WHEN {matches(name('n_' + field.name), SHORTENED)} THEN 'angka_singkat' "
        f"WHEN length({name('m_' + field.name)}) > {FAST_DIGITS} THEN 'angka_panjang' END"
    )


def value_sql(field: FieldRule, contract: Contract, width: Width) -> str:
    plain = name("m_" + field.name)
    if field.type == "integer":
        whole = (
            f"CASE WHEN contains({plain}, '.') THEN regexp_extract({plain}, '^(-?[0-9]+)\\.0+$', 1) ELSE {plain} END"
        )
        type_ = integer_type(field, contract, width)
        value = f"try_cast({whole} AS {type_})"
        exponent = f"try_cast({_exponent(plain, f'DECIMAL({MOST_WHOLE}, 0)')} AS {type_})"
        return f"CASE WHEN contains({plain}, 'e') THEN {exponent} ELSE {value} END"
    value = f"try_cast({plain} AS {width.sql})"
    if not width.is_cut and width == Width():
        return value
    fits = f"length(split_part({plain}, '.', 2)) <= {width.scale}"
    return f"CASE WHEN contains({plain}, 'e') THEN {_exponent(plain, width.sql)} WHEN {fits} THEN {value} END"


def _exponent(plain: str, type_: str) -> str:
    """Only what the exact type holds without loss."""
    exact = f"try_cast({plain} AS {type_})"
    return (
        f"CASE WHEN abs({exact}::DOUBLE - try_cast({plain} AS DOUBLE)) <= abs({exact}::DOUBLE) * 1e-14 THEN {exact} END"
    )


# What stands around the numbers of a sentence; years are dates, not quantities.
YEARS = (
    r"\b(tahun|thn|th|ta|t\.a)\b\.?\s*((anggaran|ajaran|pelajaran)\s*)?"
    r"\d{4}(\s*(-|–|/|dan|sampai|s\.?d\.?|s/d)\s*\d{4})?\b"
)
BETWEEN_WORDS = r'[\s()\[\];:"]+'
AROUND_NUMBER = r"^(Rp\.?|[<>=≤≥±~]+)|([.,]--?|[.,%!?]+)$"
MAGNITUDE = r"\d\s*(\([^)]*\)\s*)?(ribu|juta|miliar|milyar|triliun)\b"


def numbers_of(text: str, contract: Contract, width: Width) -> str:
    """The different numbers of an Indonesian sentence; a quantity is read only where there is exactly one.

    A number stands by itself: "33 (tiga puluh tiga) unit", "17.149,75 ton", "Rp 1.234,5", "85%". Digits joined to
    letters or by a hyphen name something ("S1, S2, S3", "3T", "covid-19", "20-30"); four digits after "tahun" are a
    year. The same number twice is one. Words such as "juta" belong to the unit and are not multiplied in.
    """
    group, point = (r"\.", ",") if contract.file.decimal == "," else (",", r"\.")
    whole = rf"(0|[1-9]\d{{0,2}})({group}\d{{3}})+|0\d{{0,6}}|[1-9]\d*"
    shape = literal(f"^-?({whole})({point}\\d+)?$")
    dateless = f"regexp_replace({bare(text)}, {literal(YEARS)}, ' ', 'gi')"
    words = f"regexp_split_to_array({dateless}, {literal(BETWEEN_WORDS)})"
    stripped = f"list_transform({words}, word -> regexp_replace(word, {literal(AROUND_NUMBER)}, '', 'gi'))"
    matching = f"list_filter({stripped}, word -> regexp_matches(word, {shape}))"
    plain = f"replace(replace(word, '{group[-1]}', ''), '{point[-1]}', '.')"
    return f"list_distinct(list_transform({matching}, word -> try_cast({plain} AS {width.sql})))"
