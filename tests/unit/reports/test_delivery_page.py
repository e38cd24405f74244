"""Page Disiplin data: who is late, what waits for whom with which command, every finding and held row, and cuts."""

from __future__ import annotations

import csv
import io
import json
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest
import sqlalchemy as sa

from reports import quarantine
from reports.content import PageContent, Section, Table, Words
from reports.deliveries import read_deliveries
from reports.delivery_clocks import _agreement_row
from reports.delivery_files import files_section
from reports.desk import Desk
from reports.opening import asking
from reports.pages import disiplin_data
from tests.unit.warehouse.programme_warehouse import LRA, programme_warehouse
from tests.unit.warehouse.small_warehouse import CALLS, INCIDENTS, SPBE, at, calls_on, deliver, fresh_warehouse
from warehouse.catalogue import calculate_all
from warehouse.filters import FilterError, Filters
from warehouse.rules import load_rules
from warehouse.schema import meta_finding, meta_quarantine, meta_submission
from warehouse.scope import machine_scope
from warehouse.settings import load_settings
from warehouse.views import read_wall_view

RULES = load_rules({})
READER = machine_scope("")
SETTINGS = load_settings(profile="kabupaten_mojokerto")
REASON = "ANGGARAN Rp 570.000.000 melebihi pagu DLH tahun 2026, Rp 1.000.000 (570 kali)."


@contextmanager
def desk_on(connection):
    calculate_all(connection, SETTINGS.region.region_code, RULES)
    view = read_wall_view(connection, SETTINGS, RULES, at("2026-11-21 16:08"))
    yield Desk(view, SETTINGS.region, "2026-11-21.01", RULES, asking(connection, READER), READER)


# Before the fixture below: the shared warehouse holds one transaction at a time.
def test_before_the_first_delivery_everyone_is_missing_and_nothing_is_late():
    with fresh_warehouse() as connection, desk_on(connection) as empty:
        content = disiplin_data.build(empty, Filters())
    assert content.message == "0 dari 5 OPD tepat waktu; tidak ada kiriman ditahan"
    clocks = table(content, "Jam data tiap pengirim")
    assert {row[2] for row in clocks.rows} == {"— tidak ada"}
    assert {row[6] for row in clocks.rows} == {"sesudah kiriman pertama"}
    assert "belum pernah ada kiriman" in words(content, "Kiriman")
    assert words(content, "Temuan per sel") == "Tidak ada temuan: semua baris masuk."


def mark(connection, submission_id, **changes):
    table = meta_submission
    connection.execute(sa.update(table).where(table.c.submission_id == submission_id).values(**changes))


def hold_rows(connection, submission_id, source_id, rows, severity="ditolak"):
    """Rows kept out of the facts, one finding and one quarantined row each."""
    base = {"submission_id": submission_id, "source_id": source_id}
    for number, cells in enumerate(rows, 2):
        finding = {
            "row_no": number,
            "severity": severity,
            "cell": f"baris {number}",
            "rule": "jenis",
            "message": "salah",
        }
        held = {"row_no": number, "reasons": f"alasan {number}", "row_json": json.dumps(cells)}
        connection.execute(sa.insert(meta_finding), [base | finding])
        connection.execute(sa.insert(meta_quarantine), [base | held])


@pytest.fixture(scope="module")
def desk():
    """BPBD late by calls, SATPOLPP on time; DLH's budget report held, DISKOMINFO's sample one too; one file refused."""
    with programme_warehouse() as connection:
        late = deliver(connection, CALLS, calls_on(at("2026-11-20 00:00").date(), [1]), until=at("2026-11-20 01:00"))
        deliver(connection, INCIDENTS, [], opd="SATPOLPP", until=at("2026-11-21 12:00"))
        held = deliver(connection, LRA, [], opd="DLH", received=at("2026-11-19 08:00"))
        mark(connection, held, status="ditahan", message=REASON, row_count=2, accepted_count=0, rejected_count=2)
        sample = deliver(connection, LRA, [], opd="DISKOMINFO", received=at("2026-11-18 08:00"), is_sample=True)
        mark(connection, sample, status="ditahan", message="sama persis")
        refused = deliver(connection, SPBE, [], opd="DISKOMINFO", received=at("2026-11-17 08:00"))
        mark(connection, refused, status="ditolak", message="Kolom Indeks tidak ada. Tambahkan kolom itu.")
        hold_rows(connection, held, LRA, [{"KODE": "5.1", "=Pagu": "=1+1"}, {"KODE": "5.2"}], "ditahan")
        hold_rows(connection, late, CALLS, [{"ID Panggilan": f"P-{number}"} for number in range(350)])
        with desk_on(connection) as opened:
            yield opened


def section(content: PageContent, title: str) -> Section:
    return next(one for one in content.sections if one.title == title)


def table(content: PageContent, title: str) -> Table:
    return next(block for block in section(content, title).blocks if isinstance(block, Table))


def words(content: PageContent, title: str) -> str:
    return " ".join(block.text for block in section(content, title).blocks if isinstance(block, Words))


def test_message_counts_agencies_held_deliveries_and_refused_files(desk):
    content = disiplin_data.build(desk, Filters())
    on_time, every = desk.view.opd_on_time_count, desk.view.opd_count
    assert content.message == f"{on_time} dari {every} OPD tepat waktu; 2 kiriman ditahan; 1 berkas ditolak"
    assert [one.title for one in content.sections if one.is_failed] == []


def test_held_deliveries_say_why_who_confirms_and_with_which_command(desk):
    own, sample = table(disiplin_data.build(desk, Filters()), "Kiriman yang ditahan").rows
    assert own[:5] == (
        "opd_lra_3.csv",
        "DLH",
        REASON,
        "Walidata, setelah DLH menyatakan isinya benar",
        "python -m pipelines confirm kiriman-003 --by NAMA --reason ALASAN",
    )
    assert "confirm" not in str(sample[4])
    assert "python -m pipelines sample --remove opd_lra" in str(sample[4])
    assert sample[-1] is True


def test_late_senders_come_first_then_those_who_never_delivered(desk):
    states = [
        str(row[2]).split(" ")[0] for row in table(disiplin_data.build(desk, Filters()), "Jam data tiap pengirim").rows
    ]
    assert states[0] == "◌"
    assert states == sorted(states, key="◌—◔○●".index)


def test_one_line_a_source_late_ones_first(desk):
    rows = table(disiplin_data.build(desk, Filters()), "Ketepatan waktu").rows
    assert rows[0][:3] == ("Panggilan 112", "0 dari 1", "BPBD 1 hari")
    by_title = {row[0]: row for row in rows}
    assert by_title["Kejadian 112"][1] == "1 dari 5"
    assert by_title["Kejadian 112"][3] == "BPBD, DINKES, DLH dan 1 OPD lain"
    assert by_title["Kontrak OPD"][1] == "○ tenggat belum disepakati"


def test_refused_files_say_why_and_what_to_do(desk):
    (row,) = table(disiplin_data.build(desk, Filters()), "Berkas yang ditolak").rows
    assert row[0] == "diskominfo_spbe_5.csv"
    assert row[3] == "Kolom Indeks tidak ada. Tambahkan kolom itu."


def test_every_delivery_is_listed_newest_first(desk):
    files = table(disiplin_data.build(desk, Filters()), "Kiriman")
    assert files.is_leading
    assert [row[3] for row in files.rows] == ["diterima", "diterima", "ditahan", "ditahan", "ditolak"]
    assert files.rows[2][4:8] == (2, 0, 2, 0)


def test_when_a_delivery_was_loaded_stands_where_it_was_noted(desk):
    cut = read_deliveries(desk, Filters())
    assert "Dimuat" not in [column.title for column in files_section(desk, cut).blocks[0].columns]
    frame = cut.frame.assign(published_at=[pd.Timestamp("2026-11-21 16:00"), *[pd.NaT] * (len(cut.frame) - 1)])
    files = files_section(desk, replace(cut, frame=frame)).blocks[0]
    place = [column.title for column in files.columns].index("Dimuat")
    assert [row[place] for row in files.rows] == [at("2026-11-21 16:00"), *[None] * (len(files.rows) - 1)]
    assert {len(row) for row in files.rows} == {len(files.columns)}


def test_long_lists_are_whole_in_the_content_and_short_on_a_screen(desk):
    content = disiplin_data.build(desk, Filters())
    findings = table(content, "Temuan per sel")
    assert len(findings.rows) == 352
    assert findings.shown is not None
    assert findings.shown < 352
    held = [block for block in section(content, "Baris dikarantina").blocks if isinstance(block, Table)]
    assert {one.name: len(one.rows) for one in held} == {f"Karantina {CALLS}": 350, f"Karantina {LRA}": 2}


def test_held_rows_stand_as_delivered_with_their_reason(desk):
    content = disiplin_data.build(desk, Filters(sumber=LRA))
    held = table(content, "Baris dikarantina")
    assert [column.title for column in held.columns] == [
        "Berkas",
        "Lembar",
        "Baris",
        "Alasan",
        "KODE",
        "=Pagu",
        "Contoh",
    ]
    assert held.rows == (
        ("opd_lra_3.csv", "", 2, "alasan 2", "5.1", "=1+1", False),
        ("opd_lra_3.csv", "", 3, "alasan 3", "5.2", "", False),
    )


def test_held_rows_of_each_source_are_a_file_that_runs_nothing(desk):
    files = {one.file_name: one for one in disiplin_data.held_files(desk, Filters())}
    assert set(files) == {f"pendopo_karantina_{source}_2026-11-21.01.csv" for source in (CALLS, LRA)}
    own = files[f"pendopo_karantina_{LRA}_2026-11-21.01.csv"]
    assert own.label == "Unduh 2 baris dikarantina, opd_lra"
    first, second = csv.DictReader(io.StringIO(own.make().decode("utf-8-sig")))
    assert (first["'=Pagu"], second["'=Pagu"]) == ("'=1+1", "")
    assert (first["alasan"], first["baris"], first["sumber"], first["contoh"]) == ("alasan 2", "2", LRA, "tidak")


def test_more_held_rows_than_a_page_carries_are_only_in_that_file(desk, monkeypatch):
    monkeypatch.setattr(quarantine, "MOST_ROWS", 349)
    content = disiplin_data.build(desk, Filters())
    assert [block.name for block in section(content, "Baris dikarantina").blocks if isinstance(block, Table)] == [
        f"Karantina {LRA}"
    ]
    assert "Panggilan 112: 350 baris" in words(content, "Baris dikarantina")
    assert "hanya ada di unduhan CSV" in words(content, "Baris dikarantina")


def test_the_record_of_deliveries_has_whole_fingerprints(desk):
    lines = list(csv.DictReader(io.StringIO(disiplin_data.receipts(desk, Filters()).make().decode("utf-8-sig"))))
    assert len(lines) == 5
    assert {len(line["sha256"]) for line in lines} == {64}
    assert [line["kiriman"] for line in lines if line["status"] == "ditahan"] == ["kiriman-003", "kiriman-004"]


@pytest.mark.parametrize(
    ("filters", "files"),
    [
        (Filters(sumber=LRA), {"opd_lra_3.csv", "opd_lra_4.csv"}),
        (Filters(sumber="semua"), {"bpbd_panggilan_112_1.csv", "bpbd_kejadian_112_2.csv", "opd_lra_3.csv",
                                   "opd_lra_4.csv", "diskominfo_spbe_5.csv"}),
        (Filters(opd=("DISKOMINFO",)), {"opd_lra_4.csv", "diskominfo_spbe_5.csv"}),
        (Filters(data=("contoh",)), {"opd_lra_4.csv"}),
        (Filters(data=("nyata",), sumber=LRA), {"opd_lra_3.csv"}),
        (Filters(data=("terlambat",)), {"bpbd_panggilan_112_1.csv"}),
        (Filters(data=("tidak_ada",), opd=("DISKOMINFO",)), {"opd_lra_4.csv", "diskominfo_spbe_5.csv"}),
    ],
)  # fmt: skip
def test_a_cut_holds_files_findings_and_message_together(desk, filters, files):
    content = disiplin_data.build(desk, filters)
    assert {row[2] for row in table(content, "Kiriman").rows} == files
    found = section(content, "Temuan per sel").blocks[0]
    assert not isinstance(found, Table) or {row[0] for row in found.rows} <= files
    held = section(content, "Kiriman yang ditahan").blocks[0]
    count = len(held.rows) if isinstance(held, Table) else 0
    assert f"{count} kiriman ditahan" in content.message or (
        count == 0 and "tidak ada kiriman ditahan" in content.message
    )


def test_a_cut_tells_its_own_senders_and_that_the_figure_is_of_all(desk):
    content = disiplin_data.build(desk, Filters(sumber=INCIDENTS))
    assert content.message == "1 dari 5 kiriman terjadwal tepat waktu; tidak ada kiriman ditahan"
    assert "mencakup semua OPD dan sumber" in words(content, "Ketepatan waktu")
    assert "Kejadian 112 (bpbd_kejadian_112)" in content.filter_words
    assert [row[-1] for row in table(content, "Kesepakatan tiap sumber").rows] == [INCIDENTS]


@pytest.mark.parametrize(("filters", "word"), [(Filters(sumber="opd_lrs"), "opd_lra"), (Filters(opd=("DHL",)), "DLH")])
def test_a_filter_that_names_nothing_says_what_there_is(desk, filters, word):
    with pytest.raises(FilterError, match=word):
        disiplin_data.build(desk, filters)


def test_grace_is_told_in_the_unit_it_was_agreed_in(desk):
    graces = {row[3] for row in table(disiplin_data.build(desk, Filters()), "Kesepakatan tiap sumber").rows}
    assert graces == {"30 menit", "6 jam", "1 hari", "4 hari", "10 hari", "belum disepakati"}


def test_how_old_data_may_be_is_told_beside_its_grace(desk):
    facts = {
        "title": "Uji",
        "senders": "DLH",
        "cadence": "irregular",
        "provenance": "",
        "license": "",
        "source_id": "uji",
    }
    row = SimpleNamespace(**facts, is_sample=False, grace_minutes=None, due_working_days=5, due_days=0, max_age_days=60)
    assert _agreement_row(row, desk)[3] == "5 hari kerja; data paling lama 60 hari"
