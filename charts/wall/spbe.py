"""Scene SPBE: the last result with its year as a compact card, each domain beside others of the province, what is near.

A yearly index asks nobody for a response: it has no colour here, and what was never delivered is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from gettext import gettext as _

from charts.formats import format_number
from charts.plan_bars import PlanBar, build_plan_bars
from charts.wall.board import COMFORTABLE_TEXT, Board, Frame, Panel, card_panels, draw_board, foot_words, frame_board
from charts.wall.canvas import Canvas
from charts.wall.clock_words import Words, joined, state_words
from charts.wall.geometry import Box, Geometry
from charts.wall.lists import ListRow, draw_list
from charts.wall.panels import LEAST_ROW, Head, Plot, draw_plot, make_head
from charts.wall.sentences import (
    PEMDI_FIRST_YEAR,
    FigureCard,
    FigureWords,
    change_words,
    figure_card,
    missing_card,
    owed_words,
)
from warehouse.figures import WallView
from warehouse.spbe_card import SpbeCard

TITLE = _("SPBE")
INDEX = "spbe.indeks"
MOST_CARDS = 4
LEAST_PLOT = 13.0  # width of bars that still say something, of the base size


@dataclass(frozen=True)
class Detail:
    """How much is shown; the index stays longest."""

    cards: int = 4
    with_domains: bool = True
    with_nearest: bool = True


DROP_ORDER = (
    Detail(),
    Detail(with_nearest=False),
    Detail(3, with_nearest=False),
    Detail(4, False, False),
    Detail(2, False, False),
)


def attempts(geometry: Geometry) -> Iterator[tuple[float, Detail]]:
    base = max(geometry.smallest_text, COMFORTABLE_TEXT)
    for detail in DROP_ORDER:
        yield base, detail


def draw(canvas: Canvas, view: WallView, detail: Detail) -> None:
    cards = spbe_cards(view, canvas.locale, detail.cards)
    year = _("hasil tahun {year}").format(year=view.spbe.year) if view.spbe else ""
    frame = Frame(
        (_("SPBE"), _("pemerintahan berbasis elektronik")),
        foot_words(view, canvas.locale, INDEX, year),
        tuple(card.is_sample for card in cards if not card.is_missing),
        _("DATA CONTOH: SPBE"),
    )
    domains, nearest = Panel(partial(draw_domains, view=view), 7, 5), Panel(partial(draw_nearest, view=view), 5, 4)
    board = Board(
        card_panels(cards),
        (domains,) * detail.with_domains,
        (nearest,) * detail.with_nearest,
    )
    draw_board(canvas, frame_board(canvas, view, frame), board)


def spbe_cards(view: WallView, locale: str, count: int) -> tuple[FigureCard, ...]:
    """The index, what is missing to the next predikat, others of the province, and the index that follows SPBE."""
    figure = view.figures.get(INDEX)
    if figure is None or figure.value is None:
        return (missing_card(view, (_("Indeks SPBE"),), INDEX), pemdi_card(view))
    title = tuple(words.format(year=figure.period_label) for words in (_("Indeks SPBE {year}"), _("SPBE {year}")))
    note = (joined((figure.predikat, change_words(figure, locale))), figure.predikat, "")
    index = figure_card(figure, FigureWords((*title, _("SPBE")), (), note), locale)
    card = view.spbe
    if card is None:
        return (index, pemdi_card(view))
    is_sample = index.is_sample
    peers = (peers_card(card, is_sample, locale),) if count >= MOST_CARDS else ()  # bars show the others too
    delivered = (next_card(card, is_sample, locale), *peers)
    stated = (one if one.is_missing else replace(one, state=index.state) for one in delivered)
    return (index, *stated, pemdi_card(view))[:count]


def next_card(card: SpbeCard, is_sample: bool, locale: str) -> FigureCard:
    if card.missing is None or card.next_lower is None:
        highest = (_("Predikat tertinggi"), _("Tertinggi"))
        return FigureCard(highest, _("tercapai"), (), (), None, INDEX, is_sample, True)
    title = (_("Kurang ke {name}").format(name=card.next_name), _("Kurang"))
    note = (_("{name} mulai {lower}").format(name=card.next_name, lower=number(card.next_lower, locale)),
            _("mulai {lower}").format(lower=number(card.next_lower, locale)))  # fmt: skip
    return FigureCard(title, number(card.missing, locale), (), note, None, INDEX, is_sample)


def peers_card(card: SpbeCard, is_sample: bool, locale: str) -> FigureCard:
    """Others of the province as far as they were delivered; the nation only when more than one province was."""
    if card.peer_mean is None or card.peer_best is None:
        nobody = (_("Pembanding {group}").format(group=card.group_name), _("Pembanding"))
        return FigureCard(nobody, _("tidak ada data"), (), (), None, INDEX, is_sample, True)
    if len(card.peer_names) == 1:
        title: Words = (short_name(card.peer_names[0]), _("Pembanding"))
        note: Words = (_("satu-satunya pembanding"), _("pembanding"))
    else:
        title = (
            _("Rata-rata {count} lain di {group}").format(count=len(card.peer_names), group=card.group_name),
            _("Rata-rata {count} lain").format(count=len(card.peer_names)),
            _("Lainnya"),
        )
        note = (_("tertinggi {best}").format(best=number(card.peer_best, locale)), "")
    if card.national_best is not None:
        national = _("nasional tertinggi {best}").format(best=number(card.national_best, locale))
        note = (joined((note[0], national)), *note)
    return FigureCard(title, number(card.peer_mean, locale), (), note, None, INDEX, is_sample)


def pemdi_card(view: WallView) -> FigureCard:
    """The index that follows; what was not delivered is said, never drawn as zero."""
    title = (_("Indeks Pemdi {year}").format(year=PEMDI_FIRST_YEAR), _("Pemdi"))
    begins = view.instant.year < PEMDI_FIRST_YEAR
    value = _("belum berlaku") if begins else _("belum ada hasil")
    return FigureCard(title, value, (), (_("menggantikan SPBE"), ""), None, INDEX, False, True)


def short_name(name: str) -> str:
    return name.removeprefix("Pemerintah ")


def number(value: Decimal, locale: str) -> str:
    return format_number(value, 2, locale)


def against_words(card: SpbeCard) -> str:
    """What the tick is."""
    if len(card.peer_names) == 1:
        return short_name(card.peer_names[0])
    return _("rata-rata {group}").format(group=card.group_name)


def draw_domains(canvas: Canvas, box: Box, view: WallView) -> None:
    """Each domain on the scale of levels; the tick is the mean of the others."""
    card = view.spbe
    title = (_("Tiap domain {year}").format(year=card.year) if card else _("Tiap domain"), _("Domain"))
    bars = [PlanBar(domain.name, domain.value, domain.peers) for domain in card.domains] if card else []
    note: Words = (_("tingkat 1 sampai {top}").format(top=card.highest_level if card else 5), "")
    if card is not None and any(bar.plan is not None for bar in bars):
        note = (_("garis: {against}").format(against=against_words(card)), _("garis: pembanding"))
    known = any(bar.actual is not None for bar in bars)
    full = Decimal(card.highest_level) if card else None
    against = _("rata-rata") if card is not None and len(card.peer_names) > 1 else _("pembanding")
    build = partial(build_plan_bars, bars, against=against, full=full) if known else None
    least = (LEAST_PLOT, LEAST_ROW * len(bars))
    draw_plot(canvas, box, INDEX, Plot(make_head(view, INDEX, title, note), build, least, owed_words(view, INDEX)))


def draw_nearest(canvas: Canvas, box: Box, view: WallView) -> None:
    """Domains that alone would bring the next predikat; what the weights allow, no advice."""
    card = view.spbe
    rows = []
    for domain in card.nearest if card else ():
        value, needed = domain.value or Decimal(0), domain.needed or Decimal(0)
        becomes = _("menjadi {value}").format(value=number(needed, canvas.locale))
        rows.append(
            ListRow(f"+{number(needed - value, canvas.locale)}", ((domain.name, 9.0), (becomes, 6.0)), lead_width=3.6)
        )
    name = card.next_name if card else ""
    title = (_("Satu domain saja ke {name}").format(name=name), _("Jalan terdekat")) if name else (_("Jalan terdekat"),)
    empty = (_("tidak ada satu domain yang cukup sendiri"), _("tidak ada")) if card else owed_words(view, INDEX)
    head = Head(title, state=state_words(view.figures.get(INDEX)))
    with canvas.tile("list", box, INDEX):
        draw_list(canvas, box, rows, lambda _shown: head, empty)
