"""Filters in a real browser: the address holds the cut, for another reader, for the back button, down to the rows."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.driver import PATIENCE_S, Server, poll

ARRIVALS = "smart_living.tiba_15_menit"
KECAMATAN, CODE = "Kutorejo", "35.16.07"


def open_jelajah(page: Page, server: Server, query: str = "") -> None:
    page.goto(f"{server.url}/jelajah{query}")
    arrived(page)


def arrived(page: Page) -> None:
    """The last thing on the page is there."""
    page.get_by_role("button", name="Unduh CSV").wait_for()
    settled(page)


def settled(page: Page) -> None:
    """The script has run to its end."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()


def add(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).fill(option)
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")


def asked(page: Page) -> dict[str, str]:
    search = page.evaluate("location.search")  # page.url is renewed only while the browser is talked to
    return {key: value[0] for key, value in parse_qs(search.removeprefix("?")).items()}


def wait_for(page: Page, **address: str) -> None:
    poll(lambda: asked(page) == address, PATIENCE_S, f"alamat belum {address}, masih {page.url}")
    settled(page)


TEXTS = """() => [
  [document.querySelector('h4').innerText],
  ...[...document.querySelectorAll('[data-testid="stTable"] tr')]
    .map(row => [...row.children].map(cell => cell.innerText)),
]"""


def figures(page: Page) -> list[list[str]]:
    """Message and cells of all short tables."""
    settled(page)
    return page.evaluate(TEXTS)


def grid_row(page: Page, row: int) -> list[str]:
    """Cells of one row of the long table, as its grid tells them to who cannot see it."""
    grid = page.locator('[data-testid="stDataFrame"]').last
    grid.locator('[role="gridcell"]').first.wait_for(state="attached")
    return grid.locator(f'tr[aria-rowindex="{row + 2}"] [role="gridcell"]').all_inner_texts()


@pytest.fixture
def other(browser: Browser) -> Iterator[Page]:
    """Another reader's browser: nothing in common with the first."""
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    yield context.new_page()
    context.close()


def test_a_copied_link_shows_the_same_figures_to_another_reader(page: Page, other: Page, server: Server) -> None:
    open_jelajah(page, server)
    choose(page, "Indikator", "Smart Living · Tiba dalam 15 menit")
    wait_for(page, indikator=ARRIVALS)
    add(page, "Kecamatan", KECAMATAN)
    wait_for(page, indikator=ARRIVALS, kecamatan=CODE)
    add(page, "Kecamatan", "Pungging")
    wait_for(page, indikator=ARRIVALS, kecamatan=f"{CODE},35.16.06")
    page.get_by_role("button", name="Salin tautan").click()
    link = page.get_by_test_id("stCode").inner_text().strip()
    assert parse_qs(urlsplit(link).query)["rilis"] == [server.release_id]
    mine = figures(page)
    other.goto(link)
    arrived(other)
    expect(other.get_by_text(f"Kecamatan {KECAMATAN} dan Pungging")).to_be_visible()
    assert figures(other) == mine
    assert len(mine) == 5  # message, head, two kecamatan, total


def test_the_back_button_brings_the_cut_back(page: Page, server: Server) -> None:
    open_jelajah(page, server, f"?indikator={ARRIVALS}")
    before = figures(page)
    choose(page, "Periode", "7 hari terakhir")
    wait_for(page, indikator=ARRIVALS, periode="7h")
    after = figures(page)
    assert after != before
    page.go_back()
    wait_for(page, indikator=ARRIVALS)
    poll(lambda: figures(page) == before, PATIENCE_S, "angka sebelumnya belum kembali")
    page.go_forward()
    wait_for(page, indikator=ARRIVALS, periode="7h")
    poll(lambda: figures(page) == after, PATIENCE_S, "angka sesudahnya belum kembali")


def test_quick_choices_do_not_undo_each_other(page: Page, server: Server) -> None:
    open_jelajah(page, server)
    choose(page, "Periode", "7 hari terakhir")
    choose(page, "Dibanding", "rentang sebelumnya")
    choose(page, "Urut", "nilai terbesar dahulu")
    wait_for(page, periode="7h", banding="sebelumnya", urut="-nilai")


def test_from_a_number_to_its_file_and_row(page: Page, server: Server) -> None:
    open_jelajah(page, server, f"?indikator={ARRIVALS}&periode=7h")
    rows = [row for row in figures(page)[2:] if row[1] != "tidak ada data"]
    choose(page, "Buka baris sumber", rows[0][0])
    poll(lambda: "baris" in asked(page), PATIENCE_S, "baris belum di alamat")
    page.get_by_role("heading", name="Baris sumber").wait_for()
    settled(page)
    file_name, _sheet, row_no = grid_row(page, 0)[:3]
    assert file_name.startswith("kejadian_112_") and file_name.endswith(".xlsx")
    assert int(row_no) >= 2


def test_the_download_is_the_table(page: Page, server: Server, tmp_path: Path) -> None:
    open_jelajah(page, server, f"?indikator={ARRIVALS}&kecamatan={CODE},35.16.06,35.16.01&banding=sebelumnya")
    shown = figures(page)[2:-1]
    with page.expect_download() as download:
        page.get_by_role("button", name="Unduh CSV").click()
    target = tmp_path / "unduhan.csv"
    download.value.save_as(target)
    with target.open(encoding="utf-8-sig", newline="") as file:
        held = list(csv.reader(file))[1:]
    assert [line[0] for line in held] == [row[0] for row in shown]
    assert [f"{float(line[1]):.1f}".replace(".", ",") + " %" for line in held] == [row[1] for row in shown]
    assert [line[3] for line in held] == [row[3] for row in shown]
