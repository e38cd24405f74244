"""Commands that keep the journal itself: migrate, backup, restore; and audit, which searches it."""

from __future__ import annotations

import argparse
from datetime import date, datetime
from gettext import gettext as _
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from journal.audit import AuditQuery, EntryLine, audit_kinds, entries_csv, find_entries
from journal.backup import Who, backup, backup_connection, restore
from journal.failures import place_words
from journal.history import write_entry
from journal.migrating import head_revision, is_current, migrate, open_journal
from journal.model import Kind
from journal.store import Journal, read_url, server_scope, sqlite_file
from warehouse.durable_files import write_durably
from warehouse.indicators.periods import write_day
from warehouse.settings import Settings

DONE = 0
BACKUP_FOLDER = "cadangan"
NAME_START = "jurnal_"
AUDIT_LINES = 200


def add_store_commands(commands: argparse._SubParsersAction[Any]) -> None:
    """Parsers that set `tend(options, url, settings, now)`, or `act(options, journal, settings, now)`, -> exit code."""
    command = commands.add_parser("migrate", help="buat tabel jurnal, atau bawa ke versi program ini")
    command.set_defaults(tend=_migrate)

    command = commands.add_parser("backup", help="cadangkan seluruh jurnal ke satu berkas zip")
    command.add_argument("--out", type=Path, help="berkas atau folder hasil (bawaan: cadangan/ di folder data)")
    command.add_argument(
        "--keep", type=_count, metavar="N", help="hapus cadangan lama di folder itu, sisakan N terbaru"
    )
    command.set_defaults(tend=_backup)

    command = commands.add_parser("restore", help="isi jurnal yang kosong dari cadangan")
    command.add_argument("file", type=Path, metavar="BERKAS", help="cadangan dari perintah backup")
    command.add_argument("--replace", action="store_true", help="ganti jurnal yang berisi; isinya dicadangkan dahulu")
    command.add_argument("--why", default="", metavar="ALASAN", help="alasan, dicatat di jejak")
    command.set_defaults(tend=_restore)

    command = commands.add_parser("audit", help="cari di jejak: siapa berbuat apa, kapan, mengapa")
    command.add_argument(
        "--text", default="", metavar="TEKS", help="bagian dari pelaku, subjek, alasan atau isi perubahan"
    )
    command.add_argument(
        "--kind", action="append", default=[], choices=audit_kinds(), metavar="JENIS", help=_kind_help()
    )
    command.add_argument("--actor", default="", metavar="PELAKU", help="login atau sebagian nama")
    command.add_argument("--since", type=_day, metavar="TANGGAL", help="sejak tanggal ini, seperti 2026-11-21")
    command.add_argument("--until", type=_day, metavar="TANGGAL", help="sampai dengan tanggal ini")
    command.add_argument("--limit", type=_count, default=AUDIT_LINES, metavar="N", help="paling banyak baris (200)")
    command.add_argument("--csv", type=Path, metavar="BERKAS", help="tulis semua yang cocok ke CSV; dicatat di jejak")
    command.set_defaults(act=_audit)


def _kind_help() -> str:
    return f"boleh berulang: {', '.join(audit_kinds())}"


def _count(text: str) -> int:
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text} bukan jumlah; tulis seperti 14")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} bukan tanggal; tulis seperti 2026-11-21") from None


def _migrate(_options: argparse.Namespace, url: str, settings: Settings, now: datetime) -> int:
    written: list[Path] = []

    def keep_what_is_there(connection: sa.Connection) -> None:
        path = _beside(url, settings) / f"{NAME_START}sebelum_{head_revision()}_{now:%Y-%m-%d_%H%M%S}.zip"
        backup_connection(connection, path, now)
        written.append(path)

    applied = migrate(url, keep_what_is_there)
    place = place_words(read_url(url))
    if not applied:
        print(_("Jurnal {place} sudah mutakhir (versi {revision}).").format(place=place, revision=head_revision()))
        return DONE
    for path in written:
        _tell_backup(path)
        _record(url, now, "migrate", {"versi": applied, "cadangan": path.name})
    print(_("Jurnal {place} kini versi {revision}.").format(place=place, revision=head_revision()))
    return DONE


def _backup(options: argparse.Namespace, url: str, settings: Settings, now: datetime) -> int:
    path = options.out or settings.state_dir / BACKUP_FOLDER
    if path.is_dir() or not path.suffix:
        path /= f"{NAME_START}{now:%Y-%m-%d_%H%M%S}.zip"
    manifest = backup(url, path, now)
    if is_current(url):
        _record(url, now, "backup", {"cadangan": path.name, "baris": manifest.row_count})
    _tell_backup(path)
    for old in _older(path.parent, options.keep):
        old.unlink()
        print(_("Dihapus: {path}").format(path=old))
    return DONE


def _older(folder: Path, count: int | None) -> list[Path]:
    """Backups that were named by this program by date, without the newest `count`."""
    return [] if count is None else sorted(folder.glob(f"{NAME_START}[0-9]*.zip"))[:-count]


def _restore(options: argparse.Namespace, url: str, settings: Settings, now: datetime) -> int:
    replaced = _beside(url, settings) / f"{NAME_START}sebelum_restore_{now:%Y-%m-%d_%H%M%S}.zip"
    who = Who(server_scope(), now, options.why)
    restored = restore(url, options.file, who, replaced if options.replace else None)
    if restored.replaced is not None:
        _tell_backup(restored.replaced)
    made = datetime.fromisoformat(restored.manifest.made_at)
    words = _("Dipulihkan ke {place}: {count} baris dari cadangan {day} {time}. Semua orang harus masuk lagi.")
    told = {"count": restored.manifest.row_count, "day": write_day(made.date()), "time": f"{made:%H.%M}"}
    print(words.format(place=place_words(read_url(url)), **told))
    return DONE


def _audit(options: argparse.Namespace, journal: Journal, _settings: Settings, now: datetime) -> int:
    query = AuditQuery(options.text, tuple(options.kind), options.actor, options.since, options.until)
    if options.csv:
        write_durably(options.csv, entries_csv(journal, server_scope(), now, query))
        print(options.csv)
        return DONE
    found = find_entries(journal, server_scope(), query, options.limit)
    for line in found.entries:
        print(_line_words(line))
    words = _("{shown} dari {total} catatan, terbaru di atas.")
    print(words.format(shown=len(found.entries), total=found.total))
    return DONE


def _line_words(line: EntryLine) -> str:
    parts = [
        f"{line.at:%Y-%m-%d %H.%M}",
        line.actor if line.is_verified else _("{actor} (tidak terverifikasi)").format(actor=line.actor or "-"),
        *([line.address] if line.address else []),
        f"{line.kind} {line.subject_kind} {line.subject}".strip(),
        *([line.changes] if line.changes else []),
        *([line.why] if line.why else []),
    ]
    return " | ".join(parts)


def _beside(url: str, settings: Settings) -> Path:
    """The folder of the journal's file; of a journal on a server, the data folder."""
    file = sqlite_file(url)
    return (settings.state_dir if file is None else file.parent) / BACKUP_FOLDER


def _record(url: str, now: datetime, subject: str, after: dict[str, Any]) -> None:
    journal = open_journal(url)
    try:
        with journal.writing(server_scope(), now) as session:
            write_entry(session, Kind.MAINTAINED, "jurnal", subject, after=after)
    finally:
        journal.close()


def _tell_backup(path: Path) -> None:
    print(_("Cadangan: {path}").format(path=path))
    print(_("Di dalamnya ada sidik kata sandi. Simpan di tempat yang hanya dapat dibaca pengelola server."))
