"""When each delivery first stood in a release: told by the release, and kept beside the archived file.

Of deliveries older than that record nothing is said. It is no part of what a release is made of: the same originals
give the same release whenever they are built.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from pipelines.deliveries.submissions import FACTS_FILE, PUBLISHED_AT, Submission
from warehouse.durable_files import write_durably
from warehouse.engine import open_release
from warehouse.indicators.selects import ACCEPTED
from warehouse.releases import ReleaseInfo
from warehouse.schema import meta_publication, meta_submission

TAKEN = sa.select(meta_submission.c.submission_id).where(meta_submission.c.status.in_(ACCEPTED))


@dataclass(frozen=True)
class Before:
    """What was out already: `taken` by the release before, or all that was there when the last one was built."""

    taken: frozenset[str] | None = None
    built_at: datetime | None = None

    def lacked(self, item: Submission) -> bool:
        if self.taken is not None:
            return item.submission_id not in self.taken
        decided_at = item.confirmation.confirmed_at if item.confirmation else item.received_at
        return self.built_at is None or max(item.received_at, decided_at) > self.built_at


def read_before(current: ReleaseInfo | None, built_at: datetime | None) -> Before:
    """`current`: the release before if it can be read; `built_at` the instant of the newest, readable or not."""
    if current is None:
        return Before(None, built_at)
    engine = open_release(current.path)
    try:
        with engine.connect() as connection:
            return Before(frozenset(connection.execute(TAKEN).scalars()))
    finally:
        engine.dispose()


def note_publications(
    connection: sa.Connection, submissions: Iterable[Submission], before: Before, at: datetime
) -> None:
    """What this release brings for the first time, and what earlier ones did."""
    table, taken = meta_publication, set(connection.execute(TAKEN).scalars())
    rows = []
    for item in submissions:
        is_new = item.published_at is None and item.submission_id in taken and before.lacked(item)
        published_at = at if is_new else item.published_at
        if item.origin == "inbox" and published_at is not None:
            facts = (item.submission_id, item.source_id, item.received_at, published_at)
            rows.append(dict(zip(table.columns.keys(), facts, strict=True)))
    connection.execute(sa.delete(table))
    if rows:
        connection.execute(table.insert(), rows)


def keep_publications(release: ReleaseInfo | None, submissions: Sequence[Submission]) -> list[Submission]:
    """Write what the release tells beside the files that do not say it yet; the deliveries with it."""
    waiting = {item.submission_id for item in submissions if item.origin == "inbox" and item.published_at is None}
    if release is None or not waiting:
        return list(submissions)
    select = sa.select(*meta_publication.c["submission_id", "received_at", "published_at"])
    engine = open_release(release.path)
    try:
        with engine.connect() as connection:
            known = {(row.submission_id, row.received_at): row.published_at for row in connection.execute(select)}
    finally:
        engine.dispose()
    return [_kept(item, known) if item.submission_id in waiting else item for item in submissions]


def _kept(item: Submission, known: dict[tuple[str, datetime], datetime]) -> Submission:
    at = known.get((item.submission_id, item.received_at))
    if at is None:
        return item
    place = item.path.parent / FACTS_FILE
    facts = json.loads(place.read_text("utf-8"))
    if facts["received_at"] != item.received_at.isoformat(timespec="seconds"):
        return item  # it came once more meanwhile
    facts[PUBLISHED_AT] = at.isoformat(timespec="seconds")
    write_durably(place, json.dumps(facts, ensure_ascii=False).encode())
    return replace(item, published_at=at)
