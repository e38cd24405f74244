"""Files and delivered rows behind one stored value; the rows of a very large value are only counted until asked for."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _
from typing import Any

from charts.formats import format_number, no_data_text
from reports.content import Block, Cell, Column, Section, Table, Words
from reports.csv import csv_bytes, yes_no
from reports.delivered_rows import frame_rows, hidden_columns, rows_table
from reports.desk import Desk
from reports.indicator_values import (
    UNSTORED,
    StoredValues,
    entity_words,
    period_words,
    place_key,
    place_words,
    written,
)
from reports.reach import hides_rows_of, of_reach, outside
from reports.side_files import SideFile
from reports.stored_figures import exact
from warehouse import queries
from warehouse.indicators.model import Indicator, RowKey

ROWS_TITLE = _("Berkas dan baris sumber")
MOST_ROWS, ALL_ROWS = 20_000, 10_000_000
ROWS_SHOWN, FILES_SHOWN = 300, 100
HIDDEN = ("submission_id",)
ORIGIN_WORDS = {"inbox": _("kiriman OPD"), "contoh": _("DATA CONTOH"), "terbitan": _("terbitan resmi")}


def rows_section(desk: Desk, values: StoredValues, row: Any) -> Section:
    """`row` is the stored value chosen; None when nothing is stored."""
    if row is None:
        return Section(ROWS_TITLE, (Words(UNSTORED if values.frame.empty else no_data_text()),))
    found = rows_behind(desk, values.indicator, row)
    blocks: list[Block] = [Words(_value_words(desk, values.indicator, row))]
    if found is None or found.row_count == 0:
        if hides_rows_of(desk, *values.indicator.source_ids):
            blocks.append(outside(ROWS_TITLE))
        else:
            blocks.append(Words(f"{no_data_text()}: {row.reason}" if row.reason else no_data_text()))
    else:
        blocks += [Words(_count_words(desk, found)), _files_table(desk, found), *_rows_blocks(desk, found)]
    clocks = desk.clocks_of(*values.indicator.source_ids)
    return Section(ROWS_TITLE, tuple(blocks), "", clocks, bool(row.is_sample))


def rows_behind(desk: Desk, indicator: Indicator, row: Any) -> queries.RowsBehind | None:
    """The rows of a value, none of them where there are too many to carry along: only their files and count."""
    key = _row_key(row)
    found: queries.RowsBehind | None = desk.ask(queries.indicator_rows, indicator, key, 1)
    if found is None or found.row_count > MOST_ROWS:
        return found
    whole: queries.RowsBehind = desk.ask(queries.indicator_rows, indicator, key, MOST_ROWS)
    return whole


def _row_key(row: Any) -> RowKey:
    start, end = row.period_start.date(), row.period_end.date()
    return RowKey(row.region_code, row.entity_code, start, end, row.entity_kind)


def _value_words(desk: Desk, indicator: Indicator, row: Any) -> str:
    """`2024, Kabupaten Mojokerto: pembilang 82.730,41 · penyebut 164.117,17 · nilai 50,41 % · dihitung`."""
    words = row.status
    value = exact(row.value)
    if value is not None:
        parts = {_("pembilang"): exact(row.numerator), _("penyebut"): exact(row.denominator), _("nilai"): value}
        numbers = " · ".join(f"{name} {written(number, desk)}" for name, number in parts.items())
        words = " · ".join((f"{numbers} {indicator.unit}".strip(), row.status))
    return f"{place_words(row, desk)}: {words}"


def _count_words(desk: Desk, found: queries.RowsBehind) -> str:
    words = _("{files} berkas, {rows} baris").format(
        files=format_number(len(found.files), 0, desk.locale), rows=format_number(found.row_count, 0, desk.locale)
    )
    return of_reach(desk, words)


def _files_table(desk: Desk, found: queries.RowsBehind) -> Table:
    columns = (
        Column(_("Berkas")),
        Column(_("Lembar")),
        Column(_("OPD")),
        Column(_("Diterima"), "instant"),
        Column(_("Baris dipakai"), "number"),
        Column(_("SHA-256 awal"), definition=_("dua belas tanda pertama sidik berkas")),
        Column(_("Asal")),
        Column(_("Contoh"), "flag", definition=_("ya: DATA CONTOH")),
    )
    rows = tuple(_file_row(file) for file in found.files)
    return Table(columns, rows, name=_("Berkas"), shown=FILES_SHOWN if len(rows) > FILES_SHOWN else None)


def _file_row(file: queries.FileBehind) -> tuple[Cell, ...]:
    return (
        file.file_name,
        file.sheet_name or "",
        file.opd_code,
        file.received_at,
        file.row_count,
        (file.sha256 or "")[:12],
        ORIGIN_WORDS.get(file.origin, file.origin),
        file.is_sample,
    )


def _rows_blocks(desk: Desk, found: queries.RowsBehind) -> tuple[Block, ...]:
    """The rows themselves, file and row number first; of a very large value how to get them."""
    if found.row_count > MOST_ROWS:
        words = _(
            "Baris sebanyak ini tidak dimuat di halaman, PDF dan XLSX. Tombol Unduh semua baris memuatnya saat diklik."
        )
        return (Words(words, is_note=True),)
    frame = found.rows.drop(columns=list(HIDDEN))
    if not frame["sheet_name"].notna().any():
        frame = frame.drop(columns="sheet_name")
    first = [name for name in ("file_name", "sheet_name", "row_no") if name in frame]
    names = [*first, *(str(name) for name in frame if name not in (*first, "is_sample")), "is_sample"]
    return (replace(rows_table(names, frame_rows(frame[names]), desk.scope), shown=ROWS_SHOWN),)


def rows_file(desk: Desk, values: StoredValues, row: Any) -> SideFile | None:
    """Every row behind the value as CSV; None when there are none."""
    found = None if row is None else rows_behind(desk, values.indicator, row)
    if found is None or found.row_count == 0:
        return None
    name = f"pendopo_baris_{values.indicator.id}_{place_key(row)}_{desk.release_id}.csv"
    count = format_number(found.row_count, 0, desk.locale)
    return SideFile(
        _("Unduh semua baris, CSV ({count})").format(count=count),
        name,
        lambda: _rows_csv(desk, values.indicator, row),
        found.row_count,
        restricted=rows_table([str(name) for name in found.rows], (), desk.scope).restricted,
    )


def _rows_csv(desk: Desk, indicator: Indicator, row: Any) -> bytes:
    found = desk.ask(queries.indicator_rows, indicator, _row_key(row), ALL_ROWS)
    behind = (indicator.id, entity_words(row, desk), indicator.unit, period_words(row))
    constant = (*behind, ", ".join(indicator.source_ids), desk.release_id)
    hidden = ("is_sample", *hidden_columns(list(found.rows), desk.scope))
    names = [name for name in found.rows.columns if name not in hidden]
    header = (*names, "indikator", "wilayah", "satuan", "periode", "sumber", "rilis", "contoh")
    lines = zip(frame_rows(found.rows[names]), found.rows["is_sample"], strict=True)
    return csv_bytes(header, ((*line, *constant, yes_no(bool(is_sample))) for line, is_sample in lines))
