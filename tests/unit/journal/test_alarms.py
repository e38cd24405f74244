"""Alarms in the journal: looks and acts as timelines, a restart in every state, and two operators at one alarm."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa

from journal.alarm_acts import AlarmError, answer_alarm, shelve_alarm, unshelve_alarm
from journal.alarm_looks import keep_look
from journal.alarms import alarms_since, read_log
from journal.migrating import open_journal
from journal.model import Entry
from journal.store import StaleEditError
from warehouse.alarm_record import LastLook, write_last_look
from warehouse.alarms.judging import alarm_rules, judge
from warehouse.alarms.signals import Reading, Signal
from warehouse.rules import load_rules
from warehouse.rules.alarm_packs import SIGNALS, AlarmRule
from warehouse.scope import NotPermittedError, Role, Scope, machine_scope

START = datetime(2026, 11, 21, 8)
MACHINE = machine_scope("operasi")
TICKETS = "tiket_terbuka"
SHIPPED = load_rules({})
# Open tickets at once: what delays do has its own table.
RULES = replace(
    SHIPPED,
    further_packs=[
        replace(pack, on_delay=timedelta()) if isinstance(pack, AlarmRule) and pack.pack_id == TICKETS else pack
        for pack in SHIPPED.further_packs
    ],
)
FIRST, SECOND = (Scope(Role.OPERATOR, name, is_verified=True) for name in ("operator.satu", "operator.dua"))


def after(minutes: int) -> datetime:
    return START + timedelta(minutes=minutes)


def look(journal, minute: int, *hours: int | None, is_known: bool = True, signal: str = TICKETS, rules=RULES) -> int:
    """One look at the open tickets of agencies A, B, ... so many hours old."""
    readings = tuple(
        Reading(name, f"OPD {name}", None if value is None else Decimal(value), "jam", name, START, f"T-{name}")
        for name, value in zip("ABCDEFGH", hours, strict=False)
    )
    signals = {name: Signal() for name in SIGNALS} | {signal: Signal(readings, is_known)}
    return keep_look(journal, MACHINE, judge(rules, signals, after(minute)))


def states(journal) -> list[str]:
    return [alarm.state.value for alarm in reversed(alarms_since(journal, START - timedelta(days=1)))]


def only(journal):
    (alarm,) = alarms_since(journal, START - timedelta(days=1))
    return alarm


# minute, what happens (hours of the one open ticket, "-" none; "?" late data; or an act), states of all episodes
TIMELINES = {
    "answered, then gone": [(0, 30, "baru"), (1, "jawab", "ditanggapi"), (2, 31, "ditanggapi"), (3, "-", "selesai")],
    "gone before it was answered": [(0, 30, "baru"), (1, "-", "pulih"), (2, "jawab", "selesai")],
    "again before it was answered": [(0, 30, "baru"), (1, "-", "pulih"), (2, 40, "baru")],
    "a second episode": [(0, 30, "baru"), (1, "jawab", "ditanggapi"), (2, "-", "selesai"), (3, 30, "selesai baru")],
    "late data end nothing": [(0, 30, "baru"), (1, "?", "baru"), (2, "jawab", "ditanggapi"), (3, "?", "ditanggapi")],
    "shelved": [(0, 30, "baru"), (1, "tunda", "ditunda"), (2, "-", "ditunda"), (70, "-", "selesai")],
    "shelved and still there": [(0, 30, "baru"), (1, "tunda", "ditunda"), (59, 31, "ditunda"), (61, 31, "baru")],
    "taken back": [(0, 30, "baru"), (1, "tunda", "ditunda"), (2, "angkat", "baru"), (3, "jawab", "ditanggapi")],
    "normal": [(0, 24, ""), (1, "-", "")],
}


@pytest.mark.parametrize("is_restarted", [False, True])
@pytest.mark.parametrize("name", TIMELINES)
def test_timelines(url, name, is_restarted):
    journal, told = open_journal(url), []
    for minute, what, _states in TIMELINES[name]:
        if is_restarted:
            journal.close()
            journal = open_journal(url)
        match what:
            case "jawab":
                answer_alarm(journal, FIRST, after(minute), only(journal).alarm_id, "Dihubungi.")
            case "tunda":
                shelve_alarm(journal, FIRST, after(minute), only(journal), after(60), "Alat menyusul.")
            case "angkat":
                unshelve_alarm(journal, FIRST, after(minute), only(journal), "Alat datang.")
            case "-":
                look(journal, minute)
            case "?":
                look(journal, minute, is_known=False)
            case _:
                look(journal, minute, what)
        told.append(" ".join(states(journal)))
    journal.close()
    assert told == [state for _minute, _what, state in TIMELINES[name]]


def test_a_look_that_changes_nothing_writes_nothing(journal):
    assert look(journal, 0, 30) == 1
    before = journal.revision()
    assert look(journal, 1, 31) == 0
    assert journal.revision() == before


def test_a_delay_runs_on_over_a_restart(url):
    """An on delay of five minutes, a restart after each look."""
    told = []
    for minute in (0, 4, 5):
        journal = open_journal(url)
        reading = Reading(
            "p", "p", Decimal(23), "m", "DPUPR", after(minute), thresholds={"siaga": Decimal("22.9")}
        )  # fmt: skip
        signals = {name: Signal() for name in SIGNALS} | {"muka_air": Signal((reading,))}
        keep_look(journal, MACHINE, judge(RULES, signals, after(minute)))
        told.append(states(journal))
        journal.close()
    assert told == [[], [], ["baru"]]


def test_indications_are_never_alarms(journal):
    reading = Reading("p", "p", Decimal(9), "m", "DPUPR", START, before=Decimal(1))
    signals = {name: Signal() for name in SIGNALS} | {"muka_air": Signal((reading,))}
    assert judge(RULES, signals, START).judged
    assert keep_look(journal, MACHINE, judge(RULES, signals, START)) == 0


def test_a_rule_that_is_no_more_ends_what_it_raised(journal):
    look(journal, 0, 30)
    answer_alarm(journal, FIRST, after(1), only(journal).alarm_id, "Dihubungi.")
    rule = alarm_rules(RULES, START)[TICKETS]
    others = tuple(pack for pack in RULES.further_packs if pack is not rule)
    look(journal, 2, 30, rules=replace(RULES, further_packs=others))
    assert states(journal) == ["selesai"]


def test_what_an_alarm_says_is_that_of_the_moment_it_was_raised(journal):
    look(journal, 0, 30)
    alarm = only(journal)
    assert (alarm.title, alarm.place_name, alarm.owner) == ("Tiket 112 terbuka terlalu lama", "OPD A", "A")
    assert (alarm.value, alarm.limit, alarm.unit, alarm.detail, alarm.priority) == (30, 24, "jam", "T-A", "tinggi")
    look(journal, 1)
    look(journal, 2, 40)
    assert (only(journal).value, only(journal).episode.raise_count) == (40, 2)


def test_two_answers_are_both_kept(journal):
    look(journal, 0, 30)
    number = only(journal).alarm_id
    first = answer_alarm(journal, FIRST, after(1), number, " DPUPR\ndihubungi. ")
    second = answer_alarm(journal, SECOND, after(2), number, "Saya juga menelepon.")
    assert first.state == second.state == "ditanggapi"
    assert [(act.kind, act.acted_by, act.note) for act in second.acts] == [
        ("ditanggapi", "operator.satu", "DPUPR dihubungi."),
        ("catatan", "operator.dua", "Saya juga menelepon."),
    ]
    assert second.answer.acted_by == "operator.satu"


def test_many_operators_at_once_lose_nothing(url, journal):
    look(journal, 0, 30)
    number = only(journal).alarm_id

    def act(turn: int) -> None:
        own = open_journal(url)
        answer_alarm(own, FIRST if turn % 2 else SECOND, after(1), number, f"Catatan {turn}.")
        look(own, 2, 30 if turn % 3 else None)
        own.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, range(16)))
    alarm = only(journal)
    assert sorted(act.note for act in alarm.acts) == sorted(f"Catatan {turn}." for turn in range(16))
    assert [act.kind for act in alarm.acts].count("ditanggapi") == 1


def test_what_would_undo_anothers_decision_is_refused_with_what_changed(journal):
    look(journal, 0, 30)
    seen = only(journal)
    answer_alarm(journal, FIRST, after(1), seen.alarm_id, "Dihubungi.")
    with pytest.raises(StaleEditError, match=r"operator\.satu, 21 November 2026 08\.01: keadaan: baru → ditanggapi"):
        shelve_alarm(journal, SECOND, after(2), seen, after(60), "Tunda.")
    assert states(journal) == ["ditanggapi"]
    answered = only(journal)
    shelve_alarm(journal, FIRST, after(3), answered, after(60), "Alat menyusul.")
    with pytest.raises(StaleEditError) as told:
        shelve_alarm(journal, SECOND, after(4), answered, after(120), "Tunda.")
    changes = "keadaan: ditanggapi → ditunda; ditunda sampai: (kosong) → 21 November 2026 09.00."
    assert f"operator.satu, 21 November 2026 08.03: {changes}" in str(told.value)


@pytest.mark.parametrize("until", [-1, 2, 7 * 24 * 60 + 3])
def test_shelving_has_an_end(journal, until):
    look(journal, 0, 30)
    with pytest.raises(AlarmError, match="paling lama 7 hari"):
        shelve_alarm(journal, FIRST, after(2), only(journal), after(until), "Tunda.")


def test_what_is_not_shelved_is_not_taken_back_and_what_is_back_not_shelved(journal):
    look(journal, 0, 30)
    with pytest.raises(AlarmError, match="tidak sedang ditunda"):
        unshelve_alarm(journal, FIRST, after(1), only(journal), "Angkat.")
    look(journal, 2)
    with pytest.raises(AlarmError, match="yang pulih tidak dapat ditunda"):
        shelve_alarm(journal, FIRST, after(3), only(journal), after(60), "Tunda.")
    with pytest.raises(AlarmError, match="tidak ada di jurnal"):
        answer_alarm(journal, FIRST, after(3), 999, "Dihubungi.")


@pytest.mark.parametrize(("actor", "note"), [("", "Dihubungi."), ("uji", "  "), ("uji", "x" * 501)])
def test_without_name_or_note_nothing_is_kept(journal, actor, note):
    look(journal, 0, 30)
    with pytest.raises(AlarmError):
        answer_alarm(journal, machine_scope(actor), after(1), only(journal).alarm_id, note)
    assert (states(journal), only(journal).acts) == (["baru"], ())


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.OPERATOR, Role.STEWARD, Role.LOCAL)])
def test_other_roles_do_nothing(journal, role):
    look(journal, 0, 30)
    scope = Scope(role, "uji", is_verified=True, opd_codes=("DINSOS",) if role is Role.OPD else ())
    with pytest.raises(NotPermittedError):
        answer_alarm(journal, scope, after(1), only(journal).alarm_id, "Dihubungi.")
    with pytest.raises(NotPermittedError):
        shelve_alarm(journal, scope, after(1), only(journal), after(60), "Tunda.")
    with pytest.raises(NotPermittedError):
        unshelve_alarm(journal, scope, after(1), only(journal), "Angkat.")
    assert states(journal) == ["baru"]


def test_every_change_has_its_entry(journal):
    look(journal, 0, 30)
    answer_alarm(journal, FIRST, after(1), only(journal).alarm_id, "Dihubungi.")
    look(journal, 2)
    with journal.reading() as session:
        entries = session.scalars(sa.select(Entry).order_by(Entry.id)).all()
    assert [(one.actor, one.subject_kind, one.after.get("state")) for one in entries] == [
        ("operasi", "peringatan", "baru"),
        ("operator.satu", "tindakan peringatan", None),
        ("operator.satu", "peringatan", "ditanggapi"),
        ("operasi", "peringatan", "selesai"),
    ]
    assert {one.why for one in entries} == {"", "Dihubungi."}


def test_the_log_holds_what_ended_lately_and_what_is_open_however_old(journal, tmp_path):
    look(journal, 0, 30, 30)
    answer_alarm(journal, FIRST, after(1), alarms_since(journal, START)[0].alarm_id, "Dihubungi.")
    look(journal, 2)
    days = 31 * 24 * 60
    assert [alarm.state for alarm in read_log(journal, tmp_path, after(1)).alarms] == ["selesai", "pulih"]
    late = read_log(journal, tmp_path, after(days))
    assert ([alarm.state for alarm in late.alarms], late.looked_at) == (["pulih"], None)
    write_last_look(tmp_path, LastLook(after(2), "2026-11-21.01"))
    assert read_log(journal, tmp_path, after(3)).looked_at == after(2)
