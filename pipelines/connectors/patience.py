"""How long and how often a fetch tries: a total time, and a few tries with growing, scattered pauses."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pipelines.connectors.problems import FetchProblem, PassingProblem
from pipelines.connectors.tools import Tools

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds
Result = TypeVar("Result")


class Patience:
    """Of one source in one fetch."""

    def __init__(self, tools: Tools, attempts: int, total_seconds: float) -> None:
        self._tools = tools
        self._attempts = attempts
        self._total = total_seconds
        self._ends = tools.monotonic() + total_seconds

    @property
    def left(self) -> float:
        return self._ends - self._tools.monotonic()

    def check(self) -> None:
        """Raises FetchProblem when the total time is used up."""
        if self.left <= 0:
            raise FetchProblem(
                f"Waktu keseluruhan {self._total:g} detik habis sebelum selesai. Naikkan timeouts.total di "
                "connection.yml, atau ambil lebih sedikit sekali jalan."
            )

    def retry(self, action: Callable[[], Result]) -> Result:
        """Raises the last problem when no try succeeds, or when the pause would outlast the total time."""
        for attempt in range(1, self._attempts + 1):
            self.check()
            try:
                return action()
            except PassingProblem as problem:
                pause = min(FIRST_PAUSE * 2 ** (attempt - 1), LONGEST_PAUSE) * (1 + self._tools.chance())
                pause = max(pause, problem.wait_seconds or 0)
                if attempt == self._attempts or pause >= self.left:
                    raise
            self._tools.sleep(pause)
        raise AssertionError("at least one attempt is made")
