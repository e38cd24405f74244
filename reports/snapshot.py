"""What a page shows, taken away: one code and the files of it, each made only when somebody asks for it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from gettext import gettext as _

from charts.formats import format_delay
from reports.content import PageContent
from reports.csv import content_csv
from reports.desk import Desk


@dataclass(frozen=True)
class Download:
    """One file a reader can take; `make` draws it."""

    suffix: str
    label: str
    file_name: str
    mime: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Snapshot:
    """Equal codes mean the same page, cut, release and state of the clocks."""

    code: str
    downloads: tuple[Download, ...]


def take_snapshot(desk: Desk, content: PageContent) -> Snapshot:
    """Nothing is drawn yet."""
    code = snapshot_code(desk, content)
    stem = f"pendopo_{content.page}_{desk.region.region_code}_{desk.release_id}_{code}"
    return Snapshot(
        code,
        (Download("csv", _("Unduh CSV"), f"{stem}.csv", "text/csv", partial(content_csv, content, desk.release_id)),),
    )


def snapshot_code(desk: Desk, content: PageContent) -> str:
    """`7F3A-19C2`: short enough to be said aloud, and enough to find the page again within one release."""
    clocks = (
        f"{clock.source_id}:{clock.opd_code}:{clock.state.value}:{format_delay(clock.overdue_minutes)}"
        for clock in desk.view.clocks
    )
    address = (f"{key}={value}" for key, value in content.address)
    said = (
        desk.release_id, desk.region.region_code, content.page, *address, desk.instant.date().isoformat(), *clocks,
    )  # fmt: skip
    digest = hashlib.sha256("\n".join(said).encode()).hexdigest().upper()
    return f"{digest[:4]}-{digest[4:8]}"
