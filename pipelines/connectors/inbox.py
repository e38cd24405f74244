"""Puts a fetched file into the inbox in one step, under a name its contract accepts; overwrites nothing."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from pipelines.connectors.haul import Piece
from pipelines.connectors.problems import FetchProblem
from pipelines.contracts.contract import Contract, ContractProblem
from warehouse.durable_files import flush_file, rename_durably, sha256_of

STAMP = "%Y-%m-%d_%H%M%S"
DRAFT = ".ambil"  # the inbox leaves out what starts with a point


def draft_path(folder: Path) -> Path:
    """Where a file grows, on the disk of the inbox; what a killed fetch left there is thrown away."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / DRAFT
    path.unlink(missing_ok=True)
    return path


def name_of(contract: Contract, template: str, label: str, now: datetime, region_code: str) -> str:
    """`ispu_2026-11-21_160800.csv` for the pattern `ispu_*.csv`. Raises FetchProblem."""
    pattern = contract.file.pattern
    if template:
        name = now.strftime(template).replace("{label}", label)
    elif pattern.count("*") == 1 and not set("?[") & set(pattern):
        name = pattern.replace("*", label or now.strftime(STAMP))
    else:
        raise FetchProblem(
            f"Nama berkas tidak dapat dibuat dari pola {pattern}. Tulis file_name di connection.yml, misalnya "
            'file_name: "ispu_%Y-%m-%d_%H%M%S.csv".'
        )
    try:
        contract.sender_of(name, region_code)
    except ContractProblem as error:
        raise FetchProblem(f"{error} Tulis file_name seperti itu di connection.yml.") from error
    if not contract.accepts_name(name) or Path(name).name != name or name.startswith((".", "~$")):
        raise FetchProblem(f"file_name {name} tidak mengikuti pola {pattern} dari kontrak. Perbaiki di connection.yml.")
    return name


def put(folder: Path, name: str, piece: Piece) -> None:
    """Whole on disk before it is seen. Raises FetchProblem when another file of that name still waits."""
    target = folder / name
    if target.is_file() and sha256_of(target) == piece.sha256:
        return
    if target.exists():
        raise FetchProblem(
            f"Berkas {name} dari pengambilan sebelumnya masih di inbox. Jalankan `python -m pipelines run` dahulu."
        )
    draft = folder / DRAFT
    if isinstance(piece.content, bytes):
        with draft.open("wb") as stream:
            stream.write(piece.content)
            stream.flush()
            os.fsync(stream.fileno())
    else:
        flush_file(piece.content)
        draft = piece.content
    rename_durably(draft, target)
