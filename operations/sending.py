"""Sends reminders one address at a time and writes each down first: a restart sends none twice.

An address is a secret: it is read from the environment, and neither printed, logged nor kept.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from operations.reminders import Reminder, body_words, due_reminders, may_remind, owed_items, subject_words
from warehouse.engine import open_release
from warehouse.figures import ClockReading
from warehouse.operations_status import read_status
from warehouse.punctuality import read_excused_clocks
from warehouse.releases import serving_release
from warehouse.reminder_record import Addressed, ReminderRecord, read_record, write_record
from warehouse.settings import Settings

FIRST_RETRY, LAST_RETRY = timedelta(minutes=10), timedelta(hours=6)
TIMEOUT_SECONDS = 20
Send = Callable[[str, str, str], str]  # address, subject, body; why it failed, "" when it went out


@dataclass(frozen=True)
class Sent:
    """What became of one reminder; `problem` is "" when it went out."""

    reminder: Reminder
    problem: str


class NoReminding(Exception):
    """Nobody is reminded now; the message says why."""


def planned(settings: Settings, now: datetime) -> tuple[Reminder, ...]:
    """What would be sent now. Raises NoReminding, RecordProblem."""
    wishes = settings.reminders
    if not wishes.addresses:
        raise NoReminding("Belum ada alamat di pendopo.toml, bagian [reminders.addresses].")
    if not may_remind(wishes, now):
        hours = f"{wishes.from_hour:02}.00 sampai {wishes.until_hour:02}.00"
        raise NoReminding(f"Di luar jam kerja: pengingat dikirim pada hari kerja pukul {hours}.")
    items = owed_items(_clocks(settings, now), wishes, now)
    known = dict(read_record(settings.state_dir).addresses)
    return due_reminders(items, known, wishes, now)


def _clocks(settings: Settings, now: datetime) -> tuple[ClockReading, ...]:
    """From the release being served; one that could not be renewed would call late what has come."""
    status = read_status(settings.state_dir)
    if status is not None and status.failures:
        raise NoReminding("Pembangunan terakhir gagal, jadi belum pasti siapa yang terlambat. Pengingat menunggu.")
    serving = serving_release(settings.state_dir)
    if serving is None:
        raise NoReminding("Belum ada rilis. Jalankan `python -m pipelines run`.")
    engine = open_release(serving.release.path)
    try:
        with engine.connect() as connection:
            return read_excused_clocks(connection, now)
    finally:
        engine.dispose()


def remind(
    settings: Settings, now: datetime, send: Send | None = None, environ: Mapping[str, str] = os.environ
) -> tuple[Sent, ...]:
    """Send what is due. Raises NoReminding, RecordProblem, OSError."""
    reminders = planned(settings, now)
    deliver = send or send_message
    done = []
    for reminder in reminders:
        before = read_record(settings.state_dir).addresses.get(reminder.key, Addressed())
        _note(settings, reminder.key, _told(reminder, now))
        problem = _send_one(settings, reminder, now, deliver, environ)
        if problem:
            _note(settings, reminder.key, _failed(before, problem, now))
        done.append(Sent(reminder, problem))
    return tuple(done)


def _send_one(settings: Settings, reminder: Reminder, now: datetime, send: Send, environ: Mapping[str, str]) -> str:
    address = environ.get(reminder.variable, "").strip()
    if not address:
        return f"Variabel lingkungan {reminder.variable} belum diisi."
    return send(address, subject_words(reminder), body_words(reminder, settings, now))


def _told(reminder: Reminder, now: datetime) -> Addressed:
    return Addressed({item.source_id: item.told for item in reminder.items}, now.date(), now)


def _failed(before: Addressed, problem: str, now: datetime) -> Addressed:
    """As if nothing had been said, and not before a pause that grows."""
    pause = min(FIRST_RETRY * 2**before.failures, LAST_RETRY)
    return replace(before, failures=before.failures + 1, retry_at=now + pause, problem=problem)


def _note(settings: Settings, key: str, addressed: Addressed) -> None:
    known = read_record(settings.state_dir).addresses
    write_record(settings.state_dir, ReminderRecord({**known, key: addressed}))


def send_message(address: str, subject: str, body: str) -> str:
    """Through whatever service the address names."""
    import apprise  # noqa: PLC0415 - a hundred services to import, for who sends only

    asset = apprise.AppriseAsset(service_timeout=TIMEOUT_SECONDS, image_path_mask=False)
    asset.app_id, asset.app_desc, asset.app_url, asset.image_url_mask = "Pendopo", "Pengingat data", "", ""
    log = logging.getLogger("apprise")
    said = _Statuses()
    log.addHandler(said)
    level, passes = log.level, log.propagate
    log.setLevel(logging.WARNING)
    log.propagate = False  # its words may hold parts of the address
    try:
        service = apprise.Apprise(asset=asset)
        if not service.add(address):
            return "Alamat tidak dikenal. Periksa bentuknya, misalnya mailtos://... atau tgram://..."
        is_sent = service.notify(body=body, title=subject, body_format=apprise.NotifyFormat.TEXT)
    finally:
        log.removeHandler(said)
        log.setLevel(level)
        log.propagate = passes
    return "" if is_sent else said.words


class _Statuses(logging.Handler):
    """Of what the library says only the status of an answer is kept: the rest may hold parts of an address."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.words = (
            "Layanan pesan tidak dapat dihubungi atau menolak. Periksa alamat, jaringan dan masa berlaku kuncinya."
        )

    def emit(self, record: logging.LogRecord) -> None:
        status = re.search(r"error[= ]+(\d{3})\b", record.getMessage())
        if status:
            self.words = f"Layanan pesan menolak dengan kode {status[1]}. Periksa kunci dan tujuannya."
