"""Rows that say nothing but that a list goes on, or what would follow: dots, "dst.", a year, the last name of a group."""

from __future__ import annotations

from tests.corpus.layout.groups import NEEDED, VISITS, aside
from tests.corpus.layout.sheets import WASTE
from tests.corpus.layout.writing import book
from tests.corpus.running import Case

NUMBERED = """
title: Kegiatan
grain: [no]
fields:
  - {name: no, from: No, type: integer, required: true}
  - {name: kegiatan, from: Kegiatan, type: text, required: true}
  - {name: ton, from: Ton, type: number, required: true}
"""
TWO = "No|Puskesmas|Kunjungan|Rujukan\n1|Gedongan|160|15\n2|Dalam|100|10\n"
SUMS = {"kunjungan": "260", "rujukan": "25"}


def two(name: str, line: str, contract: str = VISITS) -> Case:
    """Two rows of data and a last line that is none."""
    return Case(name, contract, "a.xlsx", book(TWO + line), accepted=2, sums=SUMS, messages=(aside("baris 4"),))


CASES = (
    two("dst", "|dst||"),
    two("dst. where amounts are required", "3|dst.||", NEEDED),
    two("and so on, with dashes", "|dan seterusnya|-|-", NEEDED),
    two("a sign of three dots", "|\u2026||"),
    two("three dots everywhere", "...|...|...|...", NEEDED),
    two("the last name of a group, with a letter", "|A. Rawat jalan||", NEEDED),
    two("the last name of a group, its letter before it", "B|Rawat jalan||", NEEDED),
    Case(
        "dst. in a text",
        VISITS,
        "a.csv",
        TWO.replace("|", ";").encode() + b";dst.;-;-\n",
        accepted=2,
        sums=SUMS,
        messages=(aside("baris 4"),),
    ),
    Case(
        "others with a figure are data",
        VISITS,
        "a.xlsx",
        book(TWO + "3|Dan lain-lain|7|1"),
        accepted=3,
        sums={"kunjungan": "267", "rujukan": "26"},
    ),
    Case(
        "dots instead of a name beside a figure",
        VISITS,
        "a.xlsx",
        book(TWO + "3|...|7|1"),
        "partial",
        2,
        1,
        sums=SUMS,
        messages=(("wajib", 4, "Puskesmas", ""),),
    ),
    Case(
        "a lettered row without its figures among lettered rows",
        WASTE,
        "a.xlsx",
        book("Kecamatan|Ton\nA. Utara|10\nB. Selatan|20\nC. Timur|"),
        "partial",
        2,
        1,
        sums={"ton": "30"},
        messages=(("wajib", 4, "Ton", ""),),
    ),
    Case(
        "years alone above their rows",
        NUMBERED,
        "a.xlsx",
        book("No|Kegiatan|Ton\n2025||\n1|A|10\n2026||\n2|B|20"),
        accepted=2,
        sums={"no": "3", "ton": "30"},
        messages=(aside("baris 2, 4"),),
    ),
    Case(
        "an amount like a year without its key",
        NUMBERED,
        "a.xlsx",
        book("No|Kegiatan|Ton\n1|A|10\n2|B|20\n||2026"),
        "partial",
        2,
        1,
        sums={"no": "3", "ton": "30"},
        messages=(("wajib", 4, "No", ""), ("wajib", 4, "Kegiatan", "")),
    ),
)
