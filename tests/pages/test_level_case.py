"""Page Indikator of the live level: announced PPKM levels beside computed ones, and what a reader supposes."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from reports.level_case import CASE_TITLE, Supposed, case_section, is_unread, judge_supposed, known_inputs
from tests.pages.reading import open_page
from warehouse.evaluation.ppkm import INDICATORS
from warehouse.rules import RULES_DIR, load_rules

pytestmark = pytest.mark.usefixtures("release")
CASES = "Kasus konfirmasi, per 100.000 penduduk per minggu"


def levels(shown: AppTest) -> list[str]:
    assert [error.value for error in shown.exception] == []
    return [one.value for one in shown.metric if one.label in ("Level situasi", "Level PPKM")]


def test_the_simulator_begins_with_what_was_published_and_follows_what_is_typed(release: Path) -> None:
    shown = open_page("indikator", indikator="smart_living.dbd_siaga")
    assert levels(shown) == ["1", "belum dapat dihitung"]  # the share of vaccinated was not published with it
    for field in shown.text_input:
        if field.label == CASES:
            assert field.value == "8,81"
            field.set_value("30,0")
        if field.label in ("Vaksinasi dosis 1, %", "Vaksinasi dosis 1 lansia, %"):
            field.set_value("90")
    shown.run()
    assert levels(shown) == ["2", "2"]
    assert not any("† belum diverifikasi" in one.value for one in shown.caption)
    words = [one.value for one in shown.markdown]
    assert any("Jalan terpendek ke level 1" in one for one in words)


def test_other_indicators_have_no_simulator(release: Path) -> None:
    shown = open_page("indikator", indikator="smart_living.dbd_ir")
    assert CASES not in [field.label for field in shown.text_input]


def test_announced_and_computed_levels_stand_beside_each_other(kabupaten) -> None:
    section = case_section(kabupaten)
    (table,) = [block for block in section.blocks if hasattr(block, "rows")]
    told = {(row[0], row[1].isoformat()): row[2:6] for row in table.rows}
    assert section.title == CASE_TITLE
    assert told["Kota Surabaya", "2021-09-14"][:3] == ("1", "1", "3")
    assert told["Kota Surabaya", "2022-05-12"] == ("1", "1", "2", "1")
    assert told["Kota Mojokerto", "2021-10-19"] == ("tidak ada data", "tidak ada data", "1", "tidak ada data")
    assert sum(name.endswith("Mojokerto") for name, _day in told) == 23
    assert [row[1] for row in table.rows] == sorted(row[1] for row in table.rows)


def test_a_region_that_has_read_the_matrix_takes_the_mark_away(kabupaten, tmp_path: Path) -> None:
    known = known_inputs()
    values = {name: known.number(name) for name, *_rest in INDICATORS} | {"kasus": Decimal(30)}
    supposed = Supposed(known.day("tanggal"), values)
    folder = shutil.copytree(RULES_DIR, tmp_path / "rules")
    path = folder / "ppkm" / "kmk_4805_2021.yml"
    cell = "{pair: [CT2, Memadai], level: 2, standing: dibaca}"
    text = path.read_text("utf-8")
    assert cell in text
    path.write_text(text.replace(cell, cell.replace("dibaca", "ingatan")), "utf-8")
    for own, level, unread in (({}, 2, True), ({"ppkm.CT2.Memadai": "1"}, 1, False)):
        desk = kabupaten.__class__(**{**vars(kabupaten), "rules": load_rules(own, folder)})
        case = judge_supposed(desk, supposed)
        assert (case.results["level_situasi"], is_unread(case)) == (level, unread)
        assert ("1 dari 21 sel matriksnya belum diverifikasi" in case_section(desk).blocks[-1].text) is unread
