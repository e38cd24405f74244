"""Gives a built release its identity: the day's next id and a digest of everything in it."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa

from warehouse import schema
from warehouse.releases import ReleaseInfo, next_release_id, releases_dir
from warehouse.settings import Settings


def content_digest(connection: sa.Connection) -> str:
    """SHA-256 over the ordered rows of every table but the release's own description."""
    parts = []
    for table in sorted(schema.metadata.tables):
        if table == "meta_release":
            continue
        rows = f"SELECT sha256(row_value::VARCHAR) AS digest FROM {table} AS row_value"
        parts.append(
            connection.exec_driver_sql(
                f"SELECT sha256(coalesce(string_agg(digest, '' ORDER BY digest), '')) FROM ({rows})"
            ).scalar_one()
        )
    return str(connection.exec_driver_sql("SELECT sha256(?)", ("".join(parts),)).scalar_one())


def name_release(connection: sa.Connection, settings: Settings, now: datetime, digest: str) -> ReleaseInfo:
    """Write the release's own description into it and flush the file; size and checksum come with the seal."""
    release_id = next_release_id(settings.state_dir, now.date())
    built_at = now.replace(microsecond=0)
    facts = {
        "release_id": release_id,
        "built_at": built_at,
        "profile": settings.profile,
        "region_code": settings.region.region_code,
        "content_digest": digest,
    }
    connection.execute(schema.meta_release.insert(), facts)
    connection.exec_driver_sql("CHECKPOINT")
    path = releases_dir(settings.state_dir) / f"{release_id}.duckdb"
    return ReleaseInfo(release_id, built_at, settings.profile, digest, "", 0, path)
