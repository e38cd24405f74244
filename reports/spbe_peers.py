"""Published SPBE results of the institutions of a province beside the own region's, and how much was delivered of them.

Refuses to call a province the nation.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from gettext import gettext as _
from typing import Any

from charts.formats import format_number
from charts.look import Look
from charts.ranked_bars import Bar, BarScale, bar_height, build_ranked_bars
from reports.content import Cell, Chart, Column, Missing, Section, Table, Words
from reports.desk import Desk
from reports.spbe_series import SOURCE
from reports.stored_figures import exact
from warehouse import queries
from warehouse.peer_queries import NATIONAL_MEAN, mean_words
from warehouse.rules import IndexPack

Means = Mapping[str, Mapping[int | str, Decimal]]  # by name, each by domain number and `indeks`


def own_means(desk: Desk, year: int) -> Means:
    """The published mean of the nation and of regions of the own kind."""
    published: Means = desk.ask(queries.spbe_means, year)
    kind = desk.region.region_name.partition(" ")[0]
    names = (NATIONAL_MEAN, f"{kind} (rata-rata)")
    return {mean_words(name): published[name] for name in names if name in published}


def peers_title(desk: Desk) -> str:
    return _("Pembanding di {province}").format(province=desk.region.province_name)


def peers_section(desk: Desk, year: int, pack: IndexPack) -> Section:
    """Delivered institutions of the province, own region by shape and weight; never called a national rank."""
    title = peers_title(desk)
    peers = desk.ask(queries.spbe_peers, year, desk.region.province_name)
    clocks = desk.clocks_of(SOURCE)
    if peers.empty:
        owners = tuple(clock.opd_code for clock in clocks)
        return Section(title, (Missing(_("pembanding {year}").format(year=year), owners),), clocks=clocks)
    bars = tuple(_peer_bar(row, desk) for row in peers.itertuples())
    scale = BarScale(2, end=Decimal(pack.highest_level))
    words = _("Indeks SPBE {year}").format(year=year)
    chart = Chart("spbe-peers", words, build_ranked_bars, (bars, scale), bar_height(len(bars), Look()))
    columns = (Column(_("Instansi")), Column(_("Indeks"), "number", 2), Column(_("Predikat")))
    rows = tuple(_peer_row(row) for row in peers.itertuples())
    codes = list(peers["region_code"])
    own = codes.index(desk.region.region_code) if desk.region.region_code in codes else None
    means = tuple((name, mean["indeks"], pack.predikat(mean["indeks"])) for name, mean in own_means(desk, year).items())
    table = Table(columns, (*rows, *means), marked=own, name=_("Pembanding"))
    words = _coverage_words(desk, year, len(peers))
    if means:
        words += " " + _("Rata-rata itu terbitan Kementerian PANRB; predikatnya menurut rentang, bukan terbitan.")
    return Section(title, (chart, table, Words(words, is_note=True)), clocks=clocks)


def _peer_row(row: Any) -> tuple[Cell, ...]:
    return row.institution_name, exact(row.spbe_index), row.predikat if isinstance(row.predikat, str) else ""


def _peer_bar(row: Any, desk: Desk) -> Bar:
    number = format_number(row.spbe_index, 2, desk.locale)
    words = f"{number} {row.predikat}" if isinstance(row.predikat, str) else number
    name = row.institution_name.removeprefix("Pemerintah ")
    return Bar(name, exact(row.spbe_index), words, row.region_code == desk.region.region_code)


def _coverage_words(desk: Desk, year: int, peer_count: int) -> str:
    coverage = desk.ask(queries.spbe_coverage, year)
    best = desk.ask(queries.spbe_national_best, year)
    delivered = _("Yang dikirim untuk {year}: {count} instansi, {peers} di antaranya kelompok {province}.").format(
        year=year,
        count=coverage.institution_count,
        peers=peer_count,
        province=desk.region.province_name,
    )
    if not (coverage.is_national and best):
        return f"{delivered} {_('Nilai tertinggi nasional: tidak ada data, hasil daerah lain tidak dikirim.')}"
    highest = _("Tertinggi di antara semuanya {value}, {names}.").format(
        value=format_number(best.spbe_index, 2, desk.locale), names=", ".join(best.institutions)
    )
    return f"{delivered} {highest}"
