"""The row of column names is found by any spelling the contract accepts."""

from __future__ import annotations

import pytest

from pipelines.contract import ContractProblem, load_contracts
from pipelines.headers import find_header

STAGES = {contract.source_id: contract for contract in load_contracts()}["opd_fisik"]
OURS = ["ID Tahap", "ID Kontrak", "Jadwal", "Target", "Realisasi"]
THEIRS = ["id_kegiatan_detail", "id_kegiatan", "jadwal_target", "target", "realisasi"]


@pytest.mark.parametrize("row", [OURS, THEIRS, ["No", *THEIRS], ["ID TAHAP ", "id kontrak", "jadwal", "TARGET", "x"]])
def test_the_header_row_is_found_by_names_and_other_names(row):
    found = find_header([["Laporan fisik"], [], row], STAGES)
    assert found is not None
    assert found.row_no == 3
    assert found.headers[:4] == ("ID Tahap", "ID Kontrak", "Jadwal", "Target")


def test_a_file_with_keys_alone_is_refused_also_where_the_sender_is_one_of_them():
    fields = tuple(field.model_copy(update={"required": False}) for field in STAGES.fields)
    fields = (fields[0].model_copy(update={"required": True}), *fields[1:])
    with pytest.raises(ContractProblem, match="hanya memuat ID Tahap"):
        find_header([["ID Tahap"]], STAGES.model_copy(update={"fields": fields}))
