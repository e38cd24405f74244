"""Which styles of an ODS workbook strike text through or hide a sheet, those they stand on included."""

from __future__ import annotations

from dataclasses import dataclass, field

CELL, TEXT, TABLE = "table-cell", "text", "table"
_LINES = ("style:text-line-through-style", "style:text-line-through-type")
_Style = tuple[str, str]  # family and name


@dataclass
class Styles:
    """Receives the events of styles.xml and of content.xml, in this order."""

    _struck: dict[_Style, bool] = field(default_factory=dict)  # where a style says so itself
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

    def hides(self, sheet_style: str) -> bool:
        return (TABLE, sheet_style) in self._hiding

    def strikes(self, style: str, family: str = CELL) -> bool:
        seen: set[str] = set()
        while style and (family, style) not in self._struck and style not in seen:
            seen.add(style)
            style = self._parents.get((family, style), "")
        return self._struck.get((family, style), False)
