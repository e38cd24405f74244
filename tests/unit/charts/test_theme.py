"""The colour rules of every theme, measured."""

from itertools import combinations

import pytest

from charts.theme import THEMES, find_theme
from tests.unit.charts.colour_maths import as_deuteranope, as_grey, ciede2000, contrast, lab, linear

THEME_NAMES = tuple(THEMES)


@pytest.mark.parametrize(
    ("first", "second", "difference"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ],
)
def test_colour_difference_agrees_with_published_pairs(first, second, difference):
    assert ciede2000(first, second) == pytest.approx(difference, abs=1e-4)


@pytest.mark.parametrize("name", THEME_NAMES)
@pytest.mark.parametrize(
    "colour", ["text_strong", "text_normal", "text_quiet", "kritis", "perlu_tindakan", "data_status"]
)
def test_text_contrast(name, colour):
    theme = find_theme(name)
    for ground in (theme.background, theme.surface):
        assert contrast(getattr(theme, colour), ground) >= 4.5


@pytest.mark.parametrize("name", THEME_NAMES)
def test_marks_and_text_on_filled_areas(name):
    theme = find_theme(name)
    assert contrast(theme.data, theme.surface) >= 3
    assert contrast(theme.data, theme.background) >= 3
    assert all(contrast(theme.step_text, step) >= 4.5 for step in theme.steps)
    assert contrast(theme.status_text, theme.perlu_tindakan) >= 4.5


@pytest.mark.parametrize("name", THEME_NAMES)
def test_states_stay_apart_for_deuteranopes(name):
    theme = find_theme(name)
    colours = (theme.kritis, theme.perlu_tindakan, theme.data_status)
    for first, second in combinations(colours, 2):
        assert ciede2000(lab(as_deuteranope(first)), lab(as_deuteranope(second))) >= 20
        assert ciede2000(lab(linear(first)), lab(linear(second))) >= 20


@pytest.mark.parametrize("name", THEME_NAMES)
def test_filled_states_stay_apart_in_greyscale(name):
    """Diamond and triangle are filled and differ in lightness; the third state is a dotted ring (see the wall test)."""
    theme = find_theme(name)
    assert ciede2000(lab(as_grey(theme.kritis)), lab(as_grey(theme.perlu_tindakan))) >= 20


def test_unknown_theme_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="gelap, terang, kertas"):
        find_theme("senja")
    assert find_theme("gelap").background == "#10161d"
