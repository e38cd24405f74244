"""New alarms told to addresses by priority and quiet hours: one message an address, in at most five groups.

Written down before and after sending: a crash in between tells twice rather than never. Sample data, follow-up, what
was answered and what chatters are told nobody; an address is neither printed, logged nor kept.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from gettext import gettext as _

from journal.alarm_notices import Noticed, note_notices, read_notices
from journal.alarms import read_log
from journal.notice_tests import finish_test, waiting_test
from journal.store import Journal
from operations.sending import Send, send_message
from warehouse.alarms.grouping import Group, wall_groups
from warehouse.alarms.machine import State, is_chattering
from warehouse.alarms.standing import Alarm
from warehouse.message_settings import AlarmNotices
from warehouse.scope import machine_scope
from warehouse.settings import Settings

DONE, NOT_ALL = 0, 3
FIRST_RETRY, LAST_RETRY = timedelta(minutes=5), timedelta(hours=1)
MACHINE = machine_scope("operasi")
UNFINISHED = "Pengirimannya terputus."
Results = dict[str, tuple[str, str]]  # by variable: kind of service and problem, "" when it went out
CHANNELS = {
    **dict.fromkeys(("mailto", "mailtos"), _("surel")),
    "tgram": "Telegram",
    "whatsapp": "WhatsApp",
    **dict.fromkeys(("json", "jsons", "form", "forms", "xml", "xmls"), "webhook"),
}


def due_notices(
    alarms: Sequence[Alarm], known: Mapping[tuple[int, str], Noticed], wishes: AlarmNotices, now: datetime
) -> dict[str, tuple[Alarm, ...]]:
    """What is to be told now, by variable."""
    found: dict[str, list[Alarm]] = {}
    for alarm in alarms:
        if not _is_told(alarm, now) or (wishes.is_quiet(now.hour) and alarm.priority != "kritis"):
            continue
        for variable in wishes.addresses.get(alarm.priority, ()):  # type: ignore[call-overload]
            before = known.get((alarm.alarm_id, variable))
            if before is None or (before.failures and (before.retry_at is None or now >= before.retry_at)):
                found.setdefault(variable, []).append(alarm)
    return {variable: tuple(several) for variable, several in sorted(found.items())}


def _is_told(alarm: Alarm, now: datetime) -> bool:
    if alarm.is_sample or alarm.audience != "operator" or alarm.state is not State.NEW:
        return False
    return not is_chattering(alarm.episode, now)


def tell_alarms(
    settings: Settings,
    journal: Journal,
    now: datetime,
    send: Send = send_message,
    environ: Mapping[str, str] = os.environ,
) -> int:
    """Send what is due. Raises JournalError."""
    if not settings.alarms.addresses:
        return DONE
    log, known = read_log(journal, settings.state_dir, now), read_notices(journal)
    code = DONE
    for variable, alarms in due_notices(log.alarms, known, settings.alarms, now).items():
        claimed = {one.alarm_id: _failed(known.get((one.alarm_id, variable)), UNFINISHED, now) for one in alarms}
        note_notices(journal, MACHINE, variable, claimed)
        problem = _send(variable, notice_subject(settings, alarms), notice_body(settings, alarms), send, environ)
        after = {number: Noticed(now) if not problem else _with(one, problem) for number, one in claimed.items()}
        note_notices(journal, MACHINE, variable, after)
        code = NOT_ALL if problem else code
        told = f"{variable}, {len(alarms)} peringatan"
        print(f"Gagal memberi tahu {told}: {problem}" if problem else f"Diberi tahu: {told}", flush=True)
    return code


def try_addresses(settings: Settings, send: Send = send_message, environ: Mapping[str, str] = os.environ) -> Results:
    """One test message to every address, and what came of each."""
    variables = sorted({name for names in settings.alarms.addresses.values() for name in names})
    subject = f"Uji peringatan {settings.region.region_name}"
    body = "Pesan uji: alamat ini menerima pemberitahuan peringatan. Tidak ada yang perlu dilakukan."
    return {one: (channel_of(environ.get(one, "")), _send(one, subject, body, send, environ)) for one in variables}


def send_tests(settings: Settings, send: Send = send_message, environ: Mapping[str, str] = os.environ) -> int:
    """The same for a command line."""
    results = try_addresses(settings, send, environ)
    if not results:
        print("Belum ada alamat di pendopo.toml, bagian [alarms].", file=sys.stderr)
    for variable, (channel, problem) in results.items():
        print(f"{variable} ({channel}): {problem or 'terkirim'}", flush=True)
    return NOT_ALL if any(problem for _channel, problem in results.values()) else DONE


def answer_test(
    settings: Settings,
    journal: Journal,
    now: datetime,
    send: Send = send_message,
    environ: Mapping[str, str] = os.environ,
) -> None:
    """Do what somebody asked for on `kelola`, and write down what came of it. Raises JournalError."""
    waiting = waiting_test(journal, now)
    if waiting is not None:
        finish_test(journal, MACHINE, now, waiting, try_addresses(settings, send, environ))


def channel_of(address: str) -> str:
    """What kind of service an address names; nothing else of it."""
    scheme = address.strip().partition("://")[0].lower() if "://" in address else ""
    return CHANNELS.get(scheme, _("layanan lain")) if scheme else _("tanpa alamat")


def notice_subject(settings: Settings, alarms: Sequence[Alarm]) -> str:
    critical = sum(one.priority == "kritis" for one in alarms)
    return f"{len(alarms)} peringatan baru, {settings.region.region_name}" + (
        f": {critical} kritis" if critical else ""
    )


def notice_body(settings: Settings, alarms: Sequence[Alarm]) -> str:
    """Plain text: causes, places and owners; no person and no row."""
    url = settings.access.public_url.rstrip("/")
    lines = [_group_line(group) for group in wall_groups(alarms)]
    where = f"{url}/peringatan" if url else "halaman Peringatan"
    return "\n".join((*lines, "", f"Tanggapi di {where}.", "Pesan ini dikirim otomatis oleh Pendopo."))


def _group_line(group: Group) -> str:
    place = group.place_name or f"{len(group.alarms)} tempat"
    owners = ", ".join(sorted({one.owner for one in group.alarms}))
    return f"- {group.priority}: {group.title}, {place} (pemilik {owners})"


def _send(variable: str, subject: str, body: str, send: Send, environ: Mapping[str, str]) -> str:
    address = environ.get(variable, "").strip()
    return send(address, subject, body) if address else f"Variabel lingkungan {variable} belum diisi."


def _failed(before: Noticed | None, problem: str, now: datetime) -> Noticed:
    failures = (before.failures if before else 0) + 1
    return Noticed(now, failures, now + min(FIRST_RETRY * 2 ** min(failures - 1, 10), LAST_RETRY), problem)


def _with(claimed: Noticed, problem: str) -> Noticed:
    return Noticed(claimed.told_at, claimed.failures, claimed.retry_at, problem)
