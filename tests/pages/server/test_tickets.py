"""Tickets work once, for a minute, and cannot be guessed."""

from __future__ import annotations

from pages.server.tickets import LIFE_SECONDS, MOST_WAITING, Tickets


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_ticket_works_once():
    tickets = Tickets(Clock())
    ticket = tickets.issue("kunci")
    assert "kunci" not in ticket
    assert [tickets.redeem(ticket), tickets.redeem(ticket)] == ["kunci", None]


def test_a_ticket_ends_after_a_minute():
    clock = Clock()
    tickets = Tickets(clock)
    early, late = tickets.issue("awal"), tickets.issue("akhir")
    clock.now = LIFE_SECONDS - 0.1
    assert tickets.redeem(early) == "awal"
    clock.now = LIFE_SECONDS
    assert tickets.redeem(late) is None


def test_an_unknown_ticket_gives_nothing():
    assert Tickets(Clock()).redeem("") is None
    assert Tickets(Clock()).redeem("x" * 43) is None


def test_tickets_differ_and_are_long():
    tickets = Tickets(Clock())
    issued = {tickets.issue("sama") for _ in range(1000)}
    assert len(issued) == 1000
    assert min(map(len, issued)) >= 43


def test_memory_is_bounded():
    clock = Clock()
    tickets = Tickets(clock)
    first = tickets.issue("pertama")
    for _ in range(MOST_WAITING):
        tickets.issue("lain")
    assert len(tickets._waiting) == MOST_WAITING
    assert tickets.redeem(first) is None
    clock.now = LIFE_SECONDS
    tickets.issue("baru")
    assert len(tickets._waiting) == 1
