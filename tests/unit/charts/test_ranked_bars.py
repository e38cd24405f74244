"""Ranked bars: order kept, the own region told by shape and weight, a missing value has words and no bar."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from charts.look import Look
from charts.ranked_bars import Bar, BarScale, bar_frame, bar_height, build_ranked_bars

BARS = (
    Bar("Kota A", Decimal("4.77")),
    Bar("Kab. B", Decimal("4.16"), is_own=True),
    Bar("Kota C", None),
)


def test_frame_keeps_order_words_and_gaps() -> None:
    frame = bar_frame(BARS, BarScale(decimals=2), "id_ID")
    assert list(frame["label"]) == ["Kota A", "◆ Kab. B", "Kota C"]
    assert list(frame["words"]) == ["4,77", "4,16", "tidak ada data"]
    assert frame["value"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize(
    ("scale", "words"),
    [(BarScale(decimals=1, unit="%"), "12,3 %"), (BarScale(decimals=0), "12")],
)
def test_values_are_written_with_their_unit(scale: BarScale, words: str) -> None:
    assert bar_frame((Bar("a", Decimal("12.34")),), scale, "id_ID").iloc[0]["words"] == words


def test_chart_is_drawn_with_and_without_values() -> None:
    for bars in (BARS, (Bar("x", None),), ()):
        spec = build_ranked_bars(bars, BarScale(line=Decimal(4), line_label="batas"), Look()).to_dict()
        assert "http" not in json.dumps({key: value for key, value in spec.items() if key != "$schema"})


def test_own_region_is_bold_and_dark_not_a_status_colour() -> None:
    look = Look()
    written = json.dumps(build_ranked_bars(BARS, BarScale(), look).to_dict())
    assert '"fontWeight": 700' in written
    assert look.theme.text_strong in written
    for colour in (look.theme.kritis, look.theme.perlu_tindakan, look.theme.data_status):
        assert colour not in written


def test_height_follows_the_number_of_bars() -> None:
    assert bar_height(10, Look()) == 10 * bar_height(1, Look())


def test_the_compared_period_is_a_tick_that_the_words_stand_clear_of() -> None:
    bars = (Bar("a", Decimal(4), before=Decimal(6)), Bar("b", Decimal(5)))
    spec = build_ranked_bars(bars, BarScale(), Look()).to_dict()
    ticks = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "tick")
    assert [row["before"] for row in spec["datasets"][ticks["data"]["name"]]] == [6]
    words = [layer for layer in spec["layer"] if layer["mark"]["type"] == "text"][-1]
    assert [row["end"] for row in spec["datasets"][words["data"]["name"]]] == [6, 5]
