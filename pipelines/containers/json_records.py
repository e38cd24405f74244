"""JSON as one grid: an array of records, records inside an object, JSON lines, features of GeoJSON.

Numbers stay exactly as written. Refuses a text in which it is not plain which list holds the records.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from pipelines.containers.limits import MAX_CELLS, MAX_DEPTH, MAX_VALUES, too_deep, too_much
from pipelines.containers.text import as_utf8
from pipelines.contracts.contract import ContractProblem
from pipelines.contracts.contract_parts import FileShape
from pipelines.reading.grids import Grid, Opened

LONGEST_NUMBER = 30  # digits written out; a longer one is an identifier or nonsense, and stays text
TOLD_KEYS = 10
KEY = "kunci"  # column of the names under which an object holds its records


def open_json(path: Path, name: str, work_dir: Path, shape: FileShape) -> Opened:
    """Record 1 stands in row 2, under the names of all fields. Raises ContractProblem with what to mend."""
    utf8, notes = as_utf8(path, name, work_dir)
    text = utf8.read_text("utf-8")
    if sum(text.count(sign) for sign in ",[{") > MAX_VALUES:
        raise too_much(name)
    try:
        content = _parse(text, name)
        kind, records = _records(content, name, shape.records)
        cells = _rows(records, name)
    except RecursionError as error:
        raise too_deep(name) from error
    return Opened(kind, grids=(Grid(None, cells),), notes=notes)


def _parse(text: str, name: str) -> Any:
    try:
        return _loads(text, name)
    except json.JSONDecodeError as error:
        lines = [(number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip()]
        if error.msg != "Extra data" or not all(line.lstrip().startswith("{") for _number, line in lines):
            raise _broken(name, error.lineno, error.colno) from error
    return [_line(number, line, name) for number, line in lines]


def _line(number: int, line: str, name: str) -> Any:
    try:
        return _loads(line, name)
    except json.JSONDecodeError as error:
        raise _broken(name, number, error.colno) from error


def _loads(text: str, name: str) -> Any:
    def whole(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            raise ContractProblem(
                f"Satu rekaman di berkas {name} memuat nama kolom yang sama dua kali. Sisakan satu, lalu kirim lagi."
            )
        return found

    return json.loads(text, parse_float=_number, parse_int=_number, parse_constant=str, object_pairs_hook=whole)


def _number(written: str) -> Decimal | str:
    try:
        number = Decimal(written)
    except InvalidOperation:
        return written
    is_plain = len(written) <= LONGEST_NUMBER and (not number or abs(number.adjusted()) < LONGEST_NUMBER)
    return number if is_plain else written


def _records(content: Any, name: str, where: str | None) -> tuple[str, Any]:
    if where:
        return "json", _at(content, where, name)
    if isinstance(content, dict) and content.get("type") in ("FeatureCollection", "Feature"):
        return "geojson", list(_features(content, name))
    if isinstance(content, list):
        return "json", content
    found = dict(_lists(content, ""))
    if len(found) == 1:
        return "json", next(iter(found.values()))
    if found:
        raise ContractProblem(
            f"Berkas {name} memuat {len(found)} daftar: {', '.join(list(found)[:TOLD_KEYS])}. "
            "Sebut yang berisi datanya di kontrak (file: records), atau kirim daftar itu saja."
        )
    single = content
    while isinstance(single, dict) and len(single) == 1 and isinstance(next(iter(single.values())), dict):
        single = next(iter(single.values()))
    if isinstance(single, dict) and single and not any(isinstance(value, (dict, list)) for value in single.values()):
        return "json", [single]
    raise ContractProblem(f"Berkas {name} tidak memuat daftar rekaman. Kirim sebagai daftar objek, atau sebagai CSV.")


def _at(content: Any, where: str, name: str) -> Any:
    found = content
    for key in where.split("."):
        if not isinstance(found, dict) or key not in found:
            present = ", ".join(list(found)[:TOLD_KEYS]) if isinstance(found, dict) else "tidak ada"
            raise ContractProblem(
                f'Berkas {name} tidak memuat "{where}", tempat data yang disepakati. Kunci yang ada: {present}.'
            )
        found = found[key]
    if isinstance(found, dict) and found and all(isinstance(value, dict) for value in found.values()):
        return [{KEY: key, **value} for key, value in found.items()]
    return [found] if isinstance(found, dict) else found


def _lists(content: dict[str, Any], above: str) -> Iterator[tuple[str, list[Any]]]:
    """Every list of objects that stands in objects only, with its path."""
    for key, value in content.items():
        if isinstance(value, dict):
            yield from _lists(value, f"{above}{key}.")
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            yield f"{above}{key}", value


def _features(content: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    features = [content] if content["type"] == "Feature" else content.get("features")
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise ContractProblem(f'GeoJSON {name} tidak memuat daftar "features". Ekspor ulang, lalu kirim lagi.')
    for feature in features:
        known = feature.get("properties")
        properties = dict(known) if isinstance(known, dict) else {}
        geometry = feature.get("geometry")
        if isinstance(geometry, dict) and geometry.get("type") == "Point":
            place = geometry.get("coordinates")
            if isinstance(place, list) and len(place) >= 2:
                properties.setdefault("longitude", place[0])
                properties.setdefault("latitude", place[1])
        if "id" in feature:
            properties.setdefault("id", feature["id"])
        yield properties


def _rows(records: Any, name: str) -> list[Sequence[Any]]:
    if not isinstance(records, list) or not records:
        raise ContractProblem(f"Berkas {name} tidak memuat satu rekaman pun. Kirim ulang berkas yang berisi data.")
    if all(isinstance(record, list) for record in records):
        return [[_cell(value, name) for value in record] for record in records]
    for number, record in enumerate(records, start=1):
        if not isinstance(record, dict):
            raise ContractProblem(
                f"Rekaman ke-{number} di berkas {name} bukan objek bernama kolom, "
                'seperti {"tanggal": "2026-11-01", "nilai": 75.57}. Betulkan, lalu kirim lagi.'
            )
    columns = list(dict.fromkeys(key for record in records for key in record))
    if len(columns) * len(records) > MAX_CELLS:
        raise too_much(name)
    return [columns, *([_cell(record.get(key), name) for key in columns] for record in records)]


def _cell(value: Any, name: str) -> Any:
    if value is None:
        return ""
    return _as_text(value, name) if isinstance(value, (dict, list)) else value


def _as_text(value: Any, name: str, depth: int = 1) -> str:
    """JSON again, its numbers as they were written."""
    if depth > MAX_DEPTH:
        raise too_deep(name)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)}: {_as_text(v, name, depth + 1)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_as_text(item, name, depth + 1) for item in value) + "]"
    return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False)


def _broken(name: str, line: int, column: int) -> ContractProblem:
    return ContractProblem(
        f"Berkas {name} bukan JSON yang utuh: rusak atau terpotong di baris {line}, huruf ke-{column}. "
        "Ekspor ulang, lalu kirim lagi."
    )
