"""What a delivery is held against: totals of other deliveries and the declared pagu; decides nothing itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from pipelines.contracts.contract import Contract
from pipelines.judging.quoting import literal, name
from pipelines.judging.staging import Staged

ACCOUNT, START = "account_code", "period_start"  # of every table whose contract says `hold`
DECLARED = "declared_ceilings"  # exists while a release is built


@dataclass(frozen=True)
class Total:
    """Sums over the accepted rows of one delivery for one period; an amount nobody wrote is None."""

    submission_id: str
    opd_code: str
    start: date
    end: date
    received_at: datetime | None
    is_sample: bool
    amounts: Mapping[str, Decimal | None]


@dataclass(frozen=True)
class Ceiling:
    """Pagu of one agency and year, and when it was declared; `earlier` holds what was declared before it."""

    amount_idr: Decimal
    received_at: datetime | None
    earlier: tuple[tuple[datetime, Decimal], ...] = ()

    def in_force(self, moment: datetime | None) -> Decimal | None:
        """What had been declared by then, when it is no longer the one that counts."""
        known = [amount for declared_at, amount in self.earlier if moment is not None and declared_at <= moment]
        return known[-1] if known else None


@dataclass(frozen=True)
class Background:
    """What is already loaded when deliveries are judged."""

    region_code: str
    totals: tuple[Total, ...] = ()
    ceilings: Mapping[tuple[str, int, bool], Ceiling] = field(default_factory=dict)  # by OPD, year, is_sample


def read_background(connection: sa.Connection, contract: Contract, region_code: str) -> Background:
    """From the facts and records of a release, or of one being built."""
    if contract.hold is None:
        return Background(region_code)
    return Background(region_code, tuple(_loaded_totals(connection, contract)), _ceilings(connection, contract))


def staged_totals(connection: sa.Connection, contract: Contract, deliveries: Sequence[Staged]) -> list[Total]:
    """Totals of what was just judged, from `checked`."""
    if contract.hold is None or contract.period is None:
        return []
    end, account = name("v_" + contract.period.field), contract.hold.account
    counted = f"AND starts_with({name('v_' + ACCOUNT)}, {literal(account)}) " if account else ""
    start = name("v_" + START) if START in contract.by_name else end
    sums = "".join(f", sum({name('v_' + column)})" for column in contract.hold.fields)
    rows = connection.exec_driver_sql(
        f"SELECT delivery_no, min({start}), {end}{sums} FROM checked "
        f"WHERE NOT is_rejected AND {end} IS NOT NULL {counted}"
        "GROUP BY delivery_no, 3 ORDER BY delivery_no, 3"
    )
    by_number = {item.number: item for item in deliveries}
    return [_total(contract, by_number[row[0]], row[1:]) for row in rows if row[0] in by_number]


def _total(contract: Contract, item: Staged, row: Sequence[Any]) -> Total:
    facts = (item.submission_id, item.opd_code, row[0], row[1], item.received_at, item.is_sample)
    return Total(*facts, _amounts(contract, row[2:]))


def _amounts(contract: Contract, sums: Iterable[Decimal | None]) -> dict[str, Decimal | None]:
    return dict(zip(contract.hold.fields if contract.hold else (), sums, strict=True))


def _loaded_totals(connection: sa.Connection, contract: Contract) -> list[Total]:
    if contract.hold is None or contract.period is None or contract.table is None:
        return []
    end, start = contract.period.field, START if START in contract.by_name else contract.period.field
    sums = "".join(f", sum(f.{name(column)})" for column in contract.hold.fields)
    rows = connection.exec_driver_sql(
        f"SELECT s.submission_id, s.opd_code, min(f.{name(start)}), f.{name(end)}, s.received_at, s.is_sample{sums} "
        f"FROM {contract.target_table} AS f JOIN meta_submission AS s USING (submission_id) "
        f"WHERE starts_with(f.{ACCOUNT}, {literal(contract.hold.account)}) AND s.source_id = ? "
        "GROUP BY 1, 2, 4, 5, 6 ORDER BY 5, 4, 1",
        (contract.source_id,),
    )
    return [Total(row[0], row[1], row[2], row[3], row[4], row[5], _amounts(contract, row[6:])) for row in rows]


def keep_declared(connection: sa.Connection) -> None:
    """While a release is built, remember every declared pagu, also those that a later one replaces."""
    connection.exec_driver_sql(
        f"""CREATE OR REPLACE TEMP TABLE {DECLARED} AS
        SELECT v_opd_code AS opd_code, v_budget_year AS budget_year, v_account_code AS account_code,
          v_ceiling_idr AS ceiling_idr, submission_id, is_sample
        FROM checked JOIN batch USING (delivery_no) WHERE NOT is_rejected AND is_loaded"""
    )


def _ceilings(connection: sa.Connection, contract: Contract) -> dict[tuple[str, int, bool], Ceiling]:
    """Pagu of the account itself when it is declared, else the sum of the widest accounts below it."""
    account = contract.hold.account if contract.hold else ""
    depth = "length(account_code) - length(replace(account_code, '.', ''))"
    kept = connection.exec_driver_sql("SELECT count(*) FROM duckdb_tables() WHERE table_name = ?", (DECLARED,))
    names = "opd_code, budget_year, account_code, ceiling_idr, submission_id, is_sample"
    table = f"SELECT {names} FROM core_budget_ceiling"
    if kept.scalar():  # of deliveries of this release only
        delivered = "submission_id IN (SELECT submission_id FROM meta_submission)"
        table = f"{table} UNION SELECT {names} FROM {DECLARED} WHERE {delivered}"
    rows = connection.exec_driver_sql(
        f"""SELECT c.opd_code, c.budget_year, c.is_sample, sum(c.ceiling_idr), max(s.received_at) AS declared_at
        FROM (SELECT * FROM ({table}) AS declared WHERE account_code = ? OR starts_with(account_code, ?)
          QUALIFY {depth} = min({depth}) OVER (PARTITION BY opd_code, budget_year, is_sample, submission_id)) AS c
        LEFT JOIN meta_submission AS s USING (submission_id) GROUP BY 1, 2, 3, c.submission_id
        ORDER BY declared_at NULLS FIRST, c.submission_id""",
        (account, f"{account}."),
    )
    found: dict[tuple[str, int, bool], Ceiling] = {}
    for opd_code, year, is_sample, amount, declared_at in rows:
        before = found.get((opd_code, year, is_sample))
        earlier = before.earlier if before else ()
        if before is not None and before.received_at is not None:
            earlier += ((before.received_at, before.amount_idr),)
        found[opd_code, year, is_sample] = Ceiling(amount, declared_at, earlier)
    return found
