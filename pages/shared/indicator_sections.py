"""Sections of page Indikator: definition, limits in force, series, and the delivered rows behind one value."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

import pandas as pd
import streamlit as st

from charts.formats import format_number, no_data_text
from pages.shared import data
from pages.shared.columns import column_words
from pages.shared.export import csv_bytes, exact, figure_rows, offer, offer_page
from pages.shared.figures import pack_of, show_figure
from pages.shared.heading import Desk, link_page
from pages.shared.marks import STANDING_WORDS, badge, plain
from pages.shared.tables import say_count, show_long_table, show_table
from warehouse import queries
from warehouse.catalogue import BY_ID, INDICATORS, UNDATED
from warehouse.indicators.model import Indicator, RowKey, write_number
from warehouse.rules import Limit
from warehouse.wall_figures import period_label

SHOWN_ROWS, ALL_ROWS = 500, 10_000_000
FILES_HEIGHT = 38 + 35 * 4
HIDDEN_COLUMNS = ("submission_id", "is_sample")
ORIGIN_WORDS = {"inbox": _("kiriman OPD"), "contoh": _("DATA CONTOH"), "terbitan": _("terbitan resmi")}


def options() -> tuple[str, ...]:
    return tuple(indicator.id for indicator in INDICATORS)


def option_words(indicator_id: str) -> str:
    indicator = BY_ID[indicator_id]
    return f"{indicator.dimension} · {indicator.title_by(data.rules())}"


def show_latest(desk: Desk, indicator: Indicator) -> None:
    figure = desk.view.figures.get(indicator.id)
    if figure is None:
        st.caption(_("Angka ini berlaku per bagian, bukan untuk seluruh daerah; pilih bagian dan periodenya di bawah."))
        return
    show_figure(desk, figure, with_link=False)


def show_definition(indicator: Indicator) -> None:
    """The public definition: what, how, by which law, from whom."""
    for paragraph in indicator.definition.strip().split("\n\n"):
        st.markdown(plain(" ".join(paragraph.split())))
    show_table(
        (_("Hal"), _("Isi")),
        [
            (_("Rumus"), indicator.formula),
            (_("Dasar hukum"), indicator.legal_basis),
            (_("Satuan"), indicator.unit or _("indeks tanpa satuan")),
            (_("Pemilik"), indicator.owner_note),
            (_("Sumber"), ", ".join(indicator.source_ids) or _("catatan penerimaan")),
            (_("Kode dan versi"), f"{indicator.id}, {_('versi')} {indicator.version}"),
        ],
    )


def show_limits(desk: Desk, indicator: Indicator) -> None:
    """Each limit used, where it comes from, and whether anyone has read that source."""
    limits = _limits_of(indicator)
    if limits:
        header = (_("Batas"), _("Nilai"), _("Asal"), _("Paket"), _("Keadaan"))
        show_table(header, [_limit_cells(version, limit) for version, limit in limits])
    figure = desk.view.figures.get(indicator.id)
    version = figure.rule_version if figure else _latest_version(desk, indicator)
    pack = pack_of(version)
    if pack is not None:
        words = _("Dinilai menurut {regulation}, {article}; paket {version}; {standing}.")
        standing = STANDING_WORDS[pack.standing]
        st.markdown(plain(words.format(
            regulation=pack.regulation, article=pack.article, version=pack.rule_version, standing=standing
        )))  # fmt: skip
    if not limits and pack is None:
        st.markdown(_("Angka ini tidak memakai batas."))
    if any(limit.standing == "ingatan" for _version, limit in limits) or (pack and pack.standing == "ingatan"):
        st.markdown(badge(_("belum diverifikasi"), "gray"))


def _limits_of(indicator: Indicator) -> list[tuple[str, Limit]]:
    found = []
    for key in dict.fromkeys((indicator.target_key, indicator.title_key)):
        if key:
            scheme, _dot, name = key.partition(".")
            pack = data.rules().limits(scheme)
            found.append((pack.rule_version, pack.limits[name]))
    return found


def _limit_cells(version: str, limit: Limit) -> tuple[str, ...]:
    standing = STANDING_WORDS[limit.standing]
    return (
        limit.article,
        f"{write_number(limit.value)} {limit.unit}",
        limit.source,
        version,
        _("{standing}, diganti daerah").format(standing=standing) if limit.overridden else standing,
    )


def values(desk: Desk, indicator: Indicator) -> pd.DataFrame:
    """Stored values, newest period first; empty for a figure that depends on the clock."""
    frame = data.ask(desk.release_id, queries.indicator_values, indicator.id)
    return frame.sort_values(["period_start", "entity_kind", "entity_code"], ascending=[False, False, True])


def _latest_version(desk: Desk, indicator: Indicator) -> str:
    frame = values(desk, indicator)
    return str(frame.iloc[0].rule_version) if len(frame) else ""


def place_key(row: Any) -> str:
    """Names one stored value in the address: period and entity."""
    return f"{row.period_start.date().isoformat()}_{row.entity_code}"


def place_words(row: Any, desk: Desk, indicator: Indicator) -> str:
    period = period_label(row.period_kind, row.period_start.date(), row.period_end.date()) or no_data_text()
    return f"{period}, {entity_words(row, desk)}"


def entity_words(row: Any, desk: Desk) -> str:
    if row.entity_kind == "region":
        return desk.region.region_name
    if row.entity_kind == "domain":
        pack = pack_of(row.rule_version)
        names = {str(domain.no): domain.name for domain in pack.domains} if pack else {}
        return f"{_('domain')} {row.entity_code} {names.get(row.entity_code, '')}".strip()
    area = next((area.name for area in desk.view.late_arrivals if area.region_code == row.entity_code), row.entity_code)
    return f"{row.entity_kind} {area}"


def _written(number: Any, desk: Desk) -> str:
    """Two decimals, none for a whole number; words when missing."""
    value = exact(number)
    whole = value is not None and value == value.to_integral_value()
    return format_number(value, 0 if whole else 2, desk.region.locale)


def show_series(desk: Desk, indicator: Indicator, frame: pd.DataFrame) -> None:
    """Every period with both parts of the value, its status and its reason."""
    rows = [
        {
            _("Periode"): period_label(row.period_kind, row.period_start.date(), row.period_end.date()),
            _("Bagian"): entity_words(row, desk),
            _("Pembilang"): _written(row.numerator, desk),
            _("Penyebut"): _written(row.denominator, desk),
            _("Nilai"): _written(row.value, desk),
            _("Satuan"): indicator.unit,
            _("Status"): row.status,
            _("Alasan"): row.reason,
            _("Aturan"): row.rule_version,
            _("Contoh"): _("ya") if row.is_sample else _("tidak"),
        }
        for row in frame.itertuples()
    ]  # fmt: skip
    show_long_table(pd.DataFrame(rows), key="series")


def offer_series(desk: Desk, indicator: Indicator, frame: pd.DataFrame) -> None:
    """All stored values; a figure that is not stored is offered as it stands now."""
    if frame.empty:
        offer_page(desk, indicator.id, figure_rows(indicator.dimension, [desk.view.figures[indicator.id]]))
        return
    name = f"pendopo_indikator_{indicator.id}_{desk.region.region_code}_{desk.release_id}.csv"
    offer(_("Unduh CSV"), series_csv(desk, indicator, frame), name)


def series_csv(desk: Desk, indicator: Indicator, frame: pd.DataFrame) -> bytes:
    header = ("indikator", "bagian", "periode", "periode_akhir", "pembilang", "penyebut", "nilai", "satuan", "status",
              "alasan", "aturan", "sumber", "rilis", "contoh")  # fmt: skip
    rows = (
        (
            indicator.id, entity_words(row, desk), _day(row.period_start), _day(row.period_end),
            exact(row.numerator), exact(row.denominator), exact(row.value), indicator.unit, row.status, row.reason,
            row.rule_version, ", ".join(indicator.source_ids), desk.release_id,
            _("ya") if row.is_sample else _("tidak"),
        )
        for row in frame.itertuples()
    )  # fmt: skip
    return csv_bytes(header, rows)


def _day(instant: pd.Timestamp) -> str:
    return "" if instant.date() == UNDATED else instant.date().isoformat()


def show_rows(desk: Desk, indicator: Indicator, row: Any) -> None:
    """Files behind one value, and the delivered rows themselves."""
    key = RowKey(row.region_code, row.entity_code, row.period_start.date(), row.period_end.date())
    found = data.ask(desk.release_id, queries.indicator_rows, indicator, key, ALL_ROWS)
    _show_value(desk, indicator, row)
    if found is None or found.row_count == 0:
        st.markdown(plain(f"{no_data_text()}: {row.reason}" if row.reason else no_data_text()))
        return
    _show_files(desk, found)
    shown = found.rows.head(SHOWN_ROWS)
    show_long_table(_readable(shown), key="rows")
    say_count(len(shown), found.row_count)
    offer(
        _("Unduh semua baris, CSV"),
        _rows_csv(desk, indicator, row, found),
        f"pendopo_baris_{indicator.id}_{place_key(row)}_{desk.release_id}.csv",
    )


def _show_value(desk: Desk, indicator: Indicator, row: Any) -> None:
    place = place_words(row, desk, indicator)
    words = [row.status]
    if not pd.isna(row.value):
        parts = {_("pembilang"): row.numerator, _("penyebut"): row.denominator, _("nilai"): row.value}
        numbers = " · ".join(f"{name} {_written(number, desk)}" for name, number in parts.items())
        words = [f"{numbers} {indicator.unit}".strip(), row.status]
    st.markdown(f"**{plain(place)}** · {plain(' · '.join(words))}")


def _show_files(desk: Desk, found: queries.RowsBehind) -> None:
    delivered = data.ask(desk.release_id, queries.submissions).set_index("submission_id")
    entries = [delivered.loc[file.submission_id] for file in found.files]
    files = {
        _("Berkas"): [file.file_name for file in found.files],
        _("Lembar"): [entry.sheet_name if isinstance(entry.sheet_name, str) else "" for entry in entries],
        _("OPD"): [file.opd_code for file in found.files],
        _("Diterima"): [desk.instant_words(file.received_at) for file in found.files],
        _("Baris dipakai"): [file.row_count for file in found.files],
        _("SHA-256 awal"): [entry.sha256[:12] for entry in entries],
        _("Asal"): [ORIGIN_WORDS.get(file.origin, file.origin) for file in found.files],
    }
    counts = {"files": len(found.files), "rows": format_number(found.row_count, 0, desk.region.locale)}
    st.markdown(_("**{files} berkas, {rows} baris**").format(**counts))
    show_long_table(pd.DataFrame(files), height=FILES_HEIGHT, key="files")


def _readable(frame: pd.DataFrame) -> pd.DataFrame:
    """File, sheet and row number first; what says nothing to a reader is left out."""
    first = ["file_name", "row_no"]
    rest = [name for name in frame.columns if name not in (*first, *HIDDEN_COLUMNS, "sheet_name")]
    sample = [_("ya") if value else _("tidak") for value in frame["is_sample"]]
    return frame[[*first, *rest]].rename(columns=column_words).assign(**{column_words("is_sample"): sample})


def _rows_csv(desk: Desk, indicator: Indicator, row: Any, found: queries.RowsBehind) -> bytes:
    period = period_label(row.period_kind, row.period_start.date(), row.period_end.date())
    extra = ("indikator", "satuan", "periode", "sumber", "rilis", "contoh")
    constant = (indicator.id, indicator.unit, period, ", ".join(indicator.source_ids), desk.release_id)
    names = [name for name in found.rows.columns if name != "is_sample"]
    rows = (
        (*(getattr(line, name) for name in names), *constant, _("ya") if line.is_sample else _("tidak"))
        for line in found.rows.itertuples(index=False)
    )
    return csv_bytes((*names, *extra), rows)


def say_unstored() -> None:
    st.markdown(
        _("Angka ini dihitung saat dilihat dari jam data tiap pengirim; baris sumbernya adalah daftar kiriman.")
    )
    link_page("pages/disiplin_data.py", _("Buka Disiplin data"))
