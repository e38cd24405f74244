"""Sections of page Smart Environment: waste balance of a year, composition, regions of the province."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import pandas as pd
import streamlit as st

from charts.formats import format_number, format_percent, no_data_text
from charts.ranked_bars import Bar, BarScale, bar_height, build_ranked_bars
from pages.shared import data
from pages.shared.export import ExportRow, exact, figure_rows
from pages.shared.figures import figure_of_year
from pages.shared.heading import Desk
from pages.shared.marks import STANDING_WORDS, clock_mark, plain
from pages.shared.pictures import Place, show_chart
from pages.shared.tables import show_table
from warehouse import queries
from warehouse.figures import Figure
from warehouse.indicators.smart_environment.balance import SCHEME, BalanceLine, waste_balance

FIGURES = (
    "smart_environment.timbulan_sampah",
    "smart_environment.sampah_pengurangan",
    "smart_environment.sampah_penanganan",
    "smart_environment.sampah_terkelola",
)
BALANCE_SOURCE, COMPOSITION_SOURCE = "dlh_capaian_sampah", "dlh_komposisi_sampah"
BARS = ("reduced", "handled", "unmanaged")


@dataclass(frozen=True)
class WasteYear:
    """Everything one year of the page shows; empty parts are not delivered for the region."""

    year: int
    figures: tuple[Figure, ...]
    balance: tuple[BalanceLine, ...]
    composition: pd.DataFrame
    peers: pd.DataFrame
    is_sample: bool


def years(desk: Desk) -> tuple[str, ...]:
    return tuple(str(year) for year in reversed(data.ask(desk.release_id, queries.waste_years)))


def read_year(desk: Desk, year: int) -> WasteYear:
    region = desk.region
    peers = data.ask(desk.release_id, queries.waste_peers, year, region.province_name)
    composition = data.ask(desk.release_id, queries.waste_composition, region.region_code)
    own = peers[peers["region_code"] == region.region_code]
    parts = [
        exact(own.iloc[0][name]) if len(own) else None for name in ("generation_ton", "reduced_ton", "handled_ton")
    ]
    return WasteYear(
        year,
        tuple(figure_of_year(desk, item, year) for item in FIGURES),
        waste_balance(parts[0], parts[1], parts[2], data.rules()),
        composition[composition["data_year"] == year],
        peers,
        bool(own["is_sample"].any()),
    )


def say_no_data(desk: Desk, source_id: str) -> None:
    """Words where a table would be: nothing delivered for this region, and who owes it."""
    clocks = desk.clocks_of(source_id)
    owners = ", ".join(sorted({clock.opd_code for clock in clocks}))
    title = clocks[0].source_title if clocks else source_id
    words = _("tidak ada data: {region} tidak tercantum dalam {title}. Pemilik data: {owners}.").format(
        region=desk.region.region_name, title=title, owners=owners or no_data_text()
    )
    st.markdown(plain(words))
    st.markdown("  ".join(clock_mark(clock) for clock in clocks))


def show_balance(desk: Desk, chosen: WasteYear) -> None:
    """Tons and shares with the national targets, and where every ton went."""
    if all(line.ton is None for line in chosen.balance):
        say_no_data(desk, BALANCE_SOURCE)
        return
    locale = desk.region.locale
    target_year = format(data.rules().count(f"{SCHEME}.target_year"), "d")
    show_table(
        (_("Bagian"), _("Ton per tahun"), _("Bagian timbulan"), _("Target nasional {year}").format(year=target_year)),
        [
            (
                line.label,
                format_number(line.ton, 2, locale),
                format_percent(line.share_pct, 2, locale),
                _("tanpa target") if line.target_pct is None else format_percent(line.target_pct, 0, locale),
            )
            for line in chosen.balance
        ],
    )
    bars = [Bar(line.label, line.share_pct) for line in chosen.balance if line.code in BARS]
    look = desk.look(bar_height(len(bars), desk.look()))
    place = Place("waste-balance", _("Ke mana timbulan sampah pergi, persen"))
    show_chart(place, build_ranked_bars, bars, BarScale(2, "%", end=Decimal(100)), look)
    st.caption(plain(_target_note()))


def _target_note() -> str:
    limits = data.rules().limits(SCHEME)
    limit = limits.limits["managed_target_pct"]
    return _(
        "Target: {regulation}, {source}; {standing}. Target nasional, bukan target daerah. Paket {version}."
    ).format(
        regulation=limits.regulation,
        source=limits.limits["reduction_target_pct"].source,
        standing=STANDING_WORDS[limit.standing],
        version=limits.rule_version,
    )


def show_composition(desk: Desk, chosen: WasteYear) -> None:
    """The nine kinds, largest first."""
    if chosen.composition.empty:
        say_no_data(desk, COMPOSITION_SOURCE)
        return
    parts = chosen.composition.sort_values("share_pct", ascending=False, na_position="last")
    bars = [Bar(row.part_name, exact(row.share_pct)) for row in parts.itertuples()]
    look = desk.look(bar_height(len(bars), desk.look()))
    place = Place("waste-parts", _("Komposisi sampah, persen berat"))
    show_chart(place, build_ranked_bars, bars, BarScale(2, "%"), look)
    st.markdown("  ".join(clock_mark(clock) for clock in desk.clocks_of(COMPOSITION_SOURCE)))


def show_peers(desk: Desk, chosen: WasteYear) -> None:
    """Regions of the province as published; own region bold with its mark, or named as missing."""
    if chosen.peers.empty:
        say_no_data(desk, BALANCE_SOURCE)
        return
    header = (_("Daerah"), _("Timbulan, ton/hari"), _("Pengurangan"), _("Penanganan"), _("Terkelola"))
    rows = [_peer_cells(row, desk) for row in chosen.peers.itertuples()]
    codes: Sequence[Any] = list(chosen.peers["region_code"])
    own = codes.index(desk.region.region_code) if desk.region.region_code in codes else None
    if own is None:
        rows.append((f"◆ {desk.region.region_name}", *(no_data_text(),) * (len(header) - 1)))
        own = len(rows) - 1
    show_table(header, rows, own)
    st.caption(_("Urut menurut bagian terkelola; angka terbitan SIPSN apa adanya."))


def _peer_cells(row: Any, desk: Desk) -> tuple[str, ...]:
    locale = desk.region.locale
    mark = "◆ " if row.region_code == desk.region.region_code else ""
    shares = (row.reduced_pct, row.handled_pct, row.managed_pct)
    return (
        mark + row.region_name,
        format_number(exact(row.generation_daily_ton), 2, locale),
        *(format_percent(exact(share), 2, locale) for share in shares),
    )


def export_rows(desk: Desk, chosen: WasteYear) -> list[ExportRow]:
    year = str(chosen.year)
    balance = [
        ExportRow(_("Neraca sampah"), line.label, line.ton, _("ton/tahun"), year,
                  "" if line.ton is not None else no_data_text(), BALANCE_SOURCE, chosen.is_sample)
        for line in chosen.balance
    ]  # fmt: skip
    parts = [
        ExportRow(_("Komposisi"), row.part_name, exact(row.share_pct), "%", year, "", COMPOSITION_SOURCE,
                  bool(row.is_sample))
        for row in chosen.composition.itertuples()
    ]  # fmt: skip
    peers = [
        ExportRow(_("Pembanding, terkelola"), row.region_name, exact(row.managed_pct), "%", year, "", BALANCE_SOURCE,
                  bool(row.is_sample))
        for row in chosen.peers.itertuples()
    ]  # fmt: skip
    return [*figure_rows("Smart Environment", chosen.figures), *balance, *parts, *peers]
