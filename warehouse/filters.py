"""The cut of the data a page, a download or a paper shows: one frozen value, written into an address and back.

Periods roll back from a day of the data, never from a clock: the same address on the same release is the same cut.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from gettext import gettext as _
from typing import Literal

LIST_MARK = ","
ROLLING = re.compile(r"^(?P<count>[1-9]\d{0,3})(?P<unit>[hbt])$")  # 30h days, 3b months, 5t years
EXPLICIT = re.compile(r"^(?P<start>\d{4}-\d{2}-\d{2})\.\.(?P<end>\d{4}-\d{2}-\d{2})$")
YEAR_TO_DATE, EVERYTHING = "tahun", "semua"
FIRST_YEAR, LAST_YEAR = 1900, 2200  # a day outside is a slip of the pen, not a period
COMPARISONS = ("", "sebelumnya", "tahun_lalu")
UNITS: dict[str, Literal["hari", "bulan", "tahun"]] = {"h": "hari", "b": "bulan", "t": "tahun"}
REALITIES = ("nyata", "contoh")
NEVER_SENT = "tidak_ada"  # the state of a sender that never delivered: it has no figures
STATES = ("nyata", "contoh", "mutakhir", "jatuh_tempo", "terlambat", "tidak_diketahui", NEVER_SENT)


class FilterError(Exception):
    """A filter that cannot be read; the message says which and what to write instead."""


@dataclass(frozen=True)
class Filters:
    """Empty means "all" or "the page's own choice". Names of the fields are the keys of the address."""

    daerah: tuple[str, ...] = ()  # Kemendagri codes
    kecamatan: tuple[str, ...] = ()
    opd: tuple[str, ...] = ()
    dimensi: tuple[str, ...] = ()  # masterplan dimensions "1" to "6"
    indikator: str = ""  # id of the catalogue
    periode: str = ""  # "30h", "3b", "5t", "tahun", "semua", "2026-01-01..2026-03-31"
    per: str = ""  # ISO day the period ends on; empty: the last day delivered
    banding: str = ""  # compare with the span before, or the same span a year before
    data: tuple[str, ...] = ()  # states of the data that count, of STATES
    menurut: str = ""  # what rows stand for: waktu, opd, kecamatan, dimensi, daerah
    tampil: str = ""  # tabel, garis, batang, peta
    urut: str = ""  # column to sort by, "-" in front for the largest first
    program: str = ""  # programme code
    tahun: str = ""
    sumber: str = ""  # source id
    baris: str = ""  # row drilled into
    rilis: str = ""  # an older release by name; empty: the newest


KEYS = tuple(field.name for field in fields(Filters))
LISTS = tuple(field.name for field in fields(Filters) if field.type == "tuple[str, ...]")


@dataclass(frozen=True)
class Span:
    """Days from `start` to `end`, both included; `start` None runs from the beginning.

    `unit` is what the period was counted in: a period of months is compared with months, one of days with days.
    """

    start: date | None
    end: date
    unit: Literal["hari", "bulan", "tahun"] = field(default="hari", compare=False)


def read_filters(address: Mapping[str, str]) -> Filters:
    """The filters an address or a command line names. Raises FilterError on a value that means nothing."""
    known = {key: value.strip() for key, value in address.items() if key in KEYS and value.strip()}
    values = {
        key: tuple(dict.fromkeys(part for part in value.split(LIST_MARK) if part)) if key in LISTS else value
        for key, value in known.items()
    }
    filters = Filters(**values)  # type: ignore[arg-type]
    _refuse(filters)
    return filters


def write_filters(filters: Filters) -> dict[str, str]:
    """Keys and values of an address, only what is set, always in the same order."""
    written = {}
    for key in KEYS:
        value = getattr(filters, key)
        if value:
            written[key] = LIST_MARK.join(value) if key in LISTS else str(value)
    return written


def keep(filters: Filters, *names: str) -> Filters:
    """Only the named filters: what a page can honour."""
    return replace(Filters(), **{name: getattr(filters, name) for name in names})


def resolve_span(filters: Filters, last_day: date, default: str) -> Span:
    """The days a period means, ending at `per` or else at the last day delivered."""
    code = filters.periode or default
    explicit = EXPLICIT.match(code)
    if explicit:
        return Span(date.fromisoformat(explicit["start"]), date.fromisoformat(explicit["end"]))
    end = date.fromisoformat(filters.per) if filters.per else last_day
    if code == EVERYTHING:
        return Span(None, end)
    if code == YEAR_TO_DATE:
        return Span(end.replace(month=1, day=1), end, "tahun")
    rolling = ROLLING.match(code)
    if rolling is None:
        raise FilterError(_period_words(code))
    return Span(_back(end, int(rolling["count"]), rolling["unit"]), end, UNITS[rolling["unit"]])


def compared_span(span: Span, banding: str) -> Span | None:
    """The span to compare with: as long and just before, or the same days a year before.

    A part of a month or year is compared with the same part: 1 to 21 November with 1 to 21 October.
    """
    if not banding or span.start is None:
        return None
    if banding == "tahun_lalu":
        return Span(_years_before(span.start, 1), _same_day(span.end, -12), span.unit)
    if span.unit == "tahun":
        years = span.end.year - span.start.year + 1
        return Span(_years_before(span.start, years), _same_day(span.end, -12 * years), span.unit)
    if span.unit == "bulan" or is_whole_months(span):
        months = (span.end.year - span.start.year) * 12 + span.end.month - span.start.month + 1
        return Span(_months_before(span.start, months), _same_day(span.end, -months), "bulan")
    end = span.start - timedelta(days=1)
    return Span(end - (span.end - span.start), end)


def is_whole_months(span: Span) -> bool:
    return span.start is not None and span.start.day == 1 and (span.end + timedelta(days=1)).day == 1


def _same_day(day: date, months: int) -> date:
    """The same day of another month; the last day of a month stays the last day."""
    number = day.year * 12 + day.month - 1 + months
    last = monthrange(number // 12, number % 12 + 1)[1]
    at_end = day.day == monthrange(day.year, day.month)[1]
    return date(number // 12, number % 12 + 1, last if at_end else min(day.day, last))


def _back(end: date, count: int, unit: str) -> date:
    if unit == "h":
        return end - timedelta(days=count - 1)
    if unit == "b":  # whole months, the running one included
        return _months_before(end.replace(day=1), count - 1)
    return end.replace(year=max(end.year - count + 1, FIRST_YEAR), month=1, day=1)


def _months_before(first: date, months: int) -> date:
    number = max(first.year * 12 + first.month - 1 - months, 12)
    return date(number // 12, number % 12 + 1, 1)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _refuse(filters: Filters) -> None:
    if filters.periode and not (
        filters.periode in (YEAR_TO_DATE, EVERYTHING)
        or ROLLING.match(filters.periode)
        or EXPLICIT.match(filters.periode)
    ):
        raise FilterError(_period_words(filters.periode))
    explicit = EXPLICIT.match(filters.periode)
    for day in (filters.per, *(explicit.groups() if explicit else ())):
        _refuse_day(day)
    if explicit and explicit["start"] > explicit["end"]:
        raise FilterError(
            _("periode={value}: hari pertama sesudah hari terakhir. Tukar keduanya.").format(value=filters.periode)
        )
    if filters.banding not in COMPARISONS:
        raise FilterError(
            _("banding={value} tidak dikenal. Pilih: {options}.").format(
                value=filters.banding, options=", ".join(COMPARISONS[1:])
            )
        )
    for state in filters.data:
        if state not in STATES:
            raise FilterError(
                _("data={value} tidak dikenal. Pilih: {options}.").format(value=state, options=", ".join(STATES))
            )
    if filters.tahun and not re.match(r"^\d{4}$", filters.tahun):
        raise FilterError(_("tahun={value} bukan tahun. Contoh: tahun=2026.").format(value=filters.tahun))


def _refuse_day(text: str) -> None:
    words = _("{value} bukan tanggal. Contoh: 2026-11-21.").format(value=text)
    try:
        day = date.fromisoformat(text or "2026-01-01")
    except ValueError as error:
        raise FilterError(words) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise FilterError(words)


def _period_words(code: str) -> str:
    return _(
        "periode={value} tidak dikenal. Contoh: 30h (30 hari), 3b (3 bulan), 5t (5 tahun), tahun, semua, "
        "2026-01-01..2026-03-31."
    ).format(value=code)
