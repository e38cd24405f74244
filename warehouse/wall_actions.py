"""Words that wall and pages share about what needs a response, and the deliveries that never came.

What is beyond a limit is told by the alarms of the journal (`warehouse.alarms.on_wall`), nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from gettext import gettext as _

from warehouse.figures import ActionItem, ClockReading, ClockState

CALLS, FIRE = "smart_living.panggilan_112", "smart_living.respons_kebakaran"
TICKETS = "smart_living.tiket_terbuka"
TIMELINESS = "data.ketepatan_waktu"
INCIDENTS_SOURCE = "bpbd_kejadian_112"
AIR, DENGUE = "smart_environment.ispu", "smart_living.dbd_siaga"
RIVER, DEVIATION = "smart_environment.siaga_sungai", "masterplan.deviasi_fisik"
MOST_OWNERS, NAMED_OWNERS = 5, 3  # of more agencies than these, so many are named
SEVERITIES = ("kritis", "perlu tindakan", "data")
HOUR, DAY = 60, 24 * 60  # minutes


def late_senders(clocks: Iterable[ClockReading]) -> set[str]:
    """Agencies whose incident workbooks are overdue."""
    return {c.opd_code for c in clocks if c.source_id == INCIDENTS_SOURCE and c.state is ClockState.OVERDUE}


def undelivered_actions(clocks: Iterable[ClockReading], scheduled: frozenset[str]) -> list[ActionItem]:
    """Each agreed source that never came, with all who owe it."""
    never: dict[str, list[ClockReading]] = {}
    for clock in clocks:
        if clock.state is ClockState.NEVER and clock.source_id in scheduled:
            never.setdefault(clock.source_id, []).append(clock)
    return [
        ActionItem(
            severity="data",
            title=_("Data {title} belum masuk").format(title=_short_title(several[0].source_title)),
            owner=write_owners([clock.opd_code for clock in several]),
            detail=_("belum pernah disampaikan"),
            indicator_id=TIMELINESS,
            is_sample=False,
            is_never_delivered=True,
        )
        for _source, several in sorted(never.items())
    ]


def write_owners(codes: Sequence[str]) -> str:
    """All agencies, or the first few and how many more."""
    if len(codes) <= MOST_OWNERS:
        return ", ".join(codes)
    named = ", ".join(codes[:NAMED_OWNERS])
    return _("{named} dan {count} lainnya").format(named=named, count=len(codes) - NAMED_OWNERS)


def ordered(actions: Iterable[ActionItem]) -> tuple[ActionItem, ...]:
    """Critical first, then what needs action, then missing data; otherwise as given."""
    return tuple(sorted(actions, key=lambda action: SEVERITIES.index(action.severity)))


def write_delay(minutes: int) -> str:
    """A delay in its largest whole unit: "11 hari", "2 jam", "5 menit"."""
    if minutes >= DAY:
        return _("{count} hari").format(count=minutes // DAY)
    if minutes >= HOUR:
        return _("{count} jam").format(count=minutes // HOUR)
    return _("{count} menit").format(count=minutes)


def _short_title(title: str) -> str:
    """Contract title within a sentence: the part before a comma or bracket, without its capital."""
    words = title.split(",", maxsplit=1)[0].split("(", maxsplit=1)[0].strip()
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
