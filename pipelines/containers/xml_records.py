"""XML as one grid: a row per area of a CAP warning, per item of RSS, or per element the contract names.

Refuses entities and outside documents, and any vocabulary in which the rows are not named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.containers.detection import damaged
from pipelines.containers.limits import MAX_CELLS, MAX_ELEMENTS, MAX_RECORD_ELEMENTS, too_much
from pipelines.containers.xml_events import XmlFault, local, read_events
from pipelines.contracts.contract import ContractProblem
from pipelines.contracts.contract_parts import FileShape
from pipelines.reading.grids import Grid, Opened

WORKBOOKS = {"Workbook": "lembar kerja Excel 2003 berbentuk XML", "document": "OpenDocument tanpa ZIP (.fods)"}
KNOWN = {"alert": "alert", "rss": "item", "RDF": "item", "feed": "entry"}  # root: element of a record
BETWEEN = "; "  # values of an element that is repeated
TOLD_TAGS = 10


@dataclass(slots=True)
class Node:
    tag: str
    attributes: dict[str, str]
    children: list[Node] = field(default_factory=list)
    text: str = ""


class _Collector:
    """Keeps whole only what lies inside a record, and of records only their rows."""

    def __init__(self, name: str, wanted: str | None) -> None:
        self.name, self.wanted = name, wanted
        self.root = ""
        self.rows: list[dict[str, str]] = []
        self.outside: dict[str, None] = {}
        self._open: list[Node] = []
        self._seen = self._held = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._seen += 1 + len(attributes)
        self._held += 1 + len(attributes)
        if self._seen > MAX_ELEMENTS or (self._open and self._held > MAX_RECORD_ELEMENTS):
            raise too_much(self.name)
        if not self.root:
            self.root = local(tag)
            self.wanted = self.wanted or KNOWN.get(self.root)
            if self.root in WORKBOOKS and not self.wanted:
                raise _no_zip(self.name, WORKBOOKS[self.root])
        node = Node(tag, attributes)
        if self._open:
            self._open[-1].children.append(node)
            self._open.append(node)
        elif self.wanted in (tag, local(tag)):
            self._open, self._held = [node], 0
        elif len(self.outside) < TOLD_TAGS:
            self.outside[local(tag)] = None

    def text(self, text: str) -> None:
        if self._open:
            self._open[-1].text += text

    def end(self, _tag: str) -> None:
        if not self._open:
            return
        node = self._open.pop()
        if not self._open:
            self.rows += _warning_rows(node) if self.root == "alert" else [_flat(node)]


def open_xml(path: Path, name: str, shape: FileShape) -> Opened:
    """Row 1 holds the names. Raises ContractProblem with what to mend."""
    found = _Collector(name, local(shape.records.rpartition(".")[2]) if shape.records else None)
    try:
        with path.open("rb") as stream:
            read_events(stream, name, found.start, found.end, found.text)
    except XmlFault as error:
        raise damaged(name, "Berkas XML") from error
    if not found.wanted:
        raise ContractProblem(
            f"Berkas {name} berisi XML yang tidak dikenal ({', '.join(found.outside)}). Sebut unsur yang menjadi baris "
            "di kontrak (file: records), atau kirim sebagai .xlsx atau .csv."
        )
    if not found.rows:
        raise ContractProblem(
            f'Berkas {name} tidak memuat unsur "{found.wanted}". Kirim ulang berkas yang berisi data.'
        )
    columns = list(dict.fromkeys(key for row in found.rows for key in row))
    if len(columns) * len(found.rows) > MAX_CELLS:
        raise too_much(name)
    cells: list[Sequence[str]] = [columns, *([row.get(key, "") for key in columns] for row in found.rows)]
    return Opened("xml", grids=(Grid(None, cells),), notes=_unreal(found.rows) if found.root == "alert" else ())


def _unreal(rows: Sequence[Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    """What calls itself a CAP warning and warns of nothing."""
    states = sorted({row.get("status", "") for row in rows} - {"Actual", ""})
    kinds = sorted({row.get("msgType", "") for row in rows} & {"Cancel", "Ack", "Error"})
    told = [*(f"status {state}: bukan peringatan sungguhan" for state in states)]
    told += [f"msgType {kind}: bukan peringatan baru" for kind in kinds]
    return (("nilai", f"Berkas ini memuat {'; '.join(told)}."),) if told else ()


def _flat(node: Node, leave: frozenset[str] = frozenset()) -> dict[str, str]:
    """Each leaf under its dotted path, attributes too; a repeated one once, its values side by side."""
    found: dict[str, list[str]] = {}
    for path, value in _leaves(node, "", leave):
        found.setdefault(path, []).append(value)
    return {path: BETWEEN.join(values) for path, values in found.items()}


def _leaves(node: Node, above: str, leave: frozenset[str]) -> Iterator[tuple[str, str]]:
    for key, value in node.attributes.items():
        if not key.startswith("xmlns"):
            yield f"{above}.{key}" if above else key, value
    for child in node.children:
        if local(child.tag) not in leave:
            yield from _leaves(child, f"{above}.{child.tag}" if above else child.tag, leave)
    if not node.children and node.text.strip():
        yield above or node.tag, node.text.strip()


def _warning_rows(alert: Node) -> Iterator[dict[str, str]]:
    """CAP 1.2: what holds for the whole warning stands in each row of its areas, names without prefix."""
    whole = _unprefixed(_flat(alert, frozenset({"info"})))
    for info in _children(alert, "info") or [Node("info", {})]:
        part = whole | _unprefixed(_flat(info, frozenset({"area", "resource"})))
        for area in _children(info, "area") or [Node("area", {})]:
            yield part | _unprefixed(_flat(area))


def _children(node: Node, tag: str) -> list[Node]:
    return [child for child in node.children if local(child.tag) == tag]


def _unprefixed(row: dict[str, str]) -> dict[str, str]:
    return {".".join(local(part) for part in path.split(".")): value for path, value in row.items()}


def _no_zip(name: str, what: str) -> ContractProblem:
    return ContractProblem(f"Berkas {name} adalah {what}. Buka, simpan ulang sebagai .xlsx, lalu kirim lagi.")
