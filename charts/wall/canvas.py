"""Writes one scene as SVG text: every word escaped, measured and inside the box it was given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

import altair as alt
import vl_convert

from charts.engine import draw_vega
from charts.formats import DEFAULT_LOCALE
from charts.lettering import Weight, fit_text, register_fonts, text_width
from charts.look import Look
from charts.theme import FONT_FAMILY, Severity, Theme
from charts.wall.geometry import Box, Geometry

Anchor = Literal["start", "middle", "end"]
TileKind = Literal["figure", "bullet", "list", "chart", "tile_map", "strip"]
CORNER = 0.22  # of the text size
OPENING_TAG = re.compile(r"<svg\b[^>]*?\bwidth=\"([\d.]+)\" height=\"([\d.]+)\"[^>]*>")


@dataclass(frozen=True)
class Style:
    """How one line of text looks."""

    size: float
    fill: str
    weight: Weight = 400
    anchor: Anchor = "start"


@dataclass(frozen=True)
class Slot:
    """Room for one line: where it starts (or ends, by anchor), its baseline, and how wide it may be."""

    x: float
    baseline: float
    width: float


class Canvas:
    """Collects the parts of one drawing; `misfits` counts what did not fit, so a scene can try with less."""

    def __init__(self, geometry: Geometry, theme: Theme, base: float, locale: str = DEFAULT_LOCALE) -> None:
        self.page = Box(0, 0, geometry.width, geometry.height)
        self.panels = geometry.panels
        self.theme = theme
        self.base = base
        self.locale = locale
        self.marks_sample = True  # False when the whole scene is sample and says so at its foot
        self.misfits = 0
        self.trends_without_room = 0
        self.states_without_room = 0
        self.tile_count = 0
        self._parts: list[str | tuple[Box, alt.LayerChart]] = []

    def size(self, factor: float, fill: str = "", weight: Weight = 400, anchor: Anchor = "start") -> Style:
        """Text style, its size as a multiple of the base; never below the base, the smallest readable."""
        return Style(self.base * max(1.0, factor), fill or self.theme.text_normal, weight, anchor)

    def look(self, box: Box) -> Look:
        return Look(self.theme, round(box.width, 1), round(box.height, 1), self.base, self.locale)

    def text(
        self, slot: Slot, words: str | Sequence[str], style: Style, *, may_cut: bool = False, element_id: str = ""
    ) -> float:
        """Draw the first variant that fits the slot; returns the width used. A forced cut is a misfit."""
        variants = (words,) if isinstance(words, str) else tuple(words)
        fitted = fit_text(variants, slot.width, style.size, style.weight)
        if fitted.is_cut and not may_cut:
            self.misfits += 1
        if not fitted.text:
            return 0.0
        identity = f" id={quoteattr(element_id)}" if element_id else ""
        self._parts.append(
            f'<text{identity} x="{slot.x:.1f}" y="{slot.baseline:.1f}" font-size="{style.size:.2f}" '
            f'font-weight="{style.weight}" fill="{style.fill}" text-anchor="{style.anchor}">'
            f"{escape(fitted.text)}</text>"
        )
        return text_width(fitted.text, style.size, style.weight)

    def require(self, fits: bool) -> None:
        """Note a misfit of height or count."""
        self.misfits += not fits

    def rule(self, box: Box, y: float) -> None:
        self._parts.append(
            f'<path d="M{box.x:.1f} {y:.1f}H{box.right:.1f}" stroke="{self.theme.rule}" stroke-width="2"/>'
        )

    def panel(self, box: Box, fill: str, radius: float | None = None) -> None:
        corner = self.base * CORNER if radius is None else radius
        self._parts.append(f'<rect {place(box)} rx="{corner:.1f}" fill="{fill}"/>')

    def outline(self, box: Box, colour: str, *, dashed: bool) -> None:
        dash = f' stroke-dasharray="{self.base / 4:.1f} {self.base / 6:.1f}"' if dashed else ""
        self._parts.append(
            f'<rect {place(box)} rx="{self.base * CORNER:.1f}" fill="none" stroke="{colour}" '
            f'stroke-width="{max(2.0, self.base / 22):.1f}"{dash}/>'
        )

    def status_mark(self, x: float, y: float, radius: float, severity: Severity, *, hollow: bool = False) -> None:
        """Shape and colour of a state, centred: diamond, triangle or dotted ring; hollow once somebody answered."""
        colour, r = self.theme.status(severity), radius
        if severity == "data":
            dot = r * 0.2
            dash = "" if hollow else f' stroke-dasharray="{dot:.1f} {dot:.1f}"'
            around = 0.5 * r if hollow else 0.8 * r  # two rings of one size would look alike from afar
            self._parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{around:.1f}" fill="none" stroke="{colour}" '
                f'stroke-width="{dot:.1f}"{dash}/>'
            )
            return
        if hollow:
            r *= 0.89
        points = (
            ((0, -r), (r, 0), (0, r), (-r, 0))
            if severity == "kritis"
            else ((0, -0.88 * r), (r, 0.88 * r), (-r, 0.88 * r))
        )
        path = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in points)
        paint = f'fill="none" stroke="{colour}" stroke-width="{0.21 * r:.1f}"' if hollow else f'fill="{colour}"'
        self._parts.append(f'<polygon points="{path}" {paint}/>')

    def resting_mark(self, x: float, y: float, radius: float, *, is_shelved: bool) -> None:
        """Neutral: two bars for what was put off, an open ring for what recovered unseen."""
        colour, r = self.theme.text_normal, radius
        if not is_shelved:
            self._parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{0.7 * r:.1f}" fill="none" stroke="{colour}" '
                f'stroke-width="{0.24 * r:.1f}"/>'
            )
            return
        for shift in (-0.62, 0.2):
            self.panel(Box(x + shift * r, y - 0.75 * r, 0.42 * r, 1.5 * r), colour, 0)

    def clock_sign(self, x: float, y: float, radius: float, *, is_due: bool) -> None:
        """Neutral, as on work pages: a clock a quarter full for what is due, an empty one where no date is agreed."""
        ink, r = self.theme.text_quiet, radius
        self._parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{0.9 * r:.1f}" fill="none" stroke="{ink}" '
            f'stroke-width="{0.2 * r:.1f}"/>'
        )
        if is_due:
            self._parts.append(
                f'<path d="M{x:.1f} {y:.1f}v{-r:.1f}A{r:.1f} {r:.1f} 0 0 1 {x + r:.1f} {y:.1f}z" fill="{ink}"/>'
            )

    def dot(self, x: float, y: float, radius: float, fill: str = "") -> None:
        self._parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill or self.theme.data}"/>')

    def line(self, places: Sequence[tuple[float, float]], stroke: str, width: float) -> None:
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        self._parts.append(
            f'<path d="M{path}" fill="none" stroke="{stroke}" stroke-width="{width:.1f}" stroke-linejoin="round"/>'
        )

    def rotation_dots(self, x: float, y: float, width: float) -> None:
        """Empty group the browser fills with one dot a scene, centred on x."""
        self._parts.append(
            f'<g id="posisi" transform="translate({x:.1f} {y:.1f})" data-x="{x:.1f}" data-y="{y:.1f}" '
            f'data-width="{width:.1f}" data-jarak="{self.base:.1f}" data-jari="{self.base / 5:.1f}" '
            f'data-aktif="{self.theme.text_strong}" data-redup="{self.theme.rule}"/>'
        )

    def chart(self, box: Box, chart: alt.LayerChart) -> None:
        """Nest an Altair chart; it is drawn only if this canvas is the one that is used."""
        self._parts.append((box, chart))

    @contextmanager
    def tile(self, kind: TileKind, box: Box, indicator_id: str = "", *, filled: bool = True) -> Iterator[None]:
        """A tile of the scene; what is drawn inside belongs to it."""
        self.tile_count += 1
        with self.group(kind, box, indicator_id):
            if filled:
                self.panel(box, self.theme.surface)
            yield

    @contextmanager
    def mark_group(self, name: str, indicator_id: str) -> Iterator[None]:
        """Marks that belong together within a tile, by what they show."""
        self._parts.append(f"<g data-{name}={quoteattr(indicator_id)}>")
        yield
        self._parts.append("</g>")

    @contextmanager
    def group(self, kind: str, box: Box, indicator_id: str = "") -> Iterator[None]:
        link = f" data-indikator={quoteattr(indicator_id)}" if indicator_id else ""
        area = f"{box.x:.1f} {box.y:.1f} {box.width:.1f} {box.height:.1f}"
        self._parts.append(f'<g data-petak="{kind}" data-kotak="{area}"{link}>')
        yield
        self._parts.append("</g>")

    def render(self, title: str, release_id: str = "") -> str:
        """The whole drawing, its charts drawn and nested; it carries the release it was drawn from."""
        body = []
        for number, part in enumerate(self._parts):
            body.append(part if isinstance(part, str) else nest_chart(part[0], part[1], f"grafik{number}"))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.page.width:.2f} {self.page.height:.2f}" '
            f"data-rilis={quoteattr(release_id)} font-family={quoteattr(FONT_FAMILY)} "
            f'style="font-variant-numeric:tabular-nums">'
            f"<title>{escape(title)}</title>"
            f'<rect {place(self.page)} fill="{self.theme.background}"/>{"".join(body)}</svg>'
        )


def place(box: Box) -> str:
    return f'x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}"'


@lru_cache(maxsize=64)
def draw_chart(spec: str) -> str:
    """SVG of a chart; when a scene is drawn again for its words alone, its charts are not."""
    return draw_vega(spec)


@lru_cache(maxsize=32)
def draw_preview(svg: str, scale: float) -> bytes:
    """A whole scene as a small PNG, with the letters it was measured with."""
    register_fonts()
    return vl_convert.svg_to_png(svg, scale=scale)


def nest_chart(box: Box, chart: alt.LayerChart, prefix: str) -> str:
    """The chart's SVG placed at `box`; ids inside get a prefix so that two charts cannot clash."""
    drawn = draw_chart(chart.to_json(indent=None, validate=False))  # every family is validated by its tests
    match = OPENING_TAG.search(drawn)
    if match is None:
        raise ValueError("vl-convert returned an SVG without width and height")
    opening = f'<svg {place(box)} viewBox="0 0 {match[1]} {match[2]}" preserveAspectRatio="none">'
    inner = drawn[match.end() :]
    inner = re.sub(r'\bid="', f'id="{prefix}-', inner)
    return opening + re.sub(r"url\(#", f"url(#{prefix}-", inner)
