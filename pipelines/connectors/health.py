"""How each connected source fares, for whoever shows it: last try, last success, failures in a row. Fetches nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.connectors.connection import CONNECTION_FILE, load_connection
from pipelines.connectors.fetching import connected_sources
from pipelines.connectors.memory import FAILED, Memory, Outcome, read_memories
from pipelines.connectors.problems import ConnectionProblem
from pipelines.contract import SOURCES_DIR


@dataclass(frozen=True)
class FeedHealth:
    """Of one source; never tried: no instants, no outcome."""

    source_id: str
    kind: str  # "" when its connection.yml cannot be used
    host: str
    last_try: datetime | None
    last_success: datetime | None  # among the tries that are kept
    outcome: Outcome | None
    message: str
    failures_in_row: int


def feed_health(state_dir: Path, folder: Path = SOURCES_DIR) -> tuple[FeedHealth, ...]:
    """By source id. Raises MemoryProblem."""
    memories = read_memories(state_dir)
    return tuple(_health_of(one, memories.get(one, Memory()), folder) for one in connected_sources(folder))


def _health_of(source_id: str, memory: Memory, folder: Path) -> FeedHealth:
    kind = host = problem = ""
    try:
        connection = load_connection(folder / source_id / CONNECTION_FILE)
        kind, host = connection.kind, connection.host_name
    except ConnectionProblem as error:
        problem = str(error)
    good = [number for number, one in enumerate(memory.tries) if one.outcome not in FAILED]
    last = memory.tries[-1] if memory.tries else None
    return FeedHealth(
        source_id=source_id,
        kind=kind,
        host=host,
        last_try=last.at if last else None,
        last_success=memory.tries[good[-1]].at if good else None,
        outcome=last.outcome if last else None,
        message=problem or (last.message if last else ""),
        failures_in_row=len(memory.tries) - (good[-1] + 1 if good else 0),
    )
