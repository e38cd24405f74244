"""Imports go one way, and what must stand in one place only does."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("charts", "journal", "pages", "pipelines", "reports", "warehouse")
MODULES = sorted([ROOT / "app.py", *(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))])
IO_LIBRARIES = {"sqlalchemy", "duckdb", "python_calamine", "requests", "urllib", "socket", "subprocess", "sqlite3"}

# What each place may import of the project; a longer prefix wins.
MAY_IMPORT = {
    "app": {"pages", "journal", "warehouse"},
    "pages": {"pages", "reports", "charts", "journal", "warehouse"},
    "pages.shared.navigation": {"pages", "warehouse", "journal", "pipelines.first_run"},
    "journal": {"journal", "warehouse"},
    "reports": {"reports", "charts", "warehouse"},
    "charts": {"charts", "warehouse.figures"},
    "warehouse": {"warehouse"},
    "pipelines": {"pipelines", "warehouse"},
}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return found


def within(module: str, allowed: set[str]) -> bool:
    return any(module == item or module.startswith(item + ".") for item in allowed)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_one_way(path):
    module = name_of(path)
    allowed = MAY_IMPORT.get(module, MAY_IMPORT[module.split(".")[0]])
    own = {"app", *LAYERS}
    for imported in imports_of(path):
        if imported.split(".")[0] in own and imported.split(".")[0] != module.split(".")[0]:
            package = any(item.startswith(imported + ".") for item in allowed)  # `from charts import bullet`
            assert within(imported, allowed) or package, f"{module} imports {imported}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_streamlit_is_imported_only_at_the_edge(path):
    if name_of(path).split(".")[0] not in {"app", "pages"}:
        assert not any(item.split(".")[0] == "streamlit" for item in imports_of(path))


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_databases_are_opened_in_one_place_each(path):
    # A release is written by a process of its own, which starts without the rest of the product.
    if name_of(path) not in {"warehouse.engine", "pipelines.fresh_file"}:
        assert "duckdb" not in {item.split(".")[0] for item in imports_of(path)}
    # A third is the database of an agency, read only.
    if name_of(path) not in {"warehouse.engine", "journal.store", "pipelines.connectors.sql_server"}:
        assert "create_engine" not in path.read_text("utf-8")


@pytest.mark.parametrize(
    "path", [path for path in MODULES if name_of(path).startswith(("charts", "warehouse.indicators"))], ids=name_of
)
def test_charts_and_formulas_do_no_input_or_output(path):
    libraries = {item.split(".")[0] for item in imports_of(path)}
    allowed = {"sqlalchemy"} if name_of(path).startswith("warehouse.indicators") else set()  # builds queries, runs none
    assert not libraries & (IO_LIBRARIES - allowed)
    assert "datetime.now" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_stay_small_and_say_what_they_are_for(path):
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 300
    assert ast.get_docstring(ast.parse(text)) or not text.strip(), f"{path} has no docstring"
    assert path.stem not in {"utils", "helpers", "common", "misc"}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_raw_html_and_no_clock_in_pure_code(path):
    text = path.read_text("utf-8")
    assert "unsafe_allow_html" not in text
    # The only HTML is a stylesheet file of ours, without data.
    assert all(call == "st.html(STYLE)" for call in re.findall(r"st\.html\([^)]*\)", text))
    assert "st.html" not in text or re.search(r'^STYLE = Path\(__file__\)\.parent / "\w+\.css"$', text, re.MULTILINE)
    if (
        name_of(path).startswith("warehouse")
        or (name_of(path).startswith("journal") and path.stem != "__main__")
        or (name_of(path).startswith("reports") and path.stem != "__main__")
    ):
        assert "datetime.now" not in text


def test_nothing_in_the_project_names_a_folder_outside_it():
    tracked = [path for layer in (*LAYERS, "docs", "tests") for path in (ROOT / layer).rglob("*") if path.is_file()]
    tracked += [ROOT / "app.py", ROOT / "Makefile", ROOT / "README.md"]
    outside = re.compile(r"\.\./shared|/work/|/root/")
    for path in tracked:
        if path.suffix in {".py", ".md", ".yml", ".toml", ".csv", ""} and path != Path(__file__).resolve():
            assert not outside.search(path.read_text("utf-8")), path
