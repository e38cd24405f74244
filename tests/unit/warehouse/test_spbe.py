"""SPBE: the regulation's own examples, published results, and years the regulation does not cover."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.unit.warehouse.small_warehouse import KAB
from warehouse.figures import ValueStatus
from warehouse.indicators.model import Dataset, Scope
from warehouse.indicators.spbe import domain, indeks, indeks_dari_domain
from warehouse.indicators.spbe.published import SpbeYear
from warehouse.indicators.spbe.weighted_index import Given, resolve, weighted_mean
from warehouse.rules import load_rules

RULES = load_rules({})
PACK = RULES.index_pack("spbe", date(2024, 12, 31))
SCOPE = Scope(KAB, "Kabupaten Mojokerto", "Hasil evaluasi SPBE", ("DISKOMINFO",), None)


def year(number: int, *figures: str | None, predikat: str | None = None, name: str | None = "Pemerintah X") -> SpbeYear:
    numbers = [None if text is None else Decimal(text) for text in figures] or [None] * 5
    return SpbeYear(number, name, *numbers, predikat=predikat, is_sample=False)


def calculate(module, *rows):
    return module.calculate(Dataset(SCOPE, tuple(rows)), RULES)


def numbered(*texts: str) -> dict[int, Decimal]:
    return {no: Decimal(text) for no, text in enumerate(texts, 1)}


def recomputed(*texts: str) -> Decimal:
    return PACK.round(resolve(Given(domains=numbered(*texts)), PACK).index.value)


def test_examples_of_the_regulation():
    assert resolve(Given(levels={11: 3, 12: 4, 13: 3, 14: 2}), PACK).aspects[1].value == 3
    aspects = {2: Decimal("3.00"), 3: Decimal("4.00"), 4: Decimal("3.00")}
    assert resolve(Given(aspects=aspects), PACK).domains[1].value == Decimal("3.40")
    assert recomputed("3.70", "3.40", "3.00", "3.20") == Decimal("3.28")


PUBLISHED = [  # institution, year, domains, index, predikat: Laporan Evaluasi SPBE 2023 and 2024
    ("Kab. Mojokerto", 2023, ("4.20", "3.60", "2.09", "3.80"), "3.52", "Sangat Baik"),
    ("Kab. Mojokerto", 2024, ("4.50", "3.80", "2.82", "4.75"), "4.16", "Sangat Baik"),
    ("Kota Mojokerto", 2023, ("5.00", "4.00", "3.55", "4.46"), "4.26", "Memuaskan"),
    ("Kota Mojokerto", 2024, ("5.00", "3.80", "3.00", "4.88"), "4.32", "Memuaskan"),
    ("Kemenko Polhukam", 2023, ("3.40", "2.70", "1.18", "3.74"), "3.01", "Baik"),
    ("Kab. Aceh Tengah", 2025, ("2.30", "1.70", "1.00", "3.75"), "2.59", "Cukup"),
]


@pytest.mark.parametrize(("name", "number", "domains", "index", "predikat"), PUBLISHED)
def test_published_index_and_recomputation_agree(name, number, domains, index, predikat):
    row = year(number, *domains, index, predikat=predikat, name=name)
    (published,) = calculate(indeks, row)
    (again,) = calculate(indeks_dari_domain, row)
    for value in (published, again):
        assert value.status is ValueStatus.CALCULATED
        assert value.value == Decimal(index)
        assert value.predikat == predikat
        assert value.denominator == 100
        assert value.rule_version == "permenpanrb_59_2020@1"
    assert again.numerator is not None
    assert PACK.round(again.numerator / 100) == Decimal(index)
    assert [item.value for item in calculate(domain, row)] == [Decimal(text) for text in domains]


def test_half_up_at_the_exact_tie():
    found = resolve(Given(domains=numbered("5.00", "3.80", "3.00", "4.88")), PACK).index
    assert found.points == Decimal("431.5")  # 4.315 exactly: half-even would give 4.32 here, floats 4.31
    assert PACK.round(Decimal("4.315")) == Decimal("4.32")
    assert PACK.round(Decimal("4.325")) == Decimal("4.33")


def test_published_decimals_alone_would_be_off_by_one_hundredth():
    domains = numbered("5.00", "4.00", "3.55", "4.46")
    assert PACK.round(weighted_mean(domains, PACK.domains)) == Decimal("4.27")
    assert recomputed("5.00", "4.00", "3.55", "4.46") == Decimal("4.26")


@pytest.mark.parametrize(
    ("domains", "index", "words"),
    [
        (("4.20", "3.60", "2.09", "3.80"), "3.52", ""),
        (("2.62", "2.62", "1.86", "3.78"), "3.12", "selisih ±0,01 mungkin"),  # a mean of many institutions
        (("4.20", "3.60", "2.09", "3.80"), "3.60", "indeks terbitan 3,60"),
    ],
)
def test_note_on_rounding(domains, index, words):
    (value,) = calculate(indeks_dari_domain, year(2024, *domains, index))
    assert words.lower() in value.reason.lower()
    assert bool(words) == bool(value.reason)


def test_two_sums_may_fit_and_both_are_named():
    row = year(2023, "4.00", "3.30", "2.55", "4.13", "3.65", name="Kab. Bojonegoro")
    (again,) = calculate(indeks_dari_domain, row)
    assert again.value in (Decimal("3.64"), Decimal("3.65"))
    assert again.reason == "Nilai domain dua desimal, selisih ±0,01 mungkin: 3,64 atau 3,65"


@pytest.mark.parametrize("module", [indeks, indeks_dari_domain, domain])
@pytest.mark.parametrize(
    ("row", "status", "words"),
    [
        (year(2017, "3", "3", "3", "3", "3.00"), ValueStatus.NOT_APPLICABLE, "tidak dicakup"),
        (year(2026, "3", "3", "3", "3", "3.00"), ValueStatus.NOT_APPLICABLE, "Pemdi"),
        (year(2024, None, None, None, None, None, name=None), ValueStatus.NO_DATA, "tidak tercantum"),
        (year(2024, None, None, None, None, None), ValueStatus.INCOMPLETE, "tidak diterbitkan"),
    ],
)
def test_no_value_has_a_reason(module, row, status, words):
    for value in calculate(module, row):
        assert value.value is None
        assert value.status is status
        assert words in value.reason


def test_one_missing_domain_is_incomplete_not_zero():
    row = year(2024, "4.50", None, "2.82", "4.75", "4.16", predikat="Sangat Baik")
    (again,) = calculate(indeks_dari_domain, row)
    assert again.status is ValueStatus.INCOMPLETE
    assert "domain 2" in again.reason
    assert [value.value is None for value in calculate(domain, row)] == [False, True, False, False]


def test_a_published_predikat_that_differs_from_the_bands_is_kept_and_noted():
    (value,) = calculate(indeks, year(2023, "1", "1", "1", "1", "1.79", predikat="Cukup"))
    assert value.predikat == "Cukup"
    assert "Kurang" in value.reason
