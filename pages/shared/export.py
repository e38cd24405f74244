"""CSV that opens safely in a spreadsheet: UTF-8 with its mark, comma, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared.heading import Desk
from warehouse.catalogue import BY_ID
from warehouse.figures import Figure

BYTE_ORDER_MARK = "\ufeff"
RUNNING_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
PLAIN_NUMBER = re.compile(r"^[+-]?\d+([.,]\d+)*$")
HEADER = ("bagian", "ukuran", "nilai", "satuan", "periode", "keterangan", "sumber", "rilis", "contoh")


@dataclass(frozen=True)
class ExportRow:
    """One figure as a page shows it; `value` None is written as an empty cell with its reason in `note`."""

    section: str
    item: str
    value: Decimal | int | str | None
    unit: str
    period: str
    note: str
    source: str
    is_sample: bool


def exact(number: Any) -> Decimal | None:
    """A number of a frame as the decimal it prints as; None when missing."""
    return None if pd.isna(number) else Decimal(repr(float(number)))


def neutralise(cell: Any) -> Any:
    """A text cell that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers."""
    if not isinstance(cell, str) or not cell:
        return cell
    starts = cell.startswith(RUNNING_STARTS) or cell.lstrip().startswith(RUNNING_STARTS)
    return "'" + cell if starts and not PLAIN_NUMBER.match(cell) else cell


def neutralise_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """A copy whose headers and text cells are safe in a spreadsheet."""
    safe = frame.rename(columns=neutralise)
    for position, dtype in enumerate(safe.dtypes):
        if not pd.api.types.is_numeric_dtype(dtype) and not pd.api.types.is_datetime64_any_dtype(dtype):
            safe.isetitem(position, safe.iloc[:, position].map(neutralise))
    return safe


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The one writer of every download."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([neutralise(cell) for cell in header])
    for row in rows:
        writer.writerow(["" if _is_missing(cell) else neutralise(cell) for cell in row])
    return (BYTE_ORDER_MARK + text.getvalue()).encode("utf-8")


def _is_missing(cell: Any) -> bool:
    return bool(pd.isna(cell))


def figure_rows(section: str, figures: Iterable[Figure]) -> list[ExportRow]:
    """Figures as rows, with their reason or official class as a note."""
    return [
        ExportRow(
            section,
            figure.title,
            figure.value,
            figure.unit,
            figure.period_label,
            "; ".join(part for part in (figure.predikat, figure.reason or figure.status.value) if part),
            source_titles(figure),
            figure.is_sample,
        )
        for figure in figures
    ]


def source_titles(figure: Figure) -> str:
    indicator = BY_ID.get(figure.indicator_id)
    ids = ", ".join(indicator.source_ids) if indicator else ""
    return f"{figure.clock.source_title} ({ids})" if ids else figure.clock.source_title


def page_csv(desk: Desk, rows: Iterable[ExportRow]) -> bytes:
    return csv_bytes(
        HEADER,
        (
            (
                row.section,
                row.item,
                row.value,
                row.unit,
                row.period,
                row.note,
                row.source,
                desk.release_id,
                _("ya") if row.is_sample else _("tidak"),
            )
            for row in rows
        ),
    )


def offer_page(desk: Desk, page: str, rows: Iterable[ExportRow]) -> None:
    """Button for what the page shows."""
    offer(_("Unduh CSV"), page_csv(desk, rows), f"pendopo_{page}_{desk.region.region_code}_{desk.release_id}.csv")


def offer(label: str, content: bytes, file_name: str) -> None:
    st.download_button(label, content, file_name, "text/csv", on_click="ignore", key=file_name)
