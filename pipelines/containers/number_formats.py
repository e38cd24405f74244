"""What a workbook's number format shows besides the digits of a number: words, and a scale that hides three of them.

Reads format codes as Excel writes them; those of dates and percentages are no business of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from pipelines.reading.grids import ShownCell

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.?)|[_*].?|\[(?P<bracketed>[^\]]*)\]?|(?P<general>general)|(?P<place>[0#?])'
    r"|(?P<group>,(?=,*[0#?]))|(?P<comma>,)|(?P<next>;)|(?P<point>\.)|(?P<text>@)|(?P<other>[%EGDMYHSB])|(?P<literal>.)",
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"([<>=]{1,2})(-?\d+(?:\.\d+)?)")
_SILENT = " \t\n\u00a0\u202f()+,.:'/_-"  # around numbers in any office
_NUMBER = re.compile(r"-?\d[\d.,' \u00a0]*")
_EXPONENT = re.compile(r"\dE[+-]?\d", re.IGNORECASE)
_TESTS = {"<": lt, "<=": le, "=": eq, "<>": ne, ">=": ge, ">": gt}


@dataclass
class _Section:
    """The format of some numbers; `before` and `after` as they are seen."""

    before: str = ""
    after: str = ""
    scale: int = 0  # thousands that are not shown
    decimals: int = 0
    least_digits: int = 0
    has_number: bool = False
    is_general: bool = False
    is_grouped: bool = False
    is_fraction: bool = False  # what follows stands behind the decimal sign
    is_text: bool = False
    is_alone: bool = True  # no other says how what is below zero looks
    condition: tuple[str, Decimal] | None = None

    def add(self, kind: str, text: str) -> None:
        match kind:
            case "general":
                self.has_number = self.is_general = True
            case "place":
                self.has_number = True
                self.decimals += self.is_fraction
                self.least_digits += text == "0" and not self.is_fraction
            case "point":
                self.has_number = self.is_fraction = True
            case "group":
                self.is_grouped = True
            case "comma" if self.has_number:
                self.scale += 1
            case "text":
                self.is_text = True
            case "bracketed":
                self._add_bracketed(text)
            case "quoted" | "escaped" | "comma" | "literal" if self.has_number:
                self.after += text
            case "quoted" | "escaped" | "comma" | "literal":
                self.before += text

    def _add_bracketed(self, inside: str) -> None:
        """A currency, a condition; colours say nothing."""
        if inside.startswith("$"):
            self.add("literal", inside[1:].partition("-")[0])
        elif (found := _CONDITION.fullmatch(inside)) and found[1] in _TESTS:
            self.condition = (found[1], Decimal(found[2]))

    @cached_property
    def words(self) -> str:
        return _words_of((self.before, self.after))

    @cached_property
    def is_telling(self) -> bool:
        return bool(self.words or self.scale) or not self.has_number

    def is_exact(self, value: float) -> bool:
        return self.is_general or (not self.is_grouped and not self.scale and value == value // 1)

    def draw(self, value: float) -> str:
        """As an Indonesian spreadsheet shows it."""
        if not self.has_number:
            return f"{self.before}{self.after}".strip()
        number = abs(Decimal(str(value))) / Decimal(1000) ** self.scale
        if self.is_general:
            told = f"{number:f}"
            told = told.rstrip("0").rstrip(".") if "." in told else told
        else:
            rounded = number.quantize(Decimal(1).scaleb(-self.decimals), ROUND_HALF_UP)
            told = f"{rounded:,f}" if self.is_grouped else f"{rounded:f}"
            whole, point, fraction = told.partition(".")
            told = whole.zfill(self.least_digits) + point + fraction
        sign = "-" if value < 0 and self.is_alone else ""
        return f"{self.before}{sign}{told.translate(str.maketrans(',.', '.,'))}{self.after}".strip()


@dataclass(frozen=True)
class _Written:
    """What one cell shows, where the workbook says it."""

    words: str
    scale: int
    has_number: bool
    text: str
    is_whole: bool

    def draw(self, _value: float) -> str:
        return self.text

    def is_exact(self, _value: float) -> bool:
        return self.is_whole


@dataclass(frozen=True)
class Dress:
    """A format that shows more or less than digits."""

    sections: tuple[_Section, ...]

    def put_on(self, value: Any) -> Any:
        """The number, or with what its format says of it where it says something."""
        if type(value) is not float and type(value) is not int:
            return value
        section = self.sections[0] if self._is_single else self._section_of(value)
        if section is None or not section.is_telling or (not section.has_number and not value):
            return value  # a format that writes zero as a line writes zero
        return ShownCell(value, section)

    @cached_property
    def _is_single(self) -> bool:
        return len(self.sections) == 1 and self.sections[0].condition is None

    @cached_property
    def _is_conditional(self) -> bool:
        return any(one.condition for one in self.sections)

    def _section_of(self, value: float) -> _Section | None:
        if self._is_conditional:
            return next((one for one in self.sections if _meets(one, value)), None)
        place = 1 if value < 0 else 2 if value == 0 else 0
        return self.sections[place if place < len(self.sections) else 0]


def dress_of(code: str) -> Dress | None:
    """None for a format whose numbers are seen as they are, for one of dates, and one of percentages."""
    sections = [_Section()]
    for found in _TOKEN.finditer(code):
        kind, text = found.lastgroup or "", found[found.lastgroup] if found.lastgroup else ""
        if kind == "other" or (kind == "bracketed" and not text.lower().strip("hms")):
            return None  # a date, a percentage, an exponent: told elsewhere, or not at all
        if kind == "next":
            sections.append(_Section())
        else:
            sections[-1].add(kind, text)
    kept = tuple(one for one in sections if not one.is_text)[:3]
    for one in kept:
        one.is_alone = len(kept) == 1
    return Dress(kept) if any(one.is_telling for one in kept) else None


def as_shown(value: Any, text: str) -> Any:
    """A number of a workbook that keeps what its cell shows, as ODS does."""
    if type(value) not in (int, float) or not text or _EXPONENT.search(text):
        return value
    words = _words_of(_NUMBER.split(text))
    digits = re.sub(r"\D", "", text)
    scale = _hidden_thousands(value, digits)
    if not words and not scale and (digits or not value):
        return value
    is_exact = digits == str(int(abs(value))) and value == value // 1
    return ShownCell(value, _Written(words, scale, bool(digits), text, is_exact))


def _words_of(parts: Iterable[str]) -> str:
    return " ".join(word for part in parts if (word := part.strip(_SILENT)))


def _hidden_thousands(value: float, digits: str) -> int:
    """By how many thousands a number is shown smaller; 0 where it is shown with all of its digits."""
    whole = abs(Decimal(str(value)))
    if not digits or len(digits) >= len(f"{int(whole)}"):
        return 0
    for scale in range(1, 5):
        part = whole / Decimal(1000) ** scale
        told = (f"{part.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}" for places in range(5))
        if any(one.replace(".", "") == digits for one in told):
            return scale
    return 1


def _meets(section: _Section, value: float) -> bool:
    if section.condition is None:
        return True
    sign, bound = section.condition
    return bool(_TESTS[sign](Decimal(str(value)), bound))
