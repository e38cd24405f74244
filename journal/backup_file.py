"""The file of a backup: whole and private when written, checked to the last byte before any of it is used."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime
from gettext import gettext as _
from pathlib import Path
from typing import Any, BinaryIO

from journal.failures import JournalError
from warehouse.durable_files import flush_file, rename_durably

FORMAT = "pendopo-jurnal-1"
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)  # the last: a byte that claims another way
MANIFEST = "manifest.json"
OWNER_ONLY = 0o600

Row = dict[str, Any]


class BackupError(JournalError):
    """A backup cannot be written or used; the message says why and what to do."""


@dataclass(frozen=True)
class TableFile:
    row_count: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    format: str
    made_at: str
    revision: str  # of the tables when the backup was made
    tables: Mapping[str, TableFile] = field(default_factory=dict)

    @property
    def row_count(self) -> int:
        return sum(table.row_count for table in self.tables.values())


@dataclass(frozen=True)
class BackupFile:
    """A backup that is open, its manifest read."""

    path: Path
    archive: zipfile.ZipFile
    manifest: Manifest

    def check(self) -> None:
        """Read everything once. Raises BackupError for the first table that is not as the manifest says."""
        for name, table in self.manifest.tables.items():
            digest, rows = hashlib.sha256(), 0
            for line in self._lines(name):
                digest.update(line)
                rows += 1
            if (digest.hexdigest(), rows) != (table.sha256, table.row_count):
                raise BackupError(_damaged(self.path))

    def rows(self, table: str, instants: frozenset[str]) -> Iterator[Row]:
        """Rows of a table, its times read back; none for a table that the backup does not know."""
        for line in self._lines(table) if table in self.manifest.tables else ():
            row = json.loads(line)
            yield {key: _read_instant(value) if key in instants else value for key, value in row.items()}

    def _lines(self, table: str) -> Iterator[bytes]:
        try:
            with self.archive.open(f"{table}.jsonl") as stream:
                yield from stream
        except (KeyError, *DAMAGED) as error:
            raise BackupError(_damaged(self.path)) from error


def write_backup_file(path: Path, tables: Iterable[tuple[str, Iterable[Row]]], revision: str, at: datetime) -> Manifest:
    """Write all tables, read the file back, then give it its name. Never writes over a file."""
    if path.exists():
        raise BackupError(_("Berkas {path} sudah ada dan tidak ditimpa. Pilih nama lain.").format(path=path))
    draft = path.with_name(path.name + ".tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _private_stream(draft) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            written = {name: _write_table(archive, name, rows) for name, rows in tables}
            manifest = Manifest(FORMAT, at.isoformat(), revision, written)
            archive.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1))
        flush_file(draft)
        with open_backup(draft) as source:
            source.check()
        rename_durably(draft, path)
    except OSError as error:
        words = _("Cadangan {path} tidak dapat ditulis: {reason}. Periksa letak, hak akses dan sisa ruang cakram.")
        raise BackupError(words.format(path=path, reason=error.strerror or error)) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return manifest


@contextmanager
def open_backup(path: Path) -> Iterator[BackupFile]:
    """Raises BackupError for a file that is missing, damaged, or no backup of a journal."""
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        words = _("Cadangan {path} tidak dapat dibaca. Periksa letak dan hak aksesnya.")
        raise BackupError(words.format(path=path)) from error
    except DAMAGED as error:
        raise BackupError(_damaged(path)) from error
    with archive:
        yield BackupFile(path, archive, _read_manifest(path, archive))


def _read_manifest(path: Path, archive: zipfile.ZipFile) -> Manifest:
    if MANIFEST not in archive.namelist():
        raise BackupError(_("Berkas {name} bukan cadangan jurnal Pendopo.").format(name=path.name))
    try:
        told = json.loads(archive.read(MANIFEST))
        if told.get("format") != FORMAT:
            raise BackupError(_("Berkas {name} bukan cadangan jurnal Pendopo.").format(name=path.name))
        tables = {name: TableFile(int(one["row_count"]), str(one["sha256"])) for name, one in told["tables"].items()}
        return Manifest(FORMAT, str(told["made_at"]), str(told["revision"]), tables)
    except (ValueError, KeyError, TypeError, AttributeError, *DAMAGED) as error:
        raise BackupError(_damaged(path)) from error


def _write_table(archive: zipfile.ZipFile, name: str, rows: Iterable[Row]) -> TableFile:
    digest, count = hashlib.sha256(), 0
    with archive.open(f"{name}.jsonl", "w", force_zip64=True) as stream:
        for row in rows:
            line = json.dumps(row, ensure_ascii=False).encode() + b"\n"
            digest.update(line)
            stream.write(line)
            count += 1
    return TableFile(count, digest.hexdigest())


def _private_stream(path: Path) -> BinaryIO:
    """A new file that only its owner reads: digests of passwords go into it."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), OWNER_ONLY), "w+b")


def _read_instant(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def _damaged(path: Path) -> str:
    words = _("Cadangan {name} rusak atau terpotong; tidak ada yang dipulihkan. Pakai cadangan yang lain.")
    return words.format(name=path.name)
