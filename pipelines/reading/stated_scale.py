"""Finds a letterhead that counts amounts in other than is agreed; multiplies nothing, it must be confirmed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from pipelines.contracts.contract import Contract
from pipelines.reading.cell_names import cell_name
from pipelines.reading.heading_words import normalise
from pipelines.reading.reshaping import Doubt
from pipelines.reading.row_kinds import summed_fields
from warehouse.personal import cover

WORD = r"(?P<scale>ribu|juta|mil[iy]ar)(?:an)?"
STATED = (
    re.compile(rf"\b(?:dalam|dlm|satuan)\b[\s:]*(?:rp\.?|rupiah|idr)?\s*{WORD}\b", re.IGNORECASE),
    re.compile(rf"\W*(?:rp\.?\s*)?{WORD}\s*(?:rupiah|rp\.?)?\W*", re.IGNORECASE),  # "(ribuan rupiah)", alone in a cell
)

UNIT = re.compile(r"\W*satuan\s*[:=]\s*(?P<unit>[^\W\d]+[23\u00b2\u00b3]?)\W*", re.IGNORECASE)  # "Satuan: kg"
KINDS = (  # of the same thing, in other amounts
    {"ton", "kg", "kilogram", "gram", "gr", "g", "kuintal", "kwintal", "kw", "ku", "ons"},
    {"km", "m", "cm", "mm"},
    {"km2", "ha", "hektar", "hektare", "are", "m2"},
    {"m3", "liter", "ltr", "l", "ml", "cc"},
)


def scale_doubt(above: Sequence[Sequence[Any]], contract: Contract) -> Doubt | None:
    """`above`: the rows over the header. None where the contract speaks of that scale itself."""
    agreed = " ".join(f"{field.from_} {field.unit or ''}" for field in summed_fields(contract)).lower()
    for row_no, row in enumerate(above):
        for column, cell in enumerate(row):
            told = _told(cell, agreed, contract) if isinstance(cell, str) else ""
            if told:
                said = f'Kop menyebut angkanya dalam {told} ("{cover(" ".join(cell.split()))}" di baris {row_no + 1}), '
                said += "padahal kontraknya tidak. Kirim angka penuh, atau sepakati satuannya di kontrak."
                return Doubt("kop", said, cell_name(row_no, column))
    return None


def _told(cell: str, agreed: str, contract: Contract) -> str:
    """The scale or the unit that a cell names and no column is counted in; empty for none."""
    scale = _stated(cell)
    if scale is not None:
        return "" if scale["scale"].lower() in agreed else f"{scale['scale'].lower()}an"
    found = UNIT.fullmatch(cell)
    return other_unit(found["unit"], contract) if found else ""


def other_unit(word: str, contract: Contract) -> str:
    """A unit of what some column counts in another one; empty for any other word."""
    unit = normalise(unicodedata.normalize("NFKC", word))
    declared = {normalise(unicodedata.normalize("NFKC", field.unit)) for field in contract.fields if field.unit}
    is_other = any(unit in kind and declared & kind for kind in KINDS) and unit not in declared
    return unit if is_other else ""


def _stated(cell: str) -> re.Match[str] | None:
    return STATED[0].search(cell) or STATED[1].fullmatch(cell)
