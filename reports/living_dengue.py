"""Dengue: the level of the newest week, how it is kept, its kecamatan on a map, and the announced level beside it.

Counts of few persons stay out for who has no right to them. States no cause.
"""

from __future__ import annotations

from decimal import Decimal
from gettext import gettext as _
from typing import Any

from charts.area_map import build_level_area_map, covers, height_of
from charts.tile_map import build_level_map, map_extent
from charts.trend import OtherSeries, TrendFrame, build_trend_chart
from reports.binding.dengue import staying_sentences
from reports.content import Block, Cell, Chart, Column, Figures, Section, Table, Words
from reports.desk import Desk
from reports.living_calls import figures_of
from reports.living_dengue_years import years_blocks
from reports.parts import owed_section
from reports.reach import of_own_areas
from reports.stored_figures import exact, shown_value
from warehouse import queries
from warehouse.dengue_queries import dengue_areas
from warehouse.figures import AreaLevel, ClockState, TrendPoint, ValueStatus
from warehouse.filters import Filters
from warehouse.formulas.covering import FEW
from warehouse.formulas.dengue_alert import ALERT, LEVELS
from warehouse.indicators.periods import write_short_day

SOURCE = "dinkes_dbd"
LEVEL, CASES = "smart_living.dbd_siaga", "smart_living.dbd_kasus"
FIGURES = (LEVEL, CASES, "smart_living.dbd_ir", "smart_living.dbd_cfr")
TITLE, STAY_TITLE, AREAS_TITLE = (
    _("Demam berdarah dengue (DBD)"),
    _("Bagaimana tetap di level 1"),
    _("DBD per kecamatan"),
)
WEEKS_SHOWN = 53
WEEKS_HEIGHT = 260
TILE_WIDTH, TILE_HEIGHT = 104, 58
AREA_WIDTH = 520
WITHHELD = _("kurang dari {few} orang, dan angka yang membukanya, hanya bagi yang berhak")
LOCAL = _("Level ini pilihan daerah; tidak ada aturan nasional untuk rentang biasa.")


def has_dengue(desk: Desk) -> bool:
    figure = desk.view.figures.get(LEVEL)
    return figure is not None and figure.period_label != ""


def areas_of(desk: Desk) -> tuple[AreaLevel, ...]:
    """Kecamatan the reader sees; none before the first report."""
    found: tuple[AreaLevel, ...] = desk.ask(dengue_areas, desk.region.region_code)
    return of_own_areas(desk, found)


def dengue_section(desk: Desk) -> Section:
    """Figures of the newest week and year, and a year of weeks against what is usual for each."""
    if not has_dengue(desk):
        return owed_section(desk, TITLE, SOURCE)
    frame = desk.ask(queries.indicator_values, CASES, "region").tail(WEEKS_SHOWN)
    figures, rows = figures_of(desk, *FIGURES), list(frame.itertuples())
    points = tuple(TrendPoint(one.period_start.date(), _week(one), exact(one.value)) for one in rows)
    usual = OtherSeries(_("biasanya"), tuple(exact(one.denominator) for one in rows))
    words = _("Kasus DBD tiap minggu, dan yang biasa pada minggu yang sama")
    chart = Chart("dbd-weeks", words, build_trend_chart, (points, TrendFrame(0, others=(usual,))), WEEKS_HEIGHT)
    blocks: list[Block] = [Figures(figures, 4), Words(words + "."), chart, _weeks_table(rows)]
    if any(one.status == ValueStatus.WITHHELD.value for one in rows):
        words = _("Celah: tidak ditampilkan, karena kurang dari {few} orang atau membuka angka sekecil itu.")
        blocks.append(Words(words.format(few=FEW), is_note=True))
    blocks += years_blocks(desk)
    is_sample = any(figure.is_sample for figure in figures)
    return Section(TITLE, tuple(blocks), LOCAL, desk.clocks_of(SOURCE), is_sample, LEVEL)


def _week(row: Any) -> str:
    return write_short_day(row.period_end.date())


def _weeks_table(rows: list[Any]) -> Table:
    columns = (
        Column(_("Minggu sampai"), "date"),
        Column(_("Kasus"), "number", 0),
        Column(_("Biasanya"), "number", 1, definition=_("rata-rata minggu yang sama tahun-tahun sebelumnya")),
        Column(_("Keterangan")),
        Column(_("Contoh"), "flag", definition=_("ya: memakai DATA CONTOH")),
    )
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        (one.period_end.date(), shown_value(one), _usual_of(one), one.reason, bool(one.is_sample))
        for one in reversed(rows)
    )
    return Table(columns, cells, name=_("Kasus DBD tiap minggu"), is_folded=True)


def _usual_of(row: Any) -> Cell:
    """What is usual for a week; where nothing says why it is missing, it would tell past counts of few persons."""
    usual = exact(row.denominator)
    return ValueStatus.WITHHELD.value if usual is None and not row.reason else usual


def stay_section(desk: Desk) -> Section:
    """The margin of each part to the next level, and the first one that would break it."""
    figure = desk.view.figures.get(LEVEL)
    if figure is None or figure.value is None:
        words = figure.reason if figure else _("Belum ada level.")
        return Section(STAY_TITLE, (Words(words),), clocks=desk.clocks_of(SOURCE))
    sentences = staying_sentences(desk, figure)
    title = STAY_TITLE if figure.value == 1 else _("Bagaimana kembali ke level 1")
    blocks = tuple(Words(sentence) for sentence in sentences)
    return Section(title, blocks, LOCAL, desk.clocks_of(SOURCE), figure.is_sample, LEVEL)


def areas_section(desk: Desk, filters: Filters) -> Section:
    """The level of each kecamatan as a tile map, and its numbers with the announced level."""
    areas = tuple(one for one in areas_of(desk) if not filters.kecamatan or one.region_code in filters.kecamatan)
    if not areas:
        return owed_section(desk, AREAS_TITLE, SOURCE)
    figure = desk.view.figures.get(LEVEL)
    columns = (
        Column(_("Kecamatan")),
        Column(_("Level"), "number", 0, definition=_("1 aman, 2 waspada, 3 siaga")),
        Column(_("Hitungan")),
        Column(_("Diumumkan"), definition=_("level resmi sebagaimana dikirim; tidak menggantikan hitungan")),
        Column(_("Kasus"), definition=WITHHELD.format(few=FEW)),
        Column(_("Biasanya"), "number", 1),
        Column(_("Belum siaga sampai"), "number", 0, definition=_("kasus terbanyak yang belum siaga")),
        Column(_("Keterangan")),
    )
    ordered = sorted(areas, key=lambda one: (-(one.level or 0), one.name))
    table = Table(columns, tuple(area_row(one) for one in ordered), name=_("DBD per kecamatan"))
    note = _("Level minggu terakhir. Ditandai: siaga. {period}.").format(period=figure.period_label if figure else "")
    blocks: tuple[Block, ...] = (*_map(areas, desk), Words(note, is_note=True), table)
    is_sample = any(one.is_sample for one in areas)
    return Section(AREAS_TITLE, blocks, "", desk.clocks_of(SOURCE), is_sample, LEVEL)


def _map(areas: tuple[AreaLevel, ...], desk: Desk) -> tuple[Chart, ...]:
    placed = tuple(one for one in areas if one.tile_column is not None)
    if not placed:
        return ()
    clocks = desk.clocks_of(SOURCE)
    marks = not clocks or any(clock.state is not ClockState.OVERDUE for clock in clocks)
    columns, rows = map_extent(placed)
    words = _("Level siaga DBD tiap kecamatan minggu terakhir")
    codes = {one.region_code for one in placed}
    outlines = tuple(one for one in desk.ask(queries.area_outlines) if one.region_code in codes)
    if covers(outlines, placed):
        arguments = (placed, outlines, LEVELS[ALERT], marks)
        return (
            Chart("dbd-areas", words, build_level_area_map, arguments, height_of(outlines, AREA_WIDTH), AREA_WIDTH),
        )
    size = (rows * TILE_HEIGHT, columns * TILE_WIDTH)
    return (Chart("dbd-areas", words, build_level_map, (placed, LEVELS[ALERT], marks), *size),)


def area_row(one: AreaLevel) -> tuple[Cell, ...]:
    level = None if one.level is None else Decimal(one.level)
    reason = one.reason or ("" if one.level_name else _("Belum melapor"))
    limit = None if one.limit is None else one.limit.to_integral_value(rounding="ROUND_FLOOR")
    cases = "" if one.level is None else f"{one.cases:.0f}" if one.cases is not None else ValueStatus.WITHHELD.value
    return (
        one.name, level, one.level_name, one.announced, cases,
        _known(one, one.usual), _known(one, limit), reason,
    )  # fmt: skip


def _known(one: AreaLevel, number: Decimal | None) -> Cell:
    """Of a kecamatan with a level every number is known; one that is not here is hidden from the reader."""
    return ValueStatus.WITHHELD.value if number is None and one.level is not None else number


def dengue_message(desk: Desk) -> str:
    """`DBD level 2 (waspada)`; "" before the first report or when nothing can be told."""
    figure = desk.view.figures.get(LEVEL)
    if figure is None or figure.value is None or figure.status is not ValueStatus.CALCULATED:
        return ""
    return _("DBD level {level:.0f} ({name})").format(level=figure.value, name=figure.predikat)
