"""Jelajah: one indicator cut and regrouped at will, with a total that respects it, down to the delivered rows."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from charts.formats import format_number
from reports.captions import Spans, describe, span_words
from reports.content import Block, Missing, PageContent, Section, SourceLine, Words
from reports.delivered_rows import rows_table
from reports.desk import Desk
from reports.explore_facets import FIRST, explore_facets
from reports.exploring import Explored, group_chart, group_table, message_of, views_of
from reports.facets import Facet
from reports.parts import guarded
from warehouse.exploration import Exploration, Question, Window
from warehouse.explore import explore, explore_rows, senders_in_state
from warehouse.explore_options import explore_options
from warehouse.filters import FilterError, Filters, keep, write_filters
from warehouse.measures import Measure, MeasureError, find_measure

TITLE = _("Jelajah")
MOST_ROWS = 10_000
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
        message=message_of(explored),
        period=span_words(result.span, desk.locale, result.until_hour) if result.span else "",
        filter_words=describe(desk, filters, offered, spans),
        sections=tuple(sections),
        sources=tuple(
            SourceLine(one.source_id, one.title, one.owners, one.row_count, one.is_sample) for one in result.sources
        ),
        address=tuple(write_filters(keep(filters, "indikator", "tampil", "baris", "rilis", *CUTTING)).items()),
    )


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
    return result


def _result_section(desk: Desk, explored: Explored, filters: Filters) -> Section:
    result, indicator = explored.result, explored.measure.indicator
    owners = tuple(dict.fromkeys(owner for source in result.sources for owner in source.owners if owner))
    view = filters.tampil if filters.tampil in views_of(result.grouping) else views_of(result.grouping)[0]
    chart = group_chart(explored, view)
    blocks: list[Block] = [chart] if chart else []
    blocks += [group_table(explored)] if result.groups else [Missing(explored.title, owners, result.no_total_reason)]
    blocks += [Words(words, is_note=True) for words in result.ignored]
    return Section(
        explored.title,
        tuple(blocks),
        clocks=desk.clocks_of(*indicator.source_ids),
        is_sample=any(group.is_sample for group in result.groups),
        definition_id=indicator.id,
    )


def _rows_section(desk: Desk, explored: Explored, filters: Filters) -> Section:
    group = next((one for one in explored.result.groups if one.key == filters.baris), None)
    if group is None:
        return Section(
            _("Baris sumber"), (Words(_("Baris {key} tidak ada pada potongan ini.").format(key=filters.baris)),)
        )
    question = _question(desk, replace(filters, banding=""), explored.measure)
    found = desk.ask(explore_rows, question, desk.rules, Window(group.key, MOST_ROWS))
    note = _("{count} baris kiriman di belakang {label}").format(
        count=format_number(found.row_count, 0, desk.locale), label=group.label
    )
    if found.row_count > MOST_ROWS:
        note += " · " + _("dimuat {count} yang terbaru; persempit rentang untuk sisanya").format(
            count=format_number(MOST_ROWS, 0, desk.locale)
        )
    return Section(_("Baris sumber"), (rows_table(found.columns, found.rows),), note, is_sample=group.is_sample)
