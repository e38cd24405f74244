"""Timelines of every rule that is shipped: minute or day and value in, state out, kept in a journal between the looks.

A value of "-" is a place nothing is told of any more, "?" one that is not known, "jawab" somebody's answer.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from journal.alarm_acts import answer_alarm
from journal.alarm_looks import keep_look
from journal.alarms import alarms_since
from journal.migrating import open_journal
from journal.store import journal_url
from warehouse.alarms.judging import alarm_rules, judge
from warehouse.alarms.signals import Reading, Signal
from warehouse.rules import load_rules
from warehouse.rules.alarm_packs import SIGNALS
from warehouse.scope import Role, Scope, machine_scope

START = datetime(2026, 11, 1, 8)
RULES = load_rules({})
OWN = alarm_rules(RULES, START)
OPERATOR = Scope(Role.OPERATOR, "operator.satu", is_verified=True)
POST = {"kuning": Decimal("22.5"), "siaga": Decimal("22.9"), "merah": Decimal(23), "bahaya": Decimal(23)}
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# rule, what one step is, then steps, value and the state of the newest episode
TIMELINES = {
    "bmkg: at once, and off when it expires": ("bmkg_cuaca", MINUTE, "0 1 - | 1 2 baru | 2 3 baru | 3 - pulih"),
    "bmkg: downgraded below its limit": ("bmkg_cuaca", MINUTE, "0 3 baru | 1 jawab ditanggapi | 9 1 selesai"),
    "bmkg: prolonged is a new one to read": (
        "bmkg_cuaca", MINUTE, "0 2 baru | 1 jawab ditanggapi | 60 - selesai | 65 2 baru",
    ),
    "late data: an hour beyond the grace": ("data_terlambat", MINUTE, "0 0 - | 59 0 - | 60 1 baru | 61 1 baru"),
    "late data: over when it has come": (
        "data_terlambat", HOUR,
        "0 1 baru | 1 jawab ditanggapi | 30 30 ditanggapi | 31 - selesai",
    ),
    "late data: builds that fail end nothing": ("data_terlambat", HOUR, "0 1 baru | 1 ? baru | 2 - pulih"),
    "dengue: one quieter week is no end": (
        "dbd_siaga", DAY,
        "0 3 baru | 1 jawab ditanggapi | 7 2 ditanggapi | 14 3 ditanggapi",
    ),
    "dengue: the next week is judged too": (
        "dbd_siaga", DAY,
        "0 3 baru | 1 jawab ditanggapi | 7 2 ditanggapi | 14 1 ditanggapi | 17 1 ditanggapi | 18 1 selesai",
    ),
    "dengue: a late week ends nothing": (
        "dbd_siaga", DAY,
        "0 3 baru | 7 2 baru | 17 ? baru | 19 2 baru | 29 2 baru | 30 2 pulih",
    ),
    "dengue: watched, not alert": ("dbd_siaga", DAY, "0 2 - | 7 2 - | 14 3 baru"),
    "tickets: one closed meanwhile never calls": ("tiket_terbuka", MINUTE, "0 24 - | 1 24.1 - | 9 24.2 - | 10 5 -"),
    "tickets: after ten minutes": ("tiket_terbuka", MINUTE, "0 24.1 - | 9 24.2 - | 10 24.2 baru"),
    "tickets: the next oldest is as old": (
        "tiket_terbuka", MINUTE, "0 25 - | 10 25 baru | 20 23.9 baru | 30 22.1 baru | 40 22 pulih | 41 23.9 pulih",
    ),
    "tickets: all closed": ("tiket_terbuka", MINUTE, "0 31 - | 10 31 baru | 11 jawab ditanggapi | 12 - selesai"),
    "tickets: a late sender ends nothing": ("tiket_terbuka", MINUTE, "0 31 - | 10 31 baru | 20 ? baru"),
    "programme: back by two points": ("deviasi_program", DAY, "0 -10 - | 30 -10.1 baru | 60 -8.1 baru | 90 -8 pulih"),
    "air, dangerous": ("ispu_berbahaya", DAY, "0 300 - | 1 301 baru | 2 291 baru | 3 290 pulih"),
    "air, unhealthy": ("ispu_tidak_sehat", DAY, "0 100 - | 1 101 baru | 2 96 baru | 3 95 pulih"),
    "river, danger: at once, off after half an hour": (
        "muka_air_bahaya", MINUTE,
        "0 22.99 - | 1 23 baru | 2 22.96 baru | 3 22.94 baru | 32 22.94 baru | 33 22.94 pulih",
    ),
    "river, alert: five minutes on, thirty off": (
        "muka_air_siaga", MINUTE,
        "0 22.5 - | 4 22.5 - | 5 22.5 baru | 6 22.46 baru | 7 22.44 baru | 36 22.44 baru | 37 22.44 pulih",
    ),
    "calls: back by a fifth": ("panggilan_112_melonjak", HOUR, "0 1.5 - | 1 1.6 baru | 2 1.4 baru | 3 1.3 pulih"),
    "fire: back by half a minute": ("respons_kebakaran", DAY, "0 15 - | 1 15.1 baru | 2 14.6 baru | 3 14.5 pulih"),
    "a river that rises fast is no alarm": ("muka_air_naik_cepat", MINUTE, "0 23 - | 10 24 -"),
}  # fmt: skip


@pytest.fixture
def journal(tmp_path):
    opened = open_journal(journal_url("", tmp_path))
    yield opened
    opened.close()


def look(journal, rule_id: str, value: str, at: datetime) -> None:
    """One look at a single place, of whose signal nothing else is told."""
    rule = OWN[rule_id]
    unit = "m" if rule.unit == "menurut pos" else rule.unit
    known = None if value == "?" else Decimal(value if value != "-" else 0)
    reading = Reading("p", "P", known, unit, "DLH", at, thresholds=POST)
    signals = {name: Signal() for name in SIGNALS} | {rule.signal: Signal(() if value == "-" else (reading,))}
    keep_look(journal, machine_scope("operasi"), judge(RULES, signals, at))


def newest(journal, rule_id: str):
    return next((one for one in alarms_since(journal, START) if one.rule_id == rule_id), None)


@pytest.mark.parametrize("name", TIMELINES)
def test_timelines_of_shipped_rules(journal, name):
    rule_id, step, text = TIMELINES[name]
    expected, told = [look.split() for look in text.split(" | ")], []
    for count, what, _state in expected:
        at = START + int(count) * step
        if what == "jawab":
            answer_alarm(journal, OPERATOR, at, newest(journal, rule_id).alarm_id, "Dihubungi.")
        else:
            look(journal, rule_id, what, at)
        alarm = newest(journal, rule_id)
        told.append([count, what, alarm.state.value if alarm else "-"])
    assert told == expected


def test_every_shipped_rule_has_its_timeline():
    assert {rule_id for rule_id, *_rest in TIMELINES.values()} == set(OWN)


def test_while_the_delay_runs_it_is_known_since_when_the_value_is_back(journal):
    look(journal, "dbd_siaga", "3", START)
    assert newest(journal, "dbd_siaga").within_since is None
    look(journal, "dbd_siaga", "2", START + 7 * DAY)
    assert newest(journal, "dbd_siaga").within_since == START + 7 * DAY
    look(journal, "dbd_siaga", "3", START + 8 * DAY)
    assert newest(journal, "dbd_siaga").within_since is None
