"""A series as a frame that keeps its gaps: one row a period, a new run after each gap or change of scheme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from warehouse.figures import TrendPoint


@dataclass(frozen=True)
class SeriesBreak:
    """Values before and after must not be joined: rules changed, or one of the two periods is not whole."""

    after: date  # last period_start before it
    note: str  # "Pemdi 2026: belum ada hasil"


@dataclass(frozen=True)
class SeriesEvent:
    """Something people decided about a day of a series; it changes no value and joins or breaks nothing."""

    day: date
    word: str  # "dimaklumi"


def series_frame(points: Sequence[TrendPoint], breaks: Sequence[SeriesBreak] = ()) -> pd.DataFrame:
    """Columns position, label, value, run. Points of one run may be joined by a line, others never."""
    rows, run = [], 0
    for position, point in enumerate(points):
        previous = points[position - 1] if position else None
        crosses = previous is not None and any(
            previous.period_start <= item.after < point.period_start for item in breaks
        )
        if previous is not None and (crosses or previous.value is None or point.value is None):
            run += 1
        rows.append(
            {
                "position": position,
                "label": point.label,
                "value": None if point.value is None else float(point.value),
                "run": run,
            }
        )
    frame = pd.DataFrame(rows, columns=["position", "label", "value", "run"])
    return frame.astype({"position": "int64", "label": "object", "value": "float64", "run": "int64"})
