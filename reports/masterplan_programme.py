"""One programme: what it is, its S-curve, who carries it with their clocks, targets, and every report with its row."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

from charts.formats import format_deviation, format_percent
from charts.s_curve import build_s_curve
from reports.clock_words import state_words, until_words
from reports.content import Block, Cell, Chart, Column, Missing, Quantity, Section, Table, Words
from reports.desk import Desk
from reports.masterplan_cut import Cut
from reports.stored_figures import exact
from warehouse import queries
from warehouse.figures import ProgrammeLine
from warehouse.indicators.masterplan.progress import SOURCE
from warehouse.indicators.periods import write_month

ABOUT_TITLE, CURVE_TITLE = _("Program ini"), _("Kurva-S: rencana dan realisasi")
AGENCIES_TITLE, TARGETS_TITLE = _("OPD yang memikul"), _("Target dan anggaran tiap tahun")
REPORTS_TITLE = _("Laporan bulanan")
CURVE_HEIGHT = 280


def programme_message(line: ProgrammeLine, desk: Desk) -> str:
    """Name and where it stands against its plan; it names no cause."""
    if line.physical_actual_pct is None or line.physical_deviation is None:
        return _("{name}: belum ada laporan tahun ini").format(name=line.programme_name)
    return _("{name}: realisasi fisik {actual}, {deviation}").format(
        name=line.programme_name,
        actual=format_percent(line.physical_actual_pct, 1, desk.locale),
        deviation=format_deviation(line.physical_deviation, 1, desk.locale),
    )


def about_section(desk: Desk, line: ProgrammeLine) -> Section:
    facts = desk.ask(queries.programme_facts, line.programme_code)
    row: Any = facts.iloc[0] if len(facts) else None
    written: list[tuple[str, Cell]] = [
        (_("Kode"), line.programme_code),
        (_("Dimensi"), line.dimension_name),
        (_("Indikator"), row.indicator_name if row is not None else ""),
        (_("Jangka"), line.horizon_name),
        (_("Masa"), f"{row.start_year}–{row.end_year}" if row is not None else ""),
        (_("Lokasi"), line.kecamatan_name or _("seluruh daerah")),
        (_("Pagu tahun ini"), Quantity(line.budget_idr, "Rp", 0)),
        (_("Realisasi"), Quantity(line.realised_idr, "Rp", 0)),
        (_("Baris di matriks"), f"{row.file_name}, {_('baris')} {row.row_no}" if row is not None else ""),
    ]
    table = Table((Column(_("Hal")), Column(_("Isi"))), tuple(written), name=_("Program"))
    return Section(ABOUT_TITLE, (table,), "", desk.clocks_of("bappeda_program"), line.is_sample)


def curve_section(desk: Desk, cut: Cut, line: ProgrammeLine) -> Section:
    blocks: list[Block] = []
    for name, words, points in (
        (
            "curve-physical",
            _("Fisik: rencana dan realisasi kumulatif, persen"),
            cut.curve("fisik", line.programme_code),
        ),
        (
            "curve-financial",
            _("Keuangan: rencana dan realisasi kumulatif, persen"),
            cut.curve("keuangan", line.programme_code),
        ),
    ):
        if any(point.plan is not None or point.actual is not None for point in points):
            blocks += [Words(words), Chart(name, words, build_s_curve, (points,), CURVE_HEIGHT)]
    if not blocks:
        blocks.append(Missing(_("Progres bulanan program"), (line.lead_opd_code,)))
    return Section(CURVE_TITLE, tuple(blocks), "", _own_clocks(desk, (line.lead_opd_code,)), line.is_sample)


def _own_clocks(desk: Desk, opd_codes: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(clock for clock in desk.clocks_of(SOURCE) if clock.opd_code in opd_codes)


def agencies_section(desk: Desk, line: ProgrammeLine) -> Section:
    """Who holds which link, with the clock of what each delivered last."""
    codes = (line.lead_opd_code, *line.contributor_opd_codes)
    clocks = {clock.opd_code: clock for clock in _own_clocks(desk, codes)}
    columns = (Column(_("OPD")), Column(_("Peran")), Column(_("Keadaan kiriman")), Column(_("Data sampai")))
    rows = tuple(
        (
            code,
            _("penanggung jawab") if code == line.lead_opd_code else _("pendukung"),
            state_words(clocks[code]) if code in clocks else _("tidak mengirim sumber ini"),
            until_words(clocks[code].data_until, desk.region.timezone_label, desk.locale) if code in clocks else "",
        )
        for code in codes
    )
    note = _("Program keroyokan: dipikul dua OPD atau lebih.") if line.is_joint else _("Dipikul satu OPD.")
    return Section(AGENCIES_TITLE, (Table(columns, rows, note=note),), is_sample=line.is_sample)


def targets_section(desk: Desk, line: ProgrammeLine) -> Section:
    frame = desk.ask(queries.programme_targets, line.programme_code)
    clocks = desk.clocks_of("bappeda_target_program")
    if frame.empty:
        return Section(TARGETS_TITLE, (Missing(_("Target program"), tuple(c.opd_code for c in clocks)),), clocks=clocks)
    columns = (
        Column(_("Tahun")),
        Column(_("Target, seperti tertulis")),
        Column(_("Target"), "number", 2),
        Column(_("Capaian"), "number", 2),
        Column(_("Capaian terhadap target"), "percent", 1),
        Column(_("Kelas")),
        Column(_("Anggaran"), "money"),
        Column(_("Sumber dana")),
        Column(_("Berkas")),
        Column(_("Baris"), "number"),
    )
    rows = tuple(_target_row(row) for row in frame.itertuples())
    return Section(
        TARGETS_TITLE, (Table(columns, rows, name=_("Target")),), "", clocks, line.is_sample, "masterplan.capaian"
    )


def _target_row(row: Any) -> tuple[Cell, ...]:
    numbers = (exact(row.target_value), exact(row.achieved_value), exact(row.achieved_pct))
    return (
        str(row.target_year),
        row.target_text if isinstance(row.target_text, str) else "",
        *numbers,
        row.predikat if isinstance(row.predikat, str) else "",
        exact(row.budget_idr),
        row.fund_source_name,
        row.file_name,
        int(row.row_no),
    )


def reports_section(desk: Desk, line: ProgrammeLine) -> Section:
    """Every monthly report with file and row number, newest first."""
    frame = desk.ask(queries.programme_reports, line.programme_code)
    clocks = _own_clocks(desk, (line.lead_opd_code,))
    if frame.empty:
        return Section(REPORTS_TITLE, (Missing(_("Laporan bulanan"), (line.lead_opd_code,)),), clocks=clocks)
    columns = (
        Column(_("Bulan")),
        Column(_("Rencana fisik"), "percent", 1),
        Column(_("Realisasi fisik"), "percent", 1),
        Column(_("Rencana keuangan"), "percent", 1),
        Column(_("Realisasi keuangan"), "percent", 1),
        Column(_("Pagu"), "money"),
        Column(_("Realisasi"), "money"),
        Column(_("Kendala menurut OPD")),
        Column(_("Berkas")),
        Column(_("Baris"), "number"),
    )
    rows = tuple(_report_row(row) for row in frame.itertuples())
    return Section(
        REPORTS_TITLE, (Table(columns, rows, name=_("Laporan"), is_leading=True),), "", clocks, line.is_sample
    )


def _report_row(row: Any) -> tuple[Cell, ...]:
    names = ("physical_plan_pct", "physical_actual_pct", "financial_plan_pct", "financial_actual_pct", "budget_idr",
             "realised_idr")  # fmt: skip
    return (
        write_month(row.report_month.date()),
        *(exact(getattr(row, name)) for name in names),
        row.obstacle if isinstance(row.obstacle, str) else "",
        row.file_name,
        int(row.row_no),
    )
