"""All a wall may show, read once from one release at one instant; computes nothing that a mart already holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

import sqlalchemy as sa

from warehouse.air_queries import air_bands, air_days, air_stations, last_air_day
from warehouse.call_queries import call_funnel
from warehouse.clock import AGREED, IRREGULAR
from warehouse.delivered import read_delivered
from warehouse.figures import Figure, WallView
from warehouse.indicators.data import ketepatan_waktu
from warehouse.indicators.selects import ACCEPTED
from warehouse.indicators.smart_living import call_days
from warehouse.narrowed_view import own_clocks
from warehouse.punctuality import read_excused_clocks
from warehouse.rules import RuleBook
from warehouse.schema import mart_indicator_value as mart
from warehouse.schema import meta_release, meta_source, meta_submission
from warehouse.scope import WHOLE, Reach
from warehouse.settings import Settings
from warehouse.wall_actions import CALLS, FIRE, ordered, undelivered_actions
from warehouse.wall_calls import read_calls
from warehouse.wall_figures import FigureFacts, Region, punctuality_figure, read_figures
from warehouse.wall_incidents import FireSender, read_fire_senders, read_late_arrivals, read_open_tickets
from warehouse.wall_programmes import read_masterplan
from warehouse.wall_spbe import read_spbe_card

SPBE = "spbe.indeks"
FOLLOW_UP = ("masterplan", "anggaran")
AIR_SPAN = timedelta(days=29)  # with the last day, thirty


def read_wall_view(
    connection: sa.Connection, settings: Settings, rules: RuleBook, instant: datetime, reach: Reach = WHOLE
) -> WallView:
    """Everything for the wall of the active profile. `instant` is local time without zone; over a connection of a
    narrower `reach` its lists hold only what is the reader's."""
    region = Region(settings.region.region_code, settings.region.region_name)
    release = connection.execute(sa.select(meta_release.c.release_id, meta_release.c.built_at)).one()
    clocks = read_excused_clocks(connection, instant)
    call_scope = read_delivered(connection, region.code).scope((call_days.SOURCE,))
    calls = read_calls(connection, region.code, rules, call_scope.data_until)
    usual = {CALLS: calls.usual_total} if calls and calls.usual_total else {}
    fire_senders = _fire_senders(connection, region.code)
    senders = {FIRE: frozenset(one.sender for one in fire_senders)}
    figures = read_figures(connection, region, rules, clocks, FigureFacts(usual, senders))
    scheduled = _scheduled_sources(connection)
    punctuality = punctuality_figure(clocks, scheduled, region, rules, instant)
    window = rules.count("layanan_112.arrival_window_days")
    tickets = read_open_tickets(connection, region.code)
    masterplan = read_masterplan(connection, region.code, instant.year)
    air_day = last_air_day(connection, region.code)
    stations = air_stations(connection, region.code, air_day) if air_day else ()
    actions = undelivered_actions(own_clocks(clocks, reach), scheduled)
    return WallView(
        region_code=region.code,
        region_name=region.name,
        timezone_label=settings.region.timezone_label,
        release_id=release.release_id,
        published_at=release.built_at,
        instant=instant,
        figures=figures | {ketepatan_waktu.INDICATOR.id: punctuality},
        actions=ordered(actions),
        nearest_to_limit=nearest_to_limit(figures.values()),
        calls=calls.hourly if calls else None,
        calls_so_far=calls.so_far if calls else (),
        late_arrivals=read_late_arrivals(connection, region.code),
        arrival_limit_minutes=rules.count("layanan_112.arrival_limit_minutes"),
        late_arrivals_days=window,
        funnel=call_funnel(connection, region.code, calls.hourly.day - timedelta(days=window - 1), calls.hourly.day)
        if calls
        else (),
        open_tickets=tuple(sent.ticket for sent in tickets),
        open_ticket_hours=rules.count("layanan_112.open_ticket_hours"),
        clocks=clocks,
        opd_on_time_count=int(punctuality.numerator or 0),
        opd_count=int(punctuality.denominator or 0),
        sample_source_count=_sample_source_count(connection),
        source_count=connection.execute(sa.select(sa.func.count()).select_from(meta_source)).scalar_one(),
        late_limit_pct=rules.value("layanan_112.area_late_pct"),
        **vars(masterplan),
        air_stations=stations,
        air_days=air_days(connection, region.code, air_day - AIR_SPAN, air_day) if air_day else (),
        air_bands=air_bands(rules),
        spbe=read_spbe_card(connection, region.code, rules, figures.get(SPBE)),
    )


def nearest_to_limit(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Figures with a target by their distance to it, relative to the target; on either side of it.

    Programmes and budgets are followed up in meetings: they are no limit an operator can act on.
    """
    near: list[tuple[Decimal, str, Figure]] = []
    for figure in figures:
        if figure.indicator_id.split(".")[0] in FOLLOW_UP:
            continue
        if figure.value is not None and figure.target:
            near.append((abs(figure.value - figure.target) / figure.target, figure.indicator_id, figure))
    return tuple(figure for _distance, _id, figure in sorted(near, key=lambda item: item[:2]))


def _fire_senders(connection: sa.Connection, region_code: str) -> tuple[FireSender, ...]:
    """Agencies behind the latest month of fire response."""
    latest = sa.select(sa.func.max(mart.c.period_start)).where(
        mart.c.indicator_id == FIRE, mart.c.region_code == region_code
    )
    month = connection.execute(latest).scalar()
    return read_fire_senders(connection, region_code, month) if month else ()


def _scheduled_sources(connection: sa.Connection) -> frozenset[str]:
    """Sources with an agreed due date."""
    agreed = sa.or_(*(column.is_not(None) for column in meta_source.c[AGREED]))
    select = sa.select(meta_source.c.source_id).where(agreed, meta_source.c.cadence != IRREGULAR)
    return frozenset(connection.execute(select).scalars())


def _sample_source_count(connection: sa.Connection) -> int:
    select = sa.select(sa.func.count(meta_submission.c.source_id.distinct())).where(
        meta_submission.c.is_sample, meta_submission.c.status.in_(ACCEPTED)
    )
    return connection.execute(select).scalar_one()
