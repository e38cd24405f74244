"""Rules of alarms as data: what is shipped is whole, what lacks a word is an indication, what is wrong is refused."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from warehouse.alarms.judging import alarm_rules, judge, limit_of
from warehouse.alarms.signals import READERS, Reading, Signal
from warehouse.rules import RuleError, load_rules
from warehouse.rules.alarm_packs import ACTING, SIGNALS
from warehouse.rules.tables import TablePack

NOW = datetime(2026, 11, 21, 16)
RULES = load_rules({})
OWN = alarm_rules(RULES, NOW)
INDICATIONS = {"muka_air_naik_cepat"}
FOLLOW_UP = {"deviasi_program"}
WHOLE = """
kind: peringatan
id: uji
version: 1
title: Uji
regulation: Pilihan daerah
source: Pilihan daerah
valid_from: 2020-01-01
standing: pilihan daerah
signal: ispu
audience: operator
unit: indeks
target: 50
limit: 100
direction: di_atas
deadband: 5
on_delay_minutes: 10
off_delay_minutes: 20
priority: tinggi
owner: pemilik_data
respond_within_minutes: 60
cause: Asap
consequence: Sesak
response: Umumkan
"""


def read(tmp_path: Path, text: str, name: str = "uji"):
    folder = tmp_path / "rules" / "peringatan"
    folder.mkdir(parents=True)
    (folder / f"{name}.yml").write_text(text)
    return alarm_rules(load_rules({}, folder.parent), NOW)["uji"]


def test_shipped_rules_are_alarms_but_for_the_named_indications():
    assert {name for name, rule in OWN.items() if not rule.is_alarm} == INDICATIONS
    assert {name for name, rule in OWN.items() if rule.audience == "tindak_lanjut"} == FOLLOW_UP
    assert {rule.signal for rule in OWN.values()} == set(SIGNALS) == set(READERS)


def test_every_limit_that_is_named_exists():
    table = RULES.need(TablePack, "siaga")
    for rule in OWN.values():
        assert set(rule.levels) <= set(table.columns)
        assert rule.levels or limit_of(rule, RULES, {}) is not None
        if "." in rule.target:
            RULES.value(rule.target)


def test_a_whole_rule_is_read(tmp_path):
    rule = read(tmp_path, WHOLE)
    assert rule.is_alarm
    assert (rule.target, rule.limit, rule.deadband, rule.watches) == ("50", Decimal(100), Decimal(5), "nilai")
    assert (rule.on_delay, rule.off_delay, rule.respond_within) == tuple(timedelta(minutes=m) for m in (10, 20, 60))


@pytest.mark.parametrize("key", ACTING)
def test_without_one_of_its_words_a_rule_is_an_indication(tmp_path, key):
    rule = read(tmp_path, "\n".join(line for line in WHOLE.splitlines() if not line.startswith(f"{key}:")))
    assert not rule.is_alarm
    assert rule.missing == (key,)


@pytest.mark.parametrize(
    ("line", "instead", "message"),
    [
        ("limit: 100", "limit: 100\nlevels: [merah]", r"peringatan/uji\.yml baris 2: tulis salah satu"),
        ("limit: 100", "", "tulis salah satu"),
        ("limit: 100", "limit: banyak", r"baris 14: limit bukan angka: 'banyak'"),
        ("signal: ispu", "signal: ipsu", "signal 'ipsu' harus salah satu dari"),
        ("priority: tinggi", "priority: tingi", "priority 'tingi' harus salah satu dari kritis"),
        ("direction: di_atas", "direction: naik", "direction 'naik' harus salah satu"),
        ("deadband: 5", "deadband: -5", "deadband tidak boleh negatif"),
        ("on_delay_minutes: 10", "on_delay_minutes: -1", "on_delay_minutes tidak boleh negatif"),
        ("deadband: 5", "", "kunci 'deadband' wajib"),
        ("on_delay_minutes: 10", "", "kunci 'on_delay_minutes' wajib"),
        ("off_delay_minutes: 20", "", "kunci 'off_delay_minutes' wajib"),
        ("deadband: 5", "deadband: 0", "deadband 0 perlu alasannya: tulis no_deadband"),
        ("on_delay_minutes: 10", "on_delay_minutes: 0", "on_delay_minutes 0 perlu alasannya: tulis no_on_delay"),
        ("off_delay_minutes: 20", "off_delay_minutes: 0", "off_delay_minutes 0 perlu alasannya: tulis no_off_delay"),
        ("deadband: 5", "deadband: 5\nno_deadband: x", "no_deadband hanya untuk deadband 0"),
        ("on_delay_minutes: 10", "on_delay_minute: 10", "kunci 'on_delay_minute' tidak dikenal"),
        ("id: uji", "id: lain", r"id 'lain' harus sama dengan nama berkasnya, 'uji'"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(tmp_path, line, instead, message):
    with pytest.raises(RuleError, match=message):
        read(tmp_path, WHOLE.replace(line, instead))


def test_a_region_replaces_a_limit():
    rules = load_rules({"peringatan.ispu_berbahaya.limit": "250", "udara.calm_index": "90"})
    own = alarm_rules(rules, NOW)
    assert limit_of(own["ispu_berbahaya"], rules, {}) == 250
    assert own["ispu_berbahaya"].rule_version == "ispu_berbahaya@1+daerah"
    assert limit_of(own["ispu_tidak_sehat"], rules, {}) == 90
    for wrong, message in (("ispu_tidak_sehat.limit", "tidak dikenal"), ("ispu_berbahaya.limit", "bukan angka")):
        with pytest.raises(RuleError, match=message):
            load_rules({f"peringatan.{wrong}": "x"})


def test_a_zero_with_its_reason_is_read(tmp_path):
    rule = read(tmp_path, WHOLE.replace("deadband: 5", "deadband: 0\nno_deadband: Angka bulat"))
    assert rule.unsteadied == {"deadband": "Angka bulat"}


def judged(signal: str, *readings: Reading, is_known: bool = True):
    signals = {name: Signal() for name in SIGNALS} | {signal: Signal(readings, is_known)}
    found = judge(RULES, signals, NOW)
    return {one.rule.pack_id: one for one in found.judged}, found


def river(value: str, before: str | None = None, unit: str = "m", minutes: int = 5) -> Reading:
    thresholds = {"siaga": Decimal("22.9"), "bahaya": Decimal("23.0")} if unit == "m" else {"kuning": Decimal(1400)}
    earlier = None if before is None else Decimal(before)
    at = NOW - timedelta(minutes=minutes)
    return Reading("p", "p", Decimal(value), unit, "DPUPR", at, before=earlier, thresholds=thresholds)


@pytest.mark.parametrize(
    ("reading", "expected"),
    [
        (river("22.8"), {"muka_air_siaga": False, "muka_air_bahaya": False, "muka_air_naik_cepat": None}),
        (river("22.9", "22.8"), {"muka_air_siaga": True, "muka_air_bahaya": False, "muka_air_naik_cepat": False}),
        (river("23.1", "22.6"), {"muka_air_siaga": True, "muka_air_bahaya": True, "muka_air_naik_cepat": True}),
        (river("23.1", minutes=181), {"muka_air_siaga": None, "muka_air_bahaya": None, "muka_air_naik_cepat": None}),
        (river("1500", "10", unit="m3/s"), {"muka_air_siaga": True}),  # no upper level there, and no rule about m3/s
    ],
)
def test_a_river_post_is_judged_by_its_own_levels(reading, expected):
    by_rule, _all = judged("muka_air", reading)
    assert {name: one.is_beyond(False) for name, one in by_rule.items()} == expected


def test_owners_are_those_of_the_data_unless_the_rule_names_one():
    air = Reading("Sooko", "Sooko", Decimal(120), "indeks", "DLH", NOW)
    by_rule, found = judged("ispu", air)
    assert by_rule["ispu_tidak_sehat"].owner == "DLH"
    assert "ispu_berbahaya" in found.known
    assert (by_rule["ispu_tidak_sehat"].is_beyond(False), by_rule["ispu_berbahaya"].is_beyond(False)) == (True, False)
    weather = Reading("Mojokerto", "Mojokerto", Decimal(4), "tingkat", "", NOW)
    assert judged("peringatan_bmkg", weather)[0]["bmkg_cuaca"].owner == "BPBD"


def test_the_absence_of_what_is_not_known_says_nothing():
    _by_rule, found = judged("ispu", is_known=False)
    assert not found.known & {"ispu_tidak_sehat", "ispu_berbahaya"}
