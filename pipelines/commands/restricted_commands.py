"""The one way to the personal cells: lists what is kept, and writes it into a file once the journal knows who and why.

Shows no cell on the terminal, and hands out nothing that is not written down first.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from journal.history import write_entry
from journal.migrating import open_journal
from journal.model import Kind
from journal.store import journal_url, server_scope
from pipelines.judging.restricted_store import PersonalRow, RestrictedStore
from warehouse.csv_cells import neutralise
from warehouse.durable_files import flush_folder
from warehouse.settings import Settings

FACTS = ("sumber", "kiriman", "baris", "diterima", "kunci", "contoh")


class RestrictedError(Exception):
    """Nothing is handed out; the message says why."""


def add_restricted_commands(commands: argparse._SubParsersAction[Any]) -> None:
    """Parsers that set `command(options, settings, now)` -> exit code."""
    below = commands.add_parser("restricted", help="data pribadi di penyimpanan terbatas").add_subparsers(
        required=True, metavar="PERINTAH"
    )
    listed = below.add_parser("list", help="berapa baris tiap sumber dan sampai kapan; tanpa isinya")
    listed.set_defaults(command=_list)
    out = below.add_parser("export", help="tulis data pribadi satu sumber ke CSV; dicatat di jurnal dahulu")
    out.add_argument("--source", required=True, metavar="SUMBER", help="misalnya bpbd_kejadian_112")
    out.add_argument("--reason", required=True, metavar="ALASAN", help="untuk apa; dicatat di jurnal")
    out.add_argument("--out", type=Path, required=True, metavar="BERKAS", help="berkas hasil; tidak menimpa")
    out.set_defaults(command=_export)


def _list(_options: argparse.Namespace, settings: Settings, _now: datetime) -> int:
    known, days = RestrictedStore(settings.state_dir).contents(), settings.retention.restricted_days
    if known is None or not known.held:
        print("Penyimpanan terbatas kosong.")
        return 0
    for item in known.held:
        print(f"{item.source_id}: {item.rows} baris, diterima {item.oldest:%Y-%m-%d} s.d. {item.newest:%Y-%m-%d}")
    print(f"Setiap baris dihapus {days} hari sejak diterima. Mengambilnya: restricted export.")
    return 0


def _export(options: argparse.Namespace, settings: Settings, now: datetime) -> int:
    if not options.reason.strip():
        raise RestrictedError('Tulis untuk apa data itu diambil, misalnya --reason "Permintaan penyidik nomor 12".')
    if options.out.exists():
        raise RestrictedError(f"Berkas {options.out} sudah ada dan tidak ditimpa. Pilih nama lain.")
    rows = RestrictedStore(settings.state_dir).rows(options.source)
    if not rows:
        raise RestrictedError(
            f"Tidak ada data pribadi sumber {options.source} di penyimpanan terbatas. Lihat `restricted list`."
        )
    _write_down(settings, now, options, rows)
    _write_privately(options.out, _csv(options.source, rows))
    print(f"{len(rows)} baris ditulis ke {options.out}, hanya dibaca pemiliknya. Hapus sesudah dipakai.")
    return 0


def _write_down(settings: Settings, now: datetime, options: argparse.Namespace, rows: list[PersonalRow]) -> None:
    journal = open_journal(journal_url(settings.journal_url, settings.state_dir))
    try:
        with journal.writing(server_scope(), now, " ".join(options.reason.split())) as session:
            after = {"rows": len(rows), "columns": _headers(rows), "format": "csv"}
            write_entry(session, Kind.SAW_RESTRICTED, "data pribadi", options.source, after=after)
    finally:
        journal.close()


def _headers(rows: list[PersonalRow]) -> list[str]:
    return list(dict.fromkeys(header for row in rows for header in row.cells))


def _csv(source_id: str, rows: list[PersonalRow]) -> bytes:
    text, headers = io.StringIO(newline=""), _headers(rows)
    writer = csv.writer(text)
    writer.writerow([*FACTS, *headers])
    for row in rows:
        sample = "ya" if row.is_sample else "tidak"
        facts = (source_id, row.submission_id, row.row_no, row.received_at.isoformat(), row.row_key, sample)
        writer.writerow([neutralise(cell) for cell in (*facts, *(row.cells.get(header, "") for header in headers))])
    return text.getvalue().encode("utf-8-sig")


def _write_privately(path: Path, content: bytes) -> None:
    """A new file that only its owner reads; half of one is taken back."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        with os.fdopen(os.open(path, flags, 0o600), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError:
        path.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)
