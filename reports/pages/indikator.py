"""Indikator: one indicator whole, from its value and what binds it to the rows behind it and those held back."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

from reports import indicator_events as happened
from reports import indicator_explanation as explaining
from reports import indicator_rows as rows
from reports import indicator_sources as behind
from reports import indicator_values as stored
from reports import indicator_words as about
from reports.captions import describe, period_words
from reports.content import PageContent
from reports.desk import Desk
from reports.facets import Facet, Option
from reports.figure_words import is_named_level, limit_words
from reports.indicator_values import StoredValues, read_values
from reports.level_case import CASE_TITLE, ENGINE, case_section
from reports.parts import guarded, source_lines
from reports.reach import is_narrow, reach_words
from reports.side_files import SideFile
from reports.stored_figures import exact
from warehouse.catalogue import BY_ID, INDICATORS
from warehouse.figures import Figure
from warehouse.filters import FilterError, Filters, keep, write_filters
from warehouse.indicators.model import Indicator
from warehouse.nearest import nearest_hint
from warehouse.scope import Action

TITLE = _("Indikator")
PERIODS = ("30h", "12b", "5t", "semua")
HONOURED = ("indikator", "periode", "per", "baris", "rilis")


def facets(desk: Desk, filters: Filters) -> tuple[Facet, ...]:
    values = read_values(desk, BY_ID.get(filters.indikator, INDICATORS[0]))
    titles = tuple(Option(one.id, f"{one.dimension} · {one.title_by(desk.rules)}") for one in INDICATORS)
    chosen = Facet("indikator", _("Indikator"), titles, INDICATORS[0].id)
    if values.frame.empty:
        return (chosen,)
    periods = tuple(Option(code, period_words(code, desk.locale)) for code in PERIODS)
    places = {stored.place_key(row): stored.place_words(row, desk) for row in _offered(values, filters)}
    options = tuple(Option(key, words) for key, words in places.items())
    return (
        chosen,
        Facet("periode", _("Rentang deret"), periods, values.period),
        Facet("baris", _("Nilai yang dibuka"), options, next(iter(places), "")),
    )


def _offered(values: StoredValues, filters: Filters) -> list[Any]:
    """Values of the period, and the one that is open."""
    within = list(values.within(filters).itertuples())
    asked = values.find(filters.baris) if filters.baris else None
    is_new = asked is not None and stored.place_key(asked) not in {stored.place_key(row) for row in within}
    return [*within, asked] if is_new else within


def build(desk: Desk, filters: Filters) -> PageContent:
    """Raises FilterError for an indicator or a value there is none of."""
    indicator = _indicator(filters)
    values = read_values(desk, indicator)
    row = open_row(desk, filters)
    return PageContent(
        page="indikator",
        title=TITLE,
        message=_message(desk, indicator, row),
        period=stored.period_words(row) if row is not None else "",
        filter_words=" · ".join((indicator.id, describe(desk, filters, facets(desk, filters)))),
        sections=(
            guarded(about.LATEST_TITLE, about.latest_section, desk, indicator),
            guarded(explaining.EXPLANATION_TITLE, explaining.explanation_section, desk, values, row),
            guarded(about.DEFINITION_TITLE, about.definition_section, desk, indicator),
            guarded(rows.ROWS_TITLE, rows.rows_section, desk, values, row),
            guarded(stored.SERIES_TITLE, stored.series_section, desk, values, filters, row),
            guarded(happened.EVENTS_TITLE, happened.events_section, desk, indicator, values.frame),
            guarded(about.LIMITS_TITLE, about.limits_section, desk, values),
            guarded(behind.SOURCES_TITLE, behind.sources_section, desk, indicator),
            guarded(behind.HELD_TITLE, behind.held_section, desk, indicator),
            *((guarded(CASE_TITLE, case_section, desk),) if indicator.id == ENGINE else ()),
        ),
        sources=source_lines(desk, *indicator.source_ids),
        address=tuple(write_filters(keep(filters, *HONOURED)).items()),
        reach_words=reach_words(desk),
    )


def rows_download(desk: Desk, filters: Filters) -> SideFile | None:
    """Every row behind the open value, read when it is asked for. Raises NotPermittedError."""
    desk.scope.require(Action.EXPORT_ROWS)
    return rows.rows_file(desk, read_values(desk, _indicator(filters)), open_row(desk, filters))


def _indicator(filters: Filters) -> Indicator:
    asked = filters.indikator or INDICATORS[0].id
    if asked in BY_ID:
        return BY_ID[asked]
    hint = nearest_hint(asked, tuple(BY_ID)) or "."
    raise FilterError(
        _("indikator={value} tidak ada{hint} Pilihan: {options}.").format(
            value=asked, hint=hint, options=", ".join(BY_ID)
        )
    )


def open_row(desk: Desk, filters: Filters) -> Any:
    """The stored value the page opens: the one asked for, or the newest; None when nothing is stored."""
    values = read_values(desk, _indicator(filters))
    if not filters.baris:
        return next(values.within(filters).itertuples(), None)
    row = values.find(filters.baris)
    if row is None and is_narrow(desk):
        raise FilterError(_("baris={value} di luar cakupan Anda.").format(value=filters.baris))
    if row is None:
        known = [stored.place_key(one) for one in values.frame.itertuples()]
        raise FilterError(
            _("baris={value} bukan nilai indikator ini{hint} Contoh: {example}.").format(
                value=filters.baris, hint=nearest_hint(filters.baris, known) or ".", example=known[0] if known else "-"
            )
        )
    return row


def _message(desk: Desk, indicator: Indicator, row: Any) -> str:
    """The open value and where it stands to its limit; it names no cause."""
    title = indicator.title_by(desk.rules)
    figure = desk.view.figures.get(indicator.id)
    if row is None:
        return f"{title}: {_figure_words(desk, figure)}"
    value = exact(row.value)
    place = stored.place_words(row, desk)
    if value is None:
        return f"{title}: {row.status}, {place}"
    words = f"{title} {stored.written(value, desk)} {indicator.unit}".strip()
    is_latest = figure is not None and figure.value == value and figure.period_label == stored.period_words(row)
    if is_latest and figure and is_named_level(figure):
        words = f"{words} ({figure.predikat})"
    limit = limit_words(figure, desk.rules, desk.locale) if is_latest and figure and figure.target is not None else ""
    return "; ".join(part for part in (f"{words}, {place}", limit) if part)


def _figure_words(desk: Desk, figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return _("tidak ada data")
    return f"{stored.written(figure.value, desk)} {figure.unit}".strip() + f", {figure.period_label}"
