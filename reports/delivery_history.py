"""Deliveries of agencies month by month: how each month stood, and what is still open or was excused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from gettext import gettext as _

from charts.delivery_grid import GridCell, build_delivery_grid, grid_height
from charts.formats import format_month, format_number
from charts.look import Look
from reports.clock_words import until_cell
from reports.content import Block, Cell, Chart, Column, Section, Table, Words
from reports.deliveries import Deliveries
from reports.delivery_clocks import SAMPLE
from reports.desk import Desk
from reports.reach import of_reach
from warehouse import queries
from warehouse.figures import ClockState
from warehouse.punctuality import GOOD, Due, Standing

HISTORY_TITLE, OPEN_TITLE = _("Kiriman tiap OPD dari bulan ke bulan"), _("Belum masuk dan dimaklumi")
MONTHS_SHOWN = 12
OWED_SHOWN = 100
WORST_FIRST = (
    Standing.MISSING,
    Standing.LATE,
    Standing.HELD,
    Standing.EXCUSED,
    Standing.AWAITED,
    Standing.GRACE,
    Standing.ON_TIME,
)
LEGEND = _(
    "● tepat waktu · ○ lewat paling lama sehari · ▲ terlambat · × belum masuk · □ ditahan · ◇ dimaklumi · – ditunggu. "
    "Tiap tanda adalah keadaan terburuk bulan itu; angka di sampingnya: yang masuk tanpa terlambat, dari semua yang "
    "jatuh tempo."
)
MARKS = {
    Standing.ON_TIME: "●",
    Standing.GRACE: "○",
    Standing.LATE: "▲",
    Standing.MISSING: "×",
    Standing.HELD: "□",
    Standing.EXCUSED: "◇",
    Standing.AWAITED: "–",
}


def cut_dues(desk: Desk, cut: Deliveries) -> tuple[Due, ...]:
    """What the senders of the cut owed; of several states of clocks asked for, all of each sender."""
    senders = {(clock.source_id, clock.opd_code) for clock in cut.clocks}
    found: tuple[Due, ...] = desk.ask(queries.dues, desk.instant)
    return tuple(due for due in found if (due.source_id, due.opd_code) in senders)


def history_section(desk: Desk, cut: Deliveries) -> Section:
    """Agency by month, and every delivery that is late, missing, held or excused."""
    owed = cut_dues(desk, cut)
    if not owed:
        words = _("Belum ada kiriman yang jatuh tempo: dihitung sejak kiriman pertama tiap pengirim.")
        return Section(HISTORY_TITLE, (Words(of_reach(desk, words)),))
    months = sorted({_month(due) for due in owed})[-MONTHS_SHOWN:]
    agencies = sorted({due.opd_code for due in owed})
    cells = tuple(_cells([due for due in owed if _month(due) in months], desk))
    columns = tuple(_month_words(month, desk) for month in months)
    words = _("{count} OPD, {months} bulan").format(count=len(agencies), months=len(months))
    arguments = (cells, tuple(agencies), columns)
    height = grid_height(len(agencies), Look())
    blocks: list[Block] = [
        Chart("kiriman", words, build_delivery_grid, arguments, height),
        Words(LEGEND, is_note=True),
        _grid_table(cells, agencies, columns),
        *_open_blocks(desk, owed),
    ]
    never = sorted({clock.opd_code for clock in cut.clocks if clock.state is ClockState.NEVER} - set(agencies))
    if never:
        blocks.append(Words(_("Belum pernah mengirim, jadi belum dihitung: {names}.").format(names=", ".join(never))))
    note = _(
        "Sesudah tenggat ada kelonggaran sehari, kecuali untuk data tiap jam. Dihitung sejak kiriman pertama tiap "
        "pengirim, paling lama setahun."
    )
    return Section(HISTORY_TITLE, tuple(blocks), note, is_sample=any(due.is_sample for due in owed))


def _grid_table(cells: Sequence[GridCell], agencies: Sequence[str], columns: Sequence[str]) -> Table:
    marks = {standing.value: mark for standing, mark in MARKS.items()}
    known = {(cell.row, cell.column): f"{marks[cell.kind]} {cell.words}".strip() for cell in cells}
    rows = tuple((agency, *(known.get((agency, column), "") for column in columns)) for agency in agencies)
    heads = (Column("OPD"), *(Column(column) for column in columns))
    return Table(heads, rows, name=_("Tabel bulan ke bulan"), is_folded=True)


def _cells(owed: Iterable[Due], desk: Desk) -> Iterable[GridCell]:
    grouped: dict[tuple[str, date], Counter[Standing]] = {}
    for due in owed:
        grouped.setdefault((due.opd_code, _month(due)), Counter())[due.standing] += 1
    for (agency, month), counts in sorted(grouped.items()):
        worst = next(standing for standing in WORST_FIRST if counts[standing])
        good, every = sum(counts[one] for one in GOOD), counts.total() - counts[Standing.AWAITED]
        words = f"{format_number(good, 0, desk.locale)}/{format_number(every, 0, desk.locale)}" if every > 1 else ""
        column = _month_words(month, desk)
        told = ", ".join(f"{counts[one]} {one.value}" for one in WORST_FIRST if counts[one])
        yield GridCell(agency, column, worst.value, words, f"{agency}, {column}: {told}")


def _month(due: Due) -> date:
    """The month a period lies in."""
    return (due.period_end - timedelta(microseconds=1)).date().replace(day=1)


def _month_words(month: date, desk: Desk) -> str:
    """`Nov 26`."""
    return f"{format_month(month, desk.locale)} {month.year % 100:02d}"


def _open_blocks(desk: Desk, owed: Sequence[Due]) -> Iterable[Block]:
    """What is still open, and what was excused."""
    told = (Standing.MISSING, Standing.HELD, Standing.EXCUSED)
    rows = [due for due in owed if due.standing in told]
    if not rows:
        yield Words(of_reach(desk, _("Tidak ada kiriman yang belum masuk atau dimaklumi.")))
        return
    columns = (
        Column("OPD"),
        Column(_("Sumber")),
        Column(_("Keadaan")),
        Column(_("Banyaknya"), "number", definition=_("masa yang keadaannya begitu")),
        Column(_("Masa, dari"), "date", definition=_("hari terakhir masa yang pertama")),
        Column(_("sampai"), "date", definition=_("hari terakhir masa yang terakhir")),
        SAMPLE,
    )
    grouped: dict[tuple[int, str, str], list[Due]] = {}
    for due in rows:
        grouped.setdefault((WORST_FIRST.index(due.standing), due.opd_code, due.source_title), []).append(due)
    cells = tuple(_open_row(several) for _key, several in sorted(grouped.items()))
    yield Table(columns, cells, name=OPEN_TITLE, shown=OWED_SHOWN)


def _open_row(several: Sequence[Due]) -> tuple[Cell, ...]:
    """Periods of one source in one state, the oldest first."""
    first, last = several[0], several[-1]
    return (
        first.opd_code,
        first.source_title,
        f"{MARKS[first.standing]} {first.standing.value}",
        len(several),
        until_cell(first.period_end),
        until_cell(last.period_end) if len(several) > 1 else "",
        first.is_sample,
    )
