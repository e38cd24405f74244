"""The sign-in page: plain words, no account disclosure, no secret on the page, and the way out again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from journal.model import Kind
from pages.server.tickets import TICKETS
from pages.shared import sign_in
from tests.pages.office import Office
from tests.unit.journal.signers import CHEAP, KEPT, PASSWORD
from warehouse.settings import Access

MASUK = str(Path(__file__).resolve().parents[2] / "pages" / "masuk.py")


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    made = Office(tmp_path, monkeypatch)
    limits = sign_in.signing.limits_of
    monkeypatch.setattr(sign_in.signing, "limits_of", lambda settings: _cheap(limits(settings)))
    made.add("siti", password_hash=KEPT)
    yield made
    made.close()


def _cheap(limits: sign_in.signing.Limits) -> sign_in.signing.Limits:
    return sign_in.signing.Limits(limits.idle_minutes, limits.session_hours, limits.zone, CHEAP)


def opened() -> AppTest:
    return AppTest.from_file(MASUK, default_timeout=120).run()


def tried(shown: AppTest, login: str, password: str) -> AppTest:
    shown.text_input[0].set_value(login)
    shown.text_input[1].set_value(password)
    shown.button[0].click().run()
    assert not shown.exception
    return shown


def words(shown: AppTest) -> list[str]:
    return [one.value for kind in ("error", "info", "warning") for one in getattr(shown, kind)]


def test_the_form_says_where_and_how(office):
    shown = opened()
    assert shown.caption[0].value == "Kabupaten Mojokerto"
    assert shown.title[0].value == "Masuk ke Pendopo"
    assert [field.label for field in shown.text_input] == ["Login", "Kata sandi"]
    assert [button.label for button in shown.button] == ["Masuk"]
    assert "Hubungi admin" in shown.caption[-1].value


def test_with_a_provider_there_is_one_button_for_it(office):
    chosen = office.settings.access.model_copy(update={"sign_in": ("oidc",)})
    office.settings = office.settings.model_copy(update={"access": chosen})
    shown = opened()
    assert len(shown.text_input) == 0
    assert [button.label for button in shown.button] == ["Masuk dengan akun kantor"]


@pytest.mark.parametrize(("login", "password"), [("", ""), ("siti", ""), ("  ", "x")])
def test_an_empty_field_is_no_try(office, login, password):
    assert words(tried(opened(), login, password)) == ["Isi login dan kata sandi."]
    assert office.told(Kind.WRONG_SIGN_IN) == []


def test_a_right_password_gives_a_ticket_and_nothing_else(office, monkeypatch):
    issued = []
    monkeypatch.setattr(TICKETS, "issue", lambda key: issued.append(key) or "tiket-sekali")
    shown = tried(opened(), " SITI ", PASSWORD)
    assert (shown.title[0].value, words(shown)) == ("Selamat datang, Siti", ["Halaman sedang dibuka."])
    (key,) = issued
    office.bring(sesi=key)
    assert office.told(Kind.SIGNED_IN) == [("siti", True, "siti")]
    page = repr(shown.main) + repr(shown.session_state)
    assert key not in page
    assert PASSWORD not in page


@pytest.mark.parametrize("login", ["siti", "tidak.ada", "nonaktif", "tanpa.sandi"])
def test_whether_there_is_an_account_is_not_told(office, login):
    office.add("nonaktif", password_hash=KEPT, is_active=False)
    office.add("tanpa.sandi")
    shown = opened()
    told = []
    for _number in range(4):
        tried(shown, login, "salah semua ini")
        told += words(shown)
    assert told == [
        *("Login atau kata sandi tidak cocok.",) * 2,
        "Login atau kata sandi tidak cocok. Tunggu 2 detik sebelum mencoba lagi.",
        "Terlalu banyak percobaan. Tunggu 2 detik, lalu coba lagi.",
    ]
    assert shown.text_input[0].value == login
    assert shown.text_input[1].value == ""


def test_a_journal_that_does_not_answer_is_said_without_details(office, monkeypatch, tmp_path):
    shown = opened()
    damaged = tmp_path / "rusak.db"
    damaged.write_bytes(b"bukan basis data" * 500)
    office.settings = office.settings.model_copy(update={"journal_url": f"sqlite:///{damaged.as_posix()}"})
    shown.text_input[0].set_value("siti")
    shown.button[0].click().run()
    assert not shown.exception
    assert all("rusak" not in one for one in words(shown))


def test_where_only_this_computer_is_served_nobody_signs_in(office):
    office.settings = office.settings.model_copy(update={"access": Access()})
    shown = opened()
    assert shown.title[0].value == "Tidak perlu masuk"
    assert len(shown.text_input) == 0


def test_at_a_wall_machine_people_can_sign_in(office):
    office.bring(layar=office.make_pass().token)
    shown = opened()
    assert "membuka dinding tanpa masuk" in shown.info[0].value
    assert [field.label for field in shown.text_input] == ["Login", "Kata sandi"]


# Who is here, in the sidebar


def show_sidebar() -> None:
    from pages.shared import account  # noqa: PLC0415

    account.show_account()


def sidebar(office: Office) -> AppTest:
    shown = AppTest.from_function(show_sidebar, default_timeout=120).run()
    assert not shown.exception
    return shown


def side_words(shown: AppTest) -> str:
    return "\n".join(one.value for one in (*shown.sidebar.markdown, *shown.sidebar.caption))


@pytest.mark.parametrize(
    ("person", "told"),
    [
        ({"role": "analis"}, "Siti Rahma · analis · seluruh daerah"),
        ({"role": "opd", "opd_code": "DLH"}, "Siti Rahma · opd · hanya Dinas Lingkungan Hidup"),
        ({"role": "operator", "kecamatan_code": "35.16.01"}, "Siti Rahma · operator · hanya Kecamatan Jatirejo"),
    ],
)
def test_name_role_and_reach_are_told_in_words(office, person, told):
    office.bring(sesi=office.open_for(office.add("siti.r", **person | {"name": "Siti Rahma"})))
    assert told in side_words(sidebar(office))


def test_a_wall_has_no_sidebar(office):
    office.bring(layar=office.make_pass().token)
    assert side_words(sidebar(office)) == ""


def test_in_lokal_a_name_is_asked_for(office):
    office.settings = office.settings.model_copy(update={"access": Access()})
    shown = sidebar(office)
    assert shown.sidebar.text_input[0].label == "Nama Anda (untuk jejak)"
    assert "Melihat tidak perlu nama" in side_words(shown)
    shown.sidebar.text_input[0].set_value("Siti").run()
    assert "tidak terverifikasi" in side_words(shown)


def button(shown: AppTest, label: str):
    return next(one for one in shown.button if one.label == label)


def test_signing_out_ends_the_sign_in(office):
    office.bring(sesi=office.open_for(office.add("budi")))
    shown = sidebar(office)
    button(shown, "Keluar").click().run()
    assert "Anda sudah keluar" in words(shown)[0]
    assert office.told(Kind.SIGNED_OUT) == [("budi", True, "budi")]
    assert AppTest.from_file(MASUK, default_timeout=120).run().title[0].value == "Masuk ke Pendopo"


def test_signing_out_everywhere_ends_them_all(office):
    person = office.add("budi")
    office.open_for(person, "lain" * 10)
    office.bring(sesi=office.open_for(person))
    button(sidebar(office), "Keluar dari semua perangkat").click().run()
    for key in ("lain" * 10, "k" * 43):
        office.bring(sesi=key)
        assert sidebar(office).title[0].value == "Masuk ke Pendopo"


@pytest.mark.parametrize(
    ("old", "new", "again", "told"),
    [
        (PASSWORD, "rembulan tebu kapal sunyi", "rembulan tebu kapal sunyi!", "Kedua kata sandi baru tidak sama."),
        ("salah sama sekali", "rembulan tebu kapal sunyi", "rembulan tebu kapal sunyi", "Kata sandi lama tidak cocok."),
        (PASSWORD, "pendek", "pendek", "paling sedikit 12 karakter"),
        (PASSWORD, "rembulan tebu kapal sunyi", "rembulan tebu kapal sunyi", "sudah diganti"),
    ],
)
def test_the_own_password_is_changed_knowing_the_old_one(office, old, new, again, told):
    office.bring(sesi=office.open_for(office.add("budi", password_hash=KEPT)))
    shown = sidebar(office)
    for field, value in zip(shown.text_input, (old, new, again), strict=True):
        field.set_value(value)
    button(shown, "Ganti kata sandi").click().run()
    assert not shown.exception
    assert told in " ".join(one.value for kind in ("error", "success", "info") for one in getattr(shown, kind))
