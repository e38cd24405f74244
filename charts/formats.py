"""Numbers, dates and durations as people here read them, through Babel; it never turns a missing value into zero."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from gettext import gettext as _
from typing import Any

from babel import Locale
from babel.dates import format_date as babel_date
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

DEFAULT_LOCALE = "id_ID"
WALL_DIGITS = 3  # most significant digits a reader takes in from across the room
MINUTES_PER_DAY = 24 * 60

Number = Decimal | int | float


def no_data_text() -> str:
    return _("tidak ada data")


def round_half_up(value: Number, decimals: int) -> Decimal:
    """Round as regulations do: 0,5 goes up, computed on the decimal the value prints as."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def format_number(value: Number | None, decimals: int = 0, locale: str = DEFAULT_LOCALE) -> str:
    """`1.234,5`: always `decimals` places."""
    if value is None:
        return no_data_text()
    rounded = round_half_up(value, decimals)
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(rounded, format=pattern, locale=locale)


def format_wall_number(value: Number | None, decimals: int = 0, locale: str = DEFAULT_LOCALE) -> str:
    """At most three significant digits: `13,1`, `146`, `1,23 rb`; never more places than `decimals`."""
    if value is None:
        return no_data_text()
    exact = Decimal(str(value))
    steps = ((10**9, _("M")), (10**6, _("jt")), (10**3, _("rb")))
    divisor, word = next((step for step in steps if abs(round_half_up(exact, 0)) >= step[0]), (1, ""))
    scaled = exact / divisor
    places = WALL_DIGITS - 1 if word else min(decimals, WALL_DIGITS - 1)
    while places and abs(round_half_up(scaled, places)) >= 10 ** (WALL_DIGITS - places):
        places -= 1
    text = format_number(scaled, places, locale)
    return f"{text} {word}" if word else text


def format_percent(value: Number | None, decimals: int = 1, locale: str = DEFAULT_LOCALE) -> str:
    """`22,9 %` of a value already in percent."""
    return no_data_text() if value is None else f"{format_number(value, decimals, locale)} %"


def format_value(value: Number | None, unit: str, decimals: int, locale: str = DEFAULT_LOCALE) -> str:
    """Wall number with its unit: `13,1 menit`, `91 %`, `4,16`."""
    text = format_wall_number(value, decimals, locale)
    return f"{text} {unit}" if unit and value is not None else text


def format_change(change: Number, decimals: int, locale: str = DEFAULT_LOCALE) -> str:
    """`naik 0,64`, `turun 0,10` or `tetap`, judged after rounding."""
    rounded = round_half_up(change, decimals)
    if rounded == 0:
        return _("tetap")
    amount = format_number(abs(rounded), decimals, locale)
    return (_("naik {amount}") if rounded > 0 else _("turun {amount}")).format(amount=amount)


def format_deviation(points: Number, decimals: int = 1, locale: str = DEFAULT_LOCALE) -> str:
    """Realised less planned: `tertinggal 4,3 poin`, `mendahului 1,2 poin` or `sesuai rencana`, after rounding."""
    rounded = round_half_up(points, decimals)
    if rounded == 0:
        return _("sesuai rencana")
    amount = format_number(abs(rounded), decimals, locale)
    return (_("mendahului {amount} poin") if rounded > 0 else _("tertinggal {amount} poin")).format(amount=amount)


def format_month(value: date, locale: str = DEFAULT_LOCALE) -> str:
    """`Okt`."""
    return babel_date(value, "MMM", locale=locale)


def format_date(value: date | None, locale: str = DEFAULT_LOCALE) -> str:
    """`21 November 2026`."""
    return no_data_text() if value is None else babel_date(value, "d MMMM y", locale=locale)


def format_short_date(value: date | None, locale: str = DEFAULT_LOCALE) -> str:
    """`Sabtu 21 Nov`."""
    return no_data_text() if value is None else babel_date(value, "EEEE d MMM", locale=locale)


def format_day(value: date | None, locale: str = DEFAULT_LOCALE) -> str:
    """`21 Nov`."""
    return no_data_text() if value is None else babel_date(value, "d MMM", locale=locale)


def format_weekday(value: date, locale: str = DEFAULT_LOCALE) -> str:
    """`Sabtu`."""
    return babel_date(value, "EEEE", locale=locale)


def format_time(value: datetime | None, zone_label: str = "") -> str:
    """`16.08` or `16.08 WIB`."""
    if value is None:
        return no_data_text()
    text = f"{value.hour:02d}.{value.minute:02d}"
    return f"{text} {zone_label}" if zone_label else text


def format_money(value: Number | None, locale: str = DEFAULT_LOCALE) -> str:
    """`Rp 1,2 M` (miliar); one place above a million, whole rupiah below."""
    if value is None:
        return no_data_text()
    for divisor, word in ((10**12, _("T")), (10**9, _("M")), (10**6, _("jt"))):
        if abs(round_half_up(Decimal(str(value)) / divisor, 1)) >= 1:
            return f"Rp {format_number(Decimal(str(value)) / divisor, 1, locale)} {word}"
    return f"Rp {format_number(value, 0, locale)}"


def format_delay(minutes: int) -> str:
    """`11 hari`, `2 jam` or `40 menit`: whole units already passed."""
    if minutes >= MINUTES_PER_DAY:
        return _("{count} hari").format(count=minutes // MINUTES_PER_DAY)
    if minutes >= 60:
        return _("{count} jam").format(count=minutes // 60)
    return _("{count} menit").format(count=minutes)


def vega_locale(locale: str = DEFAULT_LOCALE) -> dict[str, Any]:
    """Number and time locale for Vega, so that axes read `1.234,5` and `Agu`."""
    names = Locale.parse(locale)
    months, days = names.months["format"], names.days["format"]
    sunday_first = (6, 0, 1, 2, 3, 4, 5)
    return {
        "number": {
            "decimal": get_decimal_symbol(locale),
            "thousands": get_group_symbol(locale),
            "grouping": [3],
            "currency": ["Rp ", ""],
            "percent": " %",
        },
        "time": {
            "dateTime": "%A %e %B %Y %H.%M",
            "date": "%d/%m/%Y",
            "time": "%H.%M",
            "periods": ["AM", "PM"],
            "days": [str(days["wide"][day]) for day in sunday_first],
            "shortDays": [str(days["abbreviated"][day]) for day in sunday_first],
            "months": [str(months["wide"][month]) for month in range(1, 13)],
            "shortMonths": [str(months["abbreviated"][month]) for month in range(1, 13)],
        },
    }
