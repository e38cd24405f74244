"""Charts drawn in a process of its own: the same drawing, no memory kept, a server that goes on whatever happens."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import suppress

import altair as alt
import psutil
import pytest

from charts.engine import draw_here
from pages.server.drawing_process import DrawingError, DrawingProcess

CHART = alt.Chart(alt.Data(values=[{"x": 1}])).mark_bar().encode(x="x:Q").to_json(indent=None)
# Tells its own process id as the drawing; "rusak" is an error, "henti" ends it, "gantung" hangs.
STAND_IN = """
import json, os, sys, time
for line in sys.stdin:
    asked = json.loads(line)
    if asked == "henti": break
    if asked == "gantung": time.sleep(600)
    print(json.dumps({"svg": str(os.getpid()), "error": "rusak" if asked == "rusak" else ""}), flush=True)
"""


@pytest.fixture
def made() -> Iterator[list[DrawingProcess]]:
    started = list[DrawingProcess]()
    yield started
    for process in started:
        process.end()


def stand_in(made: list[DrawingProcess], rest: float = 600, longest: float = 600) -> DrawingProcess:
    made.append(DrawingProcess((sys.executable, "-c", STAND_IN), rest, longest))
    return made[0]


def test_it_draws_what_this_process_would_draw_and_says_why_it_cannot(made):
    made.append(DrawingProcess())
    assert made[0].draw(CHART) == draw_here(CHART)
    with pytest.raises(DrawingError, match="JSON"):
        made[0].draw("bukan grafik")


def test_one_process_draws_chart_after_chart_also_after_an_error(made):
    engine = stand_in(made)
    first = engine.draw("a")
    with pytest.raises(DrawingError, match="rusak"):
        engine.draw("rusak")
    assert engine.draw("b") == first


def test_it_can_start_before_it_is_asked(made):
    engine = stand_in(made)
    engine.get_ready()
    assert engine._child is not None
    assert engine.draw("a") == str(engine._child.pid)


def test_it_ends_after_its_rest_and_starts_again_when_asked(made):
    engine = stand_in(made, rest=0.01)
    first = int(engine.draw("a"))
    with suppress(psutil.NoSuchProcess):  # it may be gone by now
        psutil.Process(first).wait(60)
    assert not psutil.pid_exists(first)
    assert int(engine.draw("b")) != first


@pytest.mark.parametrize(("chart", "longest"), [("henti", 600), ("gantung", 0.5)])
def test_one_that_ends_or_hangs_fails_its_chart_alone(made, chart, longest):
    engine = stand_in(made, longest=longest)
    with pytest.raises(DrawingError, match="Mesin gambar berhenti"):
        engine.draw(chart)
    engine._longest = 600  # on a busy machine the next one may not have started in half a second
    assert engine.draw("a")


def test_it_ends_with_whoever_started_it(made):
    engine = stand_in(made)
    child = psutil.Process(int(engine.draw("a")))
    assert engine._child is not None and engine._child.stdin is not None
    engine._child.stdin.close()  # as it is when the server is killed
    assert child.wait(60) == 0
