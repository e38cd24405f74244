"""The waste of one year: figures, balance against the national targets, composition, regions of the province."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import pandas as pd

from charts.formats import no_data_text
from charts.look import Look
from charts.ranked_bars import Bar, BarScale, bar_height, build_ranked_bars
from reports.clock_words import STANDING_WORDS
from reports.content import Cell, Chart, Column, Figures, Section, Table, Words
from reports.desk import Desk
from reports.parts import owed_section
from reports.stored_figures import exact, figure_of_year
from warehouse import queries
from warehouse.indicators.model import percent
from warehouse.indicators.smart_environment.balance import SCHEME, BalanceLine, waste_balance
from warehouse.indicators.smart_environment.timbulan_sampah import SIPSN_DAYS
from warehouse.peer_queries import WasteNational, WasteSum
from warehouse.rules import round_half_up

FIGURES = (
    "smart_environment.timbulan_sampah",
    "smart_environment.sampah_pengurangan",
    "smart_environment.sampah_penanganan",
    "smart_environment.sampah_terkelola",
)
BALANCE_SOURCE, COMPOSITION_SOURCE = "dlh_capaian_sampah", "dlh_komposisi_sampah"
SOURCES = ("dlh_timbulan_sampah", BALANCE_SOURCE, COMPOSITION_SOURCE)
BARS = ("reduced", "handled", "unmanaged")


def waste_years(desk: Desk) -> tuple[int, ...]:
    """Years with a delivered balance, newest first."""
    return tuple(int(year) for year in reversed(desk.ask(queries.waste_years)))


def figures_title(year: int) -> str:
    return _("Sampah {year}").format(year=year)


def balance_title(year: int) -> str:
    return _("Neraca sampah {year}").format(year=year)


def composition_title(year: int) -> str:
    return _("Komposisi sampah {year}").format(year=year)


def peers_title(desk: Desk, year: int) -> str:
    return _("Kabupaten dan kota di {province}, {year}").format(province=desk.region.province_name, year=year)


def waste_figures(desk: Desk, year: int) -> Section:
    figures = tuple(figure_of_year(desk, item, year) for item in FIGURES)
    return Section(figures_title(year), (Figures(figures, 4),), is_sample=any(item.is_sample for item in figures))


def missing_waste(desk: Desk, title: str, source_id: str) -> Section:
    """Nothing delivered for this region, and who owes it."""
    reason = _("{region} tidak tercantum dalam kiriman").format(region=desk.region.region_name)
    return owed_section(desk, title, source_id, reason)


def waste_balance_section(desk: Desk, year: int) -> Section:
    """Tons and shares with the national targets, and where every ton went."""
    peers = _peers(desk, year)
    own = peers[peers["region_code"] == desk.region.region_code]
    parts = [
        exact(own.iloc[0][name]) if len(own) else None for name in ("generation_ton", "reduced_ton", "handled_ton")
    ]
    balance = waste_balance(parts[0], parts[1], parts[2], desk.rules)
    if all(line.ton is None for line in balance):
        return missing_waste(desk, balance_title(year), BALANCE_SOURCE)
    target_year = format(desk.rules.count(f"{SCHEME}.target_year"), "d")
    columns = (
        Column(_("Bagian")),
        Column(_("Ton per tahun"), "number", 2, definition=_("ton terbitan SIPSN")),
        Column(_("Bagian timbulan"), "percent", 2, definition=_("ton dibagi ton timbulan")),
        Column(_("Target nasional {year}").format(year=target_year), "percent"),
    )
    rows = tuple(_balance_row(line) for line in balance)
    bars = tuple(Bar(line.label, line.share_pct) for line in balance if line.code in BARS)
    scale = BarScale(2, "%", end=Decimal(100))
    words = _("Ke mana timbulan sampah pergi, persen")
    chart = Chart("waste-balance", words, build_ranked_bars, (bars, scale), bar_height(len(bars), Look()))
    blocks = (Table(columns, rows, name=_("Neraca sampah")), chart, Words(_target_note(desk), is_note=True))
    is_sample = bool(own["is_sample"].any())
    return Section(balance_title(year), blocks, "", desk.clocks_of(BALANCE_SOURCE), is_sample)


def _balance_row(line: BalanceLine) -> tuple[Cell, ...]:
    target: Cell = _("tanpa target") if line.target_pct is None else line.target_pct
    return line.label, line.ton, line.share_pct, target


def _target_note(desk: Desk) -> str:
    limits = desk.rules.limits(SCHEME)
    return _("Target: {source}; {standing}. Target nasional, bukan target daerah. Paket {version}.").format(
        source=limits.limits["reduction_target_pct"].source,
        standing=STANDING_WORDS[limits.limits["managed_target_pct"].standing],
        version=limits.rule_version,
    )


def composition_section(desk: Desk, year: int) -> Section:
    """The nine kinds, largest first."""
    frame = desk.ask(queries.waste_composition, desk.region.region_code)
    own = frame[frame["data_year"] == year].sort_values("share_pct", ascending=False, na_position="last")
    if own.empty:
        return missing_waste(desk, composition_title(year), COMPOSITION_SOURCE)
    parts = [(str(row.part_name), exact(row.share_pct)) for row in own.itertuples()]
    bars = tuple(Bar(name, share) for name, share in parts)
    words = _("Komposisi sampah, persen berat")
    chart = Chart("waste-parts", words, build_ranked_bars, (bars, BarScale(2, "%")), bar_height(len(bars), Look()))
    table = Table((Column(_("Jenis")), Column(_("Bagian berat"), "percent", 2)), tuple(parts), name=_("Komposisi"))
    return Section(
        composition_title(year),
        (chart, table),
        _("Persen berat menurut jenis."),
        desk.clocks_of(COMPOSITION_SOURCE),
        bool(own["is_sample"].any()),
    )


def peers_section(desk: Desk, year: int) -> Section:
    """Regions of the province as published; the own region marked, or named as missing."""
    peers = _peers(desk, year)
    if peers.empty:
        return missing_waste(desk, peers_title(desk, year), BALANCE_SOURCE)
    columns = (
        Column(_("Daerah")),
        Column(_("Timbulan"), "number", 2, _("ton/hari")),
        Column(_("Pengurangan"), "percent", 2),
        Column(_("Penanganan"), "percent", 2),
        Column(_("Terkelola"), "percent", 2),
    )
    rows = [_peer_row(row, desk) for row in peers.itertuples()]
    codes: Sequence[Any] = list(peers["region_code"])
    own = codes.index(desk.region.region_code) if desk.region.region_code in codes else len(rows)
    if own == len(rows):
        rows.append((f"◆ {desk.region.region_name}", *(no_data_text(),) * (len(columns) - 1)))
    rows += _sum_rows(desk, year)
    note = _(
        "Urut menurut bagian terkelola; angka terbitan SIPSN apa adanya. Gabungan: jumlah ton dibagi jumlah timbulan, "
        "hanya dari daerah yang ketiga angkanya terbit; bukan rata-rata persentase dan bukan terbitan SIPSN sendiri."
    )
    table = Table(columns, tuple(rows), marked=own, note=note, name=_("Pembanding"))
    is_sample = bool(peers["is_sample"].any())
    return Section(peers_title(desk, year), (table,), "", desk.clocks_of(BALANCE_SOURCE), is_sample)


def _sum_rows(desk: Desk, year: int) -> list[tuple[Cell, ...]]:
    """The province, and the nation: of all that were delivered where that is more than one province, else as it was
    put together before. Of regions with every tonnage."""
    province: WasteSum = desk.ask(queries.waste_sums, year, desk.region.province_name)
    every: WasteSum = desk.ask(queries.waste_sums, year)
    words = _("Gabungan {count} daerah {province}")
    label = words.format(count=province.region_count, province=desk.region.province_name)
    named: list[tuple[str, WasteSum | WasteNational]] = [(label, province)]
    national: WasteNational | None = desk.ask(queries.waste_national, year)
    if every.province_count > 1:
        words = _("Gabungan {count} daerah di {provinces} provinsi")
        named.append((words.format(count=every.region_count, provinces=every.province_count), every))
    elif national is not None:
        named.append((_("Nasional: {name}").format(name=national.name[:1].lower() + national.name[1:]), national))
    places = desk.rules.count(f"{SCHEME}.share_decimals")
    rows: list[tuple[Cell, ...]] = []
    for name, one in named:
        if one.generation_ton:
            parts = (one.reduced_ton, one.handled_ton, one.reduced_ton + one.handled_ton)
            shares = (round_half_up(percent(part, one.generation_ton), places) for part in parts)
            rows.append((name, round_half_up(one.generation_ton / SIPSN_DAYS, 2), *shares))
    return rows


def _peer_row(row: Any, desk: Desk) -> tuple[Cell, ...]:
    mark = "◆ " if row.region_code == desk.region.region_code else ""
    numbers = (row.generation_daily_ton, row.reduced_pct, row.handled_pct, row.managed_pct)
    return (mark + row.region_name, *(exact(number) for number in numbers))


def _peers(desk: Desk, year: int) -> pd.DataFrame:
    frame: pd.DataFrame = desk.ask(queries.waste_peers, year, desk.region.province_name)
    return frame
