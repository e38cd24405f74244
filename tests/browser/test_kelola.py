"""Kelola in a real browser, as an admin of an office sees it: what fits, what a click does, where the address leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.administered import ADMIN, PASSWORD, fill_journal
from tests.browser.network import NetworkServer, type_in
from tests.browser.shots import KELOLA_PLACES, PAGE_SIZES, open_place


@pytest.fixture(scope="module")
def office(built_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NetworkServer]:
    """A server in `jaringan` over a journal of examples."""
    running = NetworkServer(built_data_dir, tmp_path_factory.mktemp("kantor"))
    fill_journal(running.journal, running.now())
    running.start()
    yield running
    running.kill()
    running.journal.close()


@pytest.fixture(scope="module")
def admin(browser: Browser, office: NetworkServer) -> Iterator[Page]:
    """A browser in which the admin has signed in."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.goto(f"{office.url}/kelola")
    page.get_by_label("Login", exact=True).wait_for()
    type_in(page, ADMIN.actor, PASSWORD)
    page.get_by_role("button", name="Keluar", exact=True).wait_for()
    yield page
    page.context.close()


WIDER = """() => [...document.querySelectorAll('[data-testid=stMain] *')]
  .filter(one => one.clientWidth && one.scrollWidth > one.clientWidth + 1
                 && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX))
  .map(one => `${one.dataset.testid || one.className} ${one.scrollWidth} > ${one.clientWidth}`)"""


@pytest.mark.parametrize("place", KELOLA_PLACES)
def test_nothing_is_cut_off(admin: Page, office: NetworkServer, place: str) -> None:
    open_place(admin, office, place)
    for width, height in PAGE_SIZES:
        admin.set_viewport_size({"width": width, "height": height})
        admin.wait_for_timeout(500)
        assert admin.evaluate(WIDER) == [], width


def test_a_row_opens_its_person_and_the_address_leads_there(admin: Page, office: NetworkServer) -> None:
    admin.set_viewport_size({"width": 1366, "height": 768})
    open_place(admin, office, "bagian=orang")
    admin.get_by_test_id("stDataFrame").locator('[role="gridcell"]').first.wait_for(state="attached")
    grid = admin.get_by_test_id("stDataFrame").bounding_box()
    assert grid is not None
    admin.mouse.click(grid["x"] + 30, grid["y"] + 52)  # the button of the first row: the grid is a picture
    expect(admin.get_by_role("heading", name=re.compile("Contoh Admin Diskominfo"))).to_be_visible()
    assert re.search(r"bagian=orang&orang=\d+$", admin.url)
    admin.reload()
    expect(admin.get_by_role("heading", name=re.compile("Contoh Admin Diskominfo"))).to_be_visible()
    admin.get_by_role("button", name="← Semua orang").click()
    expect(admin.get_by_label("Cari orang")).to_be_visible()


def test_a_tab_is_in_the_address_and_the_back_button_returns(admin: Page, office: NetworkServer) -> None:
    open_place(admin, office, "bagian=orang")
    admin.get_by_role("tab", name="Jejak").click()
    expect(admin.get_by_role("button", name="Unduh CSV")).to_be_visible()
    assert admin.url.endswith("?bagian=jejak")
    admin.go_back()
    expect(admin.get_by_label("Cari orang")).to_be_visible()


def test_the_trail_is_downloaded_and_the_download_is_told(admin: Page, office: NetworkServer) -> None:
    open_place(admin, office, "bagian=jejak")
    with admin.expect_download() as download:
        admin.get_by_role("button", name="Unduh CSV").click()
    assert download.value.suggested_filename.startswith("jejak_")
    assert "contoh.dlh" in download.value.path().read_text("utf-8-sig")
    assert office.entries()[-1] == ("unduh", ADMIN.actor, "jejak")


def test_a_key_opens_a_wall_until_it_is_revoked(admin: Page, browser: Browser, office: NetworkServer) -> None:
    open_place(admin, office, "bagian=layar")
    admin.get_by_label("Nama kunci baru").fill("Contoh layar posko")
    admin.get_by_role("button", name="Buat kunci").click()
    shown = admin.locator("[data-testid=stCode]").first
    expect(shown).to_contain_text("/layar/")
    address = shown.inner_text().strip()
    admin.reload()
    expect(admin.get_by_text("Contoh layar posko").first).to_be_visible()
    assert address not in admin.content()
    wall = browser.new_context().new_page()
    wall.goto(address)
    wall.wait_for_selector("#pendopo-wall .stage > svg")
    row = admin.locator("[data-testid=stHorizontalBlock]", has_text="Contoh layar posko")
    row.get_by_role("button", name="Cabut").click()
    admin.get_by_label("Alasan (wajib)").fill("latihan selesai")
    admin.get_by_role("button", name="Ya, cabut kunci ini").click()
    expect(admin.get_by_text("Kunci Contoh layar posko dicabut.")).to_be_visible()
    expect(wall.locator("body")).to_contain_text("tidak lagi berhak")
    wall.context.close()
