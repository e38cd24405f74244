"""A contract and files from anywhere are checked without anything installed, and the answer can be read by programs."""

from __future__ import annotations

import json

import jsonschema
import pytest

import pipelines.judging.validation
from pipelines.__main__ import main
from warehouse.settings import PROJECT_DIR

SCHEMA = json.loads((PROJECT_DIR / "docs" / "validate.schema.json").read_text("utf-8"))
CONTRACT = """
title: Kualitas udara
opd_code: 2.11
grain: [station_code, measured_date]
period: {field: measured_date}
file: {delimiter: ";"}
fields:
  - {name: station_code, from: Kode, type: code, required: true, ref: stasiun.csv}
  - {name: measured_date, from: Tanggal, type: date, required: true, format: "%d/%m/%Y"}
  - {name: pm25, from: PM25, type: number, max: 1000}
  - {name: petugas, from: Petugas, type: text, personal: true, required: true}
ignore: [No]
"""
PERSONAL = """
title: Aduan
grain: [nik]
fields:
  - {name: nik, from: NIK, type: code, required: true, personal: true}
  - {name: nama, from: Nama, type: text, required: true, personal: true}
  - {name: lahir, from: Lahir, type: date, personal: true}
  - {name: usia, from: Usia, type: integer, personal: true, max: 100}
  - {name: gaji, from: Gaji, type: number, personal: true}
  - {name: kel, from: Kelamin, type: text, one_of: [L, P], personal: true}
  - {name: kec, from: Kec, type: code, ref: ref_kecamatan, personal: true}
  - {name: hari, from: Hari, type: date}
  - {name: n, from: N, type: integer}
checks:
  - {rule: not_before, field: hari, other: lahir}
  - {rule: at_most, field: n, other: usia}
  - {rule: sum_equals, field: gaji, parts: [usia, n]}
  - {rule: share_of, field: usia, other: gaji, whole: n}
"""
HEADER = "No;Kode;Tanggal;PM25;Petugas;Catatan Lain\n"
GOOD = "1;ST01;01/10/2026;12,50;Wulan;a\n2;sta kota;02/10/2026;30,25;Bagus;b\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "kontrak").mkdir()
    (tmp_path / "kontrak" / "contract.yml").write_text(CONTRACT, "utf-8")
    (tmp_path / "kontrak" / "stasiun.csv").write_text("code,name,aliases\nST01,Stasiun Satu,Sta. Kota\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PENDOPO_CONFIG", str(tmp_path / "tidak-ada.toml"))
    return tmp_path


def check(capsys, *files, extra=""):
    """Exit code and the JSON, which the published schema describes."""
    code = main(["validate", "--contract", "kontrak", "--json", "--as-of", "2026-10-10", *extra.split(), *files])
    content = json.loads(capsys.readouterr().out)
    jsonschema.validate(content, SCHEMA)
    return code, content


def test_a_good_file_is_read_to_the_last_digit(folder, capsys):
    (folder / "a.csv").write_text(HEADER + GOOD, "utf-8")
    code, content = check(capsys, "a.csv")
    assert code == 0
    (file,) = content["files"]
    assert (file["file"], file["outcome"], file["rows_accepted"]) == ("a.csv", "accepted", 2)
    assert file["sums"] == {"pm25": "42.75"}
    assert file["date_ranges"] == {"measured_date": ["2026-10-01", "2026-10-02"]}
    assert file["columns_matched"]["pm25"] == {"header": "PM25", "column": "D", "number": 4, "cell": None}
    assert file["columns_ignored"] == ["No", "Catatan Lain"]
    assert [message["code"] for message in file["messages"]] == ["kolom"]


def test_a_wrong_row_is_told_where_the_spreadsheet_shows_it_and_persons_are_covered(folder, capsys):
    (folder / "a.csv").write_text(HEADER + GOOD + "3;ST9;32/10/2026;1O;Wulan;\n4;ST01;03/10/2026;5;;\n", "utf-8")
    code, content = check(capsys, "a.csv")
    (file,) = content["files"]
    assert (code, file["outcome"], file["rows_accepted"], file["rows_quarantined"]) == (3, "partial", 2, 2)
    told = {(message["row"], message["column"], message["code"]) for message in file["messages"] if message["row"]}
    assert told == {(4, "Kode", "kode"), (4, "Tanggal", "tanggal"), (4, "PM25", "angka"), (5, "Petugas", "wajib")}
    assert "Wulan" not in json.dumps(content)


@pytest.mark.parametrize(
    ("expect", "outcome", "accepted", "quarantined", "rule"),
    [
        ("{totals: {pm25: {max: 40}}}", "held", 2, 0, "total"),
        ("{totals: {pm25: {min: 40, max: 43}}}", "accepted", 2, 0, None),
        ("{min_rows: 3}", "held", 2, 0, "sedikit_baris"),
        ("{max_rows: 1}", "accepted", 2, 0, "banyak_baris"),
        ("{max_age_days: 3}", "accepted", 2, 0, "usang"),
        ("{max_age_days: 9}", "accepted", 2, 0, None),
    ],
)
def test_what_is_expected_of_the_whole(folder, capsys, expect, outcome, accepted, quarantined, rule):  # noqa: PLR0917
    (folder / "kontrak" / "contract.yml").write_text(f"{CONTRACT}expect: {expect}\n", "utf-8")
    (folder / "a.csv").write_text(HEADER + GOOD, "utf-8")
    _expects(capsys, outcome, accepted, quarantined, rule)


def _expects(capsys, outcome, accepted, quarantined, rule):
    code, content = check(capsys, "a.csv")
    (file,) = content["files"]
    assert (file["outcome"], file["rows_accepted"], file["rows_quarantined"]) == (outcome, accepted, quarantined)
    assert code == (0 if outcome == "accepted" else 3)
    rules = {message["code"] for message in file["messages"]} - {"kolom"}
    assert rules == ({rule} if rule else set())


@pytest.mark.parametrize(("days", "rule"), [(3, "usang"), (9, None)])
def test_the_age_follows_the_only_date_among_the_keys(folder, capsys, days, rule):
    written = CONTRACT.replace("period: {field: measured_date}\n", "") + f"expect: {{max_age_days: {days}}}\n"
    (folder / "kontrak" / "contract.yml").write_text(written, "utf-8")
    (folder / "a.csv").write_text(HEADER + GOOD, "utf-8")
    _expects(capsys, "accepted", 2, 0, rule)


def test_files_are_judged_by_themselves_and_a_bug_in_one_stops_no_other(folder, capsys, monkeypatch):
    for number in range(3):
        (folder / f"{number}.csv").write_text(HEADER + GOOD, "utf-8")
    read = pipelines.judging.validation.read_received

    def faulty(path, *rest):
        if path.name == "1.csv":
            raise RuntimeError("Wulan")
        return read(path, *rest)

    monkeypatch.setattr(pipelines.judging.validation, "read_received", faulty)
    code, content = check(capsys, "0.csv", "1.csv", "2.csv")
    assert code == 1
    assert [file["outcome"] for file in content["files"]] == ["accepted", "refused", "accepted"]
    assert content["files"][1]["messages"][0]["code"] == "kesalahan_program"


def test_no_message_tells_what_a_personal_column_says(folder, capsys):
    (folder / "kontrak" / "contract.yml").write_text(PERSONAL, "utf-8")
    (folder / "a.csv").write_text(
        "NIK,Nama,Lahir,Usia,Gaji,Kelamin,Kec,Hari,N\n"
        "3516011203900001,Zulkarnaen,12/03/1990,36,7.654.321,L,Sooko,01/10/2026,99\n"
        "3516011203900001,Zulkarnaen,12/03/1990,36,7.654.321,Wanita,Antah,01/10/2026,2\n"
        "3516011203900077,Wiryawan,31/02/1991,135,1O,X,Qwerty,01/10/1926,x\n"
        ",Wiryawan,04/07/1977,22.5,8.888,X,Qwerty,01/10/2026,3\nJUMLAH,,,,16.666.777,,,,110\n",
        "utf-8",
    )
    _, content = check(capsys, "a.csv")
    assert len(content["files"][0]["messages"]) > 15
    told = json.dumps(content)
    words = (
        "Zulk",
        "Wirya",
        "3516",
        "1990",
        "1991",
        "1977",
        "Wanita",
        "Antah",
        "Qwerty",
        "654",
        "135",
        "1O",
        "888",
        "666",
    )
    assert [word for word in words if word in told.replace(content["contract"]["sha256"], "")] == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("max: 1000", "one_of: [a]", "pm25: kunci one_of hanya untuk jenis text, code"),
        ("ignore: [No]", "checks: [{rule: at_most, field: pm25, other: measured_date}]", "sama-sama angka"),
        ("ignore: [No]", "checks: [{rule: sum_equals, field: pm25, parts: [petugas]}]", "petugas harus berjenis"),
        ("ignore: [No]", "expect: {totals: {petugas: {max: 1}}}", "petugas dijumlah"),
        ("period: {field: measured_date}", "period: {field: petugas}", "period: petugas harus"),
        ('file: {delimiter: ";"}', 'file: {sender: "("}', "bukan ekspresi reguler"),
        ("title: Kualitas udara", "judul: Kualitas udara", "baris 2: kunci judul tidak dikenal"),
        ("ref: stasiun.csv", "ref: stasiun_lain.csv", "stasiun_lain.csv tidak ada di samping kontrak"),
        (
            "grain: [station_code, measured_date]",
            "target_table: core_call\ngrain: [petugas]",
            "tidak boleh dipakai di grain",
        ),
    ],
)
def test_a_contract_that_cannot_be_used_is_told_in_json_too(folder, capsys, old, new, said):
    (folder / "kontrak" / "contract.yml").write_text(CONTRACT.replace(old, new), "utf-8")
    code, content = check(capsys)
    assert code == 2
    assert said in content["error"]["text"]


def test_a_file_without_the_table_is_told_what_its_header_must_say(folder, capsys):
    (folder / "kontrak" / "contract.yml").write_text(CONTRACT.replace("required: true", "required: false"), "utf-8")
    (folder / "qxv.csv").write_text("a;b\n1;2\n", "utf-8")
    _, content = check(capsys, "qxv.csv")
    (message,) = content["files"][0]["messages"]
    assert message["text"] == (
        "Baris judul kolom tidak ditemukan di qxv.csv. Baris judul harus memuat: Kode, Tanggal, PM25, Petugas."
    )


def test_a_missing_file_is_wrong_use(folder, capsys):
    code, content = check(capsys, "tidak-ada.csv")
    assert (code, content["error"]["code"]) == (2, "tidak_ada")


def test_what_our_warehouse_does_not_have_is_told_and_the_file_still_checked(folder, capsys):
    text = CONTRACT.replace("ref: stasiun.csv", "ref: ref_station").replace(
        "opd_code: 2.11", "opd_code: 2.11\ntarget_table: core_air"
    )
    (folder / "kontrak" / "contract.yml").write_text(text.replace("personal: true", "checked_only: true"), "utf-8")
    (folder / "a.csv").write_text(HEADER + GOOD.replace("sta kota", "ST02"), "utf-8")
    code, content = check(capsys, "a.csv")
    assert code == 0
    assert ["ref_station" in said or "core_air" in said for said in content["contract"]["warnings"]] == [True, True]


def test_the_shape_of_the_contract_is_said_back(folder, capsys):
    (folder / "kontrak" / "contract.yml").write_text(
        CONTRACT + "owner: Bidang Udara\nsatu_data: {ms_keg: '12', method: Survei}\n", "utf-8"
    )
    _, content = check(capsys)
    assert (content["contract"]["opd_code"], content["contract"]["owner"]) == ("2.11", "Bidang Udara")
    assert content["contract"]["satu_data"] == {"ms_keg": "12", "activity": None, "method": "Survei"}
    assert content["files"] == []


@pytest.mark.parametrize(
    ("keys", "cell", "code"),
    [
        ("", "-", "wajib"),
        ("", "nihil", None),
        (', zero: ["-"]', "-", None),
        (", missing: [nihil]", "nihil", "wajib"),
        (", zero: []", "nihil", "angka"),
    ],
)
def test_nothing_zero_and_the_unknown_are_told_apart(folder, capsys, keys, cell, code):
    text = CONTRACT.replace("type: number, max: 1000", f"type: number, required: true{keys}")
    (folder / "kontrak" / "contract.yml").write_text(text, "utf-8")
    (folder / "a.csv").write_text(HEADER + f"1;ST01;01/10/2026;{cell};W;a\n", "utf-8")
    _, content = check(capsys, "a.csv")
    (file,) = content["files"]
    assert file["sums"]["pm25"] == (None if code else "0")
    assert [message["code"] for message in file["messages"] if message["row"]] == ([code] if code else [])
    assert file["outcome"] == ("refused" if code else "accepted")  # it has one row
