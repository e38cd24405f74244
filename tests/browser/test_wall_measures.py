"""Each scene as Chromium sets it: letters large enough, none over another, none outside its tile, nothing to scroll."""

from __future__ import annotations

import io
import re
from itertools import product

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page

from charts.theme import GELAP, TERANG, Theme
from charts.wall import SCENES, draw_scene
from tests.browser.driver import PATIENCE_S, Server, open_wall, poll, stay_loaded, wall_state
from tests.unit.charts.colour_maths import contrast
from tests.unit.charts.seen_marks import (
    LEAST_APART,
    MARKS,
    MOST_SATURATED,
    SEEN,
    drawn_mark,
    nearest,
    saturated_share,
    seen_by,
)
from tests.unit.charts.wall_examples import EXAMPLES, GEOMETRIES

SIZES = ("1366x768", "1920x1080", "3840x2160", "5760x1080")
STATES = ("tenang", "alarm", "terlambat", "kosong", "panjang")
LEAST_ARC_MINUTES = 15.9  # of 16: the browser rounds font sizes
REFRESHES = 50
LEAST_CONTRAST = 4.5
THEMES = ("gelap", "terang")

# The drawing stands where the wall's own stood, with the fonts of the served page.
SET = """svg => {
  const stage = document.querySelector('#pendopo-wall .stage');
  const drawing = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  stage.replaceChildren(document.importNode(drawing, true));
  const whole = stage.firstChild.getBoundingClientRect(), unit = whole.width / stage.firstChild.viewBox.baseVal.width;
  const found = [...stage.querySelectorAll('text')].filter(node => node.textContent.trim() && !node.closest('title'));
  const texts = found.map(node => {
    const box = node.getBoundingClientRect(), area = node.closest('[data-kotak]')?.dataset.kotak.split(' ').map(Number);
    return {words: node.textContent, left: box.left, right: box.right, bottom: box.bottom,
            size: parseFloat(getComputedStyle(node).fontSize) * node.getScreenCTM().a,
            outside: !area || box.left < area[0] * unit - 2 || box.right > (area[0] + area[2]) * unit + 2};
  });
  const page = document.documentElement;
  return {texts, scroll: Math.max(page.scrollHeight - innerHeight, page.scrollWidth - innerWidth)};
}"""


def overlaps(texts: list[dict]) -> list[tuple[str, str]]:
    """Side by side within a pixel, or baselines more than half a letter apart, is no overlap."""
    found = []
    for number, one in enumerate(texts):
        for other in texts[number + 1 :]:
            beside = one["right"] <= other["left"] + 1 or other["right"] <= one["left"] + 1
            above = abs(one["bottom"] - other["bottom"]) >= 0.55 * min(one["size"], other["size"])
            if not beside and not above:
                found.append((one["words"], other["words"]))
    return found


def test_every_scene_can_be_read_as_the_browser_sets_it(page: Page, server: Server) -> None:
    open_wall(page, server)
    page.keyboard.press(" ")
    for size in SIZES:
        geometry = GEOMETRIES[size]
        page.set_viewport_size({"width": geometry.pixels[0], "height": geometry.pixels[1]})
        for scene, state in product(SCENES, STATES):
            theme = THEMES[(SCENES.index(scene) + STATES.index(state)) % 2]  # either theme says the same words
            measured = page.evaluate(SET, draw_scene(scene, EXAMPLES[state](), geometry, theme).svg)
            texts, place = measured["texts"], (scene, state, size)
            assert len(texts) > 5, place
            assert measured["scroll"] <= 0, place
            assert [one["words"] for one in texts if one["outside"]] == [], place
            assert state == "panjang" or [one["words"] for one in texts if "…" in one["words"]] == [], place
            assert overlaps(texts) == [], place
            smallest = min(one["size"] for one in texts) / geometry.unit_px
            assert geometry.arc_minutes(smallest) >= LEAST_ARC_MINUTES, place


# Where each text stands, which ink it was given, and how it is seen through what lies over it.
INKS = """() => [...document.querySelectorAll('#pendopo-wall .stage text')].filter(node => node.textContent.trim())
  .map(node => {
    const box = node.getBoundingClientRect();
    return {words: node.textContent, ink: getComputedStyle(node).fill, left: box.left, top: box.top,
            right: box.right, bottom: box.bottom};
  })"""


def ground_under(image: Image.Image, text: dict) -> str:
    """The commonest colour within the box of a text: letters cover less of it than what they stand on."""
    box = (int(text["left"]), int(text["top"]), int(text["right"]) + 1, int(text["bottom"]) + 1)
    points = image.crop(box).getcolors(maxcolors=1 << 20) or []
    red, green, blue = max(points)[1]
    return f"#{red:02x}{green:02x}{blue:02x}"


def as_hex(ink: str) -> str:
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", ink)[:3])


@pytest.mark.parametrize("theme", ["gelap", "terang"])
def test_every_text_stands_out_from_what_it_stands_on(page: Page, server: Server, theme: str) -> None:
    """As the browser painted it, on tiles, coloured map fields and bars."""
    page.set_viewport_size({"width": 3840, "height": 2160})
    open_wall(page, server, f"?tema={theme}")
    page.keyboard.press(" ")
    for scene in SCENES:
        for state in ("alarm", "terlambat"):
            page.evaluate(SET, draw_scene(scene, EXAMPLES[state](), GEOMETRIES["3840x2160"], theme).svg)
            page.evaluate("document.fonts.ready.then(() => true)")
            image = seen(page)
            low = {
                text["words"]: round(found, 2)
                for text in page.evaluate(INKS)
                if (found := contrast(as_hex(text["ink"]), ground_under(image, text))) < LEAST_CONTRAST
            }
            assert low == {}, (scene, state)


@pytest.mark.parametrize("theme", THEMES)
def test_a_calm_day_looks_calm_as_the_browser_paints_it(page: Page, server: Server, theme: str) -> None:
    open_wall(page, server, f"?tema={theme}")
    page.keyboard.press(" ")
    for size, scene in product(SIZES, SCENES):
        geometry = GEOMETRIES[size]
        page.set_viewport_size({"width": geometry.pixels[0], "height": geometry.pixels[1]})
        page.evaluate(SET, draw_scene(scene, EXAMPLES["tenang"](), geometry, theme).svg)
        counts, colours = zip(*seen(page).getcolors(maxcolors=1 << 24), strict=True)
        share = saturated_share(np.asarray(colours, dtype="float32") / 255, counts)
        assert share <= MOST_SATURATED, (size, scene)


@pytest.mark.parametrize("theme", [GELAP, TERANG])
def test_states_stay_apart_as_the_browser_paints_them(page: Page, server: Server, theme: Theme) -> None:
    """Shape and lightness, also in grey and to an eye that sees no green."""
    page.set_viewport_size({"width": 192, "height": 108})
    open_wall(page, server)
    page.keyboard.press(" ")
    page.add_style_tag(content="#pendopo-wall .notice { visibility: hidden; }")  # it would lie over the mark
    images = {}
    for name, mark in MARKS.items():
        page.evaluate(SET, drawn_mark(theme, mark))
        images[name] = painted(page)
    for eye in SEEN.values():
        assert nearest({name: seen_by(eye, image) for name, image in images.items()}) >= (LEAST_APART,)


def seen(page: Page) -> Image.Image:
    return Image.open(io.BytesIO(page.screenshot())).convert("RGB")


def painted(page: Page) -> np.ndarray:
    return np.asarray(seen(page), dtype="float32") / 255


def test_fifty_refreshes_shift_nothing_and_mount_nothing(page: Page, server: Server) -> None:
    answers: list[str | bytes] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: answers.append(frame)))  # noqa: PLW0108 - a built-in cannot listen
    page.clock.install()
    open_wall(page, server, "?adegan=ringkasan")
    # The page's clock may run ahead of a busy server: no lost one, for which the wall would load itself anew.
    stay_loaded(page)
    page.evaluate(
        """() => {
          window.shifts_ = 0;
          new PerformanceObserver(list => list.getEntries().forEach(one => { window.shifts_ += one.value; }))
            .observe({type: 'layout-shift', buffered: false});
          window.drawing_ = document.querySelector('#pendopo-wall .stage > svg');
        }"""
    )
    before = wall_state(page)
    for _number in range(REFRESHES):
        heard = len(answers)
        page.clock.run_for(4000)
        poll(lambda heard=heard: page.evaluate("1") and len(answers) > heard, PATIENCE_S, "server tidak menjawab")
    after = wall_state(page)
    assert after["mountId"] == before["mountId"]
    assert page.evaluate("() => window.shifts_") == 0
    assert page.evaluate("() => document.querySelectorAll('#pendopo-wall').length") == 1
