"""Measures how many screens one process carries: the wall, a page of twelve Altair charts, Superset with twelve charts.

All three are asked by the same kind of session at the same beat, over the same data, one after another. In the middle
of its minute the wall meets a new release; the others look for none.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import httpx
import psutil

from benchmarks.building import build
from benchmarks.environments import PEERS, NotInstalled, python_of
from benchmarks.peers import superset
from benchmarks.processes import memory_of_family
from benchmarks.sessions import HttpSession, Session, StreamlitSession, keep_beating
from benchmarks.table import PROJECT, Line, mebibytes, seconds
from warehouse.releases import point_to, serving_release

BEAT_S, FOR_S, STARTING_S = 5.0, 60.0, 180
COUNTS = (100, 50, 25, 10, 5, 1)  # the first that keeps within the limit ends the search
LIMIT_S = 0.5  # 95 of 100 refreshes
WALL, PLAIN, SUPERSET = "Wall", "Plain Streamlit page of 12 Altair charts", "Superset dashboard of 12 charts"


@dataclass(frozen=True)
class Served:
    """A server to measure: how it starts on a port, how its screens talk to it, what happens half a minute in."""

    what: str
    command: Callable[[int], list[str]]
    sessions: Callable[[int], Callable[[], Session]]
    environment: dict[str, str]
    halfway: Callable[[], None] = lambda: None


@dataclass(frozen=True)
class Carried:
    """What a server did for some screens: seconds of each refresh, its memory and processor time."""

    took: list[float]
    resident_bytes: int  # at the end of its minute
    most_bytes: int  # in it, looked at every second
    busy: float  # cores
    refreshes: int


def measure_screens(data_dir: Path, most: int, later: datetime) -> Iterator[Line]:
    """`data_dir` holds a release older than `later`, so that the next can be built before the wall needs it."""
    state = data_dir / "kabupaten_mojokerto"
    first = serving_release(state).release
    build(data_dir, later.isoformat())
    second = serving_release(state).release.release_id
    release = first.path
    app = ["-m", "streamlit", "run", "--server.headless", "true"]
    environment = os.environ | {"PENDOPO_DATA_DIR": str(data_dir)}
    page = str(PEERS / "streamlit_charts.py")

    def wall(port: int) -> list[str]:
        return [sys.executable, *app, "--server.port", str(port), "app.py"]

    def plain(port: int) -> list[str]:
        return [sys.executable, *app, "--server.port", str(port), page, "--", str(release), str(BEAT_S)]

    def publish() -> None:
        point_to(state, second)

    def walls(port: int) -> Callable[[], Session]:
        point_to(state, first.release_id)
        return lambda: StreamlitSession(port, "dinding")

    yield from _search(Served(WALL, wall, walls, environment, publish), most)
    yield from _search(Served(PLAIN, plain, lambda port: lambda: StreamlitSession(port, ""), environment), most)
    yield from _superset(data_dir / "superset", release, most)


def _superset(home: Path, release: Path, most: int) -> Iterator[Line]:
    try:
        python = python_of("superset")
        environment = superset.prepare(python, home)
    except NotInstalled as told_by_pip:
        yield Line(SUPERSET, "not measured", f"would not install: {told_by_pip}")
        return
    except subprocess.CalledProcessError as failed:
        yield Line(SUPERSET, "not measured", f"would not start: {failed.stderr.decode().strip().splitlines()[-1]}")
        return
    connected = dict[str, tuple[dict[str, str], list[dict[str, object]]]]()

    def sessions(port: int) -> Callable[[], Session]:
        if not connected:
            connected["to"] = superset.connect(port, environment["BENCH_PASSWORD"], release)
        return lambda: HttpSession(port, *connected["to"])

    served = Served(SUPERSET, lambda port: superset.command(python, port), sessions, environment)
    yield from _search(served, most)


def _search(served: Served, most: int) -> Iterator[Line]:
    """Fewer and fewer screens, each time of a new server, until they are served within the limit."""
    for count in (count for count in COUNTS if count <= most):
        try:
            carried = _carry(served, count)
        except (TimeoutError, httpx.HTTPError, OSError) as told:
            yield Line(f"{served.what}, {count} screens", "not carried", f"{type(told).__name__}: {told}".rstrip(": "))
            continue
        yield _line(served.what, count, carried)
        if _p95(carried.took) <= LIMIT_S:
            return


def _carry(served: Served, count: int) -> Carried:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    quiet = subprocess.DEVNULL
    server = subprocess.Popen(served.command(port), cwd=PROJECT, env=served.environment, stdout=quiet, stderr=quiet)
    try:
        _wait_for(port)
        make = served.sessions(port)
        return asyncio.run(_watch(psutil.Process(server.pid), [make() for _ in range(count)], served.halfway))
    finally:
        server.terminate()
        server.wait(30)


async def _watch(server: psutil.Process, screens: list[Session], halfway: Callable[[], None]) -> Carried:
    """One beat of all to warm up, then a minute that counts."""
    try:
        for screen in screens:
            await screen.open()
        await keep_beating(screens, BEAT_S, BEAT_S)
        before = _processor(server)
        started = time.perf_counter()
        asyncio.get_running_loop().call_later(FOR_S / 2, halfway)
        took, most = await asyncio.gather(keep_beating(screens, BEAT_S, FOR_S), _most_memory(server, FOR_S))
        busy = (_processor(server) - before) / (time.perf_counter() - started)
        resident, _shared_once = memory_of_family(server)
        return Carried(took, resident, max(most, resident), busy, len(took))
    finally:
        await asyncio.gather(*(screen.close() for screen in screens), return_exceptions=True)


async def _most_memory(server: psutil.Process, for_s: float) -> int:
    most, until = 0, time.perf_counter() + for_s
    while time.perf_counter() < until:
        most = max(most, (await asyncio.to_thread(memory_of_family, server))[0])
        await asyncio.sleep(1)
    return most


def _processor(server: psutil.Process) -> float:
    family = [server, *server.children(recursive=True)]
    return sum(sum(member.cpu_times()[:2]) for member in family)


def _wait_for(port: int) -> None:
    """Raises TimeoutError."""
    deadline = time.monotonic() + STARTING_S
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/", timeout=10, trust_env=False).status_code < 500:
                return
        except httpx.HTTPError:
            time.sleep(0.2)
    raise TimeoutError("no answer after the start")


def _p95(took: list[float]) -> float:
    return sorted(took)[-(-len(took) * 95 // 100) - 1]


def _line(what: str, count: int, carried: Carried) -> Line:
    middle = sorted(carried.took)[len(carried.took) // 2]
    memory = f"{mebibytes(carried.resident_bytes)}, at most {mebibytes(carried.most_bytes)}"
    result = f"p95 {seconds(_p95(carried.took))}, median {seconds(middle)}, {memory}"
    wanted = round(count * FOR_S / BEAT_S)
    note = f"{carried.refreshes} of {wanted} refreshes in {FOR_S:.0f} s; {carried.busy:.2f} cores busy"
    return Line(f"{what}, {count} screens at a beat of {BEAT_S:.0f} s", result, note)
