"""A page's content as what the paper shows: words, drawn charts and widths, no layout.

Refuses to pass delivered text on as markup: the template receives data and writes it as text.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from gettext import gettext as _
from typing import Any

from charts.bullet import build_bullet_chart
from charts.engine import draw_vega
from charts.formats import format_date, format_number, no_data_text
from charts.lettering import fit_text
from charts.look import Look
from charts.sparkline import build_sparkline
from charts.theme import KERTAS
from reports.captions import join_names
from reports.cells import Manner, header_words, is_right, row_words, total_words
from reports.clock_words import clock_words, clocks_by_source, complete_to_words, named, source_clock_words
from reports.content import Block, Cell, Chart, Column, Figures, Missing, PageContent, Section, SourceLine, Table, Words
from reports.desk import Desk
from reports.figure_words import context_words, has_trend, limit_words, trend_words, value_words
from reports.table_layout import lay_out
from warehouse.figures import ClockReading, Figure

TEXT_WIDTH = 751.0  # points between the margins of A4 landscape
HEAD_WIDTH, HEAD_SIZE = 660.0, 8.0  # points: what later pages repeat of the message, on one line
TEXT_HEIGHT = 430.0  # points left for one chart below a heading
CHART_TEXT = 14.0  # units of a chart's text
CHART_POINTS = 9.0  # points that text has on paper
SCALE = CHART_POINTS / CHART_TEXT
TILE_TEXT, TILE_SCALE = 12.0, 0.72
TILE_GAP, TILE_ROOM = 8.0, 18.0  # points between tiles, and inside of one
SPARK_HEIGHT, BULLET_HEIGHT = 34.0, 20.0
PAPER_ROWS = 5_000  # a longer table is for a workbook: some hundred pages
FOOT_LENGTH = 330  # characters of sources in the foot; the rest is told on the last page


def paper_data(desk: Desk, content: PageContent, code: str) -> dict[str, Any]:
    """All that the template writes, as plain values."""
    manner = Manner(desk.locale, desk.region.timezone_label)
    sections = [_section(desk, section, manner) for section in content.sections]
    foot, is_whole = foot_sources(desk, content.sources)
    if not is_whole:
        sections.append(_section(desk, sources_section(desk, content.sources), manner))
    return {
        "title": content.title,
        "message": content.message,
        "head": fit_text((f"{content.title.upper()} · {content.message}",), HEAD_WIDTH, HEAD_SIZE).text,
        "subtitle": content.cut_words,
        "sample": content.is_sample,
        "region": desk.region.region_name,
        "foot-sources": foot,
        "foot-state": _("Rilis {release} · kode {code} · keadaan {day}").format(
            release=desk.release_id, code=code, day=format_date(desk.instant.date(), desk.locale)
        ),
        "sections": sections,
        "colours": asdict(KERTAS),
        "said": {"sample": _("DATA CONTOH"), "page-of": _("hal. {page} dari {pages}")},
    }


def foot_sources(desk: Desk, sources: tuple[SourceLine, ...]) -> tuple[str, bool]:
    """The sources in words, and whether they are all there."""
    told: list[str] = []
    for place, source in enumerate(sources):
        words = _source_words(desk, source)
        if told and len("; ".join([*told, words])) > FOOT_LENGTH:
            more = _("dan {count} sumber lain, di bagian Sumber").format(count=len(sources) - place)
            return _("Sumber: {sources}; {more}.").format(sources="; ".join(told), more=more), False
        told.append(words)
    return (_("Sumber: {sources}.").format(sources="; ".join(told)) if told else ""), True


def _source_words(desk: Desk, source: SourceLine) -> str:
    """Title, owners, rows, up to when, and the clock."""
    clocks = clocks_by_source(desk.clocks_of(source.source_id))
    until = complete_to_words(clocks[0], desk.region.timezone_label, desk.locale) if clocks else ""
    parts = [
        f"{source.title} ({named(source.owners)})" if source.owners else source.title,
        _("{count} baris").format(count=format_number(source.row_count, 0, desk.locale)),
        until,
        *(source_clock_words(clock) for clock in clocks),
        _("DATA CONTOH") if source.is_sample else "",
    ]
    return ", ".join(part for part in parts if part)


def sources_section(desk: Desk, sources: tuple[SourceLine, ...]) -> Section:
    """All sources of a page as a table."""
    columns = (
        Column(_("Sumber")),
        Column(_("Pemilik")),
        Column(_("Baris"), "number"),
        Column(_("Isi")),
        Column(_("Jam data")),
        Column(_("Contoh"), "flag"),
    )
    return Section(_("Sumber"), (Table(columns, tuple(_source_row(desk, source) for source in sources)),))


def _source_row(desk: Desk, source: SourceLine) -> tuple[Any, ...]:
    clocks = clocks_by_source(desk.clocks_of(source.source_id))
    return (
        source.title,
        named(source.owners),
        source.row_count,
        "".join(complete_to_words(clock, desk.region.timezone_label, desk.locale) for clock in clocks),
        " ".join(source_clock_words(clock) for clock in clocks),
        source.is_sample,
    )


def _section(desk: Desk, section: Section, manner: Manner) -> dict[str, Any]:
    return {
        "title": section.title,
        "note": section.note,
        "sample": section.is_sample,
        "blocks": [_block(desk, block, manner) for block in section.blocks],
        "clocks": _clock_line(section.clocks),
    }


def _clock_line(clocks: tuple[ClockReading, ...]) -> str:
    sources = clocks_by_source(clocks)
    words = "; ".join(f"{source.title}: {source_clock_words(source)}" for source in sources)
    return _("Jam data: {words}").format(words=words) if words else ""


def _block(desk: Desk, block: Block, manner: Manner) -> dict[str, Any]:
    match block:
        case Figures():
            return _figures(desk, block)
        case Table():
            return _table(block, manner)
        case Chart():
            return _chart(block, desk.locale)
        case Missing():
            return _missing(block)
        case Words():
            return {"kind": "words", "text": block.text, "note": block.is_note}


def _missing(missing: Missing) -> dict[str, Any]:
    owners = _("pemilik {owners}").format(owners=", ".join(missing.owners)) if missing.owners else ""
    words = " · ".join(part for part in (_("data belum disampaikan"), owners) if part)
    return {"kind": "missing", "title": missing.title, "words": f"◌ {words}", "reason": missing.reason}


def _figures(desk: Desk, figures: Figures) -> dict[str, Any]:
    width = (TEXT_WIDTH + TILE_GAP) / figures.columns - TILE_GAP - TILE_ROOM
    look = Look(theme=KERTAS, width=width / TILE_SCALE, text_size=TILE_TEXT, locale=desk.locale)
    items = [_figure(desk, figure, look) for figure in figures.figures]
    return {"kind": "figures", "columns": figures.columns, "items": items}


def _figure(desk: Desk, figure: Figure, look: Look) -> dict[str, Any]:
    locale = desk.locale
    owes = figure.value is None and figure.clock.opd_code
    has_bullet = figure.target is not None and figure.value is not None
    return {
        "title": figure.title,
        "value": value_words(figure, locale),
        "has-value": figure.value is not None,
        "context": context_words(figure, locale),
        "limit": limit_words(figure, desk.rules, locale),
        "course": trend_words(figure) if figure.trend else "",
        "reason": figure.reason,
        "owner": _("Pemilik data: {opd}").format(opd=figure.clock.opd_code) if owes else "",
        "clock": clock_words(figure.clock),
        "sample": figure.is_sample,
        "bullet": has_bullet and draw_chart(build_bullet_chart, (figure,), replace(look, height=BULLET_HEIGHT)),
        "spark": has_trend(figure) and draw_chart(build_sparkline, (figure.trend,), replace(look, height=SPARK_HEIGHT)),
    }


def _table(full: Table, manner: Manner) -> dict[str, Any]:
    table = _without_details(full)
    header = [header_words(column) for column in table.columns]
    kept = table.rows[:PAPER_ROWS]
    rows = [row_words(row, table, manner) for row in kept] or [[no_data_text(), *[""] * (len(header) - 1)]]
    total = total_words(table, manner)
    layout = lay_out(table.columns, header, [*rows, *([total] if total else [])], TEXT_WIDTH)
    return {
        "kind": "table",
        "header": header,
        "right": [is_right(column) for column in table.columns],
        "rows": rows,
        "total": total,
        "marked": table.marked,
        "size": layout.size,
        "widths": layout.widths,
        "note": " ".join(
            part for part in (table.note, _left_out(len(kept), len(table.rows), manner), _details_words(full)) if part
        ),
    }


def _without_details(table: Table) -> Table:
    kept = [place for place, column in enumerate(table.columns) if not column.is_detail]
    if len(kept) == len(table.columns):
        return table

    def narrow(row: tuple[Cell, ...]) -> tuple[Cell, ...]:
        return tuple(row[place] for place in kept)

    return replace(
        table,
        columns=tuple(table.columns[place] for place in kept),
        rows=tuple(narrow(row) for row in table.rows),
        total=None if table.total is None else narrow(table.total),
    )


def _details_words(table: Table) -> str:
    names = [column.title for column in table.columns if column.is_detail]
    return _("Kolom {names} ada di XLSX.").format(names=join_names(names)) if names else ""


def _left_out(kept: int, all_rows: int, manner: Manner) -> str:
    """What a very long table leaves to the workbook; "" when every row is here."""
    if kept == all_rows:
        return ""
    words = _("Di sini {kept} dari {all} baris, dari atas; semuanya ada di XLSX.")
    return words.format(kept=format_number(kept, 0, manner.locale), all=format_number(all_rows, 0, manner.locale))


def _chart(chart: Chart, locale: str) -> dict[str, Any]:
    """As wide as the paper unless the chart has a width of its own; shrunk only when it would not fit the page."""
    width = TEXT_WIDTH / SCALE if chart.width is None else chart.width
    look = Look(theme=KERTAS, width=width, height=chart.height, text_size=CHART_TEXT, locale=locale)
    shrink = min(SCALE, TEXT_WIDTH / width, TEXT_HEIGHT / chart.height)
    return {
        "kind": "chart",
        "svg": draw_chart(chart.build, chart.arguments, look),
        "words": chart.words,
        "width": width * shrink,
        "height": chart.height * shrink,
    }


def draw_chart(build: Callable[..., Any], arguments: tuple[Any, ...], look: Look) -> str:
    """The chart as SVG, with the fonts texts are measured with."""
    chart = build(*arguments, look)
    return draw_vega(chart.to_json(indent=None, validate=False))  # every family is validated by its tests
