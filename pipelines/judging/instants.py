"""SQL that reads dates, instants, months and times of day in the spellings that offices and programs use.

Never clips an impossible date. In which order numeric dates name day and month is decided for a whole column, by
`column_styles`; where that is in doubt none of them is read.
"""

from __future__ import annotations

import re

from pipelines.contracts.contract import FieldRule
from pipelines.judging.quoting import is_native, literal, matches, name, replaced
from pipelines.reading.grids import NATIVE
from pipelines.reading.indonesian import DAY_NAMES, english_months_sql, month_number_sql

TEMPORAL = ("date", "datetime", "month", "time")
MONTH_LED = rf"^\s*(bulan|bln)[\s.:]+|{DAY_NAMES}"
DAY_FIRST, MONTH_FIRST, UNSURE, SERIAL, NATIVE_LOW, NATIVE_HIGH = 1, 2, 4, 8, 16, 32  # what cells say of their column
SERIALS = (20_000, 60_000)  # days since 1900: the years 1954 to 2064
DAYS_1904 = 1462  # by which serial numbers of old Macintosh workbooks fall behind
PIVOT = 50  # two digits of a year: below it this century, else the last
TOO_EARLY = "TIMESTAMP '1899-12-31 23:59:59.999999'"  # a year of two digits written as four, an hour without a day
_SIGN = r"(?: ?[/.,\\-] ?| )"
_DAY = r"(?:0?[1-9]|1[0-2])"
_OVER = r"(?:1[3-9]|2[0-9]|3[01])"
_WEEKDAY = r"(?:[A-Za-z']+,? *)?"
ORDER_SHAPES = {
    DAY_FIRST: rf"^{_WEEKDAY}{_OVER}{_SIGN}{_DAY}{_SIGN}(\d{{4}}|\d{{2}})(\D|$)",
    MONTH_FIRST: rf"^{_WEEKDAY}{_DAY}{_SIGN}{_OVER}{_SIGN}(\d{{4}}|\d{{2}})(\D|$)",
    UNSURE: rf"^{_WEEKDAY}\d{{1,2}}{_SIGN}\d{{1,2}}{_SIGN}(\d{{4}}|\d{{2}})(\D|$)",
}
SERIAL_TEXT = r"[2-5]\d{4}([.,]\d+)?"
NATIVE_SERIAL, NATIVE_DAY = NATIVE + "n" + SERIAL_TEXT, NATIVE + r"n(19|20)\d{6}"  # 46347, 20261121
ISO = r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?"
_CLOCK = (
    r"(?:(?:pukul|pkl|jam)?[ .:]*(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)? ?(am|pm)? ?"
    r"\(?(z|utc|gmt|wib|wita|wit|[+-]\d{2}(?::?\d{2})?)?\)?)"
)
_DATES = (
    rf"(\d{{1,2}}){_SIGN}(\d{{1,2}}){_SIGN}(\d{{4}}|\d{{2}})",
    rf"(\d{{4}}){_SIGN}#?(\d{{1,2}})#?{_SIGN}(\d{{1,2}})",
    r"(\d{1,2})[ .,/-]*#(\d{1,2})#[ .,/'-]*(\d{4}|\d{2})",
    r"#(\d{1,2})#[ .-]*(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})",
    r"((?:19|20)\d{2})(\d{2})(\d{2})",
)
_PARTS = ["na", "nb", "ny", "iy", "im", "id", "wd", "wm", "wy", "um", "ud", "uy", "cy", "cm", "cd"]
_CLOCK_PARTS = ["hh", "mi", "ss", "half", "zone"]
INSTANT = rf"^(?:{'|'.join(_DATES)})(?:(?: - |[ t,]|$)+{_CLOCK}?)?$"
MONTH = r"^(?:#(\d{1,2})#[ .,/'-]*(\d{4}|\d{2})|(\d{4})[ /.-]*#?(\d{1,2})#?|(\d{1,2})[ /.-](\d{4}))$"
ZONES = {"wib": 420, "wita": 480, "wit": 540, "z": 0, "utc": 0, "gmt": 0}  # minutes ahead of UTC


def order_kind_sql(text: str) -> str:
    """What a cleaned cell says of the order of day and month in its column, as a bit."""
    shapes = " ".join(
        f"WHEN regexp_matches({text}, {literal(shape)}) THEN {kind}" for kind, shape in ORDER_SHAPES.items()
    )
    day = f"try_cast(substr({text}, 11, 2) AS INTEGER)"  # of "\x02d2026-08-05..."
    return (
        f"CASE WHEN {text} IS NULL OR {matches(text, ISO)} THEN 0 "
        f"WHEN {is_native(text, 'd')} THEN CASE WHEN {day} > 12 THEN {NATIVE_HIGH} ELSE {NATIVE_LOW} END "
        f"WHEN {matches(text, f'{NATIVE_SERIAL}|{SERIAL_TEXT}')} THEN {SERIAL} {shapes} ELSE 0 END"
    )


def contrary_kind_sql(text: str, format_: str) -> str:
    """The same for a column whose format declares the order: only proofs of the other one."""
    other = MONTH_FIRST if format_.startswith("%d") else DAY_FIRST
    return f"CASE WHEN regexp_matches({text}, {literal(ORDER_SHAPES[other])}) THEN {other} ELSE 0 END"


def declares_order(field: FieldRule) -> bool:
    """Whether its format says which of day and month comes first, so that cells may stand in the other order."""
    return bool(re.match(r"%d.*%[mBb]|%[mBb].*%d", field.format or ""))


def work_columns(text: str, field: FieldRule) -> tuple[dict[str, str], ...]:
    """`f_`: the value by the declared format; where that does not fit, `w_` and `x_`: the text and its parts."""
    first = {"f_" + field.name: _by_format(text, field)} if field.format else {}
    spelled = f"CASE WHEN {text} IS NULL OR {is_native(text)} OR {matches(text, ISO)} THEN NULL ELSE "
    if field.format:
        spelled = (
            f"CASE WHEN {text} IS NULL OR {name('f_' + field.name)} IS NOT NULL OR {is_native(text)} THEN NULL ELSE "
        )
    lower = f"lower({text})"
    led = replaced(lower, MONTH_LED if field.type == "month" else DAY_NAMES, "")
    numbered = month_number_sql(led)
    worded = f"CASE WHEN regexp_matches({lower}, '[a-z]') THEN {numbered} ELSE {text} END"
    if field.type == "time":
        shape, parts = f"^{_CLOCK}$", _CLOCK_PARTS
    elif field.type == "month":
        shape, parts = MONTH, ["wm", "wy", "iy", "im", "nm", "ny"]
    else:
        shape, parts = INSTANT, [*_PARTS, *_CLOCK_PARTS]
    listed = ", ".join(map(literal, parts))
    last = {}
    last["x_" + field.name] = f"regexp_extract({name('w_' + field.name)}, {literal(shape)}, [{listed}])"
    if field.type == "month":  # a whole date names its month too
        listed = ", ".join(map(literal, [*_PARTS, *_CLOCK_PARTS]))
        last["y_" + field.name] = f"regexp_extract({name('w_' + field.name)}, {literal(INSTANT)}, [{listed}])"
    return first, {"w_" + field.name: f"{spelled}{worded} END"}, last


def _by_format(text: str, field: FieldRule) -> str:
    format_ = (field.format or "").replace("%b", "%B")
    worded = english_months_sql(text) if "%B" in format_ else text
    parsed = f"try_strptime({worded}, {literal(format_)})"
    return parsed if field.type == "time" else _plausible(parsed)


def _plausible(instant: str) -> str:
    return f"nullif(greatest({instant}, {TOO_EARLY}), {TOO_EARLY})"


def value_sql(text: str, field: FieldRule) -> str:
    """The value, by the clocks of the region: `minutes_ahead` of UTC."""
    type_ = {"date": "DATE", "datetime": "TIMESTAMP", "month": "DATE", "time": "TIME"}[field.type]
    if field.type == "time":
        return _time_of_day(text, field)
    native = f"try_cast(substr({text}, 3) AS TIMESTAMP)"
    serial = f"try_cast(replace({_serial_text(text)}, ',', '.') AS DOUBLE)"
    days = f"to_seconds(round({serial} * 86400)) + to_days(CASE WHEN is_1904 THEN {DAYS_1904} ELSE 0 END)"
    bounds = f"{serial} BETWEEN {SERIALS[0]} AND {SERIALS[1]}"
    counted = f"CASE WHEN {bounds} THEN TIMESTAMP '1899-12-30' + {days} END"
    read = _instant("x_", field)
    if field.type == "month":
        read = f"coalesce({_month(field)}, {_instant('y_', field)})"
    swapped = f" WHEN {name('s_' + field.name)} = 'dx' AND {is_native(text, 'd')} THEN NULL" if not field.format else ""
    counted_day = f"CAST(try_strptime(substr({text}, 3), '%Y%m%d') AS TIMESTAMP)"
    cases = f"{swapped} WHEN {is_native(text, 'd')} THEN {native} WHEN {is_native(text, 'tpef')} THEN NULL "
    cases += f"WHEN {matches(text, NATIVE_DAY)} THEN {counted_day} "
    if not field.format:
        cases += f"WHEN {is_native(text, 'n')} OR {matches(text, SERIAL_TEXT)} THEN {counted} "
        cases += f"WHEN {matches(text, ISO)} THEN try_cast({text} AS TIMESTAMP) ELSE {read}"
    else:
        by_format = name("f_" + field.name)
        if declares_order(field):
            unsure = f"regexp_matches({text}, {literal(ORDER_SHAPES[UNSURE])})"
            by_format = f"CASE WHEN {name('s_' + field.name)} = '' AND {unsure} THEN NULL ELSE {by_format} END"
        cases += f"WHEN {name('f_' + field.name)} IS NOT NULL THEN {by_format} "
        cases += f"WHEN {is_native(text, 'n')} OR {matches(text, SERIAL_TEXT)} THEN {counted} ELSE {read}"
    value = _plausible(f"CASE {cases} END")
    format_ = field.format or ""
    is_month = field.type == "month" or (field.format and "%d" not in format_ and "%j" not in format_)
    if is_month:  # whichever day the workbook made of it
        value = f"date_trunc('month', {value})"
    return f"({value})::{type_}"


def unread_sql(text: str, field: FieldRule, is_styled: bool) -> str | None:
    """Why a cell has no value, or that it has one in another spelling than its format."""
    value, style = name("v_" + field.name), name("s_" + field.name)
    cases = ""
    if is_styled:
        numeric = f"regexp_matches({text}, {literal(ORDER_SHAPES[UNSURE])})"
        cases += (
            f"WHEN {value} IS NULL AND {style} = '' AND {numeric} THEN 'tanggal_campur' "
            f"WHEN {value} IS NULL AND {style} = 'dx' AND {is_native(text, 'd')} THEN 'tanggal_tertukar' "
        )
    if field.format:
        spelled = f"{value} IS NOT NULL AND {name('f_' + field.name)} IS NULL AND NOT {is_native(text, 'dt')}"
        cases += f"WHEN {spelled} THEN 'gaya_tanggal' "
    return f"CASE {cases}END" if cases else None


def _serial_text(text: str) -> str:
    return f"CASE WHEN {is_native(text, 'n')} THEN substr({text}, 3) ELSE {text} END"


def _instant(prefix: str, field: FieldRule) -> str:
    """From the parts of a spelling. With a format declared, only spellings whose order is beyond doubt."""
    part = {key: f"{name(prefix + field.name)}.{key}" for key in (*_PARTS, *_CLOCK_PARTS)}
    style = name("s_" + field.name)
    spellings = [
        ("iy", part["iy"], part["im"], part["id"]),
        ("wy", _whole_year(part["wy"]), part["wm"], part["wd"]),
        ("uy", part["uy"], part["um"], part["ud"]),
    ]
    if not field.format or declares_order(field):
        month = f"CASE WHEN {style} IN ('dm', 'dx') THEN {part['nb']} WHEN {style} = 'md' THEN {part['na']} END"
        day = f"CASE WHEN {style} IN ('dm', 'dx') THEN {part['na']} WHEN {style} = 'md' THEN {part['nb']} END"
        spellings.append(("ny", _whole_year(part["ny"]), month, day))
        spellings.append(("cy", part["cy"], part["cm"], part["cd"]))
    midnight = "NULL" if field.type == "datetime" and "%H" in (field.format or "") else "INTERVAL 0 SECOND"
    dates = " ".join(
        f"WHEN {part[key]} <> '' THEN try_cast({year} || '-' || {month} || '-' || {day} AS TIMESTAMP)"
        for key, year, month, day in spellings
    )
    clock = f"CASE WHEN {part['hh']} = '' THEN {midnight} ELSE {_clock(part)} END"
    return f"CASE {dates} END + {clock} + {_shift(part)}"


def _whole_year(year: str) -> str:
    century = f"CASE WHEN {year} < '{PIVOT}' THEN '20' ELSE '19' END"
    return f"CASE length({year}) WHEN 2 THEN {century} || {year} ELSE {year} END"


def _clock(part: dict[str, str]) -> str:
    """Time since midnight; NULL for one that no clock shows."""
    hour = f"try_cast({part['hh']} AS INTEGER)"
    half = f"CASE {part['half']} WHEN 'pm' THEN 12 ELSE 0 END"
    hour = f"CASE {part['half']} WHEN '' THEN {hour} ELSE {hour} % 12 + {half} END"
    minute, second = (f"coalesce(try_cast({part[key]} AS INTEGER), 0)" for key in ("mi", "ss"))
    return (
        f"CASE WHEN {hour} < 24 AND {minute} < 60 AND {second} < 60 "
        f"THEN to_seconds(({hour}) * 3600 + {minute} * 60 + {second}) END"
    )


def _shift(part: dict[str, str]) -> str:
    """From the zone a cell names to that of the region; a cell without one speaks of the region. NULL where it names
    the hour of an end instead: 07:15-08:00."""
    zone = part["zone"]
    named = " ".join(f"WHEN '{label}' THEN minutes_ahead - {minutes}" for label, minutes in ZONES.items())
    digits = f"rpad(replace(substr({zone}, 2), ':', ''), 4, '0')"
    ahead = f"(try_cast(left({digits}, 2) AS INTEGER) * 60 + try_cast(right({digits}, 2) AS INTEGER))"
    signed = f"minutes_ahead - CASE left({zone}, 1) WHEN '-' THEN -1 ELSE 1 END * {ahead}"
    span = f"left({zone}, 1) = '-' AND {part['ss']} = ''"
    return f"to_minutes(CASE WHEN {span} THEN NULL ELSE CASE {zone} WHEN '' THEN 0 {named} ELSE {signed} END END)"


def _month(field: FieldRule) -> str:
    part = {key: f"{name('x_' + field.name)}.{key}" for key in ("wm", "wy", "iy", "im", "nm", "ny")}
    spellings = ((_whole_year(part["wy"]), part["wm"]), (part["iy"], part["im"]), (part["ny"], part["nm"]))
    cases = (
        f"WHEN {year} <> '' THEN try_cast({year} || '-' || {month} || '-1' AS TIMESTAMP)" for year, month in spellings
    )
    return f"CASE {' '.join(cases)} END"


def _time_of_day(text: str, field: FieldRule) -> str:
    part = {key: f"{name('x_' + field.name)}.{key}" for key in _CLOCK_PARTS}
    share = f"try_cast(substr({text}, 3) AS DOUBLE)"
    counted = f"CASE WHEN {share} >= 0 AND {share} < 1 THEN TIME '00:00:00' + to_seconds(round({share} * 86400)) END"
    written = f"TIME '00:00:00' + {_clock(part)} + {_shift(part)}"
    by_format = (
        f"WHEN {name('f_' + field.name)} IS NOT NULL THEN {name('f_' + field.name)}::TIME " if field.format else ""
    )
    return (
        f"CASE WHEN {is_native(text, 't')} THEN try_cast(substr({text}, 3) AS TIME) "
        f"WHEN {is_native(text, 'd')} THEN try_cast(substr({text}, 3) AS TIMESTAMP)::TIME "
        f"WHEN {is_native(text, 'n')} THEN {counted} {by_format}"
        f"WHEN {part['hh']} <> '' THEN {written} END"
    )
