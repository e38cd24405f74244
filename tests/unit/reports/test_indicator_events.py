"""What stands beside a series: rules that changed, and what people decided about its deliveries."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import sqlalchemy as sa

from charts.look import Look
from charts.theme import GELAP
from reports.content import Chart, Table, Words
from reports.pages import indikator
from tests.unit.reports.test_living_page import desk_on
from tests.unit.warehouse.small_warehouse import MORE_SOURCES, at, deliver, fresh_warehouse, owe
from tests.unit.warehouse.test_dengue import AREAS, DENGUE, LAST, history, week
from warehouse import schema
from warehouse.filters import Filters

EXCUSE = {
    "source_id": DENGUE, "opd_code": "DINKES", "period_end": at("2026-11-15 00:00"), "reason": "Server dipindah.",
    "excused_by": "walidata", "excused_at": at("2026-11-17 09:00"),
}  # fmt: skip
OTHER = EXCUSE | {"source_id": "dlh_ispu", "reason": "Listrik padam."}
REVOKED = {"revoke_reason": "Salah pilih masa.", "revoked_by": "walidata", "revoked_at": at("2026-11-17 10:00")}
NEVER = dict.fromkeys(REVOKED)


@pytest.fixture
def sections():
    with fresh_warehouse() as connection:
        owe(connection, [row for row in MORE_SOURCES if row[0] == DENGUE])
        before = [week(end, {AREAS[0]: 9}) for end in (date(2026, 10, 31), date(2026, 11, 7))]
        rows = [row for several in (*history(3, 4, 5), *before, week(LAST, {AREAS[0]: 6})) for row in several]
        held = deliver(connection, DENGUE, rows, opd="DINKES", until=at("2026-11-15 00:00"))
        connection.execute(sa.insert(schema.meta_excuse), [EXCUSE | NEVER, EXCUSE | REVOKED, OTHER | NEVER])
        confirmed = {"submission_id": held, "source_id": DENGUE, "confirmed_at": datetime(2026, 11, 18, 10)}
        connection.execute(sa.insert(schema.meta_confirmation), [confirmed])
        with desk_on(connection, "2026-11-18 12:00") as desk:

            def read(name):
                content = indikator.build(desk, Filters(indikator=name))
                assert not any(one.is_failed for one in content.sections)
                return {one.title: one for one in content.sections}

            yield read


def test_decisions_about_its_sources_and_no_others(sections):
    (table,) = sections("smart_living.dbd_kasus")["Peristiwa"].blocks
    assert isinstance(table, Table)
    assert sorted(row[:5] for row in table.rows) == [
        (LAST, "Kelambatan dimaklumi", "DINKES", DENGUE, "Server dipindah."),
        (LAST, "Kelambatan dimaklumi", "DINKES", DENGUE, "Server dipindah."),
        (LAST, "Kiriman yang ditahan dikonfirmasi benar", "DINKES", DENGUE, ""),
        (LAST, "Pemakluman dicabut: kelambatan dihitung lagi", "DINKES", DENGUE, "Salah pilih masa."),
    ]


def test_a_change_of_rules_is_told_with_both(sections):
    (table,) = sections("smart_living.dbd_ir")["Peristiwa"].blocks
    (changed,) = [row for row in table.rows if row[1] == "Aturan yang menilai berganti"]
    assert changed[0] == date(2024, 1, 1)
    goals = "Sasaran Kementerian Kesehatan"
    assert changed[3:5] == (f"{goals} sejak 2024", f"menggantikan {goals} 2018")


def test_nothing_happened_is_said(sections):
    (words,) = sections("smart_environment.ispu")["Peristiwa"].blocks[:1]
    assert not isinstance(words, Words)  # the excuse of its own source
    (words,) = sections("spbe.indeks")["Peristiwa"].blocks
    assert words.text.startswith("Tidak ada pergantian aturan")


def test_a_decision_is_a_mark_with_a_word_at_its_period(sections):
    (chart,) = [block for block in sections("smart_living.dbd_kasus")["Deret"].blocks if isinstance(block, Chart)]
    drawn = chart.build(*chart.arguments, Look(GELAP, 600, 260)).to_dict()
    notes = [row for rows in drawn["datasets"].values() for row in rows if str(row.get("note", "")).startswith("▴")]
    (mark,) = notes
    assert set(mark["note"].removeprefix("▴ ").split(", ")) == {"dikonfirmasi", "dimaklumi", "pemakluman dicabut"}
    assert mark["position"] == len(chart.arguments[0]) - 1
