"""The way of 112 calls from the first ring to the closed ticket, and how long each stretch took.

Masuk = diangkat + putus. Of the answered ones each is prank, ghost, a request for information, genuine (normal) or
without a kind. Genuine calls of one ticket are one incident, timed from its first call. Waktu jawab = diangkat -
ditawarkan; proses = dikirim - diangkat; bersiap = berangkat - dikirim; perjalanan = tiba - berangkat; respons = tiba -
ditawarkan; penyelesaian = selesai - ditawarkan. Only incidents with the needed times in their right order are timed;
the others are counted by reason. A log that keeps no time of answering is one of incidents: nothing is abandoned in it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

STAGES = ("ditawarkan", "diangkat", "dikirim", "berangkat", "tiba", "selesai")
STRETCHES = {
    "proses": ("diangkat", "dikirim"),
    "bersiap": ("dikirim", "berangkat"),
    "perjalanan": ("berangkat", "tiba"),
    "respons": ("ditawarkan", "tiba"),
    "penyelesaian": ("ditawarkan", "selesai"),
}
GENUINE = "normal"
KINDS = (GENUINE, "informasi", "prank", "ghost")
WRONG_ORDER = "urutan waktu salah"


@dataclass(frozen=True)
class Call:
    """One call; `times` holds the known ones of STAGES."""

    line: int
    kind: str
    incident_type: str
    ticket: str
    times: Mapping[str, datetime]
    dropped: datetime | None  # when an unanswered caller hung up

    @property
    def is_answered(self) -> bool:
        return "diangkat" in self.times

    @property
    def is_in_order(self) -> bool:
        known = [self.times[name] for name in STAGES if name in self.times]
        return all(first <= second for first, second in pairwise(known))

    def seconds(self, stretch: tuple[str, str]) -> Decimal | None:
        start, end = (self.times.get(name) for name in stretch)
        return None if start is None or end is None else as_seconds(start, end)


@dataclass(frozen=True)
class Funnel:
    """Counts, each a part of one before it; None where the log keeps no time of answering."""

    offered: int
    answered: int | None
    abandoned: int | None
    kinds: Mapping[str, int]  # of the answered, else of all; "" without a kind
    kinds_unanswered: int  # a kind written on a call nobody answered
    incidents: int
    dispatched: int
    arrived: int
    closed: int


@dataclass(frozen=True)
class Answering:
    """How fast calls were answered; `waits` in seconds, of the answered."""

    waits: tuple[Decimal, ...]
    judged_abandoned: int
    short_abandoned: int
    undated_abandoned: int  # no time of hanging up: judged, for it may have waited long
    wrong_order: tuple[int, ...]  # lines

    @property
    def judged(self) -> int:
        return len(self.waits) + self.judged_abandoned


@dataclass(frozen=True)
class Timed:
    """Incidents that can be timed, and the lines of those that cannot, by reason."""

    incidents: tuple[Call, ...]
    excluded: Mapping[str, tuple[int, ...]]

    def seconds(self, stretch: str, types: Sequence[str] = ()) -> tuple[Decimal, ...]:
        found = (one.seconds(STRETCHES[stretch]) for one in self.incidents if not types or one.incident_type in types)
        return tuple(one for one in found if one is not None)


def as_seconds(start: datetime, end: datetime) -> Decimal:
    span = end - start
    return Decimal(span.days * 86400 + span.seconds) + Decimal(span.microseconds) / 1_000_000


def incidents_of(calls: Sequence[Call], keeps_answers: bool = True) -> tuple[Call, ...]:
    """Genuine answered calls, those of one ticket as one: the first call, and each later time at its earliest."""
    tickets: dict[str, Call] = {}
    genuine = [one for one in calls if one.kind == GENUINE and (one.is_answered or not keeps_answers)]
    for one in sorted(genuine, key=lambda call: call.times["ditawarkan"]):
        name = one.ticket or f"baris {one.line}"
        first = tickets.get(name)
        if first is None:
            tickets[name] = one
            continue
        times = dict(one.times) | dict(first.times)
        for stage in STAGES[2:]:
            both = [call.times[stage] for call in (first, one) if stage in call.times]
            if both:
                times[stage] = min(both)
        tickets[name] = replace(first, times=times, incident_type=first.incident_type or one.incident_type)
    return tuple(tickets.values())


def count_funnel(calls: Sequence[Call], keeps_answers: bool = True) -> Funnel:
    answered = [one for one in calls if one.is_answered or not keeps_answers]
    incidents = incidents_of(calls, keeps_answers)
    reached = {stage: sum(stage in one.times for one in incidents) for stage in STAGES}
    return Funnel(
        offered=len(calls),
        answered=len(answered) if keeps_answers else None,
        abandoned=len(calls) - len(answered) if keeps_answers else None,
        kinds=Counter(one.kind for one in answered),
        kinds_unanswered=sum(bool(one.kind) for one in calls if keeps_answers and not one.is_answered),
        incidents=len(incidents),
        dispatched=reached["dikirim"],
        arrived=reached["tiba"],
        closed=reached["selesai"],
    )


def measure_answering(calls: Sequence[Call], short_seconds: Decimal) -> Answering:
    """A caller who hung up sooner than `short_seconds` is not judged."""
    waits, wrong, short, undated, judged = [], [], 0, 0, 0
    for one in calls:
        start = one.times["ditawarkan"]
        end = one.times.get("diangkat") or one.dropped
        if end is None:
            undated, judged = undated + 1, judged + 1
        elif end < start:
            wrong.append(one.line)
        elif one.is_answered:
            waits.append(as_seconds(start, end))
        elif as_seconds(start, end) < short_seconds:
            short += 1
        else:
            judged += 1
    return Answering(tuple(waits), judged, short, undated, tuple(wrong))


def time_incidents(calls: Sequence[Call], needs_all: bool, keeps_answers: bool = True) -> Timed:
    """`needs_all`: an incident needs every time up to the arrival that this log records at all."""
    recorded = [stage for stage in STAGES[:5] if any(stage in one.times for one in calls)]
    timed: list[Call] = []
    excluded: dict[str, list[int]] = {}
    for one in incidents_of(calls, keeps_answers):
        lacking = [stage for stage in recorded if stage not in one.times] if needs_all else []
        if not one.is_in_order:
            excluded.setdefault(WRONG_ORDER, []).append(one.line)
        elif lacking:
            excluded.setdefault(f"tanpa waktu {lacking[0]}", []).append(one.line)
        else:
            timed.append(one)
    return Timed(tuple(timed), {reason: tuple(lines) for reason, lines in excluded.items()})
