"""DATA CONTOH: generated deliveries that look as agencies write them, the same for the same date.

Refuses when the region switched sample data off. Never holds a real person, number, programme or official figure.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from gettext import gettext as _
from pathlib import Path

from pipelines.sample import folder as sample_folder
from pipelines.sample.air import station_names
from pipelines.sample.demo import latest_demo_day, write_demo_workbooks
from pipelines.sample.model import SampleScale, draw_model
from pipelines.sample.region import (
    AIR,
    CALLS,
    CONTRACTS,
    INCIDENTS,
    PROGRAMMES,
    SAMPLE_SOURCES,
    SampleError,
    read_region,
)
from warehouse.settings import Settings

__all__ = [
    "SAMPLE_SOURCES",
    "SampleError",
    "SampleReport",
    "SampleScale",
    "latest_demo_day",
    "remove_sample",
    "sample_sources",
    "write_demo_workbooks",
    "write_sample",
]
Progress = Callable[[str, int, int], None]  # file just written, files done, files in all


@dataclass(frozen=True)
class SampleReport:
    """What was written."""

    folder: Path
    as_of: date
    first_day: date
    source_ids: tuple[str, ...]
    removed: tuple[str, ...]  # sources left out because they were removed earlier
    file_count: int
    call_count: int  # rows in call files
    incident_count: int  # incidents in the model; workbooks repeat some of them
    programme_count: int
    contract_count: int
    station_count: int  # of air quality

    def __str__(self) -> str:
        named = ("file_count", "call_count", "incident_count", "programme_count", "contract_count", "station_count")
        counts = {name: f"{getattr(self, name):,}".replace(",", ".") for name in named}
        text = _(
            "{file_count} berkas, {call_count} panggilan, {incident_count} kejadian, {programme_count} program, "
            "{contract_count} kontrak, {station_count} stasiun udara."
        ).format_map(counts)
        left_out = _(" Tidak ditulis karena pernah dihapus: {sources}.").format(sources=", ".join(self.removed))
        return text + (left_out if self.removed else "")


def write_sample(
    settings: Settings, as_of: date, scale: SampleScale | None = None, progress: Progress | None = None
) -> SampleReport:
    """Replace the profile's sample folder by deliveries up to the end of `as_of`. Raises SampleError."""
    if not settings.contoh:
        raise SampleError(
            _("DATA CONTOH dimatikan (contoh = false di pendopo.toml). Hidupkan dahulu bila memang diperlukan.")
        )
    scale = scale or SampleScale()
    region = read_region(settings, scale.calls_per_day)
    target = settings.state_dir / "contoh"
    draft = sample_folder.start_draft(target)
    removed = sample_folder.removed_sources(draft)
    wanted = frozenset(source for source in scale.sources if source not in removed)
    model = draw_model(region, as_of, scale, wanted)
    files = model.files()
    rows = dict.fromkeys(SAMPLE_SOURCES, 0)
    for done, file in enumerate(files, start=1):
        path = draft / file.source_id / file.name
        path.parent.mkdir(exist_ok=True)
        rows[file.source_id] += file.write(path)
        if progress:
            progress(file.name, done, len(files))
    sample_folder.write_receipts(draft, [(file.source_id, file.name, file.received_at) for file in files])
    sample_folder.publish_draft(draft, target)
    present = {file.source_id for file in files}
    return SampleReport(
        folder=target,
        as_of=as_of,
        first_day=model.first,
        source_ids=tuple(source for source in SAMPLE_SOURCES if source in present),
        removed=removed,
        file_count=len(files),
        call_count=rows[CALLS],
        incident_count=sum(len(tickets) for tickets in model.tickets.values()) if INCIDENTS in present else 0,
        programme_count=rows[PROGRAMMES],
        contract_count=len(model.contracts) if CONTRACTS in present else 0,
        station_count=len(station_names(region)) if AIR in present else 0,
    )


def sample_sources(settings: Settings) -> tuple[str, ...]:
    """Sources whose sample deliveries are in place now."""
    return tuple(source for source in SAMPLE_SOURCES if (settings.state_dir / "contoh" / source).is_dir())


def remove_sample(settings: Settings, source_id: str) -> None:
    """Delete one source's sample for good: later runs leave it out. Raises SampleError for an unknown source."""
    if source_id not in SAMPLE_SOURCES:
        near = difflib.get_close_matches(source_id, SAMPLE_SOURCES, n=1, cutoff=0.4)
        hint = _(" Maksudnya {source}?").format(source=near[0]) if near else ""
        raise SampleError(_("Sumber {source} tidak punya DATA CONTOH.").format(source=source_id) + hint)
    sample_folder.forget_source(settings.state_dir / "contoh", source_id)
