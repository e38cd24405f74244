"""Whatever happens to the bytes of a file, opening it ends in cells or in a message, soon and in little memory."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from pipelines.containers import open_file
from pipelines.contracts.contract import ContractProblem
from pipelines.contracts.contract_parts import FileShape
from tests.integration.peak import peak_bytes
from tests.unit.pipelines.containers.test_ods import cell
from tests.unit.pipelines.containers.test_ods import write as write_ods
from tests.unit.pipelines.containers.test_xml import CAP, RSS

REDUCED, FULL = 300, 10_000
MOST_SECONDS, MOST_BYTES = 10, 300_000_000  # of the processor: others may have it meanwhile
ROOT = Path(__file__).parents[2]
ROWS = [["Kode", "Nama", "Nilai"], *([f"35.16.{number:02}", f"Desa {number}", number * 1.5] for number in range(30))]


def seeds_in(folder: Path) -> list[bytes]:
    """One small valid file of every container."""
    with xlsxwriter.Workbook(folder / "a.xlsx") as book:
        sheet = book.add_worksheet()
        percent = book.add_format({"num_format": "0%"})
        shown = book.add_format({"num_format": '[>=20]#,##0.0,,"jt";-"Rp"0;0" kg"', "font_strikeout": True})
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
            sheet.write_number(number, 4, 0.5, percent)
            sheet.write_formula(number, 5, "=1/0", None, "#DIV/0!")
            sheet.write_number(number, 6, number * 10.0 ** (number % 20), shown)
        sheet.merge_range("A40:C41", "gabung")
    old = xlwt.Workbook()
    old_sheet = old.add_sheet("Data")
    old_shown = xlwt.easyxf("font: struck_out on", num_format_str='#,##0,"rb"')
    for number, row in enumerate(ROWS):
        for column, value in enumerate(row):
            old_sheet.write(number, column, value)
        old_sheet.write(number, 4, xlwt.Formula("1+1"))
        old_sheet.write(number, 5, number * 1.5, old_shown)
    old.save((folder / "a.xls").as_posix())
    text_cell = 'office:value-type="string"'
    long_cell = cell('office:value-type="float" office:value="1234567890123456789"', "1.234.567 jt")
    table = "".join(
        f"<table:table-row>{''.join(cell(text_cell, str(value)) for value in row)}{long_cell}</table:table-row>"
        for row in ROWS
    )
    write_ods(folder / "a.ods", f'<table:table table:name="Data">{table}</table:table>')
    text = "\n".join(";".join(map(str, row)) for row in ROWS)
    features = [{"type": "Feature", "properties": {"a": 1.5}, "geometry": {"type": "Point", "coordinates": [1, 2]}}] * 5
    dump = "CREATE TABLE t (a int, b text);\nINSERT INTO t (a, b) VALUES\n(1, 'x'),\n(2, NULL);\n"
    texts = [text, json.dumps([dict(zip(ROWS[0], row, strict=True)) for row in ROWS]), CAP, RSS, dump]
    texts.append(json.dumps({"type": "FeatureCollection", "features": features}))
    files = [(folder / name).read_bytes() for name in ("a.xlsx", "a.xls", "a.ods")]
    return [*files, *(one.encode() for one in texts), text.encode("utf-16"), packed({"data.csv": text.encode()})]


def packed(members: dict[str, bytes]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return memory.getvalue()


def mutated(content: bytes, other: bytes, chance: random.Random) -> bytes:
    """Of a ZIP mostly one part, packed again: checksums would keep every other mutation from being read."""
    if not content.startswith(b"PK") or chance.random() < 0.3:
        return scrambled(content, other, chance)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    parts = [name for name in members if name.endswith((".xml", ".csv")) and "docProps" not in name]
    part = chance.choice(parts)
    if chance.random() < 0.5:
        part = max(parts, key=lambda name: len(members[name]))
    members[part] = scrambled(members[part], chance.choice([other, *members.values()]) or b"x", chance)
    return packed(members)


def scrambled(content: bytes, other: bytes, chance: random.Random) -> bytes:
    """Bytes flipped, cut off, taken out, doubled or replaced by some of another file."""
    found = bytearray(content)
    for _step in range(chance.choice((1, 1, 2, 5))):
        start = chance.randrange(len(found) + 1)
        length = chance.choice((1, 4, 40, 400))
        match chance.randrange(6):
            case 0 | 1:
                for place in range(start, min(start + chance.choice((1, 2, 8)), len(found))):
                    found[place] = chance.randrange(256)
            case 2:
                found = found[: max(start, 1)]
            case 3:
                del found[start : start + length]
            case 4:
                found[start:start] = found[start : start + length] * chance.choice((1, 3, 50))
            case 5:
                place = chance.randrange(len(other))
                found[start : start + length] = other[place : place + length]
    if chance.random() < 0.3:  # numbers are where sizes and counts are
        digits = [place for place, sign in enumerate(found) if 48 <= sign <= 57]
        for place in chance.sample(digits, min(len(digits), 3)):
            found[place : place + 1] = chance.choice((b"9", b"999999", b"-1", b"0"))
    return bytes(found)


def open_all(folder: Path, count: int) -> dict[str, float]:
    """Opens `count` mutated files; what surprises is raised with the seed that makes it."""
    seeds = seeds_in(folder)
    path = folder / "kiriman"
    opened, slowest = 0, 0.0
    open_file(folder / "a.xlsx", folder, FileShape())  # everything is imported before memory is measured
    idle = peak_bytes()
    for number in range(count):
        chance = random.Random(number)
        content = mutated(seeds[number % len(seeds)], chance.choice(seeds), chance)
        path.write_bytes(content)
        print(number, file=sys.stderr, flush=True)
        started = time.process_time()
        try:
            open_file(path, folder, FileShape(table="t" if b"INSERT" in content else None))
            opened += 1
        except ContractProblem as problem:
            assert path.name in str(problem), f"seed {number}: {problem}"
        slowest = max(slowest, time.process_time() - started)
    grown = peak_bytes() - idle
    return {"opened": opened, "refused": count - opened, "slowest_s": slowest, "grown_bytes": grown}


@pytest.mark.slow
def test_no_mutation_surprises(tmp_path, full_scale):
    count = FULL if full_scale else REDUCED
    command = [sys.executable, "-m", "tests.integration.test_mutations", str(tmp_path), str(count)]
    child = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=os.environ)
    assert child.returncode == 0, child.stderr[-2000:]
    measured = json.loads(child.stdout)
    print(measured)
    assert measured["opened"] > count / 100 and measured["refused"] > count / 10
    assert measured["slowest_s"] < MOST_SECONDS
    assert measured["grown_bytes"] < MOST_BYTES


if __name__ == "__main__":
    print(json.dumps(open_all(Path(sys.argv[1]), int(sys.argv[2]))))
