"""Who a browser is by what it brings: a person signed in here or with OIDC, a wall screen, or nobody.

Refuses to guess: what the journal does not confirm at this moment is nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from gettext import gettext as _
from ipaddress import ip_address, ip_network
from typing import Any, Literal
from urllib.parse import urlsplit

from journal.claims import ended_words
from journal.screens import check_screen
from journal.signing import Identity, Refused, claims_key, find_identity, limits_of, open_oidc, scope_of
from journal.store import Journal
from warehouse.scope import Role, Scope
from warehouse.settings import Settings

PERSON_COOKIE, SCREEN_COOKIE = "pendopo_sesi", "pendopo_layar"  # see `cookie_name`
NOT_CLAIMS = ("is_logged_in", "origin", "provider", "tokens")
ENDED_PERSON = _("Masa masuk Anda berakhir. Silakan masuk lagi.")
ENDED_SCREEN = _("Layar ini tidak lagi berhak tampil. Mintalah tautan layar yang baru kepada admin Pendopo.")
Way = Literal["akun", "oidc", "layar", "subnet"]


@dataclass(frozen=True)
class Brought:
    """What a browser brings with it. Nothing of it is believed before the journal says so."""

    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)
    claims: Mapping[str, Any] | None = field(
        default=None, repr=False
    )  # of an OIDC provider, as Streamlit's signed cookie holds them
    address: str = ""  # network address; "" for this machine itself


@dataclass(frozen=True)
class Visit:
    """A confirmed visitor: how, with which key, and what they may."""

    way: Way
    key: str = field(repr=False)  # cookie, digest of claims, or network: a secret, but for the last
    name: str  # as people read it
    scope: Scope

    @property
    def is_person(self) -> bool:
        return self.way in ("akun", "oidc")


@dataclass(frozen=True)
class Nobody:
    """Nobody the journal knows, and what to tell them."""

    words: str = ""


@dataclass(frozen=True)
class Doorkeeper:
    """Confirms visitors against the journal at one moment.

    `touch`: somebody acted; a wall that asks by itself does not keep anybody signed in.
    """

    journal: Journal
    settings: Settings
    at: datetime
    touch: bool = True

    def find_visit(self, brought: Brought) -> Visit | Nobody:
        """People come before screens: who signs in at a machine of the wall's network is that person."""
        person = self._find_person(brought)
        if isinstance(person, Visit):
            return person
        screen = self._find_screen(brought)
        if screen is not None:
            return screen
        if self._kept(brought, SCREEN_COOKIE) and not person.words:
            return Nobody(ENDED_SCREEN)
        return person

    def _find_person(self, brought: Brought) -> Visit | Nobody:
        key, ways = self._kept(brought, PERSON_COOKIE), self.settings.access.sign_in
        if key and "akun" in ways:
            identity = self._identity(key)
            if identity is not None:
                return Visit("akun", key, identity.name, scope_of(identity, brought.address))
        if brought.claims is not None and "oidc" in ways:
            return self._find_claimed(brought.claims, brought.address)
        return Nobody(ENDED_PERSON if key else "")

    def _find_claimed(self, said: Mapping[str, Any], address: str) -> Visit | Nobody:
        claims = claims_of(said)
        key = claims_key(claims)
        identity = self._identity(key)
        if identity is None:
            limits, claim = limits_of(self.settings), self.settings.access.oidc_claim
            opened = open_oidc(self.journal, self.at, claims, claim, address, limits)
            if isinstance(opened, Refused):
                return Nobody(ENDED_PERSON if opened.words == ended_words() else opened.words)
            identity = opened.identity
        return Visit("oidc", key, identity.name, scope_of(identity, address))

    def _kept(self, brought: Brought, cookie: str) -> str:
        return brought.cookies.get(cookie_name(cookie, self.settings.access.public_url), "")

    def _identity(self, key: str) -> Identity | None:
        return find_identity(self.journal, key, self.at, limits_of(self.settings), touch=self.touch)

    def _find_screen(self, brought: Brought) -> Visit | None:
        token, address = self._kept(brought, SCREEN_COOKIE), brought.address
        screen_id = check_screen(self.journal, self.at, token) if token else None
        if screen_id is not None:
            return _screen_visit("layar", token, (screen_id,), address)
        subnets = self.settings.access.wall_subnets
        network = find_network(address, subnets)
        return _screen_visit("subnet", network, subnets[network], address) if network else None


def find_visit(brought: Brought, journal: Journal, settings: Settings, at: datetime, *, touch: bool) -> Visit | Nobody:
    return Doorkeeper(journal, settings, at, touch).find_visit(brought)


def cookie_name(cookie: str, public_url: str) -> str:
    """The name a browser keeps it under. Over https one by which browsers take it from this host alone and over https
    alone; below a path `__Host-` would hand it to whatever else the host serves, so there the path stays."""
    parts = urlsplit(public_url)
    if parts.scheme != "https":
        return cookie
    return f"__Secure-{cookie}" if parts.path.strip("/") else f"__Host-{cookie}"


def claims_of(said: Mapping[str, Any]) -> dict[str, Any]:
    """What a provider said, without what Streamlit added: equal wherever the same cookie is read."""
    return {name: value for name, value in said.items() if name not in NOT_CLAIMS}


def address_of(host: str | None) -> str:
    """A network address as scopes and the journal name it; "" for this machine itself."""
    return "" if host in (None, "127.0.0.1", "::1") else str(host)


def _screen_visit(way: Way, key: str, screens: tuple[str, ...], address: str) -> Visit:
    name = _("layar {screens}").format(screens=", ".join(screens))
    return Visit(way, key, name, Scope(Role.SCREEN, name, is_verified=True, screens=screens, address=address))


def find_network(address: str, networks: Iterable[str]) -> str:
    """The narrowest of these networks that holds the address; "" for none."""
    try:
        client = ip_address(address)
    except ValueError:
        return ""
    client = getattr(client, "ipv4_mapped", None) or client
    holding = [network for network in networks if client in ip_network(network)]
    return max(holding, key=lambda network: ip_network(network).prefixlen, default="")
