"""Passwords of local accounts: which are good enough, how they are kept (Argon2id), and checking one at equal work.

Refuses to say why a password was wrong: without an account, or with a broken one, a dummy is checked instead.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from gettext import gettext as _
from itertools import pairwise
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from journal.weak_words import WEAK_WORDS

SHORTEST, LONGEST = 12, 256
FEWEST_DIFFERENT = 5  # characters: 121212121212 has two
OWN_LETTERS = 4  # left when the well-known words are taken away
# Three hashes of 64 MiB at once fit small machines; who comes fourth waits.
_AT_ONCE = BoundedSemaphore(3)

_LOOKALIKES = str.maketrans("@$013457", "asoleast")
_HOW_TO = _("Cara mudah: rangkai empat atau lima kata yang tidak berkaitan, yang hanya Anda yang memilihnya.")


@dataclass(frozen=True)
class Hashing:
    """How much work a guess costs."""

    hasher: PasswordHasher
    login_rounds: int  # scrypt's n for what is typed as a login


STRONG = Hashing(PasswordHasher(), login_rounds=2**12)  # argon2-cffi's defaults: RFC 9106, 64 MiB; 10 ms for a login


@dataclass(frozen=True)
class Checked:
    """Whether the password was right; `fresh_hash` when it must be kept anew because the cost was changed."""

    is_right: bool
    fresh_hash: str | None = None


def password_problem(password: str, login: str, name: str) -> str | None:
    """Why this password cannot be taken, with how to choose a better one; None: it can."""
    plain = _plain(password)
    if len(plain) < SHORTEST:
        reason = _("Kata sandi paling sedikit {count} karakter.").format(count=SHORTEST)
    elif len(plain) > LONGEST:
        return _("Kata sandi paling banyak {count} karakter.").format(count=LONGEST)
    elif any(unicodedata.category(char) in ("Cc", "Cs") for char in plain):
        return _("Kata sandi memuat karakter yang tidak dapat diketik di layar masuk, misalnya ganti baris.")
    elif any(word in plain.casefold() for word in _own_words(login, name)):
        reason = _("Kata sandi tidak boleh memuat login atau nama orangnya.")
    elif len(set(plain.casefold())) < FEWEST_DIFFERENT or _is_run(plain):
        reason = _("Kata sandi tidak boleh berupa karakter yang diulang atau urutan seperti angka berderet.")
    elif _is_well_known(plain):
        reason = _("Kata sandi ini termasuk yang pertama kali ditebak orang.")
    else:
        return None
    return f"{reason} {_HOW_TO}"


def hash_password(password: str, hashing: Hashing = STRONG) -> str:
    with _AT_ONCE:
        return hashing.hasher.hash(_bytes(password))


def check_password(stored: str | None, password: str, hashing: Hashing = STRONG) -> Checked:
    """Compares with the stored hash, or with a dummy when there is none, in the same time."""
    dummy = _dummy(hashing)
    typed = _bytes(password) if len(password) <= 2 * LONGEST else b""
    with _AT_ONCE:
        is_right = _fits(hashing, stored or dummy, typed) and stored is not None and bool(typed)
    if is_right and stored is not None and hashing.hasher.check_needs_rehash(stored):
        return Checked(True, hash_password(password, hashing))
    return Checked(is_right)


def _fits(hashing: Hashing, stored: str, typed: bytes) -> bool:
    try:
        return hashing.hasher.verify(stored, typed)
    except VerifyMismatchError:
        return False
    except (
        InvalidHashError,
        VerificationError,
    ):  # somebody changed the journal by hand: nobody gets in, and nobody learns it by the clock
        return _fits(hashing, _dummy(hashing), typed) and False


@cache
def _dummy(hashing: Hashing) -> str:
    return hash_password("", hashing)


def _plain(password: str) -> str:
    """One spelling for what keyboards send in several: composed characters."""
    return unicodedata.normalize("NFC", password)


def _bytes(password: str) -> bytes:
    return _plain(password).encode("utf-8", "surrogatepass")


def _own_words(login: str, name: str) -> list[str]:
    words = [login, name, login.partition("@")[0], *re.split(r"[\s.,]+", name), *re.split(r"[._@-]+", login)]
    return [word.casefold() for word in words if len(word) >= 4]


def _is_run(password: str) -> bool:
    """123456789012, abcdefghijkl, 987654321098: each step as long as the last one says nothing new."""
    steps = {(ord(later) - ord(earlier)) % 10 for earlier, later in pairwise(password)}
    return steps <= {0, 1} or steps <= {0, 9}


def _is_well_known(password: str) -> bool:
    lowered = password.casefold()
    return any(_own_letters(text) < OWN_LETTERS for text in (lowered, lowered.translate(_LOOKALIKES)))


def _own_letters(text: str) -> int:
    """Letters that are left without digits, signs and the well-known words."""
    letters = "".join(char for char in text if char.isalpha())
    for word in sorted(WEAK_WORDS, key=len, reverse=True):
        letters = letters.replace(word, "")
    return len(letters)
