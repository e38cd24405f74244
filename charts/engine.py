"""The one place that asks the drawing engine: Vega-Lite in, SVG out, with the letters texts are measured with.

Refuses to decide where the engine runs: in this process, unless whoever serves screens says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable

import vl_convert

from charts.lettering import register_fonts

Engine = Callable[[str], str]


def draw_here(spec: str) -> str:
    """By this process, which keeps the engine's memory from then on (about 100 MB). Nothing is fetched."""
    register_fonts()
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))


def _is_ready() -> None:
    """An engine in this process needs no waking."""


_engine: Engine = draw_here
_get_ready: Callable[[], None] = _is_ready


def draw_with(engine: Engine, get_ready: Callable[[], None] = _is_ready) -> None:
    """Let charts be drawn elsewhere from now on."""
    global _engine, _get_ready
    _engine, _get_ready = engine, get_ready


def get_ready() -> None:
    """Charts will be asked for in a moment: an engine that rests may start meanwhile."""
    _get_ready()


def draw_vega(spec: str) -> str:
    return _engine(spec)
