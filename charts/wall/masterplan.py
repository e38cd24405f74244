"""Scene Masterplan: realised against planned, by dimension, who carries what together, and who has not reported."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from gettext import gettext as _

from charts.formats import format_number
from charts.plan_bars import PlanBar, build_plan_bars
from charts.roadmap import build_roadmap
from charts.s_curve import build_s_curve, has_gap, last_reported
from charts.wall.bezels import is_panelled
from charts.wall.board import (
    BOTTOM_HEIGHT,
    COMFORTABLE_TEXT,
    Board,
    Frame,
    Panel,
    card_panels,
    draw_board,
    foot_words,
    frame_board,
)
from charts.wall.canvas import Canvas
from charts.wall.geometry import Box, Geometry
from charts.wall.lists import MOST_ROWS, ListRow, draw_list
from charts.wall.masterplan_cards import JOINT, PHYSICAL, furthest_behind, masterplan_cards, opd_words
from charts.wall.panels import LEAST_ROW, Head, Plot, draw_plot, make_head
from charts.wall.ringkasan import is_wide
from charts.wall.sentences import owed_words
from warehouse.figures import WallView

TITLE = _("Masterplan")
LIST_COLUMNS, ROADMAP_COLUMNS = 7, 5
ROADMAP_HEIGHT = 10.4  # of the base size
LEAST_CELL = 1.3  # height of a row of the roadmap, of the base size
LEAST_PLOT = (13.0, 5.0)  # width and height of a plot that still says something, of the base size


@dataclass(frozen=True)
class Detail:
    """How much is shown; the realised shares stay longest."""

    figures: int = 4
    with_curve: bool = True
    with_dimensions: bool = True
    with_list: bool = True
    with_roadmap: bool = False


DROP_ORDER = (
    Detail(with_roadmap=True),
    Detail(),
    Detail(with_list=False),
    Detail(3, with_list=False),
    Detail(with_list=False, with_dimensions=False),
    Detail(3, with_list=False, with_dimensions=False),
    Detail(4, False, False, False),
    Detail(2, False, False, False),
)


def attempts(geometry: Geometry) -> Iterator[tuple[float, Detail]]:
    base = max(geometry.smallest_text, COMFORTABLE_TEXT)
    for detail in DROP_ORDER:
        yield base, detail


def draw(canvas: Canvas, view: WallView, detail: Detail) -> None:
    is_long = is_wide(canvas.page.width, canvas.page.height) and not is_panelled(canvas)
    canvas.require(not (detail.with_roadmap and is_long))  # beside all others it would leave names no room
    cards = masterplan_cards(view, canvas.locale, detail.figures)
    figure = view.figures.get(PHYSICAL)
    month = figure.period_label if figure and figure.value is not None else ""
    until = _("laporan s.d. {month}").format(month=month) if month else ""
    frame = Frame(
        (_("Masterplan"), _("rencana dan realisasi program")),
        foot_words(view, canvas.locale, PHYSICAL, until),
        tuple(card.is_sample for card in cards if not card.is_missing),
        _("DATA CONTOH: masterplan"),
    )
    wide = 2 if detail.with_roadmap else 3
    curve = Panel(partial(draw_curve, view=view), 6, wide)
    dimensions = Panel(partial(draw_dimensions, view=view), 6, wide)
    board = Board(
        card_panels(cards),
        (curve,) * detail.with_curve + (dimensions,) * detail.with_dimensions,
        (Panel(partial(draw_behind, view=view), LIST_COLUMNS, wide),) * detail.with_list
        + (Panel(partial(draw_roadmap, view=view), ROADMAP_COLUMNS),) * detail.with_roadmap,
        bottom_height=ROADMAP_HEIGHT if detail.with_roadmap else BOTTOM_HEIGHT,
    )
    draw_board(canvas, frame_board(canvas, view, frame), board)


def draw_curve(canvas: Canvas, box: Box, view: WallView) -> None:
    """Physical realisation of the whole masterplan over the running year."""
    curve = view.physical_curve
    year = str(curve[0].month.year) if curve else ""
    title = (_("Fisik {year}").format(year=year).strip(),)
    dashed = _("putus-putus: rencana")
    gap = (_("{dashed}, celah: tanpa laporan").format(dashed=dashed),) if has_gap(curve) else ()
    head = replace(make_head(view, PHYSICAL, title, (*gap, dashed)), keeps_aside=True)
    build = None if last_reported(curve) is None else partial(build_s_curve, curve, names_plan=False)
    draw_plot(canvas, box, PHYSICAL, Plot(head, build, LEAST_PLOT, owed_words(view, PHYSICAL)))


def draw_dimensions(canvas: Canvas, box: Box, view: WallView) -> None:
    """Physical realisation of each dimension; the tick is its plan."""
    bars = [PlanBar(item.name, item.physical_actual_pct, item.physical_plan_pct) for item in view.dimensions]
    head = make_head(view, PHYSICAL, (_("Fisik tiap dimensi"), _("Tiap dimensi")), (_("garis: rencana"),))
    build = partial(build_plan_bars, bars) if any(bar.actual is not None for bar in bars) else None
    least = (LEAST_PLOT[0], LEAST_ROW * len(bars))
    draw_plot(canvas, box, PHYSICAL, Plot(head, build, least, owed_words(view, PHYSICAL)))


def draw_roadmap(canvas: Canvas, box: Box, view: WallView) -> None:
    """All years of the masterplan: how many programmes of each horizon run in them."""
    years = [year for stage in view.roadmap for year, _count in stage.counts]
    title = (_("Peta jalan {first}–{last}").format(first=min(years), last=max(years)),) if years else (_("Peta jalan"),)
    head = make_head(view, JOINT, title, (_("program tiap tahun"), ""))
    build = partial(build_roadmap, view.roadmap, view.instant.year) if years else None
    least = (LEAST_PLOT[0], LEAST_CELL * (len(view.roadmap) + 1))
    draw_plot(canvas, box, JOINT, Plot(head, build, least, owed_words(view, JOINT)))


def draw_behind(canvas: Canvas, box: Box, view: WallView) -> None:
    """Programmes furthest behind their physical plan, with every agency that carries them."""
    behind = furthest_behind(view)
    rows = [
        ListRow(
            _("{points} poin").format(points=format_number(abs(points), 1, canvas.locale)),
            ((line.programme_name, 20.0), (opd_words(line), 12.0)),
            lead_width=5.6,
        )
        for line, points in behind[:MOST_ROWS]
    ]

    def heading(shown: int) -> Head:
        counts = {"shown": shown, "behind": len(behind), "all": len(view.programmes)}
        aside = _("{shown} dari {behind} yang tertinggal, {all} program").format(**counts)
        title = (_("Paling tertinggal dari rencana fisik"), _("Paling tertinggal"))
        return make_head(view, PHYSICAL, title, (aside, "") if shown else ())

    known = any(line.physical_deviation is not None for line in view.programmes)
    empty = (_("tidak ada program yang tertinggal"),) if known else owed_words(view, PHYSICAL)
    with canvas.tile("list", box, PHYSICAL):
        draw_list(canvas, box, rows, heading, empty)
