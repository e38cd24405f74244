"""Sections of the masterplan as a whole or in a cut: figures, S-curve, dimensions, programmes, who has not reported."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from gettext import gettext as _

from charts.formats import format_percent
from charts.look import Look
from charts.plan_bars import PlanBar, build_plan_bars, plan_height
from charts.s_curve import build_s_curve
from reports.content import Block, Cell, Chart, Column, Figures, Quantity, Section, Table, Words
from reports.desk import Desk
from reports.masterplan_cut import Cut
from reports.reach import of_reach
from warehouse.figures import ProgrammeLine
from warehouse.indicators.masterplan.progress import SOURCE, Weighed, left_out
from warehouse.indicators.periods import write_month, write_short_month

PLAN_SOURCES = ("bappeda_program", "bappeda_target_program", SOURCE)
CURVE_HEIGHT = 280
FIGURES = (
    "masterplan.realisasi_fisik",
    "masterplan.deviasi_fisik",
    "masterplan.deviasi_keuangan",
    "masterplan.serapan",
    "masterplan.capaian",
    "masterplan.keroyokan",
    "masterplan.tanpa_laporan",
    "masterplan.kontrak_kritis",
)
FIGURES_TITLE, CURVE_TITLE = _("Angka utama"), _("Kurva-S: rencana dan realisasi")
DIMENSIONS_TITLE, LIST_TITLE = _("Tiap dimensi"), _("Daftar program")
UNREPORTED_TITLE = _("Program tanpa laporan")


def month_words(cut: Cut, desk: Desk) -> str:
    """`Oktober 2026`; "" before the first report."""
    return write_month(cut.month) if cut.month else ""


def figures_section(desk: Desk, cut: Cut) -> Section:
    """The stored figures of the region; of a cut the same measures recomputed over its programmes."""
    if cut.is_whole and cut.year == _stored_year(desk):
        figures = tuple(desk.view.figures[item] for item in FIGURES if item in desk.view.figures)
        return Section(FIGURES_TITLE, (Figures(figures, 4),), is_sample=cut.is_sample)
    physical, financial = cut.shares("fisik"), cut.shares("keuangan")
    spent = cut.spent
    share = None if spent.value is None else spent.value * 100
    rows: tuple[tuple[Cell, ...], ...] = (
        (_("Realisasi fisik"), Quantity(physical[1], "%", 1), _target(physical[0], desk)),
        (_("Deviasi fisik"), Quantity(cut.physical_deviation, _("poin"), 1), ""),
        (_("Realisasi keuangan"), Quantity(financial[1], "%", 1), _target(financial[0], desk)),
        (_("Deviasi keuangan"), Quantity(cut.financial_deviation, _("poin"), 1), ""),
        (_("Serapan anggaran"), Quantity(share, "%", 1), left_out(spent)),
        (_("Program keroyokan"), Quantity(Decimal(cut.joint_count), _("program"), 0), _of_all(cut)),
        (_("Program tanpa laporan"), Quantity(Decimal(len(cut.unreported)), _("program"), 0), _of_all(cut)),
    )
    columns = (Column(_("Angka")), Column(_("Nilai"), "number"), Column(_("Keterangan")))
    note = _("Dihitung ulang dari program dalam saringan ini, ditimbang pagu.")
    note = of_reach(desk, note)
    return Section(FIGURES_TITLE, (Table(columns, rows, note=note),), is_sample=cut.is_sample)


def _stored_year(desk: Desk) -> int | None:
    figure = desk.view.figures.get("masterplan.realisasi_fisik")
    point = figure.trend[-1] if figure and figure.trend else None
    return point.period_start.year if point else None


def _target(plan: Decimal | None, desk: Desk) -> str:
    return "" if plan is None else _("rencana {plan}").format(plan=format_percent(plan, 1, desk.locale))


def _of_all(cut: Cut) -> str:
    return _("dari {count} program").format(count=len(cut.lines))


def curve_section(desk: Desk, cut: Cut) -> Section:
    """Physical and financial, plan and realisation; a month not reported is a gap."""
    blocks: list[Block] = []
    for name, words, measure in (
        ("curve-physical", _("Fisik: rencana dan realisasi kumulatif, persen"), "fisik"),
        ("curve-financial", _("Keuangan: rencana dan realisasi kumulatif, persen"), "keuangan"),
    ):
        points = cut.curve("fisik" if measure == "fisik" else "keuangan")
        blocks += [Words(words), Chart(name, words, build_s_curve, (points,), CURVE_HEIGHT)]
    blocks.append(Words(_("Garis putus rencana, garis utuh realisasi, ditimbang pagu."), is_note=True))
    return Section(CURVE_TITLE, tuple(blocks), "", desk.clocks_of(SOURCE), cut.is_sample, "masterplan.realisasi_fisik")


def dimensions_section(desk: Desk, cut: Cut) -> Section:
    """One row a dimension of the cut, each weighed over its own programmes."""
    codes = dict.fromkeys((line.dimension_code, line.dimension_name) for line in sorted(cut.lines, key=_dimension))
    parts = [(name, _part(cut, code)) for code, name in codes]
    columns = (
        Column(_("Dimensi")),
        Column(_("Program"), "number"),
        Column(_("Keroyokan"), "number", definition=_("program yang dipikul dua OPD atau lebih")),
        Column(_("Tanpa laporan"), "number"),
        Column(_("Rencana fisik"), "percent", 1, definition=_("ditimbang pagu")),
        Column(_("Realisasi fisik"), "percent", 1, definition=_("ditimbang pagu")),
        Column(_("Deviasi"), "number", 1, _("poin")),
        Column(_("Pagu"), "money", definition=_("program yang melapor pada bulan itu")),
        Column(_("Realisasi"), "money", definition=_("rupiah sampai bulan itu")),
    )
    rows = tuple((name, *_dimension_cells(part)) for name, part in parts)
    total = (_("Seluruhnya"), *_dimension_cells(cut))
    bars = tuple(PlanBar(name, part.shares("fisik")[1], part.shares("fisik")[0]) for name, part in parts)
    words = _("Realisasi fisik tiap dimensi terhadap rencana, persen")
    chart = Chart("dimensions", words, build_plan_bars, (bars,), plan_height(len(bars), Look()))
    note = _("Jumlah hanya untuk yang dapat dijumlahkan; persen dihitung ulang dari semua program, ditimbang pagu.")
    table = Table(columns, rows, total=total, note=note, name=_("Dimensi"))
    return Section(DIMENSIONS_TITLE, (chart, table), "", desk.clocks_of(SOURCE), cut.is_sample)


def _dimension(line: ProgrammeLine) -> str:
    return line.dimension_code


def _part(cut: Cut, dimension_code: str) -> Cut:
    lines = tuple(line for line in cut.lines if line.dimension_code == dimension_code)
    last = cut.month or date.min  # all rows tell the same month, also where one dimension is ahead of the others
    months = tuple(row for row in cut.months if row.dimension_code == dimension_code and row.report_month <= last)
    return Cut(cut.year, lines, months, cut.due, is_whole=False)


def _dimension_cells(cut: Cut) -> tuple[Cell, ...]:
    plan, actual = cut.shares("fisik")
    spent: Weighed = cut.spent
    return (
        len(cut.lines),
        cut.joint_count,
        len(cut.unreported),
        plan,
        actual,
        cut.physical_deviation,
        spent.denominator if spent.used_count else None,
        spent.numerator if spent.used_count else None,
    )


def list_section(desk: Desk, cut: Cut) -> Section:
    """Every programme of the cut, most points behind first, those without a report last."""
    ordered = sorted(cut.lines, key=lambda line: (line.physical_deviation is None, line.physical_deviation or 0))
    columns = (
        Column(_("Kode")),
        Column(_("Program")),
        Column(_("Dimensi")),
        Column(_("Penanggung jawab")),
        Column(_("Pendukung")),
        Column(_("Jangka"), is_detail=True),
        Column(_("Lokasi"), is_detail=True),
        Column(_("Rencana fisik"), "percent", 1),
        Column(_("Realisasi fisik"), "percent", 1),
        Column(_("Deviasi"), "number", 1, _("poin")),
        Column(_("Pagu"), "money"),
        Column(_("Realisasi"), "money"),
        Column(_("Laporan"), definition=_("bulan laporan terakhir")),
        Column(_("Keadaan"), definition=_("belum: laporan bulan yang jatuh tempo belum masuk")),
        Column(_("Contoh"), "flag", definition=_("ya: memakai DATA CONTOH")),
    )
    table = Table(
        columns, tuple(_line_cells(line, desk) for line in ordered), total=_list_total(cut), note=_list_note(cut),
        name=_("Program"), is_leading=True,
    )  # fmt: skip
    return Section(LIST_TITLE, (table,), "", desk.clocks_of(*PLAN_SOURCES), cut.is_sample, "masterplan.deviasi_fisik")


def _line_cells(line: ProgrammeLine, desk: Desk) -> tuple[Cell, ...]:
    reported = write_short_month(line.report_month) if line.report_month else _("belum pernah")
    return (
        line.programme_code,
        line.programme_name,
        line.dimension_name,
        line.lead_opd_code,
        ", ".join(line.contributor_opd_codes),
        line.horizon_name,
        line.kecamatan_name or _("seluruh daerah"),
        line.physical_plan_pct,
        line.physical_actual_pct,
        line.physical_deviation,
        line.budget_idr,
        line.realised_idr,
        reported,
        _("melapor") if line.is_reported else _("belum"),
        line.is_sample,
    )


def _list_total(cut: Cut) -> tuple[Cell, ...]:
    """Rupiah add up; a share of several programmes is not the sum of their shares, so it has none here."""
    budgets = [line.budget_idr for line in cut.lines if line.budget_idr is not None]
    spent = [line.realised_idr for line in cut.lines if line.realised_idr is not None]
    money = (sum(budgets, Decimal(0)) if budgets else None, sum(spent, Decimal(0)) if spent else None)
    words = _("{count} program").format(count=len(cut.lines))
    return (words, *(None,) * 9, *money, None, None, None)


def _list_note(cut: Cut) -> str:
    """What the sum of spending is made of when agencies reported different months."""
    months = {line.report_month for line in cut.lines if line.realised_idr is not None}
    silent = sum(line.realised_idr is None for line in cut.lines)
    parts = [_("realisasi menurut laporan terakhir tiap program, bulannya berbeda")] if len(months) > 1 else []
    parts += [_("{count} program tanpa realisasi tidak ikut").format(count=silent)] if silent else []
    return _("Jumlah: {parts}.").format(parts="; ".join(parts)) if parts else ""


def unreported_section(desk: Desk, cut: Cut) -> Section:
    """Programmes whose report of the month that is due is missing, by agency."""
    clocks = desk.clocks_of(SOURCE)
    if cut.due is None:
        return Section(UNREPORTED_TITLE, (Words(_("Belum ada bulan yang jatuh tempo tahun ini.")),), clocks=clocks)
    month = write_month(cut.due)
    if not cut.unreported:
        return Section(
            UNREPORTED_TITLE, (Words(_("Semua program sudah melapor {month}.").format(month=month)),), clocks=clocks
        )
    by_opd: dict[str, list[ProgrammeLine]] = {}
    for line in cut.unreported:
        by_opd.setdefault(line.lead_opd_code, []).append(line)
    columns = (
        Column(_("OPD")),
        Column(_("Program"), "number"),
        Column(_("Laporan terakhir"), "text"),
        Column(_("Nama program")),
    )
    rows = tuple(
        (
            opd,
            len(lines),
            _last_report(lines, desk),
            "; ".join(line.programme_name for line in lines),
        )
        for opd, lines in sorted(by_opd.items(), key=lambda item: (-len(item[1]), item[0]))
    )
    note = _("Belum melapor {month}, yang sudah jatuh tempo.").format(month=month)
    table = Table(columns, rows, note=note, name=UNREPORTED_TITLE)
    return Section(UNREPORTED_TITLE, (table,), "", (), cut.is_sample, "masterplan.tanpa_laporan")


def _last_report(lines: list[ProgrammeLine], desk: Desk) -> str:
    months = [line.report_month for line in lines if line.report_month]
    return write_month(max(months)) if months else _("belum pernah")
