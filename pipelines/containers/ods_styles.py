"""Which styles of an ODS workbook strike text through, set it in or hide a sheet, those they stand on included."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pipelines.reading.grids import MOST_INDENTED

CELL, TEXT, TABLE = "table-cell", "text", "table"
_LINES = ("style:text-line-through-style", "style:text-line-through-type")
_LENGTH = re.compile(r"(\d{1,4}(?:\.\d{1,6})?)(cm|mm|in|pt)")
_LEVEL = {"cm": 0.353, "mm": 3.53, "in": 0.139, "pt": 10.0}  # by which one level stands in
_Style = tuple[str, str]  # family and name


@dataclass
class Styles:
    """Receives the events of styles.xml and of content.xml, in this order."""

    _struck: dict[_Style, bool] = field(default_factory=dict)  # where a style says so itself
    _levels: dict[_Style, int] = field(default_factory=dict)  # likewise
    _parents: dict[_Style, str] = field(default_factory=dict)
    _hiding: set[_Style] = field(default_factory=set)
    _told: _Style = ("", "")

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag in ("style:style", "style:default-style"):
            self._told = given.get("style:family", CELL), given.get("style:name", "")
            self._parents[self._told] = given.get("style:parent-style-name", "")
        elif tag == "style:table-properties" and given.get("table:display") == "false":
            self._hiding.add(self._told)
        elif tag == "style:text-properties" and (lines := [given[key] for key in _LINES if key in given]):
            self._struck[self._told] = any(one != "none" for one in lines)
        elif tag == "style:paragraph-properties" and (said := _LENGTH.fullmatch(given.get("fo:margin-left", ""))):
            self._levels[self._told] = min(round(float(said[1]) / _LEVEL[said[2]]), MOST_INDENTED)

    def hides(self, sheet_style: str) -> bool:
        return (TABLE, sheet_style) in self._hiding

    def strikes(self, style: str, family: str = CELL) -> bool:
        return self._struck.get(self._said_by(style, family, self._struck), False)

    def level(self, style: str) -> int:
        """By how many levels cells of a style stand in."""
        return self._levels.get(self._said_by(style, CELL, self._levels), 0)

    def _said_by(self, style: str, family: str, said: Mapping[_Style, object]) -> _Style:
        """The style itself, or the nearest it stands on that says so."""
        seen: set[str] = set()
        while style and (family, style) not in said and style not in seen:
            seen.add(style)
            style = self._parents.get((family, style), "")
        return family, style
