"""The data folder of a profile in one checked file, and back: everything but what a running process leaves about.

A restore checks every byte before it writes, fills only an empty folder, and appears whole or not at all.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO

from journal.backup import BackupError, Who
from journal.backup import backup as backup_journal
from journal.backup import restore as restore_journal
from journal.migrating import is_missing
from journal.store import journal_url, server_scope
from pipelines.building.building_lock import one_builder
from pipelines.building.drafting import Progress, no_progress
from pipelines.deliveries.submissions import FACTS_FILE, readable_name
from warehouse.durable_files import CHUNK_BYTES, flush_file, flush_folder, rename_durably
from warehouse.releases import list_release_ids
from warehouse.settings import Settings

FORMAT = "pendopo-data-1"
MANIFEST, JOURNAL = "manifest.json", "jurnal.zip"
OWNER_ONLY = 0o600  # the originals hold personal columns
# Of this moment or of this machine; `cadangan` holds backups already, and the journal has its own way.
PASSING = {"operasi.json", "membangun.txt", "membangun.log", "mengawasi.txt"}
LEFT_OUT = PASSING | {"sementara", "cadangan", "contoh.baru", "contoh.lama"}
LEFT_OUT |= {"restricted"}  # made again from the originals, which are in the backup, by the next run
LEFT_OUT |= {"journal.db", "journal.db-wal", "journal.db-shm"}
LEFT_OUT_ENDINGS = (".lock", ".tmp")


class DataBackupError(Exception):
    """A backup cannot be written or used; the message says why and what to do."""


@dataclass(frozen=True)
class DataManifest:
    """What is in a backup."""

    format: str
    made_at: str
    profile: str
    region_code: str
    files: dict[str, tuple[str, int]]  # by path inside: SHA-256 and size


def write_backup(
    settings: Settings, path: Path, now: datetime, progress: Progress = no_progress, wait: float = 0
) -> DataManifest:
    """Write, read back, then give the file its name. Never writes over a file. Raises DataBackupError, BuildBusy."""
    if path.exists():
        raise DataBackupError(f"Berkas {path} sudah ada dan tidak ditimpa. Pilih nama lain.")
    if not settings.state_dir.is_dir():
        raise DataBackupError(f"Belum ada yang dicadangkan: folder {settings.state_dir} tidak ada.")
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(path.name + ".tmp")
    try:
        with one_builder(settings.state_dir, now, wait), _private(draft) as stream:
            manifest = _write(settings, stream, now, progress)
        flush_file(draft)
        with _opened(draft) as archive:
            _check(archive, manifest, progress)
        rename_durably(draft, path)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return manifest


def _write(settings: Settings, stream: IO[bytes], now: datetime, progress: Progress) -> DataManifest:
    found = list(_files(settings.state_dir))
    files: dict[str, tuple[str, int]] = {}
    with (
        tempfile.TemporaryDirectory(prefix="cadangan-", dir=settings.state_dir.parent) as scratch,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
    ):
        url = journal_url(settings.journal_url, settings.state_dir)
        if not is_missing(url):
            backup_journal(url, Path(scratch) / JOURNAL, now)
            found.append((JOURNAL, Path(scratch) / JOURNAL))
        for number, (name, source) in enumerate(found):
            progress("cadangkan", number, len(found))
            with suppress(FileNotFoundError):  # taken back from the inbox meanwhile
                files[name] = _add(archive, name, source)
        region = settings.region.region_code
        manifest = DataManifest(FORMAT, now.isoformat(timespec="seconds"), settings.profile, region, files)
        archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
    return manifest


def _files(state_dir: Path) -> Iterator[tuple[str, Path]]:
    """Every file that is kept, with its name inside; of releases only those with a manifest."""
    whole = {f"{item}.{kind}" for item in list_release_ids(state_dir) for kind in ("duckdb", "json")}
    for path in sorted(item for item in state_dir.rglob("*") if item.is_file()):
        parts = path.relative_to(state_dir).parts
        is_half = (parts[0] == "releases" and path.name not in whole) or (
            parts[0] == "archive" and (parts[2].endswith(".tmp") or path.name == f"{FACTS_FILE}.tmp")
        )
        if parts[0] in LEFT_OUT or is_half or (len(parts) == 1 and path.name.endswith(LEFT_OUT_ENDINGS)):
            continue
        yield "/".join(readable_name(Path(part)) for part in parts), path


def _add(archive: zipfile.ZipFile, name: str, source: Path) -> tuple[str, int]:
    with source.open("rb") as reading, archive.open(f"data/{name}", "w", force_zip64=True) as writing:
        return _copy(reading, writing)


def _copy(reading: IO[bytes], writing: IO[bytes] | None) -> tuple[str, int]:
    digest, count = hashlib.sha256(), 0
    while chunk := reading.read(CHUNK_BYTES):
        digest.update(chunk)
        count += len(chunk)
        if writing is not None:
            writing.write(chunk)
    return digest.hexdigest(), count


def restore_backup(settings: Settings, path: Path, now: datetime, progress: Progress = no_progress) -> DataManifest:
    """Fill the empty data folder of the profile. Raises DataBackupError, BuildBusy; then nothing was changed."""
    state_dir = settings.state_dir
    with _opened(path) as archive:
        manifest = _read_manifest(archive, path)
        if manifest.region_code != settings.region.region_code:
            raise DataBackupError(
                f"Cadangan {path.name} milik profil {manifest.profile} ({manifest.region_code}), bukan "
                f"{settings.profile} ({settings.region.region_code}). Pakai --profile {manifest.profile}."
            )
        _refuse_filled(state_dir)
        _check(archive, manifest, progress)
        draft = state_dir.with_name(f"{state_dir.name}.pemulihan")
        shutil.rmtree(draft, ignore_errors=True)
        try:
            _extract(archive, manifest, draft, progress)
            _restore_journal(settings, draft, now)
            with one_builder(state_dir, now):
                _refuse_filled(state_dir)
            _clear(state_dir)
            rename_durably(draft, state_dir)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return manifest


def _clear(state_dir: Path) -> None:
    """Locks and empty folders; a file that came this moment stops it."""
    for item in sorted(state_dir.rglob("*"), reverse=True):
        if item.is_dir():
            item.rmdir()
        elif item.name.endswith(LEFT_OUT_ENDINGS) or item.name in PASSING:
            item.unlink()
    state_dir.rmdir()


def _refuse_filled(state_dir: Path) -> None:
    for item in state_dir.rglob("*"):
        name = item.relative_to(state_dir).parts[0]
        if item.is_file() and name not in PASSING and not name.endswith(LEFT_OUT_ENDINGS):
            raise DataBackupError(
                f"Folder {state_dir} sudah berisi ({name}); tidak ada yang ditimpa. Pindahkan dahulu isinya, atau "
                "pakai data_dir lain."
            )


def _extract(archive: zipfile.ZipFile, manifest: DataManifest, draft: Path, progress: Progress) -> None:
    folders = {draft}
    for number, (name, known) in enumerate(manifest.files.items()):
        progress("pulihkan", number, len(manifest.files))
        target = draft.joinpath(*PurePosixPath(name).parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        folders |= {target.parent}
        with archive.open(f"data/{name}") as reading, target.open("wb") as writing:
            if _copy(reading, writing) != known:
                raise DataBackupError(f"Cadangan berubah selagi dipulihkan ({name}). Ulangi.")
            writing.flush()
            os.fsync(writing.fileno())
    for folder in folders:
        flush_folder(folder)


def _restore_journal(settings: Settings, draft: Path, now: datetime) -> None:
    kept = draft / JOURNAL
    if kept.is_file():
        try:
            restore_journal(journal_url(settings.journal_url, draft), kept, Who(server_scope(), now, "restore data"))
        except BackupError as error:
            raise DataBackupError(f"Jurnal tidak dapat dipulihkan: {error}") from error
        kept.unlink()


def _check(archive: zipfile.ZipFile, manifest: DataManifest, progress: Progress) -> None:
    """Every file is there as the manifest says, and no other."""
    names = {info.filename for info in archive.infolist()} - {MANIFEST}
    if names != {f"data/{name}" for name in manifest.files}:
        raise DataBackupError(_damaged(archive))
    for number, (name, known) in enumerate(manifest.files.items()):
        progress("periksa", number, len(manifest.files))
        try:
            with archive.open(f"data/{name}") as reading:
                found = _copy(reading, None)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
            raise DataBackupError(_damaged(archive)) from error
        if found != tuple(known):
            raise DataBackupError(_damaged(archive))


def _damaged(archive: zipfile.ZipFile) -> str:
    name = Path(str(archive.filename)).name
    return f"Cadangan {name} rusak atau terpotong; tidak ada yang dipulihkan. Pakai cadangan yang lain."


def _read_manifest(archive: zipfile.ZipFile, path: Path) -> DataManifest:
    try:
        told = json.loads(archive.read(MANIFEST))
        files = {str(name): (str(sha256), int(size)) for name, (sha256, size) in told.pop("files").items()}
        manifest = DataManifest(files=files, **told)
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise DataBackupError(f"Berkas {path.name} bukan cadangan data Pendopo, atau rusak.") from error
    parts = [PurePosixPath(name) for name in manifest.files]
    if manifest.format != FORMAT or any(
        part.is_absolute() or ".." in part.parts or "\\" in str(part) for part in parts
    ):
        raise DataBackupError(f"Berkas {path.name} bukan cadangan data Pendopo yang dikenal versi ini.")
    return manifest


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise DataBackupError(f"Cadangan {path} tidak dapat dibaca. Periksa letak dan hak aksesnya.") from error
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise DataBackupError(f"Berkas {path.name} bukan cadangan data Pendopo, atau terpotong.") from error
    with archive:
        yield archive


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    """A new file that only its owner reads."""
    path.unlink(missing_ok=True)
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, OWNER_ONLY), "w+b") as stream:
        yield stream
