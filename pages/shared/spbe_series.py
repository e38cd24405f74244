"""The SPBE index over the years: own values, the best beside it, gaps, and the visible change of scheme."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from gettext import gettext as _

import streamlit as st

from charts.formats import format_number, no_data_text
from charts.series import SchemeBreak
from charts.trend import OtherSeries, TrendFrame, build_trend_chart
from pages.shared import data
from pages.shared.export import exact
from pages.shared.heading import Desk
from pages.shared.marks import plain
from pages.shared.pictures import Place, show_chart
from pages.shared.tables import show_table
from warehouse import queries
from warehouse.figures import Figure, TrendPoint
from warehouse.indicators.spbe.gaps import next_band

SCHEME, INDEX = "spbe", "spbe.indeks"


def years(desk: Desk) -> tuple[str, ...]:
    """Delivered years, newest first."""
    return tuple(str(year) for year in reversed(data.ask(desk.release_id, queries.spbe_years)))


def show_series(desk: Desk) -> None:
    """Own index with the best of the province and of the nation where they were delivered, and the scheme break."""
    figure = desk.view.figures[INDEX]
    break_ = scheme_break(desk)
    points = list(figure.trend)
    if not points:
        st.markdown(plain(f"{no_data_text()} · {figure.reason}"))
        return
    last_year = min(desk.view.instant.year - 1, break_.after.year) if break_ else desk.view.instant.year - 1
    for year in range(points[-1].period_start.year + 1, last_year + 1):
        points.append(TrendPoint(date(year, 1, 1), str(year), None))
    target, label = _next_limit(figure)
    frame = TrendFrame(
        decimals=figure.decimals,
        target=target,
        target_label=label,
        breaks=(break_,) if break_ and desk.view.instant.year > break_.after.year else (),
        scale_from_zero=False,
        others=_others(desk, points),
    )
    words = "; ".join(f"{point.label}: {index_words(point.value, desk)}" for point in points)
    show_chart(Place("spbe-series", words), build_trend_chart, points, frame, desk.look(300))
    _show_series_table(desk, points, frame)
    notes = [_("{year}: tidak ada data, hasil belum dikirim.").format(year=p.label) for p in points if p.value is None]
    notes += [_("Skema penilaian berganti pada garis putus; kedua deret tidak disambung.")] if frame.breaks else []
    st.caption(plain(" ".join(notes)))


def _show_series_table(desk: Desk, points: list[TrendPoint], frame: TrendFrame) -> None:
    values = data.ask(desk.release_id, queries.indicator_values, INDEX)
    classes = {row.period_start.year: row.predikat for row in values.itertuples() if isinstance(row.predikat, str)}
    rows = [
        (
            point.label,
            index_words(point.value, desk),
            classes.get(point.period_start.year, ""),
            *(index_words(other.values[place], desk) for other in frame.others),
        )
        for place, point in enumerate(points)
    ]
    for item in frame.breaks:
        rows.append((str(item.after.year + 1), " ".join(item.note.split()), "", "", ""))
    show_table((_("Tahun"), _("Indeks"), _("Predikat"), *(other.label for other in frame.others)), rows)


def scheme_break(desk: Desk) -> SchemeBreak | None:
    """Where the SPBE scheme ends and what follows, by the rule packs."""
    pack = data.rules().index_pack(SCHEME, date(2024, 12, 31)) if not years(desk) else None
    pack = pack or data.rules().index_pack(SCHEME, date(int(years(desk)[0]), 12, 31))
    if pack is None or pack.valid_until is None:
        return None
    after = data.rules().index_pack(SCHEME, pack.valid_until + timedelta(days=1))
    if after is None:
        return None
    note = _("{name} {year}: belum ada hasil").format(name=after.index_name, year=after.valid_from.year)
    return SchemeBreak(date(pack.valid_until.year, 1, 1), note)


def _next_limit(figure: Figure) -> tuple[Decimal | None, str]:
    pack = data.rules().index_pack(SCHEME, date(figure.trend[-1].period_start.year, 12, 31))
    above = next_band(figure.value, pack) if pack and figure.value is not None else None
    if above is None:
        return None, ""
    lower = format_number(above.band.lower, figure.decimals)
    return above.band.lower, _("batas {band} {lower}").format(band=above.band.name, lower=lower)


def _others(desk: Desk, points: list[TrendPoint]) -> tuple[OtherSeries, ...]:
    province: list[Decimal | None] = []
    nation: list[Decimal | None] = []
    for point in points:
        year = point.period_start.year
        peers = data.ask(desk.release_id, queries.spbe_peers, year, desk.region.province_name)
        best = data.ask(desk.release_id, queries.spbe_national_best, year)
        is_national = data.ask(desk.release_id, queries.spbe_coverage, year).is_national
        province.append(exact(peers.iloc[0].spbe_index) if len(peers) else None)
        nation.append(best.spbe_index if best and is_national else None)
    return (
        OtherSeries(_("Tertinggi {province}").format(province=desk.region.province_name), tuple(province)),
        OtherSeries(_("Tertinggi nasional"), tuple(nation)),
    )


def index_words(value: Decimal | None, desk: Desk) -> str:
    return format_number(value, 2, desk.region.locale)
