"""What is told of the 112 line and of what its calls led to: values only, no database and no words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class HourlyCalls:
    """Calls of the latest delivered day by hour against the same weekday of past weeks."""

    day: date
    until_hour: int  # hours 0..until_hour-1 are complete
    today: tuple[int, ...]  # length until_hour
    usual_low: tuple[int, ...]  # length 24, empty with fewer than `weeks` past days
    usual_high: tuple[int, ...]
    weeks: int


@dataclass(frozen=True)
class FunnelStep:
    """One step from call offered to incident closed; `count` None means the source is not delivered."""

    code: str
    label: str
    count: int | None


@dataclass(frozen=True)
class AreaShare:
    """Incidents of one kecamatan that arrived later than the limit, out of all with both times known."""

    region_code: str
    name: str
    tile_column: int
    tile_row: int
    late_count: int
    total_count: int


@dataclass(frozen=True)
class OpenTicket:
    """One ticket still open at the latest delivered instant."""

    ticket_no: str
    incident_type: str
    kecamatan: str
    opd_code: str
    status_name: str
    age_hours: int
