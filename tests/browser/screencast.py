"""What a screen really showed, frame by frame, also while one page takes the place of another."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from playwright.sync_api import Page

SIZE = (480, 270)
DIFFERS = 40  # of 255, by so much a point of a picture is another one


@dataclass
class Frames:
    """Small grey pictures of the frames the browser composed."""

    taken: list[NDArray[np.int16]] = field(default_factory=list)

    def add(self, picture: bytes) -> None:
        small = Image.open(io.BytesIO(picture)).convert("L").resize(SIZE, Image.Resampling.BOX)
        self.taken.append(np.asarray(small, dtype=np.int16))

    def furthest_from(self, picture: NDArray[np.int16]) -> float:
        """The largest share of points by which any frame differs from this picture."""
        return max(float((abs(one - picture) > DIFFERS).mean()) for one in self.taken)


@contextmanager
def filmed(page: Page) -> Iterator[Frames]:
    """All frames until the block ends; the first is there when it begins."""
    frames, session = Frames(), page.context.new_cdp_session(page)

    def keep(event: dict[str, object]) -> None:
        frames.add(base64.b64decode(str(event["data"])))
        session.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    session.on("Page.screencastFrame", keep)
    session.send("Page.startScreencast", {"format": "png", "maxWidth": 960, "maxHeight": 540, "everyNthFrame": 1})
    yield frames
    session.send("Page.stopScreencast")
    session.detach()
