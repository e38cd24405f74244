"""The recipe for an indicator, done as the developer guide tells it, in a copy of the project in a temporary folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"```(?:python|text)\n(.*?)```", re.DOTALL)
NEEDED = ("warehouse", "pipelines", "reports", "charts", "journal", "pyproject.toml", "pendopo.toml")
TESTS = ("__init__.py", "unit/__init__.py", *(f"unit/warehouse/{name}.py" for name in ("__init__", "small_warehouse")))
NEW = "smart_living.kejadian_112"
AFTER = '    "smart_living.panggilan_112",\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """What an indicator is made of, as it is."""
    for name in (*NEEDED, *(f"tests/{name}" for name in (*TESTS, "unit/warehouse/test_catalogue.py"))):
        source, target = ROOT / name, tmp_path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(source, target)
    return tmp_path


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(project), "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.slow
def test_an_indicator_is_one_module_one_line_and_one_test(project):
    told = (ROOT / "docs" / "developer.md").read_text("utf-8")
    module, line, test = BLOCK.findall(told.partition("## Add an indicator")[2].partition("\n## ")[0])
    for text in (module, test):
        path = project / text.partition("\n")[0].removeprefix("# ")
        assert not path.exists()
        path.write_text(text.partition("\n")[2], "utf-8")
    catalogue = project / "warehouse" / "catalogue.py"
    before = catalogue.read_text("utf-8")
    assert AFTER in before
    catalogue.write_text(before.replace(AFTER, AFTER + line), "utf-8")
    done = run(project, "pytest", "-q", "-n0", "-p", "no:cacheprovider", "tests/unit/warehouse")
    assert done.returncode == 0, done.stdout + done.stderr
    page = run(project, "warehouse", "catalogue").stdout
    assert f"### {NEW}\n\nKejadian 112 yang dilaporkan dalam satu bulan.\n" in page
    assert "| Rumus | Jumlah tiket sebulan |" in page
