"""Commands about people and screens, for the command line of the journal.

A password is never an argument, printed or logged: it is typed twice, or read from standard input. What cannot be done
is raised in words; the command line tells it.
"""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from gettext import gettext as _
from typing import Any

from journal.areas import read_areas
from journal.people import (
    NewPerson,
    PeopleError,
    PersonEdit,
    PersonLine,
    Rules,
    add_person,
    change_person,
    list_people,
    set_password,
    sign_out_everywhere,
)
from journal.screen_settings import kept_screens, screens_in_force
from journal.screens import PassLine, ScreenError, create_pass, list_passes, revoke_pass
from journal.store import Journal, server_scope
from warehouse.nearest import nearest_hint
from warehouse.scope import PEOPLE_ROLES
from warehouse.settings import Settings

DONE = 0
Act = Callable[[argparse.Namespace, Journal, Settings, datetime], int]
Parsers = Any  # argparse's own type of sub-parsers is private


def add_people_commands(commands: Parsers) -> None:
    """`people ...` and `screens ...`; each parser sets `act(options, journal, settings, now) -> exit code`."""
    people = commands.add_parser("people", help="orang yang boleh masuk").add_subparsers(
        required=True, metavar="TINDAKAN"
    )
    _add_adding(people)
    _add_act(people, "list", "daftar orang", _list_people)
    _add_changing(people)
    password = _add_act(people, "password", "ganti kata sandi; semua masuknya berakhir", _set_password, _of_person)
    _add_password(password)
    _add_act(people, "disable", "nonaktifkan; semua masuknya berakhir", _disable, _of_person)
    _add_act(people, "enable", "aktifkan lagi", _enable, _of_person)
    _add_act(people, "signout", "akhiri semua masuknya", _sign_out, _of_person)

    screens = commands.add_parser("screens", help="kunci layar dinding").add_subparsers(
        required=True, metavar="TINDAKAN"
    )
    new = _add_act(screens, "add", "buat kunci; alamatnya dicetak sekali saja", _add_screen)
    new.add_argument("--screen", required=True, metavar="LAYAR", help="layar di pendopo.toml, misalnya utama")
    new.add_argument("--label", required=True, metavar="NAMA", help="nama kunci, misalnya 'Mini PC ruang rapat'")
    _add_act(screens, "list", "daftar kunci", _list_screens)
    revoke = _add_act(screens, "revoke", "cabut kunci; layarnya berhenti dalam beberapa detik", _revoke_screen)
    revoke.add_argument("--id", required=True, type=int, metavar="NOMOR", help="nomor kunci dari screens list")
    revoke.add_argument("--why", default="", metavar="ALASAN", help="alasan, untuk jejak")


def _add_act(
    parsers: Parsers,
    name: str,
    words: str,
    act: Act,
    prepare: Callable[[argparse.ArgumentParser], None] | None = None,
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = parsers.add_parser(name, help=words, description=words)
    if prepare is not None:
        prepare(parser)

    parser.set_defaults(act=act)
    return parser


def _of_person(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--login", required=True, help="login orang itu")
    parser.add_argument("--why", default="", metavar="ALASAN", help="alasan, untuk jejak")


class _RefusePassword(argparse.Action):
    """A command line stays in the shell's history and in the list of processes."""

    def __call__(self, parser: argparse.ArgumentParser, *_given: object) -> None:
        parser.error(_("kata sandi tidak ditulis di baris perintah; ketik saat diminta, atau pakai --password-stdin"))


def _add_password(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--password-stdin", action="store_true", help="baca kata sandi dari masukan baku")
    parser.add_argument("--password", nargs="*", action=_RefusePassword, help=argparse.SUPPRESS)


def _add_adding(people: Parsers) -> None:
    parser = _add_act(people, "add", "tambah orang", _add_person, _of_person)
    parser.add_argument("--name", required=True, metavar="NAMA", help="nama orang itu")
    parser.add_argument("--role", required=True, metavar="PERAN", help=", ".join(PEOPLE_ROLES))
    parser.add_argument("--opd", metavar="KODE", help="batasi pada OPD ini; wajib untuk peran opd")
    parser.add_argument("--kecamatan", metavar="KODE", help="batasi pada kecamatan ini")
    parser.add_argument("--restricted", action="store_true", help="beri hak melihat kolom terbatas")
    how = parser.add_mutually_exclusive_group()
    _add_password(how)
    how.add_argument("--no-password", action="store_true", help="tanpa kata sandi: hanya masuk lewat OIDC")


def _add_changing(people: Parsers) -> None:
    parser = _add_act(people, "change", "ubah nama, peran, batas atau hak", _change_person, _of_person)
    parser.add_argument("--name", metavar="NAMA")
    parser.add_argument("--role", metavar="PERAN", help=", ".join(PEOPLE_ROLES))
    for name, words in (("opd", "OPD"), ("kecamatan", "kecamatan")):
        either = parser.add_mutually_exclusive_group()
        either.add_argument(f"--{name}", metavar="KODE", help=f"batasi pada {words} ini")
        either.add_argument(f"--no-{name}", action="store_true", help=f"tanpa batas {words}")
    parser.add_argument(
        "--restricted", action=argparse.BooleanOptionalAction, default=None, help="hak melihat kolom terbatas"
    )


def _add_person(options: argparse.Namespace, journal: Journal, settings: Settings, now: datetime) -> int:
    is_asked = not options.no_password and (options.password_stdin or "akun" in settings.access.sign_in)
    new = NewPerson(
        login=options.login,
        name=options.name,
        role=options.role,
        opd_code=options.opd,
        kecamatan_code=options.kecamatan,
        has_restricted=options.restricted,
        password=_read_password(options) if is_asked else None,
    )
    line = add_person(journal, server_scope(), now, new, options.why, _rules(settings))
    print(_("{name} ({login}) ditambahkan sebagai {role}.").format(name=line.name, login=line.login, role=line.role))
    return DONE


def _list_people(_options: argparse.Namespace, journal: Journal, _settings: Settings, now: datetime) -> int:
    lines = list_people(journal, server_scope(), now)
    if not lines:
        print(_("Belum ada orang. Tambahkan admin pertama: python -m journal people add --role admin ..."))
        return DONE
    head = [
        _("Login"),
        _("Nama"),
        _("Peran"),
        _("Batas"),
        _("Terbatas"),
        _("Aktif"),
        _("Kata sandi"),
        _("Sedang masuk"),
    ]
    _print_table([head, *(_person_cells(line) for line in lines)])
    return DONE


def _change_person(options: argparse.Namespace, journal: Journal, settings: Settings, now: datetime) -> int:
    asked = {"name": options.name, "role": options.role, "has_restricted": options.restricted}
    changes = {name: value for name, value in asked.items() if value is not None}
    for field, code, is_free in (
        ("opd_code", options.opd, options.no_opd),
        ("kecamatan_code", options.kecamatan, options.no_kecamatan),
    ):
        if code is not None or is_free:
            changes[field] = code
    if not changes:
        raise PeopleError(_("Tidak ada yang diubah: sebutkan --name, --role, --opd, --kecamatan atau --restricted."))
    return _change(options, journal, settings, now, changes)


def _disable(options: argparse.Namespace, journal: Journal, settings: Settings, now: datetime) -> int:
    return _change(options, journal, settings, now, {"is_active": False})


def _enable(options: argparse.Namespace, journal: Journal, settings: Settings, now: datetime) -> int:
    return _change(options, journal, settings, now, {"is_active": True})


def _change(
    options: argparse.Namespace, journal: Journal, settings: Settings, now: datetime, changes: dict[str, object]
) -> int:
    line = _find_person(journal, options.login)
    edit = PersonEdit(line.id, line.version, changes)
    changed = change_person(journal, server_scope(), now, edit, options.why, _rules(settings))
    same = changed.version == line.version
    words = _("{login} sudah seperti itu.") if same else _("{login} diubah.")
    print(words.format(login=changed.login))
    return DONE


def _set_password(options: argparse.Namespace, journal: Journal, settings: Settings, now: datetime) -> int:
    line = _find_person(journal, options.login)
    password = _read_password(options)
    set_password(journal, server_scope(), now, line.id, password, options.why, _rules(settings))
    print(_("Kata sandi {login} diganti; ia harus masuk lagi.").format(login=line.login))
    return DONE


def _sign_out(options: argparse.Namespace, journal: Journal, _settings: Settings, now: datetime) -> int:
    line = _find_person(journal, options.login)
    ended = sign_out_everywhere(journal, server_scope(), now, line.id, options.why)
    print(_("{login}: {count} masuk diakhiri.").format(login=line.login, count=ended))
    return DONE


def _add_screen(options: argparse.Namespace, journal: Journal, settings: Settings, now: datetime) -> int:
    known = screens_in_force(settings.screens, kept_screens(journal))
    made = create_pass(journal, server_scope(), now, options.label, options.screen, known)
    base = settings.access.public_url.rstrip("/")
    if not base:
        print(_("access.public_url belum diisi: awali alamat di bawah ini dengan alamat Pendopo."))
    print(_("Buka sekali di browser layar itu; alamat ini tidak dapat ditampilkan lagi:"))
    print(f"{base}/layar/{made.token}")
    return DONE


def _list_screens(_options: argparse.Namespace, journal: Journal, _settings: Settings, _now: datetime) -> int:
    lines = list_passes(journal, server_scope())
    if not lines:
        print(_("Belum ada kunci layar. Buat satu: python -m journal screens add --screen LAYAR --label NAMA"))
        return DONE
    head = [_("Nomor"), _("Nama"), _("Layar"), _("Dibuat"), _("Terakhir dipakai"), _("Dicabut")]
    _print_table([head, *(_pass_cells(line) for line in lines)])
    return DONE


def _revoke_screen(options: argparse.Namespace, journal: Journal, _settings: Settings, now: datetime) -> int:
    line = next((line for line in list_passes(journal, server_scope()) if line.id == options.id), None)
    if line is None:
        raise ScreenError(_("Kunci nomor {id} tidak ada. Lihat: python -m journal screens list").format(id=options.id))
    revoke_pass(journal, server_scope(), now, line.id, line.version, options.why)
    print(_("Kunci {label} dicabut.").format(label=line.label))
    return DONE


def _rules(settings: Settings) -> Rules:
    return Rules(read_areas(settings.region.region_code))


def _find_person(journal: Journal, login: str) -> PersonLine:
    people = {line.login: line for line in list_people(journal, server_scope())}
    wanted = login.strip().lower()
    if wanted not in people:
        hint = nearest_hint(wanted, people) or "."
        raise PeopleError(_("Tidak ada orang dengan login {login}{hint}").format(login=wanted, hint=hint))
    return people[wanted]


def _read_password(options: argparse.Namespace) -> str:
    """Raises PeopleError."""
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise PeopleError(_("Tidak ada layar untuk mengetik kata sandi. Pakai --password-stdin."))
    password = getpass.getpass(_("Kata sandi: "))
    if getpass.getpass(_("Sekali lagi: ")) != password:
        raise PeopleError(_("Kedua kata sandi tidak sama. Ulangi perintahnya."))
    return password


def _person_cells(line: PersonLine) -> list[str]:
    limits = ", ".join(code for code in (line.opd_code, line.kecamatan_code) if code) or _("seluruh daerah")
    flags = [_yes(flag) for flag in (line.has_restricted, line.is_active, line.has_password)]
    return [line.login, line.name, line.role, limits, *flags, str(line.open_sign_ins)]


def _pass_cells(line: PassLine) -> list[str]:
    times = [f"{at:%Y-%m-%d %H.%M}" if at else "-" for at in (line.created_at, line.used_at, line.revoked_at)]
    return [str(line.id), line.label, line.screen_id, *times]


def _yes(flag: bool) -> str:
    return _("ya") if flag else _("tidak")


def _print_table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
