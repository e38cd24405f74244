"""Every installed contract is listed with its senders, whether or not anything ever came."""

from __future__ import annotations

from typing import get_args

from pipelines.__main__ import DONE, REFUSED, main
from pipelines.commands.source_list import CADENCE_WORDS
from pipelines.contracts.contract import Contract, load_contracts


def test_every_cadence_has_its_word():
    assert set(CADENCE_WORDS) == set(get_args(Contract.model_fields["cadence"].annotation))


def test_all_contracts_are_listed_before_the_first_release(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(tmp_path))
    assert main(["sources"]) == DONE
    told = capsys.readouterr().out.splitlines()
    for contract in load_contracts():
        place = next(number for number, line in enumerate(told) if line.startswith(f"{contract.source_id}: "))
        for below, opd_code in enumerate(contract.senders_in("35.16"), start=place + 1):
            assert told[below].split()[0] == opd_code
            assert told[below].endswith("belum pernah mengirim")


def test_a_contract_that_cannot_be_used_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(
        "pipelines.commands.source_list.load_usable_contracts", lambda: ((), {"dinas_rusak": "Kontrak salah."})
    )
    assert main(["sources"]) == REFUSED
    assert "dinas_rusak: kontraknya tidak dapat dipakai.\n  Kontrak salah." in capsys.readouterr().out
