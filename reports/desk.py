"""Where a page reads from: one release at one minute for one region and one reader, with a way to ask it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from warehouse.alarms.standing import AlarmLog, no_alarms
from warehouse.figures import ClockReading, WallView
from warehouse.rules import RuleBook
from warehouse.scope import Scope
from warehouse.settings import Profile


@dataclass(frozen=True)
class Desk:
    """`ask(query, *arguments)` runs a named query of `warehouse.queries` on the release as far as `scope` reaches;
    screens remember answers."""

    view: WallView
    region: Profile
    release_id: str
    rules: RuleBook
    ask: Callable[..., Any]
    scope: Scope
    alarms: Callable[[], AlarmLog] = no_alarms  # facts of now, of no release

    @property
    def locale(self) -> str:
        return self.region.locale

    @property
    def instant(self) -> datetime:
        return self.view.instant

    def clocks_of(self, *source_ids: str) -> tuple[ClockReading, ...]:
        return tuple(clock for clock in self.view.clocks if clock.source_id in source_ids)
