"""Reads YAML with every scalar as text and remembers the line of each key; refuses duplicate keys.

Plain YAML would turn 1.02 into a float, no into false and 12:30 into 750.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Place = tuple[str | int, ...]
LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # libyaml's, ten times as fast, where it was built in


class YamlProblem(Exception):
    """The file is not the YAML we accept; the message names file and line."""


@dataclass(frozen=True)
class StrictDocument:
    """Parsed content and, for each place in it, the line it stands on."""

    path: Path
    content: dict[str, Any]
    lines: dict[Place, int]

    def where(self, place: Place) -> str:
        """`file.yml baris 12` for a place, or for the nearest one above it."""
        while place and place not in self.lines:
            place = place[:-1]
        return f"{self.path.name} baris {self.lines.get(place, 1)}"


def read_strict(path: Path) -> StrictDocument:
    """Parse one mapping. Raises YamlProblem."""
    try:
        root = yaml.compose(path.read_text("utf-8"), Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise YamlProblem(f"{path.name} baris {line}: bukan YAML yang sah ({error.problem})") from error
    except UnicodeDecodeError as error:
        raise YamlProblem(f"{path.name}: bukan teks UTF-8") from error
    if not isinstance(root, yaml.MappingNode):
        raise YamlProblem(f"{path.name} baris 1: harus berupa pasangan kunci dan nilai")
    lines: dict[Place, int] = {}
    content = _convert(root, (), path, lines)
    return StrictDocument(path, content, lines)


def _convert(node: yaml.Node, place: Place, path: Path, lines: dict[Place, int]) -> Any:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in result:
                raise YamlProblem(f"{path.name} baris {key_node.start_mark.line + 1}: kunci {key} ditulis dua kali")
            result[key] = _convert(value_node, (*place, key), path, lines)
            lines[(*place, key)] = key_node.start_mark.line + 1
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_convert(item, (*place, index), path, lines) for index, item in enumerate(node.value)]
    return str(node.value)
