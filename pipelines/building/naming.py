"""Gives a built release its identity: the day's next id and a digest of everything in it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from pipelines.building.fresh_file import overtaken_name
from pipelines.building.increment import Change
from warehouse import schema
from warehouse.releases import ReleaseInfo, next_release_id, releases_dir
from warehouse.settings import Settings

OWN = ("meta_release", "meta_publication")  # tell of the release itself
TableDigest = tuple[int, ...]  # count of rows, sums of two hashes


def content_digest(connection: sa.Connection) -> str:
    """SHA-256 over every table but those that describe the release itself."""
    return digest_of(table_digests(connection))


def digest_of(tables: Mapping[str, TableDigest]) -> str:
    parts = (f"{table}:{','.join(map(str, facts))}" for table, facts in sorted(tables.items()))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def table_digests(connection: sa.Connection) -> dict[str, TableDigest]:
    return {table: table_digest(connection, table) for table in sorted(schema.metadata.tables) if table not in OWN}


def table_digest(connection: sa.Connection, table: str, where: str = "true", rows: str = "") -> TableDigest:
    """A table, or some of its rows, by their count and the sums of two hashes of each. `rows`: where they stand if not
    in the table.

    Sums do not depend on the order of rows, and can be taken from one another. The hashes are DuckDB's own: equal in
    one version of it, which is among the inputs of a release. The second reads the columns from the last to the first.
    """
    columns = [f'"{column.name}"' for column in schema.metadata.tables[table].columns]
    hashes = (f"hash({', '.join(listed)})" for listed in (columns, columns[::-1]))
    sums = ", ".join(f"coalesce(sum({one}::HUGEINT), 0)" for one in hashes)
    facts = connection.exec_driver_sql(f"SELECT count(*), {sums} FROM {rows or table} WHERE {where}").one()
    return tuple(map(int, facts))


def changed_digests(
    connection: sa.Connection, base: Mapping[str, Sequence[int]], changes: Sequence[Change], database: str
) -> dict[str, TableDigest]:
    """Of all tables, when only the rows of `changes` and those overtaken differ from the attached base."""
    found = {table: tuple(facts) for table, facts in base.items()}
    for change in changes:
        if change.table in OWN:
            continue
        gone = [table_digest(connection, change.table, change.before, f"{database}{change.table}")]
        gone += [table_digest(connection, change.table, rows=overtaken_name(change.table))] if change.grew else []
        come = table_digest(connection, change.table, change.now)
        for sign, facts in ((1, come), *((-1, one) for one in gone)):
            found[change.table] = tuple(had + sign * part for had, part in zip(found[change.table], facts, strict=True))
    return found


def name_release(
    connection: sa.Connection, settings: Settings, now: datetime, digest: str, foundation: str | None = None
) -> ReleaseInfo:
    """Write the release's own description into it; size and checksum come with the seal."""
    release_id = next_release_id(settings.state_dir, now.date())
    built_at = now.replace(microsecond=0)
    facts = {
        "release_id": release_id,
        "built_at": built_at,
        "profile": settings.profile,
        "region_code": settings.region.region_code,
        "content_digest": digest,
        "foundation": foundation,
    }
    connection.execute(sa.delete(schema.meta_release))
    connection.execute(schema.meta_release.insert(), facts)
    path = releases_dir(settings.state_dir) / f"{release_id}.duckdb"
    return ReleaseInfo(release_id, built_at, settings.profile, digest, "", 0, path)
