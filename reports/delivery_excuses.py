"""Delays that were excused, with who said so and why, and who took it back."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

import pandas as pd

from reports.clock_words import until_cell
from reports.content import Cell, Column, Section, Table, Words
from reports.deliveries import Deliveries, source_titles
from reports.desk import Desk
from reports.reach import of_reach
from warehouse import queries

EXCUSES_TITLE = _("Pemakluman")
SHOWN = 100


def excuses_section(desk: Desk, cut: Deliveries) -> Section:
    """Of the senders of the cut, newest first; what was revoked stays."""
    senders = {(clock.source_id, clock.opd_code) for clock in cut.clocks}
    found: pd.DataFrame = desk.ask(queries.excuses)
    rows = [row for row in found.itertuples() if (row.source_id, row.opd_code) in senders]
    if not rows:
        return Section(EXCUSES_TITLE, (Words(of_reach(desk, _("Tidak ada keterlambatan yang dimaklumi."))),))
    columns = (
        Column("OPD"),
        Column(_("Sumber")),
        Column(_("Masa, sampai"), "date"),
        Column(_("Alasan")),
        Column(_("Dimaklumi oleh")),
        Column(_("Dimaklumi"), "instant"),
        Column(_("Dicabut"), "instant", definition=_("sejak itu keterlambatannya dihitung lagi")),
        Column(_("Dicabut oleh")),
        Column(_("Alasan pencabutan")),
    )
    titles = source_titles(desk)
    cells = tuple(_row(row, titles) for row in rows)
    note = _(
        "Yang dimaklumi tidak dihitung terlambat; jam datanya tetap apa adanya. Yang dicabut tetap tercatat di sini."
    )
    return Section(EXCUSES_TITLE, (Table(columns, cells, name=EXCUSES_TITLE, shown=SHOWN),), note)


def _row(row: Any, titles: dict[str, str]) -> tuple[Cell, ...]:
    is_revoked = not pd.isna(row.revoked_at)
    return (
        row.opd_code,
        titles.get(row.source_id, row.source_id),
        until_cell(row.period_end.to_pydatetime()),
        row.reason,
        row.excused_by,
        row.excused_at.to_pydatetime(),
        row.revoked_at.to_pydatetime() if is_revoked else None,
        row.revoked_by if is_revoked else "",
        row.revoke_reason if is_revoked else "",
    )
