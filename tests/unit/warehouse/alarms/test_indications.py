"""A rule that does not say all an alarm must say points at what is beyond its limit, and nothing more."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa

from journal.alarm_looks import keep_look
from journal.alarms import read_log
from journal.migrating import open_journal
from reports.alarm_indications import indications_section
from reports.content import Table, Words
from tests.unit.reports.test_living_page import desk_on
from tests.unit.warehouse.small_warehouse import at, deliver
from tests.unit.warehouse.test_programme_views import AIR, air_row, connection  # noqa: F401 - a fixture
from warehouse.alarms.indications import read_indicated
from warehouse.alarms.judging import judge
from warehouse.alarms.signals import Sight, read_signals
from warehouse.rules import RuleBook, load_rules
from warehouse.rules.alarm_packs import AlarmRule
from warehouse.scope import machine_scope

NOW = at("2026-11-20 16:00")


def without_priority(rules: RuleBook) -> RuleBook:
    packs = tuple(
        replace(pack, priority="", response="") if isinstance(pack, AlarmRule) and pack.signal == "ispu" else pack
        for pack in rules.further_packs
    )
    return replace(rules, further_packs=packs)


@pytest.fixture
def dirty_air(connection: sa.Connection) -> sa.Connection:  # noqa: F811
    rows = [air_row("2026-11-20", "Ngoro", pm25="140"), air_row("2026-11-20", "Mojosari", pm25="40")]
    deliver(connection, AIR, rows, opd="DLH", until=NOW)
    return connection


def test_the_shipped_indication_is_told_also_when_it_points_nowhere(dirty_air: sa.Connection) -> None:
    with desk_on(dirty_air, "2026-11-20 16:00") as desk:
        (table,) = indications_section(desk).blocks
        whole = replace(desk.rules, further_packs=())
        (said,) = indications_section(replace(desk, rules=whole)).blocks
    assert isinstance(table, Table) and isinstance(said, Words)
    assert [row[:2] for row in table.rows] == [("Muka air naik cepat", "tidak ada yang melewati batas")]
    assert "Tidak ada aturan indikasi" in said.text


def test_it_points_at_places_beyond_its_limit_and_tells_what_it_lacks(dirty_air: sa.Connection) -> None:
    rules = without_priority(load_rules({}))
    with desk_on(dirty_air, "2026-11-20 16:00") as desk:
        found = read_indicated(dirty_air, desk.view, rules)
        (table,) = indications_section(replace(desk, rules=rules)).blocks
    assert [(one.rule_id, one.place_name, one.owner, one.value) for one in found] == [
        ("ispu_tidak_sehat", "Ngoro", "DLH", Decimal(140))
    ]
    assert isinstance(table, Table)
    told = {(row[0], row[1], row[5]) for row in table.rows}
    assert ("Udara tidak sehat", "Ngoro", "tindakan, prioritas") in told
    assert ("Udara berbahaya", "tidak ada yang melewati batas", "tindakan, prioritas") in told


def test_it_raises_no_alarm(dirty_air: sa.Connection, tmp_path) -> None:
    rules = without_priority(load_rules({}))
    journal = open_journal(f"sqlite:///{tmp_path / 'journal.db'}")
    with desk_on(dirty_air, "2026-11-20 16:00") as desk:
        signals = read_signals(Sight(dirty_air, desk.view, rules))
    keep_look(journal, machine_scope("uji"), judge(rules, signals, NOW))
    assert {one.signal for one in read_log(journal, tmp_path, NOW).alarms} & {"ispu"} == set()
    journal.close()
