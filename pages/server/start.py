"""Judges whether a server may start: refuses one that would serve whom it should not, and says all that is to be set.

A pure function of facts; `starting.py` gathers them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from gettext import gettext as _
from urllib.parse import urlsplit

from pages.server.hosts import host_name, is_loopback
from pages.server.secrecy import weakness
from warehouse.settings import Access

LEAST_COOKIE_SECRET = 32
LEAST_CLIENT_SECRET = 16
USUAL_PORTS = {"https": 443, "http": 80}
SECRETS_FILE = ".streamlit/secrets.toml"
# Options of Streamlit that would open a door around ours, whoever sets them.
CLOSED_OPTIONS: dict[str, object] = {
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "server.scriptHealthCheckEnabled": False,
    "server.trustedUserHeaders": {},
    "server.corsAllowedOrigins": [],
    "global.developmentMode": False,
    "logger.enableRich": False,
}


@dataclass(frozen=True)
class JournalFacts:
    """What the journal says about people; `problem` when it cannot be asked."""

    problem: str = ""
    has_admin_with_password: bool = False
    has_admin: bool = False


@dataclass(frozen=True)
class Facts:
    """What a start is judged by."""

    access: Access
    address: str | None  # server.address
    base_path: str = ""  # server.baseUrlPath
    auth: Mapping[str, object] | None = None  # [auth] of secrets.toml
    journal: JournalFacts = JournalFacts()
    options: Mapping[str, object] | None = None  # those of CLOSED_OPTIONS that differ
    trusted_proxies: str = ""  # FORWARDED_ALLOW_IPS
    published: str = ""  # text of the documents: a secret in there is none


def check_start(facts: Facts) -> list[str]:
    """Everything that forbids to start, each with what to set; empty when all is well."""
    options = [
        _("{name} tidak boleh diubah: hapus dari .streamlit/config.toml, lingkungan, dan baris perintah.").format(
            name=name
        )
        for name in facts.options or ()
    ]
    if facts.access.mode == "lokal":
        return _check_local(facts) + options
    return _check_public_url(facts) + _check_sign_in(facts) + _check_proxy(facts) + options


def _check_local(facts: Facts) -> list[str]:
    if facts.address and is_loopback(facts.address):
        return []
    words = _(
        "Mode lokal hanya melayani komputer ini, bukan alamat {address}. Jalankan lagi dengan `--server.address "
        '127.0.0.1` atau tanpa pilihan itu; untuk melayani jaringan, isi access.mode = "jaringan" (docs/jaringan.md).'
    )
    return [words.format(address=facts.address or "0.0.0.0")]  # noqa: S104


def _check_public_url(facts: Facts) -> list[str]:
    url = facts.access.public_url
    if not url:
        return [
            _(
                "access.public_url belum diisi: tulis alamat yang diketik orang, misalnya "
                '"https://dasbor.daerah.go.id", di pendopo.toml.'
            )
        ]
    parts = urlsplit(url)
    if not host_name(parts.netloc) or parts.query or parts.fragment:
        return [_("access.public_url {url} bukan alamat: tulis https://nama.host saja.").format(url=url)]
    problems = []
    if parts.port and parts.port == USUAL_PORTS.get(parts.scheme):
        words = _("access.public_url {url} harus ditulis tanpa :{port}: peramban tidak menyebut porta yang lazim.")
        problems.append(words.format(url=url, port=parts.port))
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host_name(parts.netloc))):
        problems.append(
            _(
                "access.public_url {url} harus https: kata sandi dan cookie tidak boleh lewat tanpa sandi. Pasang "
                "sertifikat di proxy (docs/jaringan.md)."
            ).format(url=url)
        )
    if parts.path.strip("/") != facts.base_path.strip("/"):
        problems.append(
            _(
                "access.public_url berakhir dengan /{path}, tetapi server.baseUrlPath adalah {base!r}: isi keduanya "
                "sama, server.baseUrlPath di .streamlit/config.toml."
            ).format(path=parts.path.strip("/"), base=facts.base_path)
        )
    return problems


def _check_sign_in(facts: Facts) -> list[str]:
    if facts.journal.problem:
        problems = [_("Jurnal belum dapat dipakai: {problem}").format(problem=facts.journal.problem)]
    else:
        problems = _check_admins(facts)
    return problems + (_check_provider(facts) if "oidc" in facts.access.sign_in else [])


def _check_admins(facts: Facts) -> list[str]:
    command = '`python -m journal people add --login LOGIN --name "NAMA" --role admin`'
    if "akun" in facts.access.sign_in and not facts.journal.has_admin_with_password:
        words = _("Belum ada admin aktif dengan kata sandi: buat dengan {command}.")
    elif not facts.journal.has_admin:
        words = _("Belum ada admin aktif di jurnal: buat dengan {command}, login sama dengan klaim penyedia.")
    else:
        return []
    return [words.format(command=command)]


def _check_provider(facts: Facts) -> list[str]:
    auth = facts.auth or {}
    where = _("[auth] di {file}").format(file=SECRETS_FILE)
    problems = [
        _("{where}: {name} belum diisi.").format(where=where, name=name)
        for name in ("client_id", "server_metadata_url")
        if not auth.get(name)
    ]
    wanted = facts.access.public_url.rstrip("/") + "/oauth2callback"
    if facts.access.public_url and auth.get("redirect_uri") != wanted:
        problems.append(_('{where}: redirect_uri harus "{wanted}".').format(where=where, wanted=wanted))
    metadata = urlsplit(str(auth.get("server_metadata_url") or "https://"))
    if metadata.scheme != "https" and not is_loopback(metadata.hostname or ""):
        problems.append(_("{where}: server_metadata_url harus https.").format(where=where))
    for name, least in (("cookie_secret", LEAST_COOKIE_SECRET), ("client_secret", LEAST_CLIENT_SECRET)):
        weak = weakness(auth.get(name), least, facts.published)
        if weak:
            problems.append(
                _("{where}: {name} {weak}.{remedy}").format(where=where, name=name, weak=weak, remedy=_remedy(name))
            )
    if auth.get("cookie_secret") and auth.get("cookie_secret") == auth.get("client_secret"):
        problems.append(_("{where}: cookie_secret dan client_secret harus berbeda.").format(where=where))
    return problems


def _remedy(name: str) -> str:
    if name == "cookie_secret":
        return " " + _('Buat dengan `python -c "import secrets; print(secrets.token_urlsafe(32))"`.')
    return " " + _("Mintalah yang acak kepada pengelola penyedia masuk.")


def _check_proxy(facts: Facts) -> list[str]:
    """Only the proxy of this computer, which holds the certificate, reaches this server and names its visitors."""
    problems = []
    if not (facts.address and is_loopback(facts.address)):
        words = _(
            "server.address {address} membuka Pendopo tanpa https: hapus, supaya hanya proxy di komputer ini yang "
            "menghubunginya."
        )
        problems.append(words.format(address=facts.address or "0.0.0.0"))  # noqa: S104
    trusted = (one.strip() for one in facts.trusted_proxies.split(","))
    if not all(is_loopback(one) for one in trusted if one):
        words = _(
            "Variabel lingkungan FORWARDED_ALLOW_IPS={value} mempercayai alamat pengunjung dari komputer lain: hapus, "
            "dan jalankan proxy di komputer ini."
        )
        problems.append(words.format(value=facts.trusted_proxies))
    return problems
