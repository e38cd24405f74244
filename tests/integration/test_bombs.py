"""A small file that would unfold into a huge one is refused within seconds and without the memory it asks for."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from pipelines.containers import open_file
from pipelines.contracts.contract import ContractProblem
from pipelines.contracts.contract_parts import FileShape
from tests.integration.peak import peak_bytes
from tests.unit.pipelines.containers.test_archive import lying, packed
from tests.unit.pipelines.containers.test_ods import WIDE
from tests.unit.pipelines.containers.test_ods import write as write_ods
from tests.unit.pipelines.containers.test_xlsx import raw_book
from tests.unit.pipelines.containers.test_xml import LAUGHS

MOST_SECONDS, MOST_BYTES = 5, 200_000_000  # of the processor: others may have it meanwhile
ROOT = Path(__file__).parents[2]
FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
LONG = "".join(f'<row r="{number * 65536}"><c r="C{number * 65536}"><v>1</v></c></row>' for number in range(1, 17))


def shared_strings(path, text):
    raw_book(path, '<row r="1"><c r="A1" t="s"><v>0</v></c></row>')
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", text)


def many_sheets(path, count):
    """Each within the limit, all together not."""
    raw_book(path, LONG)
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name).decode() for name in source.namelist()}
    book, relations = parts["xl/workbook.xml"], parts["xl/_rels/workbook.xml.rels"]
    one = '<sheet name="Data" sheetId="1" r:id="rId1"/>'
    link = relations[relations.index("<Relationship Id") : relations.index("</Relationships>")]
    for number in range(2, count):
        book = book.replace(
            one, one + one.replace("Data", f"D{number}").replace('"1"', f'"{number}"').replace("rId1", f"rId{number}")
        )
        relations = relations.replace("</Relationships>", link.replace("rId1", f"rId{number}") + "</Relationships>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in {**parts, "xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": relations}.items():
            target.writestr(name, content)


BOMBS = {
    "zip": lambda path: path.write_bytes(packed({"data.csv": bytes(60_000_000)})),
    "zip that lies": lambda path: path.write_bytes(lying(packed({"data.csv": bytes(60_000_000)}), 1000)),
    "zip in zip": lambda path: path.write_bytes(packed({"a.zip": packed({"b.csv": bytes(30_000_000)})})),
    "far cell": lambda path: raw_book(path, FAR),
    "many sheets": lambda path: many_sheets(path, 100),
    "strings": lambda path: shared_strings(path, "<sst>" + "<si><t>a</t></si>" * 2_000_000),
    "ods": lambda path: write_ods(
        path,
        f'<table:table><table:table-row table:number-rows-repeated="1048576">{WIDE}</table:table-row></table:table>',
    ),
    "json depth": lambda path: path.write_text("[" * 40_000_000),
    "json width": lambda path: path.write_text("[" + "[]," * 16_000_000 + "[]]"),
    "json records": lambda path: path.write_text("[" + ",".join(f'{{"k{one}":1}}' for one in range(90_000)) + "]"),
    "xml entities": lambda path: path.write_text(f"{LAUGHS}]><rss>&a11;</rss>"),
    "xml depth": lambda path: path.write_text("<rss>" * 9_000_000),
    "xml width": lambda path: path.write_text("<rss><item>" + "<a/>" * 12_000_000 + "</item></rss>"),
}


def measure(path: Path) -> dict[str, object]:
    """What opening says, in a process that has already opened a harmless file."""
    harmless = raw_book(path.with_name("biasa.xlsx"), '<row r="1"><c r="A1"><v>1</v></c></row>')
    open_file(harmless, path.parent, FileShape())
    idle = peak_bytes()
    started = time.process_time()
    said = ""
    try:
        open_file(path, path.parent, FileShape())
    except ContractProblem as problem:
        said = str(problem)
    seconds = time.process_time() - started
    grown = peak_bytes() - idle
    return {"said": said, "seconds": seconds, "grown_bytes": grown}


@pytest.mark.slow
@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_soon_and_in_little_memory(tmp_path, kind):
    path = tmp_path / "kiriman.xlsx"
    BOMBS[kind](path)
    command = [sys.executable, "-m", "tests.integration.test_bombs", str(path)]
    child = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    measured = json.loads(child.stdout)
    print(kind, measured)
    assert "kiriman.xlsx" in measured["said"]
    assert measured["seconds"] < MOST_SECONDS
    assert measured["grown_bytes"] < MOST_BYTES


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
