"""Scene Smart Environment: air now and over thirty days, the rivers, and the year's waste against national targets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from gettext import gettext as _

from charts.air_days import asks_now, build_air_days, missing_words
from charts.formats import format_day, format_wall_number
from charts.lettering import without_shared_words
from charts.plan_bars import PlanBar, build_plan_bars
from charts.wall.bezels import is_panelled
from charts.wall.board import COMFORTABLE_TEXT, Board, Frame, Panel, card_panels, draw_board, foot_words, frame_board
from charts.wall.canvas import Canvas
from charts.wall.clock_words import overdue_of
from charts.wall.environment_cards import ISPU, MANAGED, air_card, river_card, waste_card
from charts.wall.geometry import Box, Geometry
from charts.wall.lists import ListRow, draw_list
from charts.wall.panels import LEAST_ROW, Plot, draw_plot, make_head
from charts.wall.ringkasan import is_wide
from charts.wall.sentences import owed_words
from warehouse.figures import WallView

TITLE = _("Smart Environment")
WASTE = (
    (MANAGED, _("Terkelola")),
    ("smart_environment.sampah_pengurangan", _("Dikurangi")),
    ("smart_environment.sampah_penanganan", _("Ditangani")),
)
LEAST_PLOT = (11.0, 4.6)  # width and height of a plot that still says something, of the base size


@dataclass(frozen=True)
class Detail:
    """How much is shown; the index of the day stays longest."""

    with_categories: bool = True
    with_stations: bool = True
    with_days: bool = True
    with_waste: bool = True
    with_river: bool = True


DROP_ORDER = (
    Detail(),
    Detail(False),
    Detail(False, False),
    Detail(False, False, with_river=False),
    Detail(False, False, with_waste=False),
    Detail(False, False, False),
    Detail(False, False, False, False),
)


def attempts(geometry: Geometry) -> Iterator[tuple[float, Detail]]:
    base = max(geometry.smallest_text, COMFORTABLE_TEXT)
    for detail in DROP_ORDER:
        yield base, detail


def draw(canvas: Canvas, view: WallView, detail: Detail) -> None:
    air, river = air_card(view, canvas.locale), river_card(view, canvas.locale) if detail.with_river else ()
    shown = [view.figures[key] for key, _name in WASTE if detail.with_waste and key in view.figures]
    samples = [figure.is_sample for figure in shown if figure.value is not None]
    sampled = [_("udara")] * (not air.is_missing) + [_("sungai")] * bool(river) + [_("sampah")] * bool(samples)
    until = _("ISPU s.d. {day}").format(day=format_day(view.air_days[-1].day, canvas.locale)) if view.air_days else ""
    frame = Frame(
        (_("Smart Environment"), _("udara, sungai dan sampah") if river else _("udara dan sampah")),
        foot_words(view, canvas.locale, ISPU, until),
        (*samples, *(card.is_sample for card in (air, *river) if not card.is_missing)),
        _("DATA CONTOH: {what}").format(what=_joined(sampled)),
    )
    stations = Panel(partial(draw_stations, view=view, with_categories=detail.with_categories))
    with_stations = detail.with_stations and len(view.air_stations) > 1
    as_list = (
        with_stations and is_wide(canvas.page.width, canvas.page.height) and not is_panelled(canvas)
    )  # a list has room of its own there
    days = Panel(partial(draw_days, view=view), 7, 4 if as_list else 5)
    waste = Panel(partial(draw_waste, view=view), 5, 3 if as_list else 4)
    beside = (stations,) if with_stations else card_panels([waste_card(view, canvas.locale, (_("Sampah terkelola"),))])
    cards, large = card_panels([air, *river]), (days,) * detail.with_days + (waste,) * detail.with_waste
    board = Board((*cards, *beside), large, across=1)
    if as_list:
        board = Board(cards, (*beside, *large), across=1, top_wide_span=2)
    draw_board(canvas, frame_board(canvas, view, frame), board)


def _joined(names: list[str]) -> str:
    """`udara, sungai dan sampah`."""
    return _("{first} dan {last}").format(first=", ".join(names[:-1]), last=names[-1]) if names[1:] else "".join(names)


def draw_stations(canvas: Canvas, box: Box, view: WallView, *, with_categories: bool) -> None:
    """Each station on the latest day, worst first."""
    names = without_shared_words([reading.station_name for reading in view.air_stations])
    rows = [
        ListRow(
            format_wall_number(reading.index, 0, canvas.locale),
            ((name, 6.0), *(((reading.category, 6.0), (reading.critical, 3.2)) if with_categories else ())),
            lead_width=2.6,
        )
        for reading, name in zip(view.air_stations, names, strict=True)
    ]
    with canvas.tile("list", box, ISPU):
        title = (_("Tiap stasiun, terburuk lebih dulu"), _("Tiap stasiun"))
        draw_list(canvas, box, rows, lambda _shown: make_head(view, ISPU, title), owed_words(view, ISPU))


def draw_days(canvas: Canvas, box: Box, view: WallView) -> None:
    """The worst station of each of the last thirty days; coloured only while the latest day asks for a response."""
    days, bands = view.air_days, view.air_bands
    current = asks_now(days, bands) and not overdue_of(view, ISPU)
    title = (_("ISPU 30 hari, stasiun terburuk"), _("ISPU 30 hari"))
    head = replace(make_head(view, ISPU, title, tuple(filter(None, (missing_words(days),)))), keeps_aside=True)
    known = any(day.index is not None for day in days)
    build = partial(build_air_days, days, bands, current) if known else None
    draw_plot(canvas, box, ISPU, Plot(head, build, LEAST_PLOT, owed_words(view, ISPU)))


def draw_waste(canvas: Canvas, box: Box, view: WallView) -> None:
    """Managed, reduced and handled shares of the year; the tick is the national target."""
    figures = [(name, view.figures.get(key)) for key, name in WASTE]
    bars = [PlanBar(name, figure.value, figure.target) for name, figure in figures if figure is not None]
    managed = view.figures.get(MANAGED)
    title = (_("Sampah {year}").format(year=managed.period_label if managed else "").strip(), _("Sampah"))
    note = (_("% timbulan, garis: target nasional"), _("garis: target nasional"), _("garis: target"))
    known = any(bar.actual is not None for bar in bars)
    build = partial(build_plan_bars, bars, against=_("target")) if known else None
    least = (LEAST_PLOT[0], LEAST_ROW * len(bars))
    draw_plot(
        canvas, box, MANAGED, Plot(make_head(view, MANAGED, title, note), build, least, owed_words(view, MANAGED))
    )
