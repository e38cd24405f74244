"""Finds a letterhead that says amounts are in thousands or millions; multiplies nothing, it must be confirmed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pipelines.contracts.contract import Contract
from pipelines.reading.cell_names import cell_name
from pipelines.reading.reshaping import Doubt
from pipelines.reading.row_kinds import summed_fields
from warehouse.personal import cover

WORD = r"(?P<scale>ribu|juta|mil[iy]ar)(?:an)?"
STATED = (
    re.compile(rf"\b(?:dalam|dlm|satuan)\b[\s:]*(?:rp\.?|rupiah|idr)?\s*{WORD}\b", re.IGNORECASE),
    re.compile(rf"\W*(?:rp\.?\s*)?{WORD}\s*(?:rupiah|rp\.?)?\W*", re.IGNORECASE),  # "(ribuan rupiah)", alone in a cell
)


def scale_doubt(above: Sequence[Sequence[Any]], contract: Contract) -> Doubt | None:
    """`above`: the rows over the header. None where the contract speaks of that scale itself."""
    agreed = " ".join(f"{field.from_} {field.unit or ''}" for field in summed_fields(contract)).lower()
    for row_no, row in enumerate(above):
        for column, cell in enumerate(row):
            found = _stated(cell) if isinstance(cell, str) else None
            if found is None or found["scale"].lower() in agreed:
                continue
            place = cell_name(row_no, column)
            said = (
                f'Kop menyebut angkanya dalam {found["scale"].lower()}an ("{cover(" ".join(cell.split()))}" di baris '
                f"{row_no + 1}), padahal kontraknya tidak. Kirim angka penuh, atau sepakati satuannya di kontrak."
            )
            return Doubt("kop", said, place)
    return None


def _stated(cell: str) -> re.Match[str] | None:
    return STATED[0].search(cell) or STATED[1].fullmatch(cell)
