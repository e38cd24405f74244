"""Command line of the journal: migrate, backup, restore, audit, people, screens.

Exit codes: 0 done; 2 wrong command, configuration, file or request, nothing was changed; 4 the journal cannot be used
now: unreachable, busy, damaged, or of another version; 1 a bug.
"""

from __future__ import annotations

import argparse
import io
import sys
from datetime import datetime

from journal.failures import JournalError, JournalUnavailableError
from journal.migrating import open_journal
from journal.people_commands import add_people_commands
from journal.store import journal_url
from journal.store_commands import add_store_commands
from warehouse.scope import NotPermittedError
from warehouse.settings import Settings, SettingsError, load_settings

DONE, WRONG_USE, UNAVAILABLE = 0, 2, 4


def main(arguments: list[str] | None = None, now: datetime | None = None) -> int:
    """`now` is for tests: a command that could be told another time would write entries of that time."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show an arrow still shows the rest
    try:
        settings = load_settings(**({"profile": options.profile} if options.profile else {}))
        return _act(options, settings, now or datetime.now(settings.region.zone).replace(tzinfo=None))
    except JournalUnavailableError as error:
        print(error, file=sys.stderr)
        return UNAVAILABLE
    except (SettingsError, JournalError, NotPermittedError) as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except OSError as error:
        print(
            f"Berkas tidak dapat dibaca atau ditulis: {error}. Periksa letak, hak akses dan sisa ruang cakram.",
            file=sys.stderr,
        )
        return WRONG_USE


def _act(options: argparse.Namespace, settings: Settings, now: datetime) -> int:
    """Commands about the store get its URL, whatever state it is in; the others an open journal."""
    url = journal_url(settings.journal_url, settings.state_dir)
    if "tend" in options:
        return int(options.tend(options, url, settings, now))
    journal = open_journal(url)
    try:
        return int(options.act(options, journal, settings, now))
    finally:
        journal.close()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m journal",
        description="Memelihara jurnal: orang, layar, jejak, cadangan.",
        epilog="Kode keluar: 0 selesai; 2 perintah, konfigurasi, berkas atau permintaan salah, tidak ada yang diubah; "
        "4 jurnal sedang tidak dapat dipakai: tidak terjangkau, sibuk, rusak, atau versi lain; 1 kesalahan program.",
    )
    parser.add_argument("--profile", help="profil di pendopo.toml, menggantikan yang tertulis di sana")
    commands = parser.add_subparsers(required=True, metavar="PERINTAH")
    add_store_commands(commands)
    add_people_commands(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
