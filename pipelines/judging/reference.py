"""Loads the code lists of `warehouse/reference/` and every accepted spelling of each code into a release."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import sqlalchemy as sa

from warehouse import schema

PROGRAMME_LISTS = ("dimension", "sub_dimension", "fund_source", "horizon")
REFERENCE_DIR = Path(schema.__file__).parent.parent / "reference"


def load_reference(connection: sa.Connection, folder: Path = REFERENCE_DIR) -> None:
    """Fill all ref_ tables."""
    regions = [
        {
            **row,
            "parent_code": row["parent_code"] or None,
            "tile_column": int(row["tile_column"]) if row["tile_column"] else None,
            "tile_row": int(row["tile_row"]) if row["tile_row"] else None,
        }
        for row in _rows(folder, "region")
    ]
    opds = _rows(folder, "opd")
    types = [{**row, "is_fire": row["is_fire"] == "true"} for row in _rows(folder, "incident_type")]
    kinds, statuses = _rows(folder, "call_kind"), _rows(folder, "handling_status")
    connection.execute(schema.ref_region.insert(), regions)
    connection.execute(schema.ref_opd.insert(), opds)
    connection.execute(schema.ref_incident_type.insert(), types)
    connection.execute(schema.ref_call_kind.insert(), kinds)
    connection.execute(schema.ref_handling_status.insert(), statuses)

    dimensions, sub_dimensions = _rows(folder, "dimension"), _rows(folder, "sub_dimension")
    connection.execute(schema.ref_dimension.insert(), dimensions)
    connection.execute(schema.ref_sub_dimension.insert(), sub_dimensions)
    connection.execute(schema.ref_fund_source.insert(), _rows(folder, "fund_source"))
    connection.execute(schema.ref_horizon.insert(), _rows(folder, "horizon"))

    aliases: set[tuple[str, str, str, str]] = set()
    for region in _rows(folder, "region"):
        kecamatan = region["level"] == "kecamatan"
        reference, scope = ("ref_kecamatan", region["parent_code"]) if kecamatan else ("ref_region", "")
        aliases |= _spellings(reference, scope, region)
    for opd in opds:
        aliases |= _spellings("ref_opd", opd["region_code"], opd)
    for reference in ("incident_type", "call_kind", "handling_status", *PROGRAMME_LISTS):
        for row in _rows(folder, reference):
            aliases |= _spellings(f"ref_{reference}", "", row)
    for row in _rows(folder, "alias"):
        aliases.add((row["reference"], row["scope"], alias_key(row["spelling"]), row["code"]))
    names = ("reference", "scope", "alias_key", "code")
    connection.execute(schema.ref_alias.insert(), [dict(zip(names, alias, strict=True)) for alias in sorted(aliases)])


def _spellings(reference: str, scope: str, row: dict[str, str]) -> set[tuple[str, str, str, str]]:
    return {(reference, scope, alias_key(row[column]), row["code"]) for column in ("code", "name")}


def alias_key(spelling: str) -> str:
    """Spelling without case, blanks and punctuation; the SQL twin is `quoting.alias_key_sql`."""
    return re.sub(r"[^0-9a-z]", "", spelling.lower())


def reference_names(connection: sa.Connection, reference: str, region_code: str) -> tuple[str, ...]:
    """Names a sender may write for a code list in a region, to propose the nearest."""
    region, opd = schema.ref_region, schema.ref_opd
    query: sa.Select[tuple[str]] | sa.CompoundSelect[tuple[str]]
    if reference == "ref_opd":
        query = sa.select(opd.c.code).where(opd.c.region_code == region_code)
    elif reference == "ref_kecamatan":
        query = sa.select(region.c.name).where(region.c.parent_code == region_code)
    elif reference == "ref_region":
        query = sa.select(region.c.name).where(region.c.level != "kecamatan")
    else:
        table = schema.metadata.tables[reference]
        query = sa.union_all(sa.select(table.c.name), sa.select(table.c.code))
    return tuple(connection.scalars(query))


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
