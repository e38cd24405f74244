"""What the rules watch, read from one release at one instant: for each signal its places, values and owners.

A place that is not told of is normal, unless the whole signal is not known: data that stopped never look calm.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from warehouse.figures import ClockState, Figure, WallView
from warehouse.indicators.smart_environment.river import River
from warehouse.river_queries import river_readings
from warehouse.rules import RuleBook, round_half_up
from warehouse.wall_actions import AIR, CALLS, DENGUE, FIRE, late_senders
from warehouse.wall_incidents import SentTicket, read_open_tickets
from warehouse.weather_queries import SEVERITIES, active_warnings

REGION = "daerah"  # the place of what is judged for the whole region


@dataclass(frozen=True)
class Reading:
    """One place of a signal. `value` None: not known now."""

    place: str
    place_name: str
    value: Decimal | None
    unit: str
    owner: str  # agencies that answer for it
    at: datetime  # what the value describes
    detail: str = ""
    before: Decimal | None = None  # the reading before, for rules about a change
    thresholds: Mapping[str, Decimal] = field(default_factory=dict)  # of the place itself, by level
    is_sample: bool = False


@dataclass(frozen=True)
class Signal:
    """All places of a signal with a value; `is_known` False when absence says nothing."""

    readings: tuple[Reading, ...] = ()
    is_known: bool = True


UNKNOWN = Signal(is_known=False)


@dataclass(frozen=True)
class Sight:
    """Where signals are read: a release, what the wall shows of it, and the rules in force."""

    connection: sa.Connection
    view: WallView
    rules: RuleBook


def read_signals(sight: Sight) -> dict[str, Signal]:
    return {name: read(sight) for name, read in READERS.items()}


def _late_data(sight: Sight) -> Signal:
    late = [clock for clock in sight.view.clocks if clock.state is ClockState.OVERDUE and not clock.is_excused]
    return Signal(
        tuple(
            Reading(
                f"{clock.source_id}/{clock.opd_code}",
                f"{clock.opd_code}, {clock.source_title.split(',')[0]}",
                Decimal(clock.overdue_minutes // 60),
                "jam",
                clock.opd_code,
                clock.due_at or sight.view.instant,
                is_sample=clock.is_sample,
            )
            for clock in late
        )
    )


def _trusted(sight: Sight, indicator_id: str) -> Figure | None:
    """A figure that still has its status: none of an overdue source."""
    figure = sight.view.figures.get(indicator_id)
    is_lost = figure is None or figure.value is None or figure.clock.state is ClockState.OVERDUE
    return None if is_lost else figure


def _air(sight: Sight) -> Signal:
    figure = _trusted(sight, AIR)
    if figure is None:
        return UNKNOWN
    return Signal(
        tuple(
            Reading(
                one.station_name,
                one.station_name,
                one.index,
                "indeks",
                figure.clock.opd_code,
                datetime.combine(one.day, time()),
                " · ".join(part for part in (one.category, one.critical) if part),
                is_sample=one.is_sample,
            )
            for one in sight.view.air_stations
        )
    )


def _tickets(sight: Sight) -> Signal:
    """The oldest open ticket of each agency; of a sender that is late nothing is known."""
    late, oldest, counts = late_senders(sight.view.clocks), dict[str, SentTicket](), Counter[str]()
    for sent in read_open_tickets(sight.connection, sight.view.region_code):  # oldest first
        oldest.setdefault(sent.ticket.opd_code, sent)
        counts[sent.ticket.opd_code] += 1
    readings = [
        Reading(
            opd,
            opd,
            None if sent.sender in late else round_half_up(Decimal(sent.age_seconds) / 3600, 2),
            "jam",
            opd,
            sight.view.instant,
            f"{counts[opd]} terbuka, tertua {sent.ticket.incident_type}",
            is_sample=sent.is_sample,
        )
        for opd, sent in oldest.items()
    ]
    return Signal(tuple(readings), is_known=not late)


def _fire(sight: Sight) -> Signal:
    figure = _trusted(sight, FIRE)
    if figure is None:
        return UNKNOWN
    return Signal((_of_figure(sight, figure, figure.value, "menit"),))


def _dengue(sight: Sight) -> Signal:
    """The level of the region in its newest week: 1 aman, 2 waspada, 3 siaga."""
    figure = _trusted(sight, DENGUE)
    if figure is None:
        return UNKNOWN
    detail = " · ".join(part for part in (figure.reason, figure.period_label) if part)
    at = figure.clock.data_until or sight.view.instant
    return Signal((_of_figure(sight, figure, figure.value, "tingkat", detail, at),))


def _calls(sight: Sight) -> Signal:
    """Calls of the last complete hour against the highest of the same hour in past weeks."""
    figure, calls = _trusted(sight, CALLS), sight.view.calls
    if figure is None or calls is None or not calls.today or not calls.usual_high:
        return UNKNOWN
    hour, least = calls.until_hour - 1, sight.rules.count("layanan_112.surge_min_calls")
    count, low, high = calls.today[hour], calls.usual_low[hour], calls.usual_high[hour]
    value = round_half_up(Decimal(count) / max(high, 1), 3) if count >= least else Decimal(0)
    detail = f"{count} panggilan jam {hour}, biasa {low}–{high}"
    at = datetime.combine(calls.day, time()) + timedelta(hours=calls.until_hour)
    return Signal((_of_figure(sight, figure, value, "kali", detail, at),))


def _of_figure(sight: Sight, figure: Figure, value: Decimal | None, unit: str, *told: Any) -> Reading:
    """`told`: detail and instant, where they are not the figure's own."""
    detail, at = told or (figure.period_label, figure.clock.data_until or sight.view.instant)
    owner = figure.clock.opd_code
    return Reading(REGION, sight.view.region_name, value, unit, owner, at, detail, is_sample=figure.is_sample)


def _weather(sight: Sight) -> Signal:
    """The gravest warning of each area; BMKG sends only while there is one, so that none is calm."""
    gravest: dict[str, Reading] = {}
    for one in active_warnings(sight.connection, sight.view.region_code, sight.view.instant):
        grade = len(SEVERITIES) - SEVERITIES.index(one.severity) if one.severity in SEVERITIES else 0
        detail = " · ".join(part for part in (one.event_name, one.headline) if part)
        reading = Reading(
            one.area_name, one.area_name, Decimal(grade), "tingkat", "", one.sent_at, detail, is_sample=one.is_sample
        )
        gravest.setdefault(one.area_name, reading)
    return Signal(tuple(gravest.values()))


def _river(sight: Sight) -> Signal:
    """The last reading of each post and parameter, with the one before."""
    river = River.by(sight.rules)
    readings: dict[str, Reading] = {}
    for one in river_readings(sight.connection, sight.view.region_code, sight.view.instant):
        place = f"{one.station_name}/{one.parameter_code}"
        if place in readings:
            readings[place] = _following(readings[place], one.value)
            continue
        readings[place] = Reading(
            place, one.station_name, one.value, one.unit, one.opd_code, one.measured_at,
            thresholds=dict(one.levels(river)), is_sample=one.is_sample,
        )  # fmt: skip
    return Signal(tuple(readings.values()))


def _following(reading: Reading, before: Decimal) -> Reading:
    return Reading(**{**vars(reading), "before": before})


def _programmes(sight: Sight) -> Signal:
    return Signal(
        tuple(
            Reading(
                line.programme_code,
                line.programme_name,
                line.physical_deviation,
                "poin",
                line.lead_opd_code,
                datetime.combine(line.report_month, time()),
                is_sample=line.is_sample,
            )
            for line in sight.view.programmes
            if line.report_month is not None
        )
    )


READERS: Mapping[str, Callable[[Sight], Signal]] = {
    "data_terlambat": _late_data,
    "ispu": _air,
    "tiket_terbuka": _tickets,
    "respons_kebakaran": _fire,
    "dbd_siaga": _dengue,
    "panggilan_112": _calls,
    "peringatan_bmkg": _weather,
    "muka_air": _river,
    "deviasi_program": _programmes,
}
