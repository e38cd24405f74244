"""Jelajah: one indicator cut and regrouped at will, with a total that respects it, down to the delivered rows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from gettext import gettext as _

from charts.formats import format_number
from reports.captions import Spans, describe, span_words
from reports.content import Block, Missing, PageContent, Section, SourceLine, Words
from reports.csv import csv_bytes
from reports.delivered_rows import rows_table
from reports.desk import Desk
from reports.explore_facets import FIRST, WHOLE_CUT, explore_facets
from reports.exploring import Explored, group_chart, group_table, message_of, views_of
from reports.facets import Facet
from reports.parts import guarded
from reports.reach import hides_rows_of, is_cut_by_reach, of_reach, outside, reach_words, within_reach
from reports.side_files import SideFile
from warehouse.exploration import DeliveredRows, Exploration, Question, Window
from warehouse.explore import explore, explore_rows, senders_in_state
from warehouse.explore_options import explore_options
from warehouse.filters import FilterError, Filters, keep, write_filters
from warehouse.measures import Measure, MeasureError, find_measure
from warehouse.scope import Action

TITLE = _("Jelajah")
MOST_ROWS, ALL_ROWS = 10_000, 10_000_000
CUTTING = ("daerah", "kecamatan", "opd", "dimensi", "periode", "per", "banding", "data", "menurut", "urut", "program",
           "tahun", "sumber")  # fmt: skip


def facets(desk: Desk, filters: Filters) -> tuple[Facet, ...]:
    measure = _measure(filters, strict=False)
    return explore_facets(desk, measure, _explore(desk, filters, measure))


def build(desk: Desk, filters: Filters) -> PageContent:
    """Raises FilterError for an indicator that cannot be explored."""
    measure = _measure(filters, strict=True)
    result = _explore(desk, filters, measure)
    explored = Explored(desk, measure, result, desk.ask(explore_options))
    offered = facets(desk, filters)
    spans = Spans(result.span, result.compared, result.until_hour) if result.span else None
    sections = [guarded(explored.title, _result_section, desk, explored, filters)]
    if filters.baris:
        sections.append(guarded(_("Baris sumber"), _rows_section, desk, explored, filters))
    return PageContent(
        page="jelajah",
        title=TITLE,
        message=_message(explored),
        period=span_words(result.span, desk.locale, result.until_hour) if result.span else "",
        filter_words=describe(desk, filters, offered, spans),
        sections=tuple(sections),
        sources=tuple(
            SourceLine(one.source_id, one.title, one.owners, one.row_count, one.is_sample) for one in result.sources
        ),
        address=tuple(write_filters(keep(filters, "indikator", "tampil", "baris", "rilis", *CUTTING)).items()),
        reach_words=reach_words(desk),
    )


def _message(explored: Explored) -> str:
    desk, measure = explored.desk, explored.measure
    if explored.result.span is None and hides_rows_of(desk, *measure.indicator.source_ids):
        return outside(explored.title).text
    return of_reach(desk, message_of(explored)) if is_cut_by_reach(measure) else message_of(explored)


def _measure(filters: Filters, *, strict: bool) -> Measure:
    try:
        return find_measure(filters.indikator or FIRST)
    except MeasureError as error:
        if strict:
            raise FilterError(str(error)) from error
        return find_measure(FIRST)


def _question(desk: Desk, filters: Filters, measure: Measure) -> Question:
    return Question(measure.id, keep(filters, *CUTTING), senders_in_state(desk.view.clocks, filters))


def _explore(desk: Desk, filters: Filters, measure: Measure) -> Exploration:
    result: Exploration = desk.ask(explore, _question(desk, filters, measure), desk.rules)
    return within_reach(desk, result)


def _result_section(desk: Desk, explored: Explored, filters: Filters) -> Section:
    result, indicator = explored.result, explored.measure.indicator
    owners = tuple(dict.fromkeys(owner for source in result.sources for owner in source.owners if owner))
    view = filters.tampil if filters.tampil in views_of(result.grouping) else views_of(result.grouping)[0]
    chart = group_chart(explored, view)
    blocks: list[Block] = [chart] if chart else []
    missing: Block = Missing(explored.title, owners, result.no_total_reason)
    if hides_rows_of(desk, *indicator.source_ids):
        missing = outside(explored.title)
    blocks += [group_table(explored)] if result.groups else [missing]
    blocks += [Words(words, is_note=True) for words in result.ignored]
    return Section(
        explored.title,
        tuple(blocks),
        clocks=desk.clocks_of(*indicator.source_ids),
        is_sample=any(group.is_sample for group in result.groups),
        definition_id=indicator.id,
    )


def _rows_section(desk: Desk, explored: Explored, filters: Filters) -> Section:
    title, opened = _("Baris sumber"), _opened(explored, filters)
    if opened is None:
        return Section(title, (Words(_("Baris {key} tidak ada pada potongan ini.").format(key=filters.baris)),))
    found = _rows(desk, explored, filters, opened.key, MOST_ROWS)
    note = _("{count} baris kiriman di belakang {label}").format(
        count=format_number(found.row_count, 0, desk.locale), label=opened.label
    )
    note = of_reach(desk, note)
    if found.row_count > MOST_ROWS:
        note += " · " + _("di sini {count} yang terbaru; tombol Unduh semua baris memuat semuanya").format(
            count=format_number(MOST_ROWS, 0, desk.locale)
        )
    return Section(title, (rows_table(found.columns, found.rows, desk.scope),), note, is_sample=opened.is_sample)


@dataclass(frozen=True)
class _Opened:
    """Whose delivered rows are shown; `key` None is every group of the cut."""

    key: str | None
    label: str
    is_sample: bool


def _opened(explored: Explored, filters: Filters) -> _Opened | None:
    groups = explored.result.groups
    if filters.baris == WHOLE_CUT:
        return _Opened(None, _("seluruh potongan"), any(group.is_sample for group in groups))
    return next((_Opened(one.key, one.label, one.is_sample) for one in groups if one.key == filters.baris), None)


def _rows(desk: Desk, explored: Explored, filters: Filters, key: str | None, limit: int) -> DeliveredRows:
    question = _question(desk, replace(filters, banding=""), explored.measure)
    found: DeliveredRows = desk.ask(explore_rows, question, desk.rules, Window(key, limit))
    return found


def rows_file(desk: Desk, filters: Filters) -> SideFile | None:
    """Every delivered row behind what is opened, as CSV; None when nothing is. Raises NotPermittedError."""
    if not filters.baris:
        return None
    desk.scope.require(Action.EXPORT_ROWS)
    measure = _measure(filters, strict=True)
    explored = Explored(desk, measure, _explore(desk, filters, measure), desk.ask(explore_options))
    opened = _opened(explored, filters)
    if opened is None:
        return None
    name = f"pendopo_baris_{measure.indicator.id}_{opened.key or WHOLE_CUT}_{desk.release_id}.csv"
    shown = _rows(desk, explored, filters, opened.key, MOST_ROWS)
    return SideFile(
        _("Unduh semua baris, CSV"),
        name,
        lambda: _rows_csv(desk, _rows(desk, explored, filters, opened.key, ALL_ROWS)),
        shown.row_count,
        restricted=rows_table(shown.columns, (), desk.scope).restricted,
    )


def _rows_csv(desk: Desk, found: DeliveredRows) -> bytes:
    table = rows_table(found.columns, found.rows, desk.scope)
    header = (*(column.title for column in table.columns), _("rilis"))
    return csv_bytes(header, ((*row, desk.release_id) for row in table.rows))
