"""Reads and writes JSON without touching a number: what the server wrote as 75.50 is stored as 75.50.

Refuses what another reader might understand otherwise: a key written twice, NaN, text that is no JSON.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pipelines.connectors.problems import FetchProblem


class ExactNumber(str):
    """A number as it was written."""

    __slots__ = ()


def parse_exact(content: bytes, host: str) -> Any:
    """Raises FetchProblem."""
    try:
        return json.loads(
            content.decode("utf-8-sig"),
            parse_int=ExactNumber,
            parse_float=ExactNumber,
            parse_constant=_refuse_constant,
            object_pairs_hook=_unique,
        )
    except RecursionError as error:
        raise FetchProblem(f"Jawaban {host} bersarang terlalu dalam untuk dibaca.") from error
    except ValueError as error:
        if content.lstrip()[:1] == b"<":
            raise FetchProblem(
                f"{host} menjawab halaman web, bukan JSON. Periksa url: mungkin alamat halaman, bukan alamat API."
            ) from error
        raise FetchProblem(f"Jawaban {host} bukan JSON yang sah, terpotong, atau berisi kunci kembar.") from error


def write_exact(value: Any) -> str:
    if isinstance(value, ExactNumber):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k, ensure_ascii=False)}: {write_exact(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(write_exact, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def find_path(document: Any, path: str) -> Any:
    """The value at "result.records"; None where there is none."""
    for key in path.split(".") if path else ():
        document = document.get(key) if isinstance(document, dict) else None
    return document


def gather(records: Iterable[Any], path: str) -> bytes:
    """One document that holds the records where the contract looks for them, one record a line."""
    body = "[\n" + ",\n".join(map(write_exact, records)) + "\n]"
    for key in reversed(path.split(".") if path else ()):
        body = f"{{{json.dumps(key, ensure_ascii=False)}: {body}}}"
    return (body + "\n").encode()


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _refuse_constant(text: str) -> Any:
    raise ValueError(f"{text} is no JSON")
