"""Judges whether a secret of the configuration is one: long enough, and nobody could have guessed or copied it."""

from __future__ import annotations

from gettext import gettext as _

FEW_KINDS = 10  # of different characters; a random secret of 32 has about 20, in hexadecimal 13
SAMPLE_WORDS = (
    "changeme",
    "change-me",
    "change_me",
    "contoh",
    "example",
    "ganti",
    "default",
    "insecure",
    "kata-sandi",
    "katasandi",
    "passw",
    "pendopo",
    "placeholder",
    "qwerty",
    "rahasia",
    "redacted",
    "sample",
    "secret",
    "streamlit",
    "xxxx",
    "your-",
    "your_",
    "01234567",
    "12345678",
    "abcdefgh",
)


def weakness(secret: object, least: int, published: str = "") -> str:
    """Why this is no secret, in words; "" when it may be one. `published`: text that everybody can read."""
    if not isinstance(secret, str) or not secret.strip():
        return _("belum diisi")
    if len(secret) < least:
        return _("hanya {count} karakter; paling sedikit {least}").format(count=len(secret), least=least)
    lowered = secret.lower()
    found = next((word for word in SAMPLE_WORDS if word in lowered), "")
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
