"""Known errors of a source are mended as declared and told; what no longer fits is told to be removed."""

from __future__ import annotations

import json

import pytest

from pipelines.__main__ import main

CONTRACT = """
title: Timbangan
grain: [day, place]
file: {decimal: ","}
fields:
  - {name: day, from: Tanggal, type: date, required: true, format: "%d/%m/%Y"}
  - {name: place, from: Tempat, type: text, required: true}
  - {name: weight, from: Berat, type: number}
  - {name: person, from: Petugas, type: text, personal: true}
"""
FILE = "Tanggal;Tempat;Berat;Petugas\n01/10/2026;TPA A;1O5;x\n02/10/2026;TPA  A;20;x\n03/10/2026;TPA B;;x\n"
FACTS = 'reason: Salah ketik, told: Bidang Kebersihan, date: 2026-10-05, status: diberitahukan, expires: "2026-12-31"'


def run(tmp_path, capsys, *records):
    (tmp_path / "contract.yml").write_text(CONTRACT + "period: {field: day}\nsenders: [DLH]\n", "utf-8")
    (tmp_path / "corrections.yml").write_text(
        "corrections:\n" + "".join(f"  - {{{one}}}\n" for one in records), "utf-8"
    )
    path = tmp_path / "timbang.csv"
    path.write_text(FILE.replace(";", ","), "utf-8")
    code = main(["validate", "--contract", str(tmp_path), "--json", "--as-of", "2026-10-10", str(path)])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(
    ("record", "total", "told"),
    [
        ('match: {day: 01/10/2026}, field: weight, written: "1O5", correct: "105"', "125", [("koreksi", 2)]),
        ('field: weight, written: "1O5", correct: "105"', "125", [("koreksi", 2)]),
        ('match: {place: TPA B}, field: weight, written: "", correct: "7"', "27", [("koreksi", 4)]),
        ("match: {place: TPA A}, field: place, written: TPA A, correct: TPA C", "20", [("koreksi", 2), ("koreksi", 3)]),
        ('match: {place: TPA B}, field: weight, written: "9", correct: "7"', "20", [("koreksi_usang", 4)]),
        ('match: {place: TPA X}, field: weight, written: "9", correct: "7"', "20", []),
    ],
)
def test_a_known_error_is_mended_only_as_declared(tmp_path, capsys, record, total, told):
    _, content = run(tmp_path, capsys, f"{record}, {FACTS}")
    (file,) = content["files"]
    assert file["sums"]["weight"] == total
    found = [(item["code"], item["row"]) for item in file["messages"] if item["code"].startswith("koreksi")]
    assert found == told


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        (FACTS.replace("2026-12-31", "2026-10-09"), ["koreksi_usang"]),
        (FACTS.replace("2026-12-31", "2026-10-10"), ["koreksi"]),
        (FACTS.replace("diberitahukan", "selesai"), []),
    ],
)
def test_a_correction_ends(tmp_path, capsys, facts, codes):
    _, content = run(tmp_path, capsys, f'field: weight, written: "1O5", correct: "105", {facts}')
    assert [one["code"] for one in content["files"][0]["messages"] if one["code"].startswith("koreksi")] == codes


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (f"field: person, written: x, correct: y, {FACTS}", "person data pribadi"),
        (f"field: berat, written: x, correct: y, {FACTS}", "berat dipakai di corrections.yml"),
        (f"field: weight, written: x, benar: y, {FACTS}", "corrections.yml baris 2: kunci benar tidak dikenal"),
        (f"field: weight, written: x, correct: y, {FACTS.replace('2026-10-05', 'kemarin')}", "date: harus tanggal"),
    ],
)
def test_a_wrong_record_stops_the_contract(tmp_path, capsys, record, said):
    code, content = run(tmp_path, capsys, record)
    assert code == 2
    assert said in content["error"]["text"]
