"""Up to when a delivery is complete: a named month to its end, a plan dated ahead to nothing but its arrival."""

from __future__ import annotations

import shutil
from datetime import datetime

import pytest

from pipelines.__main__ import DONE, main
from pipelines.contracts.contract import SOURCES_DIR, ContractProblem, load_contracts
from pipelines.deliveries.intake import read_received
from pipelines.reading.declared_time import until_of_name
from tests.unit.pipelines.budget_deliveries import lra_cells, write_book
from tests.unit.pipelines.loaded import load_file

CONTRACTS = {contract.source_id: contract for contract in load_contracts()}


@pytest.mark.parametrize(
    ("source_id", "file_name", "until"),
    [
        ("opd_kontrak", "kontrak_DLH_2026-10.csv", datetime(2026, 11, 1)),
        ("opd_kontrak", "kontrak_DLH_2026-12.csv", datetime(2027, 1, 1)),
        ("bpbd_panggilan_112", "panggilan_112_2026-11-21_s.d._16.csv", datetime(2026, 11, 21, 16)),
    ],
)
def test_a_named_month_is_complete_to_its_end(source_id, file_name, until):
    assert until_of_name(file_name, CONTRACTS[source_id]) == until


def test_a_month_that_is_not_over_cannot_be_complete(tmp_path):
    path = tmp_path / "kontrak_DLH_2026-11.csv"
    path.write_text("ID Kontrak;Tahun;Pekerjaan\n1;2026;Jembatan\n", "utf-8")
    with pytest.raises(ContractProblem, match="lengkap sampai 1 Desember 2026"):
        read_received(path, datetime(2026, 11, 21), CONTRACTS["opd_kontrak"], tmp_path)


def test_a_month_sent_in_its_last_days_is_complete_to_that_moment(tmp_path):
    path = tmp_path / "kontrak_DLH_2026-11.csv"
    path.write_text("ID Kontrak;Tahun;Pekerjaan\n1;2026;Jembatan\n", "utf-8")
    received_at = datetime(2026, 11, 28, 9)
    assert read_received(path, received_at, CONTRACTS["opd_kontrak"], tmp_path).data_until == received_at


def test_a_plan_dated_ahead_is_as_fresh_as_its_arrival(tmp_path):
    path = tmp_path / "pagu_opd_2027.csv"
    path.write_text("OPD;Tahun;Kode Rekening;Pagu (Rp)\nDLH;2027;5;1.000\n", "utf-8")
    loaded = load_file(CONTRACTS["bpkad_pagu"], path, tmp_path, received_at=datetime(2026, 11, 21))
    assert (loaded.counts.accepted, loaded.counts.data_until) == (1, None)


def test_a_source_that_is_not_installed_brings_its_own_reshape(tmp_path, capsys):
    folder = tmp_path / "calon_lra"
    shutil.copytree(SOURCES_DIR / "opd_lra", folder, ignore=shutil.ignore_patterns("__pycache__"))
    path = write_book(tmp_path / "lra_DINSOS_2022-10.xlsx", lra_cells())
    assert main(["validate", str(path), "--contract", str(folder / "contract.yml")]) == DONE
    assert "3 baris benar, 0 ditolak" in capsys.readouterr().out


def test_a_name_says_the_same_under_another_ending():
    contract = CONTRACTS["opd_kontrak"]
    expected = datetime(2026, 11, 1)
    for name in ("kontrak_DLH_2026-10.csv", "kontrak_DLH_2026-10.xlsx", "kontrak_DLH_perbaikan_2026-10.xlsx"):
        assert until_of_name(name, contract) == expected
    with pytest.raises(ContractProblem, match="tidak menyebut sampai kapan"):
        until_of_name("kontrak_DLH_2026-10_perbaikan.csv", contract)
