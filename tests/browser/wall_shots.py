"""Pictures of every wall scene at four sizes, in both themes and four states: `python -m tests.browser.wall_shots`.

What the guides show goes into docs/gambar, small, with each mark of a state; all of it, as large as the screens, into
the folder given, docs/gambar/semua by default.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

import vl_convert
from PIL import Image

from charts.lettering import register_fonts
from charts.theme import GELAP
from charts.wall import SCENES, draw_scene
from charts.wall.canvas import Canvas
from charts.wall.geometry import Geometry
from tests.browser.driver import PROJECT
from tests.unit.charts.seen_marks import MARKS
from tests.unit.charts.wall_examples import EXAMPLES, GEOMETRIES

SIZES = ("1366x768", "1920x1080", "3840x2160", "5760x1080")
STATES = {"tenang": "tenang", "peringatan": "alarm", "terlambat": "terlambat", "tanpa_data": "kosong"}
SHOWN = (
    *((scene, "1920x1080", "gelap", "tenang") for scene in SCENES),
    ("ringkasan", "1920x1080", "gelap", "peringatan"),
    ("ringkasan", "1920x1080", "gelap", "terlambat"),
    ("ringkasan", "1920x1080", "terang", "tenang"),
    ("peringatan", "1920x1080", "gelap", "peringatan"),
    ("smart_living", "3840x2160", "gelap", "peringatan"),
)
COLOURS, DOCS_WIDTH = 256, 960  # fewer colours lose those of states
DOCS = PROJECT / "docs" / "gambar"
EVERY = DOCS / "semua"
MARK_PX = 48


def picture(scene: str, size: str, theme: str, state: str) -> Image.Image:
    geometry = GEOMETRIES[size]
    drawing = draw_scene(scene, EXAMPLES[STATES[state]](), geometry, theme)
    png = vl_convert.svg_to_png(drawing.svg, scale=geometry.unit_px)
    return Image.open(BytesIO(png)).convert("RGB")


def save(image: Image.Image, path: Path) -> None:
    image.quantize(COLOURS, Image.Quantize.FASTOCTREE).save(path, optimize=True)


def shoot(target: Path) -> None:
    register_fonts()
    for folder in (DOCS, target):
        folder.mkdir(parents=True, exist_ok=True)
    shoot_marks()
    for scene in SCENES:
        for size in SIZES:
            for theme in ("gelap", "terang"):
                for state in STATES:
                    image = picture(scene, size, theme, state)
                    name = f"dinding-{scene}-{state}-{theme}-{size}.png"
                    save(image, target / name)
                    if (scene, size, theme, state) in SHOWN:
                        height = round(image.height * DOCS_WIDTH / image.width)
                        small = image.resize((DOCS_WIDTH, height), Image.Resampling.LANCZOS)
                        save(small, DOCS / name)


def shoot_marks() -> None:
    """Each mark as it stands on a tile."""
    for name, mark in MARKS.items():
        canvas = Canvas(Geometry(100, (MARK_PX, MARK_PX), 1), GELAP, 44)
        canvas.panel(canvas.page, GELAP.surface, 0)
        mark(canvas, canvas.page.width / 2, canvas.page.height / 2, 0.36 * canvas.page.width)
        png = vl_convert.svg_to_png(canvas.render(name), scale=MARK_PX / canvas.page.width)
        save(Image.open(BytesIO(png)).convert("RGB"), DOCS / f"tanda-{name.replace(' ', '-')}.png")


def main() -> int:
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else EVERY
    shoot(target)
    print(target)
    return 0


if __name__ == "__main__":
    sys.exit(main())
