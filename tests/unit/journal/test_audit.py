"""Entries are found by what people remember of them, newest first, by those who may read them."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest

from journal.audit import AuditQuery, audit_kinds, entries_csv, find_entries
from journal.history import write_entry
from journal.model import Kind
from journal.store import server_scope
from tests.unit.journal.examples import ADMIN, AT
from warehouse.scope import NotPermittedError, Role, Scope

ANALYST = Scope(Role.ANALYST, "Sari@mojokertokab.go.id", is_verified=True, address="10.0.0.7")


@pytest.fixture
def audited(journal):
    """Four days, one entry a day: `masuk`, `unduh`, `ubah`, `pemeliharaan`."""
    acts = [
        (ANALYST, Kind.SIGNED_IN, "orang", "sari", {}),
        (
            ANALYST,
            Kind.EXPORTED,
            "jelajah",
            "JLJ-100%_A",
            {"after": {"saringan": 'tahun="2026" Édi'}, "why": "rapat Senin"},
        ),
        (ADMIN, Kind.CHANGED, "orang", "budi", {"before": {"role": "analis"}, "after": {"role": "walidata"}}),
        (server_scope(), Kind.MAINTAINED, "jurnal", "backup", {"why": "=1+1"}),
    ]
    for days, (scope, kind, subject_kind, subject, changes) in enumerate(acts):
        with journal.writing(scope, AT + timedelta(days=days)) as session:
            write_entry(session, kind, subject_kind, subject, **changes)
    return journal


def found(journal, **query):
    return [line.subject for line in find_entries(journal, ADMIN, AuditQuery(**query)).entries]


def test_newest_first_with_the_total(audited):
    assert found(audited) == ["backup", "budi", "JLJ-100%_A", "sari"]
    page = find_entries(audited, ADMIN, AuditQuery(), limit=2, offset=1)
    assert ([line.subject for line in page.entries], page.total) == (["budi", "JLJ-100%_A"], 4)


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("SARI@", ["JLJ-100%_A", "sari"]),  # actor
        ("jlj-100", ["JLJ-100%_A"]),  # subject
        ("Rapat senin", ["JLJ-100%_A"]),  # why
        ("ANALIS", ["budi"]),  # before
        ("walidata", ["budi"]),  # after
        ('"2026" édi', ["JLJ-100%_A"]),  # quotation marks and letters beyond a to z
        ("100%_a", ["JLJ-100%_A"]),
        ("%", ["JLJ-100%_A"]),
        ("_A", ["JLJ-100%_A"]),
        ("1_0", []),
        ("/", []),
        ("  budi ", ["budi"]),
        ("tidak ada", []),
    ],
)
def test_text_is_looked_for_everywhere_as_it_is_typed(audited, text, subjects):
    assert found(audited, text=text) == subjects


@pytest.mark.parametrize(
    ("query", "subjects"),
    [
        ({"kinds": ("ubah", "masuk")}, ["budi", "sari"]),
        ({"actor": "sari@MOJOKERTOKAB.go.id"}, ["JLJ-100%_A", "sari"]),
        ({"actor": "sari"}, ["JLJ-100%_A", "sari"]),
        ({"actor": "rapat"}, []),
        ({"since": date(2026, 11, 23)}, ["backup", "budi"]),
        ({"until": date(2026, 11, 22)}, ["JLJ-100%_A", "sari"]),
        ({"since": date(2026, 11, 22), "until": date(2026, 11, 22)}, ["JLJ-100%_A"]),
        ({"since": date(2026, 11, 22), "kinds": ("unduh",), "text": "rapat"}, ["JLJ-100%_A"]),
    ],
)
def test_parts_narrow_together(audited, query, subjects):
    assert found(audited, **query) == subjects


def test_a_line_tells_the_change_in_words(audited):
    (line,) = find_entries(audited, ADMIN, AuditQuery(kinds=("ubah",))).entries
    assert (line.changes, line.actor, line.address, line.is_verified) == (
        "peran: analis → walidata",
        ADMIN.actor,
        ADMIN.address,
        True,
    )


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.ADMIN, Role.LOCAL)])
def test_only_who_may_read_them_does(audited, role):
    scope = Scope(role, "x", is_verified=True, opd_codes=("2.11",) if role is Role.OPD else ())
    with pytest.raises(NotPermittedError):
        find_entries(audited, scope, AuditQuery())
    with pytest.raises(NotPermittedError):
        entries_csv(audited, scope, AT, AuditQuery())


def test_a_table_for_spreadsheets_calculates_nothing(audited):
    content = entries_csv(audited, ADMIN, AT, AuditQuery())
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == 5
    assert rows[1][-1] == "'=1+1"
    assert rows[2][1:5] == ["2026-11-23 16:08:00", "ubah", ADMIN.actor, "ya"]
    assert content.startswith(b"\xef\xbb\xbf")


def test_taking_the_trail_away_is_in_the_trail(audited):
    entries_csv(
        audited, ADMIN, AT + timedelta(days=9), AuditQuery("rapat 081234567890", ("unduh",), until=date(2026, 11, 30))
    )
    line = find_entries(audited, ADMIN, AuditQuery()).entries[0]
    assert (line.kind, line.subject, line.actor) == ("unduh", "jejak", ADMIN.actor)
    assert line.after == {
        "rows": 0,
        "format": "csv",
        "filters": {"cari": "rapat [disamarkan]", "jenis": ["unduh"], "sampai": "2026-11-30"},
    }


def test_kinds_to_choose_from():
    assert set(audit_kinds()) == {kind.value for kind in Kind}
