"""The resident process: watches the inbox, builds in a process of its own, and may keep the dashboard beside it.

Exit codes: 0 stopped as asked; 2 wrong command, configuration or data folder, or the dashboard refuses to start; 4 the
inbox is watched by another process; 5 the dashboard ended by itself; 1 a bug.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from contextlib import ExitStack
from datetime import datetime
from threading import Event

from operations.resident import StatusKeeper
from pipelines.building_lock import BuildBusy
from pipelines.processes import end_process, start_process, stop_on_signals
from pipelines.watching import Watcher, keep_watching, print_build
from warehouse.settings import Settings, SettingsError, load_settings

DONE, WRONG_USE, BUSY, DASHBOARD_ENDED = 0, 2, 4, 5
DASHBOARD = ("-m", "streamlit", "run", "app.py", "--server.headless=false", "--server.showEmailPrompt=false")


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    if options.profile:
        os.environ["PENDOPO_PROFILE"] = options.profile  # for the dashboard as well
    try:
        return _run(load_settings(), options.with_dashboard)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m operations",
        description="Proses yang terus berjalan: mengawasi inbox dan menerbitkan rilis sendiri.",
        epilog="Kode keluar: 0 dihentikan seperti diminta (Ctrl-C, SIGTERM); 2 perintah, konfigurasi atau folder data "
        "salah, atau dasbor menolak mulai; 4 inbox sudah diawasi proses lain; 5 dasbor berhenti sendiri; "
        "1 kesalahan program.",
    )
    parser.add_argument("--profile", help="profil di pendopo.toml, menggantikan yang tertulis di sana")
    parser.add_argument(
        "--with-dashboard", action="store_true", help="jalankan juga dasbor di samping, dan hentikan bersama"
    )
    return parser


def _run(settings: Settings, with_dashboard: bool) -> int:
    stop = Event()
    stop_on_signals(stop)

    def clock() -> datetime:
        return datetime.now(settings.region.zone).replace(tzinfo=None)

    keeper = StatusKeeper(settings.state_dir, clock())
    dashboard: subprocess.Popen[bytes] | None = None

    def told(watcher: Watcher, has_news: bool) -> None:
        print_build(watcher, has_news)
        keeper.looked(watcher, clock(), has_news)
        if dashboard is not None and dashboard.poll() is not None:
            stop.set()

    with ExitStack() as ends:
        if with_dashboard:
            dashboard = start_process([sys.executable, *DASHBOARD])
            ends.callback(end_process, dashboard)
        keep_watching(settings, clock, stop, told)
        keeper.stopped(clock())
        code = dashboard.poll() if dashboard is not None else None
    if code is None:
        return DONE
    return WRONG_USE if code == WRONG_USE else DASHBOARD_ENDED


if __name__ == "__main__":
    sys.exit(main())
