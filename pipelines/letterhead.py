"""Whose report the letterhead says it is, and whether that is its sender; guesses no unit from a likeness."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from xlsxwriter.utility import xl_rowcol_to_cell

from pipelines.headers import normalise
from pipelines.reference import alias_key
from pipelines.reshaping import Doubt, Letterhead, Note, Statement
from warehouse.schema import ref_alias, ref_region

UNIT_LABELS = ("subunitorganisasi", "subunit", "unitorganisasi", "skpd", "opd")  # nearest first
GOVERNMENT = re.compile(r"^\W*pemerintah\s+(?:provinsi|kabupaten|kab|kota)\b", re.IGNORECASE)
GOVERNMENT_WORD = re.compile(r"^\W*pemerintah\s+", re.IGNORECASE)
REGION_TAIL = re.compile(r"\s+(?:kabupaten|kab\.?|kota|provinsi)\s.*$", re.IGNORECASE)  # "Dinas Sosial Kabupaten Toba"
CODE = re.compile(r"^[\d.\s-]+$")
TO_BE_FILLED = re.compile(r"^\W*(?:nama|isi(?:kan)?)\s.*(?:opd|skpd|unit|organisasi)\W*$", re.IGNORECASE)


def read_letterhead(rows: Sequence[Sequence[Any]]) -> Letterhead:
    """The government and the units named above the table, each with its cell."""
    units: dict[str, Statement] = {}
    government = None
    for row, values in enumerate(rows):
        said = [(column, cell) for column, cell in enumerate(values) if str(cell).strip() not in ("", ":")]
        if not said:
            continue
        label = normalise(said[0][1])
        if label in UNIT_LABELS:
            # A code may stand before the name: the last cell with letters says most.
            worded = [found for found in said[1:] if re.search("[A-Za-z]", str(found[1]))]
            column, cell = (worded or said[1:] or [(said[0][0] + 1, "")])[-1]
            units[label] = Statement(" ".join(str(cell).split()), xl_rowcol_to_cell(row, column))
        elif government is None and GOVERNMENT.match(str(said[0][1])):
            government = Statement(" ".join(str(said[0][1]).split()), xl_rowcol_to_cell(row, said[0][0]))
    return Letterhead(tuple(units[label] for label in UNIT_LABELS if label in units), government)


def judge_letterhead(
    connection: sa.Connection, region_code: str, sender: str, letterhead: Letterhead
) -> tuple[list[Note], list[Doubt]]:
    """Warnings and doubts about government and unit; `sender` is an OPD code of the region."""
    notes = _judge_government(connection, region_code, letterhead)
    named = [item for item in letterhead.units if not _is_open(item.text)]
    if not named:
        return notes, [_open_unit(letterhead)]
    for item in named:
        code = _code_of(connection, "ref_opd", region_code, item.text)
        if code is not None and sender in (code, ""):  # a file may be checked before its name says who sends it
            return notes, []
        if code is not None:
            said = f'Kop menyebut unit "{item.text}" ({code}) di {item.cell}, padahal pengirimnya {sender}.'
            return notes, [Doubt("unit", said, item.cell)]
    if any(CODE.match(item.text) for item in named):
        return notes, []
    said = f'Unit "{named[0].text}" di {named[0].cell} tidak ada di daftar OPD; dianggap milik pengirim, {sender}.'
    return [*notes, Note("unit", said, named[0].cell)], []


def _is_open(text: str) -> bool:
    return not re.search(r"[0-9A-Za-z]", text) or bool(TO_BE_FILLED.match(text))


def _open_unit(letterhead: Letterhead) -> Doubt:
    if not letterhead.units:
        return Doubt("unit", "Kop tidak menyebut unit organisasi.")
    item = letterhead.units[0]
    said = f'"{item.text}"' if item.text else "kosong"
    return Doubt("unit", f"Unit organisasi di {item.cell} belum diisi ({said}).", item.cell)


def _code_of(connection: sa.Connection, reference: str, region_code: str, text: str) -> str | None:
    """The OPD or region that is spelled so, with or without the region's name behind it."""
    keys = [alias_key(text), alias_key(REGION_TAIL.sub("", text))]
    found = sa.select(ref_alias.c.code).where(
        ref_alias.c.reference == reference, ref_alias.c.scope.in_(("", region_code)), ref_alias.c.alias_key.in_(keys)
    )
    return connection.scalars(found.order_by(ref_alias.c.code)).first()


def _judge_government(connection: sa.Connection, region_code: str, letterhead: Letterhead) -> list[Note]:
    stated = letterhead.government
    own = connection.scalar(sa.select(ref_region.c.name).where(ref_region.c.code == region_code))
    if stated is None or own is None or alias_key(own) in alias_key(stated.text):
        return []
    if _code_of(connection, "ref_region", region_code, GOVERNMENT_WORD.sub("", stated.text)) == region_code:
        return []
    return [Note("kop", f'Kop menyebut "{stated.text}" di {stated.cell}, bukan {own}.', stated.cell)]
