"""The questions pages may ask of a release, each named by its answer. Values are bound, never written into SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pandas as pd
import sqlalchemy as sa

from warehouse.air_queries import (
    air_bands,
    air_days,
    air_stations,
    ispu_differences,
)
from warehouse.area_queries import area_outlines
from warehouse.budget_queries import critical_contracts, opd_absorption, projects
from warehouse.call_queries import call_funnel, call_hours, fire_response_by_month, open_tickets
from warehouse.clock import AGREED
from warehouse.event_queries import excuses
from warehouse.frames import read_frame
from warehouse.indicators.model import Indicator, RowKey
from warehouse.indicators.selects import ACCEPTED, is_named, is_own
from warehouse.level_queries import spbe_level_years, spbe_levels
from warehouse.peer_queries import (
    SpbeBest,
    SpbeCoverage,
    spbe_coverage,
    spbe_means,
    spbe_national_best,
    spbe_peers,
    spbe_years,
    waste_composition,
    waste_national,
    waste_peers,
    waste_sums,
    waste_years,
)
from warehouse.programme_progress import reported_year
from warehouse.programme_queries import (
    due_month,
    masterplan_years,
    programme_facts,
    programme_reports,
    programme_targets,
    programmes,
)
from warehouse.punctuality import dues
from warehouse.schema import (
    mart_indicator_value,
    meta_finding,
    meta_publication,
    meta_quarantine,
    meta_sender,
    meta_source,
    meta_submission,
)
from warehouse.turnaround import turnaround

__all__ = [
    "FileBehind",
    "RowsBehind",
    "SpbeBest",
    "SpbeCoverage",
    "air_bands",
    "air_days",
    "air_stations",
    "area_outlines",
    "call_funnel",
    "call_hours",
    "critical_contracts",
    "due_month",
    "dues",
    "excuses",
    "findings",
    "fire_response_by_month",
    "indicator_rows",
    "indicator_values",
    "ispu_differences",
    "masterplan_years",
    "opd_absorption",
    "open_tickets",
    "programme_facts",
    "programme_reports",
    "programme_targets",
    "programmes",
    "projects",
    "quarantined_rows",
    "reported_year",
    "sources",
    "spbe_coverage",
    "spbe_level_years",
    "spbe_levels",
    "spbe_means",
    "spbe_national_best",
    "spbe_peers",
    "spbe_years",
    "submissions",
    "turnaround",
    "waste_composition",
    "waste_national",
    "waste_peers",
    "waste_sums",
    "waste_years",
]


def indicator_values(connection: sa.Connection, indicator_id: str, entity_kind: str | None = None) -> pd.DataFrame:
    """Stored values of one indicator, oldest first; all kinds of entity unless one is named."""
    mart = mart_indicator_value
    select = sa.select(mart).where(mart.c.indicator_id == indicator_id)
    if entity_kind is not None:
        select = select.where(mart.c.entity_kind == entity_kind)
    return read_frame(connection, select.order_by(mart.c.period_start, mart.c.entity_kind, mart.c.entity_code))


@dataclass(frozen=True)
class FileBehind:
    """A delivered file with the number of its rows behind a value."""

    submission_id: str
    file_name: str
    sheet_name: str | None
    sha256: str | None  # None: a delivery of another agency, to a reader bound to their own
    opd_code: str
    received_at: datetime
    origin: str
    is_sample: bool
    row_count: int


@dataclass(frozen=True)
class RowsBehind:
    """Rows behind one value: as many as asked for, with the count of all and the files they came in."""

    rows: pd.DataFrame
    row_count: int
    files: tuple[FileBehind, ...]


def indicator_rows(
    connection: sa.Connection, indicator: Indicator, key: RowKey, limit: int = 1000
) -> RowsBehind | None:
    """Delivered rows behind one value that the reader may see, newest delivery first. None when the indicator is not
    made of delivered rows."""
    if indicator.rows is None:
        return None
    facts = indicator.rows(key).order_by(None).subquery("facts")
    delivery = meta_submission
    joined = facts.join(delivery, delivery.c.submission_id == facts.c.submission_id)
    rows = (
        sa.select(delivery.c.file_name, delivery.c.sheet_name, *facts.c)
        .select_from(joined)
        .where(is_named())
        .order_by(delivery.c.received_at.desc(), delivery.c.file_name, facts.c.row_no)
        .limit(limit)
    )
    names = ("submission_id", "file_name", "sheet_name", "sha256", "opd_code", "received_at", "origin", "is_sample")
    files = (
        sa.select(*(delivery.c[name] for name in names), sa.func.count().label("row_count"))
        .select_from(joined)
        .where(is_named())
        .group_by(*(delivery.c[name] for name in names))
        .order_by(delivery.c.received_at.desc(), delivery.c.file_name)
    )
    found = tuple(FileBehind(**row._mapping) for row in connection.execute(files))
    return RowsBehind(read_frame(connection, rows), sum(file.row_count for file in found), found)


def sources(connection: sa.Connection) -> pd.DataFrame:
    """One row for each source: its agreement, and what was delivered so far."""
    delivery = meta_submission
    accepted = delivery.c.status.in_(ACCEPTED)

    def total(column: str) -> sa.Label[int]:
        return sa.cast(sa.func.coalesce(sa.func.sum(delivery.c[column]), 0), sa.BigInteger).label(column)

    delivered = (
        sa.select(
            delivery.c.source_id,
            sa.func.count().label("submission_count"),
            total("accepted_count"),
            total("rejected_count"),
            sa.func.max(delivery.c.received_at).filter(accepted).label("received_at"),
            sa.func.max(delivery.c.data_until).filter(accepted).label("data_until"),
            sa.func.coalesce(sa.func.bool_or(delivery.c.is_sample).filter(accepted), False).label("is_sample"),
        )
        .group_by(delivery.c.source_id)
        .subquery("delivered")
    )
    senders = (
        sa.select(
            meta_sender.c.source_id,
            sa.func.string_agg(meta_sender.c.opd_code, ", ", type_=sa.Text).label("senders"),
        )
        .group_by(meta_sender.c.source_id)
        .subquery("senders")
    )
    source = meta_source
    return read_frame(
        connection,
        sa.select(
            *source.c[
                "source_id", "title", "cadence", *AGREED, "max_age_days", "license", "provenance", "target_table"
            ],
            senders.c.senders,
            sa.func.coalesce(delivered.c.submission_count, 0).label("submission_count"),
            sa.func.coalesce(delivered.c.accepted_count, 0).label("accepted_count"),
            sa.func.coalesce(delivered.c.rejected_count, 0).label("rejected_count"),
            delivered.c.received_at,
            delivered.c.data_until,
            sa.func.coalesce(delivered.c.is_sample, False).label("is_sample"),
        )
        .select_from(
            source.outerjoin(senders, senders.c.source_id == source.c.source_id).outerjoin(
                delivered, delivered.c.source_id == source.c.source_id
            )
        )
        .order_by(source.c.source_id),
    )


def submissions(connection: sa.Connection, source_id: str | None = None) -> pd.DataFrame:
    """Every delivery of the reader's agencies with its title and when a release first held it, newest first."""
    titled = meta_submission.outerjoin(meta_source, meta_source.c.source_id == meta_submission.c.source_id)
    out = meta_publication.c.submission_id == meta_submission.c.submission_id
    select = (
        sa.select(meta_source.c.title, meta_submission, meta_publication.c.published_at)
        .select_from(titled.outerjoin(meta_publication, out))
        .where(is_own())
        .order_by(meta_submission.c.received_at.desc(), meta_submission.c.submission_id)
    )
    if source_id is not None:
        select = select.where(meta_submission.c.source_id == source_id)
    return read_frame(connection, select)


def findings(connection: sa.Connection, submission_id: str | None = None, source_id: str | None = None) -> pd.DataFrame:
    """What was wrong in deliveries, with file, place and remedy; of one delivery or one source when named."""
    select = (
        sa.select(meta_submission.c.file_name, meta_submission.c.opd_code, meta_finding)
        .select_from(
            meta_finding.outerjoin(meta_submission, meta_submission.c.submission_id == meta_finding.c.submission_id)
        )
        .order_by(meta_submission.c.received_at.desc(), meta_finding.c.submission_id, meta_finding.c.row_no)
    )
    if submission_id is not None:
        select = select.where(meta_finding.c.submission_id == submission_id)
    if source_id is not None:
        select = select.where(meta_finding.c.source_id == source_id)
    return read_frame(connection, select)


def quarantined_rows(connection: sa.Connection, source_id: str) -> pd.DataFrame:
    """Rows of a source that were held back, as delivered, with the reasons."""
    select = (
        sa.select(meta_submission.c.file_name, meta_submission.c.sheet_name, meta_quarantine)
        .select_from(
            meta_quarantine.outerjoin(
                meta_submission, meta_submission.c.submission_id == meta_quarantine.c.submission_id
            )
        )
        .where(meta_quarantine.c.source_id == source_id)
        .order_by(meta_submission.c.received_at.desc(), meta_quarantine.c.submission_id, meta_quarantine.c.row_no)
    )
    return read_frame(connection, select)
