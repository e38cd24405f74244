"""Distance of an SPBE index to more, and the waste balance, on the published figures of Kabupaten Mojokerto 2024."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from warehouse.indicators.smart_environment.balance import waste_balance
from warehouse.indicators.spbe.gaps import domain_gaps, next_band
from warehouse.rules import IndexPack, load_rules

RULES = load_rules({})
DOMAINS = {1: Decimal("4.50"), 2: Decimal("3.80"), 3: Decimal("2.82"), 4: Decimal("4.75")}
TONS = (Decimal("164117.17"), Decimal("46169.12"), Decimal("36561.29"))


@pytest.fixture
def pack() -> IndexPack:
    found = RULES.index_pack("spbe", date(2024, 12, 31))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("domain_no", "distance", "gain"),
    [(1, "0.50", "0.065"), (2, "1.20", "0.3"), (3, "2.18", "0.3597"), (4, "0.25", "0.11375")],
)
def test_gain_is_distance_times_weight(pack: IndexPack, domain_no: int, distance: str, gain: str) -> None:
    gap = domain_gaps(DOMAINS, pack)[domain_no - 1]
    assert (gap.distance, gap.gain) == (Decimal(distance), Decimal(gain))


def test_all_gains_lead_to_the_highest_level(pack: IndexPack) -> None:
    gains = sum((gap.gain or Decimal(0) for gap in domain_gaps(DOMAINS, pack)), Decimal(0))
    assert Decimal(5) - gains == Decimal("4.16155")  # published domains have two decimals: 4,16 as published


def test_domain_not_published_has_no_distance(pack: IndexPack) -> None:
    gap = domain_gaps({}, pack)[0]
    assert (gap.value, gap.distance, gap.gain) == (None, None, None)


@pytest.mark.parametrize(
    ("index", "band", "missing"),
    [
        ("4.16", "Memuaskan", "0.04"),
        ("3.52", "Memuaskan", "0.68"),
        ("3.50", "Memuaskan", "0.70"),
        ("3.49", "Sangat Baik", "0.01"),
    ],
)
def test_next_band(pack: IndexPack, index: str, band: str, missing: str) -> None:
    above = next_band(Decimal(index), pack)
    assert above is not None
    assert (above.band.name, above.missing) == (band, Decimal(missing))


@pytest.mark.parametrize("index", ["4.20", "4.32", "5.00"])
def test_highest_band_has_none_above(pack: IndexPack, index: str) -> None:
    assert next_band(Decimal(index), pack) is None


def test_balance_of_a_published_year() -> None:
    lines = {line.code: line for line in waste_balance(*TONS, RULES)}
    assert {code: line.share_pct for code, line in lines.items()} == {
        "generated": Decimal("100.00"),
        "reduced": Decimal("28.13"),
        "handled": Decimal("22.28"),
        "managed": Decimal("50.41"),
        "unmanaged": Decimal("49.59"),
    }
    assert lines["unmanaged"].ton == Decimal("81386.76")
    assert [lines[code].target_pct for code in ("reduced", "handled", "managed")] == [30, 70, 100]


@pytest.mark.parametrize(
    ("tons", "missing"),
    [
        ((None, None, None), {"generated", "reduced", "handled", "managed", "unmanaged"}),
        ((Decimal(10), Decimal(1), None), {"handled", "managed", "unmanaged"}),
        ((None, Decimal(1), Decimal(2)), {"generated", "unmanaged"}),
    ],
)
def test_missing_part_closes_no_balance(tons: tuple[Decimal | None, ...], missing: set[str]) -> None:
    lines = waste_balance(tons[0], tons[1], tons[2], RULES)
    assert {line.code for line in lines if line.ton is None} == missing


def test_zero_generation_has_no_shares() -> None:
    assert {line.share_pct for line in waste_balance(Decimal(0), Decimal(0), Decimal(0), RULES)} == {None}
