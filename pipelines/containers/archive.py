"""The one data file inside a ZIP, unpacked under a name of our own.

Refuses a ZIP that holds several, unless the contract says which, and never writes to a path a ZIP names.
"""

from __future__ import annotations

import fnmatch
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from pipelines.containers.detection import damage_told, locked
from pipelines.contracts.contract import ContractProblem
from pipelines.contracts.contract_parts import FileShape
from pipelines.contracts.vocabulary import Vocabulary
from pipelines.reading.grids import Opened

CHUNK = 1 << 20
TOLD_MEMBERS = 10
Opener = Callable[[Path, str, Path, FileShape], Opened]


def open_archive(path: Path, name: str, work_dir: Path, shape: FileShape, open_member: Opener) -> Opened:
    """Raises ContractProblem naming the members when it is not plain which one is meant."""
    copy = work_dir / "isi-zip"
    with damage_told(name, "ZIP"), zipfile.ZipFile(path) as archive:
        member = _chosen(archive.infolist(), name, shape)
        if member.flag_bits & 1:
            raise locked(name)
        with archive.open(member) as packed, copy.open("wb") as target:
            while chunk := packed.read(CHUNK):
                target.write(chunk)
    told = Vocabulary().file_told(PurePosixPath(member.filename).name)
    if not member.file_size:
        raise ContractProblem(f"Berkas {told} di dalam {name} kosong. Kirim ulang berkas yang berisi data.")
    return replace(open_member(copy, f"{name} (isi: {told})", work_dir, shape), member=member.filename)


def _chosen(members: list[zipfile.ZipInfo], name: str, shape: FileShape) -> zipfile.ZipInfo:
    files = [member for member in members if not member.is_dir() and not _is_litter(member.filename)]
    wanted = [member for member in files if _matches(member.filename, shape.member)]
    if len(wanted) == 1:
        return wanted[0]
    names = [Vocabulary().file_told(PurePosixPath(member.filename).name) for member in wanted or files]
    told = ", ".join(names[:TOLD_MEMBERS]) + (" ..." if len(names) > TOLD_MEMBERS else "")
    if not files:
        raise ContractProblem(f"ZIP {name} tidak memuat berkas. Masukkan berkas datanya, lalu kirim lagi.")
    if not wanted:
        raise ContractProblem(
            f"ZIP {name} tidak memuat berkas bernama {shape.member}; isinya: {told}. Kirim berkas datanya saja."
        )
    raise ContractProblem(
        f"ZIP {name} memuat {len(names)} berkas data: {told}. Kirim satu berkas saja, atau satu ZIP untuk tiap berkas."
    )


def _matches(member: str, pattern: str | None) -> bool:
    lowered = member.lower()
    wanted = (pattern or "*").lower()
    return fnmatch.fnmatchcase(lowered, wanted) or fnmatch.fnmatchcase(PurePosixPath(lowered).name, wanted)


def _is_litter(member: str) -> bool:
    """What systems leave in archives beside the data."""
    path = PurePosixPath(member)
    is_mark = path.name.startswith(("~$", "._", ".~lock."))  # of a workbook that was open, of a file on a Mac
    return is_mark or "__MACOSX" in path.parts or path.name.lower() in (".ds_store", "thumbs.db", "desktop.ini")
