"""People and screens from the command line: what each command does, refuses, and never prints."""

from __future__ import annotations

import argparse
import io
import sys
from types import SimpleNamespace

import pytest

from journal import people_commands
from journal.areas import Areas
from journal.failures import JournalError
from journal.model import Kind
from journal.people import Rules, list_people
from journal.people_commands import add_people_commands
from journal.screens import check_screen, list_passes
from journal.sessions import SignedIn, find_identity
from journal.signing import sign_in
from tests.unit.journal.examples import ADMIN, AT
from tests.unit.journal.signers import ADDRESS, CHEAP, LIMITS, LOGIN, PASSWORD, add, entries, later, open_one

OTHER = "payung ungu menjahit gerimis"
SETTINGS = SimpleNamespace(
    access=SimpleNamespace(sign_in=("akun",), public_url="https://pendopo.mojokertokab.go.id/"),
    screens={"utama": None, "papan_2x2": None},
)


class Typed(io.StringIO):
    is_terminal = False

    def isatty(self):
        return self.is_terminal


@pytest.fixture
def run(journal, monkeypatch, capsys):
    """Run a command line with what is typed into it; its exit code, what it prints and what it complains of."""

    def run(line: str, typed: str = "", settings=SETTINGS):
        monkeypatch.setattr("sys.stdin", Typed(typed))
        parser = argparse.ArgumentParser()
        add_people_commands(parser.add_subparsers(required=True))
        arguments = [part.replace("_", " ") for part in line.split()]
        try:
            options = parser.parse_args(arguments)
            code = options.act(options, journal, settings, AT)
        except SystemExit as left:
            code = left.code
        except JournalError as error:  # as the command line tells it
            print(error, file=sys.stderr)
            code = 2
        printed = capsys.readouterr()
        assert PASSWORD not in printed.out + printed.err
        return code, printed.out, printed.err

    areas = Areas({"DLH": "Dinas Lingkungan Hidup"}, {"35.16.03": "Pacet"})
    monkeypatch.setattr(people_commands, "_rules", lambda _settings: Rules(areas, CHEAP))
    return run


ADD = "people add --login siti --name Siti_Aminah --role"


def test_the_first_admin_is_added_and_signs_in(journal, run):
    code, out, err = run(f"{ADD} admin --password-stdin --why admin_pertama", f"{PASSWORD}\n")
    assert (code, out, err) == (0, "Siti Aminah (siti) ditambahkan sebagai admin.\n", "")
    assert isinstance(sign_in(journal, AT, "siti", PASSWORD, ADDRESS, LIMITS), SignedIn)
    added = entries(journal, Kind.ADDED)[0]
    assert added.actor.startswith("server:")
    assert (added.is_verified, added.why) == (False, "admin pertama")


def test_a_password_is_typed_twice(journal, run, monkeypatch):
    monkeypatch.setattr(Typed, "is_terminal", True)
    typed = iter([PASSWORD, PASSWORD])
    monkeypatch.setattr("getpass.getpass", lambda _words: next(typed))
    assert run(f"{ADD} analis")[0] == 0
    typed = iter([OTHER, PASSWORD])
    assert "tidak sama" in run("people password --login siti")[2]
    typed = iter([OTHER, OTHER])
    assert run("people password --login siti")[0] == 0
    assert isinstance(sign_in(journal, AT, "siti", OTHER, ADDRESS, LIMITS), SignedIn)


def test_people_of_a_provider_need_no_password(journal, run):
    only_oidc = SimpleNamespace(access=SimpleNamespace(sign_in=("oidc",), public_url=""), screens={})
    assert run(f"{ADD} analis --no-password")[0] == 0
    assert run("people add --login tono --name Tono --role operator", settings=only_oidc)[0] == 0
    assert [line.has_password for line in list_people(journal, ADMIN)] == [False, False]


# What is refused: exit code 2, words on standard error, nothing changed.
@pytest.mark.parametrize(
    ("line", "typed", "words"),
    [
        (f"{ADD} analis", "", "Pakai --password-stdin"),
        (f"{ADD} analis --password-stdin", "", "paling sedikit 12"),
        (f"{ADD} analis --password-stdin", "password1234\n", "pertama kali ditebak"),
        (f"{ADD} analist --no-password", "", "maksudnya 'analis'?"),
        (f"{ADD} opd --no-password", "", "terikat pada satu OPD"),
        (f"{ADD} opd --opd DLHH --no-password", "", "maksudnya 'DLH'?"),
        (f"{ADD} pimpinan --restricted --no-password", "", "tidak dapat diberi hak"),
        (f"{ADD} analis --no-password --password-stdin", "", "not allowed with"),
        (f"people add --login {LOGIN} --name Budi --role analis --no-password", "", "sudah dipakai"),
        (f"{ADD} analis --password {PASSWORD.replace(' ', '_')}", "", "tidak ditulis di baris perintah"),
        (f"people password --login x --password={PASSWORD.replace(' ', '_')}", "", "tidak ditulis di baris perintah"),
        ("people change --login budi@mojokertokab.go.id", "", "Tidak ada yang diubah"),
        ("people change --login budi@mojokerto.go.id --role admin", "", f"maksudnya '{LOGIN}'?"),
        ("people disable --login budi@mojokertokab.go.id", "", "admin terakhir"),
        ("people signout --login zzz", "", "Tidak ada orang dengan login zzz."),
        ("screens add --screen utma --label Rapat", "", "maksudnya 'utama'?"),
        ("screens revoke --id 7", "", "Kunci nomor 7 tidak ada"),
        ("people", "", "required"),
        ("screens revoke", "", "required"),
    ],
)
def test_refused_in_words(journal, run, line, typed, words):
    add(journal, role="admin")
    revision = journal.revision()
    code, out, err = run(line, typed)
    assert (code, out) == (2, "")
    assert words in err
    assert journal.revision() == revision


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("change --name Budi_Santoso", "name", "Budi Santoso"),
        ("change --role walidata", "role", "walidata"),
        ("change --opd DLH", "opd_code", "DLH"),
        ("change --no-kecamatan", "kecamatan_code", None),
        ("change --no-restricted", "has_restricted", False),
        ("disable", "is_active", False),
        ("enable", "is_active", True),
    ],
)
def test_people_are_changed(journal, run, line, field, value):
    add(journal, kecamatan_code="35.16.03", has_restricted=True, is_active=line != "enable")
    code, out, err = run(f"people {line} --login BUDI@mojokertokab.go.id --why pindah_tugas")
    assert (code, out, err) == (0, f"{LOGIN} diubah.\n", "")
    assert getattr(list_people(journal, ADMIN)[0], field) == value
    assert entries(journal)[-1].why == "pindah tugas"
    assert run(f"people {line} --login {LOGIN}")[1] == f"{LOGIN} sudah seperti itu.\n"


def test_signing_out_everywhere(journal, run):
    add(journal)
    key = open_one(journal).key
    assert run(f"people signout --login {LOGIN}")[1] == f"{LOGIN}: 1 masuk diakhiri.\n"
    assert find_identity(journal, key, later(minutes=1), LIMITS) is None


def test_the_list_of_people(journal, run):
    assert "Tambahkan admin pertama" in run("people list")[1]
    add(journal, opd_code="DLH", password_hash=None)
    head, row = run("people list")[1].splitlines()
    assert head.split()[:3] == ["Login", "Nama", "Peran"]
    assert row.split() == [LOGIN, "Budi", "analis", "DLH", "tidak", "ya", "tidak", "0"]


def test_a_screen_from_making_to_revoking(journal, run):
    assert "Belum ada kunci" in run("screens list")[1]
    code, out, _err = run("screens add --screen utama --label Mini_PC_ruang_rapat")
    address = out.splitlines()[-1]
    assert code == 0
    assert address.startswith("https://pendopo.mojokertokab.go.id/layar/ly_")
    token = address.rpartition("/")[2]
    assert check_screen(journal, AT, token) == "utama"
    listed = run("screens list")[1]
    assert "Mini PC ruang rapat" in listed
    assert token not in listed
    assert run("screens revoke --id 1 --why hilang")[:2] == (0, "Kunci Mini PC ruang rapat dicabut.\n")
    assert check_screen(journal, AT, token) is None
    assert "sudah dicabut" in run("screens revoke --id 1")[2]
    assert list_passes(journal, ADMIN)[0].revoked_at == AT


def test_a_screen_without_an_address_set(run):
    local = SimpleNamespace(access=SimpleNamespace(sign_in=("akun",), public_url=""), screens={"utama": None})
    out = run("screens add --screen utama --label Rapat", settings=local)[1]
    assert "access.public_url belum diisi" in out
    assert out.splitlines()[-1].startswith("/layar/ly_")
