"""Gives a built release its identity: the day's next id and a digest of everything in it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from warehouse import schema
from warehouse.releases import ReleaseInfo, next_release_id, releases_dir
from warehouse.settings import Settings


def content_digest(connection: sa.Connection) -> str:
    """SHA-256 over every table but the release's own description."""
    return digest_of(table_digests(connection))


def digest_of(tables: Mapping[str, str]) -> str:
    parts = (f"{table}:{facts}" for table, facts in sorted(tables.items()))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def table_digests(connection: sa.Connection) -> dict[str, str]:
    """Each table by the count of its rows and the sums of their SHA-256.

    Sums do not depend on the order of rows, and need no memory that grows with them.
    """
    sums = ", ".join(f"sum(('0x' || digest[{start}:{start + 14}])::UBIGINT)" for start in (1, 16, 31, 46))
    found = {}
    for table in sorted(schema.metadata.tables):
        if table == "meta_release":
            continue
        rows = f"SELECT sha256(row_value::VARCHAR) AS digest FROM {table} AS row_value"
        facts = connection.exec_driver_sql(f"SELECT count(*), {sums} FROM ({rows})").one()
        found[table] = ",".join(str(fact) for fact in facts)
    return found


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
