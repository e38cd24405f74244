"""The resident process: watches the inbox, builds, reminds and judges alarms in processes of their own, may keep the
dashboard too.

Exit codes: 0 stopped as asked, reminded, judged or in good health; 2 wrong command, configuration or data folder, or
the dashboard refuses to start; 3 not every message went out, or health tells of something wrong; 4 another process
watches the inbox, reminds or judges; 5 the dashboard ended by itself; 1 a bug.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from threading import Event

from operations.alarm_notices import send_tests
from operations.alarming import AlarmChild, run_alarms
from operations.health import run_health
from operations.reminding import ReminderChild, run_remind
from operations.resident import StatusKeeper
from operations.service_manager import ALIVE, READY, STOPPING, tell_manager
from pipelines.building.building_lock import BuildBusy
from pipelines.building.processes import end_process, start_process, stop_on_signals
from pipelines.building.watching import Watcher, keep_watching, print_build
from warehouse.settings import Settings, SettingsError, load_settings

DONE, WRONG_USE, BUSY, DASHBOARD_ENDED = 0, 2, 4, 5
COMMANDS = ("remind", "alarms", "test-notice", "health")
PORT = os.environ.get("STREAMLIT_SERVER_PORT", "8501")
# Its welcome goes with an invitation to programmers, shown on every page; where the dashboard is, we say ourselves.
QUIETLY = ("--server.headless=false", "--server.showEmailPrompt=false", "--logger.hideWelcomeMessage=true")
STREAMLIT = ("run", "app.py", f"--server.port={PORT}", *QUIETLY)


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    if options.profile:
        os.environ["PENDOPO_PROFILE"] = options.profile  # for the dashboard as well
    try:
        settings = load_settings()
        return _do(options, settings)
    except BuildBusy as error:
        print(error, file=sys.stderr)
        return BUSY
    except SettingsError as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except OSError as error:
        print(
            f"Folder data tidak dapat dibaca atau ditulis: {error}. Periksa letak, hak akses dan sisa ruang cakram.",
            file=sys.stderr,
        )
        return WRONG_USE


def _do(options: argparse.Namespace, settings: Settings) -> int:
    match options.command:
        case "remind":
            return run_remind(settings, _local_now(settings), options.dry_run)
        case "alarms":
            return run_alarms(settings, _local_now(settings))
        case "test-notice":
            return send_tests(settings)
        case "health":
            return run_health(settings, _local_now(settings), int(PORT), as_json=options.json)
    return _run(settings, options.with_dashboard)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m operations",
        description="Proses yang terus berjalan: mengawasi inbox, menerbitkan rilis, menilai peringatan dan "
        "mengingatkan OPD sendiri.",
        epilog="Kode keluar: 0 dihentikan seperti diminta (Ctrl-C, SIGTERM); 2 perintah, konfigurasi atau folder data "
        "salah, atau dasbor menolak mulai; 3 ada pengingat yang gagal, atau health menemukan yang salah; "
        "4 inbox sudah diawasi, atau pengingat atau "
        "peringatan sedang dikerjakan, proses lain; 5 dasbor berhenti sendiri; 1 kesalahan program.",
    )
    parser.add_argument("--profile", help="profil di pendopo.toml, menggantikan yang tertulis di sana")
    parser.add_argument(
        "--with-dashboard", action="store_true", help="jalankan juga dasbor di samping, dan hentikan bersama"
    )
    parser.add_argument(
        "command",
        nargs="?",
        choices=COMMANDS,
        help="remind: kirim pengingat yang jatuh sekarang; alarms: nilai peringatan sekarang; test-notice: kirim "
        "pesan uji ke tiap alamat peringatan; health: keadaan rilis, dasbor, memori; sekali, lalu selesai",
    )
    parser.add_argument("--dry-run", action="store_true", help="dengan remind: cetak saja, tidak mengirim")
    parser.add_argument("--json", action="store_true", help="dengan health: sebagai JSON, untuk pemantau")
    return parser


def _local_now(settings: Settings) -> datetime:
    return datetime.now(settings.region.zone).replace(tzinfo=None)


def _run(settings: Settings, with_dashboard: bool) -> int:
    stop = Event()
    stop_on_signals(stop)

    clock = partial(_local_now, settings)
    reminding, alarming = ReminderChild(settings), AlarmChild(settings)
    keeper = StatusKeeper(settings.state_dir, clock())
    dashboard: subprocess.Popen[bytes] | None = None

    states = [READY, ALIVE]

    def told(watcher: Watcher, has_news: bool) -> None:
        tell_manager(*states)
        states[:] = [ALIVE]
        print_build(watcher, has_news)
        keeper.looked(watcher, clock(), has_news)
        reminding.look(clock())
        alarming.look(clock(), has_news)
        if dashboard is not None and dashboard.poll() is not None:
            stop.set()

    with ExitStack() as ends:
        ends.callback(reminding.stop)
        ends.callback(alarming.stop)
        if with_dashboard:
            dashboard = start_process([sys.executable, "-m", "operations.dashboard", str(os.getpid()), *STREAMLIT])
            print(f"Dasbor: http://127.0.0.1:{PORT}", flush=True)
            ends.callback(end_process, dashboard)
        keep_watching(settings, clock, stop, told)
        tell_manager(STOPPING)
        keeper.stopped(clock())
        code = dashboard.poll() if dashboard is not None else None
    if code is None:
        return DONE
    return WRONG_USE if code == WRONG_USE else DASHBOARD_ENDED


if __name__ == "__main__":
    sys.exit(main())
