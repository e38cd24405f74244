"""Imports go one way, and what must stand in one place only does."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = ("charts", "journal", "operations", "pages", "pipelines", "reports", "warehouse")
MODULES = sorted([ROOT / "app.py", *(path for layer in LAYERS for path in (ROOT / layer).rglob("*.py"))])
IO_LIBRARIES = {"sqlalchemy", "duckdb", "python_calamine", "requests", "urllib", "socket", "subprocess", "sqlite3"}

# What each place may import of the project; a longer prefix wins.
MAY_IMPORT = {
    "app": {"pages", "journal", "warehouse"},
    "pages": {"pages", "reports", "charts", "journal", "warehouse"},
    "pages.shared.navigation": {"pages", "warehouse", "journal", "pipelines.building.first_run"},
    # An upload is previewed and taken in; nothing is built here.
    "pages.shared.intake": {"pages", "reports", "charts", "journal", "warehouse", "pipelines"},
    "journal": {"journal", "warehouse"},
    "reports": {"reports", "charts", "warehouse"},
    "reports.opening": {"reports", "charts", "warehouse", "journal"},  # alarms are kept in the journal
    "charts": {
        "charts",
        "warehouse.figures",
        "warehouse.alarms.lines",
        "warehouse.call_figures",
        "warehouse.spbe_card",
    },  # values without a database
    "warehouse": {"warehouse"},
    "pipelines": {"pipelines", "warehouse"},
    "pipelines.__main__": {"pipelines", "warehouse", "journal.failures"},
    # A build reads what people decided, and the command line confirms.
    "pipelines.deliveries.confirming": {"pipelines", "warehouse", "journal"},
    "pipelines.deliveries.decisions": {"pipelines", "warehouse", "journal"},
    "pipelines.building.data_backup": {"pipelines", "warehouse", "journal"},
    # who looks at persons is written down
    "pipelines.commands.restricted_commands": {
        "pipelines",
        "warehouse",
        "journal",
    },
    "operations": {"operations", "reports", "charts", "journal", "warehouse", "pipelines"},
}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@dataclass(frozen=True)
class Source:
    """One module as it is written; each is read and parsed once."""

    name: str
    stem: str
    text: str
    docstring: str | None
    imports: frozenset[str]

    @property
    def layer(self) -> str:
        return self.name.split(".", maxsplit=1)[0]

    @property
    def libraries(self) -> set[str]:
        return {item.split(".", maxsplit=1)[0] for item in self.imports}


def imports_of(tree: ast.Module, path: Path) -> frozenset[str]:
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {str(node.module)}
    return frozenset(found)


def read_source(path: Path) -> Source:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    return Source(name_of(path), path.stem, text, ast.get_docstring(tree), imports_of(tree, path))


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    return [read_source(path) for path in MODULES]


def within(module: str, allowed: set[str]) -> bool:
    return any(module == item or module.startswith(item + ".") for item in allowed)


def wrong_imports(source: Source) -> list[str]:
    parts = source.name.split(".")
    names = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    allowed = next(MAY_IMPORT[name] for name in names if name in MAY_IMPORT)
    own = {"app", *LAYERS} - {source.layer}
    return [
        f"{source.name} imports {imported}"
        for imported in source.imports
        if imported.split(".", maxsplit=1)[0] in own
        and not within(imported, allowed)
        and not any(item.startswith(imported + ".") for item in allowed)  # `from charts import bullet`
    ]


def test_imports_go_one_way(sources):
    assert [wrong for source in sources for wrong in wrong_imports(source)] == []


def test_streamlit_is_imported_only_at_the_edge(sources):
    inside = [source for source in sources if source.layer not in {"app", "pages"}]
    assert [source.name for source in inside if "streamlit" in source.libraries] == []


def test_databases_are_opened_in_one_place_each(sources):
    # A release is written by a process of its own, which starts without the rest of the product.
    importing = {source.name for source in sources if "duckdb" in source.libraries}
    assert importing <= {"warehouse.engine", "pipelines.building.fresh_file"}
    opening = {source.name for source in sources if "create_engine" in source.text}
    # A third is the database of an agency, read only.
    assert opening <= {"warehouse.engine", "journal.store", "pipelines.connectors.sql_server"}


def test_the_restricted_store_is_opened_by_one_module_and_read_by_one_command(sources):
    opening = {source.name for source in sources if "open_restricted" in re.findall(r"\w+", source.text)}
    assert opening == {"warehouse.engine", "pipelines.judging.restricted_store"}
    using = {source.name for source in sources if within_any(source, "pipelines.judging.restricted_store")}
    assert using == {"pipelines.building.build", "pipelines.commands.report", "pipelines.commands.restricted_commands"}
    reading = {source.name for source in sources if re.search(r"RestrictedStore\(.*\)\.rows\(", source.text)}
    assert reading == {"pipelines.commands.restricted_commands"}


def within_any(source: Source, module: str) -> bool:
    return any(within(imported, {module}) for imported in source.imports)


def test_charts_and_formulas_do_no_input_or_output(sources):
    places = ("charts", "warehouse.indicators", "warehouse.formulas")
    pure = [source for source in sources if source.name.startswith(places)]
    for source in pure:
        is_formula = source.name.startswith("warehouse.indicators")
        allowed = {"sqlalchemy"} if is_formula else set()  # builds queries, runs none
        assert not source.libraries & (IO_LIBRARIES - allowed), source.name
        assert "datetime.now" not in source.text, source.name


def test_modules_stay_small_and_say_what_they_are_for(sources):
    assert [source.name for source in sources if len(source.text.splitlines()) > 300] == []
    assert [source.name for source in sources if source.text.strip() and not source.docstring] == []
    assert [source.name for source in sources if source.stem in {"utils", "helpers", "common", "misc"}] == []


def test_no_raw_html_and_no_clock_in_pure_code(sources):
    for source in sources:
        assert "unsafe_allow_html" not in source.text, source.name
        # The only HTML is a stylesheet file of ours, without data.
        assert set(re.findall(r"st\.html\([^)]*\)", source.text)) <= {"st.html(STYLE)"}, source.name
        styled = re.search(r'^STYLE = Path\(__file__\)\.parent / "\w+\.css"$', source.text, re.MULTILINE)
        assert "st.html" not in source.text or styled, source.name
        is_command = source.stem == "__main__" and source.layer in {"journal", "reports"}
        if source.layer in {"warehouse", "journal", "reports"} and not is_command:
            assert "datetime.now" not in source.text, source.name


def test_nothing_in_the_project_names_a_folder_outside_it():
    tracked = [path for layer in (*LAYERS, "docs", "tests") for path in (ROOT / layer).rglob("*") if path.is_file()]
    tracked += [ROOT / "app.py", ROOT / "Makefile", ROOT / "README.md"]
    outside = re.compile(r"\.\./shared|/work/|/root/")
    for path in tracked:
        if path.suffix in {".py", ".md", ".yml", ".toml", ".csv", ""} and path != Path(__file__).resolve():
            assert not outside.search(path.read_text("utf-8")), path
