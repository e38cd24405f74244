"""A journal with a dozen people, keys of screens and a week of entries, all marked as examples: nobody is real."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from journal.history import write_entry
from journal.model import Kind
from journal.people import NewPerson, PersonEdit, PersonLine, add_person, change_person
from journal.screens import check_screen, create_pass, revoke_pass
from journal.sessions import Limits
from journal.signing import sign_in
from journal.store import Journal
from warehouse.scope import Role, Scope, machine_scope

PASSWORD = "lumbung kerbau jingga melompat"
LIMITS = Limits(idle_minutes=60, session_hours=12)
ADMIN = Scope(Role.ADMIN, "contoh.admin", is_verified=True, address="10.20.30.4")
PEOPLE: tuple[dict[str, Any], ...] = (
    {"login": "contoh.admin", "name": "Contoh Admin Diskominfo", "role": "admin"},
    {"login": "contoh.operator.pagi", "name": "Contoh Operator Pagi", "role": "operator", "has_restricted": True},
    {"login": "contoh.operator.malam", "name": "Contoh Operator Malam", "role": "operator"},
    {"login": "contoh.analis@contoh.go.id", "name": "Contoh Analis Bappeda", "role": "analis", "has_restricted": True},
    {"login": "contoh.dlh", "name": "Contoh Pengirim Lingkungan Hidup", "role": "opd", "opd_code": "DLH"},
    {"login": "contoh.perkim", "name": "Contoh Pengirim Perumahan", "role": "opd", "opd_code": "DPRKP2"},
    {"login": "contoh.kb", "name": "Contoh Pengirim Keluarga Berencana", "role": "opd", "opd_code": "DP2KBP2"},
    {"login": "contoh.dinkes", "name": "Contoh Pengirim Kesehatan", "role": "opd", "opd_code": "DINKES"},
    {"login": "contoh.walidata", "name": "Contoh Walidata", "role": "walidata"},
    {"login": "contoh.pimpinan", "name": "Contoh Pimpinan Daerah", "role": "pimpinan"},
    {"login": "contoh.camat", "name": "Contoh Pimpinan Kecamatan", "role": "pimpinan", "kecamatan_code": "35.16.03"},
    {"login": "contoh.pindah", "name": "Contoh Petugas Pindah Tugas", "role": "analis"},
)


def fill_journal(journal: Journal, now: datetime) -> None:
    """People as of nine days ago, and what they did since."""
    start = now - timedelta(days=9)
    lines = {one["login"]: _add(journal, start, one) for one in PEOPLE}
    _sign_in_daily(journal, now)
    _change(journal, now - timedelta(days=2), lines)
    _keys(journal, now)


def _add(journal: Journal, at: datetime, values: dict[str, Any]) -> PersonLine:
    has_password = "@" not in values["login"]
    new = NewPerson(**values, password=PASSWORD if has_password else None)
    return add_person(journal, ADMIN, at, new, "pembukaan akun")


def _sign_in_daily(journal: Journal, now: datetime) -> None:
    for days in range(6, -1, -1):
        for place, one in enumerate(PEOPLE[:10]):
            if (days + place) % 3 == 0 and "@" not in one["login"]:
                at = now - timedelta(days=days, minutes=20 + 7 * place)
                sign_in(journal, at, one["login"], PASSWORD, f"10.20.30.{10 + place}", LIMITS)
    sign_in(journal, now - timedelta(hours=3), "contoh.dlh", "salah sama sekali", "10.20.30.14", LIMITS)
    with journal.writing(machine_scope("Contoh Petugas Server"), now - timedelta(days=1)) as session:
        write_entry(session, Kind.MAINTAINED, "jurnal", "backup", after={"rows": 96})
    analyst = Scope(Role.ANALYST, "contoh.analis@contoh.go.id", is_verified=True, address="10.20.30.9")
    with journal.writing(analyst, now - timedelta(hours=2)) as session:
        write_entry(session, Kind.EXPORTED, "jelajah", "7F3A-19C2", after={"format": "csv", "rows": 12_345})


def _change(journal: Journal, at: datetime, lines: dict[str, PersonLine]) -> None:
    for login, changes, why in (
        ("contoh.pindah", {"is_active": False}, "pindah tugas ke kecamatan"),
        ("contoh.camat", {"kecamatan_code": "35.16.01"}, "pergantian wilayah tugas"),
        ("contoh.walidata", {"has_restricted": True}, "memeriksa karantina"),
    ):
        edit = PersonEdit(lines[login].id, lines[login].version, changes)
        change_person(journal, ADMIN, at, edit, why)


def _keys(journal: Journal, now: datetime) -> None:
    meeting = create_pass(journal, ADMIN, now - timedelta(days=8), "Contoh mini PC ruang rapat", "utama")
    create_pass(journal, ADMIN, now - timedelta(days=1), "Contoh papan lobi pelayanan", "papan_2x2")
    lost = create_pass(journal, ADMIN, now - timedelta(days=8), "Contoh laptop pinjaman", "utama")
    check_screen(journal, now - timedelta(minutes=2), meeting.token)
    revoke_pass(journal, ADMIN, now - timedelta(days=3), lost.line.id, lost.line.version, "laptop dikembalikan")
