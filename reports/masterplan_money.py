"""Sections beside the masterplan: what agencies spent by their LRA, critical contracts, works with a doubtful place."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

import pandas as pd

from charts.formats import format_number
from reports.captions import join_names
from reports.content import Cell, Column, Section, Table, Words
from reports.desk import Desk
from reports.parts import owed_section
from reports.reach import is_narrow, of_reach
from reports.stored_figures import exact
from warehouse import queries
from warehouse.figures import ValueStatus
from warehouse.filters import Filters
from warehouse.indicators.masterplan.contracts import LateRule
from warehouse.indicators.periods import write_month

ABSORPTION_TITLE, CONTRACTS_TITLE = _("Serapan anggaran OPD (LRA)"), _("Kontrak kritis dan terlambat")
PLACES_TITLE = _("Proyek yang titiknya perlu diperiksa")
LRA, PHYSICAL, PROJECTS = "opd_lra", "opd_fisik", "dpupr_proyek"
ON_SCHEDULE = "sesuai jadwal"
RIGHT_PLACE = "sesuai"


def unheard(filters: Filters, *honoured: str) -> str:
    """Which filters of the page change nothing in a section, because its rows do not record them."""
    names = {"dimensi": _("dimensi"), "opd": _("OPD"), "data": _("keadaan data")}
    told = [words for name, words in names.items() if getattr(filters, name) and name not in honoured]
    return _("Saringan {names} tidak berlaku di bagian ini.").format(names=join_names(told)) if told else ""


def absorption_section(desk: Desk, year: int, filters: Filters) -> Section:
    """Each agency's spending by its own last report; agencies that owe a report stand without numbers."""
    frame = desk.ask(queries.opd_absorption, desk.region.region_code, year)
    own = frame[frame["opd_code"].isin(filters.opd)] if filters.opd else frame
    if is_narrow(desk):
        own = own[own["opd_code"].isin(desk.scope.reach.opd_codes)]
    if own.empty or own["budget_idr"].isna().all():
        return owed_section(desk, ABSORPTION_TITLE, LRA)
    columns = (
        Column(_("OPD")),
        Column(_("Nama")),
        Column(_("Sampai bulan")),
        Column(_("Anggaran belanja"), "money"),
        Column(_("Realisasi"), "money"),
        Column(_("Serapan"), "percent", 1, definition=_("realisasi dibagi anggaran belanja")),
        Column(_("Contoh"), "flag"),
    )
    ordered = own.sort_values("absorbed_pct", na_position="last")
    rows = tuple(_absorption_row(row) for row in ordered.itertuples())
    is_whole = own["month"].nunique() == 1 and (own["status"] == ValueStatus.CALCULATED.value).all()
    total = _absorption_total(own) if is_whole else None
    note = "" if total else _("Tanpa jumlah: laporan terakhir OPD berbeda bulan, atau ada yang belum lengkap.")
    table = Table(columns, rows, total=total, note=note, name=_("Serapan OPD"))
    is_sample, said = bool(own["is_sample"].any()), unheard(filters, "opd")
    return Section(ABSORPTION_TITLE, (table,), said, desk.clocks_of(LRA), is_sample, "anggaran.serapan")


def _absorption_row(row: Any) -> tuple[Cell, ...]:
    month = "" if pd.isna(row.month) else write_month(row.month.date())
    numbers = (exact(row.budget_idr), exact(row.realised_idr), exact(row.absorbed_pct))
    return row.opd_code, row.opd_name, month, *numbers, bool(row.is_sample)


def _absorption_total(frame: pd.DataFrame) -> tuple[Cell, ...]:
    budget, realised = exact(frame["budget_idr"].sum()), exact(frame["realised_idr"].sum())
    share = realised * 100 / budget if budget and realised is not None else None
    return _("Seluruhnya"), None, None, budget, realised, share, None


def contracts_section(desk: Desk, filters: Filters) -> Section:
    """Contracts behind their schedule, most points beyond the limit first, and those nobody reported."""
    rule = LateRule.of(desk.rules)
    frame = desk.ask(queries.critical_contracts, desk.region.region_code, rule)
    if frame.empty:
        return owed_section(desk, CONTRACTS_TITLE, PHYSICAL)
    own = frame[frame["opd_code"].isin(filters.opd)] if filters.opd else frame
    late = own[own["state"] != ON_SCHEDULE]
    words = _("{late} dari {all} kontrak tidak sesuai jadwal atau belum dilaporkan.").format(
        late=format_number(len(late), 0, desk.locale), all=format_number(len(own), 0, desk.locale)
    )
    words = of_reach(desk, words)
    limits = (rule.border_pct, rule.first_points, rule.second_points)
    border, first, second = (format_number(value, 0, desk.locale) for value in limits)
    note = _(
        "Kritis: rencana sampai {border} % dan terlambat lebih dari {first} poin, atau rencana di atasnya dan "
        "terlambat lebih dari {second} poin (Permen PU 07/PRT/M/2011)."
    ).format(border=border, first=first, second=second)
    columns = (
        Column(_("Keadaan")),
        Column(_("OPD")),
        Column(_("Kontrak")),
        Column(_("Pekerjaan")),
        Column(_("Jadwal"), "date"),
        Column(_("Rencana"), "percent", 1),
        Column(_("Realisasi"), "percent", 1),
        Column(_("Terlambat"), "number", 1, _("poin")),
        Column(_("Berkas")),
        Column(_("Baris"), "number"),
    )
    table = Table(columns, tuple(_contract_row(row) for row in late.itertuples()), note=note, name=_("Kontrak"))
    is_sample, said = bool(own["is_sample"].any()), unheard(filters, "opd")
    blocks = (Words(words), table) if len(late) else (Words(words), Words(note, is_note=True))
    return Section(CONTRACTS_TITLE, blocks, said, desk.clocks_of(PHYSICAL), is_sample, "masterplan.kontrak_kritis")


def _contract_row(row: Any) -> tuple[Cell, ...]:
    number = row.contract_no if isinstance(row.contract_no, str) else row.activity_id
    shares = (exact(row.plan_pct), exact(row.actual_pct), exact(row.late_points))
    return (
        row.state, row.opd_code, number, row.work_name, row.scheduled_date.date(), *shares, row.file_name,
        int(row.row_no),
    )  # fmt: skip


def places_section(desk: Desk, filters: Filters) -> Section:
    """Public works whose point does not lie where the address says."""
    frame = desk.ask(queries.projects, desk.region.region_code)
    if frame.empty:
        return owed_section(desk, PLACES_TITLE, PROJECTS)
    doubtful = frame[frame["place_note"].fillna("") != RIGHT_PLACE]
    words = _("{count} dari {all} proyek perlu diperiksa titiknya.").format(count=len(doubtful), all=len(frame))
    words = of_reach(desk, words)
    columns = tuple(
        Column(title)
        for title in (_("Proyek"), _("Alamat"), _("Kecamatan tertulis"), _("Kecamatan titik"), _("Catatan"))
    )
    rows = tuple(
        (row.project_name, row.address, row.stated_kecamatan_name, row.point_kecamatan_name, row.place_note or "")
        for row in doubtful.itertuples()
    )
    is_sample = bool(frame["is_sample"].any())
    blocks = (Words(words), Table(columns, rows, name=_("Proyek"))) if rows else (Words(words),)
    return Section(PLACES_TITLE, blocks, unheard(filters), desk.clocks_of(PROJECTS), is_sample)
