"""Text measured with the metrics of the font that draws it, so that a scene knows what fits before it is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import font_source_sans_pro
import vl_convert
from fontTools.ttLib import TTFont

Weight = Literal[300, 400, 600]
FONT_DIR = Path(font_source_sans_pro.font_directory)
FILES: dict[Weight, str] = {
    300: "SourceSansPro-Light.ttf",
    400: "SourceSansPro-Regular.ttf",
    600: "SourceSansPro-Semibold.ttf",
}
ASCENT, DESCENT = 0.75, 0.24  # of the font size: what letters of this family really reach
LINE = 1.22  # line pitch, of the font size
SAFETY = 1.005  # rounding; kerning makes text narrower than this, in the browser's variable font too
ELLIPSIS = "…"


@dataclass(frozen=True)
class FontMetrics:
    """Advance widths by character, in parts of the font size."""

    advances: dict[int, float]
    widest: float
    capital_share: float


@cache
def load_metrics(weight: Weight) -> FontMetrics:
    with TTFont(FONT_DIR / FILES[weight], lazy=True) as font:
        per_em = font["head"].unitsPerEm
        widths = font["hmtx"].metrics
        advances = {code: widths[name][0] / per_em for code, name in font.getBestCmap().items()}
        capital_share = font["OS/2"].sCapHeight / per_em
    return FontMetrics(advances, max(advances.values()), capital_share)


@cache
def register_fonts() -> None:
    """Let vl-convert draw with the same files that are measured here."""
    vl_convert.register_font_directory(str(FONT_DIR))


CAPITAL_SHARE = load_metrics(400).capital_share


def text_width(text: str, size: float, weight: Weight = 400) -> float:
    """Width of one line; a character the font lacks counts as its widest."""
    return _width_in_sizes(text, weight) * size * SAFETY


@lru_cache(maxsize=4096)
def _width_in_sizes(text: str, weight: Weight) -> float:
    """The same words are measured for every place and size they might be set in."""
    metrics = load_metrics(weight)
    return sum(metrics.advances.get(ord(char), metrics.widest) for char in text)


@dataclass(frozen=True)
class FittedText:
    """The variant chosen, and whether it had to be cut."""

    text: str
    is_cut: bool


def fit_text(variants: Sequence[str], width: float, size: float, weight: Weight = 400) -> FittedText:
    """First variant that fits, longest first; the last one is cut with an ellipsis when none does."""
    for variant in variants:
        if text_width(variant, size, weight) <= width:
            return FittedText(variant, False)
    text = variants[-1]
    while text and text_width(text.rstrip() + ELLIPSIS, size, weight) > width:
        text = text[:-1]
    return FittedText(text.rstrip() + ELLIPSIS if text else "", True)


def wrap_text(text: str, width: float, size: float, weight: Weight = 400) -> tuple[str, ...]:
    """Lines broken between words so that each fits; a single word too wide stays whole on its line. Two lines are as
    even as they can be: no last word stands alone."""
    lines = _greedy(text, width, size, weight)
    if len(lines) != 2:
        return lines
    words = text.split()
    splits = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    fitting = [pair for pair in splits if all(text_width(line, size, weight) <= width for line in pair)]
    return min(fitting, key=lambda pair: max(text_width(line, size, weight) for line in pair), default=lines)


def _greedy(text: str, width: float, size: float, weight: Weight) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size, weight) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return tuple(lines)


def without_shared_words(names: Sequence[str]) -> tuple[str, ...]:
    """Names without the first words that all of them begin with; a name always keeps its last word."""
    words = [name.split() for name in names]
    while len(words) > 1 and all(len(part) > 1 for part in words) and len({part[0] for part in words}) == 1:
        words = [part[1:] for part in words]
    return tuple(" ".join(part) for part in words)
