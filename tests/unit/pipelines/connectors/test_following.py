"""What is known of sources afterwards, and what the command says and returns."""

from __future__ import annotations

from datetime import timedelta

import httpx
import pytest
from filelock import FileLock

from pipelines.__main__ import BUSY, DONE, REFUSED, WRONG_USE, main
from pipelines.connectors import fetching
from tests.unit.pipelines.connectors.office import HOST, NOW, Office
from warehouse.feed_health import feed_health
from warehouse.feed_memory import KEPT_TRIES, MEMORY_FILE, Mark, Memory, Try

SHEET = f"kind: sheet\nurl: https://{HOST}/hujan.csv\nattempts: 1\n"


@pytest.fixture
def office(tmp_path):
    made = Office(tmp_path, lambda _request: httpx.Response(200, content=b"a;b\n"))
    made.connect(SHEET)
    return made


def health(office):
    return feed_health(office.settings.state_dir)[-1]


def test_nothing_is_known_of_a_source_that_was_never_fetched(office):
    assert feed_health(office.settings.state_dir) == ()


def test_health_tells_since_when_a_source_fails_and_why(office):
    good = office.answer
    office.fetch(NOW)
    office.fetch(NOW + timedelta(hours=1))
    office.answer = lambda _request: httpx.Response(403)
    office.fetch(NOW + timedelta(hours=2))
    office.fetch(NOW + timedelta(hours=3))
    found = health(office)
    assert (found.last_try, found.last_success) == (NOW + timedelta(hours=3), NOW + timedelta(hours=1))
    assert (found.outcome, found.failures_in_row) == ("gagal", 2)
    assert "menolak server ini (403)" in found.message
    office.answer = good
    office.fetch(NOW + timedelta(hours=4))
    assert (health(office).outcome, health(office).failures_in_row) == ("tidak berubah", 0)


def test_health_tells_a_declaration_that_cannot_be_used(office):
    office.connect("kind: sheet\n")
    office.fetch(NOW)
    assert (health(office).outcome, health(office).message) == (
        "gagal",
        "connection.yml baris 1: kunci url wajib diisi",
    )


def test_a_source_that_is_no_longer_connected_is_forgotten(office):
    office.connect(SHEET, source="dinas_lain")
    office.fetch(NOW)
    assert [one.source_id for one in feed_health(office.settings.state_dir)] == ["dinas_hujan", "dinas_lain"]
    (office.root / "sumber" / "dinas_lain" / "connection.yml").unlink()
    office.fetch(NOW)
    assert [one.source_id for one in feed_health(office.settings.state_dir)] == ["dinas_hujan"]


def test_only_the_last_tries_are_kept():
    memory = Memory()
    for number in range(KEPT_TRIES + 3):
        memory = memory.after("", Mark(), Try(at=NOW + timedelta(hours=number), outcome="gagal", message=""))
    assert [one.at for one in memory.tries] == [NOW + timedelta(hours=number) for number in range(3, KEPT_TRIES + 3)]


@pytest.fixture
def at_office(office, monkeypatch):
    """The command over the sources of the office, which may reach no host."""
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(office.root / "var"))
    monkeypatch.setattr(fetching.fetch, "__defaults__", (None, None, office.root / "sumber"))
    return office


def test_the_command_tells_each_source_and_that_one_failed(at_office, capsys):
    assert main(["--now", "2026-11-21T16:08", "fetch"]) == REFUSED
    assert f"dinas_hujan: gagal. Host {HOST} belum diizinkan." in capsys.readouterr().err
    assert [one.at for one in at_office.memory.tries] == [NOW]


def test_the_command_is_done_where_nothing_is_connected(at_office, capsys):
    (at_office.root / "sumber" / "dinas_hujan" / "connection.yml").unlink()
    assert main(["fetch"]) == DONE
    assert "Belum ada sumber yang terhubung" in capsys.readouterr().out


def test_the_command_proposes_the_nearest_source(at_office, capsys):
    assert main(["fetch", "--source", "dinas_hujn"]) == WRONG_USE
    assert "maksudnya 'dinas_hujan'?" in capsys.readouterr().err


def test_a_damaged_record_is_told(at_office, capsys):
    at_office.settings.state_dir.mkdir(parents=True)
    (at_office.settings.state_dir / MEMORY_FILE).write_text('{"dinas_hujan": {"tries": 1}}', "utf-8")
    assert main(["fetch"]) == WRONG_USE
    assert f"{MEMORY_FILE} di folder data rusak" in capsys.readouterr().err


def test_a_second_fetch_is_refused(at_office, capsys):
    at_office.settings.state_dir.mkdir(parents=True)
    with FileLock(at_office.settings.state_dir / fetching.LOCK_FILE):
        assert main(["fetch"]) == BUSY
    assert "Pengambilan lain sedang berjalan" in capsys.readouterr().err
