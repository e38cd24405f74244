"""Whom to remind of which deliveries, and in which words; pure: it sends nothing and reads no clock.

Sample deliveries and excused delays remind nobody, and no message holds anything but sources, agencies and dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from charts.formats import format_delay
from reports.clock_words import until_words
from warehouse.due import is_working_day
from warehouse.figures import ClockReading, ClockState
from warehouse.message_settings import Reminders
from warehouse.punctuality import grace_of
from warehouse.reminder_record import Addressed, Told
from warehouse.settings import Settings

ONLY_WHEN_LATE = ("hourly", "daily")  # every day has a due date: to be told of each would be noise


class Stage(StrEnum):
    """What is said of one delivery; a new one is said once."""

    AWAITED = "ditunggu"
    SOON = "segera jatuh tempo"
    LATE = "terlambat"


LATE_FIRST = (Stage.LATE, Stage.SOON, Stage.AWAITED)


@dataclass(frozen=True)
class Item:
    """One delivery an agency owes."""

    source_id: str
    title: str
    stage: Stage
    due_at: datetime

    @property
    def told(self) -> Told:
        return Told(self.stage.value, self.due_at)


@dataclass(frozen=True)
class Reminder:
    """One message to one address."""

    opd_code: str
    variable: str  # of the environment, holds the address
    items: tuple[Item, ...]

    @property
    def key(self) -> str:
        return address_key(self.opd_code, self.variable)


def address_key(opd_code: str, variable: str) -> str:
    return f"{opd_code} {variable}"


def may_remind(wishes: Reminders, now: datetime) -> bool:
    """Within working hours of a working day, unless wished otherwise."""
    return wishes.from_hour <= now.hour < wishes.until_hour and (wishes.on_holidays or is_working_day(now.date()))


def owed_items(clocks: Iterable[ClockReading], wishes: Reminders, now: datetime) -> dict[str, tuple[Item, ...]]:
    """What each agency is to be told of, the late first."""
    found: dict[str, list[Item]] = {}
    for clock in clocks:
        stage = _stage(clock, wishes, now)
        if stage is not None and clock.due_at is not None:
            found.setdefault(clock.opd_code, []).append(Item(clock.source_id, clock.source_title, stage, clock.due_at))
    return {opd: tuple(sorted(items, key=_late_first)) for opd, items in sorted(found.items())}


def _stage(clock: ClockReading, wishes: Reminders, now: datetime) -> Stage | None:
    if clock.is_sample or clock.is_excused or clock.due_at is None or clock.state not in _OWING:
        return None
    if now > clock.due_at + grace_of(clock.cadence):
        return Stage.LATE
    if clock.cadence in ONLY_WHEN_LATE:
        return None
    return Stage.SOON if clock.due_at - now <= timedelta(days=wishes.days_before) else Stage.AWAITED


_OWING = (ClockState.DUE, ClockState.OVERDUE)


def _late_first(item: Item) -> tuple[int, datetime, str]:
    return LATE_FIRST.index(item.stage), item.due_at, item.source_id


def due_reminders(
    items: dict[str, tuple[Item, ...]], known: dict[str, Addressed], wishes: Reminders, now: datetime
) -> tuple[Reminder, ...]:
    """What is new for an address that heard nothing today and need not wait after a failure; then all it owes."""
    found = []
    for opd, variables in sorted(wishes.addresses.items()):
        for variable in variables:
            one = known.get(address_key(opd, variable), Addressed())
            owed = items.get(opd, ())
            is_new = any(one.told.get(item.source_id) != item.told for item in owed)
            waits = one.day == now.date() or (one.retry_at is not None and now < one.retry_at)
            if is_new and not waits:
                found.append(Reminder(opd, variable, owed))
    return tuple(found)


def subject_words(reminder: Reminder) -> str:
    late = sum(item.stage is Stage.LATE for item in reminder.items)
    return f"Pengingat data {reminder.opd_code}: " + (
        f"{late} kiriman terlambat" if late else f"{len(reminder.items)} kiriman ditunggu"
    )


def body_words(reminder: Reminder, settings: Settings, now: datetime) -> str:
    """Plain text, as an e-mail or a message shows it."""
    url = settings.access.public_url.rstrip("/")
    way = f"Kirim lewat {url}/setor_data" if url else "Kirim lewat halaman Setor data"
    return "\n".join(
        (
            f"Kepada {reminder.opd_code},",
            "",
            "Kiriman berikut belum masuk:",
            *_lines(reminder.items, settings, now),
            "",
            f"{way}, atau serahkan berkasnya kepada walidata {settings.region.region_name}.",
            "Bila ada kendala, sampaikan kepada walidata: keterlambatan yang beralasan dapat dimaklumi.",
            "",
            "Pesan ini dikirim otomatis oleh Pendopo.",
        )
    )


def _lines(items: Sequence[Item], settings: Settings, now: datetime) -> list[str]:
    zone, locale = settings.region.timezone_label, settings.region.locale
    lines = []
    for item in items:
        if item.stage is Stage.LATE:
            late = format_delay(int((now - item.due_at).total_seconds() // 60))
            said = f"terlambat {late}; tenggatnya {until_words(item.due_at, zone, locale)}"
        else:
            said = f"{item.stage.value}; tenggatnya {until_words(item.due_at, zone, locale)}"
        lines.append(f"- {item.title}: {said}")
    return lines
