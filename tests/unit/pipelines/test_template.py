"""The workbook an agency fills in: read back by its own contract, with code lists as choices, the same bytes again."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pytest

from pipelines.contracts.contract import load_contracts
from pipelines.deliveries.template import (
    DATA,
    HOW,
    LISTS,
    Agreement,
    example_of_field,
    has_template,
    template_workbook,
)
from pipelines.deliveries.window import code_lists
from tests.unit.pipelines.loaded import load_file

REGION = "35.16"
CONTRACTS = {  # what nobody sends is fetched
    contract.source_id: contract
    for contract in load_contracts()
    if has_template(contract) and contract.senders_in(REGION)
}
NOW = datetime(2026, 12, 1, 8)


def agreement(contract):
    return Agreement(
        contract.senders_in(REGION)[0], "bulanan", "10 hari", "berkas.xlsx", "21 November 2026 pukul 16.05 WIB"
    )


def template(contract):
    return template_workbook(contract, code_lists(contract, REGION), agreement(contract))


def test_every_table_people_fill_in_has_one():
    assert "bpbd_kejadian_112" in CONTRACTS
    assert not {"opd_lra", "dpupr_proyek"} & set(CONTRACTS)


@pytest.mark.parametrize("source_id", CONTRACTS)
def test_a_template_holds_no_rows_and_its_columns_are_found(source_id, tmp_path):
    contract = CONTRACTS[source_id]
    book = openpyxl.load_workbook(io.BytesIO(template(contract)))
    assert book.sheetnames == [DATA, HOW, LISTS]
    heads = [cell.value.removesuffix(" *") for cell in book[DATA][5]]
    assert heads == list(contract.headers)
    assert book[DATA].max_row == 5


def test_code_lists_are_choices():
    contract = CONTRACTS["bpbd_kejadian_112"]
    book = openpyxl.load_workbook(io.BytesIO(template(contract)))
    shown = {str(rule.sqref): rule.formula1 for rule in book[DATA].data_validations.dataValidation}
    column = contract.headers.index("Kecamatan") + 1
    letter = openpyxl.utils.get_column_letter(column)
    source = shown[f"{letter}6:{letter}2005"].removeprefix("=")
    cells = [cell.value for (cell,) in book[LISTS][source.split("!")[1].replace("$", "")]]
    assert len(cells) == 18
    assert "Gedeg" in cells


@pytest.mark.parametrize("source_id", ["bpbd_kejadian_112", "bappeda_program"])
def test_a_filled_template_is_read(source_id, tmp_path):
    contract = CONTRACTS[source_id]
    lists = code_lists(contract, REGION)
    book = openpyxl.load_workbook(io.BytesIO(template(contract)))
    sheet = book[DATA]
    for place, header in enumerate(contract.headers, start=1):
        field = next(field for field in contract.fields if field.from_ == header)
        value = "LatLng(-7.47, 112.43)" if field.type == "latitude" else example_of_field(field, lists)
        if field.ref == "ref_handling_status":
            value = "Selesai"
        sheet.cell(6, place, int(value) if field.type == "integer" else value or f"isi {place}")
    path = tmp_path / f"{contract.file.pattern.replace('*', contract.senders_in(REGION)[0] + '_2026-11')}"
    book.save(path)
    loaded = load_file(contract, path, tmp_path, received_at=NOW)
    assert (loaded.counts.accepted, loaded.counts.rejected) == (1, 0), [found["message"] for found in loaded.findings]


def test_the_same_template_is_the_same_bytes():
    contract = CONTRACTS["bpbd_kejadian_112"]
    assert template(contract) == template(contract)
