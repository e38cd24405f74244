"""Cases of one column: each cell beside what it means, from which the whole right reading follows."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import Workbook

from tests.corpus.running import Case, Told

HEADER = "Nilai"


@dataclass(frozen=True)
class Bad:
    """A cell whose row is quarantined: the code of the finding, and words of its sentence."""

    code: str
    words: str = ""


def csv_of(rows: Sequence[Sequence[Any]], delimiter: str = ";") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8")


def xlsx_of(rows: Sequence[Sequence[Any]]) -> bytes:
    """A workbook; a cell may be (value, number format)."""
    book, out = Workbook(), io.BytesIO()
    for row_no, row in enumerate(rows, start=1):
        for column_no, value in enumerate(row, start=1):
            cell = book.active.cell(row_no, column_no)
            if isinstance(value, tuple):
                cell.value, cell.number_format = value
            else:
                cell.value = value
    book.save(out)
    return out.getvalue()


def column(
    name: str,
    kind: str,
    rows: Sequence[tuple[Any, str | Bad | None]],
    *,
    top: str = "",
    told: Sequence[Told] = (),
    book: bool = False,
    **more: Any,
) -> Case:
    """`kind` is the type of the column and its further keys; `told` what is said beside the rows refused."""
    contract = (
        f"title: Uji\n{top}fields:\n  - {{name: no, from: No, type: code, required: true}}\n"
        f"  - {{name: nilai, from: {HEADER}, type: {kind}}}\n"
    )
    grid = [["No", HEADER], *([f"A{number}", cell] for number, (cell, _) in enumerate(rows, start=1))]
    right = [means for _, means in rows if not isinstance(means, Bad)]
    bad = [(row_no, means) for row_no, (_, means) in enumerate(rows, start=2) if isinstance(means, Bad)]
    is_number = kind.split(",", maxsplit=1)[0] in {"integer", "number", "percent", "quantity"}
    is_time = kind.split(",", maxsplit=1)[0] in {"date", "datetime", "month"}
    values = [value for value in right if value is not None]
    whole: list[Told] = [] if right else [("banyak_ditolak", None, None, "Seluruh")]
    return Case(
        name=name,
        contract=contract,
        file_name="uji.xlsx" if book else "uji.csv",
        content=xlsx_of(grid) if book else csv_of(grid),
        outcome="refused" if whole else "partial" if bad else "accepted",
        accepted=len(right),
        quarantined=len(bad),
        sums={"nilai": _sum(values)} if is_number else {},
        ranges={"nilai": (min(values), max(values)) if values else None} if is_time else {},
        messages=(*((means.code, row_no, HEADER, means.words) for row_no, means in bad), *whole, *told),
        **more,
    )


def _sum(values: Sequence[str]) -> str | None:
    if not values:
        return None
    text = f"{sum(map(Decimal, values)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
