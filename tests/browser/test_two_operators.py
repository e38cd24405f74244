"""Two operators, each in a browser of their own, at the same alarms: nothing one of them did is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from journal.alarms import alarms_since
from journal.people import NewPerson
from tests.browser.alarmed import Watch
from tests.browser.driver import PATIENCE_S, poll
from tests.browser.network import ADMIN, PASSWORD, NetworkServer, sign_in
from tests.conftest import copied
from warehouse.alarms.standing import Alarm

MORNING = NewPerson("pagi", "Contoh Operator Pagi", "operator", password=PASSWORD)
NIGHT = NewPerson("malam", "Contoh Operator Malam", "operator", password=PASSWORD)


@pytest.fixture(scope="module")
def office(built_data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NetworkServer]:
    folder = tmp_path_factory.mktemp("kantor")
    copied(built_data_dir, folder / "data")
    running = NetworkServer(folder / "data", folder)
    running.add(ADMIN, MORNING, NIGHT)
    running.start()
    yield running
    running.kill()
    running.journal.close()


@pytest.fixture
def watch(office: NetworkServer) -> Watch:
    made = Watch(office.journal, next(office.data_dir.glob("*/CURRENT")).parent)
    made.look()
    return made


@pytest.fixture
def two(browser: Browser, office: NetworkServer) -> Iterator[tuple[Page, Page]]:
    """Both have the page of alarms open."""
    contexts = [browser.new_context(viewport={"width": 1366, "height": 768}) for _person in (MORNING, NIGHT)]
    pages = [context.new_page() for context in contexts]
    for page, person in zip(pages, (MORNING, NIGHT), strict=True):
        sign_in(page, office, "/peringatan", person.login)
    yield pages[0], pages[1]
    for context in contexts:
        context.close()


def open_alarm(page: Page, office: NetworkServer, alarm_id: int) -> None:
    page.goto(f"{office.url}/peringatan?baris={alarm_id}")
    page.get_by_label("Yang dilakukan (wajib)").wait_for()


def settle(page: Page) -> None:
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]')


def put_off(page: Page, hours: str, why: str) -> None:
    page.get_by_test_id("stExpander").filter(has_text="Alasan (wajib)").locator("summary").click()
    page.get_by_label("Alasan (wajib)").fill(why)
    choice = page.get_by_role("option", name=hours, exact=True)
    poll(lambda: _opens(page, choice), PATIENCE_S, "pilihan lama penundaan belum terbuka")
    choice.click()
    page.get_by_role("button", name="Tunda", exact=True).click()


def _opens(page: Page, choice: Locator) -> bool:
    """The part that holds the choice is still unfolding: a click in between closes it again."""
    if not choice.is_visible():
        page.get_by_role("combobox", name="Selama", exact=True).click()
        page.wait_for_timeout(500)
    return choice.is_visible()


def only(office: NetworkServer, alarm_id: int) -> Alarm:
    every = alarms_since(office.journal, office.now().replace(hour=0, minute=0))
    return next(one for one in every if one.alarm_id == alarm_id)


def test_both_answer_the_alarm_they_both_see(two: tuple[Page, Page], office: NetworkServer, watch: Watch) -> None:
    """Each filled in the form before the other sent theirs: the second answer is kept as a note."""
    number = watch.raise_alarm("tinggi")
    for page, note in zip(two, ("BPBD dihubungi.", "Ruang 112 ditelepon."), strict=True):
        open_alarm(page, office, number)
        page.get_by_label("Yang dilakukan (wajib)").fill(note)
    for page in two:
        page.get_by_role("button", name="Tanggapi", exact=True).click()
    for page in two:
        expect(page.get_by_text("Tercatat: Panggilan 112 melonjak")).to_be_visible()
    acts = only(office, number).acts
    assert {(act.acted_by, act.note) for act in acts} == {
        ("pagi", "BPBD dihubungi."),
        ("malam", "Ruang 112 ditelepon."),
    }
    assert [act.kind for act in acts] == ["ditanggapi", "catatan"]
    two[0].reload()
    for words in ("BPBD dihubungi.", "Ruang 112 ditelepon."):
        expect(two[0].get_by_text(words)).to_be_visible()


def test_what_one_put_off_the_other_does_not_undo_unseen(
    two: tuple[Page, Page], office: NetworkServer, watch: Watch
) -> None:
    """The second sees who was quicker, until when and why, and may end it then."""
    number = watch.raise_alarm("tinggi", place="ruas", place_name="Ruas Contoh")
    for page in two:
        open_alarm(page, office, number)
    put_off(two[0], "4 jam", "Alat tiba sore.")
    expect(two[0].get_by_text("Ditunda: Panggilan 112 melonjak")).to_be_visible()
    put_off(two[1], "1 hari", "Menunggu rapat.")
    expect(two[1].get_by_text("pagi,")).to_be_visible()  # who changed it, and when
    kept = only(office, number)
    assert (kept.state.value, [(act.acted_by, act.note) for act in kept.acts]) == (
        "ditunda",
        [("pagi", "Alat tiba sore.")],
    )
    two[1].goto(f"{office.url}/peringatan")
    expect(two[1].get_by_text("oleh pagi: Alat tiba sore.")).to_be_visible()
    open_alarm(two[1], office, number)
    two[1].get_by_label("Alasan mengakhiri penundaan (wajib)").fill("Alat sudah datang.")
    two[1].get_by_role("button", name="Akhiri penundaan", exact=True).click()
    poll(lambda: only(office, number).state.value == "baru", PATIENCE_S, "penundaan belum berakhir")
    assert [act.kind for act in only(office, number).acts] == ["ditunda", "diangkat"]
    watch.answer(number)


def test_a_flood_of_fifty_is_answered_one_by_one_and_told_in_five_groups(
    two: tuple[Page, Page], office: NetworkServer, watch: Watch
) -> None:
    """The page counts all, offers five at a time, and neither operator loses a place in the line."""
    numbers = [
        watch.raise_alarm("sedang", rule_id="ispu", signal="ispu", title="Udara tidak sehat", place=f"Stasiun {one}",
                          place_name=f"Stasiun {one}", owner="DLH")
        for one in range(50)
    ]  # fmt: skip
    for page, note in zip(two, ("Pagi melihat.", "Malam melihat."), strict=True):
        page.goto(f"{office.url}/peringatan")
        expect(page.get_by_text("peringatan lagi menyusul")).to_be_visible()
        page.get_by_test_id("stExpander").filter(has_text="Tanggapi:").first.click()
        page.get_by_label("Yang dilakukan (wajib)").first.fill(note)
        page.get_by_role("button", name="Tanggapi", exact=True).first.click()
        expect(page.get_by_text("Tercatat:")).to_be_visible()
        settle(page)
    told = [act.note for number in numbers for act in only(office, number).acts]
    assert sorted(told) == ["Malam melihat.", "Pagi melihat."]
