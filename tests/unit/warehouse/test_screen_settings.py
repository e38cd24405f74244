"""A screen that would break a rule of the wall is refused, with what to write instead."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from warehouse.screen_settings import USUAL_SCENES, Screen

SIX = (*USUAL_SCENES, "peringatan")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"scenes": ("ringkasan", "spbe", "ringkasan")}, "adegan ringkasan ditulis dua kali"),
        ({"dwell_seconds": 19}, "sedikitnya 20"),
        ({"dwell_seconds": 37}, "baru kembali sesudah 185 detik, paling lama 180"),
        ({"serentak": True, "scenes": SIX}, "baru kembali sesudah 216 detik"),
        ({"mendahului": 1}, "serentak = true"),
        ({"serentak": True, "mendahului": 5}, "hanya punya 5 adegan"),
        ({"pixels": (1920, 200)}, "tinggi 200 piksel"),
        ({"pixels": (1921, 1080), "panel": "2x1"}, "lebar 1921 piksel tidak terbagi rata untuk panel 2x1"),
        ({"panel": "dua"}, "panel"),
        ({"distance_m": 0}, "distance_m"),
        ({"jarak": 4}, "jarak"),
    ],
)
def test_a_wrong_screen_is_refused(changes, said):
    with pytest.raises(ValidationError) as refusal:
        Screen(title="Uji", **changes)
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("changes", "step", "panels"),
    [
        ({}, 36, (1, 1)),
        ({"dwell_seconds": 36}, 36, (1, 1)),
        ({"scenes": SIX, "dwell_seconds": 30}, 36, (1, 1)),
        ({"serentak": True, "mendahului": 4}, 36, (1, 1)),
        ({"serentak": True, "scenes": ("ringkasan", "peringatan"), "dwell_seconds": 60}, 60, (1, 1)),
        ({"pixels": (5760, 1080), "panel": "3x1"}, 36, (3, 1)),
    ],
)
def test_a_right_screen_is_taken(changes, step, panels):
    screen = Screen(title="Uji", **changes)
    assert (screen.step_seconds, screen.panels) == (step, panels)
