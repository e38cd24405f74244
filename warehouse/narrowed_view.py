"""What a reader of a part of the region sees of its figures: those of the whole region, and of its parts their own.

Refuses to recompute a figure of the region from a part of its rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from warehouse.figures import ActionItem, ClockReading, WallView
from warehouse.scope import Reach
from warehouse.wall_actions import TICKETS, TIMELINESS, ordered

OWN_LISTS = (TICKETS, TIMELINESS)  # actions made of rows and deliveries: of a part they are made anew


def narrow_view(whole: WallView, own: WallView, reach: Reach) -> WallView:
    """`own` was read over a connection of that reach: its lists are already the reader's."""
    if reach.is_whole:
        return whole
    areas = {area.region_code for area in own.late_arrivals}
    return replace(
        whole,
        actions=ordered(_own_actions(whole, own, reach)),
        programmes=own.programmes,
        open_tickets=own.open_tickets,
        late_arrivals=tuple(area for area in whole.late_arrivals if area.region_code in areas),
    )


def _own_actions(whole: WallView, own: WallView, reach: Reach) -> Iterator[ActionItem]:
    yield from (action for action in own.actions if action.indicator_id in OWN_LISTS)
    for action in whole.actions:
        is_theirs = set(action.owner.split(", ")).intersection(reach.opd_codes)
        if is_theirs and action.indicator_id not in OWN_LISTS:
            yield action


def own_clocks(clocks: tuple[ClockReading, ...], reach: Reach) -> tuple[ClockReading, ...]:
    """The clocks of the reader's own deliveries; who is bound to a kecamatan delivers nothing."""
    if reach.is_whole:
        return clocks
    return tuple(clock for clock in clocks if clock.opd_code in reach.opd_codes)
