"""What a page's content holds, and what its files, its paper and its screen say, read back without their writers."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from python_calamine import CalamineWorkbook
from streamlit import dataframe_util
from streamlit.testing.v1 import AppTest

from reports.cells import Manner, is_right, row_words, total_words
from reports.content import Cell, Figures, Missing, PageContent, Quantity, Section, Table
from reports.desk import Desk
from reports.figure_words import value_words
from reports.paper import PAPER_ROWS
from tests.unit.reports.reading import page_texts, together
from warehouse.figures import Figure

RUNNING = "=+-@\t\r\n"
WORKBOOK_DIGITS = 16  # a spreadsheet itself computes with fifteen
LINKED = re.compile(r"^\[(.*)\]\(/indikator\?.*\)$")
Row = tuple[Cell, ...]


def figures_of(content: PageContent) -> list[Figure]:
    blocks = (block for section in content.sections for block in section.blocks)
    return [figure for block in blocks if isinstance(block, Figures) for figure in block.figures]


def tables_of(content: PageContent) -> list[Table]:
    return [block for section in content.sections for block in section.blocks if isinstance(block, Table)]


def bare(cell: Cell) -> Cell:
    """A number without its manner of writing."""
    return cell.value if isinstance(cell, Quantity) else cell


# CSV


def csv_differences(content: PageContent, written: bytes) -> list[object]:
    """Rows that differ between the content and its CSV."""
    _header, *lines = csv.reader(io.StringIO(written.decode("utf-8-sig")))
    leading = [table for table in tables_of(content) if table.is_leading]
    wanted: list[Row] = list(leading[0].rows) if leading else list(_csv_lines(content))
    if len(wanted) != len(lines):
        return [(len(wanted), len(lines))]
    pairs = zip(wanted, lines, strict=True)
    return [(row, line) for row, line in pairs if not all(map(_is_same_text, row, line))]


def _csv_lines(content: PageContent) -> Iterator[Row]:
    for section in content.sections:
        for block in section.blocks:
            if isinstance(block, Figures):
                for figure in block.figures:
                    yield section.title, figure.entity_name, figure.title, figure.value
            elif isinstance(block, Table):
                yield from _csv_cells(section, block)
            elif isinstance(block, Missing):
                yield section.title, block.title, "", None


def _csv_cells(section: Section, table: Table) -> Iterator[Row]:
    for row in (*table.rows, *([table.total] if table.total else [])):
        for cell, column in list(zip(row, table.columns, strict=True))[1:]:
            yield section.title, row[0], column.title, cell


def _is_same_text(cell: Cell, text: str) -> bool:
    """Whether a CSV cell says exactly this value."""
    value = bare(cell)
    match value:
        case None:
            return text == ""
        case bool():
            return text == ("ya" if value else "tidak")
        case Decimal() | int():
            return "E" not in text and text != "" and Decimal(text) == value
        case datetime() | date():
            return text == str(value)
        case _:
            return text == value or (text == f"'{value}" and value.lstrip()[:1] in RUNNING)


# XLSX


def xlsx_differences(content: PageContent, written: bytes) -> list[object]:
    """Cells that differ in value or type between the content and its workbook."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(written))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names[1:-2]]
    wanted = list(_sheet_cells(content))
    if len(wanted) != len(sheets):
        return [(len(wanted), book.sheet_names)]
    different: list[object] = []
    for name, rows, (_header, *cells) in zip(book.sheet_names[1:-2], wanted, sheets, strict=True):
        if len(rows) != len(cells):
            different.append((name, len(rows), len(cells)))
            continue
        for row, line in zip(rows, cells, strict=True):
            pairs = zip(row, line[: len(row)], strict=True)
            different += [(name, cell, held) for cell, held in pairs if not _is_same_value(cell, held)]
    return different


def _sheet_cells(content: PageContent) -> Iterator[list[Row]]:
    """Rows of each sheet in order: the figures of a section first, then its tables."""
    for section in content.sections:
        own = [figure for block in section.blocks if isinstance(block, Figures) for figure in block.figures]
        if own:
            yield [(section.title, one.title, one.entity_name, one.value, one.unit, one.period_label) for one in own]
        for block in section.blocks:
            if isinstance(block, Table):
                yield [*block.rows, *([block.total] if block.total else [])]


def _is_same_value(cell: Cell, held: Any) -> bool:
    """Whether a workbook's cell is exactly this value with its type."""
    value = bare(cell)
    match value:
        case None:
            return held == ""
        case bool():
            return held is value
        case Decimal() | int():
            return isinstance(held, float) and held == float(f"{float(value):.{WORKBOOK_DIGITS}g}")
        case datetime():
            read = held if isinstance(held, datetime) else datetime.combine(held, time())  # midnight reads as a day
            return abs((read - value).total_seconds()) < 1
        case _:
            return type(held) is type(value) and held == value


# Paper


def paper_differences(desk: Desk, content: PageContent, written: bytes) -> list[object]:
    """Figures and rows the paper does not say, but for what it leaves to the workbook.

    A row torn at the end of a page still has its numbers whole.
    """
    texts = page_texts(written)
    text, manner = together("".join(texts)), Manner(desk.locale, desk.region.timezone_label)
    different: list[object] = [words for words in (content.message, content.cut_words) if together(words) not in text]
    for figure in figures_of(content):
        title, value = together(figure.title), together(value_words(figure, desk.locale))
        if f"{title}{value}" not in text and f"{title}DATACONTOH{value}" not in text:
            different.append((figure.title, value))
    torn = []
    for table in tables_of(content):
        rows = (row_words(row, table, manner) for row in table.rows[:PAPER_ROWS])
        for row in (*rows, total_words(table, manner)):
            pairs = [(cell, column) for cell, column in zip(row, table.columns, strict=False) if not column.is_detail]
            if together("".join(cell for cell, _column in pairs)) not in text:
                is_torn = all(together(cell) in text for cell, column in pairs if is_right(column))
                (torn if is_torn else different).append(row)
    return different + (torn if len(torn) >= len(texts) else [])


# Screen


def screen_differences(desk: Desk, content: PageContent, shown: AppTest) -> list[object]:
    """Figures and rows on one side only."""
    manner = Manner(desk.locale, desk.region.timezone_label)
    wanted = Counter((figure.title, value_words(figure, desk.locale)) for figure in figures_of(content))
    held = Counter((_plain(metric.label), _plain(metric.value)) for metric in shown.metric)
    for table in tables_of(content):
        rows = table.rows[: table.shown]
        wanted.update(tuple(row_words(row, table, manner)) for row in rows)
        if table.total:
            wanted[tuple(word for word in total_words(table, manner) if word)] += 1
    held.update(_screen_rows(shown))
    held = Counter({key if key in wanted else tuple(word for word in key if word): n for key, n in held.items()})
    return [*(wanted - held).elements(), *(held - wanted).elements()]


def _screen_rows(shown: AppTest) -> Iterator[tuple[str, ...]]:
    for table in shown.table:
        for row in table.value.itertuples(index=False):
            yield tuple(_plain(str(cell)) for cell in row)
    for grid in shown.dataframe:
        frame = dataframe_util.convert_arrow_bytes_to_pandas_df(grid.proto.arrow_data.styler.display_values)
        for row in frame.itertuples(index=False):
            yield tuple(str(cell) for cell in row)
    for markdown in shown.markdown:
        words = markdown.value.split(" · ")
        if all(part.endswith("**") for part in words) and "**" in words[0][:-2]:  # the total below a grid
            yield tuple(_plain(part.split("**")[1]) for part in words)


def _plain(text: str) -> str:
    """Without the signs that keep Markdown from acting on it, and without weight or link."""
    plain = re.sub(r"\\(.)", r"\1", text).replace("\u2060", "")
    plain = plain.removeprefix("**").removesuffix("**")
    return LINKED.sub(r"\1", plain)
