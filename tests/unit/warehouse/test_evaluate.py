"""Every scheme: its sample runs, its columns tell what it takes, its answer fits the schema, wrong input is told."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import jsonschema
import pytest

from warehouse.__main__ import DONE, NOT_ALL, WRONG_USE, main
from warehouse.evaluation.csv_rows import read_rows
from warehouse.evaluation.model import InputProblem, Request
from warehouse.evaluation.schemes import BY_ID, SCHEMES
from warehouse.evaluation.telling import as_text
from warehouse.figures import ValueStatus
from warehouse.rules import load_rules

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "evaluate.schema.json").read_text(encoding="utf-8"))
CAUSES = re.compile(r"\b(karena|sebab|disebabkan|akibat|akibatnya|gara-gara)\b", re.IGNORECASE)
CHOICES = [
    (scheme.id, f"{option.name}={value}")
    for scheme in SCHEMES
    for option in scheme.options
    for value in option.values
]  # fmt: skip


def refuse_float(text: str) -> float:
    raise AssertionError(f"{text} is a binary float for most programs")


def answer(capsys, *arguments: str) -> tuple[int, dict]:
    code = main(["evaluate", *arguments, "--json"])
    document = json.loads(capsys.readouterr().out, parse_float=refuse_float)
    jsonschema.validate(document, SCHEMA, format_checker=jsonschema.FormatChecker())
    return code, document


def sample(scheme_id: str, folder: Path) -> str:
    path = folder / "contoh.csv"
    path.write_text(BY_ID[scheme_id].sample, encoding="utf-8")
    return str(path)


def test_the_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_no_two_schemes_share_a_name():
    assert len(BY_ID) == len(SCHEMES)


@pytest.mark.parametrize("scheme_id", BY_ID)
def test_the_sample_is_judged_whole_and_explained(scheme_id, tmp_path, capsys):
    code, document = answer(capsys, scheme_id, sample(scheme_id, tmp_path))
    assert code == DONE
    for case in document["cases"]:
        assert case["rounding"]
        assert case["steps"]
        assert case["explanation"]
        assert [sentence for sentence in case["explanation"] if CAUSES.search(sentence)] == []
        names = [step["name"] for step in case["steps"]]
        assert len(names) == len(set(names))


@pytest.mark.parametrize("scheme_id", BY_ID)
def test_a_stranger_is_told_what_a_scheme_takes(scheme_id, tmp_path, capsys):
    scheme = BY_ID[scheme_id]
    assert main(["evaluate", scheme_id, "--columns"]) == DONE
    told = capsys.readouterr().out
    assert scheme.sample.strip() in told
    assert [column.name for column in scheme.columns if f"  {column.name}: {column.meaning}" not in told] == []
    assert [option.name for option in scheme.options if f"Pilihan {option.name}: " not in told or not option.why] == []
    assert main(["evaluate", scheme_id, sample(scheme_id, tmp_path)]) == DONE
    assert "\n  = " in capsys.readouterr().out


@pytest.mark.parametrize("choice", CHOICES, ids=" ".join)
def test_every_option_is_understood(choice, tmp_path, capsys):
    scheme_id, option = choice
    code, document = answer(capsys, scheme_id, sample(scheme_id, tmp_path), "--option", option)
    name, _, value = option.partition("=")
    if code == WRONG_USE:  # it says what cells hold, and those of the sample hold something else
        assert option in document["error"]["text"]
    else:
        assert code in (DONE, NOT_ALL)
        assert document["options"][name] == value


def test_a_year_without_rules_of_its_own_is_told(tmp_path, capsys):
    _code, document = answer(capsys, "ikm", sample("ikm", tmp_path), "--year", "2010")
    assert document["cases"][0]["explanation"][-1] == (
        "PermenPANRB 14/2017 berlaku mulai 2017; skema ini tidak punya aturan lain untuk 2010, jadi dipakai juga."
    )


def test_the_columns_say_how_cells_are_written(capsys):
    main(["evaluate", "aduan", "--columns"])
    told = capsys.readouterr().out
    assert "Desimal dengan titik, atau dengan koma" in told
    assert "  diterima: tanggal diterima (wajib, tanggal 2026-01-31)" in told
    main(["evaluate", "spbe", "--columns"])
    assert "  d1: nilai domain 1 (boleh kosong, 0 sampai 5)" in capsys.readouterr().out


def test_a_reader_sees_six_decimals_and_a_program_every_digit(tmp_path, capsys):
    path = tmp_path / "domain.csv"
    path.write_text("tahun,d1,d2,d3,d4\n2023,4.20,3.60,2.09,3.80\n", encoding="utf-8")
    assert main(["evaluate", "spbe", str(path)]) == DONE
    assert "Domain 3 Manajemen SPBE: 2.090909 (" in capsys.readouterr().out
    assert answer(capsys, "spbe", str(path))[1]["cases"][0]["steps"][2]["value"].startswith("2.09090909090")


@pytest.mark.parametrize("scheme_id", BY_ID)
def test_a_file_of_another_kind_is_refused(scheme_id, tmp_path, capsys):
    path = tmp_path / "lain.csv"
    path.write_text("kolom yang tidak ada,lain lagi\n1,2\n", encoding="utf-8")
    code, document = answer(capsys, scheme_id, str(path))
    assert code == WRONG_USE
    assert document["error"]["file"] == str(path)
    assert "baris 1: kolom" in document["error"]["text"]


@pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.id)
def test_odd_cells_are_judged_or_refused_and_never_break(scheme):
    lines = list(csv.reader(io.StringIO(scheme.sample), delimiter=max(",;\t", key=scheme.sample.count)))
    options = {option.name: option.values[0] for option in scheme.options}
    header, first = lines[0], lines[1]
    rules = load_rules({})
    for place in range(min(len(header), 14)):
        for odd in ("", "0", "1", "100", "-3", "0.0001", "999999999"):
            text = io.StringIO()
            csv.writer(text).writerows([header, [*first[:place], odd, *first[place + 1 :]], *lines[2:]])
            try:
                cases = scheme.evaluate(read_rows(text.getvalue().encode(), scheme), rules, Request(2024, options))
            except InputProblem as problem:
                assert all(re.search(r"[a-z]{3}", message) for message in problem.messages)
            else:
                assert as_text(scheme, cases)
                assert all(case.reason for case in cases if case.status is not ValueStatus.CALCULATED)


@pytest.mark.parametrize(
    ("line", "head"), [("Kota Mojokerto,2024,9", "wilayah Kota Mojokerto, tahun 2024"), (",2024,9", "tahun 2024")]
)
def test_a_case_is_headed_by_what_names_it(line, head):
    rows = read_rows(f"wilayah,tahun,kasus\n{line}\n".encode(), BY_ID["dbd"])
    cases = BY_ID["dbd"].evaluate(rows, load_rules({}), Request(None, {}))
    assert as_text(BY_ID["dbd"], cases).splitlines()[0] == head


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("sampell", "x.csv"), "skema 'sampell' tidak dikenal; maksudnya 'sampel'?"),
        (("sampel", "tidak-ada.csv"), "berkas tidak ditemukan"),
        (("spbe", "x.csv", "--year", "20224"), "--year 20224 bukan tahun"),
        (("spbe", "x.csv", "--year", "dua ribu"), "--year dua ribu bukan tahun"),
        (("sampel",), "sebutkan berkas CSV"),
        (("kinerja", "x.csv", "--option", "batas=kira-kira"), "harus salah satu dari bulat, desimal"),
        (("kinerja", "x.csv", "--option", "btas=bulat"), "pilihan 'btas' tidak dikenal; maksudnya 'batas'?"),
        (("sampel", "x.csv", "--option", "batas=bulat"), "skema sampel tanpa pilihan"),
    ],
)
def test_wrong_use_is_told(arguments, words, capsys):
    code, document = answer(capsys, *arguments)
    assert code == WRONG_USE
    assert words in document["error"]["text"]


@pytest.mark.parametrize(
    "order", ["sampel --json F", "sampel F --json", "--json sampel F", "sampel --year 2024 --json F"]
)
def test_the_file_may_stand_before_and_behind_the_options(order, tmp_path, capsys):
    assert main(["evaluate", *order.replace("F", sample("sampel", tmp_path)).split()]) == DONE
    assert json.loads(capsys.readouterr().out)["scheme"] == "sampel"


def test_a_day_no_one_lives_is_refused(tmp_path, capsys):
    path = tmp_path / "hari.csv"
    path.write_text("ditawarkan\n9999-12-31 08:00\n", encoding="utf-8")
    code, document = answer(capsys, "112", str(path))
    assert code == WRONG_USE
    assert "di luar tahun 1945 sampai 2100" in document["error"]["text"]


@pytest.mark.parametrize("extra", [["lain.csv"], ["--tahun", "2024"]])
def test_what_is_left_over_is_refused(extra, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        main(["evaluate", "sampel", sample("sampel", tmp_path), *extra])
    assert ended.value.code == WRONG_USE
    assert extra[0] in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("populasi\n0\n", "baris 2, kolom populasi: 0 kurang dari 1"),
        ("populasi\nseribu\n", "baris 2, kolom populasi: 'seribu' bukan angka, contoh yang benar 1250"),
        ("populasi\n12.5\n", "bukan bilangan bulat"),
        ("populasi\n1_000\n", "'1_000' bukan angka"),
        ("populasi\n1e999999\n", "di luar jangkauan angka"),
        ("populasi\n0e-999999\n", "di luar jangkauan angka"),
        (f"populasi\n{'1' * 140_000}\n", "berkas bukan CSV yang sah"),
        ("populasi\n\n", "tidak berisi baris data"),
        ("populasi,populasi\n1,2\n", "ditulis dua kali"),
        ("populasi,unit\n100,A,B\n", "baris 2: 3 sel, sedangkan kolomnya 2"),
        ("populasi,unit\n100,A\n,B\nx,C\n", "baris 3, kolom populasi: wajib diisi"),
    ],
)
def test_every_fault_of_a_file_is_told_with_its_line(text, words, tmp_path, capsys):
    path = tmp_path / "salah.csv"
    path.write_text(text, encoding="utf-8")
    code, document = answer(capsys, "sampel", str(path))
    assert code == WRONG_USE
    assert words in document["error"]["text"]


def test_a_point_beside_decimal_commas_is_not_guessed(tmp_path, capsys):
    path = tmp_path / "ribuan.csv"
    path.write_text("gedung;kwh;luas\nA;63.661;5119\nB;1000,5;120\n", encoding="utf-8")
    code, document = answer(capsys, "ike", str(path))
    assert code == WRONG_USE
    assert "baris 2, kolom kwh: '63.661' memakai titik" in document["error"]["text"]


def test_a_decimal_comma_between_commas_is_told(tmp_path, capsys):
    path = tmp_path / "koma.csv"
    path.write_text('gedung,kwh,luas\nA,"63661,5",5119\n', encoding="utf-8")
    code, document = answer(capsys, "ike", str(path))
    assert code == WRONG_USE
    assert "desimal memakai titik" in document["error"]["text"]


def test_choices_are_read_in_capitals_too(tmp_path, capsys):
    path = tmp_path / "besar.csv"
    path.write_text("NAMA,TARGET,REALISASI,ARAH\nA,10,9,TURUN\n", encoding="utf-8")
    code, document = answer(capsys, "kinerja", str(path))
    assert code == DONE
    assert document["cases"][0]["key"]["arah"] == "turun"


def test_commas_of_decimals_are_read_where_cells_are_parted_otherwise(tmp_path, capsys):
    path = tmp_path / "koma.csv"
    path.write_text("nama;target;realisasi\nA;80;72,5\n", encoding="utf-8-sig")
    code, document = answer(capsys, "kinerja", str(path))
    assert code == DONE
    assert document["cases"][0]["results"]["capaian"] == "90.63"
