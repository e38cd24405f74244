"""Who may be added and changed to what, who is told why not, and that changed rights end sign-ins."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

import pytest

from journal.areas import Areas, read_areas
from journal.model import Kind
from journal.passwords import check_password
from journal.people import (
    NewPerson,
    PeopleError,
    PersonEdit,
    PersonLine,
    Rules,
    add_person,
    change_own_password,
    change_person,
    has_active_admin,
    list_people,
    set_password,
    sign_out_everywhere,
)
from journal.sessions import SignedIn, end_own_sign_ins, find_identity, scope_of
from journal.signing import sign_in
from journal.store import JournalError, StaleEditError
from tests.unit.journal.examples import ADMIN, AT
from tests.unit.journal.signers import (
    ADDRESS,
    CHEAP,
    LIMITS,
    LOGIN,
    PASSWORD,
    add,
    entries,
    later,
    open_one,
)
from warehouse.scope import ALLOWED, PEOPLE_ROLES, Action, NotPermittedError, Role, Scope

AREAS = Areas({"DLH": "Dinas Lingkungan Hidup", "DINKES": "Dinas Kesehatan"}, {"35.16.03": "Pacet"})
RULES = Rules(AREAS, CHEAP)
NEW = NewPerson("siti@mojokertokab.go.id", "Siti Aminah", "analis", password=PASSWORD)
OTHER = "payung ungu menjahit gerimis"


def adding(journal, **values: Any) -> PersonLine:
    return add_person(journal, ADMIN, AT, replace(NEW, **values), "tugas baru", RULES)


def changing(journal, line: PersonLine, why: str = "pindah tugas", **changes: object) -> PersonLine:
    return change_person(journal, ADMIN, later(minutes=1), PersonEdit(line.id, line.version, changes), why, RULES)


def test_somebody_is_added_and_signs_in(journal):
    line = adding(journal, login=" Siti@MojokertoKab.go.id ", name="  Siti   Aminah ", opd_code=" DLH ")
    assert (line.login, line.name, line.opd_code) == ("siti@mojokertokab.go.id", "Siti Aminah", "DLH")
    assert (line.role, line.is_active, line.has_password) == ("analis", True, True)
    assert isinstance(sign_in(journal, AT, line.login, PASSWORD, ADDRESS, LIMITS), SignedIn)
    added, *_ = entries(journal)
    assert (added.kind, added.subject, added.actor, added.why) == (Kind.ADDED, line.login, ADMIN.actor, "tugas baru")
    assert added.after["password_hash"] == "***"
    assert PASSWORD not in repr(NEW)


def test_the_list_tells_who_is_in(journal):
    adding(journal)
    add(journal, name="ani")
    first = open_one(journal)
    open_one(journal, later(hours=2))
    ani, siti = list_people(journal, ADMIN)
    assert (ani.open_sign_ins, ani.last_sign_in) == (2, later(hours=2))
    assert (siti.open_sign_ins, siti.last_sign_in) == (0, None)
    assert list_people(journal, ADMIN, first.identity.ends_at)[0].open_sign_ins == 1


@pytest.mark.parametrize(
    "values",
    [
        {"login": "ab"},
        {"role": "opd", "opd_code": "DLH"},
        {"kecamatan_code": "35.16.03"},
        {"role": "admin"},
        {"password": None},
    ],
)
def test_what_a_new_person_may_be(journal, values):
    assert adding(journal, **values).version == 1


# What is asked for, and what is told about it before the journal is touched at all.
@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"login": "a"}, "Login 'a' belum dapat dipakai"),
        ({"login": ""}, "belum dapat dipakai"),
        ({"login": "siti aminah"}, "belum dapat dipakai"),
        ({"login": "-siti"}, "belum dapat dipakai"),
        ({"login": "sıti"}, "belum dapat dipakai"),
        ({"login": "siti'--"}, "belum dapat dipakai"),
        ({"login": "x" * 101}, "belum dapat dipakai"),
        ({"name": " "}, "Nama wajib diisi"),
        ({"name": "x" * 121}, "Nama wajib diisi"),
        ({"name": "Siti\x1b[2J"}, "Nama wajib diisi"),
        ({"role": "analyst"}, "maksudnya 'analis'? Pilih operator, analis"),
        ({"role": "layar"}, "Peran layar tidak ada"),
        ({"role": "lokal"}, "Peran lokal tidak ada"),
        ({"role": "xyz"}, "Peran xyz tidak ada. Pilih"),
        ({"role": "opd"}, "harus terikat pada satu OPD"),
        ({"role": "opd", "opd_code": " "}, "harus terikat pada satu OPD"),
        ({"role": "opd", "opd_code": "DLHH"}, "OPD DLHH tidak ada di daftar daerah ini; maksudnya 'DLH'?"),
        ({"opd_code": "dlh"}, "maksudnya 'DLH'?"),
        ({"opd_code": "dinas kesehatan"}, "maksudnya 'DINKES'?"),
        ({"opd_code": "QQQ"}, "OPD QQQ tidak ada di daftar daerah ini."),
        ({"kecamatan_code": "35.16.3"}, "maksudnya '35.16.03'?"),
        ({"kecamatan_code": "Pacet"}, "maksudnya '35.16.03'?"),
        ({"role": "admin", "opd_code": "DLH"}, "tidak dapat dibatasi"),
        ({"role": "admin", "kecamatan_code": "35.16.03"}, "tidak dapat dibatasi"),
        ({"has_restricted": 1}, "hanya dapat ya atau tidak"),
        ({"password": "siti-aminah-2026"}, "tidak boleh memuat login atau nama"),
        ({"password": "admin1234567"}, "pertama kali ditebak"),
        ({"password": ""}, "paling sedikit 12"),
    ],
)
def test_what_nobody_may_be(values, words):
    with pytest.raises(PeopleError) as told:
        adding(None, **values)
    assert words in str(told.value)


def test_a_login_is_one_person(journal):
    add(journal)
    with pytest.raises(PeopleError, match=r"sudah dipakai oleh Budi \(aktif\)"):
        adding(journal, login=LOGIN.upper())
    assert len(entries(journal)) == 1


def test_everything_wrong_is_told_at_once():
    with pytest.raises(PeopleError) as told:
        adding(None, role="admin", opd_code="DLHH", has_restricted=True)
    assert str(told.value).count(".") >= 2
    for words in ("tidak dapat dibatasi", "hak kolom terbatas", "maksudnya 'DLH'?"):
        assert words in str(told.value)


@pytest.mark.parametrize("role", PEOPLE_ROLES)
def test_the_restricted_right_only_where_the_role_can_hold_it(journal, role):
    values = {"role": role.value, "has_restricted": True, "opd_code": "DLH" if role is Role.OPD else None}
    if Action.SEE_RESTRICTED in ALLOWED[role]:
        assert adding(journal, **values).has_restricted
    else:
        with pytest.raises(PeopleError, match="tidak dapat diberi hak kolom terbatas"):
            adding(journal, **values)


# What is changed, and whether whoever is signed in has to do it again.
@pytest.mark.parametrize(
    ("changes", "ends"),
    [
        ({"name": "Budi Santoso"}, False),
        ({"role": "analis"}, False),  # as it was
        ({}, False),
        ({"role": "walidata"}, True),
        ({"role": Role.STEWARD}, True),
        ({"opd_code": "DLH"}, True),
        ({"kecamatan_code": "35.16.03"}, True),
        ({"has_restricted": True}, True),
        ({"is_active": False}, True),
    ],
)
def test_changed_rights_end_all_sign_ins(journal, changes, ends):
    add(journal)
    first, second = open_one(journal).key, open_one(journal).key
    line = changing(journal, list_people(journal, ADMIN)[0], **changes)
    assert all(getattr(line, name) == value for name, value in changes.items())
    for key in (first, second):
        assert (find_identity(journal, key, later(minutes=2), LIMITS) is None) is ends
    ended = entries(journal, Kind.SIGNED_OUT)
    assert [(one.subject, one.actor, one.after, one.why) for one in ended] == (
        [(LOGIN, ADMIN.actor, {"sesi": 2}, "pindah tugas")] if ends else []
    )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"login": "baru"}, "Login tidak dapat diganti"),
        ({"password_hash": "x"}, "Kolom password_hash tidak dapat diubah"),
        ({"version": 9}, "tidak dapat diubah"),
        ({"role": "opd"}, "harus terikat"),
        ({"role": "pimpinan", "has_restricted": True}, "tidak dapat diberi hak"),
        ({"opd_code": "XXX"}, "tidak ada di daftar"),
        ({"opd_code": 7}, "kode berupa teks"),
        ({"is_active": None}, "ya atau tidak"),
        ({"name": None}, "Nama wajib"),
    ],
)
def test_changes_that_are_refused_change_nothing(journal, changes, words):
    add(journal)
    key = open_one(journal).key
    before = list_people(journal, ADMIN)
    with pytest.raises(PeopleError, match=words):
        changing(journal, before[0], **changes)
    assert list_people(journal, ADMIN) == before
    assert find_identity(journal, key, AT, LIMITS)


def test_who_no_longer_fits_the_rules_can_still_be_switched_off(journal):
    add(journal, role="opd", opd_code=None)
    assert not changing(journal, list_people(journal, ADMIN)[0], is_active=False).is_active


def test_a_code_that_left_the_list_does_not_block_other_changes(journal):
    add(journal, opd_code="LAMA")
    assert changing(journal, list_people(journal, ADMIN)[0], name="Budi S.").opd_code == "LAMA"


def test_a_stale_edit_is_refused_with_what_changed(journal):
    add(journal)
    read = list_people(journal, ADMIN)[0]
    changing(journal, read, role="walidata")
    with pytest.raises(StaleEditError, match="peran: analis → walidata"):
        changing(journal, read, name="Budi S.")


@pytest.mark.parametrize("changes", [{"is_active": False}, {"role": "analis"}])
def test_the_last_active_admin_stays(journal, changes):
    only = adding(journal, role="admin")
    adding(journal, login="mantan", role="admin")
    former = next(one for one in list_people(journal, ADMIN) if one.login == "mantan")
    changing(journal, former, is_active=False)
    with pytest.raises(PeopleError, match="Siti Aminah admin terakhir yang aktif"):
        changing(journal, only, **changes)
    changing(journal, next(one for one in list_people(journal, ADMIN) if one.login == "mantan"), is_active=True)
    assert changing(journal, only, **changes)


def test_whether_somebody_can_administer(journal):
    assert not has_active_admin(journal)
    line = adding(journal, role="admin", password=None)
    assert (has_active_admin(journal), has_active_admin(journal, with_password=False)) == (False, True)
    set_password(journal, ADMIN, AT, line.id, PASSWORD, rules=RULES)
    assert has_active_admin(journal)
    add(journal, is_active=False, role="admin")
    assert has_active_admin(journal)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMIN, Role.LOCAL)])
def test_only_who_may_manages_people(journal, role):
    line = adding(journal)
    scope = Scope(role, "x", is_verified=True, opd_codes=("DLH",) if role is Role.OPD else ())
    acts = (
        lambda: list_people(journal, scope),
        lambda: add_person(journal, scope, AT, replace(NEW, login="lain"), "", RULES),
        lambda: change_person(journal, scope, AT, PersonEdit(line.id, 1, {"name": "x"}), "", RULES),
        lambda: set_password(journal, scope, AT, line.id, OTHER, "", RULES),
        lambda: sign_out_everywhere(journal, scope, AT, line.id),
    )
    before = journal.revision()
    for act in acts:
        with pytest.raises(NotPermittedError):
            act()
    assert journal.revision() == before


def test_a_new_password_counts_and_ends_sign_ins(journal):
    line = adding(journal)
    key = open_one(journal, login=line.login).key
    set_password(journal, ADMIN, later(minutes=1), line.id, OTHER, "lupa", RULES)
    assert find_identity(journal, key, later(minutes=1), LIMITS) is None
    assert not isinstance(sign_in(journal, later(minutes=1), line.login, PASSWORD, ADDRESS, LIMITS), SignedIn)
    assert isinstance(sign_in(journal, later(minutes=1), line.login, OTHER, ADDRESS, LIMITS), SignedIn)
    changed = entries(journal, Kind.CHANGED)
    assert [one.after for one in changed] == [{"password_hash": "***"}]
    assert not any(word in str(vars(one)) for one in entries(journal) for word in (PASSWORD, OTHER, "$argon2"))


@pytest.mark.parametrize(
    "act",
    [
        lambda journal: set_password(journal, ADMIN, AT, 99, OTHER, "", RULES),
        lambda journal: sign_out_everywhere(journal, ADMIN, AT, 99),
        lambda journal: change_person(journal, ADMIN, AT, PersonEdit(99, 1), "", RULES),
    ],
)
def test_nobody_is_told_as_nobody(journal, act):
    with pytest.raises(JournalError, match=r"tidak (ada|ditemukan)"):
        act(journal)


def test_sign_out_everywhere_says_how_many(journal):
    added = add(journal)
    key = open_one(journal).key
    open_one(journal)
    assert sign_out_everywhere(journal, ADMIN, AT, added.id, "laptop hilang") == 2
    assert sign_out_everywhere(journal, ADMIN, AT, added.id, "laptop hilang") == 0
    assert find_identity(journal, key, AT, LIMITS) is None
    assert [one.why for one in entries(journal, Kind.SIGNED_OUT)] == ["laptop hilang"]


def test_people_sign_themselves_out_everywhere(journal):
    add(journal)
    add(journal, "siti@mojokertokab.go.id")
    scope = scope_of(open_one(journal).identity, ADDRESS)
    other = open_one(journal, login="siti@mojokertokab.go.id").key
    assert end_own_sign_ins(journal, scope, AT) == 1
    assert end_own_sign_ins(journal, replace(scope, is_verified=False, actor="siti@mojokertokab.go.id"), AT) == 0
    assert find_identity(journal, other, AT, LIMITS)


def test_people_change_their_own_password(journal):
    add(journal)
    opened = open_one(journal)
    scope = scope_of(opened.identity, ADDRESS)
    line = change_own_password(journal, scope, AT, PASSWORD, OTHER, RULES)
    assert line.login == LOGIN
    assert find_identity(journal, opened.key, AT, LIMITS) is None
    assert isinstance(sign_in(journal, AT, LOGIN, OTHER, ADDRESS, LIMITS), SignedIn)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("salah sama sekali", OTHER, "Kata sandi lama tidak cocok"),
        (PASSWORD, PASSWORD, "sama dengan yang lama"),
        (PASSWORD, "pendek", "paling sedikit 12"),
        ("salah sama sekali", "pendek", "Kata sandi lama tidak cocok"),
    ],
)
def test_own_passwords_that_are_refused(journal, old, new, words):
    add(journal)
    opened = open_one(journal)
    with pytest.raises(PeopleError, match=words):
        change_own_password(journal, scope_of(opened.identity, ADDRESS), AT, old, new, RULES)
    assert find_identity(journal, opened.key, AT, LIMITS)


def test_a_stolen_browser_cannot_try_old_passwords_freely(journal):
    add(journal)
    scope = scope_of(open_one(journal).identity, ADDRESS)
    for _ in range(3):
        with pytest.raises(PeopleError, match="tidak cocok"):
            change_own_password(journal, scope, AT, "salah sama sekali", OTHER, RULES)
    with pytest.raises(PeopleError, match="Tunggu 2 detik"):
        change_own_password(journal, scope, AT, PASSWORD, OTHER, RULES)
    assert [one.why for one in entries(journal, Kind.WRONG_SIGN_IN)] == [
        *["kata sandi lama tidak cocok"] * 3,
        "masih menunggu",
    ]


def test_a_name_that_was_only_typed_changes_no_password(journal):
    add(journal)
    typed = Scope(Role.LOCAL, LOGIN, is_verified=False)
    with pytest.raises(PeopleError, match="tidak cocok"):
        change_own_password(journal, typed, AT, PASSWORD, OTHER, RULES)


def test_areas_are_those_of_the_region():
    areas = read_areas("35.16")
    assert areas.opds["SETDA"] == "Sekretariat Daerah"
    assert areas.kecamatan["35.16.03"] == "Pacet"
    assert read_areas("99.99") == Areas({}, {})
    assert asdict(areas)


def test_the_password_that_was_set_is_the_one_that_is_kept(journal):
    assert check_password(None, PASSWORD, CHEAP).is_right is False
    assert adding(journal).has_password
