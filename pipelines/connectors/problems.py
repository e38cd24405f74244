"""What can go wrong while fetching, in words for the administrator; never holds a secret or a fetched value."""

from __future__ import annotations


class FetchProblem(Exception):
    """This source cannot be fetched now; the message says what to do. Others continue."""


class PassingProblem(FetchProblem):
    """Worth another try: the network, or a server that is busy; `wait_seconds` is what the server asks for."""

    def __init__(self, message: str, wait_seconds: float | None = None) -> None:
        super().__init__(message)
        self.wait_seconds = wait_seconds


class ConnectionProblem(Exception):
    """A `connection.yml` cannot be used; the message names the line."""
