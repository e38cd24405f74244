"""What a person may be: how a login is written, what fits a role, which reach exists. Words for everything else."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from gettext import gettext as _
from typing import Any

from journal.areas import Areas
from journal.failures import JournalError
from warehouse.nearest import nearest_hint
from warehouse.scope import ALLOWED, PEOPLE_ROLES, Action, Role

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{1,99}")
LONGEST_NAME = 120
FIELDS = ("name", "role", "opd_code", "kecamatan_code", "has_restricted", "is_active")


class PeopleError(JournalError):
    """What was asked about a person cannot be done; the message says why and what to do."""


@dataclass(frozen=True)
class Standing:
    """What a person is and reaches."""

    name: str
    role: str
    opd_code: str | None = None
    kecamatan_code: str | None = None
    has_restricted: bool = False
    is_active: bool = True


def check_login(typed: str) -> str:
    """The login as it is kept. Raises PeopleError."""
    login = typed.strip().lower()
    if not LOGIN.fullmatch(login):
        raise PeopleError(
            _(
                "Login {login!r} belum dapat dipakai. Tulis 2 sampai 100 huruf kecil, angka, titik, garis bawah, tanda "
                "hubung atau @, diawali huruf atau angka; untuk OIDC sama dengan alamat surel di penyedia."
            ).format(login=login[:100])
        )
    return login


def clean_values(given: Mapping[str, object]) -> dict[str, Any]:
    """The fields as they are kept. Raises PeopleError for one that nobody may set, or a value of another kind."""
    for name in given:
        if name == "login":
            raise PeopleError(_("Login tidak dapat diganti. Tambahkan orang baru, lalu nonaktifkan yang lama."))
        if name not in FIELDS:
            raise PeopleError(_("Kolom {name} tidak dapat diubah.").format(name=name))
    return {name: _clean(name, value) for name, value in given.items()}


def check_standing(standing: Standing, areas: Areas | None, changed: Collection[str]) -> None:
    """Raises PeopleError with everything that does not fit. Whoever is switched off may be as they are."""
    if not standing.is_active and not set(changed) - {"is_active"}:
        return
    problems = [*_role_problems(standing)]
    if areas is not None:
        if "opd_code" in changed:
            problems.append(areas.opd_problem(standing.opd_code))
        if "kecamatan_code" in changed:
            problems.append(areas.kecamatan_problem(standing.kecamatan_code))
    told = [problem for problem in problems if problem]
    if told:
        raise PeopleError(" ".join(problem if problem.endswith((".", "?")) else f"{problem}." for problem in told))


def _role_problems(standing: Standing) -> list[str | None]:
    role = Role(standing.role)
    is_limited = bool(standing.opd_code or standing.kecamatan_code)
    return [
        _("Peran opd harus terikat pada satu OPD: pilih OPD-nya.")
        if role is Role.OPD and not standing.opd_code
        else None,
        _("Admin mengelola seluruh daerah, jadi tidak dapat dibatasi pada OPD atau kecamatan.")
        if role is Role.ADMIN and is_limited
        else None,
        _("Peran {role} tidak dapat diberi hak kolom terbatas.").format(role=role.value)
        if standing.has_restricted and Action.SEE_RESTRICTED not in ALLOWED[role]
        else None,
    ]


def _clean(name: str, value: object) -> Any:
    if name == "name":
        return _clean_name(value)
    if name == "role":
        return _clean_role(value)
    if name in ("has_restricted", "is_active"):
        if not isinstance(value, bool):
            raise PeopleError(_("{name} hanya dapat ya atau tidak.").format(name=name))
        return value
    if value is not None and not isinstance(value, str):
        raise PeopleError(_("{name} adalah kode berupa teks.").format(name=name))
    return (value or "").strip() or None


def _clean_name(value: object) -> str:
    name = " ".join(value.split()) if isinstance(value, str) else ""
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise PeopleError(_("Nama wajib diisi, paling banyak {count} karakter.").format(count=LONGEST_NAME))
    return name


def _clean_role(value: object) -> str:
    known = [role.value for role in PEOPLE_ROLES]
    if value not in known:
        hint = nearest_hint(str(value).lower(), known)
        words = _("Peran {role} tidak ada{hint} Pilih {known}.")
        end = hint if hint.endswith("?") else "."
        raise PeopleError(words.format(role=str(value)[:40], hint=end, known=", ".join(known)))
    return Role(str(value)).value
