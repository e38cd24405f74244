"""The state of the delivery behind a tile, in words: how late it is, that it is due, or that nobody agreed when."""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _

from charts.formats import format_delay
from warehouse.figures import ClockReading, ClockState, Figure, WallView

Words = tuple[str, ...]


def joined(parts: Sequence[str]) -> str:
    return " · ".join(part for part in parts if part)


def overdue_words(clock: ClockReading) -> str:
    """`terlambat 11 hari, DLH`."""
    delay = format_delay(clock.overdue_minutes)
    return _("terlambat {delay}, {opd}").format(delay=delay, opd=clock.opd_code)


def overdue_of(view: WallView, indicator_id: str) -> Words:
    """How late the data behind a chart is and who owes it; () when it is not."""
    figure = view.figures.get(indicator_id)
    return (overdue_words(figure.clock),) if figure and figure.clock.state is ClockState.OVERDUE else ()


def state_words(figure: Figure | None) -> Words:
    """What a value that is not late says of its delivery, longest first; () where it came in time or there is none."""
    if figure is None or figure.value is None:
        return ()
    if figure.clock.state is ClockState.DUE:
        return (str(ClockState.DUE),)
    unknown = (_("tenggat tidak diketahui"), _("tanpa tenggat"))
    return unknown if figure.clock.state is ClockState.UNKNOWN else ()


def led_by(state: Words, words: Words) -> Words:
    """Each of the words behind the state; the state alone where there are none."""
    return tuple(
        joined((one, word)) for word in (words if any(words) else ("",)) if word or not any(words) for one in state
    )
