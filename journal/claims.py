"""Reads what an OIDC provider says about somebody: who it is and until when, or in words why it cannot be trusted.

Refuses to guess: without a readable end there is no sign-in. Signatures were checked before claims get here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from gettext import gettext as _
from typing import Any

from journal.attempts import clean_login

CLOCK_SKEW = timedelta(minutes=5)  # how far the provider's clock may be ahead of ours


class ClaimsError(Exception):
    """These claims open nothing; the message says why, `reason` is the short word for the history."""

    def __init__(self, reason: str, words: str) -> None:
        super().__init__(words)
        self.reason = reason


class ClaimsKey(str):
    """Key of a sign-in by OIDC. A type of its own: a cookie is plain text and can never be taken for one."""

    __slots__ = ()


@dataclass(frozen=True)
class Claimed:
    """Who signed in at the provider, and until when that holds (local time of the region)."""

    login: str
    ends_at: datetime


def claims_key(claims: Mapping[str, Any]) -> ClaimsKey:
    """The same for the same token, different for every other one."""
    plain = json.dumps(dict(claims), sort_keys=True, separators=(",", ":"), default=str)
    return ClaimsKey("oidc:" + hashlib.sha256(plain.encode()).hexdigest())


def claimed_login(claims: Mapping[str, Any], claim_name: str) -> str:
    """The login as the provider names it; "" when it does not."""
    value = claims.get(claim_name)
    return clean_login(value) if isinstance(value, str) else ""


def read_claims(claims: Mapping[str, Any], claim_name: str, at: datetime, zone: tzinfo) -> Claimed:
    """Raises ClaimsError. `at` is local time of the zone."""
    login = claimed_login(claims, claim_name)
    if not login:
        raise ClaimsError(
            "tanpa klaim",
            _("Penyedia masuk tidak menyebut {claim} Anda. Sampaikan kepada admin Pendopo.").format(claim=claim_name),
        )
    if claims.get("email_verified", True) not in (True, "true"):
        raise ClaimsError(
            "email belum diverifikasi",
            _("E-mail akun {login} belum diverifikasi di penyedia masuk. Verifikasi dahulu, lalu masuk lagi.").format(
                login=login
            ),
        )
    ends_at = _instant(claims.get("exp"), zone)
    if ends_at is None:
        raise ClaimsError(
            "tanpa batas waktu",
            _("Penyedia masuk tidak memberi batas waktu yang dapat dibaca. Sampaikan kepada admin Pendopo."),
        )
    if ends_at <= at:
        raise ClaimsError("berakhir", ended_words())
    for name in ("iat", "nbf"):
        starts_at = _instant(claims[name], zone) if name in claims else at
        if starts_at is None or starts_at > at + CLOCK_SKEW:
            raise ClaimsError(
                "belum berlaku",
                _("Bukti masuk dari penyedia belum berlaku. Jam server dan jam penyedia perlu dicocokkan oleh admin."),
            )
    return Claimed(login, ends_at)


def ended_words() -> str:
    return _("Sesi masuk ini sudah berakhir. Keluar, lalu masuk lagi.")


def _instant(value: object, zone: tzinfo) -> datetime | None:
    """Seconds since 1970 UTC as local time without zone; None when unreadable."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return datetime.fromtimestamp(value, UTC).astimezone(zone).replace(tzinfo=None)
    except (OverflowError, OSError, ValueError):
        return None
