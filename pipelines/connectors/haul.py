"""What a connector is given and what it brings back; knows neither inbox nor memory file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from pipelines.connectors.patience import Patience
from pipelines.connectors.tools import Tools
from pipelines.contracts.contract import Contract
from warehouse.feed_memory import Mark


@dataclass(frozen=True)
class Errand:
    """One source to fetch."""

    contract: Contract
    mark: Mark
    now: datetime  # local to the region
    zone: ZoneInfo
    allowed_hosts: tuple[str, ...]
    draft: Path  # where a large file may be written; the caller takes it from there
    tools: Tools
    patience: Patience


@dataclass(frozen=True)
class Piece:
    """One file for the inbox; `label` tells it from the others of the same fetch."""

    content: bytes | Path
    sha256: str
    label: str = ""


@dataclass(frozen=True)
class Haul:
    """What is new, and how far the source is read once that lies in the inbox."""

    pieces: tuple[Piece, ...]
    mark: Mark
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()  # parts that could not be fetched while others could
