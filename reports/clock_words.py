"""The clock of a delivery in words and shapes, the same on screen and paper; it colours nothing, judges nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from gettext import gettext as _

from charts.formats import format_date, format_delay, format_number, format_time, no_data_text
from warehouse.clock import worst_of
from warehouse.figures import ClockReading, ClockState

CLOCK_SHAPES = {
    ClockState.FRESH: "●",
    ClockState.DUE: "◔",
    ClockState.OVERDUE: "◌",
    ClockState.UNKNOWN: "○",
    ClockState.NEVER: "—",
}
SEVERITY_SHAPES = {"kritis": "◆", "perlu tindakan": "▲", "data": "◌"}
STANDING_WORDS = {
    "dibaca": _("sudah dibaca"),
    "ingatan": _("belum diverifikasi"),
    "pilihan daerah": _("pilihan daerah"),
}
CADENCE_WORDS = {
    "hourly": _("tiap jam"),
    "daily": _("harian"),
    "weekly": _("mingguan"),
    "monthly": _("bulanan"),
    "quarterly": _("triwulanan"),
    "yearly": _("tahunan"),
    "irregular": _("tidak tetap"),
}
ON_TIME = (ClockState.FRESH, ClockState.DUE)
LATE_NAMED = 3  # senders named one by one; a reader counts the rest on the page of the deliveries
LEGEND = _(
    "● mutakhir · ◔ jatuh tempo, masih dalam tenggang · ◌ terlambat · ○ tidak diketahui: tenggat belum disepakati · "
    "— tidak ada: belum pernah dikirim"
)


def is_on_time(clock: ClockReading) -> bool:
    """Whether a sender owes nothing that is held against it."""
    return clock.state in ON_TIME or clock.is_excused


@dataclass(frozen=True)
class SourceClock:
    """All senders of one source told in one line; `worst` is the reading someone must answer for."""

    source_id: str
    title: str
    senders: tuple[ClockReading, ...]
    worst: ClockReading

    @property
    def on_time_count(self) -> int:
        return sum(is_on_time(clock) for clock in self.senders)

    @property
    def late(self) -> tuple[ClockReading, ...]:
        """Overdue senders, longest delay first."""
        late = (clock for clock in self.senders if clock.state is ClockState.OVERDUE and not clock.is_excused)
        return tuple(sorted(late, key=lambda clock: (-clock.overdue_minutes, clock.opd_code)))

    @property
    def data_until(self) -> datetime | None:
        """Up to when the newest delivery reaches."""
        return max((clock.data_until for clock in self.senders if clock.data_until), default=None)

    @property
    def received_at(self) -> datetime | None:
        """When the last delivery came."""
        return max((clock.received_at for clock in self.senders if clock.received_at), default=None)


def clocks_by_source(clocks: Iterable[ClockReading]) -> tuple[SourceClock, ...]:
    """One entry a source, in the order they come."""
    grouped: dict[str, list[ClockReading]] = {}
    for clock in clocks:
        grouped.setdefault(clock.source_id, []).append(clock)
    return tuple(
        SourceClock(source_id, several[0].source_title, tuple(several), worst_of(several))
        for source_id, several in grouped.items()
    )


def state_words(clock: ClockReading) -> str:
    """`● mutakhir`, `◌ terlambat 9 hari`, `○ tenggat tidak diketahui`."""
    state = _("tenggat tidak diketahui") if clock.state is ClockState.UNKNOWN else clock.state.value
    words = f"{CLOCK_SHAPES[clock.state]} {state}"
    if clock.state is not ClockState.OVERDUE:
        return words
    words = f"{words} {format_delay(clock.overdue_minutes)}"
    return _("{words}, dimaklumi").format(words=words) if clock.is_excused else words


def clock_words(clock: ClockReading) -> str:
    """`● mutakhir`, `◌ terlambat 9 hari, DLH`: who owes the delivery is named when it is late or never came."""
    owes = clock.state in (ClockState.OVERDUE, ClockState.NEVER) and clock.opd_code
    return f"{state_words(clock)}, {clock.opd_code}" if owes else state_words(clock)


def source_clock_words(source: SourceClock) -> str:
    """One line for all senders: `● mutakhir`, or `28 dari 30 OPD tepat waktu · ◌ DLH 9 hari, DKP 2 hari`."""
    if len(source.senders) == 1:
        return clock_words(source.worst)
    states = {clock.state for clock in source.senders}
    if len(states) == 1 and source.worst.state is not ClockState.OVERDUE:
        return state_words(source.worst)
    if states == {ClockState.UNKNOWN, ClockState.NEVER}:  # nobody can be on time or late without a due date
        sent = sum(clock.state is ClockState.UNKNOWN for clock in source.senders)
        return _("{unknown} · {count} dari {all} OPD pernah mengirim").format(
            unknown=f"{CLOCK_SHAPES[ClockState.UNKNOWN]} {_('tenggat belum disepakati')}",
            count=format_number(sent),
            all=format_number(len(source.senders)),
        )
    parts = [
        _("{count} dari {all} OPD tepat waktu").format(
            count=format_number(source.on_time_count), all=format_number(len(source.senders))
        )
    ]
    late, never = source.late, [clock for clock in source.senders if clock.state is ClockState.NEVER]
    if late:
        parts.append(f"{CLOCK_SHAPES[ClockState.OVERDUE]} {late_words(late)}")
    if never:
        names = named([clock.opd_code for clock in never])
        parts.append(_("— belum pernah: {names}").format(names=names))
    return " · ".join(parts)


def late_words(late: Sequence[ClockReading]) -> str:
    """`DLH 9 hari, DKP 2 hari dan 4 OPD lain`."""
    return named([f"{clock.opd_code} {format_delay(clock.overdue_minutes)}" for clock in late])


def named(names: Sequence[str]) -> str:
    """The first few, then how many more."""
    if len(names) <= LATE_NAMED:
        return ", ".join(names)
    more = _("dan {count} OPD lain").format(count=len(names) - LATE_NAMED)
    return f"{', '.join(names[:LATE_NAMED])} {more}"


def until_words(until: datetime | None, zone_label: str, locale: str) -> str:
    """Up to when: a day when it ends at midnight, else day and time."""
    if until is None:
        return no_data_text()
    if until.hour == 0 and until.minute == 0:
        return format_date(until.date() - timedelta(days=1), locale)
    return f"{format_date(until.date(), locale)} {format_time(until, zone_label)}"


def until_cell(until: datetime | None) -> date | datetime | None:
    """Up to when: a day when it ends at midnight, else the instant."""
    return (until - timedelta(days=1)).date() if until and until.time() == datetime.min.time() else until


def complete_to_words(source: SourceClock, zone_label: str, locale: str) -> str:
    """`sampai 20 November 2026`; a delivery that says no period: `diterima 21 November 2026`."""
    if source.data_until is not None:
        return _("sampai {day}").format(day=until_words(source.data_until, zone_label, locale))
    if source.received_at is not None:
        return _("diterima {day}").format(day=format_date(source.received_at.date(), locale))
    return no_data_text()


def next_due_words(source: SourceClock, instant: datetime, zone_label: str, locale: str) -> str:
    """The next due date of any sender; before the first delivery no time runs, whatever was agreed."""
    past = [clock.due_at for clock in source.senders if clock.due_at]
    coming = [due for due in past if due >= instant]
    if past:
        return until_words(min(coming or past), zone_label, locale)
    return _("sesudah kiriman pertama") if source.worst.state is ClockState.NEVER else _("belum disepakati")


def instant_words(instant: datetime | None, zone_label: str, locale: str) -> str:
    """`21 November 2026 16.08 WIB`."""
    if instant is None:
        return no_data_text()
    return f"{format_date(instant.date(), locale)} {format_time(instant, zone_label)}"
