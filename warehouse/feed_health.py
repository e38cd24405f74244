"""How each connected source fares, for whoever shows it: last try, last success, failures in a row. Fetches nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from warehouse.feed_memory import FAILED, Memory, Outcome, read_memories


@dataclass(frozen=True)
class FeedHealth:
    """Of one source, as its last tries say."""

    source_id: str
    last_try: datetime
    last_success: datetime | None  # among the tries that are kept
    outcome: Outcome
    message: str
    failures_in_row: int


def feed_health(state_dir: Path) -> tuple[FeedHealth, ...]:
    """By source id; a source that was never tried is not known here. Raises MemoryProblem."""
    memories = read_memories(state_dir)
    return tuple(_health_of(one, memories[one]) for one in sorted(memories) if memories[one].tries)


def _health_of(source_id: str, memory: Memory) -> FeedHealth:
    good = [number for number, one in enumerate(memory.tries) if one.outcome not in FAILED]
    last = memory.tries[-1]
    return FeedHealth(
        source_id=source_id,
        last_try=last.at,
        last_success=memory.tries[good[-1]].at if good else None,
        outcome=last.outcome,
        message=last.message,
        failures_in_row=len(memory.tries) - (good[-1] + 1 if good else 0),
    )
