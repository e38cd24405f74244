"""What was fetched is read by its contract as what the source said: numbers to the last digit, dates to the day."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import httpx
import pytest

from pipelines.__main__ import main
from pipelines.connectors.connection import Column
from pipelines.connectors.sql_cells import cell_writer
from pipelines.contracts.contract import load_contract
from tests.unit.pipelines.connectors.office import HOST, Office

AMOUNTS = ("1.234", "-1.234", "1234.567", "1000", "0.001", "75.5", "12345678901.125", "0", "100.10")
RECORDS = """\
title: Capaian kinerja
file: {pattern: "lppd_*.json", decimal: ",", records: result.records}
grain: [record_no]
fields:
  - {name: record_no, from: _id, type: code, required: true}  # one of the real ones is "63.."
  - {name: indicator_name, from: Indikator_Kinerja, type: text, required: true}
  - {name: first_value, from: Capaian_Tahun_2018, type: number, missing: [WTP]}
  - {name: second_value, from: Capaian_Tahun_2019, type: number, missing: [WTP]}
"""


def checked(contract, path, capsys):
    """What `validate` says of one file."""
    capsys.readouterr()
    main(["validate", "--contract", str(contract), "--as-of", "2026-11-21", "--json", str(path)])
    (one,) = json.loads(capsys.readouterr().out)["files"]
    return one


@pytest.mark.parametrize(("decimal", "delimiter"), [(",", ";"), (".", ",")])
@pytest.mark.parametrize("amounts", [AMOUNTS, ("1.234", "2.345")], ids=["mixed", "alike"])
def test_amounts_and_dates_of_a_database_are_read_back(tmp_path, capsys, decimal, delimiter, amounts):
    contract_file = tmp_path / "contract.yml"
    contract_file.write_text(
        f'title: x\nfile: {{pattern: "x_*.csv", delimiter: "{delimiter}", decimal: "{decimal}"}}\nfields:\n'
        "  - {name: day, from: Tanggal, type: date, required: true}\n"
        "  - {name: at, from: Saat, type: datetime, required: true}\n"
        "  - {name: amount, from: Jumlah, type: number, required: true}\n",
        "utf-8",
    )
    contract, zone = load_contract(contract_file), ZoneInfo("Asia/Jakarta")
    kinds = {"Tanggal": "date", "Saat": "datetime", "Jumlah": "number"}
    writers = [cell_writer(Column(name=name, type=kind), contract, zone) for name, kind in kinds.items()]
    path = tmp_path / "x_1.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream, delimiter=delimiter, lineterminator="\n")
        out.writerow(kinds)
        for amount in amounts:
            row = (date(2026, 2, 1), datetime(2026, 2, 1, 13, 4, 5), Decimal(amount))
            out.writerow(write(value) for write, value in zip(writers, row, strict=True))
    found = checked(contract_file, path, capsys)
    assert (found["outcome"], found["rows_accepted"]) == ("accepted", len(amounts)), found["messages"]
    assert Decimal(found["sums"]["amount"]) == sum(map(Decimal, amounts))
    days = [end[:10] for name in ("day", "at") for end in found["date_ranges"][name]]
    assert days == ["2026-02-01"] * 4


@pytest.mark.real
def test_real_records_of_a_portal_are_gathered_and_read(real_data, tmp_path, capsys):
    records = json.loads((real_data / "indeks" / "lppd_semarang_datastore_records.json").read_bytes())

    def portal(request):
        if request.url.path.endswith("package_show"):
            one = {"id": "r1", "name": "LPPD", "format": "JSON", "url": "", "datastore_active": True}
            return httpx.Response(200, json={"success": True, "result": {"resources": [one]}})
        start = int(request.url.params["offset"])
        page = {"total": len(records), "records": records[start : start + int(request.url.params["limit"])]}
        return httpx.Response(200, json={"success": True, "result": page})

    office = Office(tmp_path, portal)
    office.connect(f"kind: ckan\nurl: https://{HOST}\ndataset: lppd\npage_size: 20\n", RECORDS)
    (name,) = office.fetch().files
    assert len(office.asked) == 6  # the data set, and five pages
    path = office.settings.state_dir / "inbox" / "dinas_hujan" / name
    found = checked(office.root / "sumber" / "dinas_hujan" / "contract.yml", path, capsys)
    assert (found["outcome"], found["rows_accepted"]) == ("accepted", 83), found["messages"][0]["text"]
    sums = [Decimal(found["sums"][name]) for name in ("first_value", "second_value")]
    assert sums == [Decimal("4679.64"), Decimal("4934.48")]
