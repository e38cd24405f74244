"""Every change leaves who, when, what it was, what it is and why; never a secret, never a typed telephone number."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from journal.field_words import field_words
from journal.history import field_changes, write_entry
from journal.model import Base, Entry, Kind, Person, Remembered, ScreenPass
from journal.store import StaleEditError, get_for_edit, server_scope
from tests.unit.journal.examples import ADMIN, AT, person

LATER = AT.replace(hour=17)


def entries(journal):
    with journal.reading() as session:
        return session.scalars(sa.select(Entry).order_by(Entry.id)).all()


def change(journal, scope=ADMIN, at=AT, **values):
    with journal.writing(scope, at) as session:
        for name, value in values.items():
            setattr(session.get(Person, 1), name, value)


@pytest.fixture
def peopled(journal):
    with journal.writing(ADMIN, AT, "pegawai baru") as session:
        session.add(person(password_hash="$argon2id$rahasia"))
    return journal


def test_a_new_row_leaves_an_entry_with_all_its_values(peopled):
    (entry,) = entries(peopled)
    assert (entry.kind, entry.actor, entry.is_verified, entry.address, entry.at, entry.why) == (
        Kind.ADDED.value,
        ADMIN.actor,
        True,
        ADMIN.address,
        AT,
        "pegawai baru",
    )
    assert (entry.subject_kind, entry.subject, entry.subject_id, entry.subject_version) == (
        "orang",
        "budi@mojokertokab.go.id",
        1,
        1,
    )
    assert entry.before is None
    assert (entry.after["role"], entry.after["opd_code"], entry.after["created_at"]) == ("analis", None, AT.isoformat())


def test_a_change_tells_only_what_changed(peopled):
    change(peopled, role="walidata", name="Budi")
    entry = entries(peopled)[-1]
    assert (entry.kind, entry.before, entry.after) == (Kind.CHANGED.value, {"role": "analis"}, {"role": "walidata"})
    assert entry.subject_version == 2


def test_what_is_set_to_the_same_leaves_nothing(peopled):
    change(peopled, role="analis")
    assert len(entries(peopled)) == 1


def test_each_flush_of_one_transaction_is_told(peopled):
    with peopled.writing(ADMIN, AT) as session:
        row = session.get(Person, 1)
        row.role = "walidata"
        session.flush()
        row.role = "opd"
    assert [entry.after for entry in entries(peopled)[1:]] == [{"role": "walidata"}, {"role": "opd"}]


def test_a_secret_never_enters_an_entry(peopled):
    change(peopled, password_hash="$argon2id$lain")
    change(peopled, password_hash=None)
    assert "argon2" not in str([(entry.before, entry.after) for entry in entries(peopled)])
    assert [entry.after["password_hash"] for entry in entries(peopled)] == ["***", "***", None]


def test_use_of_a_screen_is_no_change_of_it(journal):
    with journal.writing(ADMIN, AT) as session:
        session.add(ScreenPass(label="Mini PC", screen_id="utama", key_digest="d", created_at=AT))
    with journal.writing(ADMIN, AT) as session:
        session.execute(sa.update(ScreenPass).where(ScreenPass.id == 1).values(used_at=AT))
    with journal.writing(ADMIN, AT) as session:
        session.get(ScreenPass, 1).used_at = LATER
    assert [entry.kind for entry in entries(journal)] == [Kind.ADDED.value]


@pytest.mark.parametrize("statement", ["UPDATE entry SET why = ''", "DELETE FROM entry"])
def test_entries_can_neither_be_changed_nor_deleted(peopled, statement):
    with pytest.raises(sa.exc.IntegrityError, match="append-only"), peopled.writing(ADMIN, AT) as session:
        session.execute(sa.text(statement))
    assert len(entries(peopled)) == 1


def test_a_stale_edit_is_told_who_changed_what_and_when(peopled):
    change(peopled, role="walidata", opd_code="2.11")
    change(peopled, scope=server_scope(), at=LATER, password_hash="$argon2id$lain", is_active=False)
    with pytest.raises(StaleEditError) as told, peopled.writing(ADMIN, AT) as session:
        get_for_edit(session, Person, 1, 1)
    assert str(told.value) == (
        "Data budi@mojokertokab.go.id sudah diubah sejak Anda membukanya, jadi perubahan Anda tidak disimpan. "
        "admin@mojokertokab.go.id, 21 November 2026 16.08: peran: analis → walidata; OPD: (kosong) → 2.11. "
        f"{server_scope().actor} (tidak terverifikasi), 21 November 2026 17.08: aktif: ya → tidak; kata sandi diganti. "
        "Muat ulang, lalu ulangi bila masih perlu."
    )


def test_only_changes_since_the_version_that_was_read_are_told(peopled):
    change(peopled, role="walidata")
    change(peopled, name="Budi Santoso")
    with pytest.raises(StaleEditError) as told, peopled.writing(ADMIN, AT) as session:
        get_for_edit(session, Person, 1, 2)
    assert "nama: Budi → Budi Santoso" in str(told.value)
    assert "peran" not in str(told.value)


def test_a_renamed_row_is_still_known_by_its_number(peopled):
    change(peopled, login="budi.s@mojokertokab.go.id")
    with pytest.raises(StaleEditError, match=r"login: budi@.* → budi\.s@"), peopled.writing(ADMIN, AT) as session:
        get_for_edit(session, Person, 1, 1)


def test_an_act_is_told_by_hand(journal):
    with journal.writing(ADMIN, AT) as session:
        write_entry(session, Kind.EXPORTED, "jelajah", "JLJ-1", after={"baris": 12}, why="rapat")
    (entry,) = entries(journal)
    assert (entry.kind, entry.subject_kind, entry.subject, entry.after, entry.why) == (
        "unduh",
        "jelajah",
        "JLJ-1",
        {"baris": 12},
        "rapat",
    )
    assert (entry.subject_id, entry.before) == (None, None)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("pindah bidang", "pindah bidang"),
        ("diminta budi@mojokertokab.go.id", "diminta budi@mojokertokab.go.id"),
        ("diminta Budi@mojokertokab.go.id, lalu", "diminta Budi@mojokertokab.go.id, lalu"),
        ("diminta warga@contoh.id", "diminta [disamarkan]"),
        ("NIK 3516012345678901", "NIK [disamarkan]"),
        ("081234567890 milik budi@mojokertokab.go.id", "[disamarkan] milik budi@mojokertokab.go.id"),
    ],
)
def test_what_people_type_is_covered_except_logins(peopled, typed, kept):
    with peopled.writing(ADMIN, AT, typed) as session:
        write_entry(session, Kind.REFUSED, "kelola", "x")
    assert entries(peopled)[-1].why.replace(" ", "") == kept.replace(" ", "")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ({"role": "analis"}, {"role": "opd"}, "peran: analis → opd"),
        ({"opd_code": None}, {"opd_code": "2.11"}, "OPD: (kosong) → 2.11"),
        (None, {"baris": 12}, "baris: 12"),
        (None, {"password_hash": "***"}, "kata sandi diisi"),
        ({"password_hash": "***"}, {"password_hash": None}, "kata sandi dihapus"),
        ({"is_active": False}, {"is_active": True}, "aktif: tidak → ya"),
        (None, None, ""),
    ],
)
def test_changes_are_told_in_words(before, after, words):
    assert field_changes(before, after) == words


def test_every_remembered_column_has_a_word():
    remembered = [mapper.class_ for mapper in Base.registry.mappers if issubclass(mapper.class_, Remembered)]
    columns = {column.name for kind in remembered for column in kind.__table__.columns} - {"id", "version"}
    assert columns <= field_words().keys()
