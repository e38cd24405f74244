"""A contract is refused by line when it says something we would have to guess."""

from __future__ import annotations

import pytest

from pipelines.contracts.contract import (
    SOURCES_DIR,
    ContractProblem,
    load_contract,
    load_contracts,
    load_usable_contracts,
)
from warehouse.schema import metadata

GOOD = (SOURCES_DIR / "dlh_timbulan_sampah" / "contract.yml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("cadence: yearly", "cadence: tahunan", "baris 5"),
        (
            "target_table: core_waste_generation",
            "target_table: core_waste_generationn",
            "maksudnya 'core_waste_generation'",
        ),
        ("name: generation_ton", "name: generation_tons", "maksudnya 'generation_ton'?"),
        ("expect: {min_rows", "expects: {min_rows", "kunci expects tidak dikenal; maksudnya 'expect'?"),
        ("title: Timbulan", "title: Dua\ntitle: Timbulan", "baris 2: kunci title ditulis dua kali"),
        ("title: Timbulan sampah tahunan (SIPSN)\n", "", "kunci title wajib diisi"),
        ("grain: [data_year", "grain: [tahun, data_year", "tahun dipakai di grain"),
        ("fields:", "fields: [", "bukan YAML yang sah"),
    ],
)
def test_a_wrong_contract_is_refused_by_line(tmp_path, old, new, said):
    assert old in GOOD
    path = tmp_path / "contract.yml"
    path.write_text(GOOD.replace(old, new), "utf-8")
    with pytest.raises(ContractProblem) as refusal:
        load_contract(path)
    assert said in str(refusal.value)


def test_one_wrong_contract_stops_only_its_own_source(tmp_path):
    for source_id, text in (("benar", GOOD), ("salah", GOOD.replace("cadence: yearly", "cadence: tahunan"))):
        (tmp_path / source_id).mkdir()
        (tmp_path / source_id / "contract.yml").write_text(text, "utf-8")
    contracts, refused = load_usable_contracts(tmp_path)
    assert [contract.source_id for contract in contracts] == ["benar"]
    assert list(refused) == ["salah"]
    assert "baris 5" in refused["salah"]


def test_every_scalar_is_text_until_its_type_is_known(tmp_path):
    path = tmp_path / "contract.yml"
    path.write_text(GOOD.replace("senders: [DLH]", "senders: {35.10: [no, 1.02]}"), "utf-8")
    assert load_contract(path).senders_in("35.10") == ("no", "1.02")


def test_every_installed_contract_agrees_with_its_table():
    for contract in (one for one in load_contracts() if one.target_table):  # boundaries are drawn, not loaded
        columns = metadata.tables[contract.target_table].columns
        released = {field.name for field in contract.fields if not field.checked_only} - {
            field.name for field in contract.restricted
        }
        assert released <= set(columns.keys())
        assert contract.source_id == contract.source_id.lower()


@pytest.mark.parametrize(
    ("file_name", "sender"),
    [("kejadian_112_SATPOLPP_2026-11.xlsx", "SATPOLPP"), ("kejadian_112_DLH_2026-11-20.xlsx", "DLH")],
)
def test_the_file_name_says_who_sent_it(file_name, sender):
    contract = load_contract(SOURCES_DIR / "bpbd_kejadian_112" / "contract.yml")
    assert contract.sender_of(file_name, "35.16") == sender


def test_an_unknown_sender_is_refused_with_a_right_example():
    contract = load_contract(SOURCES_DIR / "bpbd_kejadian_112" / "contract.yml")
    with pytest.raises(ContractProblem, match=r"kejadian_112_BPBD_2026-11\.xlsx"):
        contract.sender_of("kejadian_112_DISHUB_2026-11.xlsx", "35.16")
