"""What the air, the rivers and the waste of a region say in one figure tile each."""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from charts.air_days import is_marked
from charts.formats import format_date, format_day, format_value
from charts.theme import Severity
from charts.wall.clock_words import Words, joined
from charts.wall.living_cards import action_for
from charts.wall.sentences import FigureCard, FigureWords, by_name, change_words, figure_card, missing_card
from warehouse.figures import AirReading, Figure, ValueStatus, WallView

ISPU = "smart_environment.ispu"
MANAGED, RIVER = "smart_environment.sampah_terkelola", "smart_environment.siaga_sungai"


def environment_card(view: WallView, locale: str) -> FigureCard:
    """Air of the latest day where it is measured, else managed waste of the latest year."""
    title: Words = (_("Smart Environment"), _("Environment"))
    air = view.figures.get(ISPU)
    if air is not None and air.value is not None:
        category, pollutant, _station = _air_words(view, air)
        ispu = _("ISPU {category}").format(category=category).strip()
        caption: Words = (f"{ispu}, {pollutant}" if pollutant else ispu, ispu, category or _("ISPU"), _("ISPU"), "")
        return figure_card(air, FigureWords(title, caption, _place_words(view, air, locale)), locale)
    return waste_card(view, locale, title)


def waste_card(view: WallView, locale: str, title: Words) -> FigureCard:
    """Managed waste of the latest year; a missed yearly target is a word, not an alarm."""
    figure = view.figures.get(MANAGED)
    if figure is None or figure.value is None:
        return missing_card(view, title, MANAGED)
    dated: Words = (_("{title} {year}").format(title=title[0], year=figure.period_label), *title)
    caption: Words = (_("sampah terkelola"), _("terkelola"), "") if len(title) > 1 else ()
    change = change_words(figure, locale)
    note = (joined((figure.target_label, change)), figure.target_label or change, "")
    return figure_card(figure, FigureWords(dated, caption, note), locale)


def air_card(view: WallView, locale: str) -> FigureCard:
    """ISPU of the latest day: category, critical pollutant and station; a colour only from Tidak Sehat on."""
    figure = view.figures.get(ISPU)
    title: Words = (_("Mutu udara (ISPU)"), _("ISPU"))
    if figure is None or figure.value is None:
        return missing_card(view, title, ISPU)
    reading = _worst_station(view)
    day = _("ISPU {day}").format(day=format_day(reading.day, locale)) if reading else _("ISPU")
    dated = _("Mutu udara, {day}").format(day=day)
    category, pollutant, station = _air_words(view, figure)
    words = joined((category, pollutant, station))
    note = (joined((words, figure.target_label)), words, joined((category, pollutant)), category, "")
    card = figure_card(figure, FigureWords((dated, day, _("ISPU")), (), note), locale)
    if card.is_overdue or reading is None or not is_marked(reading, view.air_bands):
        return card
    action = action_for(view, ISPU)
    severity: Severity = action.severity if action else "perlu tindakan"
    return replace(card, severity=severity)


def river_card(view: WallView, locale: str) -> tuple[FigureCard, ...]:
    """The level of the worst post of the day in a word; nothing before the first reading, a colour only in alarm."""
    figure = view.figures.get(RIVER)
    if figure is None or not figure.period_label or figure.status is ValueStatus.NOT_APPLICABLE:
        return ()
    title: Words = (_("Siaga sungai tertinggi sehari"), _("Siaga sungai"), _("Sungai"))
    if figure.value is None:
        return (missing_card(view, title, RIVER),)
    level = _("tingkat {level}").format(level=format_value(figure.value, "", figure.decimals, locale))
    highest = _("{level}, tertinggi {day}").format(level=level, day=_day_words(figure, locale))  # may have fallen since
    note: Words = (joined((highest, figure.determinant)), highest, _("{level}, tertinggi").format(level=level), level)
    return (by_name(figure, figure_card(figure, FigureWords(title, (), note), locale, action_for(view, RIVER))),)


def _day_words(figure: Figure, locale: str) -> str:
    """`21 Nov` of a figure of one day."""
    until = figure.clock.data_until
    is_its_day = until is not None and format_date(until.date(), locale) == figure.period_label
    return format_day(until.date(), locale) if until is not None and is_its_day else figure.period_label


def _worst_station(view: WallView) -> AirReading | None:
    return view.air_stations[0] if view.air_stations else None


def _air_words(view: WallView, figure: Figure) -> tuple[str, str, str]:
    """Category, critical pollutant and station of the region's worst reading."""
    reading = _worst_station(view)
    if reading is None:
        return figure.predikat, figure.determinant, ""
    return reading.category or figure.predikat, reading.critical or figure.determinant, reading.station_name


def _place_words(view: WallView, figure: Figure, locale: str) -> Words:
    """`Mojosari · 20 Nov`."""
    reading = _worst_station(view)
    if reading is None:
        return (figure.period_label, "")
    days = (format_date(reading.day, locale), format_day(reading.day, locale))
    return (joined((reading.station_name, days[1])), days[1], "")
