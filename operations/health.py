"""Tells a service manager or a monitor how Pendopo does: release, age, who builds, judges and serves, memory, room.

Looks only, and repairs nothing. What is wrong is said in words, one line each.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import asdict, dataclass, field
from datetime import datetime
from gettext import gettext as _
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from warehouse.alarm_record import read_last_look
from warehouse.operations_status import SILENT_AFTER, read_status
from warehouse.releases import serving_release
from warehouse.settings import Settings

WELL, WRONG = 0, 3
LEAST_ROOM = 1 << 30  # bytes free where the data is
PATIENCE = 5  # seconds for the dashboard to answer
MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Health:
    """Times are local to the region, memory in MiB; None: not known, or not there."""

    release_id: str | None
    built_at: str | None
    age_minutes: int | None
    damaged_release_id: str | None
    watching_since: str | None  # the resident process
    looked_at: str | None
    last_build_exit_code: int | None
    alarms_judged_at: str | None
    dashboard_answers: bool
    sessions: int | None  # open in browsers now, as Streamlit counts them: one for each page, wall or screen
    dashboard_mib: int | None
    operations_mib: int | None
    free_mib: int
    problems: list[str] = field(default_factory=list)


def run_health(settings: Settings, now: datetime, port: int, *, as_json: bool) -> int:
    """Print how it does; the exit code."""
    health = look(settings.state_dir, now, port)
    if as_json:
        print(json.dumps(asdict(health), ensure_ascii=False, indent=1))
    else:
        facts = {name: value for name, value in asdict(health).items() if name != "problems"}
        print("\n".join(f"{name}: {'-' if value is None else value}" for name, value in facts.items()))
        print("\n".join(f"! {problem}" for problem in health.problems) or _("Semua baik."))
    return WRONG if health.problems else WELL


def look(state_dir: Path, now: datetime, port: int) -> Health:
    serving = serving_release(state_dir)
    status, judged = read_status(state_dir), read_last_look(state_dir)
    is_watching = status is not None and status.is_running(now)
    server = _server_on(port)
    answers = _ask(port, "health") is not None
    free = shutil.disk_usage(state_dir if state_dir.is_dir() else Path.cwd()).free
    build = status.build if status else None
    problems = []
    if serving is None:
        problems.append(_("Belum ada rilis yang dapat dilayani."))
    elif serving.damaged_id is not None:
        problems.append(_("Rilis {release} rusak; yang dilayani sebelumnya.").format(release=serving.damaged_id))
    if not is_watching:
        problems.append(_("Tidak ada proses yang mengawasi inbox. Jalankan `python -m operations`."))
    elif judged is None or now - judged.looked_at > 2 * SILENT_AFTER:
        problems.append(_("Peringatan tidak dinilai lagi."))
    if build is not None and build.ended_at is not None and not build.is_done:
        problems.append(_("Pembangunan terakhir gagal, kode keluar {code}.").format(code=build.exit_code))
    if not answers:
        problems.append(_("Dasbor tidak menjawab di port {port}.").format(port=port))
    if free < LEAST_ROOM:
        problems.append(_("Ruang cakram tinggal {room} MiB.").format(room=free // MEBIBYTE))
    release = serving.release if serving else None
    return Health(
        release_id=release.release_id if release else None,
        built_at=release.built_at.isoformat() if release else None,
        age_minutes=int((now - release.built_at).total_seconds() // 60) if release else None,
        damaged_release_id=serving.damaged_id if serving else None,
        watching_since=status.started_at.isoformat() if status and is_watching else None,
        looked_at=status.looked_at.isoformat() if status else None,
        last_build_exit_code=build.exit_code if build else None,
        alarms_judged_at=judged.looked_at.isoformat() if judged else None,
        dashboard_answers=answers,
        sessions=_sessions(port) if answers else None,
        dashboard_mib=_memory(server),
        operations_mib=_memory(_process(status.pid)) if status and is_watching else None,
        free_mib=free // MEBIBYTE,
        problems=problems,
    )


def _ask(port: int, what: str) -> str | None:
    """What Streamlit answers below the path it was told to serve at, if any; None: nothing, or a refusal."""
    base = os.environ.get("STREAMLIT_SERVER_BASE_URL_PATH", "").strip("/")
    path = f"/{base}/_stcore/{what}" if base else f"/_stcore/{what}"
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE) as reply:
            return str(reply.read().decode("utf-8"))
    except (URLError, OSError):
        return None


def _sessions(port: int) -> int | None:
    told = re.search(r"^active_sessions (\d+)$", _ask(port, "metrics?families=active_sessions") or "", re.MULTILINE)
    return int(told[1]) if told else None


def _server_on(port: int) -> psutil.Process | None:
    """Whoever listens there; None too when the system does not tell us."""
    try:
        found = psutil.net_connections("tcp")
    except psutil.AccessDenied:
        return None
    pids = (one.pid for one in found if one.status == psutil.CONN_LISTEN and one.laddr and one.laddr.port == port)
    return next((_process(pid) for pid in pids if pid), None)


def _process(pid: int) -> psutil.Process | None:
    try:
        return psutil.Process(pid)
    except psutil.NoSuchProcess:
        return None


def _memory(process: psutil.Process | None) -> int | None:
    try:
        return process.memory_info().rss // MEBIBYTE if process else None
    except psutil.Error:
        return None
