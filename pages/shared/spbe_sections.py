"""Sections of page SPBE for one year: domains and their gaps, predikat, peers, rules in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import pandas as pd
import streamlit as st

from charts.formats import format_change, format_number, no_data_text
from charts.ranked_bars import Bar, BarScale, bar_height, build_ranked_bars
from pages.shared import data
from pages.shared.export import ExportRow, exact, figure_rows
from pages.shared.figures import figure_of_year, next_band_words, show_figures, value_words
from pages.shared.heading import Desk, link_definition
from pages.shared.marks import STANDING_WORDS, clock_mark, plain, sample_mark
from pages.shared.pictures import Place, show_chart
from pages.shared.spbe_series import INDEX, SCHEME, index_words
from pages.shared.tables import show_table
from warehouse import queries
from warehouse.figures import Figure
from warehouse.indicators.spbe.gaps import DomainGap, domain_gaps
from warehouse.rules import IndexPack

RECOMPUTED, DOMAIN = "spbe.indeks_dari_domain", "spbe.domain"


@dataclass(frozen=True)
class SpbeYear:
    """Everything one year of the page shows."""

    year: int
    pack: IndexPack
    index: Figure
    recomputed: Figure
    gaps: tuple[DomainGap, ...]
    earlier: Mapping[int, Decimal]  # domain values of the year before
    peers: pd.DataFrame
    best: queries.SpbeBest | None
    coverage: queries.SpbeCoverage


def read_year(desk: Desk, year: int) -> SpbeYear | None:
    """None when no rule pack of ours covers the year."""
    pack = data.rules().index_pack(SCHEME, date(year, 12, 31))
    if pack is None:
        return None
    index, recomputed = (figure_of_year(desk, item, year) for item in (INDEX, RECOMPUTED))
    return SpbeYear(
        year,
        pack,
        index,
        recomputed,
        domain_gaps(_domain_values(desk, year), pack),
        _domain_values(desk, year - 1),
        data.ask(desk.release_id, queries.spbe_peers, year, desk.region.province_name),
        data.ask(desk.release_id, queries.spbe_national_best, year),
        data.ask(desk.release_id, queries.spbe_coverage, year),
    )


def _domain_values(desk: Desk, year: int) -> dict[int, Decimal]:
    frame = data.ask(desk.release_id, queries.indicator_values, DOMAIN, "domain")
    return {
        int(row.entity_code): exact(row.value)
        for row in frame.itertuples()
        if row.period_start.year == year and not pd.isna(row.value)
    }


def show_headline(desk: Desk, chosen: SpbeYear) -> None:
    show_figures(desk, (chosen.index, chosen.recomputed), columns=2)
    st.caption(
        _(
            "Indeks terbitan ditulis apa adanya. Hitung ulang memakai nilai domain yang diterbitkan dua desimal; "
            "karena nilai domain sudah dibulatkan sekali, selisih ±0,01 dapat terjadi dan bukan kesalahan data."
        )
    )


def show_domains(desk: Desk, chosen: SpbeYear) -> None:
    """Value, weight, distance to the highest level and what that distance weighs."""
    header = (
        _("Domain"),
        _("Bobot"),
        _("Nilai {year}").format(year=chosen.year),
        _("Sejak {year}").format(year=chosen.year - 1),
        _("Jarak ke tingkat {level}").format(level=chosen.pack.highest_level),
        _("Tambahan indeks bila penuh"),
    )
    show_table(header, [_gap_cells(gap, chosen, desk) for gap in chosen.gaps])
    st.caption(
        _("Tambahan indeks = jarak × bobot / {total}. Bobot menurut {regulation}.").format(
            total=format_number(chosen.pack.total_weight), regulation=chosen.pack.regulation
        )
    )
    scale = BarScale(decimals=2, end=Decimal(chosen.pack.highest_level), unit="")
    bars = [Bar(f"{gap.no}. {gap.name}", gap.value) for gap in chosen.gaps]
    look = desk.look(bar_height(len(bars), desk.look()))
    show_chart(Place("spbe-domains", _("Nilai tiap domain")), build_ranked_bars, bars, scale, look)
    st.markdown("  ".join((clock_mark(chosen.index.clock), sample_mark(chosen.index.is_sample))))
    link_definition(DOMAIN, _("Definisi dan baris sumber nilai domain"))


def _gap_cells(gap: DomainGap, chosen: SpbeYear, desk: Desk) -> tuple[str, ...]:
    before = chosen.earlier.get(gap.no)
    known = before is not None and gap.value is not None
    change = format_change(gap.value - before, 2, desk.region.locale) if known else no_data_text()
    return (
        f"{gap.no}. {gap.name}",
        f"{format_number(gap.weight, 2, desk.region.locale)} %",
        index_words(gap.value, desk),
        change,
        index_words(gap.distance, desk),
        index_words(gap.gain, desk),
    )


def show_bands(desk: Desk, chosen: SpbeYear) -> None:
    """The official classes, where the region stands, and how far to the next one."""
    places = chosen.pack.places
    rows, own = [], None
    for band in chosen.pack.bands:
        lower, upper = (format_number(value, places, desk.region.locale) for value in (band.lower, band.upper))
        words = _("{lower} sampai {upper}") if band.includes_upper else _("{lower} sampai kurang dari {upper}")
        is_own = band.name == chosen.index.predikat
        own = len(rows) if is_own else own
        standing = f"◆ {desk.region.region_name}, {value_words(chosen.index, desk.region.locale)}" if is_own else ""
        rows.append((band.name, words.format(lower=lower, upper=upper), standing))
    show_table((_("Predikat"), _("Rentang indeks"), _("Posisi")), rows, own)
    st.markdown(plain(next_band_words(chosen.index, desk.region.locale) or no_data_text()))


def show_peers(desk: Desk, chosen: SpbeYear) -> None:
    """Delivered institutions of the province, own region by shape and weight; never called a national rank."""
    if chosen.peers.empty:
        st.markdown(_("tidak ada data pembanding untuk tahun ini"))
        return
    bars = [
        Bar(row.institution_name.removeprefix("Pemerintah "), exact(row.spbe_index), _peer_words(row, desk),
            row.region_code == desk.region.region_code)
        for row in chosen.peers.itertuples()
    ]  # fmt: skip
    look = desk.look(bar_height(len(bars), desk.look()))
    place = Place("spbe-peers", _("Indeks SPBE {year}").format(year=chosen.year))
    show_chart(place, build_ranked_bars, bars, BarScale(2, end=Decimal(chosen.pack.highest_level)), look)
    st.caption(plain(_coverage_words(desk, chosen)))


def _peer_words(row: Any, desk: Desk) -> str:
    number = format_number(row.spbe_index, 2, desk.region.locale)
    return f"{number} {row.predikat}" if isinstance(row.predikat, str) else number


def _coverage_words(desk: Desk, chosen: SpbeYear) -> str:
    delivered = _("Yang dikirim untuk {year}: {count} instansi, {peers} di antaranya kelompok {province}.").format(
        year=chosen.year,
        count=chosen.coverage.institution_count,
        peers=len(chosen.peers),
        province=desk.region.province_name,
    )
    if chosen.coverage.is_national and chosen.best:
        best = _("Tertinggi di antara semuanya {value}, {names}.").format(
            value=index_words(chosen.best.spbe_index, desk), names=", ".join(chosen.best.institutions)
        )
    else:
        best = _("Nilai tertinggi nasional: tidak ada data, hasil daerah lain tidak dikirim.")
    return f"{delivered} {best}"


def show_rules(desk: Desk) -> None:
    """Which regulation judges which years, and how sure we are of it."""
    packs = [pack for pack in data.rules().index_packs if pack.scheme == SCHEME]
    show_table(
        (_("Masa berlaku"), _("Indeks"), _("Aturan dan pasal"), _("Versi paket"), _("Keadaan")),
        [
            (
                f"{pack.valid_from.year}–{pack.valid_until.year if pack.valid_until else ''}",
                pack.index_name,
                f"{pack.regulation}; {pack.article}",
                pack.rule_version,
                "; ".join(words for words in (STANDING_WORDS[pack.standing], pack.note) if words),
            )
            for pack in packs
        ],
    )


def export_rows(desk: Desk, chosen: SpbeYear) -> list[ExportRow]:
    index = chosen.index
    source, period = f"{index.clock.source_title} ({index.clock.source_id})", str(chosen.year)
    domains = [
        ExportRow(_("Domain"), f"{gap.no}. {gap.name}", gap.value, "", period,
                  _("bobot {weight}; jarak {distance}; tambahan indeks {gain}").format(
                      weight=gap.weight, distance=gap.distance, gain=gap.gain), source, index.is_sample)
        for gap in chosen.gaps
    ]  # fmt: skip
    peers = [
        ExportRow(_("Pembanding"), row.institution_name, exact(row.spbe_index), "", period,
                  row.predikat if isinstance(row.predikat, str) else "", source, bool(row.is_sample))
        for row in chosen.peers.itertuples()
    ]  # fmt: skip
    return [*figure_rows("SPBE", (index, chosen.recomputed)), *domains, *peers]
