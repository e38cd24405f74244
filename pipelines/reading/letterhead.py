"""Whose report the letterhead says it is, and whether that is its sender; guesses no unit from a likeness."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from pipelines.contracts.vocabulary import Vocabulary
from pipelines.judging.reference import alias_key
from pipelines.reading.cell_names import cell_name
from pipelines.reading.headers import normalise
from pipelines.reading.reshaping import Doubt, Letterhead, Note, Statement
from warehouse.personal import cover
from warehouse.schema import ref_alias, ref_region

UNIT_LABELS = ("subunitorganisasi", "subunit", "unitorganisasi", "skpd", "opd")  # nearest first
GOVERNMENT = re.compile(r"^\W*pemerintah\s+(?:provinsi|kabupaten|kab|kota)\b", re.IGNORECASE)
LIKE_OURS = re.compile(r"^\W*pemerintah\s+(?:kabupaten|kab|kota)\b", re.IGNORECASE)
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
            units[label] = Statement(" ".join(str(cell).split()), cell_name(row, column))
        elif government is None and GOVERNMENT.match(str(said[0][1])):
            government = Statement(" ".join(str(said[0][1]).split()), cell_name(row, said[0][0]))
    return Letterhead(tuple(units[label] for label in UNIT_LABELS if label in units), government)


@dataclass(frozen=True)
class Spellings:
    """How the agencies of a region and the region itself may be spelled."""

    region_name: str
    region_keys: frozenset[str]
    opd_codes: Mapping[str, str]  # by alias key

    def opd(self, text: str) -> str | None:
        """The agency spelled so, with or without the region's name behind it."""
        return self.opd_codes.get(alias_key(text)) or self.opd_codes.get(alias_key(REGION_TAIL.sub("", text)))


def read_spellings(connection: sa.Connection, region_code: str) -> Spellings:
    alias = ref_alias.c
    own = sa.select(alias.alias_key, alias.code).where(alias.scope.in_(("", region_code)))
    opds = connection.execute(own.where(alias.reference == "ref_opd").order_by(alias.code.desc())).all()
    regions = connection.scalars(
        sa.select(alias.alias_key).where(alias.reference == "ref_region", alias.code == region_code)
    )
    name = connection.scalar(sa.select(ref_region.c.name).where(ref_region.c.code == region_code))
    return Spellings(name or "", frozenset(regions), {row[0]: row[1] for row in opds})


def judge_letterhead(spellings: Spellings, sender: str, letterhead: Letterhead) -> list[Note | Doubt]:
    """Warnings and doubts about government and unit; `sender` is an OPD code of the region."""
    return [*_judge_government(spellings, letterhead), *_judge_unit(spellings, sender, letterhead)]


def _judge_unit(spellings: Spellings, sender: str, letterhead: Letterhead) -> list[Note | Doubt]:
    named = [item for item in letterhead.units if not _is_open(item.text)]
    if not named:
        return [_open_unit(letterhead)]
    for item in named:
        code = spellings.opd(item.text)
        if code is not None and sender in (code, ""):  # a file may be checked before its name says who sends it
            return []
        if code is not None:
            said = f'Kop menyebut unit "{_told(item.text)}" ({code}) di {item.cell}, padahal pengirimnya {sender}.'
            return [Doubt("unit", said, item.cell)]
    if any(CODE.match(item.text) for item in named):
        return []
    said = (
        f'Unit "{_told(named[0].text)}" di {named[0].cell} tidak ada di daftar OPD; dianggap milik pengirim, {sender}.'
    )
    return [Note("unit", said, named[0].cell)]


def _told(text: str) -> str:
    """A unit nobody knows may be the name of who signs."""
    return Vocabulary().name_told(text)


def _is_open(text: str) -> bool:
    return not re.search(r"[0-9A-Za-z]", text) or bool(TO_BE_FILLED.match(text))


def _open_unit(letterhead: Letterhead) -> Doubt:
    if not letterhead.units:
        return Doubt("unit", "Kop tidak menyebut unit organisasi.")
    item = letterhead.units[0]
    said = f'"{_told(item.text)}"' if item.text else "kosong"
    return Doubt("unit", f"Unit organisasi di {item.cell} belum diisi ({said}).", item.cell)


def _judge_government(spellings: Spellings, letterhead: Letterhead) -> list[Note | Doubt]:
    stated = letterhead.government
    if stated is None or not spellings.region_name or alias_key(spellings.region_name) in alias_key(stated.text):
        return []
    if alias_key(GOVERNMENT_WORD.sub("", stated.text)) in spellings.region_keys:
        return []
    text = cover(stated.text)
    if LIKE_OURS.match(text):  # a province's form is filled in by all, a neighbour's report is not ours
        said = f'Kop menyebut "{text}" di {stated.cell}, padahal daerah ini {spellings.region_name}.'
        return [Doubt("kop", said, stated.cell)]
    return [Note("kop", f'Kop menyebut "{text}" di {stated.cell}, bukan {spellings.region_name}.', stated.cell)]
