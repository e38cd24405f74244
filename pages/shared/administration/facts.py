"""What every part of `kelola` is given: the settings, the names of places, and how this region writes a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_date

from charts.formats import format_time
from journal.areas import Areas
from journal.people import Rules
from pages.shared import data
from pages.shared.administration.places import Places, places_of
from pages.shared.screens import known_screens
from reports.clock_words import instant_words
from warehouse.screen_settings import Screen
from warehouse.settings import Settings


@dataclass(frozen=True)
class Facts:
    settings: Settings
    places: Places
    screens: Mapping[str, Screen]  # in force

    @property
    def rules(self) -> Rules:
        """What people of this region are checked against."""
        return Rules(Areas(self.places.opds, self.places.kecamatan))

    def instant_words(self, instant: datetime | None, missing: str) -> str:
        """`21 November 2026 16.08 WIB`."""
        region = self.settings.region
        return missing if instant is None else instant_words(instant, region.timezone_label, region.locale)

    def short_instant_words(self, instant: datetime) -> str:
        """`21 Nov 2026 16.08`, for a column of a grid."""
        return f"{format_date(instant, 'd MMM y', locale=self.settings.region.locale)} {format_time(instant)}"


def read_facts() -> Facts:
    settings = data.settings()
    return Facts(settings, places_of(settings.region.region_code), known_screens())
