"""Waste: recomputed from tonnes, equal to what SIPSN prints, and empty cells are not zero."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.unit.warehouse.small_warehouse import KAB
from warehouse.figures import ValueStatus
from warehouse.indicators.model import Dataset, Scope
from warehouse.indicators.smart_environment import (
    sampah_penanganan,
    sampah_pengurangan,
    sampah_terkelola,
    timbulan_sampah,
)
from warehouse.indicators.smart_environment.timbulan_sampah import GenerationYear
from warehouse.indicators.smart_environment.tonnage import WasteYear
from warehouse.rules import load_rules

RULES = load_rules({})
SCOPE = Scope(KAB, "Kabupaten Mojokerto", "Capaian sampah", ("DLH",), None)


def row(generated="164117.17", reduced="46169.12", handled="36561.29", name="Kab. Mojokerto", printed=()):
    number = [None if text is None else Decimal(text) for text in (generated, reduced, handled)]
    percents = [Decimal(text) for text in printed] or [None] * 3
    return WasteYear(2024, name, number[0], number[1], percents[0], number[2], percents[1], percents[2], False)


def calculate(module, *rows):
    return module.calculate(Dataset(SCOPE, rows), RULES)


@pytest.mark.parametrize(
    ("module", "numerator", "value"),
    [
        (sampah_pengurangan, "46169.12", "28.13"),
        (sampah_penanganan, "36561.29", "22.28"),
        (sampah_terkelola, "82730.41", "50.41"),
    ],
)
def test_kabupaten_mojokerto_2024(module, numerator, value):
    (found,) = calculate(module, row(printed=("28.13", "22.28", "50.41")))
    assert (found.status, found.reason) == (ValueStatus.CALCULATED, "")
    assert found.value == Decimal(value)
    assert found.numerator == Decimal(numerator)
    assert found.denominator == Decimal("164117.17")
    assert found.rule_version == "perpres_97_2017@1"


@pytest.mark.parametrize(
    ("module", "given", "status", "words"),
    [
        (sampah_penanganan, row(handled=None), ValueStatus.INCOMPLETE, "penanganan"),
        (sampah_terkelola, row(handled=None), ValueStatus.INCOMPLETE, "penanganan"),
        (sampah_terkelola, row(reduced=None, handled=None), ValueStatus.INCOMPLETE, "pengurangan dan penanganan"),
        (sampah_pengurangan, row(generated=None), ValueStatus.INCOMPLETE, "timbulan"),
        (sampah_pengurangan, row(generated="0"), ValueStatus.INCOMPLETE, "nol"),
        (sampah_pengurangan, row(None, None, None, name=None), ValueStatus.NO_DATA, "tidak tercantum"),
    ],
)
def test_missing_is_never_zero(module, given, status, words):
    (found,) = calculate(module, given)
    assert found.value is None
    assert found.status is status
    assert words in found.reason


def test_empty_handling_leaves_reduction_alone():
    (found,) = calculate(sampah_pengurangan, row(handled=None))
    assert found.value == Decimal("28.13")


def test_a_different_printed_share_is_noted():
    (found,) = calculate(sampah_pengurangan, row(printed=("28.99", "22.28", "50.41")))
    assert found.value == Decimal("28.13")
    assert "28,99" in found.reason


@pytest.mark.parametrize(
    ("daily", "yearly", "name", "value", "status", "words"),
    [
        ("449.64", "164117.17", "Kab. Mojokerto", "449.64", ValueStatus.CALCULATED, ""),
        ("450.00", "164117.17", "Kab. Mojokerto", "450.00", ValueStatus.CALCULATED, "449,64"),
        ("449.64", None, "Kab. Mojokerto", "449.64", ValueStatus.CALCULATED, ""),
        (None, "164117.17", "Kab. Mojokerto", None, ValueStatus.INCOMPLETE, "kosong"),
        (None, None, None, None, ValueStatus.NO_DATA, "tidak tercantum"),
    ],
)
def test_generation(daily, yearly, name, value, status, words):  # noqa: PLR0917
    numbers = [None if text is None else Decimal(text) for text in (daily, yearly, value)]
    (found,) = calculate(timbulan_sampah, GenerationYear(2024, name, numbers[0], numbers[1], False))
    assert (found.value, found.status) == (numbers[2], status)
    assert words in found.reason
    assert bool(words) == bool(found.reason)
