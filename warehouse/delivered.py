"""What a release holds for a region: of any sources how far they were delivered, and which agencies owe them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from warehouse.indicators.model import Indicator, Scope
from warehouse.indicators.selects import ACCEPTED
from warehouse.schema import meta_sender, meta_source, meta_submission, ref_region


@dataclass(frozen=True)
class Delivered:
    """What was delivered for a region, by source: read once for all indicators."""

    region_code: str
    region_name: str
    titles: Mapping[str, str]
    owners: Mapping[str, Collection[str]]  # agencies that owe it
    until: Mapping[str, datetime]

    def scope(self, source_ids: Collection[str]) -> Scope:
        """How far the given sources have been delivered, and who owes them."""
        owners = {code for source_id in source_ids for code in self.owners.get(source_id, ())}
        titles = sorted(self.titles[source_id] for source_id in source_ids if source_id in self.titles)
        until = (self.until[source_id] for source_id in source_ids if source_id in self.until)
        return Scope(
            region_code=self.region_code,
            region_name=self.region_name,
            source_title=", ".join(titles or source_ids),
            owners=tuple(sorted(owners)),
            data_until=max(until, default=None),
        )

    def scope_of(self, indicator: Indicator) -> Scope:
        """The scope of an indicator, with the agency that answers for what no single one makes."""
        scope = self.scope(indicator.source_ids)
        coordinating = tuple(self.owners.get(indicator.coordinator_source, ()))
        answering = (scope.owners, coordinating)
        return replace(scope, coordinator=next((codes[0] for codes in answering if len(codes) == 1), None))


def read_delivered(connection: sa.Connection, region_code: str) -> Delivered:
    """What a release holds for a region."""
    submission, sender = meta_submission.c, meta_sender.c
    until = sa.func.max(sa.func.coalesce(submission.data_until, submission.received_at))
    accepted = sa.select(submission.source_id, until).where(submission.status.in_(ACCEPTED))
    owners: dict[str, set[str]] = {}
    for source_id, opd_code in connection.execute(sa.select(sender.source_id, sender.opd_code)):
        owners.setdefault(source_id, set()).add(opd_code)
    return Delivered(
        region_code,
        connection.execute(sa.select(ref_region.c.name).where(ref_region.c.code == region_code)).scalar()
        or region_code,
        {row[0]: row[1] for row in connection.execute(sa.select(meta_source.c.source_id, meta_source.c.title))},
        owners,
        {row[0]: row[1] for row in connection.execute(accepted.group_by(submission.source_id))},
    )
