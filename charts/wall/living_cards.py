"""The figures of scene Smart Living, in the order of a call."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from charts.formats import format_wall_number
from charts.wall.clock_words import Words, joined
from charts.wall.sentences import (
    FigureCard,
    FigureWords,
    by_name,
    calls_trend,
    figure_card,
    missing_card,
    until_words,
    usual_words,
)
from warehouse.figures import ActionItem, WallView

CALLS = "smart_living.panggilan_112"
ANSWERED = "smart_living.panggilan_dijawab"
ABANDONED = "smart_living.panggilan_putus"
ARRIVALS = "smart_living.tiba_15_menit"
FIRE = "smart_living.respons_kebakaran"
TICKETS = "smart_living.tiket_terbuka"
DENGUE, DENGUE_CASES = "smart_living.dbd_siaga", "smart_living.dbd_kasus"

IMPORTANCE = (CALLS, TICKETS, FIRE, DENGUE, ANSWERED, ABANDONED)  # the last is the first to go


def living_cards(view: WallView, locale: str, count: int) -> tuple[FigureCard, ...]:
    """The most important figures in the order of a call: offered, answered, arrived, still open; then dengue."""
    until = until_words(view, locale)
    calls = tuple(_("Panggilan {until}").format(until=words).strip() for words in until)
    short = tuple(_("112 {until}").format(until=words).strip() for words in until)
    abandoned = FigureWords(
        (_("Putus sebelum dijawab"), _("Putus tak dijawab"), _("Putus")), (), target(view, ABANDONED)
    )
    fire = (_("Respons kebakaran"), _("Respons damkar"), _("Damkar tiba"))
    offered = card(view, CALLS, FigureWords((*calls, *short, *until[1:]), (), calls_note(view, locale)), locale)
    figure = view.figures.get(CALLS)
    cards = (
        replace(offered, trend=calls_trend(view, figure)) if figure else offered,
        answered_card(view, locale),
        card(view, ABANDONED, abandoned, locale),
        replace(card(view, FIRE, FigureWords(fire, (), fire_note(view)), locale), unit=_("menit")),
        tickets_card(view, locale),
        dengue_card(view, locale),
    )
    return tuple(item for item in cards if item.indicator_id in IMPORTANCE[:count])


def answered_card(view: WallView, locale: str) -> FigureCard:
    words = FigureWords(
        titles(view, ANSWERED, _("Dijawab dalam batas"), _("Dijawab cepat")), (), target(view, ANSWERED)
    )
    return card(view, ANSWERED, words, locale)


def card(view: WallView, key: str, words: FigureWords, locale: str) -> FigureCard:
    """A missed target alone has no colour; an open action on the figure has."""
    figure = view.figures.get(key)
    if figure is None or figure.value is None:
        return missing_card(view, words.title, key)
    return figure_card(figure, words, locale, action_for(view, key))


def action_for(view: WallView, key: str) -> ActionItem | None:
    """What is asked on this figure; a late delivery is told by the figure's own clock."""
    return next((item for item in view.actions if item.indicator_id == key and item.severity != "data"), None)


def titles(view: WallView, key: str, *shorter: str) -> Words:
    figure = view.figures.get(key)
    return (figure.title, *shorter) if figure else shorter


def target(view: WallView, key: str) -> Words:
    figure = view.figures.get(key)
    return (figure.target_label, "") if figure else ("",)


def usual_short(view: WallView, locale: str) -> Words:
    figure = view.figures.get(CALLS)
    return usual_words(figure, locale)[-1:] if figure else ("",)


def calls_note(view: WallView, locale: str) -> Words:
    """What is usual; in a surge what surged, for the day as a whole may still be usual."""
    action = action_for(view, CALLS)
    surge = action.detail.split(" · ", maxsplit=1)[0] if action else ""
    return (surge, surge.split(",", maxsplit=1)[0]) if surge else usual_short(view, locale)


def fire_note(view: WallView) -> Words:
    """The statistic is named: the standard is judged on the mean."""
    figure = view.figures.get(FIRE)
    label = figure.target_label if figure else ""
    mean = _("rata-rata")
    return (f"{mean} · {label}", f"{mean}, {label}", mean) if label else (mean,)


def tickets_card(view: WallView, locale: str) -> FigureCard:
    """Tickets older than the region's limit, and the age of the oldest."""
    hours = view.open_ticket_hours
    title = (
        _("Tiket lebih dari {hours} jam").format(hours=hours),
        _("Tiket > {hours} jam").format(hours=hours),
        _("Tiket lama"),
    )
    figure = view.figures.get(TICKETS)
    open_count = None if figure is None else figure.denominator
    count_words = (
        "" if open_count is None else _("{count} terbuka").format(count=format_wall_number(open_count, 0, locale))
    )
    reason = figure.reason if figure and figure.value is not None else ""
    oldest = reason.split(";", maxsplit=1)[0]  # behind it: whose reports are missing
    note: Words = (joined((reason, count_words)), joined((oldest, count_words)), reason, oldest or count_words, "")
    return card(view, TICKETS, FigureWords(title, (), note), locale)


def dengue_card(view: WallView, locale: str) -> FigureCard:
    """The level of the newest week in a word, and the cases against what is usual; a colour only on alert."""
    figure, cases = view.figures.get(DENGUE), view.figures.get(DENGUE_CASES)
    title: Words = (_("Level siaga DBD"), _("Level DBD"), _("DBD"))
    if figure is None or figure.value is None:
        return missing_card(view, title, DENGUE)
    counted = ""
    if cases is not None and cases.value is not None and cases.denominator is not None:
        counted = _("{count} kasus, biasa {usual}").format(
            count=format_wall_number(cases.value, 0, locale), usual=format_wall_number(cases.denominator, 0, locale)
        )
    level = _("level {level}").format(level=format_wall_number(figure.value, 0, locale))
    note: Words = (joined((level, counted)), joined((level, counted.split(",")[0])), level)
    return by_name(figure, figure_card(figure, FigureWords(title, (), note), locale, action_for(view, DENGUE)))
