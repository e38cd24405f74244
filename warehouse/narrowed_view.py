"""What a reader of a part of the region sees of its figures: those of the whole region, and of its parts their own.

Refuses to recompute a figure of the region from a part of its rows.
"""

from __future__ import annotations

from dataclasses import replace

from warehouse.alarms.standing import AlarmLog
from warehouse.figures import ClockReading, WallView
from warehouse.scope import Reach


def narrow_view(whole: WallView, own: WallView, reach: Reach) -> WallView:
    """`own` was read over a connection of that reach: its lists are already the reader's."""
    if reach.is_whole:
        return whole
    areas = {area.region_code for area in own.late_arrivals}
    return replace(
        whole,
        actions=own.actions,
        programmes=own.programmes,
        open_tickets=own.open_tickets,
        late_arrivals=tuple(area for area in whole.late_arrivals if area.region_code in areas),
    )


def own_log(log: AlarmLog | None, reach: Reach) -> AlarmLog | None:
    """Alarms of the reader's agencies; who is bound to a kecamatan answers for none."""
    if log is None or reach.is_whole:
        return log
    codes = set(reach.opd_codes)
    is_theirs = (one for one in log.alarms if not reach.kecamatan_codes and codes & one.owners)
    return replace(log, alarms=tuple(is_theirs))


def own_clocks(clocks: tuple[ClockReading, ...], reach: Reach) -> tuple[ClockReading, ...]:
    """The clocks of the reader's own deliveries; who is bound to a kecamatan delivers nothing."""
    if reach.is_whole:
        return clocks
    return tuple(clock for clock in clocks if clock.opd_code in reach.opd_codes)
