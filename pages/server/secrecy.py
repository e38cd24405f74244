"""Judges whether a secret of the configuration is one: long enough, and nobody could have guessed or copied it."""

from __future__ import annotations

from gettext import gettext as _
from itertools import pairwise

from journal.weak_words import WEAK_WORDS

FEW_KINDS = 10  # of different characters; a random secret of 32 has about 20, in hexadecimal 13
SHORTEST_WORD = 4  # letters; three may stand in any random secret
LONGEST_RUN = 8  # signs, each the next one of its alphabet


def weakness(secret: object, least: int, published: str = "") -> str:
    """Why this is no secret, in words; "" when it may be one. `published`: text that everybody can read."""
    if not isinstance(secret, str) or not secret.strip():
        return _("belum diisi")
    if len(secret) < least:
        return _("hanya {count} karakter; paling sedikit {least}").format(count=len(secret), least=least)
    found = _weak_word(secret.lower()) or _run(secret)
    if found:
        return _("memuat {word!r}, jadi contoh atau mudah ditebak").format(word=found)
    if len(set(secret)) < min(FEW_KINDS, least * 2 // 3) or _repeats(secret):
        return _("terlalu sedikit ragam karakternya, jadi mudah ditebak")
    if secret in published:
        return _("tertulis di dokumen Pendopo, jadi diketahui semua orang")
    return ""


def _repeats(secret: str) -> bool:
    """One part written over and over."""
    return secret in (secret + secret)[1:-1]


def _weak_word(lowered: str) -> str:
    """The first word of the one list in it, also where signs stand between its letters, as in change-me."""
    joined = "".join(sign for sign in lowered if sign.isalnum())
    return next((word for word in WEAK_WORDS if len(word) >= SHORTEST_WORD and word in joined), "")


def _run(secret: str) -> str:
    """12345678, abcdefgh: the first signs that only count on."""
    steps = "".join("+" if ord(later) - ord(earlier) == 1 else "." for earlier, later in pairwise(secret))
    start = steps.find("+" * (LONGEST_RUN - 1))
    return secret[start : start + LONGEST_RUN] if start >= 0 else ""
