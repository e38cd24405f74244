"""The guide to contracts says every key and every code, and its examples give the results it shows."""

from __future__ import annotations

import json
import re
from collections import defaultdict

import pytest
from openpyxl import Workbook

from pipelines.__main__ import main
from pipelines.contracts.contract import Contract
from pipelines.contracts.contract_parts import Check, Part
from pipelines.contracts.contract_schema import SCHEMAS, text_of
from pipelines.contracts.known_errors import Correction
from warehouse.settings import PROJECT_DIR

GUIDE = (PROJECT_DIR / "docs" / "kontrak.md").read_text("utf-8")
BLOCK = re.compile(r"^```(?:yaml|csv|cells|json) (\w+)/([\w.-]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RESULT = "hasil"
CODES = (
    r"(?:Note|Doubt)\(\s*\"([a-z_]+)\"",
    r"finding(?:_sql)?\(\s*\w+(?:\[-1\])?,\s*[\"']([a-z_]+)[\"']",
    r"\"rule\": \"([a-z_]+)\"",
    r"return \"([a-z]+_[a-z_]+)\", ",
    r"^(?:APPLIED, STALE|BUG) = \"([a-z_]+)\"(?:, \"([a-z_]+)\")?",
    r"THEN '([a-z_]+)' (?:END|\"$)",
)


def examples():
    found = defaultdict(dict)
    for name, file_name, text in BLOCK.findall(GUIDE):
        found[name][file_name] = text
    return found


def parts():
    """Every model that a person writes keys of."""
    return [Contract, Correction, *(part for part in Part.__subclasses__() if part not in (Contract, Correction))]


def written(part):
    return [(info.alias or name, info.description) for name, info in part.model_fields.items() if info.description]


@pytest.mark.parametrize("part", parts(), ids=lambda part: part.__name__)
def test_every_key_is_described(part):
    rows = [row.replace("\\|", "|") for row in GUIDE.splitlines() if row.startswith("| `")]
    missing = [key for key, said in written(part) if not any(row.startswith(f"| `{key}` | {said} |") for row in rows)]
    assert missing == []


def test_every_code_is_described():
    sources = [path for path in (PROJECT_DIR / "pipelines").rglob("*.py") if "sample" not in path.parts]
    text = "\n".join(path.read_text("utf-8") for path in sources)
    codes = {code for pattern in CODES for found in re.findall(pattern, text, re.MULTILINE) for code in _each(found)}
    codes |= set(Check.model_fields["rule"].annotation.__args__) - {"led_by"}
    assert len(codes) > 30
    assert sorted(code for code in codes if f"`{code}`" not in GUIDE) == []


def _each(found):
    return [code for code in ((found,) if isinstance(found, str) else found) if code]


@pytest.mark.parametrize("file_name", SCHEMAS)
def test_the_published_schemas_are_those_of_the_models(file_name):
    assert (PROJECT_DIR / "docs" / file_name).read_text("utf-8") == text_of(SCHEMAS[file_name]())


@pytest.mark.parametrize("name", examples())
def test_the_examples_of_the_guide_give_what_it_says(tmp_path, capsys, name):
    files = examples()[name]
    shown = json.loads(files.pop(RESULT))
    for file_name, text in files.items():
        path = tmp_path / file_name
        if path.suffix == ".xlsx":
            write_cells(path, text)
        else:
            path.write_text(text, "utf-8")
    (delivered,) = set(files) - {"contract.yml", "corrections.yml", "tempat.csv"}
    path = tmp_path / delivered
    main(["validate", "--contract", str(tmp_path), "--as-of", "2026-10-10", "--json", str(path)])
    (result,) = json.loads(capsys.readouterr().out)["files"]
    said = shown.pop("messages", [])
    assert {key: result[key] for key in shown} == shown
    told = [message for message in result["messages"] if message["code"] in {one["code"] for one in said}]
    assert [{key: one[key] for key in like} for one, like in zip(told, said, strict=True)] == said


def write_cells(path, text):
    book = Workbook()
    for line in text.splitlines():
        cells = [float(cell) if re.fullmatch(r"-?\d+(\.\d+)?", cell) else cell or None for cell in line.split(";")]
        book.active.append(cells)
    book.save(path)
