"""When a delivery first stood in a release: told from then on, kept beside the file, and no part of the content."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import sqlalchemy as sa

from pipelines.building import build
from pipelines.building.build import run
from pipelines.building.rebuilding import rebuild
from tests.integration.conftest import NOW
from tests.integration.test_build import deliver, opened
from warehouse.releases import current_release
from warehouse.schema import meta_publication

HEADER = "waktu,pos,parameter,nilai\n"
AT = NOW + timedelta(minutes=5)


def send(settings, name: str, day: int, value: str = "1.5") -> None:
    deliver(settings, "dpupr_pos_air", name, f"{HEADER}2026-11-{day:02d} 01:00:00,PA-01,tma_m,{value}\n")


def told(settings) -> dict[str, datetime]:
    with opened(settings) as connection:
        rows = connection.execute(sa.select(meta_publication)).all()
    return {row.submission_id: row.published_at for row in rows}


def kept(settings) -> list[str | None]:
    facts = sorted((settings.state_dir / "archive").rglob("kiriman.json"))
    return [json.loads(path.read_text("utf-8")).get("published_at") for path in facts]


def test_the_release_that_first_holds_a_delivery_is_told_by_those_after_it(built_bare_settings, monkeypatch):
    settings = built_bare_settings
    send(settings, "pos_air_1.csv", 1)
    monkeypatch.setattr(build, "keep_publications", lambda release, found: found)  # killed before it was written down
    run(settings, AT)
    ((first, at),) = told(settings).items()
    assert AT <= at < AT + timedelta(minutes=5)
    assert kept(settings) == [None]
    monkeypatch.undo()
    send(settings, "pos_air_2.csv", 2)
    later = AT + timedelta(hours=1)
    run(settings, later)
    after = told(settings)
    assert after.pop(first) == at
    assert all(later <= one for one in after.values()) and len(after) == 1
    assert sorted(kept(settings)) == sorted(one.isoformat() for one in told(settings).values())
    assert rebuild(settings, "", later + timedelta(days=1)).is_equal
    assert not run(settings, later + timedelta(hours=1)).is_new


def test_what_was_delivered_before_anyone_noted_it_is_not_called_new(built_bare_settings):
    settings = built_bare_settings
    send(settings, "pos_air_1.csv", 1)
    run(settings, AT)
    for path in (settings.state_dir / "archive").rglob("kiriman.json"):
        facts = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps({key: facts[key] for key in ("file_name", "received_at")}), "utf-8")
    manifest = current_release(settings.state_dir).path.with_suffix(".json")
    manifest.write_text(json.dumps(json.loads(manifest.read_text("utf-8")) | {"schema": "lama"}), "utf-8")
    send(settings, "pos_air_2.csv", 2)
    run(settings, AT + timedelta(hours=1))
    assert len(told(settings)) == 1
