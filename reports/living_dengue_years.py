"""Dengue of the region by year beside what was announced for the nation; refuses to fill a year nobody announced."""

from __future__ import annotations

from gettext import gettext as _

import pandas as pd

from reports.content import Block, Cell, Column, Table, Words
from reports.desk import Desk
from reports.stored_figures import shown_value
from warehouse import queries
from warehouse.rules.tables import TablePack

INCIDENCE, FATALITY = "smart_living.dbd_ir", "smart_living.dbd_cfr"
NATIONAL = "dbd_nasional"
TITLE = _("DBD tiap tahun, daerah dan nasional")


def years_blocks(desk: Desk) -> tuple[Block, ...]:
    """A row for every year that either is known of, the newest first; nothing without a year of the region."""
    own = {column: _of_region(desk, indicator) for column, indicator in (("ir", INCIDENCE), ("cfr", FATALITY))}
    pack = desk.rules.find(TablePack, NATIONAL)
    if not own["ir"] or pack is None:
        return ()
    known = {int(row.name): row for row in pack.rows}
    rows: list[tuple[Cell, ...]] = []
    for year in sorted({*own["ir"], *own["cfr"], *known}, reverse=True):
        row = known.get(year)
        label = str(year) if row is None or row.label == str(year) else _("{label} (nasional)").format(label=row.label)
        announced = dict(zip(pack.columns, row.values, strict=True)) if row else {}
        pairs = [(own[name].get(year), announced.get(name)) for name in ("ir", "cfr")]
        rows.append((label, *pairs[0], *pairs[1], row.source if row else ""))
    columns = (
        Column(_("Tahun")),
        Column(_("IR daerah"), "number", 2, definition=_("kasus per 100.000 penduduk")),
        Column(_("IR nasional"), "number", 2),
        Column(_("CFR daerah"), "percent", 2, definition=_("bagian kasus yang meninggal")),
        Column(_("CFR nasional"), "percent", 2),
        Column(_("Sumber angka nasional")),
    )
    words = _("{title}: diumumkan Kementerian Kesehatan, menurut berita; tahun tanpa angka tidak ditemukan.")
    return (
        Words(_("Angka kesakitan (IR) dan angka kematian (CFR) tiap tahun.")),
        Table(columns, tuple(rows), note=words.format(title=pack.title), name=TITLE),
    )


def _of_region(desk: Desk, indicator: str) -> dict[int, Cell]:
    frame = desk.ask(queries.indicator_values, indicator, "region")
    dated = [row for row in frame.itertuples() if row.period_kind == "year" and pd.notna(row.denominator)]
    return {row.period_start.year: shown_value(row) for row in dated}
