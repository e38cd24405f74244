"""Names everything a release is made of, so that a run with nothing new ends before it reads a delivery.

It decides nothing: what is equal here gives an equal release, what differs may still give one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from importlib.metadata import version
from pathlib import Path

from pipelines.contracts.contract import SOURCES_DIR
from pipelines.deliveries.submissions import Submission
from pipelines.judging.reference import REFERENCE_DIR
from warehouse.durable_files import sha256_of
from warehouse.settings import PROJECT_DIR, Settings

PROGRAM, CONTRACTS, RULES, SETTINGS, DELIVERIES = "program", "contracts", "rules", "settings", "deliveries"
WORDS = {
    PROGRAM: "program Pendopo",
    CONTRACTS: "kontrak sumber",
    RULES: "paket aturan atau daftar kode",
    SETTINGS: "daerah atau batas di pendopo.toml",
    DELIVERIES: "kiriman, contoh, konfirmasi atau pemakluman",
}
RULES_DIR = PROJECT_DIR / "warehouse" / "rules"
LIBRARIES = ("duckdb", "pandas", "python-calamine", "openpyxl", "sqlglot", "shapely")  # what reads and judges


def read_inputs(settings: Settings, submissions: Sequence[Submission], excused: Iterable[object]) -> dict[str, str]:
    """A digest of each kind of input, by its name in WORDS."""
    declared = [path for folder in (RULES_DIR, REFERENCE_DIR) for path in _files(folder) if path.suffix != ".py"]
    contracts = _files(SOURCES_DIR)
    code = [path for name in ("pipelines", "warehouse") for path in _files(PROJECT_DIR / name) if path.suffix == ".py"]
    program = [path for path in code if SOURCES_DIR not in path.parents]
    region = settings.region
    return {
        PROGRAM: _digest([*_contents(program), *(f"{name} {version(name)}" for name in LIBRARIES)]),
        CONTRACTS: _digest(_contents(contracts)),
        RULES: _digest(_contents(declared)),
        SETTINGS: _digest(
            [
                region.model_dump_json(),
                settings.retention.model_dump_json(),
                json.dumps(settings.thresholds, sort_keys=True),
            ]
        ),
        DELIVERIES: _digest([*map(told_of, submissions), *map(repr, excused)]),
    }


def told_of(item: Submission) -> str:
    """A digest of all that is known of a delivery."""
    said = astuple(item.confirmation) if item.confirmation else ()
    came = (item.received_at.isoformat(), item.origin, astuple(item.handover))
    return _digest([repr((item.source_id, item.file_name, item.sha256, came, said))])


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)


def _contents(paths: Iterable[Path]) -> list[str]:
    return [f"{path.relative_to(PROJECT_DIR).as_posix()} {sha256_of(path)}" for path in paths]


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
