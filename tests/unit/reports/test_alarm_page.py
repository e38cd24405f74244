"""Page Peringatan: what is open by urgency, one alarm whole, history, health; and silence is never calm."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from reports.alarms import _measured
from reports.choices import settle
from reports.content import PageContent, Table, Words
from reports.desk import Desk
from reports.opening import asking
from reports.pages import peringatan
from tests.unit.warehouse.small_warehouse import fresh_warehouse
from warehouse.alarms.indications import read_indicated
from warehouse.alarms.machine import Episode, State
from warehouse.alarms.standing import Act, Alarm, AlarmLog
from warehouse.filters import FilterError, Filters
from warehouse.rules import load_rules
from warehouse.scope import Role, Scope, machine_scope
from warehouse.settings import load_settings
from warehouse.ticket_days import oldest_open_hours
from warehouse.views import read_wall_view

NOW = datetime(2026, 11, 21, 16, 8)
RULES = load_rules({})
SETTINGS = load_settings(profile="kabupaten_mojokerto")


def ago(hours: float) -> datetime:
    return NOW - timedelta(hours=hours)


def alarm(number: int, state: State, hours: float, **more: object) -> Alarm:
    raised = ago(hours)
    raises = more.pop("raises", (raised,))
    episode = Episode(state, raised, raised, state not in (State.RECOVERED, State.DONE), len(raises), raises)
    made = Alarm(
        number, 1, "tiket_terbuka", "tiket_terbuka@1", "tiket_terbuka", "Tiket 112 terbuka terlalu lama", "operator",
        "tinggi", "DPUPR", "DPUPR", "DPUPR", "8 tiket", Decimal("31.23"), Decimal(24), "jam", False, episode,
    )  # fmt: skip
    return replace(made, **more)


def answered(hours: float, note: str) -> tuple[Act, ...]:
    return (Act("ditanggapi", "operator.satu", ago(hours), note),)


ALARMS = (
    alarm(7, State.NEW, 0.5),
    alarm(6, State.NEW, 1, rule_id="panggilan_112_melonjak", signal="panggilan_112", title="112 melonjak",
          priority="kritis", place="daerah", place_name="Kabupaten", owner="BPBD",
          raises=(ago(0.9), ago(0.6), ago(0.2))),
    alarm(5, State.RECOVERED, 30, place="DLH", place_name="DLH", owner="DLH"),
    alarm(4, State.ANSWERED, 2, place="DINKES", place_name="DINKES", owner="DINKES", acts=answered(1.5, "Ditelepon.")),
    alarm(3, State.NEW, 9, rule_id="deviasi_program", audience="tindak_lanjut", title="Program tertinggal"),
    alarm(2, State.DONE, 50, ended_at=ago(40), acts=answered(45, "Tim dikirim."), is_sample=True),
)  # fmt: skip


def desk_on(alarms=ALARMS, looked_at=NOW, scope=None) -> Desk:
    reader = scope or machine_scope("")
    with fresh_warehouse() as connection:
        view = read_wall_view(connection, SETTINGS, RULES, NOW)
        ask = asking(connection, reader)
        from warehouse import queries  # noqa: PLC0415 - asked while the warehouse is there

        sources = ask(queries.sources)
    answers = {queries.sources: sources, read_indicated: (), oldest_open_hours: {}}
    log = AlarmLog(alarms, looked_at)
    return Desk(
        view, SETTINGS.region, "2026-11-21.01", RULES, lambda query, *_given: answers[query], reader, lambda: log
    )


def table(content: PageContent, title: str) -> list[tuple]:
    (section,) = [one for one in content.sections if one.title == title]
    return next(block for block in section.blocks if isinstance(block, Table)).rows


def words(content: PageContent, title: str) -> list[str]:
    (section,) = [one for one in content.sections if one.title == title]
    return [block.text for block in section.blocks if isinstance(block, Words)]


def test_what_is_open_stands_by_urgency_and_follow_up_apart():
    content = peringatan.build(desk_on(), Filters())
    assert content.message == "3 peringatan belum ditanggapi, 1 kritis; 4 terbuka"
    told = [(row[0], row[2], row[4], row[5]) for row in table(content, "Peringatan terbuka")]
    assert told[0] == ("◆ kritis", "Kabupaten", "baru", "1 jam")
    assert set(told[1:]) == {
        ("▲ tinggi", "DPUPR", "baru", "30 menit"),
        ("▲ tinggi", "DLH", "pulih", "1 hari"),
        ("▲ tinggi", "DINKES", "ditanggapi", "2 jam"),
    }
    assert [row[1] for row in table(content, "Tindak lanjut")] == ["Program tertinggal"]
    assert [one.title for one in content.sections if one.is_failed] == []


def test_one_alarm_says_what_it_means_what_to_do_and_what_was_done_last_time():
    content = peringatan.build(desk_on(), Filters(baris="7"))
    assert content.sections[0].title == "Satu peringatan"
    said = dict(table(content, "Satu peringatan"))
    assert said["Yang dilakukan"].startswith("Hubungi OPD pemegang tiket")
    assert said["Waktu tanggap"] == "2 jam sejak muncul"
    assert said["Batas"] == "di atas 24 jam"
    assert said["Pita mati"] == "normal sesudah mundur 2 jam dari batas"
    assert said["Tunda muncul"] == "sesudah 10 menit di luar batas"
    assert said["Tunda pulih"].startswith("tidak ada. Umur turun hanya bila")
    assert "Sekarang" not in said
    last = [block for block in content.sections[0].blocks if isinstance(block, Table)][-1]
    assert (last.name, [row[3] for row in last.rows]) == ("Yang dilakukan sebelumnya", ["Tim dikirim."])
    late = dict(table(peringatan.build(desk_on(), Filters(baris="5")), "Satu peringatan"))
    assert late["Waktu tanggap"] == "2 jam sejak muncul, sudah terlewati"


def test_an_alarm_that_waits_to_be_over_says_since_when():
    desk = desk_on((alarm(1, State.ANSWERED, 9, within_since=ago(1)),))
    said = dict(table(peringatan.build(desk, Filters(baris="1")), "Satu peringatan"))
    assert said["Sekarang"] == "di dalam batas sejak 21 November 2026 15.08 WIB; belum selama tunda pulihnya"


def test_history_and_health():
    content = peringatan.build(desk_on(), Filters())
    (past,) = table(content, "Riwayat 30 hari")
    assert past[7:] == ("5 jam", "operator.satu: Tim dikirim.", True)
    health = {row[0]: row[1] for row in table(content, "Kesehatan sistem peringatan")}
    assert health == {
        "Muncul dalam 24 jam": "5",  # one of them three times
        "Belum ditanggapi": "3",
        "Terbuka lebih dari 24 jam": "1",
        "Berderai": "1",
        "Ditanggapi dalam waktunya, 7 hari": "1 dari 2",
        "Tanggapan terlama, 7 hari": "5 jam",
    }
    noisy = [block for block in content.sections[-1].blocks if isinstance(block, Table)][1]
    assert [row[1:] for row in noisy.rows] == [(4, "4 dari 7"), (3, "3 dari 7")]


def test_health_counts_each_time_an_alarm_was_raised_in_the_day_and_in_the_week():
    """An episode of nine days that was raised twice today, and one of twelve days that only stands there."""
    flapping = alarm(2, State.NEW, 9 * 24, raises=(ago(9 * 24), ago(30), ago(20), ago(0.5)), rule_id="muka_air_siaga",
                     title="Muka air siaga")  # fmt: skip
    desk = desk_on((flapping, alarm(1, State.ANSWERED, 12 * 24, acts=answered(12 * 24 - 1, "Ditelepon."))))
    content = peringatan.build(desk, Filters())
    health = {row[0]: row[1] for row in table(content, "Kesehatan sistem peringatan")}
    assert health == {
        "Muncul dalam 24 jam": "2",
        "Belum ditanggapi": "1",
        "Terbuka lebih dari 24 jam": "2",
        "Berderai": "0",
        "Ditanggapi dalam waktunya, 7 hari": "belum ada",
        "Tanggapan terlama, 7 hari": "belum ada",
    }
    noisy = [block for block in content.sections[-1].blocks if isinstance(block, Table)][1]
    assert noisy.rows == (("Muka air siaga", 3, "3 dari 3"),)


def test_what_was_put_off_says_until_when_by_whom_and_why():
    until = NOW + timedelta(hours=2)
    shelved = alarm(1, State.SHELVED, 3, acts=(Act("ditunda", "operator.satu", ago(1), "Menunggu alat.", until),))
    shelved = replace(shelved, episode=replace(shelved.episode, shelved_until=until))
    told = words(peringatan.build(desk_on((shelved,)), Filters()), "Peringatan terbuka")
    sentence = "ditunda sampai 21 November 2026 18.08 WIB, oleh operator.satu: Menunggu alat."
    assert f"Tiket 112 terbuka terlalu lama · DPUPR: {sentence}" in told
    one = peringatan.build(desk_on((shelved,)), Filters(baris="1")).sections[0]
    last = [block for block in one.blocks if isinstance(block, Table)][-1]
    assert last.rows[0][1:] == ("operator.satu", "ditunda sampai 21 November 2026 18.08 WIB", "Menunggu alat.")


@pytest.mark.parametrize(
    ("looked_at", "said"),
    [
        (None, "◌ Peringatan belum pernah dinilai di sini."),
        (ago(1), "◌ Peringatan tidak dinilai sejak 21 November 2026 15.08 WIB."),
    ],
)
def test_where_nobody_looks_an_empty_list_is_not_calm(looked_at, said):
    content = peringatan.build(desk_on((), looked_at), Filters())
    assert content.message.startswith(said)
    assert not any("Tidak ada peringatan" in text for text in words(content, "Peringatan terbuka"))


def test_a_calm_day_says_so():
    content = peringatan.build(desk_on(()), Filters())
    assert content.message == "Tidak ada peringatan terbuka"
    calm, never = words(content, "Peringatan terbuka")[-2:]
    assert calm == "Tidak ada peringatan terbuka."
    assert never.startswith("Dinding juga menghitung 2 sumber yang belum pernah disampaikan. Itu bukan peringatan")
    assert never.endswith("Data panggilan 112 belum masuk (BPBD).")


@pytest.mark.parametrize(
    ("scope", "seen"),
    [
        (machine_scope(""), ["7", "6", "5", "4", "3", "2"]),
        (Scope(Role.OPD, "opd", True, opd_codes=("DLH",)), ["5"]),
        (Scope(Role.ANALYST, "analis", True, kecamatan_codes=("35.16.05",)), []),
    ],
)
def test_who_is_bound_to_a_part_sees_that_part(scope, seen):
    facets = {one.name: one for one in peringatan.facets(desk_on(scope=scope), Filters())}
    offered = [option.value for option in facets["baris"].options if option.value]
    assert sorted(offered) == sorted(seen)


@pytest.mark.parametrize("alarms", [(), ALARMS])
def test_an_address_of_an_alarm_that_is_gone_shows_the_list(alarms):
    desk = desk_on(alarms)
    choice = settle(Filters(baris="99"), peringatan.facets(desk, Filters()))
    assert choice.filters == Filters()
    assert "99" in choice.problems[0]


def test_an_alarm_there_is_none_of_is_refused():
    with pytest.raises(FilterError, match="baris=99"):
        peringatan.build(desk_on(), Filters(baris="99"))


def test_owners_cut_the_page():
    content = peringatan.build(desk_on(), Filters(opd=("DLH",)))
    assert content.message == "1 peringatan belum ditanggapi; 1 terbuka"


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [("31.23", "jam", ("31.23", "jam")), ("242", "jam", ("10.08", "hari")), ("242", "ug/m3", ("242", "ug/m3"))],
)
def test_many_hours_are_told_in_days(value, unit, told):
    measured = _measured(Decimal(value), unit)
    assert (round(measured.value, 2), measured.unit) == (Decimal(told[0]), told[1])
