"""What can go wrong with the journal, in words that say what to do; never with a password of its URL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from gettext import gettext as _

import sqlalchemy as sa


class JournalError(Exception):
    """The journal cannot do what was asked; the message says what to do."""


class JournalUnavailableError(JournalError):
    """The journal cannot be used at all at the moment: unreachable, busy, damaged, of another version."""


class StaleEditError(JournalError):
    """Somebody else changed the row since it was read; the message says who, when and what."""


@contextmanager
def telling_failures(address: sa.URL) -> Iterator[None]:
    """Failures of the database become JournalUnavailableError; wrong data and bugs stay what they are."""
    try:
        yield
    except (sa.exc.IntegrityError, sa.exc.DataError):
        raise
    except (sa.exc.DatabaseError, sa.exc.InterfaceError, sa.exc.TimeoutError) as error:
        words = _explain(error, address)
        if words is None:
            raise
        raise JournalUnavailableError(words) from error


def place_words(address: sa.URL) -> str:
    """Where the journal is, without user and password."""
    if address.get_backend_name() == "sqlite":
        return str(address.database)
    host = address.host or address.query.get("host") or "localhost"
    return f"{address.database} @ {host}{f':{address.port}' if address.port else ''}"


def _explain(error: Exception, address: sa.URL) -> str | None:
    told = "busy" if isinstance(error, sa.exc.TimeoutError) else str(getattr(error, "orig", None) or error).lower()
    for signs, words in _known_failures():
        if any(sign in told for sign in signs):
            return words.format(place=place_words(address))
    if isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError):
        words = _("Jurnal {place} tidak dapat dibuka. Periksa letak, jaringan dan hak aksesnya, lalu ulangi.")
        return words.format(place=place_words(address))
    return None


def _known_failures() -> list[tuple[tuple[str, ...], str]]:
    """Parts of what SQLite and PostgreSQL say, and what it means here; the first that fits counts."""
    return [
        (
            ("busy", "is locked", "lock timeout"),
            _("Jurnal sedang dipakai menulis oleh proses lain. Tunggu sebentar, lalu ulangi."),
        ),
        (
            ("password authentication", "no password supplied", 'role "'),
            _("Basis data {place} menolak akun jurnal. Periksa pengguna dan sandi di journal_url."),
        ),
        (('database "',), _("Basis data {place} belum ada. Buat dahulu basis datanya, lalu ulangi.")),
        (
            ("no such table", "no such column", "does not exist"),
            _("Tabel jurnal {place} belum lengkap. Jalankan: python -m journal migrate"),
        ),
        (
            ("malformed", "not a database", "disk i/o", "corrupt"),
            _(
                "Berkas jurnal {place} rusak. Pindahkan berkas itu (juga -wal dan -shm), lalu pulihkan cadangan: "
                "python -m journal restore"
            ),
        ),
        (
            ("disk is full", "no space"),
            _("Cakram tempat jurnal {place} penuh. Kosongkan ruang, lalu ulangi."),
        ),
        (
            ("readonly", "read-only", "permission denied"),
            _("Jurnal {place} tidak boleh ditulis oleh akun ini. Periksa hak aksesnya."),
        ),
    ]
