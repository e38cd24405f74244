"""Rows that were held back, as delivered, one column for each header, with their reasons and where they stand."""

from __future__ import annotations

import json
from collections.abc import Iterable
from gettext import gettext as _
from typing import Any

import pandas as pd

from charts.formats import format_number
from reports.content import Block, Cell, Column, Section, Table, Words
from reports.csv import csv_bytes, yes_no
from reports.deliveries import Deliveries, source_titles
from reports.delivery_clocks import SAMPLE
from reports.desk import Desk
from reports.reach import of_reach
from reports.side_files import SideFile
from warehouse import queries
from warehouse.scope import Action

TITLE = _("Baris dikarantina")
MOST_ROWS = 20_000
ROWS_SHOWN = 200


def quarantine_section(desk: Desk, cut: Deliveries) -> Section:
    """One table a source: their headers differ."""
    titles = source_titles(desk)
    blocks: list[Block] = []
    for source_id in cut.source_ids:
        held = held_rows(desk, cut, source_id)
        if len(held):
            blocks += [Words(_count_words(desk, titles[source_id], held)), *_rows_blocks(cut, source_id, held)]
    if not blocks:
        return Section(TITLE, (Words(of_reach(desk, _("Tidak ada baris dikarantina."))),))
    note = _("Seperti yang dikirim, tanpa kolom pribadi; alasan di depan. Lengkap di unduhan tiap sumber.")
    return Section(TITLE, tuple(blocks), note, is_sample=bool(cut.frame["is_sample"].any()))


def _count_words(desk: Desk, title: str, held: pd.DataFrame) -> str:
    return _("{title}: {count} baris").format(title=title, count=format_number(len(held), 0, desk.locale))


def _rows_blocks(cut: Deliveries, source_id: str, held: pd.DataFrame) -> tuple[Block, ...]:
    if len(held) > MOST_ROWS:
        return (Words(_("Baris sebanyak ini hanya ada di unduhan CSV sumbernya."), is_note=True),)
    names, delivered = _cells(held)
    samples = sample_ids(cut)
    columns = (
        Column(_("Berkas")),
        Column(_("Lembar")),
        Column(_("Baris"), "number"),
        Column(_("Alasan")),
        *(Column(name) for name in names),
        SAMPLE,
    )
    pairs = zip(held.itertuples(), delivered, strict=True)
    rows = tuple(
        _row(row, [cells.get(name, "") for name in names], row.submission_id in samples) for row, cells in pairs
    )
    return (
        Table(columns, rows, name=_("Karantina {source}").format(source=source_id), shown=ROWS_SHOWN, holds_rows=True),
    )


def _row(row: Any, cells: list[str], is_sample: bool) -> tuple[Cell, ...]:
    sheet = row.sheet_name if isinstance(row.sheet_name, str) else ""
    return (row.file_name, sheet, int(row.row_no), row.reasons, *cells, is_sample)


def _cells(held: pd.DataFrame) -> tuple[list[str], list[dict[str, str]]]:
    """Headers in the order they first appear, and the cells of each row."""
    delivered = [json.loads(text) for text in held["row_json"]]
    names = dict.fromkeys(name for row in delivered for name in row)
    return list(names), [{name: str(value) for name, value in row.items() if value is not None} for row in delivered]


def held_rows(desk: Desk, cut: Deliveries, source_id: str) -> pd.DataFrame:
    held: pd.DataFrame = desk.ask(queries.quarantined_rows, source_id)
    return held[held["submission_id"].isin(cut.submission_ids)] if len(held) else held


def sample_ids(cut: Deliveries) -> frozenset[str]:
    return frozenset(cut.frame[cut.frame["is_sample"]]["submission_id"])


def held_files(desk: Desk, cut: Deliveries) -> tuple[SideFile, ...]:
    """One file a source that has held rows, complete whatever a screen or paper shows. Raises NotPermittedError."""
    desk.scope.require(Action.SEE_QUARANTINE)
    found = ((source_id, held_rows(desk, cut, source_id)) for source_id in cut.source_ids)
    return tuple(_held_file(desk, cut, source_id, held) for source_id, held in found if len(held))


def _held_file(desk: Desk, cut: Deliveries, source_id: str, held: pd.DataFrame) -> SideFile:
    words = _("Unduh {count} baris dikarantina, {source}")
    return SideFile(
        words.format(count=format_number(len(held), 0, desk.locale), source=source_id),
        f"pendopo_karantina_{source_id}_{desk.release_id}.csv",
        lambda: held_csv(desk.release_id, held, sample_ids(cut)),
        len(held),
        Action.SEE_QUARANTINE,
    )


def held_csv(release_id: str, held: pd.DataFrame, samples: Iterable[str]) -> bytes:
    """Held rows as delivered, one column for each header, with their reasons."""
    names, delivered = _cells(held)
    known = set(samples)
    header = ("berkas", "lembar", "baris", "alasan", *names, "sumber", "rilis", "contoh")
    rows = (
        (
            row.file_name, row.sheet_name, row.row_no, row.reasons, *(cells.get(name, "") for name in names),
            row.source_id, release_id, yes_no(row.submission_id in known),
        )
        for row, cells in zip(held.itertuples(), delivered, strict=True)
    )  # fmt: skip
    return csv_bytes(header, rows)
