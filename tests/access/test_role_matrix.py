"""Who may do what, written out by hand: seven identities by sixteen actions, each as a page and as a direct call.

Nothing of the table is taken from the code it judges. People are signed in with a password, the wall has a key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from journal.alarm_acts import answer_alarm
from journal.alarms import read_log
from journal.audit import AuditQuery, find_entries
from journal.confirmations import HeldDelivery, confirm_delivery
from journal.efforts import Effort, Estimate, save_efforts
from journal.people import NewPerson, Rules, add_person, list_people
from journal.screens import create_pass, list_passes
from operations.alarming import look_once
from pages.shared import data, wall_pictures
from pipelines.contracts.contract import load_contracts
from pipelines.deliveries.receiving import Counter, NilPeriod
from reports.desk import Desk
from reports.opening import opened_desk
from reports.pages import disiplin_data, indikator, jelajah
from reports.registry import find_page
from reports.snapshot import take_snapshot
from tests.access.planted import NOW
from tests.access.seats import CHEAP, WALL, Office, ask_of, everything_sent, opened_office
from tests.pages.reading import place_of, words_of
from tests.pages.taken_away import figures_of
from warehouse import queries
from warehouse.catalogue import BY_ID
from warehouse.filters import read_filters
from warehouse.indicators.model import RowKey
from warehouse.scope import Action, NotPermittedError, Scope

TABLE = """
                operator  analis  opd  walidata  pimpinan  admin  layar
SEE_WALL           ya       ya     -      ya        ya       ya     ya
SEE_PAGES          ya       ya     ya     ya        ya       ya     -
SEE_ROWS           ya       ya     ya     ya        -        -      -
EXPLORE            -        ya     ya     ya        ya       -      -
EXPORT             ya       ya     ya     ya        ya       -      -
EXPORT_ROWS        -        ya     ya     ya        -        -      -
SEE_DELIVERIES     ya       ya     ya     ya        ya       -      -
SEE_QUARANTINE     -        -      ya     ya        -        -      -
SEE_RESTRICTED     ya       ya     -      ya        -        -      -
DELIVER            -        -      ya     ya        -        -      -
CONFIRM            -        -      -      ya        -        -      -
PLAN               -        ya     -      ya        -        -      -
ANSWER             ya       -      -      ya        -        -      -
MANAGE_PEOPLE      -        -      -      -         -        ya     -
MANAGE_SCREENS     -        -      -      -         -        ya     -
READ_AUDIT         -        -      -      -         -        ya     -
"""
_HEADER, *_LINES = (line.split() for line in TABLE.strip().splitlines())
CELLS = [(who, line[0], mark == "ya") for line in _LINES for who, mark in zip(_HEADER, line[1:], strict=True)]
IDS = [f"{who}-{action}" for who, action, _ in CELLS]
QUICK = {"opd", WALL}  # whose pages plain `pytest` opens; `make test` opens those of all seven
OWN = "DINKES"  # of who is bound to an agency: it handles incidents and has held rows
SAVE = "Simpan biaya dan batas"
WITNESS = "contoh.saksi"  # somebody else in the journal
TICKETS = "smart_living.tiba_15_menit"
WAY = f"indikator={TICKETS}"


@pytest.fixture(scope="module")
def office(planted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with opened_office(planted, tmp_path_factory.mktemp("matriks")) as opened:
        for who in _HEADER:
            if who == WALL:
                opened.add_wall()
            elif who == "opd":
                opened.add(who, who, opd_code=OWN)
            else:
                opened.add(who, who, has_restricted=who in {"operator", "analis", "walidata"})
        opened.add(WITNESS, "analis")
        opened.add_wall("saksi", "papan_2x2")
        look_once(opened.settings, opened.journal, NOW)
        yield opened


def test_the_table_is_whole() -> None:
    assert len(set(CELLS)) == len(CELLS) == 112
    assert {action for _who, action, _is in CELLS} == {action.name for action in Action}
    assert len(_HEADER) == 7


# As a page


def _sends(pattern: str) -> Callable[[AppTest], bool]:
    return lambda shown: re.search(pattern, everything_sent(shown)) is not None


def _offers(label: str) -> Callable[[AppTest], bool]:
    return lambda shown: any(button.label.startswith(label) for button in shown.get("download_button"))


def _column(title: str) -> Callable[[AppTest], bool]:
    return lambda shown: any(title in grid.value.columns for grid in (*shown.dataframe, *shown.table))


# Page, address, and what of it is there only for who may: a picture, a number, a row, a button, a name.
PAGES: dict[str, tuple[str, str, Callable[[AppTest], bool]]] = {
    "SEE_WALL": ("dinding", "", _sends("<svg")),
    "SEE_PAGES": ("indikator", WAY, lambda shown: bool(shown.metric)),
    "SEE_ROWS": ("indikator", WAY, _sends(r"[A-Z]+-2026\d{4}-\d{4}")),
    "EXPLORE": ("jelajah", WAY, lambda shown: bool(shown.dataframe or shown.table)),
    "EXPORT": ("indikator", WAY, _offers("Unduh PDF")),
    "EXPORT_ROWS": ("indikator", WAY, _offers("Unduh semua baris, CSV")),
    "SEE_DELIVERIES": ("disiplin_data", "", _sends(r"kejadian_112_DINKES_2026-\d\d")),
    "SEE_QUARANTINE": ("disiplin_data", "", _offers("Unduh 2 baris dikarantina, bpbd_kejadian_112")),
    "SEE_RESTRICTED": ("indikator", WAY, _column("lintang")),
    "DELIVER": ("setor_data", "sumber=bpbd_kejadian_112", lambda shown: len(shown.file_uploader) == 1),
    "CONFIRM": ("disiplin_data", "", lambda shown: any(button.label == "Maklumi" for button in shown.button)),
    "PLAN": ("spbe", "", lambda shown: any(button.label == SAVE for button in shown.button)),
    "ANSWER": ("peringatan", "", lambda shown: any(button.label == "Tanggapi" for button in shown.button)),
    "MANAGE_PEOPLE": ("kelola", "bagian=orang", _sends(WITNESS)),
    "MANAGE_SCREENS": ("kelola", "bagian=layar", _sends("Mini PC saksi")),
    "READ_AUDIT": ("kelola", "bagian=jejak", _column("Tindakan")),
}


@pytest.mark.parametrize(
    ("who", "action", "is_allowed"),
    [pytest.param(*cell, marks=[] if cell[0] in QUICK else [pytest.mark.slow]) for cell in CELLS],
    ids=IDS,
)
def test_as_a_page(who: str, action: str, is_allowed: bool, office: Office) -> None:
    page, address, is_there = PAGES[action]
    if action == "SEE_QUARANTINE" and who == "walidata":
        is_there = _offers("Unduh 3 baris dikarantina, bpbd_kejadian_112")  # of every agency
    shown = office.look(who, page, address)
    assert is_there(shown) is is_allowed
    if not is_allowed:
        assert re.search(r"tidak berhak|perlu hak", words_of(shown))


# As a direct call


def _bare(office: Office, scope: Scope) -> Desk:
    """A desk that nobody was asked for: what stands behind it has to refuse by itself."""
    release_id = data.current().release.release_id
    view = data.wall_view(release_id, data.this_minute())
    return Desk(view, office.settings.region, release_id, data.rules(), ask_of(release_id, scope), scope)


def _rows(scope: Scope) -> queries.RowsBehind:
    day = date(2026, 11, 1)
    stored = "35.16", "35.16", day, date(2026, 11, 30), "region"
    found = data.ask(
        data.current().release.release_id, scope, queries.indicator_rows, BY_ID[TICKETS], RowKey(*stored), 500
    )
    assert found is not None
    return found


def see_wall(office: Office, scope: Scope) -> bool:
    picture = wall_pictures.wall_picture(scope, place_of("utama"), NOW)
    return picture is not None and all("<svg" in scene.svg for scene in picture.scenes)


def see_pages(office: Office, scope: Scope) -> bool:
    return figures_of(find_page("spbe").build(office.desk(scope), read_filters({}))) != []


def see_rows(office: Office, scope: Scope) -> bool:
    return bool(_rows(scope).rows["ticket_no"].str.contains("-2026").all())


def explore_data(office: Office, scope: Scope) -> bool:
    return bool(jelajah.build(_bare(office, scope), read_filters({"indikator": TICKETS})).tables[0].rows)


def export(office: Office, scope: Scope) -> bool:
    desk = _bare(office, scope)
    snapshot = take_snapshot(desk, find_page("spbe").build(desk, read_filters({})))
    return len(snapshot.csv().splitlines()) > 5


def export_rows(office: Office, scope: Scope) -> bool:
    file = indikator.rows_download(_bare(office, scope), read_filters({"indikator": TICKETS}))
    cut = jelajah.rows_file(
        _bare(office, scope), read_filters({"indikator": "masterplan.serapan", "menurut": "opd", "baris": OWN})
    )
    return all(one is not None and len(one.make().splitlines()) > 1 for one in (file, cut))


def see_deliveries(office: Office, scope: Scope) -> bool:
    found = disiplin_data.receipts(_bare(office, scope), read_filters({})).make()
    return b"kejadian_112_DINKES_" in found


def see_quarantine(office: Office, scope: Scope) -> bool:
    files = disiplin_data.held_files(_bare(office, scope), read_filters({}))
    return any(b"kejadian_112_DINKES_" in file.make() for file in files)


def see_restricted(office: Office, scope: Scope) -> bool:
    """There is no door of its own: a question tells the column or leaves it empty."""
    frame = _rows(scope).rows
    is_there = bool(frame["latitude"].notna().any())
    if not is_there:
        assert frame["longitude"].isna().all()
        raise NotPermittedError
    return is_there


def deliver(office: Office, scope: Scope) -> bool:
    """For their own agency; for another one nobody who is bound to one."""
    nil = NilPeriod(OWN, "uji", datetime(2026, 10, 1), datetime(2026, 11, 1))
    contract = next(one for one in load_contracts() if one.source_id == "bpbd_kejadian_112")
    counter = Counter(office.settings, scope, NOW)
    if scope.opd_codes and scope.may(Action.DELIVER):
        with pytest.raises(NotPermittedError):
            counter.receive_nil(contract, replace(nil, opd_code="DLH"))
    return counter.receive_nil(contract, nil).opd_code == OWN


def confirm(office: Office, scope: Scope) -> bool:
    held = HeldDelivery("opd_lra", f"opd_lra:{scope.role}", ("pagu",), "ANGGARAN melebihi pagu.")
    return confirm_delivery(office.journal, scope, NOW, held, "Uji.").confirmed_by == scope.actor


def plan(office: Office, scope: Scope) -> bool:
    estimate = Estimate(f"uji-{scope.role}", (Effort("1", may_rise=False),))
    return save_efforts(office.journal, scope, NOW, estimate, "Uji.") == 1


def answer(office: Office, scope: Scope) -> bool:
    alarm = read_log(office.journal, office.settings.state_dir, NOW).alarms[0]
    return answer_alarm(office.journal, scope, NOW, alarm.alarm_id, "Uji.").acts[-1].acted_by == scope.actor


def manage_people(office: Office, scope: Scope) -> bool:
    login = f"baru.{scope.actor}"
    add_person(office.journal, scope, NOW, NewPerson(login, "Contoh", "analis"), rules=Rules(hashing=CHEAP))
    return login in {line.login for line in list_people(office.journal, scope)}


def manage_screens(office: Office, scope: Scope) -> bool:
    made = create_pass(office.journal, scope, NOW, f"Kunci {scope.actor}", "utama")
    return made.line in list_passes(office.journal, scope)


def read_audit(office: Office, scope: Scope) -> bool:
    return find_entries(office.journal, scope, AuditQuery(text=WITNESS)).total > 0


CALLS: dict[str, Callable[[Office, Scope], bool]] = {
    "SEE_WALL": see_wall,
    "SEE_PAGES": see_pages,
    "SEE_ROWS": see_rows,
    "EXPLORE": explore_data,
    "EXPORT": export,
    "EXPORT_ROWS": export_rows,
    "SEE_DELIVERIES": see_deliveries,
    "SEE_QUARANTINE": see_quarantine,
    "SEE_RESTRICTED": see_restricted,
    "DELIVER": deliver,
    "CONFIRM": confirm,
    "PLAN": plan,
    "ANSWER": answer,
    "MANAGE_PEOPLE": manage_people,
    "MANAGE_SCREENS": manage_screens,
    "READ_AUDIT": read_audit,
}


@pytest.mark.parametrize(("who", "action", "is_allowed"), CELLS, ids=IDS)
def test_as_a_direct_call(who: str, action: str, is_allowed: bool, office: Office) -> None:
    scope = office.scope(who)
    if is_allowed:
        assert CALLS[action](office, scope)
        return
    with pytest.raises(NotPermittedError):
        CALLS[action](office, scope)


@pytest.mark.parametrize("act", [manage_people, manage_screens])
def test_a_refused_act_leaves_nothing_behind(act: Callable[[Office, Scope], bool], office: Office) -> None:
    before = journal_counts(office)
    for who in _HEADER:
        if who != "admin":
            with pytest.raises(NotPermittedError):
                act(office, office.scope(who))
    assert journal_counts(office) == before


def journal_counts(office: Office) -> tuple[int, int, int]:
    admin = office.scope("admin")
    total = find_entries(office.journal, admin, AuditQuery()).total
    return len(list_people(office.journal, admin)), len(list_passes(office.journal, admin)), total


def test_a_desk_without_a_screen_asks_for_the_same_right(office: Office) -> None:
    for who in (WALL, "analis"):
        with pytest.raises(NotPermittedError) if who == WALL else nullcontext():  # noqa: SIM117 - which of both raises
            with opened_desk(office.settings, NOW, "", office.scope(who)) as desk:
                assert desk.view.figures


# A right by name


GRANTS = [  # role, whether it holds the grant in the journal, whether it sees the restricted columns
    ("operator", False, False),
    ("analis", False, False),
    ("opd", False, False),
    ("walidata", False, False),
    ("pimpinan", False, False),
    ("admin", False, False),
    ("operator", True, True),
    ("analis", True, True),
    ("opd", True, False),
    ("walidata", True, True),
    ("pimpinan", True, False),
    ("admin", True, False),
]


@pytest.mark.parametrize(("role", "is_granted", "sees"), GRANTS)
def test_a_grant_opens_no_more_than_its_role_can_hold(role: str, is_granted: bool, sees: bool, office: Office) -> None:
    login = f"hak.{role}.{is_granted}".lower()
    office.add(login, role, **({"opd_code": OWN} if role == "opd" else {}))
    office.force(login, has_restricted=is_granted)
    scope = office.scope(login)
    assert scope.granted_restricted is is_granted
    if role in {"pimpinan", "admin"}:
        with pytest.raises(NotPermittedError):
            _rows(scope)
    else:
        assert bool(_rows(scope).rows["latitude"].notna().any()) is sees
    file = (
        indikator.rows_download(office.desk(scope), read_filters({"indikator": TICKETS}))
        if scope.may(Action.EXPORT_ROWS)
        else None
    )
    assert (file is not None and b"latitude" in file.make().splitlines()[0]) is (sees and role != "operator")


def test_a_wall_shows_its_own_screen_only(office: Office) -> None:
    wall, other = office.scope(WALL), office.scope("saksi")
    assert wall_pictures.wall_picture(wall, place_of("utama"), NOW) is not None
    for scope, screen_id in ((wall, "papan_2x2"), (other, "utama")):
        with pytest.raises(NotPermittedError):
            wall_pictures.wall_picture(scope, place_of(screen_id), NOW)
