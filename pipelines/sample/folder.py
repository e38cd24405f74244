"""The sample folder: replaced as a whole, remembers which sources were removed for good."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from warehouse.durable_files import write_durably

RECEIPTS, REMOVED = "penerimaan.csv", "dihapus.txt"
DRAFT_SUFFIX, OLD_SUFFIX = ".baru", ".lama"


def removed_sources(folder: Path) -> tuple[str, ...]:
    """Sources removed earlier; they are never written again."""
    path = folder / REMOVED
    return tuple(path.read_text("utf-8").split()) if path.is_file() else ()


def start_draft(folder: Path) -> Path:
    """An empty folder beside the present one, carrying the memory of removed sources."""
    draft, old = folder.with_name(folder.name + DRAFT_SUFFIX), folder.with_name(folder.name + OLD_SUFFIX)
    if old.exists() and not folder.exists():
        old.rename(folder)  # an earlier run stopped between its two renames
    for leftover in (draft, old):
        if leftover.exists():
            shutil.rmtree(leftover)
    draft.mkdir(parents=True)
    removed = removed_sources(folder)
    if removed:
        write_durably(draft / REMOVED, _lines(removed))
    return draft


def publish_draft(draft: Path, folder: Path) -> None:
    """Put the draft in place; a stop in between leaves the old folder findable by the next run."""
    old = folder.with_name(folder.name + OLD_SUFFIX)
    if folder.exists():
        folder.rename(old)
    draft.rename(folder)
    if old.exists():
        shutil.rmtree(old)


def write_receipts(folder: Path, receipts: Sequence[tuple[str, str, datetime]]) -> None:
    """`penerimaan.csv`: when each file arrived."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("source_id", "file_name", "received_at"))
    writer.writerows((source, name, moment.isoformat()) for source, name, moment in receipts)
    write_durably(folder / RECEIPTS, stream.getvalue().encode())


def forget_source(folder: Path, source_id: str) -> None:
    """Remember the removal first, then drop the receipts, then the files: a stop at any point leaves it removed."""
    write_durably(folder / REMOVED, _lines(sorted({*removed_sources(folder), source_id})))
    receipts = folder / RECEIPTS
    if receipts.is_file():
        with receipts.open(encoding="utf-8", newline="") as stream:
            rows = [row for row in csv.reader(stream) if row[:1] != [source_id]]
        kept = io.StringIO(newline="")
        csv.writer(kept, lineterminator="\n").writerows(rows)
        write_durably(receipts, kept.getvalue().encode())
    if (folder / source_id).exists():
        shutil.rmtree(folder / source_id)


def _lines(words: Sequence[str]) -> bytes:
    return "".join(f"{word}\n" for word in words).encode()
