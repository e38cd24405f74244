"""The wall through new releases and a dead server: never blank, never mixed, back by itself."""

from __future__ import annotations

import time
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.driver import Server, open_wall, poll, wall_state

PUBLISHED_WITHIN_S, LOST_WITHIN_S, BACK_WITHIN_S = 5, 15, 60

WATCH_FRAMES = """() => {
  const root = document.querySelector('#pendopo-wall');
  window.frames_ = {count: 0, blank: 0, mounts: new Set(), mixed: 0};
  const look = () => {
    const drawing = document.querySelectorAll('#pendopo-wall .stage > svg');
    const box = drawing[0]?.getBoundingClientRect();
    const seen = window.frames_;
    seen.count += 1;
    const covered = document.elementFromPoint(9, 9)?.closest('#pendopo-wall');
    if (drawing.length !== 1 || box.width < innerWidth || !covered) seen.blank += 1;
    if (drawing[0]?.dataset.rilis !== root.dataset.release) seen.mixed += 1;
    seen.mounts.add(document.querySelector('#pendopo-wall')?.dataset.mountId);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
FRAMES = "() => ({...window.frames_, mounts: window.frames_.mounts.size})"


def test_new_release_appears_without_blank_or_mixture(page: Page, server: Server) -> None:
    open_wall(page, server)
    before = wall_state(page)
    assert before["release"] == server.release_id
    page.evaluate(WATCH_FRAMES)
    building = server.build_next()
    poll(lambda: server.release_id != before["release"], 120, "tidak ada rilis baru")
    published = server.release_id
    took = poll(lambda: wall_state(page)["release"] == published, PUBLISHED_WITHIN_S, "rilis baru belum tampil")
    assert building.wait(30) == 0
    after = wall_state(page)
    page.keyboard.press("ArrowRight")
    assert wall_state(page)["rilis"] == published
    frames = page.evaluate(FRAMES)
    assert after["mountId"] == before["mountId"]
    assert frames["count"] > 20
    assert (frames["blank"], frames["mixed"], frames["mounts"]) == (0, 0, 1)
    print(f"rilis baru tampil setelah {took:.1f} detik")


def test_lost_server_is_said_and_wall_comes_back(page: Page, fresh_server: Server, tmp_path: Path) -> None:
    open_wall(page, fresh_server)
    page.evaluate(WATCH_FRAMES)
    fresh_server.kill()
    killed = time.monotonic()
    poll(lambda: wall_state(page)["notice"].startswith("terputus sejak "), LOST_WITHIN_S, "tidak ada kabar terputus")
    said = time.monotonic() - killed
    page.wait_for_timeout(1000)
    assert float(page.locator("#pendopo-wall .stage").evaluate("node => getComputedStyle(node).opacity")) < 0.6
    assert page.evaluate("() => document.elementFromPoint(innerWidth / 2, innerHeight / 2).closest('#pendopo-wall')")
    page.screenshot(path=tmp_path / "terputus.png")
    fresh_server.start()
    back = poll(lambda: wall_state(page).get("state") == "live", BACK_WITHIN_S, "dinding belum kembali")
    assert wall_state(page)["notice"] == ""
    print(f"terputus dikatakan setelah {said:.1f} detik, kembali {back:.1f} detik setelah server hidup")


def test_damaged_release_leaves_the_previous_one_visible(page: Page, own_server: Server) -> None:
    open_wall(page, own_server)
    before = wall_state(page)["release"]
    assert own_server.build_next().wait(120) == 0
    poll(lambda: wall_state(page)["release"] != before, 10, "rilis baru belum tampil")
    newest = wall_state(page)["release"]
    damaged = next(own_server.data_dir.glob(f"*/releases/{newest}.duckdb"))
    content = damaged.read_bytes()
    damaged.unlink()
    damaged.write_bytes(content[: len(content) // 2])
    poll(lambda: wall_state(page)["release"] == before, 10, "rilis sebelumnya belum tampil")
    assert wall_state(page)["notice"] == f"rilis {newest} rusak · tampil rilis {before}"
