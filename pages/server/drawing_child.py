"""The process that draws charts for a server: one Vega-Lite text a line in, one SVG a line out, until its input ends.

Refuses to import anything but the engine: it is started when somebody waits for a picture.
"""

from __future__ import annotations

import json
import sys

from charts.engine import draw_here

FIRST = '{"data": {"values": [{"x": 1}]}, "mark": "bar", "encoding": {"x": {"field": "x", "type": "quantitative"}}}'


def serve() -> None:
    draw_here(FIRST)  # the engine is awake when the first chart comes
    for line in sys.stdin:
        try:
            told = {"svg": draw_here(json.loads(line)), "error": ""}
        except Exception as error:  # told to whoever asked, which goes on with its next chart
            told = {"svg": "", "error": f"{type(error).__name__}: {error}"}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    serve()
