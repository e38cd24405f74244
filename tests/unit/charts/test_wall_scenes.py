"""Every scene, view and screen: readable, inside its tile, valid, calm."""

import re
from dataclasses import replace
from functools import cache
from io import BytesIO
from math import radians, tan
from xml.etree import ElementTree

import numpy as np
import pytest
import vl_convert
from PIL import Image

from charts.lettering import ASCENT, DESCENT, SAFETY, fit_text, load_metrics, register_fonts, text_width, wrap_text
from charts.theme import GELAP, TERANG
from charts.wall import _SCENES, MOST_TILES, SCENES, Geometry, draw_scene
from charts.wall.left_out import left_out
from charts.wall.masterplan_cards import furthest_behind
from tests.unit.charts.seen_marks import (
    LEAST_APART,
    MARKS,
    MOST_SATURATED,
    SEEN,
    drawn_mark,
    nearest,
    saturated_share,
    seen_by,
)
from tests.unit.charts.wall_examples import ACTIONS, EXAMPLES, FIRE, GEOMETRIES, alarm_view, calm_view
from warehouse.alarms.lines import AlarmBoard
from warehouse.figures import ClockState, ValueStatus
from warehouse.screen_settings import LONGEST_RETURN

SVG = "{http://www.w3.org/2000/svg}"
TRANSLATE = re.compile(r"translate\(([-\d.]+)[ ,]([-\d.]+)\)")
TILE_KINDS = ("figure", "bullet", "list", "chart", "tile_map", "strip")
STATUS_COLOURS = (GELAP.kritis, GELAP.perlu_tindakan, GELAP.data_status)
QUICK, TALLEST = "1366x768", "3840x2160"  # plain `pytest` draws these examples on the one, the longest texts on both
FEW = ("alarm", "kosong", "kota", "panjang")
every_case = pytest.mark.parametrize(
    ("scene", "example", "screen"),
    [
        pytest.param(
            scene,
            example,
            screen,
            marks=[]
            if (screen == QUICK and example in FEW) or (example, screen) == ("panjang", TALLEST)
            else [pytest.mark.slow],
        )
        for scene in SCENES
        for example in EXAMPLES
        for screen in GEOMETRIES
    ],
)


@cache
def drawn(scene, example, screen, theme="gelap"):
    return draw_scene(scene, EXAMPLES[example](), GEOMETRIES[screen], theme)


def texts(svg):
    """Each text with its size and its box, and the box of the tile (or head, foot) it stands in."""
    found = []

    def walk(node, x, y, area):
        moved = TRANSLATE.search(node.get("transform", ""))
        x, y = x + float(moved[1] if moved else 0), y + float(moved[2] if moved else 0)
        if node.tag == SVG + "svg":
            x, y = x + float(node.get("x", 0)), y + float(node.get("y", 0))
        if node.get("data-kotak"):
            area = tuple(map(float, node.get("data-kotak").split()))
        if node.tag == SVG + "text" and node.text:
            size = float(node.get("font-size").removesuffix("px"))
            weight = int(node.get("font-weight") or 400)
            width = text_width(node.text, size, weight) / SAFETY
            left = x + float(node.get("x", 0)) - {"middle": width / 2, "end": width}.get(node.get("text-anchor"), 0)
            baseline = y + float(node.get("y", 0))
            found.append(
                (node.text, size, (left, baseline - ASCENT * size, left + width, baseline + DESCENT * size), area)
            )
        for child in node:
            walk(child, x, y, area)

    walk(ElementTree.fromstring(svg), 0.0, 0.0, None)
    return found


def pixels(svg, scale=0.5):
    register_fonts()
    return np.asarray(Image.open(BytesIO(vl_convert.svg_to_png(svg, scale=scale))).convert("RGB")) / 255


@every_case
def test_every_text_is_large_enough_and_inside_its_tile(scene, example, screen):
    drawing = drawn(scene, example, screen)
    smallest = GEOMETRIES[screen].smallest_text
    found = texts(drawing.svg)
    assert len(found) > 5
    for words, size, (left, top, right, bottom), area in found:
        assert size >= smallest - 0.02, words
        assert area is not None, words
        x, y, width, height = area
        assert x - 1 <= left and right <= x + width + 1, words
        assert y - 1 <= top and bottom <= y + height + 1, words


@pytest.mark.parametrize("scene", [scene for scene in SCENES if scene != "peringatan"])
def test_a_delivery_that_is_due_is_named_where_there_is_room(scene):
    view = calm_view()
    due = {key: replace(one, clock=replace(one.clock, state=ClockState.DUE)) for key, one in view.figures.items()}
    for screen in (QUICK, TALLEST):
        drawing = draw_scene(scene, replace(view, figures=due), GEOMETRIES[screen], "gelap")
        for words, _size, (left, _top, right, _bottom), (x, _y, width, _height) in texts(drawing.svg):
            assert x - 1 <= left and right <= x + width + 1, words
    assert any(str(ClockState.DUE) in words for words, *_box in texts(drawing.svg))


@every_case
def test_scene_is_valid_and_within_the_rules_of_a_rotation(scene, example, screen):
    drawing = drawn(scene, example, screen)
    root = ElementTree.fromstring(drawing.svg)
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert {"jam", "tanggal", "posisi"} <= set(ids)
    assert 1 <= drawing.tile_count <= MOST_TILES
    assert drawing.dwell_seconds == max(20, 3 * drawing.tile_count)
    assert not list(root.iter(SVG + "script"))
    tiles = [node.get("data-petak") for node in root.iter() if node.get("data-petak")]
    assert (
        sum(kind in ("figure", "bullet", "list", "chart", "tile_map", "strip") for kind in tiles) == drawing.tile_count
    )


@every_case
def test_tiles_stay_on_the_page_and_do_not_overlap(scene, example, screen):
    root = ElementTree.fromstring(drawn(scene, example, screen).svg)
    geometry = GEOMETRIES[screen]
    boxes = [tuple(map(float, node.get("data-kotak").split())) for node in root.iter() if node.get("data-kotak")]
    for number, (x, y, width, height) in enumerate(boxes):
        assert x >= 0 and y >= 0 and x + width <= geometry.width + 0.2 and y + height <= geometry.height + 0.2
        for ox, oy, owidth, oheight in boxes[number + 1 :]:
            apart = x + width <= ox + 0.2 or ox + owidth <= x + 0.2 or y + height <= oy + 0.2 or oy + oheight <= y + 0.2
            assert apart


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("theme", ["gelap", pytest.param("terang", marks=pytest.mark.slow)])
def test_normal_state_is_calm(scene, theme):
    for screen in ("1920x1080", "3840x2160"):
        image = pixels(drawn(scene, "tenang", screen, theme).svg, scale=0.3).astype("float32")
        assert saturated_share(image) <= MOST_SATURATED


@pytest.mark.parametrize("scene", SCENES)
def test_status_colours_appear_only_with_a_state(scene):
    assert not any(colour in drawn(scene, "tenang", "3840x2160").svg for colour in STATUS_COLOURS)
    overdue = drawn(scene, "terlambat", "3840x2160").svg
    has_due_date = scene != "spbe"  # nobody agreed on one for a yearly result
    assert [colour in overdue for colour in STATUS_COLOURS] == [False, False, has_due_date]


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize("theme", [GELAP, TERANG])
def test_marks_of_states_stay_apart_however_they_are_seen(theme, seen):
    """Over the area either mark covers, the mean difference is at least CIEDE2000 20 (shape and lightness together):
    filled ones, hollow ones and those that rest."""
    images = {name: seen_by(SEEN[seen], pixels(drawn_mark(theme, mark), 0.05)) for name, mark in MARKS.items()}
    assert nearest(images) >= (LEAST_APART,)


@pytest.mark.parametrize(
    ("scene", "example", "present", "absent"),
    [
        ("ringkasan", "alarm", ["Perlu tindakan", "terlambat: DLH 11 hari", "DATA CONTOH: 2 dari 6 sumber", "CONTOH",
                                "naik 0,64", "Pemdi 2026: belum ada hasil", "panggilan 112 s.d. 16.00"], []),
        ("ringkasan", "tenang", ["Tidak ada yang perlu tindakan", "Paling dekat ke batas",
                                 "14 dari 14 OPD tepat waktu"], ["Perlu tindakan"]),
        ("ringkasan", "kosong", ["tidak ada data", "dari DLH", "Belum ada data untuk dinilai"], ["DATA CONTOH", ">0<"]),
        ("ringkasan", "terlambat", ["terlambat 11 hari, DLH", "terlambat 2 jam, BPBD"], []),
        ("smart_living", "alarm", ["Smart Living", "DATA CONTOH: 112", "Kejadian terbuka", "14/61", "Kota"],
         ["0/0", ">CONTOH<"]),
        ("smart_living", "kosong", ["tidak ada data", "dari BPBD"], ["DATA CONTOH", ">0<"]),
        ("smart_living", "kota", ["Kranggan", "9/38"], []),
        ("smart_living", "terlambat", ["terlambat 2 jam, BPBD", "terlambat 9 hari, DLH"], ["lebih dari 20 %"]),
        ("smart_living", "malam", ["5 dari 6", "Panggilan s.d. 01.00"], ["83 %"]),
        ("ringkasan", "tenang", [">62<", "ISPU Sedang, PM2,5", "Stasiun Mojosari · 20 Nov"], ["sampah terkelola"]),
        ("smart_environment", "tenang", [">62<", "Sedang · PM2,5 · Stasiun Mojosari", "ISPU s.d. 20 Nov",
                                         ">Trawas<", "28,1 %", "lingkaran: 5 hari tanpa data", "garis: target"],
         ["▲", "Tidak Sehat"]),
        ("smart_environment", "tenang", ["udara, sungai dan sampah", ">Hijau<", "tingkat 1, tertinggi"], [">1<"]),
        ("smart_environment", "alarm", ["Tidak Sehat · PM2,5 · Stasiun Mojosari", "▲ 134 · PM2,5, 20 Nov"], []),
        ("smart_environment", "kosong", ["tidak ada data, dari DLH", "dari DLH"], ["DATA CONTOH", ">0<", "0 %"]),
        ("smart_environment", "terlambat", ["terlambat 5 hari, DLH", "terlambat 11 hari, DLH"], ["▲"]),
        ("smart_environment", "kota", ["Sampah terkelola 2024"], ["Tiap stasiun"]),
        ("masterplan", "tenang", ["61,2 %", "tertinggal 4,3 poin dari rencana", "20 dari 60 program",
                                  "Tanpa laporan Okto",
                                  "realisasi 61,2 %, tertinggal 4,3 poin", "12,3 poin", "DLH bersama DISKOMINFO, DPMD",
                                  "48,4 %, rencana 55,2 %", "laporan s.d. Oktober 2026"], ["▲", "kritis"]),
        ("masterplan", "kosong", ["tidak ada data, dari DPUPR", "dari DPUPR"], ["DATA CONTOH", ">0<", "0 %<"]),
        ("masterplan", "terlambat", ["terlambat 40 hari, DPUPR"], ["Tanpa laporan Oktober 2026 ·"]),
        ("ringkasan", "malam", ["Terdekat ke batas: ", "5 dari 6"], []),
        ("spbe", "alarm", ["Indeks SPBE 2024", ">4,16<", "Sangat Baik · naik 0,64", "mulai 4,20", "tanpa tenggat",
                           "Rata-rata 14 lain di Jawa Timur", "belum ada hasil", "garis: rata-rata Jawa Timur",
                           "4,50, rata-rata 4,62", "+0,09", "menjadi 4,84", "11 dari 14 OPD tepat waktu"],
         ["kritis", "▲"]),
        ("spbe", "kosong", ["tidak ada data, dari DISKOMINFO", "belum ada hasil"], [">0<", "DATA CONTOH"]),
        ("peringatan", "alarm", ["Peringatan kritis", "3 belum ditanggapi", "6 terbuka", "BPBD · 19 panggilan jam 10",
                                 "baru · belum ditanggapi 6 menit", "Lakukan: Tanyakan ruang 112", "ditanggapi 08.12",
                                 "pulih 15.40, belum dilihat", "ditunda sampai 18.00", "ditanggapi di halaman"],
         ["tidak muat"]),
        ("peringatan", "tenang", ["Tidak ada peringatan terbuka", "Paling dekat ke batas", "dinilai tiap menit"],
         ["Lakukan", "kritis"]),
        ("peringatan", "kosong", ["Peringatan tidak dinilai sejak 14.05", "bukan berarti aman"],
         ["Tidak ada peringatan terbuka"]),
        ("peringatan", "banjir", ["51 belum ditanggapi", "54 terbuka, 5 tidak muat", "Peringatan lainnya"], []),
    ],
)  # fmt: skip
def test_what_a_scene_says(scene, example, present, absent):
    svg = drawn(scene, example, "3840x2160").svg
    assert [words for words in present if words not in svg] == []
    assert [words for words in absent if words in svg] == []


@pytest.mark.parametrize("scene", SCENES)
def test_markup_in_data_is_text(scene):
    svg = drawn(scene, "panjang", "3840x2160").svg
    assert "<script" not in svg
    assert "&lt;script&gt;" in svg or scene == "smart_living"  # whose only free texts are in a list that is dropped


@pytest.mark.parametrize(
    ("status", "reason", "present", "absent"),
    [
        (ValueStatus.NOT_APPLICABLE, "Tidak ada kebakaran; s.d. 1 Desember 2026", ">Tidak ada kebakaran<", "dari SATP"),
        (ValueStatus.INCOMPLETE, "2 kebakaran, belum ada waktu tiba", ">2 kebakaran<", "dari SATPOLPP"),
        (ValueStatus.NO_DATA, "", "dari SATPOLPP", "tidak berlaku"),
    ],
)  # fmt: skip
def test_a_figure_that_was_delivered_waits_for_nobody(status, reason, present, absent):
    view = calm_view()
    none = replace(FIRE, value=None, status=status, reason=reason, trend=())
    view = replace(view, figures=dict(view.figures) | {FIRE.indicator_id: none}, nearest_to_limit=())
    svg = draw_scene("smart_living", view, GEOMETRIES["1920x1080"], "gelap").svg
    assert present in svg and absent not in svg


def test_each_figure_leads_to_its_indicator():
    root = ElementTree.fromstring(drawn("ringkasan", "alarm", "1920x1080").svg)
    linked = {node.get("data-indikator") for node in root.iter() if node.get("data-indikator")}
    assert {"smart_living.panggilan_112", "data.ketepatan_waktu", "spbe.indeks"} <= linked


def test_the_masterplan_counts_what_it_lists():
    """Nine programmes are behind; a programme on plan or never reported is not among them."""
    view = alarm_view()
    behind = furthest_behind(view)
    assert [str(points) for _line, points in behind][:3] == ["-12.3", "-11.3", "-10.3"]
    assert len(behind) == 9
    silent = replace(view.programmes[0], physical_actual_pct=None)
    assert furthest_behind(replace(view, programmes=(silent, *view.programmes[50:]))) == []
    nobody = replace(view, programmes=(replace(view.programmes[20]),))
    assert "tidak ada program yang tertinggal" in draw_scene("masterplan", nobody, GEOMETRIES["3840x2160"], "gelap").svg


def test_without_air_the_waste_of_the_year_stands_on_the_overview():
    view = EXAMPLES["tenang"]()
    figures = {key: figure for key, figure in view.figures.items() if key != "smart_environment.ispu"}
    svg = draw_scene("ringkasan", replace(view, figures=figures), GEOMETRIES["1920x1080"], "gelap").svg
    assert ">50,4 %<" in svg and "ISPU" not in svg


def test_the_light_theme_says_the_same():
    for scene in SCENES:
        dark, light = (texts(drawn(scene, "tenang", "1920x1080", theme).svg) for theme in ("gelap", "terang"))
        assert dark == light


def test_the_same_view_gives_the_same_drawing():
    again = draw_scene("smart_living", alarm_view(), GEOMETRIES["3840x2160"], "gelap")
    assert again == drawn("smart_living", "alarm", "3840x2160")


def test_detail_is_dropped_only_where_it_cannot_be_read():
    assert drawn("smart_living", "alarm", "3840x2160").dropped == 0
    small = drawn("smart_living", "alarm", "1920x1080").svg
    assert "Kejadian terbuka" not in small
    assert "Panggilan per jam" in small
    assert drawn("ringkasan", "alarm", "1920x1080").dropped == 0


@every_case
def test_no_text_is_written_over_another(scene, example, screen):
    found = texts(drawn(scene, example, screen).svg)
    for number, (words, size, (left, _top, right, bottom), _area) in enumerate(found):
        base = bottom - DESCENT * size
        for other, other_size, (other_left, _other_top, other_right, other_bottom), _other_area in found[number + 1 :]:
            other_base = other_bottom - DESCENT * other_size
            beside = right <= other_left + 1 or other_right <= left + 1
            above = base <= other_base - 0.6 * other_size or other_base <= base - 0.6 * size
            assert beside or above, (words, other)


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("screen", ["papan 2x2", "papan 3x1"])
@pytest.mark.parametrize(
    "example", ["alarm", *(pytest.param(one, marks=pytest.mark.slow) for one in EXAMPLES if one != "alarm")]
)
def test_no_text_crosses_a_bezel(scene, example, screen):
    geometry = GEOMETRIES[screen]
    columns, rows = geometry.panels
    bezels_x = [geometry.width * number / columns for number in range(1, columns)]
    bezels_y = [geometry.height * number / rows for number in range(1, rows)]
    for words, _size, (left, top, right, bottom), _area in texts(drawn(scene, example, screen).svg):
        assert not [x for x in bezels_x if left < x < right], words
        assert not [y for y in bezels_y if top < y < bottom], words


@pytest.mark.parametrize("screen", ["1920x1080", "3840x2160"])
def test_every_scene_returns_within_three_minutes(screen):
    assert sum(drawn(scene, "alarm", screen).dwell_seconds for scene in SCENES) <= LONGEST_RETURN


@pytest.mark.parametrize("screen", ["1366x768", "1920x1080", "5760x1080"])
def test_every_station_and_the_river_stand_on_small_and_wide_walls(screen):
    drawing = drawn("smart_environment", "tenang", screen)
    for words in (">Hijau<", ">Mojosari<", ">Ngoro<", ">Trawas<"):
        assert words in drawing.svg
    wide = screen == "5760x1080"
    assert drawing.left_out == (() if wide else ("tanpa kategori tiap stasiun",))


def test_what_a_scene_leaves_out_has_words():
    for scene in _SCENES.values():
        for detail in scene.drop_order[1:]:
            assert left_out(scene.drop_order[0], detail)
    assert left_out(_SCENES["ringkasan"].drop_order[0], _SCENES["ringkasan"].drop_order[-1]) == (
        "1 dari 3 baris", "tanpa angka utama tiap dimensi",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("scene", "words"),
    [
        ("smart_living", {"tanpa peta kecamatan", "tanpa daftar"}),
        ("spbe", {"3 dari 4 kartu", "tanpa jalan terdekat"}),
    ],
)
def test_a_drawing_tells_what_it_left_out_and_how_large_its_letters_are(scene, words):
    geometry = Geometry(1210, (1920, 1080), 4)
    drawing = draw_scene(scene, alarm_view(), geometry, "gelap")
    assert words <= set(drawing.left_out)
    assert drawing.fits
    assert geometry.arc_minutes(drawing.text_size) == pytest.approx(16, abs=0.05)
    assert geometry.capital_mm(drawing.text_size) == pytest.approx(18.6, abs=0.1)


def test_a_very_distant_seat_still_gets_a_scene():
    far = draw_scene("ringkasan", alarm_view(), Geometry(1210, (1920, 1080), 7), "gelap")
    assert far.dropped > 0
    assert far.tile_count >= 2


@pytest.mark.parametrize(("name", "text"), [("scene", "adegan"), ("theme", "tema")])
def test_unknown_names_are_refused(name, text):
    arguments = {"scene": "ringkasan", "theme": "gelap", name: "lain"}
    with pytest.raises(ValueError, match=text):
        draw_scene(arguments["scene"], alarm_view(), GEOMETRIES["1920x1080"], arguments["theme"])


@pytest.mark.parametrize(
    ("screen", "size"), [("1366x768", 44.8), ("1920x1080", 44.8), ("3840x2160", 28.0), ("5760x1080", 55.9)]
)
def test_smallest_text_follows_from_the_seat(screen, size):
    geometry = GEOMETRIES[screen]
    assert geometry.smallest_text == pytest.approx(size, abs=0.1)
    capital_mm = geometry.smallest_text * load_metrics(400).capital_share * geometry.width_mm / geometry.width
    assert capital_mm == pytest.approx(1000 * geometry.distance_m * tan(radians(16 / 60)))


def test_text_is_fitted_by_variants_then_cut():
    assert fit_text(["panjang sekali", "pendek"], text_width("pendek", 20), 20).text == "pendek"
    cut = fit_text(["terlalu panjang"], 60, 20)
    assert cut.is_cut
    assert cut.text.endswith("…")
    assert text_width(cut.text, 20) <= 60
    assert fit_text(["apa pun"], 1, 20).text == ""
    assert wrap_text("tiga kata saja", text_width("tiga kata", 20), 20) == ("tiga kata", "saja")


def test_a_scene_without_status_of_sample_marks_nothing():
    view = replace(alarm_view(), sample_source_count=0)
    figures = {key: replace(figure, is_sample=False) for key, figure in view.figures.items()}
    actions = tuple(replace(item, is_sample=False) for item in view.actions)
    near = tuple(replace(item, is_sample=False) for item in view.nearest_to_limit)
    real = replace(view, figures=figures, actions=actions, nearest_to_limit=near, alarms=AlarmBoard())
    for scene in SCENES:
        assert "CONTOH" not in draw_scene(scene, real, GEOMETRIES["3840x2160"], "gelap").svg


def test_tiles_of_a_mixed_scene_are_marked_one_by_one():
    """Calls are real, incidents still sample: each sample tile says so, and the foot counts the sources."""
    view = alarm_view()
    calls = [key for key, item in view.figures.items() if item.clock.source_id == "bpbd_panggilan_112"]
    real = {key: replace(view.figures[key], is_sample=False) for key in calls}
    mixed = replace(view, figures=dict(view.figures) | real)
    svg = draw_scene("smart_living", mixed, GEOMETRIES["3840x2160"], "gelap").svg
    assert svg.count(">CONTOH<") == 5  # fire response, old tickets, dengue, map, list
    assert "DATA CONTOH: 2 dari 6 sumber" in svg


def test_a_silent_watch_is_said_once_and_what_to_do_with_it():
    svg = drawn("peringatan", "kosong", "1920x1080").svg
    assert svg.count("tidak dinilai sejak") == 1
    assert "minta administrator menjalankan python -m operations" in svg


def test_the_scene_of_alarms_says_what_the_overview_counts_beside_them():
    view = EXAMPLES["tenang"]()
    never = replace(ACTIONS[2], is_never_delivered=True)
    svg = draw_scene("peringatan", replace(view, actions=(never,)), GEOMETRIES["1920x1080"], "gelap").svg
    assert "1 sumber belum pernah disampaikan" in svg


def test_how_long_nobody_answered_is_never_cut_off():
    view = EXAMPLES["panjang"]()
    long = replace(
        view.actions[0], title="Tiket 112 terbuka terlalu lama", detail=f"{'6 terbuka ' * 6}· belum ditanggapi 6 menit"
    )
    found = [
        words
        for words, *_box in texts(
            draw_scene("ringkasan", replace(view, actions=(long,)), GEOMETRIES[QUICK], "gelap").svg
        )
    ]
    assert "belum ditanggapi 6 menit" in found
