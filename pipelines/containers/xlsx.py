"""An XLSX workbook as grids: values by python-calamine, what it does not tell from the XML of the sheets.

Hands the library only parts that were unpacked within the limits. Computes no formula.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from pipelines.containers.detection import damage_told, damaged, holds_no_table
from pipelines.containers.limits import MAX_CELLS, MAX_PART_BYTES, too_much
from pipelines.containers.number_formats import Dress, dress_of
from pipelines.containers.sheet_xml import (
    CellStyles,
    SheetFacts,
    check_extent,
    padded,
    read_facts,
    shown_digits,
    shows_percent,
    tidy,
)
from pipelines.containers.struck_words import struck_strings
from pipelines.containers.xml_events import XmlFault, entities_refused, local, read_events
from pipelines.contracts.vocabulary import Vocabulary
from pipelines.reading.cell_text import EXACT_DIGITS
from pipelines.reading.grids import MOST_INDENTED, Grid, Opened, PercentCell

Opening = TypeVar("Opening")
CHUNK = 1 << 20
KEPT_BYTES = 64_000_000  # of sheets, so that most are read once
LONG = 10**EXACT_DIGITS
WHAT = "Buku kerja"
STRINGS = "xl/sharedstrings.xml"
PERCENT_FORMATS = {9, 10}  # built in: 0% and 0.00%
_READ_PARTS = re.compile(r"(\[content_types\]\.xml|_rels/.*|xl/.*\.(xml|rels))", re.IGNORECASE)
_SIDE_PARTS = re.compile(
    r"xl/(media|drawings|theme|charts|externallinks|printersettings|comments|pivot)", re.IGNORECASE
)


@dataclass(frozen=True)
class Book:
    """What the workbook says of itself."""

    sheet_parts: dict[str, str]  # name of the sheet, name of its part
    is_1904: bool
    zeros_are_stale: bool
    styles: CellStyles


def open_xlsx(path: Path, name: str, work_dir: Path) -> Opened:
    """Raises ContractProblem when it is damaged or too large."""
    plain = work_dir / "buku-kerja.zip"
    try:
        with damage_told(name, WHAT, XmlFault, CalamineError):
            _unpack(path, plain, name)
            with zipfile.ZipFile(plain) as archive:
                book = _read_book(archive, name)
                return Opened("xlsx", grids=tuple(_grids(plain, archive, book, name)))
    finally:
        plain.unlink(missing_ok=True)


def _unpack(path: Path, plain: Path, name: str) -> None:
    """A copy whose parts are stored as they are, so that none is larger than it said."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(plain, "w") as target:
        for member in source.infolist():
            part = member.filename.replace("\\", "/")
            if not _READ_PARTS.fullmatch(part) or _SIDE_PARTS.match(part) or part in target.NameToInfo:
                continue
            if member.file_size > MAX_PART_BYTES:
                raise too_much(name)
            with source.open(member) as packed, target.open(part, "w") as copy:
                head = packed.read(CHUNK)
                if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
                    raise entities_refused(name)
                copy.write(head)
                while chunk := packed.read(CHUNK):
                    copy.write(chunk)


def _grids(plain: Path, archive: zipfile.ZipFile, book: Book, name: str) -> Iterator[Grid]:
    told = Vocabulary().name_told
    kept: dict[str, bytes] = {}
    total = 0
    for sheet, part in book.sheet_parts.items():
        xml = tidy(archive.read(part))
        total += check_extent(xml, name, told(sheet))
        if sum(map(len, kept.values())) + len(xml) <= KEPT_BYTES:
            kept[sheet] = xml
        if total > MAX_CELLS:
            raise too_much(name)
    total = 0
    with _calamine(plain) as workbook:
        for found in workbook.sheets_metadata:
            if found.name not in book.sheet_parts:
                continue  # a sheet of charts
            cells = _values(workbook, found.name)
            total += len(cells) * max(map(len, cells), default=0)
            if total > MAX_CELLS:
                raise too_much(name)
            xml = kept.pop(found.name, b"") or tidy(archive.read(book.sheet_parts[found.name]))
            facts = read_facts(xml, book.styles, zeros_are_stale=book.zeros_are_stale, has_long=_has_long(cells))
            yield _grid(found.name, cells, facts, found.visible == SheetVisibleEnum.Visible, book.is_1904)


def _calamine(plain: Path) -> CalamineWorkbook:
    return _guarded(lambda: CalamineWorkbook.from_path(plain))


def _values(workbook: CalamineWorkbook, sheet: str) -> list[list[Any]]:
    return _guarded(lambda: workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False))


def _guarded(call: Callable[[], Opening]) -> Opening:
    """The library's Rust code reports a fault it did not foresee as an exception outside of `Exception`."""
    try:
        return call()
    except BaseException as error:
        if type(error).__name__ == "PanicException" or isinstance(error, (OSError, ValueError)):
            raise CalamineError(str(error)) from error
        raise


def _grid(sheet: str, cells: list[list[Any]], facts: SheetFacts, is_visible: bool, is_1904: bool) -> Grid:
    width = max((len(row) for row in cells), default=0)
    for row, column in facts.percentages:
        if row < len(cells) and column < len(cells[row]) and type(cells[row][column]) in (int, float):
            cells[row][column] = PercentCell(cells[row][column])
    for (row, column), dress in facts.dressed.items():
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = dress.put_on(cells[row][column])
    for (row, column), written in facts.long.items():
        if row < len(cells) and column < len(cells[row]) and type(cells[row][column]) in (int, float):
            cells[row][column] = written
    for (row, column), width in facts.padded.items():
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = padded(cells[row][column], width)
    for (row, column), fault in facts.faults.items():
        if row < 0:
            continue
        while row >= len(cells):  # the library ends a sheet with its last value
            cells.append([""] * width)
        cells[row].extend([""] * (column + 1 - len(cells[row])))
        cells[row][column] = fault
    is_dressed = bool(facts.percentages or facts.dressed or facts.long)
    return Grid(
        sheet,
        cells,
        is_visible,
        facts.merged,
        facts.hidden_rows,
        facts.hidden_columns,
        is_1904,
        is_dressed=is_dressed,
        struck=facts.struck,
        indents=facts.indents,
    )


def _has_long(cells: list[list[Any]]) -> bool:
    """Whether some number has more digits than a double keeps for certain."""
    return any(True for row in cells for cell in row if cell.__class__ in (float, int) and not -LONG < cell < LONG)


def _read_book(archive: zipfile.ZipFile, name: str) -> Book:
    parts = {part.lower(): part for part in archive.namelist()}
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []
    flags: set[str] = set()

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            targets[attributes.get("Id", "")] = attributes.get("Target", "")

    def part_of_book(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            sheets.append((attributes.get("name", ""), attributes.get("id", "")))
        flags.update(key for key in ("date1904", "fullCalcOnLoad") if attributes.get(key) in ("1", "true"))

    book = _book_part(archive, parts, name)
    _events(archive, parts, str(book.parent / "_rels" / f"{book.name}.rels").lower(), name, relation)
    _events(archive, parts, str(book).lower(), name, part_of_book)
    located = {sheet: _part(targets[key], book.parent).lower() for sheet, key in sheets if key in targets}
    missing = [part for part in located.values() if part not in parts]
    if missing or not sheets:
        raise damaged(name, WHAT)
    if not located:
        raise holds_no_table(name, "lembar grafik saja")
    known = {sheet: parts[part] for sheet, part in located.items()}
    return Book(known, "date1904" in flags, "fullCalcOnLoad" in flags, _styles(archive, parts, name))


def _book_part(archive: zipfile.ZipFile, parts: dict[str, str], name: str) -> PurePosixPath:
    found = ["xl/workbook.xml"]

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            found.append(attributes.get("Target", ""))

    _events(archive, parts, "_rels/.rels", name, relation)
    return PurePosixPath(_part(found[-1], PurePosixPath()))


def _part(target: str, folder: PurePosixPath) -> str:
    return target.lstrip("/") if target.startswith("/") else str(folder / target.removeprefix("./"))


def _styles(archive: zipfile.ZipFile, parts: dict[str, str], name: str) -> CellStyles:
    percent, digits, dresses = set(PERCENT_FORMATS), dict[int, int](), dict[int, Dress]()
    styles: list[tuple[int, int]] = []  # number format and font
    struck: set[int] = set()  # fonts
    indented: dict[int, int] = {}
    inside: list[str] = []
    fonts = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal fonts
        number = attributes.get("numFmtId", "")
        if tag == "numFmt" and number.isdecimal():
            code = attributes.get("formatCode", "")
            percent.update({int(number)} if shows_percent(code) else ())
            digits.update({int(number): shown} if (shown := shown_digits(code)) else {})
            dresses.update({int(number): dress} if (dress := dress_of(code)) else {})
        elif tag in ("fonts", "cellXfs", "cellStyleXfs", "dxfs"):
            inside[:] = [tag]
        elif tag == "font" and inside == ["fonts"]:
            fonts += 1
        elif tag == "strike" and inside == ["fonts"] and attributes.get("val", "1") not in ("0", "false"):
            struck.add(fonts - 1)
        elif tag == "xf" and inside == ["cellXfs"]:
            styles.append((_number(number), _number(attributes.get("fontId", ""))))
        elif tag == "alignment" and inside == ["cellXfs"] and (level := _number(attributes.get("indent", ""))):
            indented[len(styles) - 1] = min(level, MOST_INDENTED)

    _events(archive, parts, "xl/styles.xml", name, start)
    known = list(enumerate(styles))
    return CellStyles(
        frozenset(index for index, (number, _font) in known if number in percent),
        {index: digits[number] for index, (number, _font) in known if number in digits},
        {index: dresses[number] for index, (number, _font) in known if number in dresses},
        frozenset(index for index, (_number, font) in known if font in struck),
        struck_strings(archive.read(parts[STRINGS])) if STRINGS in parts else frozenset(),
        indented,
    )


def _number(written: str) -> int:
    return int(written) if written.isdecimal() and len(written) < 10 else 0


def _events(archive: zipfile.ZipFile, parts: dict[str, str], part: str, name: str, start: Any) -> None:
    if part not in parts:
        return

    def plain(tag: str, attributes: dict[str, str]) -> None:
        start(local(tag), {local(key): value for key, value in attributes.items()})

    read_events(io.BytesIO(archive.read(parts[part])), name, plain, lambda _tag: None, lambda _text: None)
