"""One figure with everything it must say: value, period, target or usual band, trend, clock, sample, definition."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

import streamlit as st

from charts.bullet import build_bullet_chart
from charts.sparkline import build_sparkline
from pages.shared.heading import link_definition
from pages.shared.marks import clock_mark, plain, sample_mark
from pages.shared.pictures import Place, look_of, show_chart
from reports.desk import Desk
from reports.figure_words import context_words, has_trend, limit_words, trend_words, value_words
from reports.unread import unread_help
from warehouse.figures import Figure

SPARK_HEIGHT, BULLET_HEIGHT = 44, 26


def show_figures(desk: Desk, figures: Sequence[Figure], columns: int = 3, *, with_links: bool = True) -> None:
    """Tiles side by side, row after row."""
    for start in range(0, len(figures), columns):
        places = st.columns(columns)
        for place, figure in zip(places, figures[start : start + columns], strict=False):
            with place:
                show_figure(desk, figure, with_links)


def show_figure(desk: Desk, figure: Figure, with_link: bool = True) -> None:
    locale = desk.locale
    with st.container(border=True, height="stretch" if with_link else "content", gap="xsmall"):
        st.metric(plain(figure.title), value_words(figure, locale))
        st.markdown(plain(context_words(figure, locale)))
        unread = unread_help(desk, figure)
        st.caption(plain(limit_words(figure, desk.rules, locale)), help=None if unread is None else plain(unread))
        _show_course(desk, figure)
        if figure.reason:
            st.caption(plain(figure.reason))
        if figure.value is None and figure.clock.opd_code:
            st.caption(_("Pemilik data: {opd}").format(opd=figure.clock.opd_code))
        st.markdown("  ".join(mark for mark in (clock_mark(figure.clock), sample_mark(figure.is_sample)) if mark))
        if with_link:
            link_definition(figure.indicator_id, _("Definisi dan baris sumber"))


def _show_course(desk: Desk, figure: Figure) -> None:
    if figure.target is not None and figure.value is not None:
        show_bullet(desk, figure)
    span = trend_words(figure)
    if has_trend(figure):
        place = Place(f"spark-{figure.indicator_id}-{figure.entity_code}", span)
        show_chart(place, build_sparkline, figure.trend, look_of(desk, SPARK_HEIGHT, 12))
    st.caption(plain(span))


def show_bullet(desk: Desk, figure: Figure, prefix: str = "bullet") -> None:
    words = f"{value_words(figure, desk.locale)}, {figure.target_label}"
    place = Place(f"{prefix}-{figure.indicator_id}-{figure.entity_code}", words)
    show_chart(place, build_bullet_chart, figure, look_of(desk, BULLET_HEIGHT, 12))
