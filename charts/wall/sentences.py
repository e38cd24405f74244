"""What the tiles say, longest variant first; sentences state figures and never a cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from gettext import gettext as _

from charts.formats import (
    DEFAULT_LOCALE,
    format_change,
    format_day,
    format_delay,
    format_number,
    format_short_date,
    format_time,
    format_value,
    format_wall_number,
    no_data_text,
)
from charts.theme import Severity
from charts.wall.clock_words import Words, joined, overdue_words, state_words
from charts.wall.trend_line import Trend, trend_of
from warehouse.figures import ActionItem, ClockReading, ClockState, Figure, ValueStatus, WallView

UNREAD_MARK = "†"  # as of `warehouse.rules.packs`: beside a limit whose source nobody has read
PEMDI_FIRST_YEAR = 2026  # Indeks Pemdi follows SPBE from this year; no result has been delivered
HOURS_PER_DAY = 24
LEAST_EVENTS = 30  # a share of fewer is shown as counts
COUNTED = "smart_living."  # shares whose parts are events, not tonnes
MEANS = ("smart_living.respons_kebakaran",)  # figures judged on their mean: it is named


@dataclass(frozen=True)
class FigureCard:
    """Everything one figure tile says; `is_missing` puts words where the number would be."""

    title: Words
    value: str
    caption: Words
    note: Words
    severity: Severity | None
    indicator_id: str
    is_sample: bool
    is_missing: bool = False
    unit: str = ""  # small beside the number, where no note says it
    is_word: bool = False  # a level told by its name: letters reach below the line, digits do not
    state: Words = ()  # of its delivery, longest first; what is late is told by the note
    trend: Trend = field(default_factory=Trend)
    change: str = ""  # in a word, where the trend is too short for a line

    @property
    def is_overdue(self) -> bool:
        return self.severity == "data"


def spelled_out(view: WallView) -> WallView:
    """The view with the mark of a limit nobody has read in words: a wall has no hover, and a legend is far from it."""
    return replace(
        view,
        figures={key: _without_mark(figure) for key, figure in view.figures.items()},
        nearest_to_limit=tuple(_without_mark(figure) for figure in view.nearest_to_limit),
    )


def _without_mark(figure: Figure) -> Figure:
    label = figure.target_label.replace(f" {UNREAD_MARK}", _(", belum diverifikasi"))
    return figure if label == figure.target_label else replace(figure, target_label=label)


def value_words(figure: Figure, locale: str, *, with_unit: bool = True) -> str:
    """`13,1 menit`; a share of fewer than 30 calls or incidents is told in counts: `5 dari 6`."""
    part, whole = figure.numerator, figure.denominator
    counted = figure.unit == "%" and figure.indicator_id.startswith(COUNTED)
    if counted and part is not None and whole is not None and 0 < whole < LEAST_EVENTS:
        counts = {"part": format_number(part, 0, locale), "whole": format_number(whole, 0, locale)}
        return _("{part} dari {whole}").format(**counts)
    unit = figure.unit if with_unit or figure.unit == "%" else ""
    return format_value(figure.value, unit, figure.decimals, locale)


def owner_words(view: WallView, indicator_id: str) -> str:
    """`dari DLH` or `dari 30 OPD`: whose deliveries a tile is waiting for; "" when nobody is declared."""
    figure = view.figures.get(indicator_id)
    source = figure.clock.source_id if figure else ""
    senders = {clock.opd_code for clock in view.clocks if clock.source_id == source and clock.opd_code}
    if not senders:
        return ""
    owner = senders.pop() if len(senders) == 1 else _("{count} OPD").format(count=len(senders))
    return _("dari {opd}").format(opd=owner)


def missing_card(view: WallView, title: Words, indicator_id: str) -> FigureCard:
    """Words instead of a number: why, or who owes it."""
    figure = view.figures.get(indicator_id)
    if figure is None:
        return FigureCard(title, no_data_text(), (), (), None, indicator_id, False, True)
    is_late, owner = figure.clock.state is ClockState.OVERDUE, owner_words(view, indicator_id)
    reason, is_owed = figure.reason, figure.status in (ValueStatus.NO_DATA, ValueStatus.CALCULATED)
    note: Words = (joined((owner, reason)), owner or reason)
    if is_late:
        note = (overdue_words(figure.clock),)
    elif reason and not is_owed:  # it was delivered: nobody is waited for
        first = reason.split("; ", maxsplit=1)[0]
        note = (reason, first, first.split(", ", maxsplit=1)[0], "")
    value = no_data_text() if figure.status is ValueStatus.CALCULATED else str(figure.status)
    severity: Severity | None = "data" if is_late else None
    return FigureCard(title, value, (), note, severity, indicator_id, figure.is_sample, True)


@dataclass(frozen=True)
class FigureWords:
    """Title, words beside the number, and the line below it; each longest variant first."""

    title: Words
    caption: Words = ()
    note: Words = ()


def figure_card(figure: Figure, words: FigureWords, locale: str, action: ActionItem | None = None) -> FigureCard:
    """A figure with its clock applied: overdue wins over any other state."""
    severity: Severity | None = action.severity if action else None
    note = words.note
    if figure.clock.state is ClockState.OVERDUE:
        severity, note = "data", (overdue_words(figure.clock),)
    value = value_words(figure, locale, with_unit=False)
    change = change_of(figure, locale)
    if change and severity != "data" and not any(change in one for one in (*words.caption, *note)):
        note = (*(joined((one, change)) for one in note), *note)
    return FigureCard(
        words.title, value, words.caption, note, severity, figure.indicator_id, figure.is_sample,
        state=state_words(figure), trend=trend_of(figure), change=change,
    )  # fmt: skip


def change_of(figure: Figure, locale: str) -> str:
    """What a series of years too short for a line says instead; "" of all others."""
    is_yearly = any(point.label == figure.period_label for point in figure.trend)
    return change_words(figure, locale) if is_yearly and not trend_of(figure).is_told else ""


def by_name(figure: Figure, card: FigureCard) -> FigureCard:
    """The card of a level with the name of the level as its figure, where it has one."""
    name = figure.predikat[:1].upper() + figure.predikat[1:]
    return replace(card, value=name, is_word=True) if name else card


def until_words(view: WallView, locale: str = DEFAULT_LOCALE) -> Words:
    """Up to when calls are counted: `s.d. 16.00`, with the day when it is not today's."""
    calls = view.calls
    if calls is None:
        return ("",)
    hour = "" if calls.until_hour >= HOURS_PER_DAY else _("s.d. {hour}.00").format(hour=f"{calls.until_hour:02d}")
    if calls.day == view.instant.date():
        return (hour or _("hari ini"),)
    return tuple(
        f"{day} {hour}".strip() for day in (format_short_date(calls.day, locale), format_day(calls.day, locale))
    )


def usual_words(figure: Figure, locale: str = DEFAULT_LOCALE) -> Words:
    if figure.usual is None:
        return (figure.target_label,) if figure.target_label else (_("belum ada pembanding"), "")
    low, high = (format_wall_number(value, figure.decimals, locale) for value in figure.usual)
    usual = _("biasa {low}–{high}").format(low=low, high=high)
    return (_("{usual} s.d. jam ini").format(usual=usual), usual)


def change_words(figure: Figure, locale: str = DEFAULT_LOCALE) -> str:
    """Change to the period just before; "" when that one has no value or is measured otherwise."""
    earlier = [point for point in figure.trend if point.label != figure.period_label]
    current = next((point for point in figure.trend if point.label == figure.period_label), None)
    if current is not None:
        earlier = [point for point in earlier if point.period_start < current.period_start]
    if figure.value is None or not earlier or earlier[-1].value is None:
        return ""
    if current is not None and current.period_start.year - earlier[-1].period_start.year > 1:
        return ""
    change = format_change(figure.value - earlier[-1].value, figure.decimals, locale)
    moved = figure.unit == "%" and figure.value != earlier[-1].value
    return _("{change} poin").format(change=change) if moved else change


def living_card(view: WallView, locale: str) -> FigureCard:
    """112 calls of the day against the usual band."""
    key, title = "smart_living.panggilan_112", (_("Smart Living"), _("Living"))
    figure = view.figures.get(key)
    if figure is None or figure.value is None:
        return missing_card(view, title, key)
    until = tuple(_("panggilan 112 {until}").format(until=words).strip() for words in until_words(view, locale))
    captions = (*until, *(_("112 {until}").format(until=words).strip() for words in until_words(view, locale)))
    card = figure_card(figure, FigureWords(title, captions, usual_words(figure, locale)), locale)
    return replace(card, trend=calls_trend(view, figure))


def calls_trend(view: WallView, figure: Figure) -> Trend:
    """The same part of past weeks' days, as the usual band is made of: a part of a day is no day."""
    points = view.calls_so_far
    is_its = bool(points) and points[-1].value == figure.value
    return Trend(points if is_its else (), figure.usual or ())


def spbe_card(view: WallView, locale: str) -> FigureCard:
    """SPBE index with its predikat, and what is not there yet under the next scheme."""
    key = "spbe.indeks"
    figure = view.figures.get(key)
    if figure is None or figure.value is None:
        return missing_card(view, (_("SPBE"),), key)
    title = (_("SPBE {year}").format(year=figure.period_label), _("SPBE"))
    change = change_words(figure, locale)
    caption = (joined((figure.predikat, change)), figure.predikat, "")
    note = (_("Pemdi {year}: belum ada hasil").format(year=PEMDI_FIRST_YEAR), _("Pemdi: belum ada hasil"))
    if view.instant.year < PEMDI_FIRST_YEAR:
        note = (figure.target_label, "")
    return figure_card(figure, FigureWords(title, caption, note), locale)


def bullet_title(figure: Figure, lead: str = "") -> Words:
    """Title with its period; `lead` says why the figure is here when no heading does."""
    plain = (_("{title}, {period}").format(title=figure.title, period=figure.period_label), figure.title)
    if not lead:
        return plain
    led = tuple(_("{lead}: {title}").format(lead=lead, title=title) for title in plain)
    return (*led, *plain)


def owed_words(view: WallView, indicator_id: str) -> Words:
    """`tidak ada data, dari DLH`."""
    owner = owner_words(view, indicator_id)
    return (f"{no_data_text()}, {owner}", no_data_text()) if owner else (no_data_text(),)


def target_words(figure: Figure) -> Words:
    """The limit, or how late the figure is (the strip at the foot names the sender too)."""
    if figure.clock.state is ClockState.OVERDUE:
        late = overdue_words(figure.clock)
        return (late, late.rsplit(",", maxsplit=1)[0])
    if figure.indicator_id in MEANS:
        return (joined((_("rata-rata"), figure.target_label)), figure.target_label)
    return (figure.target_label, "")


def worst_delays(clocks: Sequence[ClockReading]) -> list[tuple[str, int]]:
    """Overdue senders with their longest delay in minutes, longest first."""
    worst: dict[str, int] = {}
    for clock in clocks:
        if clock.state is ClockState.OVERDUE:
            worst[clock.opd_code] = max(worst.get(clock.opd_code, 0), clock.overdue_minutes)
    return sorted(worst.items(), key=lambda item: (-item[1], item[0]))


def timeliness_head(view: WallView) -> Words:
    """`11 dari 14 OPD tepat waktu`, and the same in short."""
    if view.opd_count == 0:
        return (_("belum ada jadwal kirim"),)
    counts = {"on_time": view.opd_on_time_count, "count": view.opd_count}
    heads = (_("{on_time} dari {count} OPD tepat waktu"), _("{on_time}/{count} OPD tepat waktu"))
    return tuple(words.format(**counts) for words in heads)


def timeliness_words(view: WallView) -> Words:
    """`11 dari 14 OPD tepat waktu · terlambat: DLH 11 hari`, shortened sender by sender."""
    if view.opd_count == 0:
        return (_("Belum ada OPD yang dijadwalkan mengirim data"), _("Belum ada jadwal kirim"))
    head, short = timeliness_head(view)
    delays = worst_delays(view.clocks)
    variants = []
    for shown in range(len(delays), 0, -1):
        names = ", ".join(f"{opd} {format_delay(minutes)}" for opd, minutes in delays[:shown])
        more = _(" dan {count} lain").format(count=len(delays) - shown) if shown < len(delays) else ""
        variants.append(_("{head} · terlambat: {names}").format(head=head, names=names + more))
    return (*variants, head, short, short.removesuffix(_(" tepat waktu")))


def release_words(view: WallView, locale: str) -> str:
    day, time = format_day(view.published_at, locale), format_time(view.published_at)
    return _("Rilis {day} {time}").format(day=day, time=time)


def sample_words(view: WallView) -> Words:
    counts = {"sample": view.sample_source_count, "all": view.source_count}
    return (
        _("DATA CONTOH: {sample} dari {all} sumber").format(**counts),
        _("DATA CONTOH: {sample}/{all}").format(**counts),
    )


def age_words(hours: int) -> str:
    """`31 jam`; from three days on `4 hari`."""
    if hours >= 3 * HOURS_PER_DAY:
        return _("{count} hari").format(count=hours // HOURS_PER_DAY)
    return _("{count} jam").format(count=hours)


def percent_words(value: Decimal, locale: str) -> str:
    return format_value(value, "%", 1 if value % 1 else 0, locale)
