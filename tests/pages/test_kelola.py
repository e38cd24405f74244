"""People, screens and the trail on `kelola`: each act works, each refusal is told, nothing secret is sent."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
import streamlit as st
from argon2 import PasswordHasher
from streamlit.testing.v1 import AppTest

from journal.audit import AuditQuery, find_entries
from journal.history import write_entry
from journal.model import Kind, Person, ScreenPass
from journal.passwords import Hashing
from journal.people import NewPerson, PersonEdit, PersonLine, Rules, add_person, change_person, list_people
from journal.screens import check_screen, create_pass, list_passes
from journal.sessions import Limits, SignedIn
from journal.signing import sign_in
from journal.store import Journal
from pages.shared import access
from pages.shared.administration import facts as facts_module
from pages.shared.administration.audit import make_csv
from pages.shared.administration.audit_words import change_lines
from pages.shared.administration.facts import Facts, read_facts
from pages.shared.administration.people import matches
from pages.shared.administration.roles import rights_matrix, role_sentence, row_title
from pages.shared.administration.screens import carried_words, size_words
from pages.shared.opened_journal import journal as open_the_journal
from pages.shared.taking import Taker, TakingError
from tests.pages.conftest import NOW
from tests.pages.reading import PAGES_DIR, open_page, words_of
from warehouse.scope import ALLOWED, PEOPLE_ROLES, Action, NotPermittedError, Role, Scope, machine_scope
from warehouse.screen_settings import Screen

CHEAP = Hashing(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1), login_rounds=2)
LIMITS = Limits(idle_minutes=60, session_hours=12, hashing=CHEAP)
ADMIN = Scope(Role.ADMIN, "contoh.admin", is_verified=True, address="10.20.30.4")
OTHER = Scope(Role.ADMIN, "contoh.admin2", is_verified=True, address="10.20.30.5")
PASSWORD = "lumbung kerbau jingga melompat"


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Journal]:
    """An own journal with no release beside it, looked at by an admin, hashing cheaply."""
    monkeypatch.setenv("PENDOPO_DATA_DIR", str(tmp_path))
    monkeypatch.setattr("pages.shared.data.local_now", lambda: NOW)
    monkeypatch.setattr(Facts, "rules", property(_cheap_rules))
    st.cache_resource.clear()
    look_as(monkeypatch, ADMIN)
    opened = open_the_journal()
    add_person(opened, ADMIN, NOW, NewPerson("contoh.admin", "Contoh Admin", "admin", password=PASSWORD), rules=RULES)
    yield opened
    st.cache_resource.clear()


RULES = Rules(hashing=CHEAP)
_REAL_RULES = facts_module.Facts.rules


def _cheap_rules(facts: Facts) -> Rules:
    return Rules(_REAL_RULES.__get__(facts).areas, CHEAP)


def look_as(monkeypatch: pytest.MonkeyPatch, scope: Scope) -> None:
    monkeypatch.setattr(access, "current_scope", lambda: scope)


def add(journal: Journal, login: str = "contoh.dlh", **values: object) -> PersonLine:
    new = NewPerson(**{"login": login, "name": f"Contoh {login}", "role": "analis"} | values)
    return add_person(journal, ADMIN, NOW, new, rules=RULES)


def person(journal: Journal, login: str) -> PersonLine:
    return next(one for one in list_people(journal, ADMIN, NOW) if one.login == login)


def labelled(shown: AppTest, kind: str, label: str):
    """The widget of that label, as a reader finds it."""
    found = [one for one in getattr(shown, kind) if one.label.startswith(label)]
    assert len(found) == 1, (label, [one.label for one in getattr(shown, kind)])
    return found[0]


def click(shown: AppTest, label: str) -> AppTest:
    shown = labelled(shown, "button", label).click().run()
    assert [one.value for one in shown.exception] == []
    return shown


def told(shown: AppTest) -> str:
    return " ".join(re.sub(r"\\(.)", r"\1", str(one.value)) for one in (*shown.error, *shown.success, *shown.warning))


def everything_sent(shown: AppTest) -> str:
    """All that reaches the browser, tables decoded."""
    return "\n".join(str(element.proto) for element in shown.main) + words_of(shown)


# --- who may see what


@pytest.mark.parametrize("role", [role for role in PEOPLE_ROLES if role is not Role.ADMIN])
def test_a_role_without_the_rights_sees_nothing_but_the_refusal(journal, monkeypatch, role):
    look_as(monkeypatch, Scope(role, "contoh.lain", is_verified=True, opd_codes=("DLH",) if role is Role.OPD else ()))
    for part in ("", "orang", "layar", "pemberitahuan", "jejak"):
        shown = open_page("kelola", bagian=part, orang="1")
        assert "tidak berhak mengelola orang" in shown.warning[0].value
        assert not shown.tabs
        assert "contoh.admin" not in everything_sent(shown)


@pytest.mark.parametrize(
    ("right", "tabs"),
    [
        (Action.MANAGE_PEOPLE, ["Orang", "Pemberitahuan"]),
        (Action.MANAGE_SCREENS, ["Layar"]),
        (Action.READ_AUDIT, ["Jejak"]),
    ],
)
def test_each_tab_needs_its_own_right(journal, monkeypatch, right, tabs):
    monkeypatch.setitem(ALLOWED, Role.ADMIN, frozenset({right}))
    shown = open_page("kelola", bagian="orang")
    assert [one.label for one in shown.tabs] == tabs
    assert not shown.exception
    assert ("contoh.admin" in everything_sent(shown)) == (tabs != ["Layar"])


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("orang", "Cari orang"),
        ("layar", "Nama kunci baru"),
        ("jejak", "Jenis"),
        ("", "Cari orang"),
        ("x", "Cari orang"),
    ],
)
def test_the_address_leads_to_a_tab(journal, asked, words):
    shown = open_page("kelola", bagian=asked)
    labels = [one.label for one in (*shown.text_input, *shown.multiselect)]
    assert words in labels


def test_in_lokal_mode_an_act_needs_a_name(journal, monkeypatch):
    look_as(monkeypatch, machine_scope(""))
    shown = open_page("kelola", bagian="layar")
    assert "Isi dahulu Nama Anda di bilah samping" in words_of(shown)
    labelled(shown, "text_input", "Nama kunci baru").input("Contoh mini PC")
    shown = click(shown, "Buat kunci")
    assert "Isi dahulu Nama Anda" in told(shown)
    assert list_passes(journal, ADMIN) == []
    look_as(monkeypatch, machine_scope("Contoh Petugas"))
    shown = click(shown, "Buat kunci")
    assert [one.label for one in list_passes(journal, ADMIN)] == ["Contoh mini PC"]
    shown = open_page("kelola", bagian="jejak")
    assert "Contoh Petugas" in words_of(shown)
    assert "tidak terverifikasi" in words_of(shown)


# --- people


def test_the_list_tells_reach_in_names(journal):
    add(journal, "contoh.dlh", role="opd", opd_code="DLH")
    add(journal, "contoh.camat", role="pimpinan", kecamatan_code="35.16.03", has_restricted=False)
    signed = sign_in(journal, NOW, "contoh.admin", PASSWORD, "10.20.30.4", LIMITS)
    assert isinstance(signed, SignedIn)
    shown = open_page("kelola")
    words = words_of(shown)
    assert "DLH · Dinas Lingkungan Hidup" in words
    assert "Kecamatan Pacet" in words
    assert "3 orang, 3 aktif, 1 sedang masuk." in words
    row = next(row for row in shown.dataframe[0].value.itertuples(index=False) if "contoh.admin" in row)
    assert row[3:] == ("admin", "seluruh daerah", "tidak", "ya", NOW, 1)


def test_search_finds_by_every_word(journal):
    add(journal, "contoh.dlh", role="opd", opd_code="DLH")
    shown = open_page("kelola")
    labelled(shown, "text_input", "Cari orang").input("lingkungan opd").run()
    assert [row[2] for row in shown.dataframe[0].value.itertuples(index=False)] == ["contoh.dlh"]
    labelled(shown, "text_input", "Cari orang").input("tidak ada yang begini").run()
    assert "Tidak ada orang yang cocok" in shown.info[0].value


def test_an_unknown_person_in_the_address_is_said(journal):
    shown = open_page("kelola", orang="999")
    assert "tidak ada di jurnal" in told(shown)


def test_add_with_a_password_shown_once(journal):
    shown = click(open_page("kelola"), "Tambah orang")
    labelled(shown, "text_input", "Nama").input("Contoh Pengirim DLH")
    labelled(shown, "text_input", "Login").input("Contoh.DLH")
    labelled(shown, "selectbox", "Peran").select("opd").run()
    labelled(shown, "selectbox", "OPD").select("DLH")
    labelled(shown, "text_input", "Alasan").input("petugas baru")
    shown = click(shown, "Simpan orang baru")
    assert "Contoh Pengirim DLH ditambahkan." in told(shown)
    (password,) = [one.value for one in shown.code]
    assert shown.query_params["orang"] == str(person(journal, "contoh.dlh").id)
    assert isinstance(sign_in(journal, NOW, "contoh.dlh", password, "", LIMITS), SignedIn)
    again = shown.run()
    assert password not in everything_sent(again)
    entry = find_entries(journal, ADMIN, AuditQuery(kinds=("tambah",))).entries[0]
    assert (entry.actor, entry.subject, entry.why) == ("contoh.admin", "contoh.dlh", "petugas baru")


def test_a_refused_addition_keeps_what_was_typed(journal):
    shown = open_page("kelola", orang="baru")
    labelled(shown, "text_input", "Nama").input("Contoh Pengirim")
    labelled(shown, "text_input", "Login").input("contoh.admin")
    shown = click(shown, "Simpan orang baru")
    assert "Login contoh.admin sudah dipakai oleh Contoh Admin" in told(shown)
    assert labelled(shown, "text_input", "Nama").value == "Contoh Pengirim"
    labelled(shown, "text_input", "Login").input("contoh.opd")
    labelled(shown, "selectbox", "Peran").select("opd").run()
    shown = click(shown, "Simpan orang baru")
    assert "pilih OPD-nya" in told(shown)
    assert [one.login for one in list_people(journal, ADMIN)] == ["contoh.admin"]


def test_an_oidc_person_needs_no_password(journal):
    shown = open_page("kelola", orang="baru")
    labelled(shown, "text_input", "Nama").input("Contoh Analis")
    labelled(shown, "text_input", "Login").input("contoh@contoh.go.id")
    labelled(shown, "checkbox", "Buat kata sandi acak").uncheck()
    shown = click(shown, "Simpan orang baru")
    assert not shown.code
    assert not person(journal, "contoh@contoh.go.id").has_password


def open_person(journal: Journal, login: str) -> AppTest:
    return open_page("kelola", bagian="orang", orang=str(person(journal, login).id))


def test_a_change_needs_a_reason_and_is_kept(journal):
    add(journal)
    shown = open_person(journal, "contoh.dlh")
    shown = click(shown, "Simpan perubahan")
    assert "Tidak ada yang diubah" in told(shown)
    labelled(shown, "selectbox", "Peran").select("walidata").run()
    labelled(shown, "checkbox", "Berhak melihat kolom terbatas").check()
    shown = click(shown, "Simpan perubahan")
    assert "Tulis alasan perubahan" in told(shown)
    labelled(shown, "text_input", "Alasan perubahan").input("pindah tugas")
    shown = click(shown, "Simpan perubahan")
    assert "Perubahan disimpan." in told(shown)
    now = person(journal, "contoh.dlh")
    assert (now.role, now.has_restricted) == ("walidata", True)
    assert labelled(shown, "text_input", "Alasan perubahan").value == ""
    entry = find_entries(journal, ADMIN, AuditQuery(kinds=("ubah",))).entries[0]
    assert (entry.subject, entry.why) == ("contoh.dlh", "pindah tugas")


def test_a_stale_edit_tells_what_changed_and_reads_again(journal):
    read = add(journal)
    shown = open_person(journal, "contoh.dlh")
    edit = PersonEdit(read.id, read.version, {"role": "pimpinan"})
    change_person(journal, OTHER, NOW - timedelta(minutes=3), edit, "naik jabatan")
    labelled(shown, "selectbox", "Peran").select("walidata").run()
    labelled(shown, "text_input", "Alasan perubahan").input("pindah tugas")
    shown = click(shown, "Simpan perubahan")
    assert "contoh.admin2, 21 November 2026 16.05: peran: analis → pimpinan" in told(shown)
    assert person(journal, "contoh.dlh").role == "pimpinan"
    assert labelled(shown, "selectbox", "Peran").value == "pimpinan"
    labelled(shown, "selectbox", "Peran").select("walidata").run()
    labelled(shown, "text_input", "Alasan perubahan").input("pindah tugas")
    assert "Perubahan disimpan." in told(click(shown, "Simpan perubahan"))
    assert person(journal, "contoh.dlh").role == "walidata"


def test_the_last_admin_stays(journal):
    shown = open_person(journal, "contoh.admin")
    labelled(shown, "checkbox", "Aktif").uncheck()
    labelled(shown, "text_input", "Alasan perubahan").input("cuti")
    shown = click(shown, "Simpan perubahan")
    assert "admin terakhir yang aktif" in told(shown)
    assert person(journal, "contoh.admin").is_active


def test_a_role_that_cannot_hold_the_restricted_right_loses_it(journal):
    add(journal, has_restricted=True)
    shown = open_person(journal, "contoh.dlh")
    labelled(shown, "selectbox", "Peran").select("pimpinan").run()
    assert labelled(shown, "checkbox", "Berhak melihat kolom terbatas").disabled
    labelled(shown, "text_input", "Alasan perubahan").input("naik jabatan")
    assert "Perubahan disimpan." in told(click(shown, "Simpan perubahan"))
    assert not person(journal, "contoh.dlh").has_restricted


def test_a_new_password_typed_or_drawn(journal):
    add(journal)
    shown = open_person(journal, "contoh.dlh")
    labelled(shown, "text_input", "Kata sandi baru").input("pendek")
    shown = click(shown, "Simpan kata sandi")
    assert "paling sedikit 12 karakter" in told(shown)
    labelled(shown, "text_input", "Kata sandi baru").input(PASSWORD)
    shown = click(shown, "Simpan kata sandi")
    assert "Kata sandi diganti." in told(shown)
    assert PASSWORD not in everything_sent(shown)
    assert isinstance(sign_in(journal, NOW, "contoh.dlh", PASSWORD, "", LIMITS), SignedIn)
    shown = click(shown, "Buat acak")
    (password,) = [one.value for one in shown.code]
    assert isinstance(sign_in(journal, NOW, "contoh.dlh", password, "", LIMITS), SignedIn)
    assert not isinstance(sign_in(journal, NOW, "contoh.dlh", PASSWORD, "", LIMITS), SignedIn)
    assert password not in everything_sent(shown.run())


def test_sign_out_everywhere(journal):
    add(journal, password=PASSWORD)
    for _time in range(2):
        sign_in(journal, NOW, "contoh.dlh", PASSWORD, "10.20.30.9", LIMITS)
    shown = open_person(journal, "contoh.dlh")
    assert "2 perangkat sedang masuk." in words_of(shown)
    shown = click(shown, "Keluarkan sekarang")
    assert "2 kali masuk diakhiri." in told(shown)
    assert person(journal, "contoh.dlh").open_sign_ins == 0


def test_the_way_back_and_to_the_trail(journal):
    add(journal)
    shown = click(open_person(journal, "contoh.dlh"), "Lihat jejak orang ini")
    assert shown.query_params["bagian"] == "jejak"
    assert labelled(shown, "text_input", "Cari").value == "contoh.dlh"
    shown = click(open_person(journal, "contoh.dlh"), "← Semua orang")
    assert len(shown.dataframe[0].value) == 2


def test_nothing_secret_is_sent(journal):
    add(journal, password=PASSWORD)
    made = create_pass(journal, ADMIN, NOW, "Contoh mini PC", "utama")
    signed = sign_in(journal, NOW, "contoh.dlh", PASSWORD, "", LIMITS)
    assert isinstance(signed, SignedIn)
    with journal.reading() as session:
        secrets = [one.password_hash for one in session.query(Person) if one.password_hash]
        secrets += [one.key_digest for one in session.query(ScreenPass)]
    pages = [
        open_page("kelola"),
        open_person(journal, "contoh.dlh"),
        open_page("kelola", bagian="layar"),
        open_page("kelola", bagian="jejak"),
    ]
    sent = "\n".join(everything_sent(shown) for shown in pages)
    assert "contoh.dlh" in sent
    for secret in (*secrets, made.token, signed.key, PASSWORD, "argon2"):
        assert secret not in sent


# --- roles


def test_the_matrix_says_what_scope_allows():
    matrix = rights_matrix().set_index("Hak")
    for role in PEOPLE_ROLES:
        for action in Action:
            cell = matrix.loc[row_title(action), role.value]
            assert (cell == "–") == (action not in ALLOWED[role])


@pytest.mark.parametrize("role", PEOPLE_ROLES)
def test_every_role_has_its_sentence(role):
    sentence = role_sentence(role)
    assert all((action.value in sentence) == (action in ALLOWED[role]) for action in Action)


def test_matching_looks_at_all_that_is_told(journal):
    line = add(journal, role="opd", opd_code="DLH")
    facts = read_facts()
    assert matches("", line, facts)
    assert matches("dinas HIDUP", line, facts)
    assert not matches("dinas sosial", line, facts)


# --- screens


def test_the_screens_are_told_as_facts(journal, monkeypatch):
    monkeypatch.setenv("PENDOPO_ACCESS__WALL_SUBNETS", '{"10.20.40.0/24": ["papan_2x2"]}')
    st.cache_resource.clear()
    words = words_of(open_page("kelola", bagian="layar"))
    assert "Layar utama (utama)" in words
    assert "sekitar 55 inci" in words
    assert "4,0 m" in words
    assert "10.20.40.0/24 | Papan 2x2 panel 55 inci" in words


def test_size_in_words():
    screen = Screen(title="Contoh", width_mm=1210, pixels=(1920, 1080))
    assert size_words(screen, "id_ID") == "lebar 1.210 mm, sekitar 55 inci, 1920 × 1080 piksel"


def test_what_a_screen_carries_is_told_from_its_drawings():
    assert "belum ada rilis" in carried_words(())


def test_a_key_is_made_shown_once_and_revoked(journal):
    shown = open_page("kelola", bagian="layar")
    assert "Belum ada kunci yang berlaku." in words_of(shown)
    shown = click(shown, "Buat kunci")
    assert "Nama kunci wajib diisi" in told(shown)
    labelled(shown, "text_input", "Nama kunci baru").input("Contoh mini PC")
    labelled(shown, "selectbox", "Untuk layar").select("papan_2x2")
    shown = click(shown, "Buat kunci")
    shown_address, command = (one.value for one in shown.code)
    token = shown_address.rpartition("/layar/")[2]
    assert check_screen(journal, NOW, token) == "papan_2x2"
    assert "dinding?layar=papan_2x2" in command
    assert "tampil sekali saja" in told(shown)
    assert labelled(shown, "text_input", "Nama kunci baru").value == ""
    shown = shown.run()
    assert not shown.code
    assert token not in everything_sent(shown)
    shown = click(shown, "Ya, cabut kunci ini")
    assert "Tulis alasan" in told(shown)
    assert check_screen(journal, NOW, token) == "papan_2x2"
    labelled(shown, "text_input", "Alasan").input("mini PC hilang")
    shown = click(shown, "Ya, cabut kunci ini")
    assert "Kunci Contoh mini PC dicabut." in told(shown)
    assert check_screen(journal, NOW, token) is None
    assert "Kunci yang sudah dicabut (1)" in [one.label for one in shown.expander]
    entry = find_entries(journal, ADMIN, AuditQuery(kinds=("ubah",))).entries[0]
    assert entry.why == "mini PC hilang"


def test_a_second_key_of_the_same_name_is_refused(journal):
    create_pass(journal, ADMIN, NOW, "Contoh mini PC", "utama")
    shown = open_page("kelola", bagian="layar")
    labelled(shown, "text_input", "Nama kunci baru").input("Contoh mini PC")
    assert "sudah ada dan masih berlaku" in told(click(shown, "Buat kunci"))


# --- the trail


def write(journal: Journal, scope: Scope, kind: Kind, at: datetime = NOW, **changes: object) -> None:
    with journal.writing(scope, at) as session:
        write_entry(session, kind, "orang", "contoh.dlh", **changes)


def test_changes_are_told_in_plain_words(journal):
    facts = read_facts()
    before = {"role": "analis", "opd_code": None, "is_active": True, "password_hash": None, "revoked_at": None}
    after = {
        "role": "opd",
        "opd_code": "DLH",
        "is_active": False,
        "password_hash": "***",
        "revoked_at": "2026-11-21T16:08:00",
    }
    assert change_lines(facts, before, after) == [
        "peran: analis → opd",
        "OPD: tidak dibatasi → DLH · Dinas Lingkungan Hidup",
        "aktif: ya → tidak",
        "kata sandi dibuat",
        "dicabut: kosong → 21 November 2026 16.08 WIB",
    ]
    assert change_lines(facts, None, {"rows": 12345, "format": "csv", "opd_code": None}) == [
        "baris: 12.345",
        "format: csv",
    ]
    assert change_lines(facts, {"password_hash": "***"}, {"password_hash": "***"}) == ["kata sandi diganti"]
    assert change_lines(facts, None, None) == []


def test_the_trail_is_searched(journal):
    write(journal, OTHER, Kind.SIGNED_IN, NOW - timedelta(days=3))
    write(journal, machine_scope("Contoh Petugas"), Kind.EXPORTED, why="rapat")
    shown = open_page("kelola", bagian="jejak")
    assert "3 catatan, terbaru di atas." in words_of(shown).replace("*", "")
    labelled(shown, "text_input", "Cari").input("rapat").run()
    assert len(shown.table[0].value) == 1
    labelled(shown, "button", "Hapus saringan").click().run()
    labelled(shown, "multiselect", "Jenis").select("masuk").run()
    assert "contoh.admin2" in str(shown.table[0].value.iloc[0, 1])
    labelled(shown, "button", "Hapus saringan").click().run()
    labelled(shown, "text_input", "Siapa").input("CONTOH.ADMIN2").run()
    assert len(shown.table[0].value) == 1
    labelled(shown, "button", "Hapus saringan").click().run()
    labelled(shown, "date_input", "Sampai").set_value(date(2026, 11, 20)).run()
    assert len(shown.table[0].value) == 1
    labelled(shown, "date_input", "Dari").set_value(date(2026, 11, 21)).run()
    assert "Tanggal awal lebih baru" in told(shown)
    assert not shown.table


def test_the_trail_is_read_page_by_page(journal):
    for minute in range(30):
        write(journal, OTHER, Kind.SIGNED_IN, NOW - timedelta(minutes=minute + 1))
    shown = open_page("kelola", bagian="jejak")
    assert len(shown.table[0].value) == 25
    shown.pagination[0].select(2).run()
    assert len(shown.table[0].value) == 6
    labelled(shown, "multiselect", "Jenis").select("masuk").run()
    assert len(shown.table[0].value) == 25


def test_the_download_is_the_whole_search_and_leaves_an_entry(journal):
    for minute in range(30):
        write(journal, OTHER, Kind.SIGNED_IN, NOW - timedelta(minutes=minute + 1))
    query = AuditQuery(kinds=("masuk",))
    taken = make_csv(Taker(ADMIN, ""), query, 30, [])
    assert len(list(csv.reader(io.StringIO(taken.decode("utf-8-sig"))))) == 31
    entry = find_entries(journal, ADMIN, AuditQuery(kinds=("unduh",))).entries[0]
    assert (entry.actor, entry.subject_kind, entry.subject) == ("contoh.admin", "kelola", "jejak")
    assert entry.after == {"format": "csv", "rows": 30, "filters": {"jenis": ["masuk"]}}


def test_the_download_is_refused_without_the_right_or_after_the_sign_in(journal):
    told: list[str] = []
    analyst = Scope(Role.ANALYST, "contoh.analis", is_verified=True)
    with pytest.raises(NotPermittedError):
        make_csv(Taker(analyst, ""), AuditQuery(), 1, told)
    with pytest.raises(TakingError):
        make_csv(Taker(ADMIN, "kunci yang sudah berakhir"), AuditQuery(), 1, told)
    with pytest.raises(TakingError):
        make_csv(Taker(ADMIN, ""), AuditQuery(), 10**6, told)
    assert [words.split(" ", 1)[0] for words in told] == ["Peran", "Masa", "Unduhan"]
    assert find_entries(journal, ADMIN, AuditQuery(kinds=("unduh",))).total == 0


def test_why_a_download_was_refused_is_said_on_the_page(journal):
    shown = AppTest.from_file(str(PAGES_DIR / "kelola.py"), default_timeout=120)
    shown.session_state["kelola:jejak:ditolak"] = ["Masa masuk Anda berakhir."]
    shown.query_params["bagian"] = "jejak"
    assert "Masa masuk Anda berakhir." in told(shown.run())
    assert "Masa masuk Anda berakhir." not in told(shown.run())
