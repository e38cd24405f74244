"""Timelines of one alarm: minute and what happens in, state out. Each is also run with a restart after every look."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from warehouse.alarms.machine import (
    Bounds,
    Episode,
    State,
    Watched,
    answer,
    is_chattering,
    shelve,
    step,
    unshelve,
)

START = datetime(2026, 11, 21, 8)
PLAIN = Bounds(Decimal(100), "di_atas")
BAND = Bounds(Decimal(100), "di_atas", deadband=Decimal(5))
SLOW = Bounds(Decimal(100), "di_atas", on_delay=timedelta(minutes=5), off_delay=timedelta(minutes=10))
LOW = Bounds(Decimal(-10), "di_bawah", deadband=Decimal(2))
LEAST = Bounds(Decimal(3), "sedikitnya", deadband=Decimal("0.5"))
# bounds, then minute, value ("?" not known; or "jawab", "tunda <until minute>", "angkat") and the state afterwards
TIMELINES = {
    "normal": (PLAIN, "0 99 - | 1 100 -"),
    "raised, answered, back": (PLAIN, "0 101 baru | 1 jawab ditanggapi | 2 120 ditanggapi | 3 99 selesai"),
    "back before anyone saw it": (PLAIN, "0 101 baru | 1 99 pulih | 2 jawab selesai"),
    "again before anyone saw it": (PLAIN, "0 101 baru | 1 99 pulih | 2 101 baru"),
    "a new one after it was done": (PLAIN, "0 101 baru | 1 jawab ditanggapi | 2 99 selesai | 3 101 baru"),
    "at least": (LEAST, "0 2.9 - | 1 3 baru | 2 2.5 baru | 3 2.4 pulih"),
    "below": (LOW, "0 -10 - | 1 -10.1 baru | 2 -9 baru | 3 -8 pulih"),
    "deadband holds it": (BAND, "0 101 baru | 1 99 baru | 2 96 baru | 3 95 pulih | 4 99 pulih"),
    "deadband does not lower the limit": (BAND, "0 97 - | 1 100 - | 2 101 baru"),
    "on delay waited out": (SLOW, "0 101 - | 4 101 - | 5 101 baru"),
    "on delay broken": (SLOW, "0 101 - | 4 99 - | 5 101 - | 9 101 - | 10 101 baru"),
    "on delay broken by not knowing": (SLOW, "0 101 - | 4 ? - | 5 101 - | 10 101 baru"),
    "off delay waited out": (SLOW, "0 101 - | 5 101 baru | 6 99 baru | 15 99 baru | 16 99 pulih"),
    "off delay broken": (SLOW, "0 101 - | 5 101 baru | 6 99 baru | 12 101 baru | 20 99 baru"),
    "data that stop end nothing": (
        PLAIN,
        "0 101 baru | 1 ? baru | 2 jawab ditanggapi | 9 ? ditanggapi | 10 99 selesai",
    ),
    "shelved until it still holds": (PLAIN, "0 101 baru | 1 tunda 30 ditunda | 29 101 ditunda | 30 101 baru"),
    "shelved after the answer": (PLAIN, "0 101 baru | 1 jawab ditanggapi | 2 tunda 30 ditunda | 30 101 baru"),
    "shelved until after it was back": (PLAIN, "0 101 baru | 1 tunda 30 ditunda | 5 99 ditunda | 30 99 selesai"),
    "shelved, back and again": (PLAIN, "0 101 baru | 1 tunda 30 ditunda | 5 99 ditunda | 6 101 ditunda | 30 101 baru"),
    "shelving ends without data": (PLAIN, "0 101 baru | 1 tunda 30 ditunda | 31 ? baru"),
    "taken from the shelf": (PLAIN, "0 101 baru | 1 tunda 30 ditunda | 2 angkat baru"),
    "taken from the shelf when back": (PLAIN, "0 101 baru | 1 tunda 30 ditunda | 2 99 ditunda | 3 angkat selesai"),
    "an answer while shelved is a note": (PLAIN, "0 101 baru | 1 tunda 30 ditunda | 2 jawab ditunda"),
    "a second answer is a note": (PLAIN, "0 101 baru | 1 jawab ditanggapi | 2 jawab ditanggapi"),
    "an answer after the end is a note": (PLAIN, "0 101 baru | 1 99 pulih | 2 jawab selesai | 3 jawab selesai"),
    "chattering within the delays raises nothing": (
        SLOW,
        " | ".join(f"{minute} {101 if minute % 2 else 99} -" for minute in range(30)),
    ),
    "the clock goes back": (SLOW, "10 101 - | 8 101 - | 15 101 baru"),
}


def looks_of(text: str) -> list[tuple[int, str, str]]:
    looks = [look.split() for look in text.split(" | ")]
    return [(int(minute), " ".join(what), state) for minute, *what, state in looks]


def act(bounds: Bounds, watched: Watched, what: object, at: datetime) -> Watched:
    match what:
        case "jawab":
            return Watched(answer(watched.episode, at), watched.pending_since)
        case "angkat":
            return Watched(unshelve(watched.episode, at), watched.pending_since)
        case str() if what.startswith("tunda"):
            until = START + timedelta(minutes=int(what.split()[1]))
            return Watched(shelve(watched.episode, until, at), watched.pending_since)
    beyond = None if what == "?" else bounds.is_beyond(Decimal(str(what)), watched.is_over)
    return step((bounds.on_delay, bounds.off_delay), watched, beyond, at)


def restarted(watched: Watched) -> Watched:
    """Written down as text and read again."""
    kept = json.loads(json.dumps(asdict(watched), default=datetime.isoformat))
    at = lambda text: None if text is None else datetime.fromisoformat(text)  # noqa: E731
    episode = kept["episode"]
    if episode is not None:
        times = {name: at(episode[name]) for name in ("raised_at", "changed_at", "shelved_until")}
        raises = tuple(at(one) for one in episode["raises"])
        episode = Episode(**{**episode, **times, "raises": raises, "state": State(episode["state"])})
    return Watched(episode, at(kept["pending_since"]))


@pytest.mark.parametrize("between", [lambda one: one, restarted], ids=["running", "restarted after every look"])
@pytest.mark.parametrize("name", TIMELINES)
def test_timelines(name, between):
    bounds, looks = TIMELINES[name][0], looks_of(TIMELINES[name][1])
    watched, told = Watched(), []
    for minute, what, _state in looks:
        watched = between(act(bounds, watched, what, START + timedelta(minutes=minute)))
        told.append((minute, watched.episode.state if watched.episode else "-"))
    assert told == [(minute, state) for minute, _what, state in looks]


def test_every_state_is_reached():
    assert {state for _bounds, text in TIMELINES.values() for *_look, state in looks_of(text)} == {"-", *State}


def test_raised_again_is_the_same_episode_until_it_is_done():
    watched = Watched()
    for minute, value in enumerate((101, 99, 101, 99, 101)):
        watched = act(PLAIN, watched, value, START + timedelta(minutes=minute))
    assert (watched.episode.raise_count, watched.episode.raised_at) == (3, START)
    assert watched.episode.raises == tuple(START + timedelta(minutes=minute) for minute in (0, 2, 4))


@pytest.mark.parametrize(
    ("minutes", "at", "chatters"),
    [
        ((0, 20, 59), 59, True),
        ((0, 20, 61), 61, False),
        ((0, 20), 30, False),
        ((0, 20, 40, 59), 59, True),
        ((0, 20, 40), 200, False),
    ],
)
def test_three_times_within_an_hour_chatter(minutes, at, chatters):
    raises = tuple(START + timedelta(minutes=minute) for minute in minutes)
    episode = Episode(State.NEW, START, START, raises=raises)
    assert is_chattering(episode, START + timedelta(minutes=at)) is chatters


@pytest.mark.parametrize("state", [State.RECOVERED, State.DONE, State.SHELVED])
def test_what_no_longer_holds_is_not_shelved(state):
    with pytest.raises(ValueError, match=state.value):
        shelve(Episode(state, START, START), START + timedelta(hours=1), START)
