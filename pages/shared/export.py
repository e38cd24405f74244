"""Buttons that take what a page shows away: CSV, workbook, PDF and pictures, made when they are clicked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _

import streamlit as st

from reports.content import PageContent
from reports.csv import csv_bytes, neutralise, neutralise_frame, source_titles, yes_no
from reports.desk import Desk
from reports.snapshot import take_snapshot
from reports.stored_figures import exact
from warehouse.figures import Figure

__all__ = ["csv_bytes", "exact", "neutralise", "neutralise_frame", "source_titles"]
HEADER = ("bagian", "ukuran", "nilai", "satuan", "periode", "keterangan", "sumber", "rilis", "contoh")


def offer_content(desk: Desk, content: PageContent) -> None:
    """One button a format; nothing is computed before a click."""
    snapshot = take_snapshot(desk, content)
    st.divider()
    with st.container(horizontal=True, vertical_alignment="center"):
        for download in snapshot.downloads:
            st.download_button(
                download.label,
                download.make,
                download.file_name,
                download.mime,
                on_click="ignore",
                key=f"unduh-{download.mime}",
            )
    st.caption(_("Kode {code} · rilis {release}").format(code=snapshot.code, release=desk.release_id))


def offer_file(label: str, make: Callable[[], bytes], file_name: str) -> None:
    """One CSV beside a page's own downloads, made when it is clicked."""
    st.download_button(label, make, file_name, "text/csv", on_click="ignore", key=file_name)


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
                yes_no(row.is_sample),
            )
            for row in rows
        ),
    )


def offer_page(desk: Desk, page: str, rows: Iterable[ExportRow]) -> None:
    """Button for what the page shows."""
    offer(_("Unduh CSV"), page_csv(desk, rows), f"pendopo_{page}_{desk.region.region_code}_{desk.release_id}.csv")


def offer(label: str, content: bytes, file_name: str) -> None:
    st.download_button(label, content, file_name, "text/csv", on_click="ignore", key=file_name)
