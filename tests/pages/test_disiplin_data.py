"""Disiplin data: what the walidata confirms or excuses by a button is in the journal, and a build is asked for."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import sqlalchemy as sa
from streamlit.testing.v1 import AppTest

from journal.confirmations import HeldDelivery, confirm_delivery, confirmations
from journal.excuses import excuse_delay, excuses, revoke_excuse
from journal.model import Confirmation
from journal.store import Journal
from pages.shared import data
from pages.shared.access import NAME_KEY
from pages.shared.marks import plain
from tests.pages.conftest import NOW
from tests.pages.reading import words_of
from warehouse import queries
from warehouse.operations_status import OperationsStatus, write_status
from warehouse.scope import Role, Scope
from warehouse.settings import Settings

PAGE = Path(__file__).parents[2] / "pages" / "disiplin_data.py"
WHY = "ANGGARAN melebihi pagu."
OTHER = Scope(Role.STEWARD, "Walidata lain", is_verified=True)
real_ask = data.ask


def opened(name: str = "Walidata uji") -> AppTest:
    shown = AppTest.from_file(str(PAGE), default_timeout=120)
    shown.session_state[NAME_KEY] = name
    return shown.run()


def told(shown: AppTest) -> str:
    """The page, and what was answered to a button."""
    answers = [box.value for box in (*shown.success, *shown.error)]
    return "\n".join([words_of(shown), *answers])


def press(shown: AppTest, label: str, why: str) -> AppTest:
    """Fill in the reason beside a button, then press it."""
    (button,) = [one for one in shown.button if one.label == label]
    for field in shown.text_input:
        if field.form_id == button.form_id:
            field.set_value(why)
    return button.click().run()


def test_a_delay_is_excused_for_the_release_to_come(office: Settings, journal: Journal) -> None:
    shown = opened()
    chosen = [option for option in shown.multiselect(key="maklum-pilihan").options if "Kejadian 112" in option]
    shown.multiselect(key="maklum-pilihan").set_value(chosen[:2])
    shown = press(shown, "Maklumi", "server dipindah")
    assert "2 keterlambatan dimaklumi." in told(shown)
    assert "2 keterlambatan sudah dimaklumi dan tampil pada rilis berikutnya." in told(shown)
    assert shown.text_input(key="maklum-alasan").value == ""  # the next one has a reason of its own
    assert [(one.excused_by, one.reason) for one in excuses(journal, NOW)] == [("Walidata uji", "server dipindah")] * 2
    assert (office.state_dir / "archive" / "bpbd_kejadian_112").is_dir()


def test_an_excuse_is_taken_back_with_a_reason(office: Settings, journal: Journal) -> None:
    shown = opened()
    shown.multiselect(key="maklum-pilihan").set_value(shown.multiselect(key="maklum-pilihan").options[:1])
    shown = press(shown, "Maklumi", "server dipindah")
    shown = press(shown, "Cabut pemakluman", "salah pilih masa")
    assert "Pemakluman dicabut; pada rilis berikutnya keterlambatannya dihitung lagi." in told(shown)
    (said,) = excuses(journal, NOW)
    assert (said.stands, said.revoked_by, said.revoke_reason) == (False, "Walidata uji", "salah pilih masa")
    assert not [button for button in shown.button if button.label == "Cabut pemakluman"]


def test_what_somebody_else_excused_meanwhile_is_told_and_the_rest_is_excused(
    office: Settings, journal: Journal
) -> None:
    shown = opened()
    first, second = shown.multiselect(key="maklum-pilihan").options[:2]
    shown.multiselect(key="maklum-pilihan").set_value([first])
    shown = press(shown, "Maklumi", "server dipindah")
    (mine,) = excuses(journal, NOW)
    revoke_excuse(journal, OTHER, NOW, mine.delay, "salah pilih masa")
    shown = opened()
    shown.multiselect(key="maklum-pilihan").set_value([first, second])
    excuse_delay(journal, OTHER, NOW, mine.delay, "listrik padam")
    shown = press(shown, "Maklumi", "server dipindah")
    assert plain("Sudah dimaklumi oleh Walidata lain: listrik padam") in told(shown)
    assert [(one.excused_by, one.reason) for one in excuses(journal, NOW) if one.stands] == [
        ("Walidata lain", "listrik padam"),
        ("Walidata uji", "server dipindah"),
    ]


def test_an_excuse_that_somebody_else_revoked_meanwhile_is_told(office: Settings, journal: Journal) -> None:
    shown = opened()
    shown.multiselect(key="maklum-pilihan").set_value(shown.multiselect(key="maklum-pilihan").options[:1])
    shown = press(shown, "Maklumi", "server dipindah")
    (mine,) = excuses(journal, NOW)
    revoke_excuse(journal, OTHER, NOW, mine.delay, "salah pilih masa")
    shown = press(shown, "Cabut pemakluman", "keliru")
    assert "mungkin orang lain sudah mencabutnya" in told(shown)
    assert [one.revoked_by for one in excuses(journal, NOW)] == ["Walidata lain"]


@pytest.mark.slow
def test_without_a_reason_nothing_is_excused(office: Settings, journal: Journal) -> None:
    shown = opened()
    shown.multiselect(key="maklum-pilihan").set_value(shown.multiselect(key="maklum-pilihan").options[:1])
    assert "Pemakluman wajib menyebut siapa dan mengapa." in told(press(shown, "Maklumi", ""))
    assert excuses(journal, NOW) == ()


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> None:
    """One budget report, as if it had come by hand and were held."""

    def ask(release_id: str, scope: object, query: object, *arguments: object, **named: object) -> object:
        found = real_ask(release_id, scope, query, *arguments, **named)
        if query is queries.submissions:
            place = found.index[found["source_id"] == "opd_lra"][0]
            found.loc[place, ["status", "origin", "message"]] = ["ditahan", "inbox", WHY]
        if query is queries.findings:
            item = real_ask(release_id, scope, queries.submissions, "opd_lra").iloc[0]
            said = {"submission_id": item["submission_id"], "source_id": "opd_lra", "severity": "ditahan",
                    "file_name": item["file_name"], "rule": "pagu", "message": WHY}  # fmt: skip
            found = pd.concat([found, pd.DataFrame([said])], ignore_index=True)
        return found

    monkeypatch.setattr(data, "ask", ask)


@pytest.mark.usefixtures("held")
def test_a_held_delivery_is_confirmed_with_the_words_that_were_shown(office: Settings, journal: Journal) -> None:
    shown = opened()
    assert "python -m pipelines confirm" not in told(shown)  # the button is in its place
    shown = press(shown, "Nyatakan benar", "DPPA menyusul")
    assert "dinyatakan benar; dimuat pada rilis berikutnya." in told(shown)
    (word,) = confirmations(journal, NOW).values()
    assert (word.rules, word.shown, word.reason, word.confirmed_by) == (
        ("pagu",),
        WHY,
        "DPPA menyusul",
        "Walidata uji",
    )
    assert not [button for button in shown.button if button.label == "Nyatakan benar"]
    assert (office.state_dir / "archive" / "opd_lra").is_dir()


@pytest.mark.usefixtures("held")
def test_a_word_given_while_somebody_else_confirmed_the_same_delivery_counts(
    office: Settings, journal: Journal
) -> None:
    shown = opened()
    (form,) = [one.proto.form.form_id for one in shown.get("form") if "konfirmasi" in one.proto.form.form_id]
    item = HeldDelivery("opd_lra", form.removeprefix("konfirmasi-"), ("pagu",), WHY)
    confirm_delivery(journal, OTHER, NOW, item, "sudah ditelepon")
    shown = press(shown, "Nyatakan benar", "DPPA menyusul")
    assert "dinyatakan benar; dimuat pada rilis berikutnya." in told(shown)
    with journal.reading() as session:
        words = [(one.confirmed_by, one.reason) for one in session.scalars(sa.select(Confirmation))]
    assert words == [("Walidata lain", "sudah ditelepon"), ("Walidata uji", "DPPA menyusul")]


@pytest.mark.slow
@pytest.mark.usefixtures("held")
def test_without_a_name_nothing_is_confirmed(journal: Journal) -> None:
    assert "Isi dahulu Nama Anda" in told(press(opened(name=""), "Nyatakan benar", "DPPA menyusul"))
    assert confirmations(journal, NOW) == {}


@pytest.mark.slow
def test_what_runs_by_itself_is_told(office: Settings) -> None:
    assert "Proses operasi belum pernah berjalan di sini" in told(opened())
    write_status(office.state_dir, OperationsStatus(1, "uji", NOW, NOW, NOW, "berkala"))
    (office.state_dir / "pengambilan.json").write_text("{", "utf-8")
    words = told(opened())
    assert "● Proses operasi berjalan" in words
    assert "Catatan pengambilan tidak terbaca" in words
