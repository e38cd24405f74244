"""Deliveries become one whole release: complete, reproducible, and honest about what was refused."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from filelock import FileLock

from pipelines.building.build import BUG_MESSAGE, BuildBusy, run
from pipelines.deliveries.submissions import PUBLISHED_DIR
from pipelines.sample import remove_sample, write_sample
from tests.integration.conftest import AS_OF, NOW, SCALE
from tests.unit.pipelines.test_rows import CALL_HEADER, GOOD_CALL
from warehouse import schema
from warehouse.engine import open_release
from warehouse.releases import current_release, list_release_ids, serving_release
from warehouse.settings import load_settings


@contextmanager
def opened(settings):
    engine = open_release(serving_release(settings.state_dir).release.path)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def rows(settings, query):
    with opened(settings) as connection:
        return connection.execute(query).all()


def deliver(settings, source_id, name, text):
    path = settings.state_dir / "inbox" / source_id / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


SIPSN_HEADER = "Tahun,Provinsi,Kabupaten/Kota,Timbulan Sampah Harian(ton),Timbulan Sampah Tahunan(ton)\n"
GENERATION = sa.select(schema.core_waste_generation.c.generation_daily_ton).where(
    schema.core_waste_generation.c.region_code == "35.16"
)

pytestmark = pytest.mark.slow  # whole builds: plain pytest stays within three minutes, `make test` runs them


def test_the_whole_sample_becomes_a_release(built_settings):
    settings = built_settings  # without any problem, or it would not have been built
    assert current_release(settings.state_dir).release_id == "2026-11-21.01"
    submission = schema.meta_submission.c
    totals = rows(
        settings,
        sa.select(
            sa.func.sum(submission.row_count),
            sa.func.sum(submission.accepted_count),
            sa.func.sum(submission.rejected_count),
            sa.func.sum(submission.superseded_count),
        ),
    )[0]
    assert totals[0] == totals[1] + totals[2]  # nothing is lost
    assert totals[2] == rows(settings, sa.select(sa.func.count()).select_from(schema.meta_quarantine))[0][0] > 0
    facts = [table for name, table in schema.metadata.tables.items() if name.startswith("core_")]
    kept = sum(rows(settings, sa.select(sa.func.count()).select_from(table))[0][0] for table in facts)
    assert kept == totals[1] - totals[3]


def test_sample_and_real_are_marked_on_every_row(built_settings):
    for table in (schema.core_call, schema.core_incident):
        assert rows(built_settings, sa.select(table.c.is_sample).distinct()) == [(True,)]
    for table in (schema.core_spbe_result, schema.core_waste_management):
        assert rows(built_settings, sa.select(table.c.is_sample).distinct()) == [(False,)]
    value = schema.mart_indicator_value.c
    marks = dict(
        rows(built_settings, sa.select(value.indicator_id, sa.func.bool_or(value.is_sample)).group_by(sa.text("1")))
    )
    assert marks["smart_living.respons_kebakaran"] is True
    assert marks["spbe.indeks"] is False


def test_the_same_deliveries_make_the_same_content_and_no_second_release(built_settings, tmp_path):
    settings, first = built_settings, current_release(built_settings.state_dir)
    again = run(settings, NOW + timedelta(minutes=30))  # no new hour has arrived
    assert (again.is_new, again.release_id) == (False, first.release_id)
    elsewhere = load_settings(data_dir=tmp_path / "lain")
    write_sample(elsewhere, AS_OF, SCALE)
    run(elsewhere, NOW)
    assert current_release(elsewhere.state_dir).content_digest == current_release(settings.state_dir).content_digest


def test_files_that_have_not_arrived_yet_are_not_read(built_112_settings):
    last = rows(built_112_settings, sa.select(sa.func.max(schema.core_call.c.offered_at)))[0][0]
    assert last < NOW.replace(hour=16, minute=0)
    assert run(built_112_settings, NOW + timedelta(hours=1)).is_new


def test_a_new_delivery_replaces_the_old_value_and_keeps_its_row(built_bare_settings):
    assert rows(built_bare_settings, GENERATION) == [(Decimal("449.64"),)]
    line = '2024,Jawa Timur,Kab. Mojokerto,450.00,"164,250.00"\n'
    deliver(
        built_bare_settings, "dlh_timbulan_sampah", "sipsn_2024_Data_Timbulan_Sampah_koreksi.csv", SIPSN_HEADER + line
    )
    assert run(built_bare_settings, NOW + timedelta(minutes=1)).is_new
    assert rows(built_bare_settings, GENERATION) == [(Decimal("450.00"),)]
    replaced = sa.select(schema.meta_submission.c.superseded_count).where(
        schema.meta_submission.c.origin == "terbitan", schema.meta_submission.c.source_id == "dlh_timbulan_sampah"
    )
    assert rows(built_bare_settings, replaced) == [(1,)]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("sipsn_2024_Data_Timbulan_Sampah_x.csv", "", "kosong"),
        ("sipsn_2024_Data_Timbulan_Sampah_x.csv", "Tahun,Provinsi\n2024,Jawa Timur\n", 'Kolom wajib "Kabupaten/Kota"'),
        ("timbulan.csv", SIPSN_HEADER, "tidak mengikuti pola"),
        ("sipsn_2024_Data_Timbulan_Sampah_x.csv", SIPSN_HEADER, "Tidak ada baris data yang terbaca"),
    ],
)
def test_a_refused_file_stops_nothing_and_is_told(bare_settings, name, text, said):
    deliver(bare_settings, "dlh_timbulan_sampah", name, text)
    report = run(bare_settings, NOW)
    assert [problem.file_name for problem in report.problems] == [name]
    assert said in report.problems[0].message
    assert report.is_new
    refused = sa.select(schema.meta_submission.c.message).where(schema.meta_submission.c.status == "ditolak")
    assert said in rows(bare_settings, refused)[0][0]
    assert len(rows(bare_settings, GENERATION)) == 1  # the published figure still stands


def test_an_unreadable_file_takes_nothing_away_from_the_one_it_should_replace(bare_settings):
    name = "sipsn_2024_Data_Timbulan_Sampah_x.csv"
    for minute, text in enumerate(("449.00", "450.00", None)):
        line = f"{SIPSN_HEADER}2024,Jawa Timur,Kab. Mojokerto,{text},\n" if text else ""
        deliver(bare_settings, "dlh_timbulan_sampah", name, line)
        report = run(bare_settings, NOW + timedelta(minutes=minute))
    assert [problem.file_name for problem in report.problems] == [name]
    assert rows(bare_settings, GENERATION) == [(Decimal("450.00"),)]
    own = sa.select(schema.meta_submission.c.status).where(schema.meta_submission.c.origin == "inbox")
    assert [row.status for row in rows(bare_settings, own)] == ["digantikan", "diterima", "ditolak"]


def test_a_file_held_for_its_errors_takes_nothing_away_either(bare_settings):
    name, bad = "panggilan_112_2026-11-21_s.d._16.csv", GOOD_CALL.replace("16:0", "25:0")
    for minute, line in enumerate((GOOD_CALL.replace("16:0", "15:0"), bad)):
        deliver(bare_settings, "bpbd_panggilan_112", name, f"{CALL_HEADER}\n{line}\n")
        report = run(bare_settings, NOW + timedelta(minutes=minute))
    assert "Seluruh 1 baris ditolak" in report.problems[0].message
    assert rows(bare_settings, sa.select(schema.core_call.c.call_id)) == [("P1",)]
    own = sa.select(schema.meta_submission.c["status", "rejected_count"]).where(
        schema.meta_submission.c.source_id == "bpbd_panggilan_112"
    )
    assert rows(bare_settings, own) == [("diterima", 0), ("ditolak", 1)]
    assert len(rows(bare_settings, sa.select(schema.meta_quarantine))) == 1


def test_a_source_that_fails_half_way_leaves_no_fact(bare_settings, monkeypatch):
    def fail(*arguments):
        raise RuntimeError("kesalahan yang disengaja")

    monkeypatch.setattr("pipelines.judging.loading.file_notes", fail)  # after the facts are in
    report = run(bare_settings, NOW)
    assert {problem.message for problem in report.problems} == {BUG_MESSAGE}
    for table in (schema.core_spbe_result, schema.core_waste_generation, schema.meta_finding):
        assert rows(bare_settings, sa.select(table)) == []


def test_a_published_file_sent_by_an_agency_is_a_delivery_of_its_own(bare_settings):
    published = PUBLISHED_DIR / "dlh_timbulan_sampah" / "sipsn_2024_Data_Timbulan_Sampah_jawa_timur.csv"
    deliver(bare_settings, "dlh_timbulan_sampah", published.name, published.read_text("utf-8"))
    run(bare_settings, NOW)
    own = sa.select(schema.meta_submission).where(schema.meta_submission.c.source_id == "dlh_timbulan_sampah")
    delivered = rows(bare_settings, own)
    assert {row.origin: row.status for row in delivered} == {"terbitan": "digantikan", "inbox": "diterima"}
    assert len({row.submission_id for row in delivered}) == 2


def test_nobody_is_complete_to_an_instant_that_has_not_come(bare_settings):
    name = "panggilan_112_2062-11-21_2062-11-21_s.d._16.csv"  # a year mistyped would keep the clock fresh for decades
    deliver(bare_settings, "bpbd_panggilan_112", name, f"{CALL_HEADER}\n{GOOD_CALL}\n")
    (problem,) = run(bare_settings, NOW).problems
    assert (
        "lengkap sampai 21 November 2062 pukul 16.00, padahal diterima 21 November 2026 pukul 16.08" in problem.message
    )


def test_of_files_taken_in_together_the_one_that_reaches_further_wins(bare_settings):
    early, late = GOOD_CALL.replace("16:0", "14:0"), GOOD_CALL.replace("16:0", "14:0").replace("informasi", "prank")
    for name, line in (
        ("panggilan_112_b_2026-11-21_s.d._15.csv", early),
        ("panggilan_112_a_2026-11-21_s.d._16.csv", late),
    ):
        deliver(bare_settings, "bpbd_panggilan_112", name, f"{CALL_HEADER}\n{line}\n")
    run(bare_settings, NOW)
    assert rows(bare_settings, sa.select(schema.core_call.c.call_kind_code)) == [("prank",)]


def test_a_folder_without_contract_keeps_its_files_and_is_named_every_time(bare_settings):
    deliver(bare_settings, "dinas_lain", "a.csv", "isi")
    for minute in range(2):
        (problem,) = run(bare_settings, NOW + timedelta(minutes=minute)).problems
        assert "inbox/dinas_lain" in problem.message
    assert (bare_settings.state_dir / "inbox" / "dinas_lain" / "a.csv").read_text("utf-8") == "isi"


def test_a_file_outside_every_source_folder_is_named(bare_settings):
    (bare_settings.state_dir / "inbox").mkdir(parents=True)
    (bare_settings.state_dir / "inbox" / "panggilan.csv").write_text("isi", "utf-8")
    (problem,) = run(bare_settings, NOW).problems
    assert (problem.file_name, problem.message[:27]) == ("panggilan.csv", "Pindahkan ke folder sumbern")


def test_real_deliveries_wait_until_the_sample_is_removed(built_112_settings):
    name = "panggilan_112_2026-11-21_2026-11-21_s.d._16.csv"
    deliver(built_112_settings, "bpbd_panggilan_112", name, f"{CALL_HEADER}\n{GOOD_CALL.replace('16:0', '15:0')}\n")
    report = run(built_112_settings, NOW)
    assert "pipelines sample --remove bpbd_panggilan_112" in report.problems[0].message
    assert rows(built_112_settings, sa.select(schema.core_call.c.is_sample).distinct()) == [(True,)]
    remove_sample(built_112_settings, "bpbd_panggilan_112")
    assert run(built_112_settings, NOW).problems == ()
    assert rows(built_112_settings, sa.select(schema.core_call.c.call_id, schema.core_call.c.is_sample)) == [
        ("P1", False)
    ]


def test_without_sample_nothing_of_it_is_read(built_settings):
    strict = load_settings(data_dir=built_settings.data_dir, contoh=False)
    run(strict, NOW)
    assert rows(strict, sa.select(sa.func.count()).select_from(schema.core_call)) == [(0,)]


def test_one_build_at_a_time(bare_settings):
    bare_settings.state_dir.mkdir(parents=True, exist_ok=True)
    with FileLock(bare_settings.state_dir / "membangun.lock"), pytest.raises(BuildBusy, match="sedang dibangun"):
        run(bare_settings, NOW)


def test_old_releases_are_pruned(built_bare_settings):
    settings = load_settings(data_dir=built_bare_settings.data_dir, contoh=False, keep_releases=2)
    for number in range(1, 4):
        line = f"2024,Jawa Timur,Kab. Mojokerto,{450 + number}.00,\n"
        deliver(settings, "dlh_timbulan_sampah", "sipsn_2024_Data_Timbulan_Sampah_x.csv", SIPSN_HEADER + line)
        run(settings, NOW + timedelta(minutes=number))
    assert list_release_ids(settings.state_dir) == ["2026-11-21.03", "2026-11-21.04"]


def test_the_data_folder_can_be_moved_whole(built_112_settings, tmp_path):
    moved = tmp_path / "pindah"
    shutil.copytree(built_112_settings.data_dir / built_112_settings.profile, moved / built_112_settings.profile)
    elsewhere = load_settings(data_dir=moved)
    assert len(rows(elsewhere, GENERATION)) == 1
    assert run(elsewhere, NOW).is_new is False


def test_no_person_of_a_delivery_is_in_the_release_file(built_112_settings):
    """Canaries in every personal column and in wrong places: no byte of them in the release."""
    remove_sample(built_112_settings, "bpbd_panggilan_112")
    canaries = [f"Kenari-{number:03d}-Rahasia" for number in range(200)]
    cells = GOOD_CALL.split(";")
    lines = [CALL_HEADER]
    for number, canary in enumerate(canaries):
        row = [f"P{number}", *cells[1:8], f"0812{number:08d}", canary]
        row[1] = "21/11/2026 15:05:09" if number % 2 else f"0812{number:08d}"  # a phone number as time: quarantined
        row[2], row[3] = "21/11/2026 15:05:16", "21/11/2026 15:06:00"
        lines.append(";".join(row))
    name = "panggilan_112_2026-11-21_2026-11-21_s.d._16.csv"
    deliver(built_112_settings, "bpbd_panggilan_112", name, "\n".join(lines))
    loose = load_settings(data_dir=built_112_settings.data_dir)
    run(loose, NOW)
    path = Path(serving_release(built_112_settings.state_dir).release.path)
    with opened(built_112_settings) as connection:
        for table in schema.metadata.tables.values():
            text = repr(connection.execute(sa.select(table)).all())
            assert "Kenari-" not in text, table.name
            assert "0812000" not in text, table.name
    content = path.read_bytes()
    assert b"Kenari-" not in content


def test_a_damaged_release_is_built_again_from_the_same_deliveries(built_bare_settings):
    damaged = current_release(built_bare_settings.state_dir)
    with damaged.path.open("ab") as stream:
        stream.write(b"x")
    again = run(built_bare_settings, NOW + timedelta(minutes=5))
    assert (again.is_new, again.release_id) == (True, "2026-11-21.02")
    serving = serving_release(built_bare_settings.state_dir)
    assert (serving.release.content_digest, serving.damaged_id) == (damaged.content_digest, None)
    assert damaged.release_id == "2026-11-21.01"
