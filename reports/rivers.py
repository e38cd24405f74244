"""Rivers: the day's level, each post by its own thresholds with the distance on both sides, and the last two days.

A post without thresholds has no level, an old reading is told as old. Forecasts nothing.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from gettext import gettext as _

from charts.formats import format_number
from charts.river_hours import RiverFrame, build_river_chart
from reports.content import Block, Cell, Chart, Column, Figures, Quantity, Section, Table, Words
from reports.desk import Desk
from reports.parts import owed_section
from warehouse.figures import ClockState, ValueStatus
from warehouse.formulas.alert_level import alert_level
from warehouse.indicators.smart_environment.river import SOURCE, Levels, River
from warehouse.indicators.smart_environment.siaga_sungai import INDICATOR
from warehouse.river_queries import RiverReading, river_hours, river_readings

TITLE, HOURS_TITLE = _("Muka air sungai dan tingkat siaga"), _("Muka air 48 jam terakhir")
SHOWN_HOURS = 48
DAY = timedelta(hours=24)
OLD = timedelta(hours=3)
CHARTS, HEIGHT = 6, 190
Posts = tuple[tuple[RiverReading, ...], ...]  # the readings of each post and parameter, the newest first


def river_message(desk: Desk) -> str:
    """`sungai kuning di Pos Sadar, tertinggi 30 November 2026`; "" before the first level, and of an overdue source."""
    figure = desk.view.figures.get(INDICATOR.id)
    if figure is None or figure.value is None or figure.clock.state is ClockState.OVERDUE:
        return ""
    if not figure.value:
        return _("sungai {level}").format(level=figure.predikat)
    words = _("sungai {level} di {post}, tertinggi {day}")
    return words.format(level=figure.predikat, post=figure.determinant, day=figure.period_label)


def newest_hours(desk: Desk) -> Posts:
    """Each post and parameter, the most pressing first; of one silent for two days its last reading."""
    back, region = timedelta(hours=SHOWN_HOURS), desk.region.region_code
    hours: tuple[RiverReading, ...] = desk.ask(river_hours, region, desk.view.instant, back)
    last: tuple[RiverReading, ...] = desk.ask(river_readings, region, desk.view.instant)
    posts: dict[tuple[str, str], list[RiverReading]] = {}
    for one in hours:
        posts.setdefault((one.station_name, one.parameter_code), []).append(one)
    for one in last:
        posts.setdefault((one.station_name, one.parameter_code), [one])
    river = River.by(desk.rules)
    return tuple(sorted((tuple(rows) for rows in posts.values()), key=lambda rows: _rank(rows[0], river)))


def _rank(last: RiverReading, river: River) -> tuple[Decimal, Decimal, str]:
    levels = last.levels(river)
    answered = river.answered_from(levels)
    grade = river.grade(alert_level(last.value, levels).level) if levels else Decimal(-1)
    return -grade, -(last.value / answered) if answered else Decimal(0), last.station_name


def posts_section(desk: Desk) -> Section:
    """The last reading of each post; the figure is of the highest of the day."""
    figure, posts = desk.view.figures.get(INDICATOR.id), newest_hours(desk)
    if not posts:
        return owed_section(desk, TITLE, SOURCE)
    columns = (
        Column(_("Pos")),
        Column(_("Dibaca"), "instant"),
        Column(_("Nilai"), "number"),
        Column(_("Tingkat"), definition=_("ambang tertinggi yang sudah dicapai di pos itu")),
        Column(_("Di atas ambang"), definition=_("jarak turun sampai tingkat ini ditinggalkan")),
        Column(_("Ke ambang berikutnya")),
        Column(_("24 jam"), "number", definition=_("bacaan terakhir dikurangi bacaan 24 jam sebelumnya")),
        Column(_("Keterangan")),
    )
    river = River.by(desk.rules)
    table = Table(columns, tuple(_row(rows, river, desk) for rows in posts), name=TITLE)
    note = _("Ambang milik tiap pos. Nilai yang sama dengan ambang sudah mencapainya. Tidak meramalkan.")
    told = figure is not None and (figure.value is not None or figure.status is ValueStatus.INCOMPLETE)
    blocks: tuple[Block, ...] = (Figures((figure,), 1), table) if figure is not None and told else (table,)
    if told:
        note = _("Kartu: tingkat tertinggi hari itu; tabel: bacaan terakhir.") + f" {note}"
    is_sample = any(rows[0].is_sample for rows in posts)
    return Section(TITLE, blocks, note, desk.clocks_of(SOURCE), is_sample, INDICATOR.id)


def _row(rows: tuple[RiverReading, ...], river: River, desk: Desk) -> tuple[Cell, ...]:
    last = rows[0]
    levels = last.levels(river)
    level, above, ahead = _sides(last, levels, desk) if levels else ("", "", "")
    notes = [] if levels else [_("tanpa ambang")]
    if desk.view.instant - last.measured_at > OLD:
        notes.append(_("bacaan lama, bukan keadaan sekarang"))
    value = Quantity(last.value, last.unit, 2)
    return last.station_name, last.measured_at, value, level, above, ahead, _change(rows), "; ".join(notes)


def _sides(last: RiverReading, levels: Levels, desk: Desk) -> tuple[str, str, str]:
    alert, above, ahead = alert_level(last.value, levels), "", ""
    if alert.reached is not None:
        words = _("{gap} {unit} di atas {level}")
        gap = format_number(last.value - alert.reached, 2, desk.locale)
        above = words.format(gap=gap, unit=last.unit, level=alert.level)
    if alert.next_threshold is not None:
        words = _("{gap} {unit} lagi ke {level}")
        gap = format_number(alert.next_threshold - last.value, 2, desk.locale)
        ahead = words.format(gap=gap, unit=last.unit, level=alert.next_level)
    return alert.level, above, ahead


def _change(rows: tuple[RiverReading, ...]) -> Quantity | None:
    """Against the newest reading that is a day old; None without one about that old."""
    last = rows[0]
    before = next((one for one in rows if last.measured_at - one.measured_at >= DAY), None)
    if before is None or last.measured_at - before.measured_at > DAY + OLD:
        return None
    return Quantity(last.value - before.value, last.unit, 2)


def hours_section(desk: Desk) -> Section:
    """One picture a post; a post that was silent for two days has none."""
    blocks = list[Block]()
    shown = [rows for rows in newest_hours(desk) if len(rows) > 1][:CHARTS]
    for place, rows in enumerate(shown):
        blocks += river_chart(desk, rows, str(place))
    if not blocks:
        blocks.append(Words(_("Tidak ada bacaan dalam 48 jam terakhir.")))
    note = _("Garis putus-putus: ambang pos. Sela lebih dari 3 jam tidak disambung.")
    is_sample = any(rows[0].is_sample for rows in shown)
    return Section(HOURS_TITLE, tuple(blocks), note, desk.clocks_of(SOURCE), is_sample)


def river_chart(desk: Desk, rows: tuple[RiverReading, ...], name: str) -> tuple[Block, ...]:
    """One post's readings between its thresholds."""
    last = rows[0]
    words = _("{post}, {unit}: terakhir {value}").format(
        post=last.station_name, unit=last.unit, value=format_number(last.value, 2, desk.locale)
    )
    readings = tuple((one.measured_at, one.value) for one in rows)
    until = desk.view.instant.replace(minute=0, second=0, microsecond=0)
    frame = RiverFrame(last.levels(River.by(desk.rules)), last.unit, until, SHOWN_HOURS)
    return Words(words), Chart(f"river-{name}", words, build_river_chart, (readings, frame), HEIGHT)
