"""One figure with everything it must say: value, period, target or usual band, trend, clock, sample, definition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _
from typing import Any

import streamlit as st

from charts.bullet import build_bullet_chart
from charts.formats import format_number, no_data_text
from charts.sparkline import build_sparkline
from pages.shared import data
from pages.shared.export import exact
from pages.shared.heading import Desk, link_definition
from pages.shared.marks import clock_mark, plain, sample_mark
from pages.shared.pictures import Place, show_chart
from warehouse import queries
from warehouse.figures import ClockState, Figure, ValueStatus
from warehouse.indicators.spbe.gaps import next_band
from warehouse.rules import IndexPack
from warehouse.wall_figures import period_label

SPARK_HEIGHT, BULLET_HEIGHT = 44, 26


def value_words(figure: Figure, locale: str) -> str:
    """Full precision: `50,41 %`, `4,16`, `87 panggilan`; words instead of a missing value."""
    if figure.value is None:
        return no_data_text() if figure.status is ValueStatus.CALCULATED else figure.status.value
    return " ".join(part for part in (format_number(figure.value, figure.decimals, locale), figure.unit) if part)


def counts_words(figure: Figure, locale: str) -> str:
    """`80 dari 87` for a share of things that can be counted."""
    parts = (figure.numerator, figure.denominator)
    if figure.unit != "%" or any(part is None or part != part.to_integral_value() for part in parts):
        return ""
    return _("{part} dari {whole}").format(
        part=format_number(figure.numerator, 0, locale), whole=format_number(figure.denominator, 0, locale)
    )


def limit_words(figure: Figure, locale: str) -> str:
    """Target or usual band, and on which side the value stands; a missed target is a word, not an alarm."""
    if figure.target is not None:
        if figure.value is None:
            return figure.target_label
        return f"{figure.target_label} · {_side_words(figure)}"
    if figure.usual is not None:
        low, high = (format_number(value, figure.decimals, locale) for value in figure.usual)
        return _("biasa {low}–{high} s.d. jam yang sama").format(low=low, high=high)
    return next_band_words(figure, locale) or _("tanpa target")


def _side_words(figure: Figure) -> str:
    if figure.clock.state is ClockState.OVERDUE:
        return _("tidak dinilai, data terlambat")
    if figure.better == "lower":
        return _("melewati batas") if figure.misses_target else _("dalam batas")
    return _("belum tercapai") if figure.misses_target else _("tercapai")


def next_band_words(figure: Figure, locale: str) -> str:
    """What an SPBE index lacks to its next official class: `kurang 0,04 ke Memuaskan (4,20)`."""
    pack = pack_of(figure.rule_version)
    if pack is None or figure.value is None or not figure.predikat:
        return ""
    above = next_band(figure.value, pack)
    if above is None:
        return _("predikat tertinggi")
    return _("kurang {missing} ke {band} ({lower})").format(
        missing=format_number(above.missing, figure.decimals, locale),
        band=above.band.name,
        lower=format_number(above.band.lower, figure.decimals, locale),
    )


def pack_of(rule_version: str) -> IndexPack | None:
    """The index pack a stored value names."""
    return next((pack for pack in data.rules().index_packs if pack.rule_version == rule_version), None)


def show_figures(desk: Desk, figures: Sequence[Figure], columns: int = 3) -> None:
    """Tiles side by side, row after row."""
    for start in range(0, len(figures), columns):
        places = st.columns(columns)
        for place, figure in zip(places, figures[start : start + columns], strict=False):
            with place:
                show_figure(desk, figure)


def show_figure(desk: Desk, figure: Figure, with_link: bool = True) -> None:
    locale = desk.region.locale
    with st.container(border=True, height="stretch" if with_link else "content", gap="xsmall"):
        st.metric(plain(figure.title), value_words(figure, locale))
        context = (figure.period_label, figure.predikat, counts_words(figure, locale))
        st.markdown(plain(" · ".join(part for part in context if part) or no_data_text()))
        st.caption(plain(limit_words(figure, locale)))
        _show_course(desk, figure)
        if figure.reason:
            st.caption(plain(figure.reason))
        if figure.value is None and figure.clock.opd_code:
            st.caption(_("Pemilik data: {opd}").format(opd=figure.clock.opd_code))
        st.markdown("  ".join(mark for mark in (clock_mark(figure.clock), sample_mark(figure.is_sample)) if mark))
        if with_link:
            link_definition(figure.indicator_id, _("Definisi dan baris sumber"))


def _show_course(desk: Desk, figure: Figure) -> None:
    known = [point for point in figure.trend if point.value is not None]
    if figure.target is not None and figure.value is not None:
        show_bullet(desk, figure)
    if len(known) < 2:
        words = _("tren: baru satu periode") if known else _("tren: tidak ada data")
        st.caption(words if figure.trend else _("tren: satu keadaan, bukan deret"))
        return
    span = _("tren {first} sampai {last}").format(first=figure.trend[0].label, last=figure.trend[-1].label)
    place = Place(f"spark-{figure.indicator_id}-{figure.entity_code}", span)
    show_chart(place, build_sparkline, figure.trend, desk.look(SPARK_HEIGHT, 12))
    st.caption(span)


def show_bullet(desk: Desk, figure: Figure, prefix: str = "bullet") -> None:
    words = f"{value_words(figure, desk.region.locale)}, {figure.target_label}"
    place = Place(f"{prefix}-{figure.indicator_id}-{figure.entity_code}", words)
    show_chart(place, build_bullet_chart, figure, desk.look(BULLET_HEIGHT, 12))


def show_nearest(desk: Desk, figures: Sequence[Figure]) -> None:
    """Figures with a target, nearest to it first."""
    if not figures:
        st.markdown(_("Belum ada angka yang punya batas."))
        return
    locale = desk.region.locale
    for figure in figures:
        name, bar, value, state = st.columns((3, 4, 2, 3), vertical_alignment="center")
        with name:
            link_definition(figure.indicator_id, figure.title)
            st.caption(plain(figure.period_label))
        with bar:
            show_bullet(desk, figure, "near")
        value.markdown(f"**{plain(value_words(figure, locale))}**")
        marks = (clock_mark(figure.clock), sample_mark(figure.is_sample))
        state.markdown("  ".join((plain(limit_words(figure, locale)), *(mark for mark in marks if mark))))


def figure_of_year(desk: Desk, indicator_id: str, year: int) -> Figure:
    """The region's figure of a year; a year without a stored value has no data, never another year's."""
    latest = desk.view.figures[indicator_id]
    for row in data.ask(desk.release_id, queries.indicator_values, indicator_id, "region").itertuples():
        if row.period_start.year == year:
            return at_period(latest, row)
    words = _("Tahun {year} tidak ada dalam kiriman").format(year=year)
    return replace(
        latest, period_label=str(year), value=None, numerator=None, denominator=None, status=ValueStatus.NO_DATA,
        reason=words, predikat="", rule_version="", is_sample=False, usual=None,
    )  # fmt: skip


def at_period(figure: Figure, row: Any) -> Figure:
    """The same indicator in another stored period, as one row of `indicator_values`."""
    return replace(
        figure,
        period_label=period_label(row.period_kind, row.period_start.date(), row.period_end.date()),
        value=exact(row.value),
        numerator=exact(row.numerator),
        denominator=exact(row.denominator),
        status=ValueStatus(row.status),
        reason=row.reason,
        predikat=row.predikat if isinstance(row.predikat, str) else "",
        rule_version=row.rule_version,
        is_sample=bool(row.is_sample),
        usual=None,
    )
