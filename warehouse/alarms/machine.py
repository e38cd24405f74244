"""States of one alarm: whether its condition holds moves it, and what people do; both only through here.

Reads no clock and keeps nothing: what is remembered goes in and comes out, so a restart in any state loses nothing.
A condition that cannot be judged now moves nothing: an alarm never ends because its data stopped.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from warehouse.rules.alarm_packs import Direction

CHATTER_COUNT, CHATTER_SPAN = 3, timedelta(hours=1)  # raised so often within so long, it chatters
REMEMBERED_RAISES = 20  # instants; the count goes on


class State(StrEnum):
    """Where an alarm stands, in the words people read."""

    NEW = "baru"
    ANSWERED = "ditanggapi"
    RECOVERED = "pulih"  # back to normal, and nobody has seen it yet
    DONE = "selesai"
    SHELVED = "ditunda"


OPEN = (State.NEW, State.ANSWERED, State.RECOVERED, State.SHELVED)
UNSEEN = (State.NEW, State.RECOVERED)


@dataclass(frozen=True)
class Bounds:
    """From where on a value is beyond its limit, and how far and how long back it must be."""

    limit: Decimal
    direction: Direction
    deadband: Decimal = Decimal(0)
    on_delay: timedelta = timedelta()
    off_delay: timedelta = timedelta()

    def is_beyond(self, value: Decimal, is_over: bool) -> bool:
        """An alarm that is over its limit stays so until the value is back by the deadband."""
        back = self.deadband if is_over else Decimal(0)
        if self.direction == "di_bawah":
            return value < self.limit + back
        bound = self.limit - back
        return value > bound if self.direction == "di_atas" else value >= bound


@dataclass(frozen=True)
class Episode:
    """One alarm from the first time it was raised until it is done."""

    state: State
    raised_at: datetime
    changed_at: datetime
    is_over: bool = True  # the condition holds, as far as delays let it be told
    raise_count: int = 1
    raises: tuple[datetime, ...] = ()  # the last ones
    shelved_until: datetime | None = None


@dataclass(frozen=True)
class Watched:
    """What is remembered of one rule at one place; `pending_since`: from when on a change is waited out."""

    episode: Episode | None = None
    pending_since: datetime | None = None

    @property
    def is_over(self) -> bool:
        return self.episode is not None and self.episode.is_over


def step(delays: tuple[timedelta, timedelta], watched: Watched, beyond: bool | None, at: datetime) -> Watched:
    """One look. `delays` on and off; `beyond` None: not known now, which starts every delay anew."""
    episode = _unshelved(watched.episode, at)
    if beyond is None or beyond == watched.is_over:
        return Watched(episode)
    since = watched.pending_since or at
    if at - since < delays[0 if beyond else 1]:
        return Watched(episode, since)
    return Watched(_raised(episode, at) if beyond else _recovered(episode, at))


def answer(episode: Episode, at: datetime) -> Episode:
    """Somebody saw it and says what is done; in any other state that is a note, and moves nothing."""
    after = {State.NEW: State.ANSWERED, State.RECOVERED: State.DONE}.get(episode.state)
    return episode if after is None else replace(episode, state=after, changed_at=at)


def shelve(episode: Episode, until: datetime, at: datetime) -> Episode:
    """Out of sight until an instant; only what still holds can be put off."""
    if episode.state not in (State.NEW, State.ANSWERED):
        raise ValueError(f"an alarm that is {episode.state} cannot be shelved")
    return replace(episode, state=State.SHELVED, changed_at=at, shelved_until=until)


def unshelve(episode: Episode, at: datetime) -> Episode:
    """Back in sight: new if it still holds, else done."""
    if episode.state is not State.SHELVED:
        return episode
    state = State.NEW if episode.is_over else State.DONE
    return replace(episode, state=state, changed_at=at, shelved_until=None)


def is_chattering(episode: Episode, at: datetime) -> bool:
    return sum(at - CHATTER_SPAN < raised <= at for raised in episode.raises) >= CHATTER_COUNT


def count_raises(episode: Episode, since: datetime) -> int:
    """How often it was raised from then on; of an older episode at least the times that are remembered."""
    if episode.raised_at >= since:
        return episode.raise_count
    return sum(raised >= since for raised in episode.raises)


def _unshelved(episode: Episode | None, at: datetime) -> Episode | None:
    if episode is None or episode.shelved_until is None or at < episode.shelved_until:
        return episode
    return unshelve(episode, at)


def _raised(episode: Episode | None, at: datetime) -> Episode:
    if episode is None or episode.state is State.DONE:
        return Episode(State.NEW, at, at, raises=(at,))
    state = State.SHELVED if episode.state is State.SHELVED else State.NEW
    raises = (*episode.raises, at)[-REMEMBERED_RAISES:]
    count = episode.raise_count + 1
    return replace(episode, state=state, changed_at=at, is_over=True, raise_count=count, raises=raises)


def _recovered(episode: Episode | None, at: datetime) -> Episode | None:
    if episode is None:
        return None
    after = {State.NEW: State.RECOVERED, State.ANSWERED: State.DONE}
    return replace(episode, state=after.get(episode.state, episode.state), changed_at=at, is_over=False)
