"""Agencies and kecamatan of a region in words, from the code lists Pendopo ships: there without any release."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from gettext import gettext as _

from journal.areas import read_areas
from warehouse.scope import Role


@dataclass(frozen=True)
class Places:
    """Names by code, ordered by name."""

    opds: Mapping[str, str]
    kecamatan: Mapping[str, str]

    def opd_words(self, code: str | None) -> str:
        """`DLH · Dinas Lingkungan Hidup`; a code that is no longer listed stands alone."""
        return _titled(code, self.opds)

    def kecamatan_words(self, code: str | None) -> str:
        """`Kecamatan Trawas`; a code that is not listed is told as one."""
        return _("Kecamatan {name}").format(name=self.kecamatan.get(code, code)) if code else ""

    def reach_words(self, role: str, opd_code: str | None, kecamatan_code: str | None) -> str:
        """How far somebody reads: `seluruh daerah`, or the agency and the kecamatan."""
        if role == Role.OPD and not opd_code:
            return _("belum ada OPD: tidak dapat masuk")
        parts = [self.opd_words(opd_code), self.kecamatan_words(kecamatan_code)]
        return ", ".join(part for part in parts if part) or _("seluruh daerah")


@cache
def places_of(region_code: str) -> Places:
    areas = read_areas(region_code)
    return Places(_by_name(areas.opds), _by_name(areas.kecamatan))


def _by_name(names: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(names.items(), key=lambda item: item[1]))


def _titled(code: str | None, names: Mapping[str, str]) -> str:
    if not code:
        return ""
    return f"{code} · {names[code]}" if code in names else code
