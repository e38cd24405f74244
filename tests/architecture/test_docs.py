"""What can be set, run, delivered, measured or opened is documented, and what the documents point to is there."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

import pytest

from charts.wall import SCENES
from journal import __main__ as journal_line
from operations import __main__ as operations_line
from pipelines import __main__ as command_line
from pipelines.contracts.contract import load_contracts
from reports import __main__ as paper_line
from tests.unit.pipelines.loaded import load_file
from warehouse import __main__ as rules_line
from warehouse.catalogue import INDICATORS
from warehouse.catalogue_page import catalogue_page
from warehouse.figures import ClockState
from warehouse.message_settings import AlarmNotices, Reminders
from warehouse.rules import load_rules
from warehouse.scope import ALLOWED, PEOPLE_ROLES, WHOLE_ONLY, Action, Role
from warehouse.screen_settings import Screen
from warehouse.settings import Access, Fetch, Profile, Retention, Settings

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
COMMAND_LINES = {
    "journal": journal_line._parser(),
    "operations": operations_line._parser(),
    "pipelines": command_line._parser(),
    "reports": paper_line._parser(),
    "warehouse": rules_line._parser(),
}
CONTRACTS = {contract.source_id: contract for contract in load_contracts()}
LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
EXAMPLE = re.compile(r"Contoh berkas `([^`]+)`:\n\n```csv\n(.*?)```", re.DOTALL)


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def table_row(text: str, first_cell: str) -> str:
    return next((line for line in text.splitlines() if line.startswith(f"| `{first_cell}")), "")


@pytest.mark.parametrize(
    "model",
    [Settings, Profile, Screen, Access, Fetch, Retention, Reminders, AlarmNotices],
    ids=lambda model: model.__name__,
)
def test_every_setting_has_its_row(model):
    text = read("docs/administrator.md")
    sections = {
        "profiles",
        "screens",
        "access",
        "fetch",
        "retention",
        "reminders",
        "alarms",
    }  # told by their own tables
    assert [key for key in model.model_fields if key not in sections and not table_row(text, f"{key}`")] == []


def commands() -> list[tuple[str, str, argparse.ArgumentParser]]:
    return [found for program, parser in COMMAND_LINES.items() for found in commands_below(program, "", parser)]


def commands_below(program: str, path: str, parser: argparse.ArgumentParser) -> list[tuple[str, str, Any]]:
    """`people add` is a command, `people` is not."""
    actions = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not actions:
        return [(program, path.strip(), parser)]
    below = [(name, command) for action in actions for name, command in action.choices.items()]
    return [found for name, command in below for found in commands_below(program, f"{path} {name}", command)]


@pytest.mark.parametrize(("program", "name", "command"), commands(), ids=[f"{one[0]} {one[1]}" for one in commands()])
def test_every_command_and_option_is_told(program, name, command):
    text = read("docs/administrator.md")
    row = table_row(text, f"python -m {program} {name}".strip())
    options = [option for action in command._actions for option in action.option_strings]
    rows = "\n".join(line for line in text.splitlines() if line.startswith(f"| `python -m {program} {name}".strip()))
    assert row
    assert [option for option in options if option not in ("-h", "--help") and option not in rows] == []


@pytest.mark.parametrize("program", sorted(COMMAND_LINES))
def test_every_general_option_is_told(program):
    text = read("docs/administrator.md")
    options = [name for action in COMMAND_LINES[program]._actions for name in action.option_strings]
    assert [name for name in options if name not in ("-h", "--help") and name not in text] == []


@pytest.mark.parametrize(
    ("table", "codes"),
    [
        (
            "| Kode keluar | Artinya |",
            {1, command_line.DONE, command_line.WRONG_USE, command_line.REFUSED, command_line.BUSY},
        ),
        (
            "| Kode keluar `snapshot` | Artinya |",
            {1, paper_line.DONE, paper_line.WRONG_USE, paper_line.INCOMPLETE, paper_line.NO_RELEASE},
        ),
        ("| Kode keluar `warehouse` | Artinya |", {1, rules_line.DONE, rules_line.WRONG_USE, rules_line.NOT_ALL}),
        (
            "| Kode keluar `journal` | Artinya |",
            {1, journal_line.DONE, journal_line.WRONG_USE, journal_line.UNAVAILABLE},
        ),
        (
            "| Kode keluar `operations` | Artinya |",
            {
                1,
                operations_line.DONE,
                operations_line.WRONG_USE,
                operations_line.BUSY,
                operations_line.DASHBOARD_ENDED,
            },
        ),
    ],
)
def test_every_exit_code_is_told(table, codes):
    told = read("docs/administrator.md").partition(table)[2].partition("\n\n")[0]
    assert [code for code in sorted(codes) if f"\n| {code} | " not in told] == []


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda indicator: indicator.id)
def test_the_row_of_an_indicator_has_its_formula_and_basis(indicator):
    """The catalogue is written from the modules; of what the guide explains beside it, formula and basis are those."""
    row = table_row(read("docs/indikator.md"), f"{indicator.id}`")
    assert not row or (indicator.formula in row and indicator.legal_basis in row)
    assert indicator.id in read("CHANGELOG.md")


def test_the_catalogue_is_as_modules_and_packs_are():
    assert read("docs/katalog.md") == catalogue_page(load_rules({})), "python -m warehouse catalogue docs/katalog.md"


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=lambda contract: contract.source_id)
def test_every_source_and_column_is_told_to_its_sender(contract):
    text = read("docs/opd.md")
    assert f"`{contract.source_id}`" in text
    columns = (*contract.headers, *contract.personal, *contract.ignore)
    assert [column for column in columns if column not in text] == []
    assert contract.source_id in read("CHANGELOG.md")


def examples() -> list[tuple[str, str]]:
    return EXAMPLE.findall(read("docs/opd.md"))


@pytest.mark.parametrize(("file_name", "content"), examples(), ids=lambda value: value[:30])
def test_every_example_file_is_accepted_whole(tmp_path, file_name, content):
    (contract,) = (one for one in CONTRACTS.values() if one.accepts_name(file_name))
    path = tmp_path / file_name
    path.write_text(content, "utf-8")
    loaded = load_file(contract, path, tmp_path)
    assert (loaded.counts.accepted, loaded.counts.rejected) == (len(content.splitlines()) - 1, 0)


def test_there_is_an_example_for_each_source_delivered_as_csv():
    shown = {one.source_id for name, _content in examples() for one in CONTRACTS.values() if one.accepts_name(name)}
    assert shown == {one.source_id for one in CONTRACTS.values() if one.file.pattern.endswith(".csv")}


@pytest.mark.parametrize("page", sorted(file.stem for file in (ROOT / "pages").glob("[!_]*.py")))
def test_every_page_is_told(page):
    told = "docs/administrator.md" if page in ("masuk", "kelola") else "docs/analis.md"
    assert table_row(read(told), f"/{page}`")
    assert table_row(read("README.md"), f"/{page}`")


def role_matrix() -> list[str]:
    """The table of roles as the guide shows it."""
    roles = (*PEOPLE_ROLES, Role.SCREEN)
    heads = [f"`{role.value}`" for role in PEOPLE_ROLES] + [Role.SCREEN.value]
    rows = [
        [action.value.capitalize().replace(" opd", " OPD"), *(right(role, action) for role in roles)]
        for action in Action
    ]
    return [f"| {' | '.join(cells)} |" for cells in (["Tindakan", *heads], *rows)]


def right(role: Role, action: Action) -> str:
    if action not in ALLOWED[role]:
        return "–"
    if action is Action.SEE_RESTRICTED:
        return "izin"
    return "ya*" if action in WHOLE_ONLY and role is not Role.SCREEN else "ya"


def test_roles_and_their_rights_are_told_as_they_are():
    lines = read("docs/jaringan.md").splitlines()
    table = [line for line in lines if line in role_matrix()]
    assert table == role_matrix()
    start = lines.index(table[0])
    assert lines[start + 2 : start + 2 + len(Action)] == table[1:]
    assert lines[start + 2 + len(Action)] == ""  # and no row more


def test_every_scene_and_state_of_a_clock_is_told_to_the_operator():
    text = read("docs/operator.md")
    assert [scene for scene in SCENES if f"`{scene}`" not in text] == []
    assert [state for state in ClockState if f"| {state.value} | " not in text] == []


@pytest.mark.parametrize("name", ["requirements.in", "requirements-dev.in"])
def test_every_direct_dependency_has_its_reason(name):
    text = read("docs/dependencies.md")
    packages = [re.split(r"[=<>[]", line)[0].strip() for line in read(name).splitlines() if not line.startswith("-")]
    assert [package for package in packages if package and f"| {package} | " not in text] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_relative_link_leads_somewhere(document):
    for words, target in LINK.findall(document.read_text("utf-8")):
        if "://" in target:
            continue
        file, _hash, anchor = target.partition("#")
        path = document.parent / file
        assert path.exists(), target
        if anchor.startswith("L"):  # a line is named by a word that stands on it
            assert words.strip("`") in path.read_text("utf-8").splitlines()[int(anchor[1:]) - 1], target
