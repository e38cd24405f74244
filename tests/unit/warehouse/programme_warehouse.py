"""Programmes, budgets, contracts and air in a small warehouse: sources with their senders, and rows that are valid."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa

from tests.unit.warehouse.small_warehouse import KAB, MORE_SOURCES, at, deliver, fresh_warehouse, owe
from warehouse import schema

PROGRAMMES, TARGETS, PROGRESS = "bappeda_program", "bappeda_target_program", "opd_progres_program"
LRA, CONTRACTS, STAGES = "opd_lra", "opd_kontrak", "opd_fisik"
PROJECTS, AIR = "dpupr_proyek", "dlh_ispu"
LEADS = ("DISKOMINFO", "DLH", "DPUPR")
DIMENSIONS = ({"code": "1", "name": "Smart Governance"}, {"code": "6", "name": "Smart Environment"})


@contextmanager
def programme_warehouse() -> Iterator[sa.Connection]:
    """An empty warehouse that also knows the sources of programmes, budgets and air; rolled back afterwards."""
    with fresh_warehouse() as connection:
        owe(connection, MORE_SOURCES)
        lines = [row | {"name_id": row["name"], "standing": "contoh"} for row in DIMENSIONS]
        connection.execute(sa.insert(schema.ref_dimension), lines)
        connection.execute(sa.insert(schema.ref_horizon), [{"code": "pendek", "name": "Jangka pendek"}])
        connection.execute(sa.insert(schema.ref_fund_source), [{"code": "apbd", "name": "APBD kabupaten/kota"}])
        yield connection


def number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def programme_row(code: str, lead: str = "DLH", **others: object) -> dict[str, object]:
    """One line of the matrix, 2023 to 2032, carried alone."""
    return {
        "region_code": KAB,
        "programme_code": code,
        "programme_name": f"Program {code}",
        "dimension_code": "6" if lead == "DLH" else "1",
        "sub_dimension_code": "6.2" if lead == "DLH" else "1.1",
        "lead_opd_code": lead,
        "contributor_opd_codes": None,
        "indicator_name": "Unit terbangun",
        "indicator_unit": "unit",
        "horizon_code": "pendek",
        "start_year": 2023,
        "end_year": 2032,
        "kecamatan_code": None,
    } | others


def target_row(code: str, year: int, value: str | None, text: str | None = None) -> dict[str, object]:
    return {
        "region_code": KAB,
        "programme_code": code,
        "target_year": year,
        "target_text": text if text is not None else value,
        "target_value": number(value),
        "budget_idr": Decimal(1_000_000_000),
        "fund_source_code": "apbd",
    }


def progress_row(
    code: str, month: str, physical: str, financial: str = "50/50", budget: str | None = "100", **others: object
) -> dict[str, object]:
    """One report; physical and financial written "plan/actual", an empty actual as "60/". Budget in million rupiah."""
    plan, actual = (number(part or None) for part in physical.split("/"))
    paid_plan, paid = (number(part or None) for part in financial.split("/"))
    pagu = None if budget is None else Decimal(budget) * 1_000_000
    return {
        "region_code": KAB,
        "programme_code": code,
        "opd_code": "DLH",
        "report_month": date.fromisoformat(f"{month}-01"),
        "physical_plan_pct": plan,
        "physical_actual_pct": actual,
        "financial_plan_pct": paid_plan,
        "financial_actual_pct": paid,
        "budget_idr": pagu,
        "realised_idr": None if paid is None or pagu is None else pagu * paid / 100,
        "achieved_value": None,
        "obstacle": None,
    } | others


def air_row(day: str, station: str | None = "Mojosari", published: str | None = None, **others: object) -> dict:
    """One station and day; sub-indices by name, for example pm25="120"."""
    names = ("pm25", "pm10", "so2", "co", "o3", "no2", "hc")
    return {
        "region_code": KAB,
        "station_name": station,
        "measured_date": date.fromisoformat(day),
        **{f"{name}_index": number(others.get(name)) for name in names},
        "published_index": number(published),
        "published_critical": others.get("critical"),
        "published_category": others.get("category"),
    }


def stage_row(activity: str, day: str, plan: str, actual: str | None, opd: str = "DPUPR") -> dict[str, object]:
    return {
        "region_code": KAB,
        "opd_code": opd,
        "stage_id": f"{activity}-{day}-{plan}",
        "activity_id": activity,
        "scheduled_date": date.fromisoformat(day),
        "plan_pct": Decimal(plan),
        "actual_pct": number(actual),
    }


def lra_row(opd: str, end: str, account: str, budget: str | None, realised: str | None, **others: object) -> dict:
    """One account of an LRA since January, unless told otherwise."""
    last = date.fromisoformat(end)
    return {
        "region_code": KAB,
        "opd_code": opd,
        "period_start": date(last.year, 1, 1),
        "period_end": last,
        "basis": "kumulatif",
        "account_code": account,
        "account_name": account,
        "budget_idr": number(budget),
        "realised_idr": number(realised),
        "absorbed_idr": None,
    } | others


def report(connection: sa.Connection, opd: str, month: str, *rows: dict[str, object], received: str) -> str:
    """One agency's monthly file; complete to the end of its month."""
    start = datetime.fromisoformat(f"{month}-01")
    until = start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
    own = [row | {"opd_code": opd} for row in rows]
    return deliver(connection, PROGRESS, own, opd=opd, until=until, received=at(received))
