"""Every case of values is read exactly as was written down, and every wrong contract refused by its line."""

from __future__ import annotations

import json

import pytest

from pipelines.__main__ import main
from pipelines.contracts.contract import ContractProblem, load_detached
from tests.corpus.running import Case, check_case, every_case, read_case
from tests.corpus.values import contracts, dates, more_files, number_styles, other_keyboards, whole_files, words

CASES = (
    *number_styles.CASES,
    *dates.CASES,
    *words.CASES,
    *other_keyboards.CASES,
    *whole_files.CASES,
    *more_files.CASES,
)


@every_case(CASES)
def test_a_file_is_read_as_it_is_meant(case: Case, tmp_path):
    check_case(case, tmp_path)


@pytest.mark.parametrize(("name", "text", "told"), contracts.REFUSED, ids=[row[0] for row in contracts.REFUSED])
def test_a_wrong_contract_is_refused_in_words(tmp_path, name, text, told):
    path = tmp_path / "contract.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContractProblem) as refused:
        load_detached(path)
    assert [word for word in told if word not in str(refused.value)] == []


def test_what_is_personal_is_nowhere_in_the_result(tmp_path):
    case = next(case for case in whole_files.CASES if case.name == "personal columns")
    said = json.dumps(read_case(case, tmp_path), ensure_ascii=False).replace(str(tmp_path), "")  # has numbers too
    people = [cell for row in whole_files.PEOPLE[1:] for cell in (row[1], row[2], row[5]) if cell]
    assert [cell for cell in (*people, "empat puluh", "300") if cell in said] == []


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["three rows"], 0),
        (["a total above bounds"], 3),
        (["three rows", "several faults in a row"], 3),
        (["three rows", None], 2),
    ],
)
def test_several_files_in_one_call(tmp_path, capsys, names, code):
    cases = [next((case for case in whole_files.CASES if case.name == name), None) for name in names]
    (tmp_path / "contract.yml").write_text(cases[0].contract, encoding="utf-8")
    paths = [tmp_path / f"{number}.csv" for number in range(len(cases))]
    for path, case in zip(paths, cases, strict=True):
        if case:
            path.write_bytes(case.content)
    argv = ["validate", "--contract", str(tmp_path), "--as-of", "2026-12-31", "--json", *map(str, paths)]
    assert main(argv) == code
    result = json.loads(capsys.readouterr().out)
    if code == 2:
        assert result["error"]["code"] == "tidak_ada"
    else:
        assert [(file["file"], file["outcome"]) for file in result["files"]] == [
            (str(path), case.outcome) for path, case in zip(paths, cases, strict=True)
        ]
