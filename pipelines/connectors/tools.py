"""What a fetch takes from the machine: network, names, clock, chance, secrets; tests bring their own."""

from __future__ import annotations

import os
import random
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx

from pipelines.connectors.problems import FetchProblem


def resolve_host(host: str) -> tuple[str, ...]:
    """The addresses of a host, each once. Raises OSError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Tools:
    transport: httpx.BaseTransport | None = None  # none: the network
    resolve: Callable[[str], tuple[str, ...]] = resolve_host
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    monotonic: Callable[[], float] = time.monotonic
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)

    def secret(self, variable: str) -> str:
        """Raises FetchProblem when the environment has none."""
        value = self.environ.get(variable, "")
        if not value:
            raise FetchProblem(
                f"Variabel lingkungan {variable} belum diisi. Isi di berkas lingkungan layanan atau di terminal "
                "sebelum menjalankan fetch; jangan menulis rahasia di connection.yml."
            )
        return value
