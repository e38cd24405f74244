"""Deliveries of one cut: which senders and files the filters of the page leave, every one with its clock."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _

import pandas as pd

from reports.desk import Desk
from reports.reach import clocks_within, is_narrow
from warehouse import queries
from warehouse.clock import AGREED
from warehouse.figures import ClockReading, ClockState
from warehouse.filters import REALITIES, FilterError, Filters
from warehouse.nearest import nearest_hint

ALL = "semua"
HELD, REFUSED = "ditahan", "ditolak"
LATE_FIRST = (ClockState.OVERDUE, ClockState.NEVER, ClockState.DUE, ClockState.UNKNOWN, ClockState.FRESH)


@dataclass(frozen=True)
class Deliveries:
    """`clocks` late first, `frame` newest first; `is_whole` when nothing was filtered away by choice or reach."""

    clocks: tuple[ClockReading, ...]
    frame: pd.DataFrame
    source_ids: tuple[str, ...]
    agreed_ids: frozenset[str]  # of all sources, those with an agreed due date
    is_whole: bool

    @property
    def agreed(self) -> tuple[ClockReading, ...]:
        """Senders that can be on time or late."""
        return tuple(clock for clock in self.clocks if clock.source_id in self.agreed_ids)

    def with_status(self, status: str) -> pd.DataFrame:
        return self.frame[self.frame["status"] == status]

    @property
    def submission_ids(self) -> frozenset[str]:
        return frozenset(self.frame["submission_id"])


def source_titles(desk: Desk) -> dict[str, str]:
    frame = desk.ask(queries.sources)
    return dict(zip(frame["source_id"], frame["title"], strict=True))


def senders(desk: Desk) -> tuple[str, ...]:
    """Every agency that owes or delivered something."""
    delivered = desk.ask(queries.submissions)["opd_code"].dropna()
    return tuple(sorted({clock.opd_code for clock in clocks_within(desk) if clock.opd_code} | set(delivered)))


def read_deliveries(desk: Desk, filters: Filters) -> Deliveries:
    """Raises FilterError for a source or agency there is none of."""
    titles = source_titles(desk)
    asked = "" if filters.sumber == ALL else filters.sumber
    _refuse_unknown("sumber", (asked,) if asked else (), tuple(titles))
    _refuse_unknown("opd", filters.opd, senders(desk))
    source_ids = (asked,) if asked else tuple(titles)
    states = _states(filters)
    clocks = [
        clock
        for clock in clocks_within(desk)
        if clock.source_id in source_ids
        and (not filters.opd or clock.opd_code in filters.opd)
        and (not states or clock.state in states)
        and _is_real(filters) in (None, not clock.is_sample)
    ]
    frame = desk.ask(queries.submissions, asked) if asked else desk.ask(queries.submissions)
    is_whole = not (asked or filters.opd or filters.data or is_narrow(desk))
    return Deliveries(
        tuple(sorted(clocks, key=_late_first)), _cut(frame, filters, clocks), source_ids, _agreed_ids(desk), is_whole
    )


def _agreed_ids(desk: Desk) -> frozenset[str]:
    frame = desk.ask(queries.sources)
    return frozenset(frame[frame[list(AGREED)].notna().any(axis="columns")]["source_id"])


def _refuse_unknown(name: str, asked: tuple[str, ...], known: tuple[str, ...]) -> None:
    for value in asked:
        if value not in known:
            hint = nearest_hint(value, known) or "."
            raise FilterError(
                _("{name}={value} tidak ada{hint} Pilihan: {options}.").format(
                    name=name, value=value, hint=hint, options=", ".join(known)
                )
            )


def _states(filters: Filters) -> tuple[ClockState, ...]:
    return tuple(ClockState(state.replace("_", " ")) for state in filters.data if state not in REALITIES)


def _is_real(filters: Filters) -> bool | None:
    """True for real data only, False for sample only, None for both."""
    asked = [state for state in REALITIES if state in filters.data]
    return asked == ["nyata"] if len(asked) == 1 else None


def _cut(frame: pd.DataFrame, filters: Filters, clocks: list[ClockReading]) -> pd.DataFrame:
    """A file counts when its sender is of the agencies asked for and its clock in a state asked for."""
    if filters.opd:
        frame = frame[frame["opd_code"].isin(filters.opd)]
    real = _is_real(filters)
    if real is not None:
        frame = frame[frame["is_sample"] != real]
    if _states(filters):
        pairs = {(clock.source_id, clock.opd_code) for clock in clocks}
        own = [pair in pairs for pair in zip(frame["source_id"], frame["opd_code"], strict=True)]
        frame = frame[pd.Series(own, index=frame.index, dtype=bool)]  # of no files, still their columns
    return frame


def _late_first(clock: ClockReading) -> tuple[int, int, str, str]:
    """Who is owed an answer first: the longest delay, then who never delivered, then by title."""
    return LATE_FIRST.index(clock.state), -clock.overdue_minutes, clock.source_title, clock.opd_code
