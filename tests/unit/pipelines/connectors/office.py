"""An office with one connected source and a network made of answers: the shortest way from declaration to inbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path

import httpx

from pipelines.connectors.fetching import fetch
from pipelines.connectors.tools import Tools
from warehouse.feed_memory import Memory, Try, read_memories
from warehouse.settings import Settings, load_settings

NOW = datetime(2026, 11, 21, 16, 8)
HOST = "data.contoh.go.id"
ADDRESS = "93.184.216.34"
CONTRACT = """\
title: Curah hujan harian
file: {pattern: "hujan_*.csv", delimiter: ";", decimal: ",", records: result.records}
grain: [day, station]
fields:
  - {name: day, from: Tanggal, type: date, required: true, format: "%d/%m/%Y"}
  - {name: station, from: Stasiun, type: text, required: true}
  - {name: rain_mm, from: Hujan, type: number}
"""
Answering = Callable[[httpx.Request], httpx.Response]


class Clock:
    """Time that passes only while somebody sleeps, and what was slept."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pauses: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds


@lru_cache(maxsize=1)
def _settings(data_dir: Path, allowed: tuple[str, ...]) -> Settings:
    return load_settings(data_dir=data_dir, fetch={"allowed_hosts": allowed})


@dataclass
class Office:
    """`answer` is the network, none the real one; the address book knows every host unless told otherwise."""

    root: Path
    answer: Answering | None
    allowed: tuple[str, ...] = (HOST,)
    addresses: dict[str, tuple[str, ...]] = field(default_factory=dict)
    environ: Mapping[str, str] = field(default_factory=dict)
    asked: list[httpx.Request] = field(default_factory=list)
    clock: Clock = field(default_factory=Clock)

    @property
    def settings(self) -> Settings:
        return _settings(self.root / "var", self.allowed)

    def connect(self, declaration: str, contract: str = CONTRACT, source: str = "dinas_hujan") -> None:
        home = self.root / "sumber" / source
        home.mkdir(parents=True, exist_ok=True)
        (home / "contract.yml").write_text(contract, "utf-8")
        (home / "connection.yml").write_text(declaration, "utf-8")

    def fetch(self, now: datetime = NOW, only: str | None = None) -> Try:
        """What became of the last source."""
        return self.fetch_all(now, only)[-1]

    def fetch_all(self, now: datetime = NOW, only: str | None = None) -> list[Try]:
        tools = Tools(environ=self.environ) if self.answer is None else self._tools()
        return [one.done for one in fetch(self.settings, now, only, tools, self.root / "sumber")]

    def _tools(self) -> Tools:
        return Tools(
            httpx.MockTransport(self._answer),
            lambda host: self.addresses.get(host, (ADDRESS,)),
            self.clock.sleep,
            lambda: 0.5,
            lambda: self.clock.now,
            self.environ,
        )

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        return self.answer(request)

    @property
    def memory(self) -> Memory:
        return read_memories(self.settings.state_dir)["dinas_hujan"]

    @property
    def inbox(self) -> dict[str, bytes]:
        """All that lies there, hidden files included."""
        found = (self.settings.state_dir / "inbox").glob("*/*")
        return {path.name: path.read_bytes() for path in sorted(found)}

    def take_inbox(self) -> dict[str, bytes]:
        """As a run does."""
        found = self.inbox
        for path in (self.settings.state_dir / "inbox").glob("*/*"):
            path.unlink()
        return found


def asked_host(request: httpx.Request) -> str:
    return request.headers["host"]
