"""Reads YAML with every scalar as text, converting by declared type; refuses unknown keys, naming file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import yaml

from warehouse.nearest import nearest_hint
from warehouse.strict_yaml import LOADER


class RuleError(Exception):
    """A rule pack or an override cannot be used; the message says where and what was expected."""


class OverrideError(RuleError):
    """What a region has set under a key of `[thresholds]` cannot be used."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(f"thresholds: {key} {message}")
        self.key = key


def parse_number(text: str) -> Decimal:
    """A finite decimal number with a point; raises ValueError otherwise."""
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise ValueError(f"bukan angka: {text!r}, contoh yang benar 1.5") from error
    if not number.is_finite():
        raise ValueError(f"bukan angka: {text!r}, contoh yang benar 1.5")
    return number


def parse_integer(text: str) -> Decimal:
    """A whole number, kept as Decimal; raises ValueError otherwise."""
    number = parse_number(text)
    if number != number.to_integral_value():
        raise ValueError(f"bukan bilangan bulat: {text!r}, contoh yang benar 24")
    return number


class Record:
    """One mapping of a pack file. Ask for a key by the type it must have."""

    def __init__(self, path: Path, node: yaml.Node, known: Iterable[str]) -> None:
        self.path = path
        self.node = node
        if not isinstance(node, yaml.MappingNode):
            raise self.error("di sini harus ada pasangan kunci dan nilai")
        self._values: dict[str, yaml.Node] = {}
        for key, value in self._pairs():
            if key.value not in known:
                raise self.error(f"kunci {key.value!r} tidak dikenal{nearest_hint(key.value, known)}", key)
            if key.value in self._values:
                raise self.error(f"kunci {key.value!r} ditulis dua kali", key)
            self._values[key.value] = value

    def _pairs(self) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        for key, value in self.node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self.error("kunci harus teks", key)
            yield key, value

    def error(self, message: str, node: yaml.Node | None = None) -> RuleError:
        line = (node or self.node).start_mark.line + 1
        return RuleError(f"{self.path.parent.name}/{self.path.name} baris {line}: {message}")

    def error_at(self, key: str, message: str) -> RuleError:
        return self.error(message, self._values.get(key))

    def line_of(self, key: str) -> int:
        return int((self._values.get(key) or self.node).start_mark.line) + 1

    def has(self, key: str) -> bool:
        return key in self._values

    def _need(self, key: str) -> yaml.Node:
        if key not in self._values:
            raise self.error(f"kunci {key!r} wajib diisi")
        return self._values[key]

    def text(self, key: str, default: str | None = None) -> str:
        if default is not None and key not in self._values:
            return default
        node = self._need(key)
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise self.error(f"{key} harus berupa teks", node)
        return str(node.value)

    def one_of(self, key: str, choices: Iterable[str]) -> str:
        text = self.text(key)
        if text not in choices:
            raise self.error_at(key, f"{key} {text!r} harus salah satu dari {', '.join(choices)}")
        return text

    def number(self, key: str) -> Decimal:
        return self._parsed(key, parse_number)

    def integer(self, key: str) -> int:
        return int(self._parsed(key, parse_integer))

    def _parsed(self, key: str, parse: Callable[[str], Decimal]) -> Decimal:
        try:
            return parse(self.text(key))
        except ValueError as error:
            raise self.error_at(key, f"{key} {error}") from error

    def numbers(self, key: str) -> tuple[Decimal, ...]:
        """A list of numbers."""
        return tuple(value for value in self.optional_numbers(key, "") if value is not None)

    def optional_numbers(self, key: str, absent: str) -> tuple[Decimal | None, ...]:
        """A list of numbers; None where the mark for absent ones stands."""
        found: list[Decimal | None] = []
        for node in self._sequence(key):
            try:
                found.append(None if absent and node.value == absent else parse_number(str(node.value)))
            except ValueError as error:
                raise self.error(f"{key} {error}", node) from error
        return tuple(found)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of text."""
        return tuple(str(node.value) for node in self._sequence(key))

    def day(self, key: str) -> date:
        text = self.text(key)
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise self.error_at(key, f"{key} bukan tanggal: {text!r}, contoh yang benar 2026-01-01") from error

    def record(self, key: str, known: Iterable[str]) -> Record:
        return Record(self.path, self._need(key), known)

    def records(self, key: str, known: Iterable[str]) -> tuple[Record, ...]:
        return tuple(Record(self.path, node, known) for node in self._sequence(key))

    def named_records(self, key: str, known: Iterable[str]) -> dict[str, Record]:
        """A mapping of free names to records, for example the values of a pack of limits."""
        node = self._need(key)
        if not isinstance(node, yaml.MappingNode):
            raise self.error(f"{key} harus berisi pasangan nama dan isi", node)
        found: dict[str, Record] = {}
        for name, value in node.value:
            if name.value in found:
                raise self.error(f"nama {name.value!r} ditulis dua kali", name)
            found[name.value] = Record(self.path, value, known)
        return found

    def text_lists(self, key: str) -> dict[str, tuple[str, ...]]:
        """A mapping of free names to lists of text."""
        node = self._need(key)
        if not isinstance(node, yaml.MappingNode):
            raise self.error(f"{key} harus berisi pasangan nama dan daftar", node)
        return {name.value: tuple(str(item.value) for item in value.value) for name, value in node.value}

    def _sequence(self, key: str) -> list[yaml.Node]:
        node = self._need(key)
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise self.error(f"{key} harus berupa daftar yang berisi", node)
        return list(node.value)


def read_document(path: Path, text: str) -> yaml.Node:
    """The root node of a file, scalars untouched."""
    try:
        node = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RuleError(f"{path.parent.name}/{path.name} baris {line}: bukan YAML yang sah: {error.problem}") from error
    if node is None:
        raise RuleError(f"{path.parent.name}/{path.name} baris 1: berkas kosong")
    return node
