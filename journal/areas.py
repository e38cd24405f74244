"""Agencies and kecamatan of a region that people can be limited to, from the code lists Pendopo ships."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

import warehouse
from warehouse.nearest import nearest_hint

REFERENCE_DIR = Path(warehouse.__file__).parent / "reference"


@dataclass(frozen=True)
class Areas:
    """Names by code."""

    opds: Mapping[str, str]
    kecamatan: Mapping[str, str]

    def opd_problem(self, code: str | None) -> str | None:
        return _problem(_("OPD"), code, self.opds)

    def kecamatan_problem(self, code: str | None) -> str | None:
        return _problem(_("Kecamatan"), code, self.kecamatan)


def read_areas(region_code: str, folder: Path = REFERENCE_DIR) -> Areas:
    opds = {row["code"]: row["name"] for row in _rows(folder / "opd.csv") if row["region_code"] == region_code}
    kecamatan = {
        row["code"]: row["name"]
        for row in _rows(folder / "region.csv")
        if row["parent_code"] == region_code and row["level"] == "kecamatan"
    }
    return Areas(opds, kecamatan)


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def _problem(kind: str, code: str | None, names: Mapping[str, str]) -> str | None:
    if code is None or code in names:
        return None
    by_name = {name.casefold(): known for known, name in names.items()}
    close = by_name.get(code.casefold())
    hint = f"; maksudnya {close!r}?" if close else nearest_hint(code.upper(), names)
    return _("{kind} {code} tidak ada di daftar daerah ini{hint}").format(kind=kind, code=code, hint=hint)
