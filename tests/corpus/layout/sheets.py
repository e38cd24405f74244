"""Workbooks with letterheads, headers of several rows, totals, signatures and several sheets."""

from __future__ import annotations

from tests.corpus.layout.writing import book
from tests.corpus.running import Case

WASTE = """
title: Sampah
grain: [kecamatan]
fields:
  - {name: kecamatan, from: Kecamatan, type: text, required: true}
  - {name: ton, from: Ton, type: number, required: true, unit: ton}
"""

CASES = (
    Case(
        "plain",
        WASTE,
        "a.xlsx",
        book(["Kecamatan", "Ton"], ["Utara", 10], ["Selatan", 2.5]),
        accepted=2,
        sums={"ton": "12.5"},
    ),
)
