"""The event model: believable shares, seasons and places, one seed a day, any region."""

from __future__ import annotations

import csv
import shutil
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from pipelines.sample import SampleError, SampleScale, region, remove_sample, sample_sources, write_sample
from pipelines.sample.calls import KINDS, draw_calls
from pipelines.sample.incidents import draw_tickets
from pipelines.sample.region import read_region
from pipelines.sample.schedule import workbooks
from warehouse.settings import Settings, load_settings

OF_112 = ("bpbd_panggilan_112", "bpbd_kejadian_112")
DAYS = [date(2025, 1, 1) + timedelta(days=n) for n in range(365)]


@pytest.fixture(scope="module")
def kabupaten() -> region.SampleRegion:
    return read_region(load_settings(profile="kabupaten_mojokerto"))


@pytest.mark.parametrize(("profile", "low", "high"), [("kabupaten_mojokerto", 138, 152), ("kota_mojokerto", 42, 48)])
def test_volume_and_shares(profile: str, low: float, high: float) -> None:
    own = read_region(load_settings(profile=profile))
    days = [draw_calls(own, day) for day in DAYS]
    kind = np.concatenate([day.kind for day in days])
    wait = np.concatenate([day.wait for day in days]) / 10
    assert low < len(kind) / len(days) < high
    expected = {"normal": 0.12, "informasi": 0.18, "prank": 0.25, "ghost": 0.41, "putus": 0.035}
    for index, name in enumerate(KINDS):
        assert float((kind == index).mean()) == pytest.approx(expected[name], abs=0.012), name
    met = kind != KINDS.index("putus")
    within = (met & (wait <= 10)).sum() / (met.sum() + (~met & (wait > 5)).sum())
    assert float(within) == pytest.approx(0.91, abs=0.015)


def test_a_day_depends_on_nothing_but_itself(kabupaten: region.SampleRegion) -> None:
    alone = draw_calls(kabupaten, DAYS[40])
    in_order = [draw_calls(kabupaten, day) for day in DAYS[:41]][-1]
    assert np.array_equal(alone.offered, in_order.offered)
    assert draw_tickets(kabupaten, alone) == draw_tickets(kabupaten, in_order)
    assert not np.array_equal(alone.offered, draw_calls(kabupaten, DAYS[40], seed=1).offered)


def test_hours_and_seasons(kabupaten: region.SampleRegion) -> None:
    calls = [draw_calls(kabupaten, day) for day in DAYS]
    hours = np.concatenate([day.offered for day in calls]) // 3600
    per_hour = np.bincount(hours, minlength=24)
    assert per_hour[2:5].max() < per_hour[9:12].min() / 3
    assert per_hour[15:18].mean() > per_hour[12:15].mean() > per_hour[20:23].mean()
    tickets = [ticket for day in calls for ticket in draw_tickets(kabupaten, day)]
    months = {code: [t.reported.month for t in tickets if t.type_code == code] for code in ("kebakaran", "banjir")}
    assert sum(m in (7, 8, 9, 10) for m in months["kebakaran"]) > len(months["kebakaran"]) / 2
    assert sum(m in (11, 12, 1, 2, 3) for m in months["banjir"]) > 0.7 * len(months["banjir"])


def test_response_times(kabupaten: region.SampleRegion) -> None:
    tickets = [t for day in DAYS for t in draw_tickets(kabupaten, draw_calls(kabupaten, day)) if t.arrived]
    minutes = {t.ticket_no: (t.arrived - t.reported).total_seconds() / 60 for t in tickets if t.arrived}
    fires = [minutes[t.ticket_no] for t in tickets if t.type_code == "kebakaran"]
    assert sum(fires) / len(fires) == pytest.approx(13.1, abs=0.5)
    late: dict[str, list[bool]] = {}
    for ticket in tickets:
        name = kabupaten.kecamatan[ticket.kecamatan].spellings[0]
        late.setdefault(name, []).append(minutes[ticket.ticket_no] > 15)
    worst = sorted(late, key=lambda name: sum(late[name]) / len(late[name]))[-3:]
    assert set(worst) == {"Ngoro", "Trawas", "Pungging"}


def test_some_tickets_join_two_calls_and_order_of_times_holds(kabupaten: region.SampleRegion) -> None:
    calls = draw_calls(kabupaten, DAYS[10])
    year = [draw_calls(kabupaten, day) for day in DAYS]
    normal, tickets = sum(int((c.kind == 0).sum()) for c in year), sum(int(c.ticket.max()) for c in year)
    assert 0.02 < 1 - tickets / normal < 0.12
    for ticket in draw_tickets(kabupaten, calls):
        assert ticket.reported <= ticket.dispatched <= (ticket.arrived or ticket.closed) <= ticket.closed


@pytest.mark.parametrize(
    ("as_of", "names"),
    [
        (date(2026, 11, 21), ["2024", "2025", *(f"2026-{m:02d}" for m in range(1, 11)), "2026-11-20", "2026-11-21"]),
        (date(2026, 1, 6), ["2024", "2025", "2026-01-05", "2026-01-06"]),
        (date(2026, 1, 3), ["2024", *(f"2025-{m:02d}" for m in range(1, 12)), "2026-01-02", "2026-01-03"]),
    ],
)
def test_workbooks_cover_every_day_once_their_summary_is_due(as_of: date, names: list[str]) -> None:
    parts = workbooks(date(2024, 6, 10), as_of)
    assert [part.name for part in parts] == names
    covered = {part.first + timedelta(days=n) for part in parts for n in range((part.last - part.first).days + 1)}
    assert covered == {date(2024, 6, 10) + timedelta(days=n) for n in range((as_of - date(2024, 6, 10)).days + 1)}
    assert all(part.received_at.date() <= as_of for part in parts)


def test_switched_off_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SampleError, match="contoh = false"):
        write_sample(load_settings(data_dir=tmp_path, contoh=False), DAYS[0])
    assert not any(tmp_path.iterdir())


def test_a_removed_source_stays_removed(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path)
    few = SampleScale(days=3, sources=OF_112)
    assert write_sample(settings, DAYS[20], few).source_ids == OF_112
    remove_sample(settings, "bpbd_kejadian_112")
    assert sample_sources(settings) == ("bpbd_panggilan_112",)
    listing = (settings.state_dir / "contoh" / "penerimaan.csv").read_text("utf-8")
    assert "bpbd_kejadian_112" not in listing and "bpbd_panggilan_112" in listing
    report = write_sample(settings, DAYS[21], few)
    assert report.removed == ("bpbd_kejadian_112",)
    assert sample_sources(settings) == ("bpbd_panggilan_112",)
    with pytest.raises(SampleError, match="Maksudnya bpbd_kejadian_112"):
        remove_sample(settings, "bpbd_kejadian")


def test_a_stop_between_the_two_renames_is_mended(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path)
    write_sample(settings, DAYS[20], SampleScale(days=2, sources=OF_112))
    remove_sample(settings, "bpbd_kejadian_112")
    (settings.state_dir / "contoh").rename(settings.state_dir / "contoh.lama")
    write_sample(settings, DAYS[20], SampleScale(days=2, sources=OF_112))
    assert sample_sources(settings) == ("bpbd_panggilan_112",)
    assert [path.name for path in settings.state_dir.iterdir()] == ["contoh"]


def test_another_region_is_only_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _settings_of_another_region(tmp_path)
    with pytest.raises(SampleError, match=r"Belum ada kecamatan Kabupaten Umpama \(99\.01\)"):
        write_sample(settings, DAYS[0], SampleScale(days=2, sources=OF_112))
    reference = tmp_path / "reference"
    shutil.copytree(region.REFERENCE_DIR, reference)
    with (reference / "region.csv").open("a", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(
            (f"99.01.{n:02d}", f"Kecamatan {n}", "kecamatan", "99.01", n % 3, n // 3, "uji") for n in range(1, 8)
        )
    monkeypatch.setattr(region, "REFERENCE_DIR", reference)
    with pytest.raises(SampleError, match=r"belum menyebut OPD pengirim untuk 99\.01"):
        write_sample(settings, DAYS[0], SampleScale(days=2, sources=OF_112))
    sources = tmp_path / "sources"
    shutil.copytree(region.SOURCES_DIR, sources)
    contract = sources / "bpbd_kejadian_112" / "contract.yml"
    contract.write_text(contract.read_text("utf-8").replace("35.76: [", "99.01: [BPBD, DPUPRX], 35.76: ["), "utf-8")
    monkeypatch.setattr(region, "SOURCES_DIR", sources)
    report = write_sample(settings, DAYS[0], SampleScale(days=20))
    assert report.source_ids == (*OF_112, "dlh_ispu")  # no list of agencies: no programmes and budgets
    assert report.call_count > 20 * 50
    names = {path.name.split("_")[2] for path in (report.folder / "bpbd_kejadian_112").iterdir()}
    assert names <= {"BPBD", "DPUPRX"}


def _settings_of_another_region(tmp_path: Path) -> Settings:
    base = load_settings()
    profile = {"region_code": "99.01", "region_name": "Kabupaten Umpama", "province_name": "Umpama"}
    profiles = {name: dict(value) for name, value in base.profiles.items()}
    return load_settings(profile="umpama", profiles={**profiles, "umpama": profile}, data_dir=tmp_path)
