"""Makes a dashboard without data show something honest: writes DATA CONTOH and builds the first release."""

from __future__ import annotations

from datetime import datetime

from pipelines.building.build import BuildBusy, BuildReport, Progress, no_progress, run
from pipelines.sample import write_sample
from warehouse.releases import serving_release
from warehouse.settings import Settings

__all__ = ["BuildBusy", "ensure_release"]


def ensure_release(settings: Settings, now: datetime, progress: Progress = no_progress) -> BuildReport | None:
    """Build the first release when there is none; None when one can already be read."""
    if serving_release(settings.state_dir) is not None:
        return None
    if settings.contoh:
        progress("tulis DATA CONTOH", 0, 1)
        write_sample(settings, now.date())
    return run(settings, now, progress)
