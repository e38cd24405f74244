"""Achievement, its five classes and the size of a sample."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.warehouse.rules.judged import judge
from warehouse.figures import ValueStatus
from warehouse.formulas.achievement import achievement, realised_for

AMOUNTS = st.decimals("0.01", "100000", places=2)


@pytest.mark.parametrize(
    ("line", "bounds", "value", "name"),
    [
        ("80,72.5,naik", "bulat", "90.63", "Tinggi"),
        ("80,72.5,naik", "desimal", "90.63", "Sangat Tinggi"),
        ("100,90.4,naik", "bulat", "90.40", "Tinggi"),  # the printed 76-90 and 91-100 leave a gap here
        ("100,91,naik", "bulat", "91.00", "Sangat Tinggi"),
        ("100,250,naik", "bulat", "250.00", "Sangat Tinggi"),
        ("100,50.9,naik", "bulat", "50.90", "Sangat Rendah"),
        ("5.5,5.8,turun", "bulat", "94.55", "Sangat Tinggi"),
        ("5.5,5,turun", "bulat", "109.09", "Sangat Tinggi"),
        ("5,10.5,turun", "bulat", "-10.00", "Sangat Rendah"),
        ("80,72.39,naik", "bulat", "90.49", "Tinggi"),  # IKLH of Wonogiri 2020 as its LKjIP prints it
    ],
)
def test_achievement_and_class(line, bounds, value, name):
    (case,) = judge("kinerja", f"target,realisasi,arah\n{line}\n", batas=bounds)
    assert (case.results["capaian"], case.results["kelas"]) == (Decimal(value), name)


@pytest.mark.parametrize(
    ("line", "status", "words"),
    [
        ("0,5,naik", ValueStatus.NOT_APPLICABLE, "target nol"),
        ("5,,naik", ValueStatus.INCOMPLETE, "realisasi tidak diisi"),
        (",5,naik", ValueStatus.INCOMPLETE, "target tidak diisi"),
    ],
)
def test_no_achievement_has_a_reason(line, status, words):
    (case,) = judge("kinerja", f"target,realisasi,arah\n{line}\n")
    assert (case.status, dict(case.results)) == (status, {})
    assert words in case.reason


def test_both_distances_and_the_way_up():
    (case,) = judge("kinerja", "target,realisasi\n80,72.5\n")
    assert case.explanation == (
        "14,63 poin di atas batas bawah kelas Tinggi (76 %).",
        "Kurang 0,38 poin ke kelas Sangat Tinggi: realisasi paling sedikit 72,8.",
    )


@given(target=AMOUNTS, percent=st.decimals("0", "199", places=1), lower=st.booleans())
def test_what_has_to_be_realised_gives_that_achievement(target, percent, lower):
    found = achievement(target, realised_for(target, percent, lower_is_better=lower), lower_is_better=lower)
    assert abs(found - percent) < Decimal("1e-20")


@pytest.mark.parametrize(
    ("population", "persons"),
    [(1, 1), (10, 10), (100, 80), (200, 132), (500, 217), (1000, 278), (5000, 357), (10000, 370), (100000, 383)],
)
def test_size_of_a_sample(population, persons):
    (case,) = judge("sampel", f"populasi\n{population}\n")
    assert case.results["sampel"] == persons
