"""Who looks at a session, in `lokal` and `jaringan`: nobody sees anything, each sees no more than the journal says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from journal.model import Kind
from journal.sessions import end_sign_ins
from journal.signing import claims_key
from journal.store import server_scope
from pages.shared import access
from pages.shared.identity import Brought, Nobody, Visit, cookie_name, find_network, find_visit
from tests.pages.office import CLAIMS, NOW, Office
from warehouse.scope import Action, Role
from warehouse.settings import Access


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    made = Office(tmp_path, monkeypatch)
    yield made
    made.close()


def show_scope() -> None:
    """A page: says who looks at it, and remembers something of theirs."""
    import streamlit as st  # noqa: PLC0415

    from pages.shared import access  # noqa: PLC0415

    scope = access.current_scope()
    mine = st.session_state.setdefault("milik", scope.actor)
    st.text(f"{scope.role.value} {scope.actor} {scope.is_verified} {','.join(scope.opd_codes)} milik {mine}")


def show_guarded() -> None:
    import streamlit as st  # noqa: PLC0415

    from pages.shared import access  # noqa: PLC0415
    from warehouse.scope import Action  # noqa: PLC0415

    access.require(Action.READ_AUDIT)
    st.text("jejak")


def opened(page=show_scope) -> AppTest:
    return AppTest.from_function(page, default_timeout=120).run()


def texts(shown: AppTest) -> list[str]:
    assert not shown.exception
    return [one.value for one in shown.text]


def look(office: Office, touch: bool = True) -> Visit | Nobody:
    return find_visit(office.brought, office.journal, office.settings, office.now, touch=touch)


def be_local(office: Office) -> None:
    office.settings = office.settings.model_copy(update={"access": Access()})


# lokal


def test_without_sign_in_a_name_is_what_somebody_says(office):
    be_local(office)
    shown = opened()
    assert texts(shown) == ["lokal  False  milik"]
    shown.session_state[access.NAME_KEY] = " Siti, Bappeda "
    assert texts(shown.run())[0].startswith("lokal Siti, Bappeda False")


@pytest.mark.parametrize(("name", "actor"), [("", "tanpa nama"), ("   ", "tanpa nama"), ("Siti", "Siti")])
def test_an_act_without_sign_in_is_kept_as_not_verified(office, name, actor):
    def act(name: str) -> None:
        import streamlit as st  # noqa: PLC0415

        from journal.model import Kind  # noqa: PLC0415
        from pages.shared import access  # noqa: PLC0415

        st.session_state[access.NAME_KEY] = name
        access.record(Kind.EXPORTED, "ringkasan", "PND-1", after={"format": "csv"})

    be_local(office)
    shown = AppTest.from_function(act, args=(name,), default_timeout=120).run()
    assert not shown.exception
    assert office.told(Kind.EXPORTED) == [(actor, False, "PND-1")]


# People


def test_nobody_sees_the_form_and_nothing_else(office):
    shown = opened()
    assert texts(shown) == []
    assert shown.title[0].value == "Masuk ke Pendopo"
    assert [field.label for field in shown.text_input] == ["Login", "Kata sandi"]


def test_a_person_has_the_role_and_reach_of_the_journal(office):
    office.bring(sesi=office.open_for(office.add("budi", "opd", opd_code="DLH")), address="10.1.2.3")
    assert texts(opened()) == ["opd budi True DLH milik budi"]
    assert look(office).scope.address == "10.1.2.3"


def test_a_sign_in_that_ended_shows_words_and_forgets_the_session(office):
    person = office.add()
    office.bring(sesi=office.open_for(person))
    shown = opened()
    assert texts(shown) == ["analis siti True  milik siti"]
    with office.journal.writing(server_scope(), office.now) as session:
        end_sign_ins(session, session.merge(person), "dikeluarkan")
    shown.run()
    assert texts(shown) == []
    assert "Masa masuk Anda berakhir" in shown.info[0].value
    assert "milik" not in shown.session_state


def test_another_person_in_the_same_session_finds_nothing_of_the_first(office):
    office.bring(sesi=office.open_for(office.add("siti"), "s" * 43))
    shown = opened()
    office.bring(sesi=office.open_for(office.add("budi"), "b" * 43))
    assert texts(shown.run()) == ["analis budi True  milik budi"]


@pytest.mark.parametrize(("idle_minutes", "is_in"), [(59, True), (60, False)])
def test_who_does_nothing_for_an_hour_signs_in_again(office, idle_minutes, is_in):
    office.bring(sesi=office.open_for(office.add()))
    office.now = NOW + timedelta(minutes=idle_minutes)
    assert isinstance(look(office), Visit) is is_in


def test_acting_keeps_a_sign_in_but_a_wall_that_asks_by_itself_does_not(office):
    office.bring(sesi=office.open_for(office.add()))
    office.now = NOW + timedelta(minutes=50)
    look(office, touch=False)
    office.now = NOW + timedelta(minutes=61)
    assert look(office, touch=False) == Nobody("Masa masuk Anda berakhir. Silakan masuk lagi.")
    office.bring(sesi=office.open_for(office.add("budi"), "b" * 43))
    office.now += timedelta(minutes=50)
    look(office, touch=True)
    office.now += timedelta(minutes=50)
    assert isinstance(look(office), Visit)


def test_twelve_hours_are_the_end_whatever_somebody_does(office):
    office.bring(sesi=office.open_for(office.add()))
    for minutes in range(0, 12 * 60, 30):
        office.now = NOW + timedelta(minutes=minutes)
        assert isinstance(look(office), Visit)
    office.now = NOW + timedelta(hours=12)
    assert isinstance(look(office), Nobody)


def test_what_was_made_up_is_nobody(office):
    key, token = office.open_for(office.add()), office.make_pass().token
    claimed = claims_key(CLAIMS)
    office.open_for(office.add("rini@mojokertokab.go.id"), claimed)
    made_up = [
        key[:-1],
        key + "k",
        key.upper(),
        "",
        " ",
        "x" * 10_000,
        "' or 1=1 --",
        "\x00",
        "🔑",
        token,
        "ly_",
        "None",
    ]
    for cookie in made_up:
        office.bring(sesi=cookie)
        assert isinstance(look(office), Nobody), cookie
    for cookie in (token[:-1], token.upper(), "ly_" + "a" * 43, key, "", "x" * 10_000, "\udcff"):
        office.bring(layar=cookie)
        assert isinstance(look(office), Nobody), cookie


def test_a_local_key_opens_nothing_where_only_a_provider_is_trusted(office):
    office.bring(sesi=office.open_for(office.add()))
    office.settings = office.settings.model_copy(
        update={"access": office.settings.access.model_copy(update={"sign_in": ("oidc",)})}
    )
    assert isinstance(look(office), Nobody)


# OIDC


@pytest.fixture
def provider(office) -> Office:
    chosen = office.settings.access.model_copy(update={"sign_in": ("akun", "oidc")})
    office.settings = office.settings.model_copy(update={"access": chosen})
    office.add("rini@mojokertokab.go.id", "walidata")
    return office


def test_a_claimed_person_has_the_role_of_the_journal_until_the_token_ends(provider):
    provider.bring(claims=CLAIMS)
    found = look(provider)
    assert (found.way, found.scope.role, found.scope.is_verified) == ("oidc", Role.STEWARD, True)
    provider.now = NOW.replace(hour=16, minute=50)
    assert isinstance(look(provider), Visit)
    provider.now = NOW.replace(hour=17, minute=30)
    assert isinstance(look(provider), Visit)
    provider.now = NOW.replace(hour=18, minute=20)
    assert isinstance(look(provider), Nobody)


def test_what_streamlit_adds_to_claims_makes_no_other_sign_in(provider):
    provider.bring(claims=CLAIMS)
    first = look(provider)
    provider.bring(claims=CLAIMS | {"is_logged_in": True, "provider": "default", "tokens": {}, "origin": "https://x"})
    assert look(provider).key == first.key


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"email": "orang.lain@mojokertokab.go.id"}, "belum terdaftar"),
        ({"email_verified": False}, "belum diverifikasi"),
        ({"email": None}, "tidak menyebut"),
        ({"exp": None}, "batas waktu"),
        ({"exp": 1795252001}, "berakhir"),
    ],
)
def test_claims_that_are_not_enough_are_refused_in_words(provider, changed, words):
    provider.bring(claims=CLAIMS | changed)
    refused = look(provider)
    assert isinstance(refused, Nobody)
    assert words in refused.words


def test_claims_are_nothing_where_only_local_accounts_are_trusted(office):
    office.add("rini@mojokertokab.go.id")
    office.bring(claims=CLAIMS)
    assert look(office) == Nobody()


# Screens


def test_a_screen_may_show_itself_and_nothing_else(office):
    office.bring(layar=office.make_pass("papan_2x2").token)
    scope = look(office).scope
    assert (scope.role, scope.screens) == (Role.SCREEN, ("papan_2x2",))
    assert {action for action in Action if scope.may(action)} == {Action.SEE_WALL}


def test_a_revoked_screen_is_nobody_and_told_so(office):
    made = office.make_pass()
    office.bring(layar=made.token)
    assert isinstance(look(office), Visit)
    office.revoke(made)
    assert "tidak lagi berhak" in look(office).words


def test_a_person_who_signs_in_at_a_wall_machine_is_that_person_until_signing_out(office):
    token, key = office.make_pass().token, office.open_for(office.add())
    office.bring(layar=token, sesi=key)
    assert look(office).way == "akun"
    office.bring(layar=token, sesi="berakhir")
    assert look(office).way == "layar"


NETWORKS = {"10.20.30.0/24": ("utama",), "10.20.0.0/16": ("papan_2x2",), "2001:db8::/32": ("utama",)}


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.20.30.7", "10.20.30.0/24"),
        ("10.20.31.7", "10.20.0.0/16"),
        ("10.21.30.7", ""),
        ("2001:db8::7", "2001:db8::/32"),
        ("2001:db9::7", ""),
        ("::ffff:10.20.30.7", "10.20.30.0/24"),
        ("", ""),
        ("10.20.30.7, 10.21.0.1", ""),
        ("10.20.30.007", ""),
        ("kantor", ""),
    ],
)
def test_the_narrowest_listed_network_counts(office, address, network):
    assert find_network(address, NETWORKS) == network
    chosen = office.settings.access.model_copy(update={"wall_subnets": NETWORKS})
    office.settings = office.settings.model_copy(update={"access": chosen})
    office.bring(address=address)
    found = look(office)
    assert getattr(getattr(found, "scope", None), "screens", ()) == NETWORKS.get(network, ())


# Refusals


def test_a_refusal_is_words_and_one_entry_a_session(office):
    office.bring(sesi=office.open_for(office.add()))
    shown = opened(show_guarded)
    shown.run()
    assert texts(shown) == []
    assert "tidak berhak membaca jejak" in shown.warning[0].value
    assert office.told(Kind.REFUSED) == [("siti", True, "membaca jejak")]


@pytest.mark.parametrize("is_known", [False, True])
def test_without_the_journal_there_are_words_and_no_data(office, tmp_path, is_known):
    office.bring(sesi=office.open_for(office.add()))
    shown = opened() if is_known else None
    damaged = tmp_path / "rusak.db"
    damaged.write_bytes(b"bukan basis data" * 500)
    office.settings = office.settings.model_copy(update={"journal_url": f"sqlite:///{damaged.as_posix()}"})
    shown = shown.run() if shown else opened()
    assert texts(shown) == []
    assert "tidak ada data yang ditampilkan" in shown.error[0].value
    assert "rusak.db" not in shown.error[0].value


class Wall:
    """What a wall is told each few seconds, outside a page."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seconds = 100.0
        monkeypatch.setattr("pages.shared.access.st.session_state", {})
        monkeypatch.setattr("pages.shared.access.time.monotonic", lambda: self.seconds)

    def refusal(self, screen_id: str = "utama") -> str:
        return access.wall_refusal(screen_id)


def test_a_wall_is_asked_for_its_right_again_and_again(office, monkeypatch):
    wall, made = Wall(monkeypatch), office.make_pass()
    office.bring(layar=made.token)
    assert wall.refusal() == ""
    assert "tidak lagi berhak" in wall.refusal("papan_2x2")
    office.revoke(made)
    assert "tidak lagi berhak tampil" in wall.refusal()


def test_a_person_with_a_part_of_the_region_has_no_wall(office, monkeypatch):
    wall = Wall(monkeypatch)
    office.bring(sesi=office.open_for(office.add("budi", "opd", opd_code="DLH")))
    assert "tidak lagi berhak" in wall.refusal()


def test_a_wall_outlives_a_short_silence_of_the_journal_only(office, monkeypatch, tmp_path):
    wall = Wall(monkeypatch)
    office.bring(layar=office.make_pass().token)
    assert wall.refusal() == ""
    office.settings = office.settings.model_copy(update={"journal_url": f"sqlite:///{tmp_path.as_posix()}"})
    wall.seconds += 9
    assert wall.refusal() == ""
    wall.seconds += 1
    assert "belum dapat diperiksa" in wall.refusal()


def test_in_lokal_every_wall_is_open(office, monkeypatch):
    be_local(office)
    assert Wall(monkeypatch).refusal("apa saja") == ""


@pytest.mark.parametrize(
    ("public_url", "name"),
    [
        ("https://dasbor.daerah.go.id", "__Host-pendopo_sesi"),
        ("https://dasbor.daerah.go.id/", "__Host-pendopo_sesi"),
        ("https://dasbor.daerah.go.id:8443/pendopo", "__Secure-pendopo_sesi"),
        ("http://127.0.0.1:8501", "pendopo_sesi"),
    ],
)
def test_over_https_a_cookie_has_a_name_that_browsers_guard(public_url, name):
    assert cookie_name("pendopo_sesi", public_url) == name


@pytest.mark.parametrize("prefix", ["", "__Secure-"])
def test_over_https_a_key_under_a_name_that_anyone_could_set_opens_nothing(office, prefix):
    key = office.open_for(office.add())
    office.brought = Brought({f"{prefix}pendopo_sesi": key})
    assert look(office) == Nobody("")


def test_a_visit_never_shows_its_key(office):
    office.bring(sesi=office.open_for(office.add()))
    found = look(office)
    assert found.key not in repr(found)
    assert found.key not in repr(office.brought)
    assert replace(found, key="lain") != found
