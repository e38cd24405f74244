"""Peers of a region's waste: as published one by one, and together as a ratio of sums, never a mean of shares."""

from __future__ import annotations

from contextlib import contextmanager
from decimal import Decimal

from reports.content import Table
from reports.pages import smart_environment
from tests.unit.reports.test_living_page import desk_on
from tests.unit.warehouse.small_warehouse import WASTE, deliver, fresh_warehouse
from warehouse.filters import Filters


def region(name, code, tons, province="Jawa Timur"):
    generation, reduced, handled = (None if ton is None else Decimal(ton) for ton in tons)
    own = {"data_year": 2024, "region_code": code, "region_name": name, "province_name": province}
    return own | {"generation_ton": generation, "reduced_ton": reduced, "handled_ton": handled}


@contextmanager
def published(*rows):
    with fresh_warehouse() as connection:
        deliver(connection, WASTE, rows, opd="DLH")
        with desk_on(connection) as desk:
            yield desk


def peers_of(desk):
    sections = smart_environment.build(desk, Filters()).sections
    table = next(
        one for section in sections for one in section.blocks if isinstance(one, Table) and one.name == "Pembanding"
    )
    return {row[0]: row[1:] for row in table.rows}


OWN = region("Kab. Mojokerto", "35.16", (1000, 300, 200))
LARGE = region("Kota Surabaya", "35.78", (9000, 900, 8100))
PARTLY = region("Kab. Gresik", "35.25", (5000, None, 2500))


def test_the_province_is_a_ratio_of_sums_of_regions_with_every_tonnage():
    with published(OWN, LARGE, PARTLY) as desk:
        found = peers_of(desk)
    assert [name for name in found if name.startswith("Gabungan")] == ["Gabungan 2 daerah Jawa Timur"]
    generation, *shares = found["Gabungan 2 daerah Jawa Timur"]
    assert (generation, shares) == (Decimal("27.40"), [Decimal("12.00"), Decimal("83.00"), Decimal("95.00")])


NATION = region("Gabungan 304 dari 315 kabupaten/kota", None, (40_000, 4000, 12_000), "Nasional")


def test_the_nation_as_it_was_put_together_stands_last_and_is_no_region():
    with published(OWN, LARGE, NATION) as desk:
        found = peers_of(desk)
    assert list(found)[-2:] == [
        "Gabungan 2 daerah Jawa Timur",
        "Nasional: gabungan 304 dari 315 kabupaten/kota",
    ]
    assert found["Nasional: gabungan 304 dari 315 kabupaten/kota"][1:] == (10, 30, 40)


def test_all_that_was_delivered_stands_below_where_it_is_more_than_a_province():
    elsewhere = region("Kota Bandung", "32.73", (10_000, 1000, 1000), "Jawa Barat")
    with published(OWN, LARGE, elsewhere, NATION) as desk:
        found = peers_of(desk)
    assert list(found)[-2:] == ["Gabungan 2 daerah Jawa Timur", "Gabungan 3 daerah di 2 provinsi"]
    assert found["Gabungan 3 daerah di 2 provinsi"][-1] == Decimal("57.50")
