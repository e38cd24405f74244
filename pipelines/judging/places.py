"""Compares the point of a project with the kecamatan its address names, against the delivered boundaries.

Refuses to move a point or to choose between point and address: a doubtful point is stored as delivered, with a note
and a finding that asks its sender. Boundaries of kecamatan say nothing about desa: whether a desa named in an address
exists, or lies in that kecamatan, cannot be known here. Without delivered boundaries nothing is judged.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa
from shapely.geometry import Point
from shapely.ops import nearest_points

from pipelines.contracts.contract import Contract, Locate
from pipelines.judging.reference import alias_key
from pipelines.reading.outlines import Boundary
from warehouse.engine import frame_as_table
from warehouse.schema import meta_finding, ref_alias, ref_region
from warehouse.settings import Profile

NEAR_BORDER_M = 50  # boundaries simplified to 0,0001 degree (11 m) and a telephone's position, with some room
METRES_PER_DEGREE = 111_320
NAME_WORDS = 3  # longest kecamatan name looked for, in words
AGREES, ELSEWHERE, OUTSIDE = "sesuai", "di kecamatan lain", "di luar daerah"
NEAR_BORDER, NOT_STATED = "dekat batas", "kecamatan tidak disebut"
NO_BOUNDARIES, NO_POINT = "batas belum ada", "titik tidak disampaikan"


@dataclass(frozen=True)
class Judgement:
    """What is known of one place; `message` is empty where nothing needs a look."""

    note: str
    stated_code: str | None = None
    point_code: str | None = None
    message: str = ""


@dataclass(frozen=True)
class Gazetteer:
    """The kecamatan that can be found: by spelling in an address, by area for a point."""

    boundaries: tuple[Boundary, ...]
    spellings: Mapping[str, str]  # alias_key of a name -> code
    names: Mapping[str, str]  # code -> name as it is shown
    home: str  # code of the region; a kecamatan of another one is a neighbour

    def stated_in(self, text: str) -> str | None:
        """The kecamatan an address names; None when it names none, or several without saying which."""
        words = re.findall(r"[^\W_]+", text.lower())
        found = list(self._names_in(words))
        marked = {code for place, code in found if place and words[place - 1] in ("kec", "kecamatan")}
        last_part = re.findall(r"[^\W_]+", text.lower().rpartition(",")[2])
        for codes in (marked, {code for _, code in found}, {code for _, code in self._names_in(last_part)}):
            if len(codes) == 1:
                return codes.pop()
        return None

    def _names_in(self, words: Sequence[str]) -> list[tuple[int, str]]:
        pieces = (
            (start, self.spellings.get(alias_key("".join(words[start : start + length]))))
            for start in range(len(words))
            for length in range(1, NAME_WORDS + 1)
        )
        return [(start, code) for start, code in pieces if code is not None]

    def at(self, point: Point) -> Boundary | None:
        """Where a point lies; on a shared border the smaller of the two."""
        return next((boundary for boundary in self.boundaries if boundary.area.covers(point)), None)

    def metres_to(self, code: str, point: Point) -> float | None:
        """Distance from a point to a kecamatan; None when its boundary is not in the file."""
        areas = [boundary.area for boundary in self.boundaries if boundary.code == code]
        if not areas:
            return None
        near, _ = nearest_points(areas[0], point)
        east = (near.x - point.x) * math.cos(math.radians(point.y))
        return math.hypot(east, near.y - point.y) * METRES_PER_DEGREE


def judge_places(
    connection: sa.Connection, contract: Contract, region: Profile, boundaries: Sequence[Boundary]
) -> None:
    """Fill the place columns of the loaded rows of a source with `locate`; one finding per doubtful point."""
    if contract.locate is None:
        return
    table = contract.table
    if table is None:
        return
    wanted = [contract.locate.latitude, contract.locate.longitude, contract.locate.stated]
    wanted += [contract.locate.hint] if contract.locate.hint else []
    columns = [table.c.submission_id, table.c.row_no, *(table.c[name] for name in dict.fromkeys(wanted))]
    rows = [dict(row) for row in connection.execute(sa.select(*columns)).mappings()]
    if not rows:
        return
    gazetteer = open_gazetteer(connection, region, boundaries)
    judged = [(row, judge_place(row, contract.locate, gazetteer)) for row in rows]
    _store(connection, table.name, judged)
    _file_doubts(connection, contract, judged)


def judge_place(row: Mapping[str, Any], locate: Locate, gazetteer: Gazetteer | None) -> Judgement:
    """One row, by its address and its point."""
    if gazetteer is None:
        return Judgement(NO_BOUNDARIES)
    stated = gazetteer.stated_in(row[locate.stated] or "")
    latitude, longitude = row[locate.latitude], row[locate.longitude]
    if latitude is None or longitude is None:
        return Judgement(NO_POINT, stated)
    point = Point(longitude, latitude)
    here = gazetteer.at(point)
    if stated is None:
        hinted = gazetteer.stated_in(row[locate.hint] or "") if locate.hint else None
        return _unstated(gazetteer, here, hinted)
    return _compared(gazetteer, point, here, stated)


def _unstated(gazetteer: Gazetteer, here: Boundary | None, hinted: str | None) -> Judgement:
    if here is None:
        said = (
            "Alamat tidak menyebut kecamatan, titiknya di luar semua kecamatan yang batasnya ada. Periksa koordinatnya."
        )
        return Judgement(OUTSIDE, message=said)
    said = ""
    if hinted and hinted != here.code:
        said = (
            f"Alamat tidak menyebut kecamatan; nama pekerjaan menyebut {gazetteer.names[hinted]}, titiknya di "
            f"{gazetteer.names[here.code]}. Lengkapi alamatnya dan periksa koordinatnya."
        )
    elif not here.code.startswith(gazetteer.home + "."):
        said = f"Alamat tidak menyebut kecamatan, titiknya di {gazetteer.names[here.code]}. Periksa koordinatnya."
    return Judgement(NOT_STATED, None, here.code, said)


def _compared(gazetteer: Gazetteer, point: Point, here: Boundary | None, stated: str) -> Judgement:
    there = gazetteer.names[stated]
    metres = gazetteer.metres_to(stated, point)
    away = "" if metres is None else f", {_distance(metres)} dari {there.partition(' (')[0]}"
    if here is None:
        said = (
            f"Alamat menyebut {there}, titiknya di luar semua kecamatan yang batasnya ada{away}. Periksa koordinatnya."
        )
        return Judgement(OUTSIDE, stated, None, said)
    found = gazetteer.names[here.code]
    if here.code == stated and stated.startswith(gazetteer.home + "."):
        return Judgement(AGREES, stated, here.code)
    if here.code == stated:
        said = f"Alamat dan titiknya di {there}, di luar daerah ini. Periksa apakah proyek ini milik daerah lain."
        return Judgement(OUTSIDE, stated, here.code, said)
    if metres is not None and metres <= NEAR_BORDER_M:
        said = f"Alamat menyebut {there}, titiknya di {found}, {_distance(metres)} dari batas {there}. "
        return Judgement(NEAR_BORDER, stated, here.code, said + "Periksa di sisi mana proyek itu.")
    said = f"Alamat menyebut {there}, titiknya di {found}{away}. Periksa koordinat atau alamatnya."
    return Judgement(ELSEWHERE, stated, here.code, said)


def _distance(metres: float) -> str:
    return f"{metres:.0f} m" if metres < 1000 else f"{metres / 1000:.1f} km".replace(".", ",")


def open_gazetteer(connection: sa.Connection, region: Profile, boundaries: Sequence[Boundary]) -> Gazetteer | None:
    """What the delivered boundaries hold; None without any."""
    if not boundaries:
        return None
    codes = {boundary.code for boundary in boundaries}
    parents = {row[0]: row[1] for row in connection.execute(sa.select(ref_region.c.code, ref_region.c.name))}
    names = {
        one.code: one.name
        if one.code.startswith(region.region_code + ".")
        else f"{one.name} ({parents.get(one.code[:5], one.code[:5])})"
        for one in boundaries
    }
    aliases = connection.execute(
        sa.select(ref_alias.c.alias_key, ref_alias.c.code).where(ref_alias.c.reference == "ref_kecamatan")
    )
    spellings = {row[0]: row[1] for row in aliases if row[1] in codes and not row[0].isdigit()}
    spellings |= {alias_key(one.name): one.code for one in boundaries}
    return Gazetteer(tuple(boundaries), spellings, names, region.region_code)


def _store(connection: sa.Connection, table_name: str, judged: Sequence[tuple[Mapping[str, Any], Judgement]]) -> None:
    frame = pd.DataFrame(
        [(row["submission_id"], row["row_no"], one.stated_code, one.point_code, one.note) for row, one in judged],
        columns=["submission_id", "row_no", "stated", "point", "note"],
    ).astype(dict.fromkeys(("submission_id", "stated", "point", "note"), "object"))
    with frame_as_table(connection, "places_judged", frame):
        connection.exec_driver_sql(
            f"""UPDATE {table_name} SET stated_kecamatan_code = stated::VARCHAR,
              point_kecamatan_code = point::VARCHAR, place_note = note
            FROM places_judged AS judged
            WHERE judged.submission_id = {table_name}.submission_id AND judged.row_no = {table_name}.row_no"""
        )


def _file_doubts(
    connection: sa.Connection, contract: Contract, judged: Sequence[tuple[Mapping[str, Any], Judgement]]
) -> None:
    if contract.locate is None:
        return
    field = contract.by_name[contract.locate.stated]
    findings = [
        {
            "submission_id": row["submission_id"],
            "source_id": contract.source_id,
            "severity": "peringatan",
            "row_no": row["row_no"],
            "cell": f"baris {row['row_no']}, kolom {field.from_}",
            "field_name": field.name,
            "header_text": field.from_,
            "value_text": row[field.name],
            "rule": "letak",
            "message": one.message,
        }
        for row, one in judged
        if one.message
    ]
    if findings:
        connection.execute(meta_finding.insert(), findings)
