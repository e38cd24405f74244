"""One door for every container: finds out what a file is and has it opened by the module that knows it.

Tells every fault of a container with its remedy, as a ContractProblem; nothing is taken by its name.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from pipelines.containers.archive import open_archive
from pipelines.containers.detection import holds_no_table, kind_of
from pipelines.containers.dump import open_dump
from pipelines.containers.json_records import open_json
from pipelines.containers.limits import MAX_FILE_BYTES, check_size
from pipelines.containers.ods import open_ods
from pipelines.containers.text import open_text
from pipelines.containers.xls import open_xls
from pipelines.containers.xlsx import open_xlsx
from pipelines.containers.xml_records import open_xml
from pipelines.contracts.contract_parts import FileShape
from pipelines.reading.grids import Opened


def open_file(path: Path, work_dir: Path, shape: FileShape, *, max_bytes: int = MAX_FILE_BYTES) -> Opened:
    """What the file holds; `work_dir` receives what has to be unpacked or put into UTF-8.

    Raises ContractProblem that names the file, what is wrong and what to do.
    """
    check_size(path, path.name, max_bytes)
    opened = _open(path, path.name, work_dir, shape)
    return replace(opened, grids=tuple(replace(grid, cells=_rectangle(grid.cells)) for grid in opened.grids))


def _open(path: Path, name: str, work_dir: Path, shape: FileShape) -> Opened:
    kind = kind_of(path, name)
    if kind == "text" and shape.table is not None:
        kind = "sql"
    openers: dict[str, Callable[[], Opened]] = {
        "zip": lambda: open_archive(path, name, work_dir, shape, _open_member),
        "xlsx": lambda: open_xlsx(path, name, work_dir),
        "xls": lambda: open_xls(path, name),
        "ods": lambda: open_ods(path, name),
        "xml": lambda: open_xml(path, name, shape),
        "json": lambda: open_json(path, name, work_dir, shape),
        "sql": lambda: open_dump(path, name, work_dir, shape),
        "text": lambda: open_text(path, name, work_dir, shape),
    }
    return openers[kind]()


def _rectangle(cells: Sequence[Sequence[Any]]) -> Sequence[Sequence[Any]]:
    """Every row as wide as the widest."""
    width = max(map(len, cells), default=0)
    blank = [""] * width
    return [row if len(row) == width else [*row, *blank[len(row) :]] if row else blank for row in cells]


def _open_member(path: Path, name: str, work_dir: Path, shape: FileShape) -> Opened:
    if kind_of(path, name) == "zip":
        raise holds_no_table(name, "arsip ZIP di dalam ZIP")
    return _open(path, name, work_dir, shape)
