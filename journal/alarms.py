"""Alarms as the journal holds them, read for lists, walls and messages; it changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from journal.alarm_model import AlarmActRow, AlarmPending, AlarmRow
from journal.store import Journal
from warehouse.alarm_record import read_last_look
from warehouse.alarms.machine import Episode, State
from warehouse.alarms.standing import Act, Alarm, AlarmLog

LOG_SPAN = timedelta(days=30)


def alarms_since(journal: Journal, since: datetime) -> tuple[Alarm, ...]:
    """All that were raised, or open, at some moment from then on; newest first."""
    return _read(journal, sa.or_(AlarmRow.ended_at.is_(None), AlarmRow.ended_at >= since, AlarmRow.raised_at >= since))


def read_log(journal: Journal, state_dir: Path, now: datetime) -> AlarmLog:
    """Of the last days, with what is still open however old; and when the rules were last held against the data."""
    look = read_last_look(state_dir)
    return AlarmLog(alarms_since(journal, now - LOG_SPAN), look.looked_at if look else None)


def _read(journal: Journal, *conditions: sa.ColumnElement[bool]) -> tuple[Alarm, ...]:
    select = sa.select(AlarmRow).where(*conditions).order_by(AlarmRow.raised_at.desc(), AlarmRow.id.desc())
    with journal.reading() as session:
        rows = session.scalars(select).all()
        acts, pending = acts_of(session, (row.id for row in rows)), _pending(session)
        return tuple(
            replace(alarm_of(row, acts.get(row.id, ())), within_since=pending.get((row.rule_id, row.place)))
            if row.is_over and row.ended_at is None
            else alarm_of(row, acts.get(row.id, ()))
            for row in rows
        )


def _pending(session: Session) -> dict[tuple[str, str], datetime]:
    """From when on a change of a rule at a place is waited out."""
    return {(row.rule_id, row.place): row.since for row in session.scalars(sa.select(AlarmPending))}


def acts_of(session: Session, alarm_ids: Iterable[int]) -> dict[int, tuple[Act, ...]]:
    """What was done about each, in the order it was written."""
    found: dict[int, tuple[Act, ...]] = {}
    select = sa.select(AlarmActRow).where(AlarmActRow.alarm_id.in_(list(alarm_ids))).order_by(AlarmActRow.id)
    for row in session.scalars(select):
        act = Act(row.kind, row.acted_by, row.acted_at, row.note, row.until)
        found[row.alarm_id] = (*found.get(row.alarm_id, ()), act)
    return found


def episode_of(row: AlarmRow) -> Episode:
    return Episode(
        state=State(row.state),
        raised_at=row.raised_at,
        changed_at=row.changed_at,
        is_over=row.is_over,
        raise_count=row.raise_count,
        raises=tuple(datetime.fromisoformat(text) for text in row.raises),
        shelved_until=row.shelved_until,
    )


def put_episode(row: AlarmRow, episode: Episode) -> None:
    """What the machine said of it; when it came back and when it ended follow."""
    row.state, row.raised_at, row.changed_at = episode.state.value, episode.raised_at, episode.changed_at
    if row.is_over and not episode.is_over:
        row.recovered_at = episode.changed_at
    elif episode.is_over:
        row.recovered_at = None
    row.is_over, row.raise_count = episode.is_over, episode.raise_count
    row.raises = [at.isoformat() for at in episode.raises]
    row.shelved_until = episode.shelved_until
    row.ended_at = episode.changed_at if episode.state is State.DONE else None


def alarm_of(row: AlarmRow, acts: tuple[Act, ...]) -> Alarm:
    return Alarm(
        alarm_id=row.id,
        version=row.version,
        rule_id=row.rule_id,
        rule_version=row.rule_version,
        signal=row.signal,
        title=row.title,
        audience=row.audience,
        priority=row.priority,
        place=row.place,
        place_name=row.place_name,
        owner=row.owner,
        detail=row.detail,
        value=Decimal(row.value),
        limit=Decimal(row.limit_value),
        unit=row.unit,
        is_sample=row.is_sample,
        episode=episode_of(row),
        recovered_at=row.recovered_at,
        ended_at=row.ended_at,
        acts=acts,
    )
