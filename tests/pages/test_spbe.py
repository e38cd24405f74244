"""Page SPBE: own plans follow the table at once and are kept with a reason; suppositions change nothing."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from journal.efforts import Effort, Estimate, efforts, save_efforts
from journal.store import Journal
from pages.shared.access import NAME_KEY
from pages.shared.planning.estimates import (
    AT_LEAST,
    AT_MOST,
    COST,
    MAY_RISE,
    changed_estimates,
    estimates_frame,
    read_estimates,
    starts_of,
)
from tests.pages.conftest import NOW
from tests.pages.reading import words_of
from warehouse.indicators.spbe.levels import pack_of_year
from warehouse.rules import load_rules
from warehouse.scope import machine_scope
from warehouse.settings import Settings

PAGE = Path(__file__).parents[2] / "pages" / "spbe.py"
PACK = pack_of_year(load_rules({}), 2026)
LEVELS = {item.no: Decimal(3) for item in PACK.indicators}
KEPT = {"20": Effort("20", Decimal("2.5"), at_most=4, version=3)}


def opened(name: str = "Analis uji") -> AppTest:
    shown = AppTest.from_file(str(PAGE), default_timeout=120)
    shown.session_state[NAME_KEY] = name
    return shown.run()


def told(shown: AppTest) -> str:
    assert [error.value for error in shown.exception] == []
    return "\n".join([words_of(shown), *(box.value for box in (*shown.success, *shown.error))])


def editing(monkeypatch: pytest.MonkeyPatch, changes: dict[tuple[str, str], Any]) -> None:
    """What somebody types into the table: by indicator and column."""

    def edit(frame: pd.DataFrame, **_others: Any) -> pd.DataFrame:
        edited = frame.copy()
        for (code, column), value in changes.items():
            edited.loc[edited.iloc[:, 0].str.startswith(f"{code}. "), column] = value
        return edited

    monkeypatch.setattr(st, "data_editor", edit)


def press_save(shown: AppTest, why: str) -> AppTest:
    (button,) = [one for one in shown.button if one.label == "Simpan biaya dan batas"]
    for field in shown.text_input:
        if field.form_id == button.form_id:
            field.set_value(why)
    return button.click().run()


def test_a_table_comes_back_as_it_was_written() -> None:
    frame = estimates_frame(LEVELS, KEPT, PACK)
    assert len(frame) == 20
    given = read_estimates(frame, KEPT, PACK)
    assert changed_estimates(given, KEPT) == ()
    assert given[19] == KEPT["20"]
    frame.loc[0, [COST, AT_LEAST]] = [0.1, 4]
    frame.loc[1, MAY_RISE] = False
    frame.loc[19, AT_MOST] = pd.NA
    given = read_estimates(frame, KEPT, PACK)
    assert changed_estimates(given, KEPT) == (
        Effort("1", Decimal("0.1"), at_least=4),
        Effort("2", may_rise=False),
        Effort("20", Decimal("2.5"), version=3),
    )
    starts = starts_of(LEVELS, given, PACK)
    assert (starts[0].cost, starts[0].at_least) == (Decimal("0.1"), 4)
    assert (starts[1].at_most, starts[19].at_most) == (3, None)


def test_plans_follow_the_table_at_once(office: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = told(opened())
    assert "Termurah ke Sangat Baik, biaya " in usual
    editing(monkeypatch, {("20", MAY_RISE): False, ("19", AT_MOST): 4, ("1", AT_LEAST): 5})
    shown = told(opened())
    plan = shown[shown.index("Termurah ke Sangat Baik, biaya ") :].split("\n")[0]
    assert " 20 (" not in plan and " 1 (" in plan
    editing(monkeypatch, {("1", AT_LEAST): 5, ("1", AT_MOST): 4})
    assert "Indikator 1 harus mencapai 5, padahal paling tinggi 4." in told(opened())


def test_what_is_kept_stands_in_the_table_of_everybody(
    office: Settings, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        editing(patch, {("20", COST): 7.5, ("3", MAY_RISE): False})
        shown = press_save(opened(), "taksiran rapat")
    assert "2 indikator disimpan." in told(shown)
    kept = efforts(journal, PACK.pack_id)
    assert {code: one.said for code, one in kept.items()} == {
        "20": (Decimal("7.5"), True, None, None),
        "3": (Decimal(1), False, None, None),
    }
    seen: list[pd.DataFrame] = []
    monkeypatch.setattr(st, "data_editor", lambda frame, **_others: seen.append(frame) or frame)
    told(opened("Orang lain"))
    assert seen[-1].loc[19, COST] == 7.5


def test_without_a_reason_or_over_anothers_change_nothing_is_kept(
    office: Settings, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    editing(monkeypatch, {("20", COST): 7.5})
    shown = press_save(opened(), "")
    assert "Perubahan wajib menyebut siapa dan mengapa." in told(shown)
    assert efforts(journal, PACK.pack_id) == {}
    other = Estimate(PACK.pack_id, (Effort("20", Decimal(2)),))
    shown = opened()
    save_efforts(journal, machine_scope("Orang lain"), NOW, other, "Lebih dahulu.")
    shown = press_save(shown, "terlambat")
    assert "sudah diubah sejak Anda membukanya" in told(shown) and "Orang lain" in told(shown)
    assert efforts(journal, PACK.pack_id)["20"].cost == 2


def test_suppositions_are_told_and_kept_nowhere(office: Settings, journal: Journal) -> None:
    shown = opened()
    (chosen,) = [one for one in shown.multiselect if one.label == "Andai tingkat indikator ini lain"]
    chosen.set_value([20]).run()
    (slider,) = shown.slider
    slider.set_value(5.0).run()
    words = told(shown)
    assert "Andai begitu: Indeks Pemdi " in words and "penilaian mandiri." in words
    assert efforts(journal, PACK.pack_id) == {}
