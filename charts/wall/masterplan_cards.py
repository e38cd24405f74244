"""The figures of scene Masterplan, and which programmes are behind; a missed plan is a word, never a colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from gettext import gettext as _

from charts.formats import format_deviation, format_number, round_half_up
from charts.wall.clock_words import Words
from charts.wall.sentences import FigureCard, FigureWords, figure_card, missing_card
from charts.wall.trend_line import Trend
from warehouse.figures import Figure, ProgrammeLine, WallView

PHYSICAL, PHYSICAL_GAP = "masterplan.realisasi_fisik", "masterplan.deviasi_fisik"
FINANCIAL, FINANCIAL_GAP = "masterplan.serapan", "masterplan.deviasi_keuangan"
JOINT = "masterplan.keroyokan"
UNREPORTED = "masterplan.tanpa_laporan"
IMPORTANCE = (PHYSICAL, FINANCIAL, UNREPORTED, JOINT)  # the last is the first to go


def masterplan_cards(view: WallView, locale: str, count: int) -> tuple[FigureCard, ...]:
    physical = (_("Realisasi fisik"), _("Fisik"))
    financial = (_("Serapan anggaran"), _("Serapan"))
    cards = (
        _realised(view, PHYSICAL, FigureWords(physical, (), _gap_words(view, PHYSICAL_GAP, locale)), locale),
        _realised(view, FINANCIAL, FigureWords(financial, (), _gap_words(view, FINANCIAL_GAP, locale)), locale),
        _joint_card(view, locale),
        _unreported_card(view, locale),
    )
    return tuple(card for card in cards if card.indicator_id in IMPORTANCE[:count])


def furthest_behind(view: WallView) -> list[tuple[ProgrammeLine, Decimal]]:
    """Programmes behind their physical plan as last reported, most points first."""
    known = [(line, line.physical_deviation) for line in view.programmes]
    behind = [(line, points) for line, points in known if points is not None and round_half_up(points, 1) < 0]
    return sorted(behind, key=lambda item: (item[1], item[0].programme_code))


def opd_words(line: ProgrammeLine) -> Words:
    """`DPUPR bersama DLH, DINKES`: who leads, then who helps carry it."""
    if not line.is_joint:
        return (line.lead_opd_code,)
    return tuple(
        _("{lead} bersama {others}").format(lead=line.lead_opd_code, others=others)
        for others in (*shortened(line.contributor_opd_codes), _("{n} OPD").format(n=len(line.contributor_opd_codes)))
    )


def shortened(names: Sequence[str]) -> Words:
    """`DLH, DINKES, DPMD`, then `DLH, DINKES dan 1 lain`, down to one name."""
    more = _("{names} dan {count} lain")
    whole = ", ".join(names)
    cut = range(len(names) - 1, 0, -1)
    return (whole, *(more.format(names=", ".join(names[:shown]), count=len(names) - shown) for shown in cut))


def _realised(view: WallView, key: str, words: FigureWords, locale: str) -> FigureCard:
    """A share of the running year, with the month it runs to."""
    figure = view.figures.get(key)
    if figure is None or figure.value is None:
        return missing_card(view, words.title, key)
    month = figure.period_label
    dated = tuple(_("{title} s.d. {month}").format(title=title, month=month) for title in words.title)
    short = tuple(f"{title}, {month.split()[0]}" for title in words.title if month)
    card = figure_card(figure, replace(words, title=(*dated, *short, *words.title)), locale)
    return replace(card, trend=Trend(figure.trend))  # the plan of one month is no limit of the others


def _gap_words(view: WallView, key: str, locale: str) -> Words:
    figure = view.figures.get(key)
    if figure is None or figure.value is None:
        return ("",)
    words = format_deviation(figure.value, figure.decimals, locale)
    is_on_plan = round_half_up(figure.value, figure.decimals) == 0
    return (words,) if is_on_plan else (_("{deviation} dari rencana").format(deviation=words), words)


def _joint_card(view: WallView, locale: str) -> FigureCard:
    title: Words = (_("Program keroyokan"), _("Keroyokan"))
    figure = view.figures.get(JOINT)
    if figure is None or figure.value is None:
        return missing_card(view, title, JOINT)
    counts = _counts(figure, locale)
    note = (_("{counts} program, 2 OPD atau lebih").format(counts=counts), _("{counts} program").format(counts=counts))
    return figure_card(figure, FigureWords(title, (), (*note, counts)), locale)


def _unreported_card(view: WallView, locale: str) -> FigureCard:
    """Programmes without the report that is due, and the agencies that owe most of them."""
    title: Words = (_("Program tanpa laporan"), _("Tanpa laporan"))
    figure = view.figures.get(UNREPORTED)
    if figure is None or figure.value is None:
        return missing_card(view, title, UNREPORTED)
    month = figure.period_label
    name = month.split()[0] if month else ""
    dated = (f"{title[0]} {month}", f"{title[1]} {month}", f"{title[1]} {name[:3] if name.isalpha() else name}".strip())
    count = format_number(figure.denominator, 0, locale)
    whole = _("dari {count} program").format(count=count)
    owing = Counter(line.lead_opd_code for line in view.programmes if not line.is_reported).most_common()
    names = shortened([opd for opd, _count in owing]) if owing else ()
    short = tuple(_("dari {count}: {names}").format(count=count, names=words) for words in names[-1:])
    note = (*(_("{whole}: {names}").format(whole=whole, names=words) for words in names), *short, whole)
    return figure_card(figure, FigureWords((*dated, *title), (), note), locale)


def _counts(figure: Figure, locale: str) -> str:
    """`20 dari 60`."""
    parts = {"part": format_number(figure.numerator, 0, locale), "whole": format_number(figure.denominator, 0, locale)}
    return _("{part} dari {whole}").format(**parts)
