"""Which server may start: one table of what is refused, each with the words that say what to set."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pages.server.start import Facts, JournalFacts, check_start
from warehouse.settings import Access

URL = "https://dasbor.contoh.go.id"
GOOD_SECRET = "u8Jw2-Vt0qZr5LmX_c7Yb1NfKs4Hd9GoPa3Ee6Ti"
AUTH = {
    "redirect_uri": f"{URL}/oauth2callback",
    "cookie_secret": GOOD_SECRET,
    "client_id": "dasbor",
    "client_secret": "Zk4-wQ9vTj2mBx7R",
    "server_metadata_url": "https://masuk.contoh.go.id/.well-known/openid-configuration",
}
ADMIN = JournalFacts(has_admin=True, has_admin_with_password=True)
LOCAL = Facts(Access(), "127.0.0.1")
ACCOUNTS = Facts(Access(mode="jaringan", public_url=URL), "127.0.0.1", journal=ADMIN)
OIDC = Facts(
    Access(mode="jaringan", public_url=URL, sign_in=("oidc",)),
    "127.0.0.1",
    auth=AUTH,
    journal=JournalFacts(has_admin=True),
)


def with_auth(**changed: object) -> Facts:
    return replace(OIDC, auth={name: value for name, value in (AUTH | changed).items() if value is not None})


def with_access(facts: Facts, **changed: object) -> Facts:
    return replace(facts, access=facts.access.model_copy(update=changed))


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "127.0.0.2"])
def test_this_computer_alone_may_be_served_without_sign_in(address: str) -> None:
    assert check_start(replace(LOCAL, address=address)) == []


@pytest.mark.parametrize("facts", [ACCOUNTS, OIDC], ids=["akun", "oidc"])
def test_a_network_with_a_working_sign_in_may_be_served(facts: Facts) -> None:
    assert check_start(facts) == []


def test_http_will_do_on_the_computer_itself() -> None:
    assert check_start(with_access(ACCOUNTS, public_url="http://localhost:8501")) == []


def test_a_path_below_the_host_is_the_same_in_both_places() -> None:
    below = with_access(ACCOUNTS, public_url=f"{URL}/pendopo")
    assert check_start(replace(below, base_path="/pendopo/")) == []
    assert "server.baseUrlPath" in check_start(below)[0]


REFUSED = [
    (replace(LOCAL, address="0.0.0.0"), "--server.address 127.0.0.1"),
    (replace(LOCAL, address=""), "--server.address 127.0.0.1"),
    (replace(LOCAL, address=None), "0.0.0.0"),
    (replace(LOCAL, address="192.168.1.10"), "192.168.1.10"),
    (replace(LOCAL, address="dasbor.contoh.go.id"), 'access.mode = "jaringan"'),
    (replace(LOCAL, options={"server.trustedUserHeaders": {"X": "y"}}), "server.trustedUserHeaders"),
    (with_access(ACCOUNTS, public_url=""), "access.public_url belum diisi"),
    (with_access(ACCOUNTS, public_url="http://dasbor.contoh.go.id"), "harus https"),
    (with_access(ACCOUNTS, public_url="dasbor.contoh.go.id"), "bukan alamat"),
    (with_access(ACCOUNTS, public_url="https://dasbor.contoh.go.id:44x"), "bukan alamat"),
    (with_access(ACCOUNTS, public_url="https://dasbor.contoh.go.id:443"), "tanpa :443"),
    (with_access(ACCOUNTS, public_url="ftp://dasbor.contoh.go.id"), "harus https"),
    (with_access(ACCOUNTS, public_url="https://a:b@dasbor.contoh.go.id"), "bukan alamat"),
    (replace(ACCOUNTS, address="0.0.0.0"), "tanpa https"),
    (replace(ACCOUNTS, trusted_proxies="*"), "FORWARDED_ALLOW_IPS"),
    (replace(ACCOUNTS, trusted_proxies="127.0.0.1,10.0.0.1"), "FORWARDED_ALLOW_IPS"),
    (replace(ACCOUNTS, options={"server.enableXsrfProtection": False}), "server.enableXsrfProtection"),
    (replace(ACCOUNTS, journal=JournalFacts()), "--role admin"),
    (replace(ACCOUNTS, journal=JournalFacts(has_admin=True)), "dengan kata sandi"),
    (replace(ACCOUNTS, journal=JournalFacts("jalankan `python -m journal migrate`")), "python -m journal migrate"),
    (replace(OIDC, journal=JournalFacts()), "klaim penyedia"),
    (replace(OIDC, auth=None), "client_id belum diisi"),
    (with_auth(client_id=None), "client_id belum diisi"),
    (with_auth(server_metadata_url=None), "server_metadata_url belum diisi"),
    (with_auth(server_metadata_url="http://masuk.contoh.go.id/x"), "server_metadata_url harus https"),
    (with_auth(redirect_uri="https://lain.go.id/oauth2callback"), f'redirect_uri harus "{URL}/oauth2callback"'),
    (with_auth(redirect_uri=f"{URL}/"), "redirect_uri harus"),
    (with_auth(cookie_secret=None), "cookie_secret belum diisi"),
    (with_auth(cookie_secret=GOOD_SECRET[:31]), "cookie_secret hanya 31 karakter"),
    (with_auth(client_secret="Zk4-wQ9vTj2mBx7"), "client_secret hanya 15 karakter"),
    (with_auth(cookie_secret="x" * 40), "contoh atau mudah ditebak"),
    (with_auth(cookie_secret="q" * 40), "terlalu sedikit ragam"),
    (with_auth(cookie_secret="Kq8-" * 10), "terlalu sedikit ragam"),
    (with_auth(cookie_secret="changeme-u8Jw2-Vt0qZr5LmX_c7Yb1NfKs"), "changeme"),
    (with_auth(cookie_secret="RahasiaSekali-u8Jw2-Vt0qZr5LmX_c7Yb"), "rahasia"),
    (with_auth(cookie_secret="u8Jw2-Vt0qZr12345678LmX_c7Yb1NfKs"), "12345678"),
    (with_auth(cookie_secret="u8Jw2-Vt0qZrabcdefghLmX_c7Yb1NfKs"), "abcdefgh"),
    (with_auth(cookie_secret="Change-Me_u8Jw2-Vt0qZr5LmX_c7Yb1NfKs"), "changeme"),
    (with_auth(cookie_secret="u8Jw2-Diskominfo-Vt0qZr5LmX_c7Yb1NfKs"), "kominfo"),
    (with_auth(client_secret="your-client-secret"), "mudah ditebak"),
    (with_auth(client_secret=GOOD_SECRET), "harus berbeda"),
    (replace(OIDC, published=f"cookie_secret = '{GOOD_SECRET}'"), "tertulis di dokumen"),
]


@pytest.mark.parametrize(("facts", "words"), REFUSED, ids=[words for _, words in REFUSED])
def test_refused_with_what_to_set(facts: Facts, words: str) -> None:
    problems = check_start(facts)
    assert len(problems) == (5 if facts.auth is None and facts.access.sign_in == ("oidc",) else 1), problems
    assert any(words in problem for problem in problems)


def test_everything_wrong_is_told_at_once() -> None:
    wrong = Facts(Access(mode="jaringan", sign_in=("akun", "oidc")), "0.0.0.0", trusted_proxies="*", auth={})
    told = "\n".join(check_start(wrong))
    for name in ("public_url", "--role admin", "client_id", "cookie_secret", "client_secret", "server_metadata_url"):
        assert name in told
    for name in ("server.address", "FORWARDED_ALLOW_IPS"):
        assert name in told


def test_no_secret_is_told() -> None:
    assert "changeme-u8Jw2" not in "\n".join(
        check_start(with_auth(cookie_secret="changeme-u8Jw2-Vt0qZr5LmX_c7Yb1NfKs"))
    )
