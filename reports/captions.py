"""The cut of a page in words, generated from the very filters that made its numbers; it states nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from gettext import gettext as _

from charts.formats import format_date
from reports.desk import Desk
from reports.facets import Facet
from warehouse.filters import EVERYTHING, EXPLICIT, LISTS, NEVER_SENT, REALITIES, ROLLING, YEAR_TO_DATE, Filters, Span
from warehouse.indicators.periods import write_hour

SHAPING = ("indikator", "menurut", "tampil", "urut", "baris", "periode", "per", "banding", "data", "rilis")
MOST_NAMES = 6
RANGE = "\u2013"
REALITY_WORDS = {"nyata": _("hanya data nyata"), "contoh": _("hanya DATA CONTOH")}
COMPARED_WORDS = {
    "sebelumnya": _("dibanding rentang sebelumnya"),
    "tahun_lalu": _("dibanding rentang yang sama tahun lalu"),
}
UNIT_WORDS = {"h": _("{count} hari terakhir"), "b": _("{count} bulan terakhir"), "t": _("{count} tahun terakhir")}


@dataclass(frozen=True)
class Spans:
    """The days a page resolved its period to, and those it compared with."""

    span: Span
    compared: Span | None = None
    until_hour: int | None = None  # both end at this hour of their last day


def describe(desk: Desk, filters: Filters, facets: Sequence[Facet], spans: Spans | None = None) -> str:
    """`Kecamatan Ngoro dan Pungging · 1–20 November 2026 dibanding 12–31 Oktober 2026 · hanya data nyata`."""
    parts = [_facet_words(facet, filters) for facet in facets if facet.options and facet.name not in SHAPING]
    parts.append(_period(desk, filters, facets, spans))
    parts += [REALITY_WORDS[state] for state in _realities(filters)]
    states = [state_words(state) for state in filters.data if state not in REALITIES]
    if states:
        parts.append(_("hanya kiriman yang {states}").format(states=join_names(states, _("atau"))))
    if filters.rilis:
        parts.append(_("rilis {release}").format(release=filters.rilis))
    return " · ".join(part for part in parts if part) or _("tanpa saringan")


def state_words(state: str) -> str:
    """`jatuh tempo`; a sender that never delivered has no state to name."""
    return _("belum pernah masuk") if state == NEVER_SENT else state.replace("_", " ")


def join_names(names: Sequence[str], last: str = "") -> str:
    """`A`, `A dan B`, `A, B dan C`; of many the first few and how many more."""
    if len(names) > MOST_NAMES:
        more = _("{count} lainnya").format(count=len(names) - MOST_NAMES + 1)
        names = [*names[: MOST_NAMES - 1], more]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last or _('dan')} {names[-1]}"


def period_words(code: str, locale: str) -> str:
    """`30 hari terakhir`, `tahun berjalan`, `1–20 November 2026`."""
    explicit, rolling = EXPLICIT.match(code), ROLLING.match(code)
    if explicit:
        return span_words(Span(date.fromisoformat(explicit["start"]), date.fromisoformat(explicit["end"])), locale)
    if rolling:
        return UNIT_WORDS[rolling["unit"]].format(count=rolling["count"])
    return {YEAR_TO_DATE: _("tahun berjalan"), EVERYTHING: _("seluruh riwayat")}.get(code, code)


def span_words(span: Span, locale: str, until_hour: int | None = None) -> str:
    """`1–20 November 2026`, `12 Oktober – 20 November 2026`, `2022–2024`; the hour when the last day is a part."""
    hour = "" if until_hour is None else " " + _("pukul {hour}").format(hour=write_hour(until_hour))
    start, end, until = span.start, span.end, format_date(span.end, locale)
    if start is None:
        return _("sampai {day}").format(day=until) + hour
    if (start.month, start.day) == (1, 1) and (end.month, end.day) == (12, 31) and not hour:
        return str(end.year) if start.year == end.year else f"{start.year}{RANGE}{end.year}"
    if start == end:
        return until + hour
    if (start.year, start.month) == (end.year, end.month):
        whole = start.day == 1 and (end + timedelta(days=1)).day == 1 and not hour
        return until.split(" ", 1)[1] if whole else f"{start.day}{RANGE}{until}{hour}"
    first = format_date(start, locale)
    first = first.rsplit(" ", 1)[0] if start.year == end.year else first
    return f"{first} {RANGE} {until}{hour}"


def _facet_words(facet: Facet, filters: Filters) -> str:
    chosen = getattr(filters, facet.name)
    values = chosen if facet.name in LISTS else (chosen,) if chosen else ()
    words = {option.value: option.words for option in facet.options}
    names = join_names([words.get(value, value) for value in values])
    return f"{facet.label} {names}" if names else ""


def _period(desk: Desk, filters: Filters, facets: Sequence[Facet], spans: Spans | None) -> str:
    if spans is not None:
        own = span_words(spans.span, desk.locale, spans.until_hour)
        if spans.compared is None:
            return own
        return _("{span} dibanding {compared}").format(
            span=own, compared=span_words(spans.compared, desk.locale, spans.until_hour)
        )
    offered = {facet.name: facet for facet in facets}
    if "periode" not in offered:
        return ""
    words = period_words(filters.periode or offered["periode"].default, desk.locale)
    if filters.per:
        words += " " + _("sampai {day}").format(day=format_date(date.fromisoformat(filters.per), desk.locale))
    return " ".join(part for part in (words, COMPARED_WORDS.get(filters.banding, "")) if part)


def _realities(filters: Filters) -> list[str]:
    """Both real and sample is no restriction."""
    asked = [state for state in REALITIES if state in filters.data]
    return asked if len(asked) == 1 else []
