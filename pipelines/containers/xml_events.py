"""Reads XML as it streams by: names as written, no entity of its own, no outside document, no deep nest.

Knows no vocabulary; who calls says what an element means.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from pipelines.containers.limits import MAX_DEPTH, too_deep
from pipelines.contracts.contract import ContractProblem

CHUNK = 1 << 18
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]


class XmlFault(Exception):
    """The text is no well-formed XML."""


def read_events(stream: IO[bytes], name: str, start: Start, end: End, text: Callable[[str], None]) -> None:
    """Raises XmlFault when it is damaged, ContractProblem when it declares entities or nests too deep."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    depth = 0

    def opened(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise too_deep(name)
        start(tag, attributes)

    def closed(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(tag)

    def refuse_entities(*_declared: object) -> None:
        raise entities_refused(name)

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse_entities
    try:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, UnicodeError, ValueError, LookupError) as error:
        raise XmlFault(str(error)) from error


def local(tag: str) -> str:
    """A name without its prefix."""
    return tag.rpartition(":")[2]


def entities_refused(name: str) -> ContractProblem:
    return ContractProblem(
        f"Berkas {name} memuat DOCTYPE atau entitas XML, yang dapat menyisipkan isi dari luar, sehingga tidak dibuka. "
        "Ekspor ulang tanpa itu, lalu kirim lagi."
    )
