"""Writes what a database gave as text the contract reads back exactly; refuses a value of another type than declared.

A message names the column and the type, never the value.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from pipelines.connectors.connection import Column
from pipelines.connectors.problems import FetchProblem
from pipelines.contracts.contract import Contract

KIND_WORDS = {
    "text": "teks",
    "integer": "bilangan bulat",
    "number": "angka",
    "date": "tanggal",
    "datetime": "tanggal dan waktu",
    "time": "jam",
    "boolean": "ya/tidak",
}
Writer = Callable[[Any], str]


class _OtherTypeError(Exception):
    """The value is not of the declared type."""


def cell_writer(column: Column, contract: Contract, zone: ZoneInfo) -> Writer:
    """Turns a value of the column into the text of its cell; NULL is empty."""
    field = next((one for one in contract.fields if column.heading in (one.from_, *one.aliases)), None)
    format_ = field.format if field else None
    makers: dict[str, Writer] = {
        "text": _text,
        "integer": _integer,
        "number": lambda value: _number(value, contract.file.decimal),
        "date": lambda value: _date(value, format_),
        "datetime": lambda value: _datetime(value, format_, zone),
        "time": lambda value: _time(value, format_),
        "boolean": _boolean,
    }
    make = makers[column.type]

    def write(value: Any) -> str:
        if value is None:
            return ""
        try:
            return make(value)
        except _OtherTypeError as error:
            raise FetchProblem(
                f"Kolom {column.name} kini berisi {_kind_of(value)}, padahal disepakati {KIND_WORDS[column.type]}. "
                "Tanyakan pengelola basis datanya; bila memang berubah, samakan type di connection.yml dan kontraknya."
            ) from error

    return write


def _text(value: Any) -> str:
    if isinstance(value, str | UUID):
        return str(value)
    raise _OtherTypeError


def _integer(value: Any) -> str:
    if isinstance(value, Decimal) and value.is_finite() and value == value.to_integral_value():
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise _OtherTypeError


def _number(value: Any, decimal_mark: str) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise _OtherTypeError
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not exact.is_finite():
        raise _OtherTypeError
    whole, point, fraction = f"{exact:f}".partition(".")
    if len(fraction) == 3:  # 1.234 might be read as one thousand and more; 1.2340 cannot
        fraction += "0"
    return whole + (decimal_mark if point else "") + fraction


def _date(value: Any, format_: str | None) -> str:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise _OtherTypeError
    return value.strftime(format_) if format_ else value.isoformat()


def _datetime(value: Any, format_: str | None, zone: ZoneInfo) -> str:
    if not isinstance(value, datetime):
        raise _OtherTypeError
    local = value.astimezone(zone).replace(tzinfo=None) if value.tzinfo else value
    return local.strftime(format_) if format_ else local.isoformat(sep=" ")


def _time(value: Any, format_: str | None) -> str:
    if isinstance(value, timedelta) and timedelta(0) <= value < timedelta(days=1):  # as MariaDB gives it
        value = (datetime.min + value).time()
    if not isinstance(value, time):
        raise _OtherTypeError
    return value.strftime(format_) if format_ else value.isoformat()


def _boolean(value: Any) -> str:
    if isinstance(value, bool) or (isinstance(value, int) and value in (0, 1)):
        return "ya" if value else "tidak"
    raise _OtherTypeError


def _kind_of(value: Any) -> str:
    kinds: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, KIND_WORDS["boolean"]),
        (int, KIND_WORDS["integer"]),
        ((float, Decimal), KIND_WORDS["number"]),
        (datetime, KIND_WORDS["datetime"]),
        (date, KIND_WORDS["date"]),
        ((time, timedelta), KIND_WORDS["time"]),
        (str, KIND_WORDS["text"]),
    )
    return next((word for kind, word in kinds if isinstance(value, kind)), "isi jenis lain")
