"""The pages of a paper as pictures at twice the size of a screen, one a page, and all of them in one package."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from reports.pdf import open_compiler

PICTURE_PPI = 192  # twice the 96 of a screen
OLDEST = (1980, 1, 1, 0, 0, 0)  # a package knows no earlier day; a fixed one keeps its bytes the same


def draw_pngs(data: dict[str, Any]) -> tuple[bytes, ...]:
    """The pages of `paper_data`, in order."""
    drawn = open_compiler(data).compile(format="png", ppi=PICTURE_PPI)
    if isinstance(drawn, bytes):
        return (drawn,)
    return tuple(drawn or ())


def picture_names(stem: str, count: int) -> tuple[str, ...]:
    """`STEM.png` for a single page, else `STEM_01.png`, `STEM_02.png`."""
    if count == 1:
        return (f"{stem}.png",)
    digits = max(2, len(str(count)))
    return tuple(f"{stem}_{number:0{digits}d}.png" for number in range(1, count + 1))


def pack_pngs(stem: str, pictures: tuple[bytes, ...]) -> bytes:
    """All pictures in one package; they are compressed already."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
        for name, picture in zip(picture_names(stem, len(pictures)), pictures, strict=True):
            package.writestr(zipfile.ZipInfo(name, OLDEST), picture)
    return packed.getvalue()
