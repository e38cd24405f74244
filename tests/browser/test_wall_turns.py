"""Turning in a real browser: remote controls, a thousand changes on one mount, screens that change together."""

from __future__ import annotations

from itertools import groupby

from playwright.sync_api import Page

from charts.wall import SCENES
from tests.browser.driver import PATIENCE_S, Server, open_wall, poll, stay_loaded, wall_state
from warehouse.screen_settings import LONGEST_RETURN

USUAL = [scene for scene in SCENES if scene != "peringatan"]
CHANGES = 1000
TILES = """() => document.querySelectorAll(['figure', 'bullet', 'list', 'chart', 'tile_map', 'strip']
  .map(kind => `#pendopo-wall .stage > svg [data-petak="${kind}"]`).join()).length"""
NODES = "() => document.querySelectorAll('*').length"


KEYS = {"PageUp": -1, "ArrowLeft": -1, "PageDown": 1, "ArrowRight": 1, "MediaTrackNext": 1}


def test_a_remote_control_moves_and_pauses(page: Page, server: Server) -> None:
    open_wall(page, server)
    press = "key => document.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}))"
    page.evaluate(press, "MediaPlayPause")
    assert wall_state(page)["paused"] == "true"
    place = 0
    for key, step in KEYS.items():
        page.evaluate(press, key)
        place += step
        assert wall_state(page)["scene"] == USUAL[place % len(USUAL)], key


def test_a_thousand_changes_leave_one_mount_and_no_more_nodes(page: Page, server: Server) -> None:
    """The alarm scene is there and never in turn; after each full round the page is as large as before."""
    open_wall(page, server)
    stay_loaded(page)
    before = wall_state(page)
    turn = """count => {
      const root = document.querySelector('#pendopo-wall'), seen = [];
      for (let number = 0; number < count; number += 1) {
        document.dispatchEvent(new KeyboardEvent('keydown', {key: 'PageDown', bubbles: true}));
        seen.push(root.dataset.scene);
      }
      return seen;
    }"""
    first = page.evaluate(turn, len(USUAL))
    assert first == [*USUAL[1:], USUAL[0]]
    nodes = page.evaluate(NODES)
    seen = page.evaluate(turn, CHANGES)
    assert seen == [USUAL[(number + 1) % len(USUAL)] for number in range(CHANGES)]
    assert page.evaluate(NODES) == nodes
    after = wall_state(page)
    assert after["mountId"] == before["mountId"]
    assert page.locator("#pendopo-wall").count() == 1
    assert page.locator("#pendopo-wall .stage > svg").count() == 1


def test_each_scene_stays_as_long_as_it_has_tiles_and_returns_within_three_minutes(page: Page, server: Server) -> None:
    page.clock.install()
    open_wall(page, server)
    stay_loaded(page)
    told: list[tuple[str, int]] = []
    for _second in range(LONGEST_RETURN + 60):
        page.clock.run_for(1000)
        told.append((wall_state(page)["scene"], page.evaluate(TILES)))
    turns = [(scene, len(list(seconds))) for scene, seconds in groupby(told, key=lambda one: one[0])]
    tiles = dict(told)
    assert [scene for scene, _length in turns[: len(USUAL)]] == USUAL
    for scene, length in turns[1:-1]:  # the first and the last are seen in part
        assert abs(length - max(20, 3 * tiles[scene])) <= 2, scene
    for scene in USUAL:
        absences = [len(list(run)) for is_away, run in groupby(one != scene for one, _tiles in told) if is_away]
        assert max(absences) <= LONGEST_RETURN, scene


def test_screens_in_step_show_what_the_wall_clock_says(page: Page, stopped_server: Server) -> None:
    """Two browsers, one a scene ahead; both follow the clock of the region, whenever they were opened."""
    settings = {"UTAMA__SERENTAK": "true", "PAPAN_2X2__SERENTAK": "true", "PAPAN_2X2__MENDAHULUI": "1"}
    stopped_server.environment |= {f"PENDOPO_SCREENS__{name}": value for name, value in settings.items()}
    stopped_server.start()
    other = page.context.new_page()
    open_wall(page, stopped_server, "?layar=utama")
    open_wall(other, stopped_server, "?layar=papan_2x2")

    def in_step() -> bool:
        page.wait_for_timeout(1000)
        one, ahead = (USUAL.index(wall_state(screen)["scene"]) for screen in (page, other))
        return ahead == (one + 1) % len(USUAL)

    # A change may fall between the two looks, or come to one screen before the other: not in three seconds on end.
    poll(lambda: in_step() and in_step() and in_step(), PATIENCE_S, "layar tidak serentak")
