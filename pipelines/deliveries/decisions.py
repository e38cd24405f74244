"""What people decided about deliveries, as far as a build needs it: read from the journal, never written here.

A journal that cannot be read stops the build: without it a confirmed delivery would vanish from the figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from journal.confirmations import confirmations
from journal.excuses import Excused, excuses
from journal.migrating import is_missing, open_journal
from journal.store import Journal, journal_url
from warehouse.settings import Settings

__all__ = ["Confirmation", "Excused", "read_confirmations", "read_excuses"]


@dataclass(frozen=True)
class Confirmation:
    """Someone's word that a held delivery is right; it holds for that file only."""

    confirmed_by: str
    confirmed_at: datetime
    reason: str
    shown: str  # the reasons for holding it that were shown
    rules: tuple[str, ...]  # what it is about

    def covers(self, rules: Iterable[str]) -> bool:
        """A word on one doubt says nothing about another that is found later."""
        return set(rules) <= set(self.rules)


def read_confirmations(settings: Settings, until: datetime) -> dict[str, Confirmation]:
    """The word on each delivery given up to `until`, by submission id; none while nobody kept a journal.

    Raises JournalError.
    """
    with _opened(settings) as journal:
        found = confirmations(journal, until) if journal else {}
    return {
        key: Confirmation(word.confirmed_by, word.confirmed_at, word.reason, word.shown, word.rules)
        for key, word in found.items()
    }


def read_excuses(settings: Settings, until: datetime) -> tuple[Excused, ...]:
    """Delays that were excused up to `until`. Raises JournalError."""
    with _opened(settings) as journal:
        return excuses(journal, until) if journal else ()


@contextmanager
def _opened(settings: Settings) -> Iterator[Journal | None]:
    """None while nobody kept a journal."""
    url = journal_url(settings.journal_url, settings.state_dir)
    if is_missing(url):
        yield None
        return
    journal = open_journal(url)
    try:
        yield journal
    finally:
        journal.close()
