"""Self-assessments and assessors' results over the years, with a line where the scheme changes; never one series.

Refuses to put published results among them.
"""

from __future__ import annotations

from gettext import gettext as _

import pandas as pd

from reports.content import Cell, Column, Section, Table, Words
from reports.delivered_levels import level_years
from reports.desk import Desk
from reports.spbe_levels import BY_ASSESSOR, BY_SELF
from reports.stored_figures import exact
from warehouse import queries
from warehouse.indicators.spbe.levels import SOURCE, pack_of_year
from warehouse.rules import IndexPack

SERIES_TITLE = _("Penilaian mandiri dan asesor dari tahun ke tahun")
EMPTY: tuple[Cell, Cell] = (None, "")


def level_series_section(desk: Desk) -> Section:
    """One row a year of which levels were delivered, and one where its rules are others than the year's before."""
    frames = [desk.ask(queries.indicator_values, item, "region") for item in (BY_SELF, BY_ASSESSOR)]
    by_self, by_assessor = (_values(frame) for frame in frames)
    rows: list[tuple[Cell, ...]] = []
    before: IndexPack | None = None
    for year in reversed(level_years(desk)):
        pack = pack_of_year(desk.rules, year)
        if before is not None and pack is not None and pack.pack_id != before.pack_id:
            words = _("berganti ke {name} ({regulation}), tidak disambung")
            rows.append((str(year), words.format(name=pack.index_name, regulation=pack.regulation), "", "", "", ""))
        rows.append(
            (str(year), pack.index_name if pack else "", *by_self.get(year, EMPTY), *by_assessor.get(year, EMPTY))
        )
        before = pack or before
    columns = (
        Column(_("Tahun")),
        Column(_("Dinilai dengan")),
        Column(_("Mandiri"), "number", 2),
        Column(_("Predikat mandiri")),
        Column(_("Asesor"), "number", 2),
        Column(_("Predikat asesor")),
    )
    note = Words(_("Bukan hasil terbitan; hasil terbitan ada di bagian pertama halaman ini."), is_note=True)
    is_sample = any(bool(frame["is_sample"].any()) for frame in frames)
    table = Table(columns, tuple(rows), name=_("Deret penilaian"))
    return Section(SERIES_TITLE, (table, note), clocks=desk.clocks_of(SOURCE), is_sample=is_sample)


def _values(frame: pd.DataFrame) -> dict[int, tuple[Cell, Cell]]:
    """Index and predikat by year; a year without a value has neither."""
    columns = zip(frame["period_start"], frame["value"], frame["predikat"], strict=True)
    return {start.year: (exact(value), word if isinstance(word, str) else "") for start, value, word in columns}
