"""What python-calamine does not tell of a worksheet, found in its raw XML: extent, faults, percentages, what is hidden.

Looks only for what can be there and parses nothing as a whole; expects parts without document type.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pipelines.containers.limits import MAX_CELLS, MAX_COLUMNS, too_many_cells
from pipelines.containers.number_formats import Dress
from pipelines.containers.struck_words import cells_struck
from pipelines.reading.grids import FaultyCell

FEW_CELLS = 20_000  # each of them can be looked at
MANY_STYLES = 20  # it is quicker to look at every cell with a style
_REF = re.compile(rb'\br="\$?([A-Za-z]{1,3})\$?(\d{1,7})"')
_ROW_NO = re.compile(rb'<row r="(\d{1,7})"')
_TAG = re.compile(rb"<(row|c)(?=[\s/>])([^>]*)")
_FILLED = re.compile(rb"<c\b([^>]*[^>/])>\s*(?:<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*)?<(?:v|is)>")
_ERROR = re.compile(rb't="e"[^>]*>(?:<f\b[^>]*/>|<f\b[^>]*>[^<]*</f>|\s+)*(?:<v>([^<]*)</v>)?')
_UNCALCULATED = re.compile(
    rb"<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(<v\s*/>|<v></v>|</c>|<v>-?0(?:\.0+)?</v>)",
)
_HIDDEN_ROW = re.compile(rb'<row\b([^>]*\bhidden="(?:1|true)"[^>]*)>')
_COLUMN = re.compile(rb'<col\b([^>]*\bhidden="(?:1|true)"[^>]*)>')
_MERGED = re.compile(rb'<mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_STYLED = rb'<c r="([A-Za-z]{1,3})(\d{1,7})"(?: [^>]*?)? s="(%s)"(?:[^>]*[^>/])?>'
_LONG = re.compile(rb"<v>(-?(?:\d{16,40}(?:\.\d{1,20})?|\d(?:\.\d{1,40})?[Ee]\+?(?:1[5-9]|[23]\d)))</v>")
_TEXT_TYPE = re.compile(rb'\bt="(?:str|inlineStr|s|b|d)"')


@dataclass(frozen=True)
class SheetFacts:
    """Positions are counted from 0."""

    faults: dict[tuple[int, int], FaultyCell]
    percentages: frozenset[tuple[int, int]]
    padded: dict[tuple[int, int], int]  # numbers that are shown with this many digits, zeros in front
    dressed: dict[tuple[int, int], Dress]  # numbers whose format shows more or less than their digits
    struck: frozenset[tuple[int, int]]
    long: dict[tuple[int, int], Decimal]  # whole numbers of more digits than a double keeps, as written
    merged: tuple[tuple[int, int, int, int], ...]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    indents: dict[tuple[int, int], int]


def tidy(xml: bytes) -> bytes:
    """The same sheet without comments, prefixes and single quotes, every row and cell with its position first."""
    if b"<!" in xml:
        xml = re.sub(rb"<!--.*?-->", b"", xml, flags=re.DOTALL)
        xml = re.sub(rb"<!\[CDATA\[(.*?)\]\]>", _escaped, xml, flags=re.DOTALL)
    if prefix := re.search(rb"<([\w.-]+):worksheet\b", xml[:4096]):
        xml = re.sub(rb"<(/?)" + re.escape(prefix[1]) + rb":", rb"<\1", xml)
    if b"='" in xml:
        xml = re.sub(rb"=\s*'([^'<>\"]*)'", rb'="\1"', xml)
    cells = xml.count(b"<c ") + xml.count(b"<c>") + xml.count(b"<c/>")
    rows = xml.count(b"<row ") + xml.count(b"<row>") + xml.count(b"<row/>")
    if cells == xml.count(b'<c r="') and rows == xml.count(b'<row r="'):
        return xml
    return _with_positions(xml)


def check_extent(xml: bytes, name: str, sheet: str) -> int:
    """How many cells the sheet takes at least, in a sparse one those from A1 to the last filled one.

    Raises ContractProblem when they are too many to hold.
    """
    count = xml.count(b"<c ")
    if FEW_CELLS < count <= MAX_CELLS:
        rows = max((int(number) for number in _ROW_NO.findall(xml)), default=1)
        width = min(MAX_CELLS // max(rows, 1), MAX_COLUMNS)
        outside = rb'<c r="(?:[A-Z]*[a-z]|%s|[A-Z]*(?:%s)")' % (
            _above(letters(width - 1), "A", "Z"),
            _above(str(rows), "0", "9"),
        )
        if width and not re.search(outside, xml):
            return count
    rows, columns = 1, 1
    for found in _FILLED.finditer(xml):
        row, column = _position(found[1])
        rows, columns = max(rows, row + 1), max(columns, column + 1)
    if count > MAX_CELLS or rows * columns > MAX_CELLS or columns > MAX_COLUMNS:
        raise too_many_cells(name, sheet, f"{letters(columns - 1)}{rows}")
    return rows * columns


@dataclass(frozen=True)
class CellStyles:
    """Those that say something of their cells, by number."""

    percent: frozenset[int] = frozenset()
    padded: Mapping[int, int] = field(default_factory=dict)  # and how many digits each shows at least
    dressed: Mapping[int, Dress] = field(default_factory=dict)
    struck: frozenset[int] = frozenset()
    struck_strings: frozenset[int] = frozenset()  # shared ones, in which some words are
    indented: Mapping[int, int] = field(default_factory=dict)  # and by how many levels


def read_facts(xml: bytes, styles: CellStyles, *, zeros_are_stale: bool, has_long: bool) -> SheetFacts:
    """With `zeros_are_stale` the workbook asks to be calculated when opened, so a formula's 0 is no result yet."""
    return SheetFacts(
        dict(_faults(xml, zeros_are_stale)),
        frozenset(place for place, _style in _styled(xml, styles.percent)),
        {place: styles.padded[style] for place, style in _styled(xml, styles.padded)},
        {place: styles.dressed[style] for place, style in _styled(xml, styles.dressed)},
        frozenset(place for place, _style in _styled(xml, styles.struck)).union(
            map(_position, cells_struck(xml, styles.struck_strings))
        ),
        dict(_long_numbers(xml)) if has_long else {},
        tuple(_merged(xml)),
        frozenset(_attribute(found[1], b"r") - 1 for found in _HIDDEN_ROW.finditer(xml)),
        frozenset(_hidden_columns(xml)),
        {place: styles.indented[style] for place, style in _styled(xml, styles.indented)},
    )


def shows_percent(code: str) -> bool:
    """Whether a number format has a percent sign that is not mere text."""
    return "%" in _QUOTED.sub("", code)


def shown_digits(code: str) -> int:
    """How many digits a format such as 0000 shows at least; 0 for one that adds no zeros in front."""
    return len(code) if re.fullmatch("0{2,}", code) else 0


def padded(number: Any, width: int) -> Any:
    """A whole number as its cell shows it: 12 as 0012, a code that lost its zeros."""
    is_whole = type(number) in (int, float) and number == number // 1 and 0 <= number < 10**15
    return f"{int(number):0{width}d}" if is_whole and len(str(int(number))) < width else number


def letters(column: int) -> str:
    """A for 0."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def column_of(text: bytes) -> int:
    number = 0
    for letter in text.upper():
        number = number * 26 + letter - 64
    return number - 1


def _faults(xml: bytes, zeros_are_stale: bool) -> Iterator[tuple[tuple[int, int], FaultyCell]]:
    if b't="e"' in xml:
        for found in _ERROR.finditer(xml):
            if cell := _cell_around(xml, found.start()):
                yield _position(cell), FaultyCell((found[1] or b"").decode("utf-8", "replace").strip() or "#ERROR!")
    if b"<f" in xml:
        for found in _UNCALCULATED.finditer(xml):
            cell = _cell_around(xml, found.start() - 1)
            is_zero = b"0" in found[1]
            if cell and not _TEXT_TYPE.search(cell) and (zeros_are_stale or not is_zero):
                yield _position(cell), FaultyCell("")


def _styled(xml: bytes, styles: Collection[int]) -> Iterator[tuple[tuple[int, int], int]]:
    """Cells of these styles and their style."""
    if not styles:
        return
    wanted = "|".join(str(style) for style in styles) if len(styles) < MANY_STYLES else r"\d+"
    columns: dict[bytes, int] = {}
    for word, row, style in re.findall(_STYLED % wanted.encode(), xml):
        if (number := int(style)) in styles:
            if word not in columns:
                columns[word] = column_of(word)
            yield (int(row) - 1, columns[word]), number


def _long_numbers(xml: bytes) -> Iterator[tuple[tuple[int, int], Decimal]]:
    """A double keeps no more than 15 digits for certain; programs that are not Excel write all of them."""
    for found in _LONG.finditer(xml):
        cell = _cell_around(xml, found.start())
        number = Decimal(found[1].decode())
        if cell and not _TEXT_TYPE.search(cell) and abs(number) >= 10**15:
            yield _position(cell), number


def _cell_around(xml: bytes, place: int) -> bytes | None:
    """The tag of the cell at or before a place, None when something else stands there."""
    start = xml.rfind(b"<", 0, place)
    while start > 0 and xml.startswith((b"</", b"<f"), start):
        start = xml.rfind(b"<", 0, start)
    return xml[start : xml.find(b">", start)] if xml.startswith(b"<c ", start) else None


def _merged(xml: bytes) -> Iterator[tuple[int, int, int, int]]:
    for left, top, right, bottom in _MERGED.findall(xml[max(xml.rfind(b"<mergeCells"), 0) :]):
        yield int(top) - 1, column_of(left), int(bottom) - 1, column_of(right)


def _hidden_columns(xml: bytes) -> Iterator[int]:
    for found in _COLUMN.finditer(xml):
        first, last = _attribute(found[1], b"min"), _attribute(found[1], b"max")
        yield from range(first - 1, min(last, MAX_COLUMNS))


def _attribute(attributes: bytes, name: bytes) -> int:
    found = re.search(rb"\b" + name + rb'="(\d{1,7})"', attributes)
    return int(found[1]) if found else 0


def _position(attributes: bytes) -> tuple[int, int]:
    found = _REF.search(attributes)
    return (int(found[2]) - 1, column_of(found[1])) if found else (-1, -1)


def _above(limit: str, lowest: str, highest: str) -> bytes:
    """A pattern of what is longer than the limit, or as long and comes after it."""
    every = f"[{lowest}-{highest}]"
    found = [every + "{" + str(len(limit) + 1) + ",}"]
    for place, sign in enumerate(limit):
        if sign < highest:
            rest = len(limit) - place - 1
            found.append(
                f"{limit[:place]}[{chr(ord(sign) + 1)}-{highest}]" + (every + "{" + str(rest) + "}" if rest else "")
            )
    return "|".join(found).encode()


def _with_positions(xml: bytes) -> bytes:
    """Rows and cells that leave out where they stand follow the one before."""
    row, column = 0, -1

    def place(found: re.Match[bytes]) -> bytes:
        nonlocal row, column
        tag, attributes = found[1], found[2]
        if tag == b"row":
            row, column = _attribute(attributes, b"r") or row + 1, -1
            kept = re.sub(rb'\sr="[^"]*"', b"", attributes)
            return b'<row r="%d"%s' % (row, kept)
        given = _REF.search(attributes)
        row, column = (int(given[2]), column_of(given[1])) if given else (row, column + 1)
        kept = re.sub(rb'\sr="[^"]*"', b"", attributes)
        return b'<c r="%s%d"%s' % (letters(column).encode(), row, kept)

    return _TAG.sub(place, xml)


def _escaped(found: re.Match[bytes]) -> bytes:
    return found[1].replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
