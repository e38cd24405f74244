"""CSV that opens safely in a spreadsheet: UTF-8 with its mark, comma, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import pandas as pd

from reports.content import Cell, Column, Figures, Missing, PageContent, Quantity, Section, Table
from warehouse.catalogue import BY_ID
from warehouse.csv_cells import neutralise
from warehouse.figures import Figure

BYTE_ORDER_MARK = "\ufeff"
HEADER = ("bagian", "baris", "ukuran", "nilai", "satuan", "periode", "keterangan", "sumber", "rilis", "contoh")
TOTAL = _("jumlah")


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The one writer of every download of data."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([neutralise(cell) for cell in header])
    for row in rows:
        writer.writerow([_written(cell) for cell in row])
    return (BYTE_ORDER_MARK + text.getvalue()).encode("utf-8")


def _written(cell: Any) -> Any:
    """Missing is empty; numbers with a point and no exponent, days and times as ISO."""
    if isinstance(cell, bool):
        return yes_no(cell)
    if isinstance(cell, Quantity):
        return _written(cell.value)
    if isinstance(cell, Decimal):
        return format(cell, "f") if cell.is_finite() else ""
    if pd.isna(cell):
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    return cell.isoformat() if isinstance(cell, date) else neutralise(cell)


def yes_no(flag: bool) -> str:
    return _("ya") if flag else _("tidak")


def content_csv(content: PageContent, release_id: str) -> bytes:
    """All values of a page, one a line; a page that is one table in the first place gives that table."""
    leading = leading_table(content)
    if leading is not None:
        return _table_csv(content, *leading, release_id)
    return csv_bytes(HEADER, _with_reach(content, _lines(content, release_id)))


def _with_reach(content: PageContent, lines: Iterable[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    """Each line tells how far its reader reads, where that is not the whole region."""
    place = HEADER.index("keterangan")
    for line in lines:
        note = "; ".join(part for part in (line[place], content.reach_words) if part)
        yield (*line[:place], note, *line[place + 1 :]) if content.reach_words else line


def leading_table(content: PageContent) -> tuple[Section, Table] | None:
    """The table the page is made for, if it names one."""
    for section in content.sections:
        for block in section.blocks:
            if isinstance(block, Table) and block.is_leading:
                return section, block
    return None


def _table_csv(content: PageContent, section: Section, table: Table, release_id: str) -> bytes:
    """Columns as on the page, with release, cut and sample mark behind; the total is left to who reads the rows."""
    header = [*(csv_header(column) for column in table.columns), _("saringan"), _("rilis"), _("contoh")]
    behind = (content.filter_line, release_id, yes_no(section.is_sample))
    return csv_bytes(header, ((*row, *behind) for row in table.rows))


def csv_header(column: Column) -> str:
    """The title with the unit the bare number is in."""
    unit = unit_of(None, column)
    return f"{column.title}, {unit}" if unit else column.title


def unit_of(cell: Cell, column: Column) -> str:
    """The unit a bare number is in."""
    if isinstance(cell, Quantity):
        return cell.unit
    return {"percent": "%", "money": "Rp"}.get(column.kind, column.unit)


def _lines(content: PageContent, release_id: str) -> Iterator[tuple[Any, ...]]:
    for section in content.sections:
        for block in section.blocks:
            if isinstance(block, Figures):
                for figure in block.figures:
                    yield _figure_line(section, figure, release_id)
            elif isinstance(block, Table):
                yield from _table_lines(content, section, block, release_id)
            elif isinstance(block, Missing):
                note = "; ".join(part for part in (_("data belum disampaikan"), block.reason) if part)
                owners = ", ".join(block.owners)
                yield section.title, block.title, "", None, "", content.period, note, owners, release_id, yes_no(False)


def _figure_line(section: Section, figure: Figure, release_id: str) -> tuple[Any, ...]:
    note = "; ".join(part for part in (figure.predikat, figure.reason or figure.status.value) if part)
    return (
        section.title, figure.entity_name, figure.title, figure.value, figure.unit, figure.period_label, note,
        source_titles(figure), release_id, yes_no(figure.is_sample),
    )  # fmt: skip


def _table_lines(
    content: PageContent, section: Section, table: Table, release_id: str
) -> Iterator[tuple[Cell | str, ...]]:
    """The first column names the row; every other cell is a line."""
    source = ", ".join(dict.fromkeys(clock.source_title for clock in section.clocks))
    rows = [(row[0], row) for row in table.rows]
    if table.total is not None:
        rows.append((table.total[0] or TOTAL, table.total))
    first = 1 if len(table.columns) > 1 else 0
    for label, row in rows:
        for cell, column in list(zip(row, table.columns, strict=True))[first:]:
            yield (
                section.title, label, column.title, cell, unit_of(cell, column), content.period, table.name, source,
                release_id, yes_no(section.is_sample),
            )  # fmt: skip


def source_titles(figure: Figure) -> str:
    """Title of the source with the ids an indicator reads."""
    indicator = BY_ID.get(figure.indicator_id)
    ids = ", ".join(indicator.source_ids) if indicator else ""
    return f"{figure.clock.source_title} ({ids})" if ids else figure.clock.source_title
