"""Published results of a region beside those of others: SPBE by province group, waste by province."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _

import pandas as pd
import sqlalchemy as sa

from warehouse.frames import read_frame
from warehouse.schema import core_spbe_result as result
from warehouse.schema import core_waste_composition as composition
from warehouse.schema import core_waste_generation as generation
from warehouse.schema import core_waste_management as management
from warehouse.schema.facts import MEAN, NATIONAL

PARTS = {  # column of the composition table, as shown
    "food_pct": _("Sisa makanan"),
    "wood_pct": _("Kayu dan ranting"),
    "paper_pct": _("Kertas dan karton"),
    "plastic_pct": _("Plastik"),
    "metal_pct": _("Logam"),
    "textile_pct": _("Kain"),
    "rubber_leather_pct": _("Karet dan kulit"),
    "glass_pct": _("Kaca"),
    "other_pct": _("Lainnya"),
}


IS_INSTITUTION = result.c.institution_kind != MEAN
IS_REGION = management.c.province_name != NATIONAL
NATIONAL_MEAN = "Nasional (rata-rata)"


@dataclass(frozen=True)
class SpbeBest:
    """The highest published index of a year; several institutions may share it."""

    result_year: int
    spbe_index: Decimal
    institutions: tuple[str, ...]
    is_sample: bool


@dataclass(frozen=True)
class SpbeCoverage:
    """How much of a year was delivered: results of one province only say nothing about the nation."""

    institution_count: int
    groups: tuple[str, ...]

    @property
    def is_national(self) -> bool:
        return len(self.groups) > 1


def spbe_coverage(connection: sa.Connection, year: int) -> SpbeCoverage:
    """Institutions delivered for a year and the groups they belong to."""
    select = (
        sa.select(result.c.group_name, sa.func.count())
        .where(result.c.result_year == year, IS_INSTITUTION)
        .group_by(result.c.group_name)
        .order_by(result.c.group_name)
    )
    rows = connection.execute(select).all()
    return SpbeCoverage(sum(count for _group, count in rows), tuple(group for group, _count in rows))


def spbe_years(connection: sa.Connection) -> tuple[int, ...]:
    """Years with published SPBE results, oldest first."""
    years = sa.select(result.c.result_year).where(IS_INSTITUTION).distinct().order_by(result.c.result_year)
    return tuple(connection.execute(years).scalars())


def spbe_peers(connection: sa.Connection, year: int, group_name: str) -> pd.DataFrame:
    """Institutions of one group (a province) in a year, highest index first."""
    select = (
        sa.select(result)
        .where(result.c.result_year == year, result.c.group_name == group_name)
        .order_by(result.c.spbe_index.desc(), result.c.institution_name)
    )
    return read_frame(connection, select)


def spbe_means(connection: sa.Connection, year: int) -> dict[str, dict[int | str, Decimal]]:
    """Published means of a year by their name, each by domain number and `indeks`, as far as they were published."""
    select = sa.select(result).where(result.c.result_year == year, result.c.institution_kind == MEAN)
    columns: dict[int | str, str] = {no: f"domain_{no}_index" for no in (1, 2, 3, 4)}
    columns["indeks"] = "spbe_index"
    found: dict[str, dict[int | str, Decimal]] = {}
    for row in connection.execute(select.order_by(result.c.institution_name)):
        values = {key: getattr(row, column) for key, column in columns.items()}
        found[row.institution_name] = {key: value for key, value in values.items() if value is not None}
    return found


def mean_words(name: str) -> str:
    """`Rata-rata nasional` of a row `Nasional (rata-rata)`: rows that begin with that word are taken for totals."""
    return _("Rata-rata {group}").format(group=name.partition(" (")[0].lower())


def spbe_national_best(connection: sa.Connection, year: int, kind: str | None = None) -> SpbeBest | None:
    """Highest index delivered for a year, of one kind of institution when named; None without results."""
    inside = [result.c.result_year == year, IS_INSTITUTION] + ([result.c.institution_kind == kind] if kind else [])
    highest = sa.select(sa.func.max(result.c.spbe_index)).where(*inside).scalar_subquery()
    select = (
        sa.select(result.c.spbe_index, result.c.institution_name, result.c.is_sample)
        .where(*inside, result.c.spbe_index == highest)
        .order_by(result.c.institution_name)
    )
    rows = connection.execute(select).all()
    if not rows:
        return None
    names = tuple(row.institution_name for row in rows)
    return SpbeBest(year, rows[0].spbe_index, names, any(row.is_sample for row in rows))


@dataclass(frozen=True)
class WasteSum:
    """Tonnages of several regions put together: a share of them is a ratio of sums, never a mean of shares."""

    generation_ton: Decimal
    reduced_ton: Decimal
    handled_ton: Decimal
    region_count: int
    province_count: int
    is_sample: bool


@dataclass(frozen=True)
class WasteNational:
    """Tonnages of the nation put together by whoever delivered them; the name says of how many regions."""

    name: str
    generation_ton: Decimal
    reduced_ton: Decimal
    handled_ton: Decimal
    is_sample: bool


def waste_years(connection: sa.Connection) -> tuple[int, ...]:
    """Years with published waste results, oldest first."""
    select = sa.select(management.c.data_year).where(IS_REGION).distinct().order_by(management.c.data_year)
    return tuple(connection.execute(select).scalars())


def waste_peers(connection: sa.Connection, year: int, province_name: str) -> pd.DataFrame:
    """Regions of a province in a year with tonnage, highest managed share first and unknown shares last.

    Percentages are the published ones; an empty one stays empty.
    """
    daily = (
        sa.select(*generation.c["region_name", "generation_daily_ton"])
        .where(generation.c.data_year == year, generation.c.province_name == province_name)
        .subquery("daily")
    )
    select = (
        sa.select(management, daily.c.generation_daily_ton)
        .select_from(management.outerjoin(daily, daily.c.region_name == management.c.region_name))
        .where(management.c.data_year == year, management.c.province_name == province_name)
        .order_by(management.c.managed_pct.desc().nulls_last(), management.c.region_name)
    )
    return read_frame(connection, select)


def waste_sums(connection: sa.Connection, year: int, province_name: str = "") -> WasteSum:
    """All regions with every tonnage together, of one province or of all that were delivered."""
    tons = management.c["generation_ton", "reduced_ton", "handled_ton"]
    own = sa.and_(management.c.data_year == year, IS_REGION, *(ton.is_not(None) for ton in tons))
    select = sa.select(
        *(sa.func.coalesce(sa.func.sum(ton), 0) for ton in tons),
        sa.func.count(),
        sa.func.count(management.c.province_name.distinct()),
        sa.func.coalesce(sa.func.bool_or(management.c.is_sample), sa.false()),
    ).where(own)
    row = connection.execute(
        select.where(management.c.province_name == province_name) if province_name else select
    ).one()
    generation_ton, reduced_ton, handled_ton, *rest = row
    return WasteSum(Decimal(generation_ton), Decimal(reduced_ton), Decimal(handled_ton), *rest)


def waste_national(connection: sa.Connection, year: int) -> WasteNational | None:
    """The sum over the nation that was delivered for a year, by its own name; None where none was."""
    columns = management.c["region_name", "generation_ton", "reduced_ton", "handled_ton", "is_sample"]
    select = sa.select(*columns).where(
        management.c.data_year == year, ~IS_REGION, management.c.handled_ton.is_not(None)
    )
    row = connection.execute(select.order_by(management.c.region_name).limit(1)).one_or_none()
    return None if row is None else WasteNational(*row)


def waste_composition(connection: sa.Connection, region_code: str) -> pd.DataFrame:
    """Published composition of a region's waste: one row for each year and part, in the publisher's order."""
    parts = [
        sa.select(
            composition.c.data_year,
            sa.literal(place, sa.Integer).label("part_no"),
            sa.literal(label, sa.Text).label("part_name"),
            composition.c[column].label("share_pct"),
            composition.c.is_sample,
        ).where(composition.c.region_code == region_code)
        for place, (column, label) in enumerate(PARTS.items(), 1)
    ]
    every = sa.union_all(*parts).subquery("parts")
    return read_frame(connection, sa.select(*every.c).order_by(every.c.data_year, every.c.part_no))
