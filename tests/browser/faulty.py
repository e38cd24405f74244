"""Streamlit as ever, but for the faults that `gangguan.json` in the data folder asks for.

Run by `python -m tests.browser.faulty run app.py`. They take hold at the next heartbeat; without the file nothing
differs.
"""

from __future__ import annotations

import json
import os
import runpy
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from pydantic import TypeAdapter

from warehouse.durable_files import write_durably

FILE_NAME = "gangguan.json"


@dataclass(frozen=True)
class Faults:
    """What is wrong on purpose."""

    hangs: bool = False  # every question of the wall takes for ever
    ahead_minutes: float = 0  # of the server's clock
    since: float = 0  # epoch seconds from when on it runs `speed` times as fast
    speed: float = 1
    heartbeat: tuple[float, float] = (3.0, 4.0)
    has_nights: bool = True


_STORED = TypeAdapter(Faults)


def cause(data_dir: Path, faults: Faults) -> None:
    write_durably(data_dir / FILE_NAME, _STORED.dump_json(faults))


def caused(data_dir: Path) -> Faults:
    try:
        return _STORED.validate_python(json.loads((data_dir / FILE_NAME).read_text("utf-8")))
    except FileNotFoundError:
        return Faults()


def hang(connection: sa.Connection) -> None:
    """A question that does not end by itself; it takes hardly any processor."""
    driver: Any = connection.connection.driver_connection
    driver.create_function("lama", lambda number: time.sleep(0.0002) or number, ["BIGINT"], "BIGINT")
    connection.execute(sa.text("select max(lama(range)) from range(1000000000)"))


def main() -> None:
    from pages.shared import data, kiosk  # noqa: PLC0415 - they import Streamlit, which reads its options first

    data_dir = Path(os.environ["PENDOPO_DATA_DIR"])
    real_now, real_view = data.local_now, data.read_wall_view

    def local_now() -> datetime:
        faults = caused(data_dir)
        run_ahead = (time.time() - faults.since) * (faults.speed - 1) if faults.since else 0
        return real_now() + timedelta(minutes=faults.ahead_minutes, seconds=run_ahead)

    def read_view(connection: sa.Connection, *arguments: Any) -> Any:
        if caused(data_dir).hangs:
            hang(connection)
        return real_view(connection, *arguments)

    data.local_now, data.read_wall_view = local_now, read_view  # type: ignore[assignment]
    if not caused(data_dir).has_nights:
        kiosk.night_due = lambda *_all: ""
    kiosk.HEARTBEAT_SECONDS = caused(data_dir).heartbeat
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
