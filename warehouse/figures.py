"""What a screen is given: frozen values with their clock, no frames, no database, no text layout.
Numbers stay Decimal and unformatted; charts and pages format them. Times are local to the region, without zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from warehouse.alarms.lines import AlarmBoard
from warehouse.call_figures import AreaShare, FunnelStep, HourlyCalls, OpenTicket
from warehouse.formulas.margin import is_met
from warehouse.spbe_card import SpbeCard


class ClockState(StrEnum):
    """State of a delivery against its agreed cadence."""

    FRESH = "mutakhir"
    DUE = "jatuh tempo"
    OVERDUE = "terlambat"
    UNKNOWN = "tidak diketahui"  # no due date agreed
    NEVER = "tidak ada"  # never delivered


class ValueStatus(StrEnum):
    """Why an indicator has, or has not, a value."""

    CALCULATED = "dihitung"
    NOT_APPLICABLE = "tidak berlaku"
    INCOMPLETE = "tidak lengkap"
    NO_DATA = "tidak ada data"
    WITHHELD = "tidak ditampilkan"  # a count of few persons, to a reader without the right to it; never stored


@dataclass(frozen=True)
class ClockReading:
    """One sender's clock for one source, or the worst of several when they feed one figure."""

    source_id: str
    source_title: str
    opd_code: str
    state: ClockState
    cadence: str  # hourly, daily, weekly, monthly, quarterly, yearly, irregular
    data_until: datetime | None
    received_at: datetime | None
    due_at: datetime | None
    overdue_minutes: int
    is_sample: bool
    is_excused: bool = False  # late, and nobody is blamed: the data stay as old as they are


@dataclass(frozen=True)
class TrendPoint:
    """One past period; `value` None is a period without data and must show as a gap."""

    period_start: date
    label: str
    value: Decimal | None


@dataclass(frozen=True)
class Figure:
    """One indicator for one entity and period, with everything a tile or table may say about it."""

    indicator_id: str
    title: str
    entity_code: str
    entity_name: str
    period_label: str
    value: Decimal | None
    unit: str  # "%", "menit", "panggilan", "ton/hari", "" for an index
    decimals: int
    numerator: Decimal | None
    denominator: Decimal | None
    status: ValueStatus
    reason: str  # why there is no value, or a note on what is partial; "" otherwise
    predikat: str  # official class such as "Sangat Baik"; "" when the scheme has none
    target: Decimal | None
    target_label: str  # "SPM 15", "target 90"; "" without target
    better: Literal["higher", "lower", "none"]
    usual: tuple[Decimal, Decimal] | None  # usual band, low and high
    trend: tuple[TrendPoint, ...]
    clock: ClockReading
    rule_version: str
    is_sample: bool
    determinant: str = ""  # what decides the value: the critical pollutant of an ISPU
    is_target_excluded: bool = False  # a value exactly on the target misses it
    day: date | None = None  # the last of its period; None: never delivered

    @property
    def misses_target(self) -> bool:
        """True when a value exists and is on the wrong side of its target."""
        if self.value is None or self.target is None or self.better == "none":
            return False
        return not is_met(self.value, self.target, self.better, is_excluded=self.is_target_excluded)


@dataclass(frozen=True)
class ActionItem:
    """Something that needs a response, has an owner and a deadline."""

    severity: Literal["kritis", "perlu tindakan", "data"]
    title: str  # "3 tiket 112 terbuka lebih dari 24 jam"
    owner: str  # "DPUPR, DLH"
    detail: str  # "tertua 31 jam"
    indicator_id: str
    is_sample: bool
    is_pressing: bool = True  # nobody answered yet
    is_never_delivered: bool = False


@dataclass(frozen=True)
class AreaLevel:
    """One kecamatan in the newest week with its level; None where it cannot be told, and why."""

    region_code: str
    name: str
    tile_column: int | None
    tile_row: int | None
    level: int | None
    level_name: str
    cases: Decimal | None  # None: not reported, or of too few persons to be shown
    limit: Decimal | None  # most cases that are no alert yet
    usual: Decimal | None
    announced: str  # "" without an announced level
    reason: str
    is_sample: bool


@dataclass(frozen=True)
class AreaOutline:
    """Where a kecamatan lies, to be drawn; a point inside it carries its name."""

    region_code: str
    outline_json: str  # GeoJSON geometry
    label_longitude: float
    label_latitude: float
    bounds: tuple[float, float, float, float]  # west, south, east, north


@dataclass(frozen=True)
class ProgrammeLine:
    """One masterplan programme as last reported; shares are percent of the running year, cumulative."""

    programme_code: str
    programme_name: str
    dimension_code: str
    dimension_name: str
    lead_opd_code: str
    contributor_opd_codes: tuple[str, ...]
    kecamatan_name: str  # "" for the whole region
    horizon_name: str
    report_month: date | None  # first day of the last month reported; None: never reported
    is_reported: bool  # the month that is due was reported
    physical_plan_pct: Decimal | None
    physical_actual_pct: Decimal | None
    financial_plan_pct: Decimal | None
    financial_actual_pct: Decimal | None
    budget_idr: Decimal | None
    realised_idr: Decimal | None
    is_sample: bool

    @property
    def is_joint(self) -> bool:
        """Carried by two or more agencies (keroyokan)."""
        return bool(self.contributor_opd_codes)

    @property
    def physical_deviation(self) -> Decimal | None:
        """Percentage points, realised less planned; negative is late."""
        return _difference(self.physical_actual_pct, self.physical_plan_pct)

    @property
    def financial_deviation(self) -> Decimal | None:
        return _difference(self.financial_actual_pct, self.financial_plan_pct)


def _difference(actual: Decimal | None, plan: Decimal | None) -> Decimal | None:
    return None if actual is None or plan is None else actual - plan


@dataclass(frozen=True)
class DimensionProgress:
    """All programmes of one masterplan dimension; shares weighted by budget, None before a month may be shown."""

    name: str
    physical_plan_pct: Decimal | None
    physical_actual_pct: Decimal | None


@dataclass(frozen=True)
class CurvePoint:
    """One month of an S-curve: cumulative percent; `actual` None is a month not reported, a gap."""

    month: date  # its first day
    label: str
    plan: Decimal | None
    actual: Decimal | None


@dataclass(frozen=True)
class RoadmapStage:
    """Programmes of one horizon: how many run in each year of the plan, first to last."""

    name: str
    counts: tuple[tuple[int, int], ...]  # year and programmes


@dataclass(frozen=True)
class AirReading:
    """ISPU of one station and day; `station_name` "" for the worst of the region."""

    station_name: str
    day: date
    index: Decimal | None
    category: str  # "" without an index
    critical: str  # "PM2,5"; "" when nobody delivered a sub-index
    is_sample: bool


@dataclass(frozen=True)
class AirBand:
    """One category of ISPU, lowest first: its name, the highest index in it, and whether it asks for a response."""

    name: str
    upper: Decimal | None  # None: no upper end
    needs_response: bool


@dataclass(frozen=True)
class WallView:
    """All a wall scene may show, read once from one release at one instant."""

    region_code: str
    region_name: str
    timezone_label: str
    release_id: str
    published_at: datetime
    instant: datetime
    figures: Mapping[str, Figure]  # by indicator id, the region's latest period
    actions: tuple[ActionItem, ...]
    nearest_to_limit: tuple[Figure, ...]
    calls: HourlyCalls | None
    late_arrivals: tuple[AreaShare, ...]
    late_arrivals_days: int
    arrival_limit_minutes: int
    open_tickets: tuple[OpenTicket, ...]  # oldest first
    open_ticket_hours: int  # age from which a ticket needs action
    clocks: tuple[ClockReading, ...]  # one per source and sender
    opd_on_time_count: int
    opd_count: int
    sample_source_count: int
    source_count: int
    calls_so_far: tuple[TrendPoint, ...] = ()  # of the same hours of past weeks' days and, last, of the day itself
    late_limit_pct: Decimal | None = None  # share of late arrivals from which a kecamatan is marked
    programmes: tuple[ProgrammeLine, ...] = ()  # all of the masterplan, by code
    dimensions: tuple[DimensionProgress, ...] = ()
    roadmap: tuple[RoadmapStage, ...] = ()  # all years of the masterplan, by horizon
    funnel: tuple[FunnelStep, ...] = ()  # of the calls of the last days, as many as late arrivals are counted over
    physical_curve: tuple[CurvePoint, ...] = ()  # of the whole masterplan in the running year, weighted by budget
    air_stations: tuple[AirReading, ...] = ()  # each station on the latest delivered day, worst first
    air_days: tuple[AirReading, ...] = ()  # worst of the region, last 30 days, oldest first; a missing day has no index
    air_bands: tuple[AirBand, ...] = ()  # from the rule pack in force; () draws no borders and marks no day
    spbe: SpbeCard | None = None  # of the last published year
    alarms: AlarmBoard = field(default_factory=AlarmBoard)  # of the journal; what no release knows
