"""The incidents behind a day's normal calls: type, place, handling agency, response and closing times.

Three slow tickets a day (two in small regions) keep some cases open overnight, so that any morning shows a
believable list of open tickets without touching past days.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
from numpy.typing import NDArray

from pipelines.sample.calls import NORMAL, DayCalls, generator
from pipelines.sample.region import SampleRegion
from pipelines.sample.schedule import WORKBOOK_AT

RAIN, DRY = (11, 12, 1, 2, 3), (7, 8, 9, 10)
MISTAKE_SHARE = 0.011  # some are dropped again, see _next_workbook
MISTAKES = ("kecamatan", "bulan", "selesai_mundur", "sel_galat", "ganda")


@dataclass(frozen=True)
class Kind:
    """One incident type: how often, who handles it, how long it takes."""

    code: str
    role: str
    weights: tuple[float, float, float]  # other months, rain season, dry season
    minutes: float  # median from arrival (urgent) or from report to closing
    urgent: bool = True
    waits_for_morning: bool = False  # at night
    evening_factor: float = 1.0


KINDS = (
    Kind("kebakaran", "SATPOLPP", (8, 5, 17), 75),
    Kind("kecelakaan", "DINKES", (21, 21, 21), 45),
    Kind("ambulans", "DINKES", (22, 22, 22), 50),
    Kind("odgj", "SATPOLPP", (7, 7, 7), 110, waits_for_morning=True),
    Kind("pohon_tumbang", "BPBD", (4, 13, 2), 150, waits_for_morning=True),
    Kind("banjir", "BPBD", (1, 8, 0.2), 360, waits_for_morning=True),
    Kind("bencana_alam", "BPBD", (1, 3, 0.5), 420, waits_for_morning=True),
    Kind("evakuasi_hewan", "SATPOLPP", (9, 9, 9), 60, waits_for_morning=True),
    Kind("evakuasi", "BPBD", (3, 4, 3), 90),
    Kind("keamanan", "SATPOLPP", (7, 6, 7), 70),
    Kind("tiang_listrik", "DPUPR", (3, 5, 2), 240, urgent=False, evening_factor=1.5),
    Kind("lampu_jalan", "DPUPR", (5, 4, 5), 260, urgent=False, evening_factor=4.5),
    Kind("jalan_rusak", "DPUPR", (3, 4, 2), 300, urgent=False),
    Kind("sampah_liar", "DLH", (3, 3, 4), 150, urgent=False, evening_factor=0.0),
)
FIRE = "kebakaran"
FIRE_RESPONSE, RESPONSE = (12.4, 0.16), (10.5, 0.24)  # median minutes and spread, near kecamatan
LAST_ORDERS, QUIET_FROM, MORNING = time(16, 0), time(18, 0), time(7, 0)
REPORT_NEXT_MORNING = 0.55
SLOW = (  # type in the rain season and outside it, role, hours to dispatch, to closing: see SLOW_TIMES in calls.py
    (("pohon_tumbang", "jalan_rusak"), "DPUPR", 0.5, 33.0),
    (("lampu_jalan", "lampu_jalan"), "DPUPR", 6.0, 29.0),
    (("sampah_liar", "sampah_liar"), "DLH", 26.5, 28.0),
)


@dataclass(frozen=True, slots=True)
class Ticket:
    """One incident with its whole course; a workbook shows only what was known when it was written."""

    ticket_no: str
    number: int
    type_code: str
    kecamatan: int  # index into the region's list
    sender: str  # the agency whose workbook lists it
    handler: str
    reported: datetime
    dispatched: datetime
    arrived: datetime | None  # not recorded for work that is scheduled
    closed: datetime
    slow: bool
    place: tuple[float, float] | None
    spelling: float  # 0..1, decides how its dates and names are written
    mistake: str  # one of MISTAKES, or "" for a clean row


def draw_tickets(region: SampleRegion, calls: DayCalls, seed: int = 0) -> tuple[Ticket, ...]:
    """The incidents of one day, by ticket number."""
    rng = generator(region, calls.day, 2, seed)
    normal = np.flatnonzero(calls.kind == NORMAL)
    numbers, first = np.unique(calls.ticket[normal], return_index=True)
    indexes = normal[first]
    draws, normals = rng.random((len(numbers), 10)), rng.standard_normal((len(numbers), 3))
    places = np.cumsum([k.weight for k in region.kecamatan])
    tickets = []
    for row, (number, index) in enumerate(zip(numbers, indexes, strict=True)):
        midnight = datetime.combine(calls.day, time())
        reported = midnight + timedelta(minutes=int(calls.offered[index]) // 60)
        slot = int(calls.slot[index])
        maker = _slow_ticket if slot else _usual_ticket
        tickets.append(maker(region, (int(number), slot), reported, _Draw(draws[row], normals[row], places)))
    return tuple(tickets)


@dataclass(frozen=True)
class _Draw:
    uniform: NDArray[np.float64]
    normal: NDArray[np.float64]
    places: NDArray[np.float64]

    def kecamatan(self) -> int:
        return min(int(np.searchsorted(self.places, self.uniform[0] * self.places[-1])), len(self.places) - 1)

    def place(self, centre: tuple[float, float] | None) -> tuple[float, float] | None:
        if centre is None:
            return None
        return centre[0] + 0.03 * (self.uniform[1] - 0.5), centre[1] + 0.03 * (self.uniform[2] - 0.5)

    def mistake(self) -> str:
        return MISTAKES[int(self.uniform[4] * len(MISTAKES))] if self.uniform[3] < MISTAKE_SHARE else ""


def _usual_ticket(region: SampleRegion, number: tuple[int, int], reported: datetime, draw: _Draw) -> Ticket:
    kind = _pick_kind(reported, draw.uniform[5])
    where = draw.kecamatan()
    handler = region.opd_of_role[kind.role]
    arrived: datetime | None = None
    if kind.urgent:
        median, spread = FIRE_RESPONSE if kind.code == FIRE else RESPONSE
        response = median * region.kecamatan[where].response_factor * math.exp(spread * draw.normal[0])
        dispatched = reported + timedelta(minutes=1 if response < 12 else 2)
        arrived = reported + timedelta(minutes=max(round(response), 4))
        closed = _urgent_closing(kind, arrived, draw)
    else:
        closed = _scheduled_closing(kind, reported, draw)
        dispatched = reported + timedelta(minutes=int((closed - reported).total_seconds() / 60 * 0.4))
    return Ticket(
        ticket_no=f"{region.ticket_prefix}-{reported:%Y%m%d}-{number[0]:04d}",
        number=number[0],
        type_code=kind.code,
        kecamatan=where,
        sender=handler,
        handler=handler,
        reported=reported,
        dispatched=dispatched,
        arrived=arrived,
        closed=closed,
        slow=False,
        place=draw.place(region.kecamatan[where].centre),
        spelling=float(draw.uniform[9]),
        mistake=draw.mistake() if closed <= _next_workbook(reported) else "",
    )


def _slow_ticket(region: SampleRegion, number: tuple[int, int], reported: datetime, draw: _Draw) -> Ticket:
    """Work that must wait. The centre (BPBD) keeps those not yet accepted; the one handled by DLH is such a case."""
    types, role, dispatch_hours, close_hours = SLOW[number[1] - 1]
    handler = region.opd_of_role[role]
    where = draw.kecamatan()
    return Ticket(
        ticket_no=f"{region.ticket_prefix}-{reported:%Y%m%d}-{number[0]:04d}",
        number=number[0],
        type_code=types[0 if reported.month in RAIN else 1],
        kecamatan=where,
        sender=region.opd_of_role["BPBD"] if handler == region.late_sender else handler,
        handler=handler,
        reported=reported,
        dispatched=reported + timedelta(hours=dispatch_hours),
        arrived=None,
        closed=reported + timedelta(hours=close_hours, minutes=int(draw.uniform[6] * 110)),
        slow=True,
        place=draw.place(region.kecamatan[where].centre),
        spelling=float(draw.uniform[9]),
        mistake="",
    )


def _pick_kind(reported: datetime, uniform: float) -> Kind:
    season = 1 if reported.month in RAIN else 2 if reported.month in DRY else 0
    dark = reported.hour >= 17 or reported.hour < 6
    edges = np.cumsum([kind.weights[season] * (kind.evening_factor if dark else 1.0) for kind in KINDS])
    return KINDS[min(int(np.searchsorted(edges, uniform * edges[-1], side="right")), len(KINDS) - 1)]


def _urgent_closing(kind: Kind, arrived: datetime, draw: _Draw) -> datetime:
    """On the spot, but at night the work, or the field report that closes the ticket, often waits for the morning."""
    dark = arrived.time() >= QUIET_FROM or arrived.hour < 5
    if dark and (kind.waits_for_morning or draw.uniform[8] < REPORT_NEXT_MORNING):
        return _next_morning(arrived) + timedelta(minutes=int(draw.uniform[7] * 180))
    minutes = kind.minutes * math.exp(0.5 * draw.normal[1])
    return arrived + timedelta(minutes=int(min(max(minutes, 10), 660)))


def _scheduled_closing(kind: Kind, reported: datetime, draw: _Draw) -> datetime:
    """During the day while crews are out, otherwise the next morning."""
    if reported.time() >= LAST_ORDERS and kind.evening_factor > 0:
        return _next_morning(reported) + timedelta(minutes=int(30 + draw.uniform[7] * 210))
    if reported.time() < MORNING:
        return _next_morning(reported) + timedelta(minutes=int(60 + draw.uniform[7] * 210))
    minutes = min(max(kind.minutes * math.exp(0.4 * draw.normal[1]), 30), 360)
    return reported + timedelta(minutes=int(minutes))


def _next_workbook(moment: datetime) -> datetime:
    """When the next daily workbook is made up. A row seen open must not turn bad later: it would stay open for ever."""
    six = datetime.combine(moment.date(), WORKBOOK_AT)
    return six if moment <= six else six + timedelta(days=1)


def _next_morning(moment: datetime) -> datetime:
    day: date = moment.date() + timedelta(days=0 if moment.time() < MORNING else 1)
    return datetime.combine(day, MORNING)
