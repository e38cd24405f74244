"""Small tiles of a wall: a figure, a bullet, an action; each stacks its lines in the height it is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from gettext import gettext as _

from charts.bullet import build_bullet_chart
from charts.lettering import ASCENT, DESCENT, Weight, fit_text, text_width, wrap_text
from charts.wall.canvas import Canvas, Slot, Style
from charts.wall.clock_words import Words, led_by, state_words
from charts.wall.geometry import Box
from charts.wall.sentences import FigureCard, bullet_title, change_of, target_words, value_words
from charts.wall.trend_line import draw_trend, trend_of
from warehouse.figures import ActionItem, ClockState, Figure

TIGHTEST, LOOSEST = 1.05, 1.34  # line pitch of stacked lines, of the font size
VALUE, MISSING_VALUE = 2.15, 1.3  # of the base size
WORD_VALUES = (1.75, 1.5, MISSING_VALUE)  # a level by its name, the largest that fits
BULLET_VALUES = (1.55, 1.25)  # with its unit, the largest that fits
SIGN, SIGN_GAP = 0.3, 0.35  # radius of the sign of a state and its gap behind a title, of the base size
SIGN_ROOM = SIGN_GAP + 2 * SIGN
STATE_GAP, TREND_GAP = 0.6, 0.7  # before the state behind a title and before a line of the course, of the base size
DIGITS = 0.7  # height of a digit, of its font size
PAD = 0.62  # side padding of a tile, of the base size


def stack(canvas: Canvas, box: Box, sizes: Sequence[float]) -> list[float]:
    """Baselines of lines of these sizes, spread over the height and centred; a misfit if they cannot stand."""
    pitch = min(LOOSEST, box.height / sum(sizes))
    canvas.require(pitch >= TIGHTEST)
    pitch = max(pitch, TIGHTEST)
    top = box.y + (box.height - pitch * sum(sizes)) / 2
    baselines = []
    for size in sizes:
        baselines.append(top + ((pitch - ASCENT - DESCENT) / 2 + ASCENT) * size)
        top += pitch * size
    return baselines


def sample_mark(canvas: Canvas, right: float, baseline: float, is_sample: bool) -> float:
    """Outlined CONTOH ending at `right`, if asked for; returns the width it takes with its gap."""
    if not (is_sample and canvas.marks_sample):
        return 0.0
    b, words = canvas.base, _("CONTOH")
    width = text_width(words, b, 400) + 0.5 * b
    canvas.outline(Box(right - width, baseline - 0.88 * b, width, 1.1 * b), canvas.theme.text_quiet, dashed=False)
    style = canvas.size(1, canvas.theme.text_quiet, anchor="middle")
    canvas.text(Slot(right - width / 2, baseline, width), words, style)
    return width + 0.4 * b


def noted_line(canvas: Canvas, slot: Slot, words: Words, ring: bool) -> float:
    """Quiet last line of a tile; an overdue one gets the dotted ring and the colour of its state. The width it took."""
    b, theme = canvas.base, canvas.theme
    if not words:
        return 0.0
    if not ring:
        return canvas.text(slot, words, canvas.size(1, theme.text_quiet), may_cut=True)
    canvas.status_mark(slot.x + 0.42 * b, slot.baseline - 0.33 * b, 0.5 * b, "data")
    behind = Slot(slot.x + 1.15 * b, slot.baseline, slot.width - 1.15 * b)
    return 1.15 * b + canvas.text(behind, words, canvas.size(1, theme.data_status))


@dataclass(frozen=True)
class Lines:
    """Title and note of a tile as they are told, and the state of its delivery where that stands behind the title."""

    title: Words
    note: Words
    beside: str = ""
    has_sign: bool = False  # of the state, where its word has no room: a quarter of a clock, or an empty one


def place_state(canvas: Canvas, lines: Lines, state: Words, rooms: tuple[float, float], weight: Weight = 400) -> Lines:
    """Where the state stands: before the whole note, behind a title that says all, or before a shorter note.

    Where no word has room its sign stands behind the title.
    """
    b, (title_room, note_room) = canvas.base, rooms
    if not state:
        return lines
    title, note = lines.title, lines.note

    def first(words: Words) -> Words:
        return tuple(one for one in words if text_width(one, b) <= note_room)[:1]

    if whole := first(led_by(state, note[:1])):
        return replace(lines, note=whole)
    for one in title[:-1] or title:
        for word in state:
            if text_width(one, b, weight) + STATE_GAP * b + text_width(word, b) <= title_room:
                return Lines((one,), note, word)
    if shorter := first(led_by(state, note[1:]) if any(note[1:]) else ()):
        return replace(lines, note=shorter)
    with_sign = next((one for one in title if text_width(one, b, weight) + SIGN_ROOM * b <= title_room), title[-1])
    return Lines((with_sign,), note, state[0], has_sign=True)


def draw_sign(canvas: Canvas, x: float, baseline: float, right: float, state: Words) -> float:
    """Sign of a state behind words that end at `x`; returns the width it takes with its gap, 0 without room."""
    b = canvas.base
    if x + SIGN_ROOM * b > right:
        canvas.states_without_room += 1
        return 0.0
    is_due = state[0] == str(ClockState.DUE)
    with canvas.mark_group("keadaan", state[0]):
        canvas.clock_sign(x + (SIGN_GAP + SIGN) * b, baseline - 0.33 * b, SIGN * b, is_due=is_due)
    return SIGN_ROOM * b


def draw_title(canvas: Canvas, slot: Slot, lines: Lines, style: Style, *, may_cut: bool = False) -> None:
    used, b = canvas.text(slot, lines.title, style, may_cut=may_cut), canvas.base
    if lines.has_sign:
        draw_sign(canvas, slot.x + used, slot.baseline, slot.x + slot.width, (lines.beside,))
    elif lines.beside:
        x = slot.x + used + STATE_GAP * b
        style = canvas.size(1, canvas.theme.text_quiet)
        canvas.text(Slot(x, slot.baseline, slot.x + slot.width - x), lines.beside, style)


def draw_figure(canvas: Canvas, box: Box, card: FigureCard, *, with_note: bool = True) -> None:
    """Title, number with its caption, note. The number loses colour when its data is overdue."""
    b, theme = canvas.base, canvas.theme
    inner = box.inset(PAD * b, 0.32 * b)
    value_size = _value_size(card, inner.width / b - (1.8 if card.severity is not None else 0))
    lines = [b, 0.92 * VALUE * b] + ([b] if with_note else [])  # digits have no descenders; words take as much room
    with canvas.tile("figure", box, card.indicator_id):
        title_y, value_y, *note_y = stack(canvas, inner, lines)
        room = inner.width - sample_mark(canvas, inner.right, title_y, card.is_sample and not card.is_missing)
        weight: Weight = 600 if card.caption else 400
        rooms = (room, inner.width if with_note else 0.0)
        told = place_state(canvas, Lines(card.title, card.note), card.state, rooms, weight)
        draw_title(canvas, Slot(inner.x, title_y, room), told, canvas.size(1, theme.text_normal, weight))
        room = inner.width
        marked = card.severity is not None and not card.caption and not card.is_missing
        if card.severity is not None and marked:
            canvas.status_mark(inner.right - 0.7 * b, value_y - 0.33 * value_size * b, 0.66 * b, card.severity)
            room -= 1.8 * b
        ink = theme.text_quiet if card.is_overdue else theme.text_normal if card.is_missing else theme.text_strong
        style = canvas.size(value_size, ink, 400 if card.is_missing else 300)
        used = canvas.text(Slot(inner.x, value_y, room), card.value, style) + 0.5 * b
        beside, noted = used, 0.0
        if card.unit and not card.is_missing:
            canvas.require(text_width(card.unit, b) <= room - used)
            beside += (
                canvas.text(Slot(inner.x + used, value_y, room - used), card.unit, canvas.size(1), may_cut=True)
                + 0.5 * b
            )
        if card.caption:
            strong = theme.text_normal if card.is_overdue else theme.text_strong
            style = canvas.size(1, strong)
            beside += (
                canvas.text(Slot(inner.x + used, value_y, room - used), card.caption, style, may_cut=True) + 0.5 * b
            )
        if note_y and card.severity is not None and marked:
            style = canvas.size(1, theme.status(card.severity))
            slot = Slot(inner.x, note_y[0], inner.width)
            noted = canvas.text(slot, told.note, style, may_cut=not card.is_overdue)
        elif note_y:
            noted = noted_line(canvas, Slot(inner.x, note_y[0], inner.width), told.note, card.is_overdue)
        if not card.is_missing:
            free = [_behind(inner, room, beside + 0.2 * b, (value_y - DIGITS * VALUE * b, value_y))]
            free += [_behind(inner, inner.width, noted + TREND_GAP * b, (y - 0.85 * b, y + 0.1 * b)) for y in note_y]
            places = ((card.caption, room - used), (told.note, inner.width if with_note else 0.0))
            told_change = any(card.change in fit_text(words, width, b).text for words, width in places if words)
            canvas.trends_without_room += bool(card.change) and not told_change
            order = free[::-1] if card.caption else free  # behind a caption there is little room, and seldom the same
            draw_trend(canvas, card.indicator_id, order, card.trend, ink)


def _behind(inner: Box, width: float, used: float, across: tuple[float, float]) -> Box:
    """What is free of a line behind its words, between two heights."""
    top, bottom = across
    return Box(inner.x + used, top, width - used, bottom - top)


def _value_size(card: FigureCard, room: float) -> float:
    """Of the base size, as is the room."""
    if card.is_missing or not card.is_word:
        return MISSING_VALUE if card.is_missing else VALUE
    return next((size for size in WORD_VALUES if text_width(card.value, size, 300) <= room), MISSING_VALUE)


def draw_bullet(canvas: Canvas, box: Box, figure: Figure, lead: str = "") -> None:
    """Title, bar with its limit as a tick, and the value at the right."""
    b, theme = canvas.base, canvas.theme
    inner = box.inset(PAD * b, 0.24 * b)
    overdue = figure.clock.state is ClockState.OVERDUE
    with canvas.tile("bullet", box, figure.indicator_id):
        title_y, bar_y, note_y = stack(canvas, inner, [b, 0.72 * b, b])
        room = inner.width - sample_mark(canvas, inner.right, title_y, figure.is_sample)
        left = inner.width * 0.57
        limits = target_words(figure)
        told = place_state(canvas, Lines(bullet_title(figure, lead), limits), state_words(figure), (room, left))
        draw_title(canvas, Slot(inner.x, title_y, room), told, canvas.size(1), may_cut=True)
        ink = theme.text_quiet if overdue else theme.text_strong
        words = tuple(value_words(figure, canvas.locale, with_unit=with_unit) for with_unit in (True, False))
        room = inner.width - left - b
        factor = next((one for one in BULLET_VALUES if text_width(words[0], one * b) <= room), BULLET_VALUES[0])
        style = canvas.size(factor, ink, anchor="end")
        used = canvas.text(Slot(inner.right, (bar_y + note_y) / 2 + 0.28 * b, room), words, style)
        bar = Box(inner.x, bar_y - 0.6 * b, left, 0.66 * b)
        canvas.chart(bar, build_bullet_chart(figure, canvas.look(bar)))
        has_unit = overdue or text_width(words[0], style.size) <= room or words[0] == words[1]
        with_unit = () if has_unit or not limits[0] else (f"{told.note[0]} {figure.unit}",)
        noted = noted_line(canvas, Slot(inner.x, note_y, left), (*with_unit, *told.note), overdue)
        rooms = [
            _behind(inner, left, noted + TREND_GAP * b, (note_y - 0.85 * b, note_y + 0.1 * b)),
            _behind(inner, inner.width - used - TREND_GAP * b, left + TREND_GAP * b, (bar_y - 0.5 * b, note_y)),
        ]
        canvas.trends_without_room += bool(change_of(figure, canvas.locale))  # beside a bar there is no room for words
        draw_trend(canvas, figure.indicator_id, rooms, trend_of(figure), ink)


def detail_words(item: ActionItem) -> Words:
    """The whole detail, else its end: what stands last, such as how long nobody answered, is never cut off."""
    parts = item.detail.split(" · ")
    return tuple(" · ".join(parts[first:]) for first in range(len(parts)))


def split_detail(item: ActionItem, width: float, size: float) -> tuple[Words, Words]:
    """Owner and detail on a line each; what was measured joins the owner where the line of detail is too short."""
    parts, whole = item.detail.split(" · "), detail_words(item)
    if len(parts) == 1 or text_width(item.detail, size) <= width:
        return (item.owner,), whole
    measured = (parts[0], parts[0].split(", ", maxsplit=1)[0])
    return (*(f"{item.owner} · {words}" for words in measured), item.owner), whole[1:]


def draw_action(canvas: Canvas, box: Box, item: ActionItem) -> None:
    """Who must do what: shape, title, owner and detail; a long title takes the owner's line, who joins the detail."""
    b, theme = canvas.base, canvas.theme
    inner = box.inset(PAD * b, 0.24 * b)
    x, width = inner.x + 1.85 * b, inner.width - 1.85 * b
    weight: Weight = 600 if item.severity == "kritis" else 400
    strong, quiet = theme.text_strong, theme.text_normal
    coloured = item.is_pressing and item.severity != "perlu tindakan"
    ink = theme.status(item.severity) if coloured else quiet
    with canvas.tile("list", box, item.indicator_id):
        canvas.status_mark(
            inner.x + 0.58 * b, box.y + box.height / 2, 0.68 * b, item.severity, hollow=not item.is_pressing
        )
        if text_width(item.title, b, weight) <= width:
            factor = 1.2 if text_width(item.title, 1.2 * b, weight) <= width else 1.0
            title_y, owner_y, detail_y = stack(canvas, inner, [1.2 * b, b, b])
            canvas.text(Slot(x, title_y, width), item.title, canvas.size(factor, strong, weight))
            room = width - sample_mark(canvas, inner.right, owner_y, item.is_sample)
            owner, detail = split_detail(item, width, b)
            canvas.text(Slot(x, owner_y, room), owner, canvas.size(1, strong), may_cut=True)
            canvas.text(Slot(x, detail_y, width), detail, canvas.size(1, ink), may_cut=True)
            return
        first, *more = wrap_text(item.title, width, b, weight)
        four_lines = inner.height >= 4.4 * b
        first_y, second_y, *last = stack(canvas, inner, [b] * (4 if four_lines else 3))
        style = canvas.size(1, strong, weight)
        canvas.text(Slot(x, first_y, width), first, style, may_cut=True)
        canvas.text(Slot(x, second_y, width), " ".join(more), style, may_cut=True)
        room = width - sample_mark(canvas, inner.right, last[0], item.is_sample)
        if four_lines:
            canvas.text(Slot(x, last[0], room), item.owner, canvas.size(1, strong), may_cut=True)
            canvas.text(Slot(x, last[1], width), detail_words(item), canvas.size(1, ink), may_cut=True)
            return
        words = (*(f"{item.owner} · {told}" for told in detail_words(item)), item.owner)
        canvas.text(Slot(x, last[0], room), words, canvas.size(1, ink), may_cut=True)
