"""Reminders: who is told what and when, once for each state, at most once a day, and again after a failure."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from operations.__main__ import main
from operations.reminders import Stage, body_words, due_reminders, may_remind, owed_items, subject_words
from operations.reminding import EVERY, ReminderChild
from operations.sending import NoReminding, remind, send_message
from pipelines.building.processes import start_process
from warehouse.figures import ClockReading, ClockState
from warehouse.message_settings import Reminders
from warehouse.operations_status import OperationsStatus, write_status
from warehouse.reminder_record import FILE_NAME, RecordProblem, read_record
from warehouse.settings import SettingsError, load_settings

NOW = datetime(2026, 11, 19, 10)  # a Thursday
DAY = timedelta(days=1)
CLOCK = ClockReading(
    "dlh_ispu", "ISPU", "DLH", ClockState.DUE, "monthly", datetime(2026, 10, 1), None, NOW + 10 * DAY, 0, False
)
WISHES = Reminders(addresses={"DLH": ("PENGINGAT_DLH",)})
ADDRESSES = {"PENGINGAT_DLH": "json://rahasia@127.0.0.1:9/hook"}


@pytest.mark.parametrize(
    ("changes", "stage"),
    [
        ({}, Stage.AWAITED),
        ({"due_at": NOW + 3 * DAY}, Stage.SOON),
        ({"state": ClockState.OVERDUE, "due_at": NOW - timedelta(hours=23)}, Stage.SOON),
        ({"state": ClockState.OVERDUE, "due_at": NOW - timedelta(hours=25)}, Stage.LATE),
        ({"state": ClockState.OVERDUE, "due_at": NOW - timedelta(hours=1), "cadence": "hourly"}, Stage.LATE),
        ({"state": ClockState.OVERDUE, "due_at": NOW - timedelta(hours=1), "cadence": "daily"}, None),
        ({"state": ClockState.DUE, "cadence": "daily"}, None),
        ({"state": ClockState.FRESH}, None),
        ({"state": ClockState.NEVER, "due_at": None}, None),
        ({"state": ClockState.OVERDUE, "due_at": NOW - 9 * DAY, "is_sample": True}, None),
        ({"state": ClockState.OVERDUE, "due_at": NOW - 9 * DAY, "is_excused": True}, None),
    ],
)
def test_what_is_said_of_a_delivery(changes, stage):
    found = owed_items([replace(CLOCK, **changes)], WISHES, NOW)
    assert [item.stage for item in found.get("DLH", ())] == ([] if stage is None else [stage])


@pytest.mark.parametrize(
    ("at", "wishes", "is_time"),
    [
        ("2026-11-19 08:00", {}, True),
        ("2026-11-19 07:59", {}, False),
        ("2026-11-19 16:00", {}, False),
        ("2026-11-21 10:00", {}, False),  # Saturday
        ("2026-12-25 10:00", {}, False),
        ("2026-12-25 10:00", {"on_holidays": True}, True),
        ("2026-11-19 20:00", {"until_hour": 22}, True),
    ],
)
def test_nobody_is_woken(at, wishes, is_time):
    assert may_remind(Reminders(**wishes), datetime.fromisoformat(at)) is is_time


class Office:
    """A data folder with one clock, and a service that notes what it is given."""

    def __init__(self, folder, monkeypatch):
        self.settings = load_settings(data_dir=folder, reminders={"addresses": {"DLH": ["PENGINGAT_DLH"]}})
        self.settings.state_dir.mkdir(parents=True)
        self.clocks = [CLOCK]
        self.answer = ""
        self.sent = []
        monkeypatch.setattr("operations.sending._clocks", lambda settings, now: tuple(self.clocks))

    def send(self, address, subject, body):
        self.sent.append((address, subject, body))
        return self.answer

    def remind(self, now, environ=None):
        return remind(self.settings, now, self.send, ADDRESSES if environ is None else environ)


@pytest.fixture
def office(tmp_path, monkeypatch):
    return Office(tmp_path, monkeypatch)


def test_a_state_is_told_once_and_a_new_one_the_next_day(office):
    assert [one.problem for one in office.remind(NOW)] == [""]
    assert office.remind(NOW + timedelta(hours=1)) == ()
    office.clocks = [replace(CLOCK, due_at=NOW + 7 * DAY)]
    assert office.remind(NOW + timedelta(hours=2)) == ()  # heard of today
    assert len(office.remind(NOW + DAY)) == 1
    assert len(office.remind(NOW + 4 * DAY)) == 1  # three days before it is due
    assert office.remind(NOW + 5 * DAY) == ()
    assert [address for address, *_rest in office.sent] == ["json://rahasia@127.0.0.1:9/hook"] * 3


def test_the_message_names_sources_and_dates_only(office):
    late = replace(CLOCK, source_id="b", source_title="Sampah", state=ClockState.OVERDUE, due_at=datetime(2026, 11, 11))
    office.clocks = [CLOCK, late]
    office.remind(NOW)
    _address, subject, body = office.sent[0]
    assert subject == "Pengingat data DLH: 1 kiriman terlambat"
    assert body.splitlines() == [
        "Kepada DLH,",
        "",
        "Kiriman berikut belum masuk:",
        "- Sampah: terlambat 8 hari; tenggatnya 10 November 2026",
        "- ISPU: ditunggu; tenggatnya 29 November 2026 10.00 WIB",
        "",
        "Kirim lewat halaman Setor data, atau serahkan berkasnya kepada walidata Kabupaten Mojokerto.",
        "Bila ada kendala, sampaikan kepada walidata: keterlambatan yang beralasan dapat dimaklumi.",
        "",
        "Pesan ini dikirim otomatis oleh Pendopo.",
    ]


def test_a_failure_is_tried_again_ever_later_and_told(office):
    office.answer = "ditolak"
    assert [one.problem for one in office.remind(NOW)] == ["ditolak"]
    assert office.remind(NOW + timedelta(minutes=9)) == ()
    assert len(office.remind(NOW + timedelta(minutes=10))) == 1
    assert office.remind(NOW + timedelta(minutes=29)) == ()
    (failed,) = read_record(office.settings.state_dir).failed.values()
    assert (failed.failures, failed.problem, failed.retry_at) == (2, "ditolak", NOW + timedelta(minutes=30))
    office.answer = ""
    assert [one.problem for one in office.remind(NOW + timedelta(minutes=30))] == [""]
    assert read_record(office.settings.state_dir).failed == {}


def test_it_is_written_down_before_it_is_sent(office):
    def killed(*_arguments):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        remind(office.settings, NOW, killed, ADDRESSES)
    assert office.remind(NOW + timedelta(minutes=1)) == ()


def test_the_record_holds_no_address(office):
    office.answer = "ditolak"
    office.remind(NOW)
    assert "rahasia" not in (office.settings.state_dir / FILE_NAME).read_text("utf-8")


def test_an_address_that_is_not_filled_in_is_named(office):
    (one,) = office.remind(NOW, environ={})
    assert one.problem == "Variabel lingkungan PENGINGAT_DLH belum diisi."


def test_a_damaged_record_reminds_nobody(office):
    (office.settings.state_dir / FILE_NAME).write_text("{", "utf-8")
    with pytest.raises(RecordProblem, match=r"pengingat\.json"):
        office.remind(NOW)
    assert office.sent == []


def test_after_a_failed_build_nobody_is_called_late(tmp_path):
    settings = load_settings(data_dir=tmp_path, reminders={"addresses": {"DLH": ["PENGINGAT_DLH"]}})
    settings.state_dir.mkdir(parents=True)
    with pytest.raises(NoReminding, match="Belum ada rilis"):
        remind(settings, NOW, lambda *_arguments: "", ADDRESSES)
    write_status(settings.state_dir, OperationsStatus(1, "uji", NOW, NOW, NOW, "ulang", failures=1))
    with pytest.raises(NoReminding, match="Pembangunan terakhir gagal"):
        remind(settings, NOW, lambda *_arguments: "", ADDRESSES)


@pytest.mark.parametrize("name", ["PENDOPO_DLH", "dlh", "mailtos://orang:sandi@contoh.go.id"])
def test_addresses_are_never_written_into_the_settings(name):
    with pytest.raises(SettingsError, match="nama variabel lingkungan"):
        load_settings(reminders={"addresses": {"DLH": [name]}})


def test_the_child_is_started_in_working_hours_and_not_all_the_time(tmp_path, monkeypatch):
    started = []

    class Ended:
        def poll(self):
            return 0

    def start(command):
        started.append(command[-1])
        return Ended()

    monkeypatch.setattr("operations.reminding.start_process", start)
    silent = ReminderChild(load_settings(data_dir=tmp_path))
    silent.look(NOW)
    assert started == []
    child = ReminderChild(load_settings(data_dir=tmp_path, reminders={"addresses": {"DLH": ["PENGINGAT_DLH"]}}))
    for at in (NOW, NOW + timedelta(seconds=1), NOW + EVERY, NOW.replace(hour=20)):
        child.look(at)
    assert started == ["remind", "remind"]
    assert start is not start_process


def test_the_command_prints_what_would_be_sent(office, monkeypatch, capsys):
    monkeypatch.setattr("operations.__main__.load_settings", lambda: office.settings)
    monkeypatch.setattr("operations.__main__._local_now", lambda _settings: NOW)
    assert main(["remind", "--dry-run"]) == 0
    told = capsys.readouterr().out
    assert "Kepada DLH (PENGINGAT_DLH)" in told
    assert "1 pengingat akan dikirim." in told
    assert not (office.settings.state_dir / FILE_NAME).exists()


@pytest.fixture
def receiver():
    """A service on this machine that notes what it is posted."""
    received = []

    class Handler(BaseHTTPRequestHandler):
        code = 200

        def do_POST(self):
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(Handler.code)
            self.end_headers()

        def log_message(self, *_arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.received, server.handler = received, Handler
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.server
@pytest.mark.filterwarnings("ignore:'imghdr':DeprecationWarning")  # of the library's own, on Python 3.11
def test_a_real_message_goes_out_through_the_library(receiver, caplog):
    address = f"json://kunci:rahasia@127.0.0.1:{receiver.server_port}/pendopo"
    assert send_message(address, "Judul", "Baris satu\nBaris dua") == ""
    assert [(one["title"], one["message"]) for one in receiver.received] == [("Judul", "Baris satu\nBaris dua")]
    receiver.handler.code = 403
    assert send_message(address, "Judul", "Isi") == (
        "Layanan pesan menolak dengan kode 403. Periksa kunci dan tujuannya."
    )
    assert send_message("bukan alamat", "Judul", "Isi").startswith("Alamat tidak dikenal.")
    assert "rahasia" not in caplog.text


def test_words_for_who_has_a_public_address(office):
    settings = office.settings.model_copy(
        update={"access": office.settings.access.model_copy(update={"public_url": "https://dasbor.contoh.go.id/"})}
    )
    (reminder,) = due_reminders(owed_items([CLOCK], WISHES, NOW), {}, WISHES, NOW)
    assert "Kirim lewat https://dasbor.contoh.go.id/setor_data," in body_words(reminder, settings, NOW)
    assert subject_words(reminder) == "Pengingat data DLH: 1 kiriman ditunggu"
