"""The wall through new releases: never blank, never mixed."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.browser.driver import PATIENCE_S, Server, open_wall, poll, stay_loaded, wall_state

PUBLISHED_WITHIN_S = 5

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
    stay_loaded(page)
    before = wall_state(page)
    assert before["release"] == server.release_id
    page.evaluate(WATCH_FRAMES)
    with server.build_next() as building:
        poll(lambda: server.release_id != before["release"], PATIENCE_S, "tidak ada rilis baru")
        published = server.release_id
        took = poll(lambda: wall_state(page)["release"] == published, PUBLISHED_WITHIN_S, "rilis baru belum tampil")
    assert building.returncode == 0
    after = wall_state(page)
    page.keyboard.press("ArrowRight")
    assert wall_state(page)["rilis"] == published
    frames = page.evaluate(FRAMES)
    assert after["mountId"] == before["mountId"]
    assert frames["count"] > 20
    assert (frames["blank"], frames["mixed"], frames["mounts"]) == (0, 0, 1)
    print(f"rilis baru tampil setelah {took:.1f} detik")
