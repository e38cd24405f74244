"""Notices of alarms: by priority and quiet hours, once, again after a failure, and through a real local receiver."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
import sqlalchemy as sa

from journal.alarm_acts import answer_alarm
from journal.alarm_looks import keep_look
from journal.alarms import read_log
from journal.failures import JournalError
from journal.migrating import open_journal
from journal.model import Entry
from journal.notice_tests import HOLDS, ask_test, last_test
from operations.alarm_notices import (
    MACHINE,
    answer_test,
    channel_of,
    due_notices,
    notice_body,
    notice_subject,
    send_tests,
    tell_alarms,
)
from warehouse.alarms.judging import judge
from warehouse.alarms.machine import Episode, State
from warehouse.alarms.signals import Reading, Signal
from warehouse.alarms.standing import Alarm
from warehouse.message_settings import AlarmNotices
from warehouse.rules import load_rules
from warehouse.rules.alarm_packs import SIGNALS
from warehouse.scope import machine_scope
from warehouse.settings import SettingsError, load_settings

NOON, NIGHT = datetime(2026, 11, 19, 12), datetime(2026, 11, 19, 23)
MINUTE = timedelta(minutes=1)
WISHES = {"addresses": {"kritis": ["PERINGATAN_POSKO"], "tinggi": ["PERINGATAN_POSKO", "PERINGATAN_SUREL"]}}
ADDRESSES = {"PERINGATAN_POSKO": "json://rahasia@127.0.0.1:9/a", "PERINGATAN_SUREL": "json://rahasia@127.0.0.1:9/b"}
ALARM = Alarm(
    1, 1, "tiket_terbuka", "tiket_terbuka@1", "tiket_terbuka", "Tiket 112 terbuka terlalu lama", "operator", "tinggi",
    "DPUPR", "DPUPR", "DPUPR", "", Decimal(31), Decimal(24), "jam", False, Episode(State.NEW, NOON, NOON),
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "at", "variables"),
    [
        ({}, NOON, ["PERINGATAN_POSKO", "PERINGATAN_SUREL"]),
        ({}, NIGHT, []),
        ({"priority": "kritis"}, NIGHT, ["PERINGATAN_POSKO"]),
        ({"priority": "sedang"}, NOON, []),
        ({"is_sample": True}, NOON, []),
        ({"audience": "tindak_lanjut"}, NOON, []),
        ({"episode": Episode(State.ANSWERED, NOON, NOON)}, NOON, []),
        ({"episode": Episode(State.RECOVERED, NOON, NOON)}, NOON, []),
        ({"episode": Episode(State.NEW, NOON, NOON, raises=(NOON,) * 3)}, NOON, []),
    ],
)
def test_who_is_told_of_what_and_when(changes, at, variables):
    assert list(due_notices([replace(ALARM, **changes)], {}, AlarmNotices(**WISHES), at)) == variables


@pytest.mark.parametrize(
    ("start", "end", "quiet"), [(21, 6, {0, 5, 21, 23}), (1, 4, {1, 3}), (6, 6, set()), (0, 6, {0, 5})]
)
def test_quiet_hours_may_pass_midnight(start, end, quiet):
    wishes = AlarmNotices(quiet_from_hour=start, quiet_until_hour=end)
    assert {hour for hour in (0, 1, 3, 4, 5, 6, 12, 21, 23) if wishes.is_quiet(hour)} >= quiet
    assert not wishes.is_quiet(12)


@pytest.fixture
def office(tmp_path):
    """Settings and a journal with one new alarm, raised at noon."""
    settings = load_settings(data_dir=tmp_path, alarms=WISHES)
    settings.state_dir.mkdir()
    journal = open_journal(f"sqlite:///{tmp_path}/journal.db")
    reading = Reading("DPUPR", "DPUPR", Decimal(31), "jam", "DPUPR", NOON)
    signals = {name: Signal() for name in SIGNALS} | {"tiket_terbuka": Signal((reading,))}
    for at in (NOON - 10 * MINUTE, NOON):  # its delay
        keep_look(journal, MACHINE, judge(load_rules({}), signals, at))
    yield settings, journal
    journal.close()


def test_each_address_is_told_once_and_again_after_a_failure(office):
    settings, journal = office
    told = []

    def send(address, subject, _body):
        told.append(address[-1])
        return "Menolak." if address.endswith("b") and len(told) < 3 else ""

    codes = []
    for minutes in (0, 1, 4, 5, 6, 60):
        codes.append(tell_alarms(settings, journal, NOON + minutes * MINUTE, send, ADDRESSES))
    assert (told, codes) == (["a", "b", "b"], [3, 0, 0, 0, 0, 0])


def test_a_crash_while_sending_tells_twice_rather_than_never(office):
    settings, journal = office

    def crash(*_message):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tell_alarms(settings, journal, NOON, crash, ADDRESSES)
    told = []
    for minutes in (1, 5, 10):
        tell_alarms(
            settings, journal, NOON + minutes * MINUTE, lambda *message: told.append(message[0]) or "", ADDRESSES
        )
    assert sorted(told) == sorted(ADDRESSES.values())


def test_what_was_answered_first_is_told_nobody(office):
    settings, journal = office
    (alarm,) = read_log(journal, settings.state_dir, NOON).alarms
    answer_alarm(journal, replace(MACHINE, actor="uji"), NOON, alarm.alarm_id, "Dihubungi.")
    assert tell_alarms(settings, journal, NOON, lambda *_message: pytest.fail("told"), ADDRESSES) == 0


def test_words_name_places_and_owners_and_at_most_five_groups(office):
    settings, _journal = office
    several = [replace(ALARM, alarm_id=n, place_name=f"OPD {n}", owner=f"OPD {n}") for n in range(50)]
    assert notice_subject(settings, several) == "50 peringatan baru, Kabupaten Mojokerto"
    lines = notice_body(settings, several).splitlines()
    assert sum(line.startswith("- ") for line in lines) == 1
    assert notice_body(settings, [ALARM]).splitlines()[0] == (
        "- tinggi: Tiket 112 terbuka terlalu lama, DPUPR (pemilik DPUPR)"
    )


def test_an_address_in_the_configuration_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="nama variabel lingkungan"):
        load_settings(data_dir=tmp_path, alarms={"addresses": {"kritis": ["json://rahasia@host"]}})


@pytest.fixture
def receiver() -> Iterator[tuple[str, list[Any]]]:
    """A webhook on this machine: its address, secret and all, and what it was sent."""
    received: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_arguments: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"json://kunci:rahasia@127.0.0.1:{server.server_port}/posko", received
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.server
@pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")  # of the library's own, on Python 3.11
def test_a_test_message_reaches_a_local_receiver(tmp_path, capsys, receiver):
    address, received = receiver
    settings = load_settings(data_dir=tmp_path, alarms=WISHES)
    assert send_tests(settings, environ={"PERINGATAN_POSKO": address}) == 3
    assert [one["title"] for one in received] == ["Uji peringatan Kabupaten Mojokerto"]
    told = capsys.readouterr().out
    assert "PERINGATAN_POSKO (webhook): terkirim" in told
    assert "PERINGATAN_SUREL (tanpa alamat): Variabel lingkungan PERINGATAN_SUREL belum diisi." in told
    assert "rahasia" not in told


@pytest.mark.server
@pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")
def test_a_test_asked_for_on_a_page_is_done_once_and_its_result_kept_without_the_address(tmp_path, receiver):
    address, received = receiver
    settings = load_settings(data_dir=tmp_path, alarms=WISHES)
    journal = open_journal(f"sqlite:///{tmp_path / 'journal.db'}")
    refused = "json://kunci:rahasia@127.0.0.1:9/posko"
    environ = {"PERINGATAN_POSKO": address, "PERINGATAN_SUREL": refused}
    answer_test(settings, journal, NOON, environ=environ)  # nobody asked
    ask_test(journal, machine_scope("contoh.admin"), NOON)
    with pytest.raises(JournalError, match="belum selesai"):
        ask_test(journal, machine_scope("contoh.admin"), NOON + MINUTE)
    for _again in range(2):
        answer_test(settings, journal, NOON + MINUTE, environ=environ)
    assert len(received) == 1
    done = last_test(journal)
    assert done is not None and done.done_at == NOON + MINUTE
    assert done.results["PERINGATAN_POSKO"] == ("webhook", "")
    assert done.results["PERINGATAN_SUREL"][1].startswith("Layanan pesan tidak dapat dihubungi")
    with journal.reading() as session:
        kept = repr([vars(entry) for entry in session.scalars(sa.select(Entry))])
    assert "rahasia" not in kept + repr(done)
    journal.close()


def test_what_was_asked_long_ago_is_sent_to_nobody(tmp_path):
    settings = load_settings(data_dir=tmp_path, alarms=WISHES)
    journal = open_journal(f"sqlite:///{tmp_path / 'journal.db'}")
    ask_test(journal, machine_scope("contoh.admin"), NOON)
    answer_test(settings, journal, NOON + HOLDS + MINUTE, send=_never, environ=ADDRESSES)
    asked = last_test(journal)
    assert asked is not None and asked.done_at is None
    journal.close()


def _never(*_message: str) -> str:
    raise AssertionError("nothing was to be sent")


@pytest.mark.parametrize(
    ("address", "channel"),
    [
        ("mailtos://a:rahasia@surel.contoh.go.id", "surel"),
        ("tgram://rahasia/1", "Telegram"),
        ("jsons://kunci:rahasia@gerbang.contoh.go.id", "webhook"),
        ("slack://rahasia/b/c", "layanan lain"),
        ("rahasia", "tanpa alamat"),
        ("", "tanpa alamat"),
    ],
)
def test_of_an_address_only_its_kind_of_service_is_told(address, channel):
    assert channel_of(address) == channel
