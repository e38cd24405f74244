"""Tiles of alarms: shape and word of the state, what it is, who owns it, since when, and what is to be done."""

from __future__ import annotations

from gettext import gettext as _

from charts.lettering import fit_text, text_width, wrap_text
from charts.wall.canvas import Canvas, Slot
from charts.wall.clock_words import Words
from charts.wall.geometry import Box
from charts.wall.tiles import PAD, sample_mark, stack
from warehouse.alarms.lines import AlarmLine

MARK_ROOM = 1.85  # of the base size, before the text
MOST_RESPONSE_LINES = 3
RESTING = ("pulih", "ditunda")  # nothing is to be done about them now


def draw_alarm(canvas: Canvas, box: Box, line: AlarmLine, *, response_lines: int = 0) -> None:
    """Title; owner and what is beyond its limit; state; then as many lines of what is to be done as asked for."""
    b, theme = canvas.base, canvas.theme
    inner = box.inset(PAD * b, 0.24 * b)
    x, width = inner.x + MARK_ROOM * b, inner.width - MARK_ROOM * b
    response = response_words(line, width, b, response_lines)
    with canvas.tile("list", box, line.indicator_id):
        draw_state(canvas, inner.x + 0.58 * b, box.y + box.height / 2, line)
        weight = 600 if line.severity == "kritis" else 400
        factor = next(
            (size for size in (1.5, 1.2) if text_width(line.title, size * b, 600) <= width and response_lines), 1.2
        )
        title_y, owner_y, state_y, *response_y = stack(canvas, inner, [factor * b, b, b, *[b] * len(response)])
        style = canvas.size(factor, theme.text_strong, 600 if weight == 600 else 400)
        if text_width(line.title, factor * b, 600) > width:
            style = canvas.size(1, theme.text_strong, 600 if weight == 600 else 400)
        canvas.text(Slot(x, title_y, width), title_words(line), style, may_cut=True)
        room = width - sample_mark(canvas, inner.right, owner_y, line.is_sample)
        canvas.text(Slot(x, owner_y, room), owner_words(line), canvas.size(1, theme.text_strong), may_cut=True)
        canvas.text(Slot(x, state_y, width), told_words(line), canvas.size(1, told_ink(canvas, line)), may_cut=True)
        for words, baseline in zip(response, response_y, strict=True):
            canvas.text(Slot(x, baseline, width), words, canvas.size(1, theme.text_normal), may_cut=True)


def draw_compact_alarm(canvas: Canvas, box: Box, line: AlarmLine) -> None:
    """The same on two lines: title, then owner and state."""
    b, theme = canvas.base, canvas.theme
    inner = box.inset(PAD * b, 0.16 * b)
    x, width = inner.x + MARK_ROOM * b, inner.width - MARK_ROOM * b
    with canvas.tile("list", box, line.indicator_id):
        draw_state(canvas, inner.x + 0.58 * b, box.y + box.height / 2, line)
        title_y, told_y = stack(canvas, inner, [b, b])
        room = width - sample_mark(canvas, inner.right, title_y, line.is_sample)
        style = canvas.size(1, theme.text_strong, 600 if line.severity == "kritis" else 400)
        canvas.text(Slot(x, title_y, room), title_words(line), style, may_cut=True)
        told = told_words(line)
        words = tuple(f"{line.owner} · {one}" for one in told) if line.owner else told
        canvas.text(Slot(x, told_y, width), (*words, *told), canvas.size(1, told_ink(canvas, line)), may_cut=True)


def draw_state(canvas: Canvas, x: float, y: float, line: AlarmLine) -> None:
    radius = 0.68 * canvas.base
    if line.state in RESTING:
        canvas.resting_mark(x, y, radius, is_shelved=line.state == "ditunda")
    else:
        canvas.status_mark(x, y, radius, line.severity, hollow=not line.is_pressing)


def told_ink(canvas: Canvas, line: AlarmLine) -> str:
    """Only what waits for an answer has a colour."""
    return canvas.theme.status(line.severity) if line.is_pressing else canvas.theme.text_normal


def title_words(line: AlarmLine) -> Words:
    """Without its place where that does not fit."""
    return (line.title, line.title.split(": ", maxsplit=1)[0])


def owner_words(line: AlarmLine) -> Words:
    owner = line.owner or _("pemilik belum ditetapkan")
    return (f"{owner} · {line.detail}", owner) if line.detail else (owner,)


def told_words(line: AlarmLine) -> Words:
    """The state in a word, and since when; the word is never dropped."""
    if line.is_pressing:
        return (_("baru · {told}").format(told=line.told), line.told, line.state)
    return (line.told, line.state)


def count_lines(canvas: Canvas, box: Box, line: AlarmLine, most: int) -> int:
    """How many lines its steps take on a tile of this width; what is told in brief keeps its own count."""
    b = canvas.base
    return len(response_words(line, box.width - (2 * PAD + MARK_ROOM) * b, b, most)) if most > 0 else most


def response_words(line: AlarmLine, width: float, size: float, lines: int) -> tuple[str, ...]:
    """What is to be done, whole where it fits the lines, else its first steps: never cut within a step."""
    if not lines or not line.response or line.state in RESTING:
        return ()
    lead = _("Lakukan: {what}")
    steps = line.response.split(", ")
    for count in range(len(steps), 0, -1):
        words = lead.format(what=", ".join(steps[:count]))
        wrapped = wrap_text(words, width, size)
        if len(wrapped) <= lines and all(text_width(one, size) <= width for one in wrapped):
            return wrapped
    return (fit_text((lead.format(what=steps[0]),), width, size).text,)
