"""Every figure on every wall says what it is held against, where it comes from, and the state of its delivery; what
has no room is counted by the drawing itself."""

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from charts.lettering import DESCENT
from charts.theme import GELAP
from charts.wall import SCENES, draw_scene
from charts.wall.canvas import Canvas
from charts.wall.geometry import Box, Geometry
from charts.wall.tiles import draw_sign
from charts.wall.trend_line import Trend, draw_trend
from tests.unit.charts.test_wall_scenes import STATUS_COLOURS, SVG, drawn, every_case, texts
from tests.unit.charts.wall_examples import CALLS, EXAMPLES, GEOMETRIES, JOINT, calm_view, course, year
from warehouse.figures import ClockState

# What a tile of the figure may name: its target or limit, its usual range, its official scale, or the whole of a part.
HELD_AGAINST = {
    "smart_living.panggilan_112": "biasa|belum ada pembanding|panggilan jam",
    "smart_living.panggilan_dijawab": "target",
    "smart_living.panggilan_putus": "batas",
    "smart_living.respons_kebakaran": "SPM",
    "smart_living.tiket_terbuka": r"24 jam|tertua \d+ jam",
    "smart_living.dbd_siaga": r"level \d",
    "smart_environment.ispu": "batas|Baik|Sedang|Tidak Sehat",
    "smart_environment.siaga_sungai": r"tingkat \d",
    "smart_environment.sampah_terkelola": "target",
    "smart_environment.sampah_pengurangan": "target",
    "spbe.indeks": "Sangat Baik|mulai|tertinggi|Pemdi",
    "masterplan.realisasi_fisik": "poin|rencana",
    "masterplan.serapan": "poin|rencana",
    "masterplan.keroyokan": r"\d+ dari \d+",
    "masterplan.tanpa_laporan": r"dari \d+",
}
WITHOUT_VALUE = {"tidak ada data", "tidak berlaku", "tidak lengkap", "belum ada hasil", "belum berlaku", "tercapai"}
LEAST_POINTS = 3
OF_OTHERS = ("Kurang", "Rata-rata", "Lainnya", "Pembanding")  # beside the index, of the same year


def tiles(svg, kinds=("figure", "bullet")):
    """Each tile that shows a value: its figure, its words, and the figures whose course is drawn in it."""
    for node in ElementTree.fromstring(svg).iter():
        words = [text.text for text in node.iter(SVG + "text") if text.text]
        words += [one.get("data-keadaan") for one in node.iter() if one.get("data-keadaan")]
        courses = [one.get("data-arah") for one in node.iter() if one.get("data-arah")]
        if node.get("data-petak") in kinds and not WITHOUT_VALUE & set(words):
            yield node.get("data-indikator"), words, courses


def counted(drawing, what):
    found = (re.search(rf"tanpa {what} pada (\d+)", words) for words in drawing.left_out)
    return sum(int(one[1]) for one in found if one)


def without_trend(svg, view):
    """Figures with three periods or more without a course, and with two years whose change is not said."""
    missing = []
    for indicator_id, words, courses in tiles(svg):
        figure = view.figures[indicator_id]
        points = view.calls_so_far if indicator_id == CALLS.indicator_id else figure.trend
        known = sum(point.value is not None for point in points)
        is_its_own = points and points[-1].label == figure.period_label and not words[0].startswith(OF_OTHERS)
        has_word = any(re.search("naik|turun|tetap", one) for one in words)
        if (known >= LEAST_POINTS and courses != [indicator_id]) or (known == 2 and is_its_own and not has_word):
            missing.append(indicator_id)
    return missing


@every_case
def test_every_figure_says_where_it_comes_from_or_the_drawing_that_it_does_not(scene, example, screen):
    drawing, view = drawn(scene, example, screen), EXAMPLES[example]()
    assert len(without_trend(drawing.svg, view)) == counted(drawing, "arah")


@every_case
def test_every_figure_says_what_it_is_held_against(scene, example, screen):
    drawing = drawn(scene, example, screen)
    if example == "panjang" or "tanpa pembanding di bawah angka" in drawing.left_out:
        return  # words nobody planned for are cut; a scene that dropped all notes says so
    for indicator_id, words, _courses in tiles(drawing.svg):
        told = " ".join(words)
        assert re.search(HELD_AGAINST[indicator_id], told) or "terlambat" in told, told


def drawn_over(svg):
    """Words whose letters a course reaches into; each course with the box around all of its marks."""
    words, found = texts(svg), []
    for course_ in (node for node in ElementTree.fromstring(svg).iter() if node.get("data-arah")):
        points = []
        for mark in course_:
            x, y = (float(mark.get(name) or mark.get(f"c{name}") or 0) for name in "xy")
            path = re.findall(r"[ML]([\d.]+) ([\d.]+)", mark.get("d", ""))
            points += [tuple(map(float, one)) for one in path] or [
                (x, y), (x + float(mark.get("width") or 0), y + float(mark.get("height") or 0)),
            ]  # fmt: skip
        (left, right), (top, bottom) = ((min(one), max(one)) for one in zip(*points, strict=True))
        for told, size, (start, _top, end, low), _area in words:
            base = low - DESCENT * size
            beside = right <= start or end <= left
            if not beside and base - 0.7 * size < bottom and top < base + 0.2 * size:
                found.append(told)
    return found


@every_case
def test_no_course_is_drawn_over_words(scene, example, screen):
    assert drawn_over(drawn(scene, example, screen).svg) == []


@pytest.mark.parametrize("scene", SCENES)
def test_a_course_beside_a_delay_is_drawn_over_no_words(scene):
    for screen in ("1920x1080", "3840x2160"):
        assert drawn_over(drawn(scene, "terlambat", screen).svg) == []


@pytest.mark.parametrize("scene", SCENES)
def test_nothing_is_left_without_its_course_on_the_usual_screen(scene):
    """55 inches, seen from four metres."""
    assert counted(drawn(scene, "tenang", "1920x1080"), "arah") == 0


def test_a_tile_that_loses_its_course_is_noticed():
    drawing, view = drawn("smart_living", "tenang", "1920x1080"), calm_view()
    lost = drawing.svg.replace('data-arah="smart_living.panggilan_putus"', "", 1)
    assert without_trend(lost, view) == ["smart_living.panggilan_putus"]


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize(
    "screen", ["1366x768", *(pytest.param(one, marks=pytest.mark.slow) for one in GEOMETRIES if one != "1366x768")]
)
@pytest.mark.parametrize(("state", "words"), [(ClockState.UNKNOWN, "tenggat"), (ClockState.DUE, "jatuh tempo")])
def test_every_tile_says_the_state_of_its_delivery_or_shows_its_sign(scene, screen, state, words):
    view = calm_view()
    figures = {key: replace(one, clock=replace(one.clock, state=state)) for key, one in view.figures.items()}
    nearest = tuple(figures[one.indicator_id] for one in view.nearest_to_limit)
    drawing = draw_scene(scene, replace(view, figures=figures, nearest_to_limit=nearest), GEOMETRIES[screen], "gelap")
    kinds = ("figure", "bullet", "chart", "tile_map", "list")
    silent = [told for _id, told, _courses in tiles(drawing.svg, kinds) if not any(words in one for one in told)]
    assert (silent, counted(drawing, "keadaan jam")) == ([], 0)
    assert not any(colour in drawing.svg for colour in STATUS_COLOURS)


def drawn_course(points, limits=(), width=200.0):
    canvas = Canvas(Geometry(1210, (1920, 1080), 4), GELAP, 40)
    draw_trend(canvas, "a.b", [Box(0, 0, width, 60)], Trend(tuple(points), limits), GELAP.text_strong)
    return canvas, ElementTree.fromstring(canvas.render("a"))


def lines(root):
    return [node.get("d") for node in root.iter(SVG + "path")]


@pytest.mark.parametrize(
    ("values", "runs", "dots"),
    [
        (("1", "2", "3"), [3], 1),
        (("1", "2", None, "3", "4"), [2, 2], 1),
        (("1", None, "3", "4"), [2], 2),  # one alone is a dot
        (("1", "2", "3", None), [3], 1),  # the last known one is marked where it is
        (("2", "2", "2"), [3], 1),
        (("1", "2"), [], 0),
        (("1", None, None, "2"), [], 0),
        ((), [], 0),
    ],
)
def test_a_gap_stays_a_gap(values, runs, dots):
    _canvas, root = drawn_course(course(values[-1], *values[:-1]) if values else ())
    assert [path.count("L") + 1 for path in lines(root)] == runs
    assert len(list(root.iter(SVG + "circle"))) == dots


def test_a_limit_is_a_thin_line_and_a_usual_band_a_field_on_the_same_scale():
    points = course("4", "1", "2")
    _canvas, root = drawn_course(points, (Decimal(10),))
    limit, own = lines(root)
    assert len(set(re.findall(r"[ML][\d.]+ ([\d.]+)", limit))) == 1
    heights = [float(one) for one in re.findall(r"[ML][\d.]+ ([\d.]+)", own)]
    assert min(heights) > float(re.search(r"M[\d.]+ ([\d.]+)", limit)[1])  # all of it is below the limit
    _canvas, root = drawn_course(points, (Decimal(1), Decimal(3)))
    assert [node.get("fill") for node in root.iter(SVG + "rect")][1:] == [GELAP.band]


@pytest.mark.parametrize(("width", "counts", "signs"), [(200.0, 0, ["jatuh tempo"]), (60.0, 1, [])])
def test_a_state_without_room_for_its_sign_is_counted(width, counts, signs):
    canvas = Canvas(Geometry(1210, (1920, 1080), 4), GELAP, 40)
    draw_sign(canvas, 50, 50, width, ("jatuh tempo",))
    root = ElementTree.fromstring(canvas.render("a"))
    found = [node.get("data-keadaan") for node in root.iter() if node.get("data-keadaan")]
    assert (canvas.states_without_room, found) == (counts, signs)


def test_too_little_room_is_counted_and_nothing_is_drawn():
    canvas, root = drawn_course(course("4", "1", "2"), width=60.0)
    assert (canvas.trends_without_room, lines(root)) == (1, [])


def test_the_course_of_a_part_of_a_day_is_of_the_same_part_and_never_of_another_figure():
    view = calm_view()
    whole_days = {CALLS.indicator_id: replace(CALLS, trend=course("310", "290", "305"))}
    for so_far in ((), course("145", "150", "131")):  # the day's own is 146
        other = replace(view, figures=dict(view.figures) | whole_days, calls_so_far=so_far)
        assert (
            'data-arah="smart_living.panggilan_112"'
            not in draw_scene("smart_living", other, GEOMETRIES["1920x1080"], "gelap").svg
        )


def test_two_years_tell_their_change_in_a_word():
    view = calm_view()
    both = replace(JOINT, value=Decimal(33), trend=(year("30", "2025"), year("33", "2026")))
    svg = draw_scene(
        "masterplan", replace(view, figures=dict(view.figures) | {JOINT.indicator_id: both}), GEOMETRIES["3840x2160"],
        "gelap",
    ).svg  # fmt: skip
    assert "naik 3 poin" in svg


def test_the_days_of_examples_end_where_their_figure_stands():
    for example in EXAMPLES.values():
        for figure in example().figures.values():
            assert not figure.trend or figure.trend[-1].value == figure.value, figure.indicator_id
