"""What a page says about how far its reader reads: no number of a part may pass for one of the region.

Refuses to name what lies outside: a code that is not offered may exist or not, the words are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from gettext import gettext as _
from typing import Protocol, TypeVar

from reports.captions import join_names
from reports.content import Words
from reports.desk import Desk
from warehouse import queries
from warehouse.exploration import Exploration
from warehouse.explore_options import ExploreOptions, explore_options
from warehouse.figures import ClockReading
from warehouse.measures import KECAMATAN, OPD, Measure
from warehouse.narrowed_view import own_clocks
from warehouse.narrowing import AGENCY_FACTS


class Placed(Protocol):
    """What belongs to a kecamatan."""

    @property
    def region_code(self) -> str: ...


PlacedT = TypeVar("PlacedT", bound=Placed)


def of_own_areas(desk: Desk, areas: Sequence[PlacedT]) -> tuple[PlacedT, ...]:
    """Without the kecamatan of others, of which a reader would be told that nothing was reported."""
    own = desk.scope.reach.kecamatan_codes
    return tuple(one for one in areas if not own or one.region_code in own)


def is_narrow(desk: Desk) -> bool:
    return not desk.scope.reach.is_whole


def reach_words(desk: Desk) -> str:
    """`Cakupan: hanya Dinas Kesehatan; angka daerah tetap angka seluruh daerah`; "" for who reads the whole region."""
    if not is_narrow(desk):
        return ""
    reach, options = desk.scope.reach, _options(desk)
    opds = {one.code: one.name for one in options.opds}
    areas = {one.code: one.name for one in options.kecamatan}
    names = [opds.get(code, code) for code in reach.opd_codes]
    names += [_("kecamatan {name}").format(name=areas.get(code, code)) for code in reach.kecamatan_codes]
    words = _("Cakupan: hanya {names}; angka daerah tetap angka seluruh daerah")
    return words.format(names=join_names(names, _("di") if reach.opd_codes and reach.kecamatan_codes else ""))


def _options(desk: Desk) -> ExploreOptions:
    options: ExploreOptions = desk.ask(explore_options)
    return options


def of_reach(desk: Desk, words: str) -> str:
    """A sentence about rows the reader sees, with what it holds for."""
    if not is_narrow(desk) or not words:
        return words
    stop = "." if words.endswith(".") else ""
    return _("{words} (dalam cakupan Anda)").format(words=words.removesuffix(stop)) + stop


def hides_rows_of(desk: Desk, *source_ids: str) -> bool:
    """Whether a reader sees only their own rows of a source, and somebody delivered it."""
    if not is_narrow(desk):
        return False
    frame = desk.ask(queries.sources)
    own = frame[frame["source_id"].isin(source_ids) & frame["target_table"].isin(AGENCY_FACTS)]
    return bool((own["accepted_count"] > 0).any())


def is_cut_by_reach(measure: Measure) -> bool:
    """Whether the facts of a measure are of agencies or places: a narrow reader's cut holds their own only."""
    return OPD in measure.dimensions or KECAMATAN in measure.dimensions


def within_reach(desk: Desk, result: Exploration) -> Exploration:
    """Without the kecamatan of others, of which a reader would be told that nothing was delivered."""
    own = desk.scope.reach.kecamatan_codes
    if result.grouping != KECAMATAN or not own:
        return result
    groups = tuple(group for group in result.groups if group.key in own)
    return replace(result, groups=groups, total=replace(result.total, note="") if result.total else None)


def outside(title: str) -> Words:
    """In place of rows that lie outside; they were delivered."""
    return Words(_("{title}: tidak ada baris dalam cakupan Anda.").format(title=title))


def clocks_within(desk: Desk) -> tuple[ClockReading, ...]:
    """Clocks of the reader's own deliveries."""
    return own_clocks(desk.view.clocks, desk.scope.reach)


def offered_opds(desk: Desk, codes: tuple[str, ...]) -> tuple[str, ...]:
    """Agencies a reader may choose among."""
    own = desk.scope.reach.opd_codes
    return tuple(code for code in codes if code in own) if own else codes
