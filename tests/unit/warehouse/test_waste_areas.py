"""Waste by kecamatan: parts are summed before they are divided, and what was not reported is never zero."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.warehouse.small_warehouse import KAB, MORE_SOURCES, at, deliver, fresh_warehouse, owe
from warehouse.catalogue import BY_ID, calculate_all, calculate_indicator
from warehouse.figures import ValueStatus
from warehouse.rules import load_rules
from warehouse.waste_area_queries import waste_areas

SOURCE = "dlh_sampah_kecamatan"
JATIREJO, GONDANG, PACET = "35.16.01", "35.16.02", "35.16.03"
RULES = load_rules({})
DONE, PART = ValueStatus.CALCULATED, ValueStatus.INCOMPLETE


def month_row(area, *tons, persons=100_000, month="2026-10-01"):
    names = ("hauled_ton", "processed_ton", "collected_ton")
    given = (*tons, *("0", "0", "0")[len(tons) :])
    parts = {name: None if ton is None else Decimal(ton) for name, ton in zip(names, given, strict=True)}
    return {
        "region_code": KAB,
        "kecamatan_code": area,
        "report_month": at(f"{month} 00:00").date(),
        "population": persons,
    } | parts


@pytest.fixture
def connection():
    with fresh_warehouse() as opened:
        owe(opened, [row for row in MORE_SOURCES if row[0] == SOURCE])
        yield opened


def calculated(connection, *rows):
    deliver(connection, SOURCE, rows, opd="DLH", until=at("2026-11-01 00:00"))
    found = calculate_indicator(connection, BY_ID["smart_environment.sampah_per_orang"], KAB, RULES)
    return {one.entity_code: (one.value and round(one.value, 4), one.numerator, one.denominator, one.status, one.reason)
            for one in found}  # fmt: skip


def test_a_region_is_the_ratio_of_sums(connection):
    """62 tonnes of 100,000 persons and 31 of 300,000: 0,0075 kg, where the mean of both would be 0,0117."""
    found = calculated(connection, month_row(JATIREJO, "40", "20", "2"), month_row(GONDANG, "31", persons=300_000))
    days = 31
    assert found[JATIREJO] == (Decimal("0.0200"), 62_000, 100_000 * days, DONE, "")
    assert found[GONDANG][:2] == (Decimal("0.0033"), 31_000)
    assert found[KAB] == (
        Decimal("0.0075"), 93_000, 400_000 * days, PART, "16 dari 18 kecamatan belum melapor lengkap",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        (("40", None, "2"), "Belum dilaporkan: TPS 3R"),
        ((None, None, None), "Belum dilaporkan: TPA, TPS 3R, bank sampah"),
    ],
)
def test_a_part_that_was_not_reported_is_no_zero(connection, parts, reason):
    found = calculated(connection, month_row(JATIREJO, *parts), month_row(GONDANG, "31"))
    assert found[JATIREJO] == (None, None, None, PART, reason)
    assert found[KAB][:3] == (found[GONDANG][:3])
    assert found[KAB][3:] == (PART, "17 dari 18 kecamatan belum melapor lengkap")


def test_zero_is_a_value(connection):
    assert calculated(connection, month_row(JATIREJO, "0"))[JATIREJO] == (0, 0, 3_100_000, DONE, "")


def test_the_newest_month_lists_every_kecamatan(connection):
    rows = (month_row(JATIREJO, "40", month="2026-09-01"), month_row(GONDANG, "31"), month_row(PACET, None))
    deliver(connection, SOURCE, rows, opd="DLH", until=at("2026-11-01 00:00"))
    assert waste_areas(connection, KAB) == ()
    calculate_all(connection, KAB, RULES)
    found = {one.region_code: one for one in waste_areas(connection, KAB)}
    assert len(found) == 18
    assert (found[JATIREJO].reason, found[JATIREJO].tons) == (None, (None, None, None))
    assert (found[GONDANG].value, found[GONDANG].tons[0], found[GONDANG].population) == (Decimal("0.01"), 31, 100_000)
    assert found[PACET].reason == "Belum dilaporkan: TPA"
