"""The figures of scene Smart Living in order of importance: the last one is the first to go."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from charts.formats import format_wall_number
from charts.wall.sentences import (
    FigureCard,
    FigureWords,
    Words,
    age_words,
    figure_card,
    missing_card,
    until_words,
    usual_words,
)
from warehouse.figures import ActionItem, WallView

CALLS = "smart_living.panggilan_112"
ANSWERED = "smart_living.panggilan_dijawab"
ABANDONED = "smart_living.panggilan_putus"
FIRE = "smart_living.respons_kebakaran"
TICKETS = "smart_living.tiket_terbuka"


def living_cards(view: WallView, locale: str) -> tuple[FigureCard, ...]:
    """Calls, answered, fire response, open tickets, abandoned; a missed target alone has no colour."""
    until = until_words(view, locale)
    calls = tuple(_("Panggilan {until}").format(until=words).strip() for words in until)
    short = tuple(_("112 {until}").format(until=words).strip() for words in until)
    return (
        card(view, CALLS, (*calls, *short, _("Panggilan")), usual_short(view, locale), locale),
        card(view, ANSWERED, titles(view, ANSWERED, _("Dijawab cepat"), _("Dijawab")), target(view, ANSWERED), locale),
        card(view, FIRE, (_("Respons kebakaran"), _("Respons api"), _("Kebakaran")), fire_note(view), locale),
        tickets_card(view, locale),
        card(view, ABANDONED, (_("Putus sebelum dijawab"), _("Putus")), target(view, ABANDONED), locale),
    )


def card(view: WallView, key: str, title: Words, note: Words, locale: str) -> FigureCard:
    figure = view.figures.get(key)
    if figure is None or figure.value is None:
        return missing_card(title, figure, key)
    return figure_card(figure, FigureWords(title, (), note), locale, action_for(view, key))


def action_for(view: WallView, key: str) -> ActionItem | None:
    return next((item for item in view.actions if item.indicator_id == key), None)


def titles(view: WallView, key: str, *shorter: str) -> Words:
    figure = view.figures.get(key)
    return (figure.title, *shorter) if figure else shorter


def target(view: WallView, key: str) -> Words:
    figure = view.figures.get(key)
    return (figure.target_label, "") if figure else ("",)


def usual_short(view: WallView, locale: str) -> Words:
    figure = view.figures.get(CALLS)
    return usual_words(figure, locale)[-1:] if figure else ("",)


def fire_note(view: WallView) -> Words:
    """The statistic is named: the standard is judged on the mean."""
    figure = view.figures.get(FIRE)
    label = figure.target_label if figure else ""
    mean = _("rata-rata menit")
    return (f"{mean} · {label}", _("menit · {label}").format(label=label), mean) if label else (mean, _("menit"))


def tickets_card(view: WallView, locale: str) -> FigureCard:
    """Tickets older than the region's limit, and the age of the oldest."""
    hours = view.open_ticket_hours
    title = (
        _("Tiket lebih dari {hours} jam").format(hours=hours),
        _("Tiket > {hours} jam").format(hours=hours),
        _("Tiket lama"),
    )
    figure = view.figures.get(TICKETS)
    if figure is None or figure.value is None:
        return missing_card(title, figure, TICKETS)
    old = [ticket for ticket in view.open_tickets if ticket.age_hours >= hours]
    open_count = format_wall_number(len(view.open_tickets), 0, locale)
    note: Words = (_("{count} terbuka").format(count=open_count),)
    if old:
        note = (_("tertua {age}").format(age=age_words(old[0].age_hours)),)
    made = figure_card(figure, FigureWords(title, (), note), locale, action_for(view, TICKETS))
    value = format_wall_number(len(old), 0, locale)
    return replace(made, value=value, note=made.note if made.is_overdue else note)
