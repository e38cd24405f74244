"""Measures how long the server works on a page: AppTest in this process, over a built data folder."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path

import streamlit as st
from streamlit.testing.v1 import AppTest

from benchmarks.table import PROJECT, Line, seconds, spread

RERUNS = 20
TIMEOUT_S = 120
WALL = "dinding"


def measure_pages(data_dir: Path) -> Iterator[Line]:
    """First run with cold caches, then reruns of each page."""
    os.environ["PENDOPO_DATA_DIR"] = str(data_dir)
    logging.disable(logging.WARNING)  # Streamlit warns at each page that no server runs
    for page in sorted((PROJECT / "pages").glob("*.py")):
        if page.stem == "__init__":
            continue
        st.cache_resource.clear()
        st.cache_data.clear()
        shown = AppTest.from_file(str(page), default_timeout=TIMEOUT_S)
        first = _timed(shown)
        reruns = [_timed(shown) for _ in range(RERUNS)]
        if shown.exception:
            raise RuntimeError(f"{page.stem}: {shown.exception[0].value}")
        note = "; scenes are sent each time here; a browser that holds them gets none" if page.stem == WALL else ""
        what = "Wall heartbeat" if page.stem == WALL else f"Page {page.stem}"
        yield Line(f"{what}, server time of a rerun", spread(reruns), f"first run {seconds(first)}{note}")


def _timed(shown: AppTest) -> float:
    started = time.perf_counter()
    shown.run()
    return time.perf_counter() - started
