"""The latest published SPBE result of a region beside what was delivered of its province, read for the wall.

Refuses to call a province the nation, and to judge a year without its rule pack.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import sqlalchemy as sa

from warehouse.figures import Figure
from warehouse.indicators.spbe.gaps import domain_gaps, next_band, rises_alone
from warehouse.peer_queries import spbe_coverage, spbe_national_best
from warehouse.rules import RuleBook, round_half_up
from warehouse.schema import core_spbe_result as result
from warehouse.spbe_card import SpbeCard, SpbeDomain

DOMAINS = {number: result.c[f"domain_{number}_index"] for number in (1, 2, 3, 4)}


def read_spbe_card(
    connection: sa.Connection, region_code: str, rules: RuleBook, index: Figure | None
) -> SpbeCard | None:
    """Of the year the region's index is from; None without a result or its pack."""
    if index is None or index.value is None:
        return None
    pack = next((pack for pack in rules.index_packs if pack.rule_version == index.rule_version), None)
    year = int(index.period_label)
    own = connection.execute(
        sa.select(result).where(result.c.region_code == region_code, result.c.result_year == year)
    ).first()
    if pack is None or own is None:
        return None
    others = connection.execute(
        sa.select(result)
        .where(result.c.result_year == year, result.c.group_name == own.group_name)
        .where(sa.or_(result.c.region_code.is_(None), result.c.region_code != region_code))
        .order_by(result.c.institution_name)
    ).all()
    above = next_band(index.value, pack)
    values = {number: getattr(own, column.name) for number, column in DOMAINS.items()}
    gaps = domain_gaps({number: value for number, value in values.items() if value is not None}, pack)
    needed = {one.gap.no: one.needed for one in rises_alone(gaps, above.missing)} if above else {}
    best = spbe_national_best(connection, year) if spbe_coverage(connection, year).is_national else None
    return SpbeCard(
        year=year,
        highest_level=pack.highest_level,
        domains=tuple(
            SpbeDomain(
                gap.name, gap.value, mean_of(getattr(row, DOMAINS[gap.no].name) for row in others), needed.get(gap.no)
            )
            for gap in gaps
        ),
        next_name=above.band.name if above else "",
        next_lower=above.band.lower if above else None,
        missing=above.missing if above else None,
        group_name=own.group_name,
        peer_names=tuple(row.institution_name for row in others),
        peer_mean=mean_of(row.spbe_index for row in others),
        peer_best=max((row.spbe_index for row in others), default=None),
        national_best=best.spbe_index if best else None,
    )


def mean_of(values: Iterable[Decimal | None]) -> Decimal | None:
    """At two places; of those that are known."""
    known = [value for value in values if value is not None]
    return round_half_up(sum(known, Decimal(0)) / len(known), 2) if known else None
