"""One look of the rules written down: what was raised, what came back, which delays run.

Everything is read and written in one transaction among all writers, so no answer given meanwhile is lost; a look that
changes nothing writes nothing. Whether a value is beyond its limit was judged before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from journal.alarm_model import AlarmPending, AlarmRow
from journal.alarms import episode_of, put_episode
from journal.store import Journal
from warehouse.alarms.judging import Judged, Judgement
from warehouse.alarms.machine import OPEN, Episode, Watched, step
from warehouse.scope import Scope

Key = tuple[str, str]  # rule and place
AT_ONCE = (timedelta(), timedelta())


@dataclass(frozen=True)
class Remembered:
    """What the journal holds of all rules and places."""

    rows: Mapping[Key, AlarmRow]  # the open episode of each
    pending: Mapping[Key, datetime]

    def watched(self, key: Key) -> Watched:
        row = self.rows.get(key)
        return Watched(None if row is None else episode_of(row), self.pending.get(key))


def keep_look(journal: Journal, scope: Scope, judgement: Judgement) -> int:
    """How many rules and places changed."""
    with journal.reading() as session:
        if not any(True for _change in _changes(_remembered(session), judgement)):
            return 0
    with journal.writing(scope, judgement.at) as session:
        remembered, judged = _remembered(session), {one.key: one for one in judgement.judged}
        changes = list(_changes(remembered, judgement))
        for key, after in changes:
            _write(session, key, remembered, after, judged.get(key))
        return len(changes)


def _remembered(session: Session) -> Remembered:
    rows = session.scalars(sa.select(AlarmRow).where(AlarmRow.state.in_([state.value for state in OPEN])))
    pending = session.scalars(sa.select(AlarmPending))
    return Remembered(
        {(row.rule_id, row.place): row for row in rows}, {(one.rule_id, one.place): one.since for one in pending}
    )


def _changes(remembered: Remembered, judgement: Judgement) -> Iterator[tuple[Key, Watched]]:
    judged = {one.key: one for one in judgement.judged if one.rule.is_alarm}
    for key in sorted({*judged, *remembered.rows, *remembered.pending}):
        before = remembered.watched(key)
        after = _stepped(key, before, judged.get(key), judgement)
        if after != before:
            yield key, after


def _stepped(key: Key, before: Watched, judged: Judged | None, judgement: Judgement) -> Watched:
    """A place that is not told of is normal where its signal is known; a rule that is no more ends what it raised."""
    rule = judgement.rules.get(key[0])
    if rule is None or not rule.is_alarm:
        return step(AT_ONCE, before, False, judgement.at)
    absent = False if key[0] in judgement.known else None
    beyond = absent if judged is None else judged.is_beyond(before.is_over)
    return step((rule.on_delay, rule.off_delay), before, beyond, judgement.at)


def _write(session: Session, key: Key, remembered: Remembered, after: Watched, judged: Judged | None) -> None:
    if after.pending_since != remembered.pending.get(key):
        session.execute(sa.delete(AlarmPending).where(AlarmPending.rule_id == key[0], AlarmPending.place == key[1]))
        if after.pending_since is not None:
            session.execute(sa.insert(AlarmPending).values(rule_id=key[0], place=key[1], since=after.pending_since))
    row, episode = remembered.rows.get(key), after.episode
    if episode is None:
        return
    if row is None and judged is not None:
        session.add(_new_row(judged, episode))
    elif row is not None:
        if judged is not None and judged.value is not None and episode.raise_count > row.raise_count:
            row.value, row.detail = str(judged.value), judged.reading.detail
        put_episode(row, episode)


def _new_row(judged: Judged, episode: Episode) -> AlarmRow:
    rule, reading = judged.rule, judged.reading
    row = AlarmRow(
        rule_id=rule.pack_id,
        rule_version=rule.rule_version,
        signal=rule.signal,
        title=rule.title,
        audience=rule.audience,
        priority=rule.priority,
        place=reading.place,
        place_name=reading.place_name,
        owner=judged.owner,
        detail=reading.detail,
        value=str(judged.value),
        limit_value=str(judged.bounds.limit),
        unit=reading.unit,
        is_sample=reading.is_sample,
        is_over=False,
    )
    put_episode(row, episode)
    return row
