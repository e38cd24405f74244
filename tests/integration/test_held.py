"""A delivery that does not fit is held on its first run, loaded once someone confirms it, and lost at no moment."""

from __future__ import annotations

import json
import os
import shutil
from datetime import timedelta

import pytest
import sqlalchemy as sa

from pipelines.__main__ import DONE, REFUSED, WRONG_USE, main
from pipelines.building.build import STEPS, run
from pipelines.building.drafting import in_loading_order
from pipelines.contracts.contract import load_contracts
from pipelines.deliveries import confirming
from pipelines.deliveries.decisions import read_confirmations
from pipelines.deliveries.submissions import archive_inbox, list_submissions
from tests.conftest import built_once
from tests.integration.conftest import NOW
from tests.integration.test_build import deliver, rows
from tests.integration.test_kill import POINTED, killed_after
from tests.unit.pipelines.budget_deliveries import GOOD, lra_cells, write_book
from warehouse.schema import core_budget_realisation, meta_finding, meta_quarantine, meta_submission
from warehouse.scope import machine_scope
from warehouse.settings import load_settings

pytestmark = pytest.mark.slow  # whole builds; plain pytest has tests/unit/pipelines/test_holding.py
LATER = NOW + timedelta(hours=1)
LOADED, SEALED = 3, 6  # steps of a build
PAGU = "OPD;Tahun;Kode Rekening;Pagu (Rp)\nDINSOS;2026;5;1.000.000\nDINKES;2026;5;5.000.000\n"
UNITS = {
    "DINSOS": "Dinas Sosial",
    "DINKES": "Dinas Kesehatan",
    "DLH": "Dinas Lingkungan Hidup",
    "DPMD": "Dinas Pemberdayaan Masyarakat dan Desa",
}
TOO_LARGE = {"5": (570_000_000, 400_000), "5.1": (570_000_000, 400_000)}
CONFIRM = ["--by", "Pemeriksa uji", "--reason", "DPPA menyusul."]


def spending(budget, realised):
    return {"5": (budget, realised), "5.1": (budget, realised)}


def send_report(settings, opd, amounts, month="10", period="Januari s.d Oktober 2026"):
    folder = settings.state_dir / "inbox" / "opd_lra"
    folder.mkdir(parents=True, exist_ok=True)
    cells = lra_cells(amounts, period=f"periode {period}", unit=UNITS[opd], sub_unit=UNITS[opd])
    return write_book(folder / f"lra_{opd}_2026-{month}.xlsx", cells)


def run_command(settings, *arguments):
    return main(["--now", LATER.isoformat(), *arguments])


def reports(settings):
    """Status, message and id of every report, by file name and order of arrival."""
    column = meta_submission.c
    select = sa.select(column["file_name", "status", "message", "submission_id"]).where(column.source_id == "opd_lra")
    found = {}
    for row in rows(settings, select.order_by(column.received_at)):
        found.setdefault(row.file_name.removeprefix("lra_").removesuffix(".xlsx"), []).append(row)
    return found


def spent(settings, opd):
    column = core_budget_realisation.c
    select = sa.select(column.period_end, column.account_code, column.realised_idr).where(column.opd_code == opd)
    return [(row[0].month, row[1], row[2]) for row in rows(settings, select.order_by(sa.text("1, 2")))]


def words_kept(settings):
    return read_confirmations(settings, LATER)


def held_id(settings, name="DINSOS_2026-10"):
    return next(row.submission_id for row in reports(settings)[name] if row.status == "ditahan")


def first_run(folder):
    """One report above its pagu, one that turns monthly, one that is right: all held or loaded on a first delivery."""
    settings = load_settings(data_dir=folder, contoh=False)
    deliver(settings, "bpkad_pagu", "pagu_opd_2026.csv", PAGU)
    send_report(settings, "DINSOS", TOO_LARGE)
    send_report(settings, "DINKES", spending(900_000, 700_000), "07", "Januari s.d Juli 2026")
    send_report(settings, "DINKES", spending(900_000, 100_000), "08", "Januari s.d Agustus 2026")
    send_report(settings, "DLH", GOOD)
    report = run(settings, NOW)
    (folder / "masalah.json").write_text(json.dumps([problem.file_name for problem in report.problems]), "utf-8")


def second_run(folder):
    """The first is confirmed; another content, a twin and a shifted level arrive."""
    settings = load_settings(data_dir=folder, contoh=False)
    confirming.confirm(settings, LATER, held_id(settings), machine_scope("Pemeriksa uji"), "DPPA menyusul.")
    send_report(settings, "DINSOS", spending(580_000_000, 400_000))
    send_report(settings, "DLH", spending(9_000_000, 500_000))
    send_report(settings, "DPMD", GOOD)
    run(settings, LATER)


def own_copy(source, tmp_path, monkeypatch):
    shutil.copytree(source, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("PENDOPO_CONTOH", "false")
    return load_settings()


@pytest.fixture
def first(tmp_path, tmp_path_factory, monkeypatch):
    """After the first run."""
    return own_copy(built_once(tmp_path_factory, "tahan", first_run), tmp_path, monkeypatch)


@pytest.fixture
def second(tmp_path, tmp_path_factory, monkeypatch):
    """After the second run."""

    def build(folder):
        shutil.copytree(built_once(tmp_path_factory, "tahan", first_run), folder, dirs_exist_ok=True)
        second_run(folder)

    return own_copy(built_once(tmp_path_factory, "konfirmasi", build), tmp_path, monkeypatch)


def test_a_first_delivery_is_held_and_told(first):
    problems = json.loads((first.data_dir / "masalah.json").read_text("utf-8"))
    assert problems == ["lra_DINKES_2026-08.xlsx", "lra_DINSOS_2026-10.xlsx"]
    (report,) = reports(first)["DINSOS_2026-10"]
    assert report.status == "ditahan"
    assert "melebihi pagu DINSOS tahun 2026, Rp 1.000.000 (570 kali)" in report.message
    assert spent(first, "DINSOS") == []
    assert list(first.state_dir.glob("archive/opd_lra/*/lra_DINSOS_2026-10.xlsx"))


def test_held_rows_can_be_looked_at_and_every_row_is_accounted_for(first):
    of_report = meta_quarantine.c.submission_id == held_id(first)
    (row,) = rows(first, sa.select(meta_quarantine).where(of_report))
    assert "Kiriman ditahan: ANGGARAN Rp 570.000.000 melebihi pagu" in row.reasons
    assert json.loads(row.row_json)["ANGGARAN"] == "570000000"
    counts = sa.select(meta_submission.c["row_count", "accepted_count", "rejected_count"])
    assert [tuple(row) for row in rows(first, counts.where(meta_submission.c.status == "ditahan"))] == [(1, 0, 1)] * 2
    told = sa.select(meta_finding.c["severity", "rule"]).where(meta_finding.c.submission_id == held_id(first))
    assert ("ditahan", "pagu") in [tuple(row) for row in rows(first, told)]


def test_a_switch_of_basis_in_mid_year_is_held_and_the_months_before_stay(first):
    (august,) = reports(first)["DINKES_2026-08"]
    assert "disepakati kumulatif, tetapi Rp 100.000 s.d. 2026-08-31 turun dari Rp 700.000" in august.message
    assert spent(first, "DINKES") == [(7, "5.1", 700_000)]


def test_once_confirmed_it_is_loaded_and_its_message_says_by_whom(second):
    confirmed, _other = reports(second)["DINSOS_2026-10"]
    assert confirmed.status == "diterima"
    said = "Dimuat atas konfirmasi Pemeriksa uji, 21 November 2026 pukul 17.08: DPPA menyusul. Alasan ditahan: "
    assert confirmed.message.startswith(f"{said}ANGGARAN Rp 570.000.000")
    assert spent(second, "DINSOS") == [(10, "5.1", 400_000)]


def test_a_confirmation_is_for_that_content_only(second):
    assert [row.status for row in reports(second)["DINSOS_2026-10"]] == ["diterima", "ditahan"]


def test_a_held_file_takes_nothing_away_from_the_one_it_should_replace(second):
    before, after = reports(second)["DLH_2026-10"]
    assert (before.status, after.status) == ("diterima", "ditahan")
    assert "bergeser jauh dari Rp 1.000.000" in after.message
    assert spent(second, "DLH") == [(10, "4.1", None), (10, "5.1", 390_000), (10, "5.2", 10_000)]


def test_twin_totals_of_another_agency_are_held(second):
    (twin,) = reports(second)["DPMD_2026-10"]
    assert (twin.status, spent(second, "DPMD")) == ("ditahan", [])
    assert "sama persis dengan kiriman DLH untuk 2026-10" in twin.message


def test_the_command_confirms_and_lists(first, capsys):
    assert run_command(first, "confirm", held_id(first), *CONFIRM) == DONE
    assert run_command(first, "confirm", "--list") == DONE
    told = capsys.readouterr().out.splitlines()
    assert "Jalankan `python -m pipelines run` untuk memuatnya" in told[0]
    waiting = {held_id(first) in line: "menunggu run" in line for line in told[1:]}
    assert waiting == {True: True, False: False}
    (word,) = words_kept(first).values()
    assert (word.confirmed_by, word.confirmed_at, word.rules) == ("Pemeriksa uji", LATER, ("pagu",))
    assert "melebihi pagu" in word.shown


def test_a_confirmation_counts_from_its_hour_on_and_survives_the_same_file(first):
    run_command(first, "confirm", held_id(first), *CONFIRM)
    (archived,) = first.state_dir.glob("archive/opd_lra/*/lra_DINSOS_2026-10.xlsx")
    shutil.copy(archived, first.state_dir / "inbox" / "opd_lra" / archived.name)
    archive_inbox(first.state_dir, ["opd_lra"], NOW)

    def confirmed(now):
        found = list_submissions(first, load_contracts(), now)
        return [item.file_name for item in found if item.confirmation is not None]

    assert confirmed(LATER - timedelta(minutes=1)) == []
    assert confirmed(LATER) == ["lra_DINSOS_2026-10.xlsx"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["opd_lra:tidakada", *CONFIRM], "tidak ada di rilis yang dilayani"),
        (["LOADED", *CONFIRM], "tidak ditahan; keadaannya diterima"),
        (["HELD", "--by", " ", "--reason", "B"], "wajib menyebut siapa"),
        (["HELD", "--by", "A"], "Tulis kiriman mana, siapa dan mengapa"),
        ([], "Tulis kiriman mana, siapa dan mengapa"),
    ],
)
def test_what_cannot_be_confirmed_is_told(first, capsys, arguments, said):
    named = {"LOADED": reports(first)["DLH_2026-10"][0].submission_id, "HELD": held_id(first)}
    assert run_command(first, "confirm", *(named.get(word, word) for word in arguments)) == WRONG_USE
    assert said in capsys.readouterr().err
    assert words_kept(first) == {}


def test_confirming_twice_and_a_changed_archive_are_refused(first, capsys):
    wanted = ["confirm", held_id(first), *CONFIRM]
    assert [run_command(first, *wanted) for _ in range(2)] == [DONE, WRONG_USE]
    assert "sudah dikonfirmasi" in capsys.readouterr().err
    (file,) = first.state_dir.glob("archive/opd_lra/*/lra_DINSOS_2026-10.xlsx")
    file.write_bytes(b"PK\x03\x04 lain")
    assert run_command(first, *wanted) == WRONG_USE
    assert "tidak ada atau berubah" in capsys.readouterr().err


def test_without_a_release_there_is_nothing_to_confirm(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(tmp_path))
    assert main(["confirm", "--list"]) == WRONG_USE
    assert "Belum ada rilis" in capsys.readouterr().err


@pytest.mark.parametrize(("origin", "said"), [("contoh", "DATA CONTOH"), ("terbitan", "samples/published")])
def test_sample_and_published_deliveries_are_not_confirmed(first, capsys, monkeypatch, origin, said):
    item = confirming.held_deliveries(first)[0]
    other = confirming.Delivered(**{**vars(item), "origin": origin})
    monkeypatch.setattr("pipelines.deliveries.confirming._delivered", lambda settings: [other])
    assert run_command(first, "confirm", item.submission_id, *CONFIRM) == WRONG_USE
    assert said in capsys.readouterr().err


def test_status_says_what_is_held(first, capsys):
    assert run_command(first, "status") == REFUSED
    assert f"- ditahan: {held_id(first)} opd_lra lra_DINSOS_2026-10.xlsx: ANGGARAN" in capsys.readouterr().out


@pytest.mark.parametrize(
    "case",
    [
        ("DINSOS", TOO_LARGE, REFUSED, "Akan ditahan: ANGGARAN Rp 570.000.000 melebihi pagu DINSOS"),
        ("DPMD", GOOD, REFUSED, "sama persis dengan kiriman DLH"),
        ("DINKES", spending(900_000, 600_000), REFUSED, "turun dari Rp 700.000"),
        ("DLH", spending(4_000_000, 500_000), REFUSED, "bergeser jauh dari Rp 1.000.000"),
        ("DINSOS", spending(900_000, 600_000), DONE, "1 baris benar, 0 ditolak"),
    ],
)
def test_validate_says_when_a_file_would_be_held(first, tmp_path, capsys, case):
    opd, amounts, code, said = case
    path = send_report(first, opd, amounts).rename(tmp_path / f"lra_{opd}_2026-10.xlsx")
    assert run_command(first, "validate", str(path), "--source", "opd_lra") == code
    told = capsys.readouterr()
    assert said in told.out + told.err
    assert ("seluruhnya akan ditahan sampai dikonfirmasi" in told.out) == (code == REFUSED)


def test_the_pagu_is_loaded_before_what_is_held_against_it():
    order = [contract.source_id for contract in in_loading_order(load_contracts())]
    assert order.index("bpkad_pagu") < order.index("opd_lra")
    assert sorted(order) == [contract.source_id for contract in load_contracts()]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL; the same steps are tested where it exists")
def test_a_kill_while_a_confirmed_delivery_is_loaded_leaves_it_whole(tmp_path_factory, monkeypatch, full_scale):
    """Every step at full scale; test_kill.py has them all for any delivery."""
    steps = range(1, len(STEPS) + 1) if full_scale else (LOADED, SEALED, POINTED)
    print(f"mati sesudah langkah {', '.join(map(str, steps))} dari {len(STEPS)}")
    for step in steps:
        built = built_once(tmp_path_factory, "tahan", first_run)
        first = own_copy(built, tmp_path_factory.mktemp("mati"), monkeypatch)
        run_command(first, "confirm", held_id(first), *CONFIRM)
        assert killed_after(step, first, LATER)
        assert spent(first, "DINSOS") == ([(10, "5.1", 400_000)] if step >= POINTED else [])
        report = run(first, LATER + timedelta(minutes=5))
        assert [problem.file_name for problem in report.problems] == ["lra_DINKES_2026-08.xlsx"]
        assert spent(first, "DINSOS") == [(10, "5.1", 400_000)]
