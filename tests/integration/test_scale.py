"""Ten years of calls: every delivered line is accounted for, whatever the scale."""

from __future__ import annotations

import csv

import pytest
import sqlalchemy as sa

from pipelines.building.build import run
from pipelines.sample import SampleScale, write_sample
from tests.integration.conftest import AS_OF, NOW
from warehouse import schema
from warehouse.engine import open_release
from warehouse.releases import serving_release
from warehouse.settings import load_settings

FULL = SampleScale(days=3652, calls_per_day=493)  # about 1.8 million calls
SOURCE = "bpbd_panggilan_112"
REDUCED = SampleScale(days=90, calls_per_day=120, sources=(SOURCE,))


@pytest.mark.slow
def test_every_delivered_call_is_accepted_or_quarantined(tmp_path, full_scale):
    settings = load_settings(data_dir=tmp_path)
    print(write_sample(settings, AS_OF, FULL if full_scale else REDUCED))
    report = run(settings, NOW)
    assert report.problems == ()

    contoh = settings.state_dir / "contoh"
    with (contoh / "penerimaan.csv").open(encoding="utf-8", newline="") as stream:
        arrived = [row for row in csv.DictReader(stream) if row["received_at"] <= NOW.isoformat()]
    files = [contoh / SOURCE / row["file_name"] for row in arrived if row["source_id"] == SOURCE]
    lines = sum(path.read_bytes().count(b"\n") - 1 for path in files)  # one header line each

    engine = open_release(serving_release(settings.state_dir).release.path)
    with engine.connect() as connection:
        submission = schema.meta_submission.c
        counts = sa.select(
            sa.func.sum(submission.row_count),
            sa.func.sum(submission.accepted_count - submission.superseded_count),
            sa.func.sum(submission.rejected_count),
        ).where(submission.source_id == SOURCE)
        staged, kept, rejected = connection.execute(counts).one()
        calls = connection.execute(sa.select(sa.func.count()).select_from(schema.core_call)).scalar_one()
        offered = connection.execute(sa.select(sa.func.sum(schema.mart_call_hourly.c.offered_count))).scalar_one()
        held = sa.select(sa.func.count()).where(schema.meta_quarantine.c.source_id == SOURCE)
        quarantined = connection.execute(held).scalar_one()
    engine.dispose()
    print(f"{lines} baris dikirim, {kept} dimuat, {rejected} dikarantina")
    assert staged == lines
    assert (kept, rejected) == (calls, quarantined)
    assert kept + rejected == lines
    assert offered == calls
    assert run(settings, NOW).is_new is False
