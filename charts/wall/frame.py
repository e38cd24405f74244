"""Head and foot of every scene: where, when, who is late, which release, and how much is still DATA CONTOH."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from charts.formats import format_day, format_short_date, format_time
from charts.lettering import text_width
from charts.wall.bezels import first_part, is_panelled, last_part
from charts.wall.canvas import Canvas, Slot
from charts.wall.clock_words import Words
from charts.wall.geometry import Box
from charts.wall.sentences import release_words, sample_words, timeliness_words
from warehouse.figures import WallView

MARGIN = 48.0  # layout units
HEAD_TEXT = 44.0  # layout units: the head is read on entering the room
FOOT_ROW = 1.72  # of the base size


@cache
def longest_date(locale: str) -> float:
    """Width of the widest short date of a year, in parts of the font size: the browser keeps the date going."""
    days = (date(2026, 1, 28) + timedelta(days=number) for number in range(365))
    return max(text_width(format_short_date(day, locale), 1, 400) for day in days)


def page_box(canvas: Canvas) -> Box:
    return canvas.page.inset(MARGIN, 0)


def draw_header(canvas: Canvas, view: WallView, title: tuple[str, str]) -> Box:
    """Title (strong part, light part), clock and date; returns the room below."""
    page, theme = page_box(canvas), canvas.theme
    factor = max(1.16, HEAD_TEXT / canvas.base)
    size = factor * canvas.base
    head, rest = page.take_top(2.1 * size)
    baseline = head.y + 1.46 * size
    strong, light = title
    with canvas.group("kepala", head):
        date_width = longest_date(canvas.locale) * size
        today = view.instant.date()
        words = (format_short_date(today, canvas.locale), format_day(today, canvas.locale))
        style = canvas.size(factor, theme.text_normal, 300, "end")
        canvas.text(Slot(head.right, baseline, date_width), words, style, element_id="tanggal")
        clock = format_time(view.instant, view.timezone_label)
        clock_width = text_width(f"00.00 {view.timezone_label}", size, 600)
        clock_right = head.right - date_width - 0.6 * size
        style = canvas.size(factor, theme.text_strong, 600, "end")
        canvas.text(Slot(clock_right, baseline, clock_width + 1), clock, style, element_id="jam")
        x, room = head.x, min(clock_right - clock_width - size, first_part(canvas, head).right) - head.x
        canvas.require(clock_right - clock_width >= last_part(canvas, head).x)
        if strong:
            used = canvas.text(Slot(x, baseline, room), strong, canvas.size(factor, theme.text_strong, 600))
            x, room = x + used + 0.5 * size, room - used - 0.5 * size
        canvas.text(Slot(x, baseline, room), (light,), canvas.size(factor, theme.text_normal, 300), may_cut=True)
        canvas.rule(head, head.bottom - 2)
    return rest


def frame_with_strip(
    canvas: Canvas,
    view: WallView,
    title: tuple[str, str],
    draw_strip: Callable[[Canvas, Box, WallView], None],
    words: Words = (),
) -> Box:
    """Head, a strip under a rule, and the foot with its words, the release by default; returns the room between."""
    b = canvas.base
    rest = draw_header(canvas, view, title)
    foot, rest = rest.take_bottom(2 * FOOT_ROW * b + 0.35 * b)
    canvas.rule(foot, foot.y)
    strip, release = foot.take_bottom(2 * FOOT_ROW * b + 0.2 * b)[0].take_top(FOOT_ROW * b)
    draw_strip(canvas, strip, view)
    sample = sample_words(view) if view.sample_source_count else ()
    draw_foot(canvas, release.take_top(FOOT_ROW * b)[0], words or (release_words(view, canvas.locale),), sample)
    return rest


def draw_timeliness(canvas: Canvas, box: Box, view: WallView) -> None:
    """Strip: how many OPD are on time, and who is late, longest first."""
    b, theme = canvas.base, canvas.theme
    late = view.opd_on_time_count < view.opd_count
    with canvas.tile("strip", box, "data.ketepatan_waktu", filled=False):
        middle = box.y + box.height / 2
        if late:
            canvas.status_mark(box.x + 0.42 * b, middle, 0.52 * b, "data")
        else:
            canvas.dot(box.x + 0.42 * b, middle, 0.28 * b)
        style = canvas.size(1, theme.text_strong if late else theme.text_normal)
        room = first_part(canvas, box).width - 1.3 * b
        canvas.text(Slot(box.x + 1.3 * b, middle + 0.33 * b, room), timeliness_words(view), style)


def draw_foot(canvas: Canvas, box: Box, words: Words, sample: Words) -> None:
    """Release at the left, room for rotation dots, DATA CONTOH at the right when there is any."""
    b, theme = canvas.base, canvas.theme
    baseline = box.y + box.height / 2 + 0.33 * b
    with canvas.group("kaki", box):
        box_width = 0.0
        if sample:
            room = min(box.width * 0.5, last_part(canvas, box).width)
            widths = [text_width(variant, b, 600) for variant in sample]
            box_width = next((width for width in widths if width + 2 * b <= room), widths[-1]) + 2 * b
            mark = Box(box.right - box_width, box.y + box.height / 2 - 0.72 * b, box_width, 1.44 * b)
            canvas.outline(mark, theme.text_normal, dashed=True)
            style = canvas.size(1, theme.text_strong, 600, "middle")
            canvas.text(Slot(mark.x + box_width / 2, baseline, box_width - b), sample, style)
        dots = 6 * b
        room = min(box.width - box_width - dots - 2 * b, first_part(canvas, box).width)
        used = canvas.text(Slot(box.x, baseline, room), words, canvas.size(1, theme.text_quiet))
        left, right = box.x + used + b, box.right - box_width - b
        free = [(left, right)]
        if is_panelled(canvas):  # beside the words or beside the mark, across no bezel
            free = [(left, first_part(canvas, box).right), (last_part(canvas, box).x, right)]
        left, right = max(free, key=lambda span: span[1] - span[0])
        canvas.rotation_dots((left + right) / 2, box.y + box.height / 2, right - left)
