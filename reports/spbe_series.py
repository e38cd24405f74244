"""The SPBE index over the years: own values, the best beside it, gaps, and the visible change of scheme."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from gettext import gettext as _

from charts.formats import format_number
from charts.series import SeriesBreak
from charts.trend import OtherSeries, TrendFrame, build_trend_chart
from reports.content import Block, Cell, Chart, Column, Missing, Section, Table, Words
from reports.desk import Desk
from reports.stored_figures import exact
from warehouse import queries
from warehouse.figures import Figure, TrendPoint
from warehouse.indicators.spbe.gaps import next_band
from warehouse.peer_queries import NATIONAL_MEAN, mean_words

SCHEME, INDEX, SOURCE = "spbe", "spbe.indeks", "diskominfo_spbe"
SERIES_HEIGHT = 300


def delivered_years(desk: Desk) -> tuple[int, ...]:
    """Years with a delivered result, newest first."""
    return tuple(int(year) for year in reversed(desk.ask(queries.spbe_years)))


def series_section(desk: Desk) -> Section:
    """Own index with the best of the province and of the nation where they were delivered, and the scheme break."""
    title = _("Indeks dari tahun ke tahun")
    figure = desk.view.figures[INDEX]
    clocks = desk.clocks_of(SOURCE)
    if not figure.trend:
        owners = tuple(clock.opd_code for clock in clocks)
        return Section(title, (Missing(figure.title, owners, figure.reason),), clocks=clocks)
    breaks = scheme_breaks(desk, figure.trend[0].period_start.year)
    points = _points_until_now(figure, breaks, desk)
    target, label = _next_limit(figure, desk)
    frame = TrendFrame(
        decimals=figure.decimals,
        target=target,
        target_label=label,
        breaks=tuple(item for item in breaks if desk.instant.year > item.after.year),
        scale_from_zero=False,
        others=_others(desk, points),
    )
    said = "; ".join(f"{point.label}: {format_number(point.value, 2, desk.locale)}" for point in points)
    blocks: tuple[Block, ...] = (
        Chart("spbe-series", said, build_trend_chart, (tuple(points), frame), SERIES_HEIGHT),
        _series_table(desk, points, frame),
        *_notes(points, frame),
    )
    return Section(title, blocks, clocks=clocks, is_sample=figure.is_sample, definition_id=INDEX)


def _points_until_now(figure: Figure, breaks: Sequence[SeriesBreak], desk: Desk) -> list[TrendPoint]:
    """The stored years, and an empty one for each year since whose result should be there."""
    points = list(figure.trend)
    last_year = min(desk.instant.year - 1, breaks[-1].after.year) if breaks else desk.instant.year - 1
    for year in range(points[-1].period_start.year + 1, last_year + 1):
        points.append(TrendPoint(date(year, 1, 1), str(year), None))
    return points


def _notes(points: Sequence[TrendPoint], frame: TrendFrame) -> tuple[Words, ...]:
    notes = [_("{year}: tidak ada data, hasil belum dikirim.").format(year=p.label) for p in points if p.value is None]
    notes += [_("Skema penilaian berganti pada garis putus; kedua deret tidak disambung.")] if frame.breaks else []
    return (Words(" ".join(notes), is_note=True),) if notes else ()


def _series_table(desk: Desk, points: Sequence[TrendPoint], frame: TrendFrame) -> Table:
    values = desk.ask(queries.indicator_values, INDEX)
    classes = {row.period_start.year: row.predikat for row in values.itertuples() if isinstance(row.predikat, str)}
    rows: list[tuple[Cell, ...]] = []
    notes = {item.after.year: " ".join(item.note.split()) for item in frame.breaks}
    for place, point in enumerate(points):
        year = point.period_start.year
        others = (other.values[place] for other in frame.others)
        rows.append((point.label, point.value, classes.get(year, ""), *others))
        if year in notes:
            rows.append((str(year + 1), notes[year], *("",) * (1 + len(frame.others))))
    columns = (
        Column(_("Tahun")),
        Column(_("Indeks"), "number", 2, definition=_("indeks terbitan Kementerian PANRB")),
        Column(_("Predikat")),
        *(Column(other.label, "number", 2) for other in frame.others),
    )
    return Table(columns, tuple(rows), name=_("Deret indeks"))


def scheme_breaks(desk: Desk, first_year: int) -> tuple[SeriesBreak, ...]:
    """Where the rules that judge the series change, by the rule packs; the last is where SPBE itself ends."""
    pack = desk.rules.index_pack(SCHEME, date(first_year, 12, 31))
    breaks: list[SeriesBreak] = []
    while pack is not None and pack.valid_until is not None:
        day = pack.valid_until + timedelta(days=1)
        after = desk.rules.index_pack(SCHEME, day)
        ends = desk.rules.pack_after(SCHEME, day)
        if after is not None:
            note = _("{year}: {regulation}").format(year=day.year, regulation=after.regulation)
        elif ends is not None:
            note = _("{name} {year}: belum ada hasil").format(name=ends.index_name, year=day.year)
        else:
            break
        breaks.append(SeriesBreak(date(pack.valid_until.year, 1, 1), note))
        pack = after
    return tuple(breaks)


def _next_limit(figure: Figure, desk: Desk) -> tuple[Decimal | None, str]:
    pack = desk.rules.index_pack(SCHEME, date(figure.trend[-1].period_start.year, 12, 31))
    above = next_band(figure.value, pack) if pack and figure.value is not None else None
    if above is None:
        return None, ""
    lower = format_number(above.band.lower, figure.decimals, desk.locale)
    return above.band.lower, _("batas {band} {lower}").format(band=above.band.name, lower=lower)


def _others(desk: Desk, points: Sequence[TrendPoint]) -> tuple[OtherSeries, ...]:
    province: list[Decimal | None] = []
    nation: list[Decimal | None] = []
    mean: list[Decimal | None] = []
    for point in points:
        year = point.period_start.year
        peers = desk.ask(queries.spbe_peers, year, desk.region.province_name)
        best = desk.ask(queries.spbe_national_best, year)
        is_national = desk.ask(queries.spbe_coverage, year).is_national
        province.append(exact(peers.iloc[0].spbe_index) if len(peers) else None)
        nation.append(best.spbe_index if best and is_national else None)
        mean.append(desk.ask(queries.spbe_means, year).get(NATIONAL_MEAN, {}).get("indeks"))
    return (
        OtherSeries(_("Tertinggi {province}").format(province=desk.region.province_name), tuple(province)),
        OtherSeries(_("Tertinggi nasional"), tuple(nation)),
        OtherSeries(mean_words(NATIONAL_MEAN), tuple(mean)),
    )
