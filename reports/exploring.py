"""An exploration as blocks of a page: table, chart, sentences; what is shown is what was asked of the release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from typing import Literal

from charts.formats import format_change, format_number
from charts.look import Look
from charts.ranked_bars import Bar, BarScale, bar_height, build_ranked_bars
from charts.series import SeriesBreak
from charts.tile_map import AreaValue, ValuePlan, build_value_map
from charts.trend import OtherSeries, TrendFrame, build_trend_chart
from reports.captions import span_words
from reports.content import Cell, Chart, Column, Table
from reports.desk import Desk
from warehouse.cuts import WORDS
from warehouse.exploration import Exploration, Group
from warehouse.explore_options import ExploreOptions
from warehouse.figures import TrendPoint
from warehouse.indicators.periods import write_short_day, write_short_month
from warehouse.measures import KECAMATAN, REGION, TIME, Measure

TABLE, LINE, BARS, MAP = "tabel", "garis", "batang", "peta"
MOST_BARS = 40
MAP_HEIGHT, LINE_HEIGHT = 360, 280


@dataclass(frozen=True)
class Explored:
    """What the blocks are made of."""

    desk: Desk
    measure: Measure
    result: Exploration
    options: ExploreOptions

    @property
    def unit(self) -> str:
        return self.measure.indicator.unit

    @property
    def decimals(self) -> int:
        """A share or mean of a cut keeps a place more than the headline has."""
        return max(self.measure.indicator.decimals, 0 if self.measure.kind in ("additive", "index") else 1)

    @property
    def title(self) -> str:
        return self.measure.indicator.title_by(self.desk.rules)

    @property
    def is_compared(self) -> bool:
        return self.result.compared is not None

    def words(self, value: Decimal | None) -> str:
        number = format_number(value, self.decimals, self.desk.locale)
        return f"{number} {self.unit}".strip() if value is not None else number


def group_table(explored: Explored) -> Table:
    """One row a group, with both parts of its value; the total only where the measure has one."""
    result = explored.result
    own = [place for place, group in enumerate(result.groups) if group.key == explored.desk.region.region_code]
    total = None if result.total is None else _cells(explored, result.total)
    return Table(
        columns=_columns(explored),
        rows=tuple(_cells(explored, group) for group in result.groups),
        total=total,
        marked=own[0] if result.grouping == REGION and own else None,
        note=" ".join(_notes(result)),
        is_leading=True,
    )


def _notes(result: Exploration) -> list[str]:
    notes = []
    if result.as_of:
        notes.append(_("Keadaan {period}, periode terakhir dalam rentang ini.").format(period=result.as_of))
    if result.no_total_reason:
        notes.append(_("Tanpa jumlah: {reason}").format(reason=result.no_total_reason))
    return notes


def _columns(explored: Explored) -> tuple[Column, ...]:
    indicator, measure = explored.measure.indicator, explored.measure
    kind: Literal["percent", "number"] = "percent" if explored.unit == "%" else "number"
    by_day = explored.result.grouping == TIME and explored.result.step == "day"
    columns = [
        Column(_first_upper(WORDS[explored.result.grouping]), "date" if by_day else "text"),
        Column(explored.title, kind, explored.decimals, explored.unit, " ".join(indicator.definition.split())),
    ]
    if measure.kind in ("ratio", "mean"):
        columns += [
            Column(_("Pembilang"), "number", _places(explored, "numerator"), definition=indicator.formula),
            Column(_("Penyebut"), "number", _places(explored, "denominator"), definition=indicator.formula),
        ]
    if explored.is_compared:
        places, points = explored.decimals, _("poin") if kind == "percent" else explored.unit
        columns += [
            Column(_("Pembanding"), kind, places, explored.unit, _("nilai yang sama pada rentang pembanding")),
            Column(_("Perubahan"), "number", places, points, _("nilai dikurangi pembanding")),
        ]
    rows = Column(_("Baris sumber"), "number", definition=_("jumlah baris kiriman di belakang nilai"))
    sample = Column(_("Contoh"), "flag", definition=_("ya: memakai DATA CONTOH"))
    return (*columns, rows, sample, Column(_("Keterangan")))


def _cells(explored: Explored, group: Group) -> tuple[Cell, ...]:
    by_day = group.start is not None and explored.result.step == "day"
    cells: list[Cell] = [group.start if by_day and "|" not in group.key else group.label, _plain(group.value)]
    if explored.measure.kind in ("ratio", "mean"):
        cells += [_plain(group.numerator), _plain(group.denominator)]
    if explored.is_compared:
        cells += [_plain(group.compared), _plain(group.change)]
    return (*cells, group.row_count, group.is_sample, group.note)


def _plain(number: Decimal | None) -> Decimal | None:
    """The same number without the zeros of the mart's precision."""
    return None if number is None else Decimal(f"{number.normalize():f}")


def _places(explored: Explored, part: str) -> int:
    """Whole numbers without places."""
    numbers = (getattr(group, part) for group in explored.result.groups)
    return 0 if all(number is None or number == number.to_integral_value() for number in numbers) else 2


def group_chart(explored: Explored, view: str) -> Chart | None:
    """The chart asked for; None for a table alone, or when nothing is known."""
    if not any(group.value is not None for group in explored.result.groups):
        return None
    if view == LINE:
        return _line(explored)
    if view == MAP:
        return _map(explored)
    return _bars(explored) if view == BARS else None


def _line(explored: Explored) -> Chart:
    groups = [group for group in explored.result.groups if group.start is not None]
    points = tuple(TrendPoint(group.start, _short(explored, group), group.value) for group in groups if group.start)
    then = tuple(group.compared for group in groups)
    others = (OtherSeries(_("pembanding"), then),) if any(value is not None for value in then) else ()
    frame = TrendFrame(decimals=explored.decimals, breaks=_parts_apart(explored, groups), others=others)
    return Chart("garis", _chart_words(explored), build_trend_chart, (points, frame), LINE_HEIGHT)


def _parts_apart(explored: Explored, groups: Sequence[Group]) -> tuple[SeriesBreak, ...]:
    """A count of a part of a day, month or year is not joined to counts of whole ones: it would look like a drop."""
    breaks = []
    for place, group in enumerate(groups[1:], 1):
        before = groups[place - 1]
        told = [one for one in (before if place == 1 else None, group if place == len(groups) - 1 else None) if one]
        words = [f"{_short(explored, one)}: {one.part}" for one in told if one.part]
        if words and before.start:
            breaks.append(SeriesBreak(before.start, "; ".join(words)))
    return tuple(breaks)


def _short(explored: Explored, group: Group) -> str:
    start = group.start or date.min
    if explored.result.step == "day":
        return write_short_day(start)
    return write_short_month(start) if explored.result.step == "month" else str(start.year)


def _bars(explored: Explored) -> Chart:
    own = explored.desk.region.region_code
    shown = [group for group in explored.result.groups if group.value is not None][:MOST_BARS]
    bars = tuple(Bar(group.label, group.value, is_own=group.key == own, before=group.compared) for group in shown)
    low = min((bar.value for bar in bars if bar.value is not None), default=Decimal(0))
    scale = BarScale(explored.decimals, explored.unit, start=min(low, Decimal(0)))
    return Chart("batang", _chart_words(explored), build_ranked_bars, (bars, scale), bar_height(len(bars), Look()))


def _map(explored: Explored) -> Chart:
    values = {group.key: group.value for group in explored.result.groups}
    own_codes = explored.desk.scope.reach.kecamatan_codes
    tiles = tuple(tile for tile in explored.options.tiles if not own_codes or tile.code in own_codes)
    own = tuple(AreaValue(tile.code, tile.name, tile.column, tile.row, values.get(tile.code)) for tile in tiles)
    beside = tuple(
        AreaValue(area.region_code, area.name, area.tile_column, area.tile_row, None)
        for area in explored.desk.view.late_arrivals
        if area.region_code not in {tile.code for tile in explored.options.tiles}
    )
    plan = ValuePlan(explored.desk.region.region_code, explored.decimals, explored.unit)
    return Chart("peta", _chart_words(explored), build_value_map, (own + beside, plan), MAP_HEIGHT)


def _chart_words(explored: Explored) -> str:
    by = WORDS[explored.result.grouping]
    known = [group for group in explored.result.groups if group.value is not None]
    words = _("{title} menurut {by}, {count} baris").format(title=explored.title, by=by, count=len(known))
    if explored.result.grouping != TIME and len(known) > MOST_BARS:
        words += " · " + _("batang: {count} teratas, tabel memuat semuanya").format(count=MOST_BARS)
    return words


def views_of(grouping: str) -> tuple[str, ...]:
    """Views a grouping has, its own choice first."""
    first = (LINE, BARS) if grouping == TIME else (BARS, MAP) if grouping == KECAMATAN else (BARS,)
    return (*first, TABLE)


def message_of(explored: Explored) -> str:
    """What a leader can repeat: the total, or the highest group where there is none; states no cause."""
    result, locale = explored.result, explored.desk.locale
    if result.span is None:
        return f"{explored.title}: {_('data belum disampaikan')}"
    span = result.as_of or span_words(result.span, locale, result.until_hour)
    total = result.total
    if total is not None and total.value is not None:
        words = f"{explored.title}: {explored.words(total.value)}, {span}"
        if total.change is None or result.compared is None:
            return words
        change = format_change(total.change, explored.decimals, locale)
        return _("{words}; {change} dari {compared}").format(
            words=words, change=change, compared=span_words(result.compared, locale, result.until_hour)
        )
    known = [group for group in result.groups if group.value is not None]
    if not known:
        return f"{explored.title}: {_('tidak ada data')}, {span}"
    last = known[-1] if result.grouping == TIME else max(known, key=lambda group: group.value or Decimal(0))
    kind = _("terakhir") if result.grouping == TIME else _("tertinggi")
    return f"{explored.title}: {kind} {explored.words(last.value)} ({last.label})"


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]
