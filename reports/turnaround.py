"""How fast deliveries are loaded, held ones answered, refused ones mended: count, median, slowest."""

from __future__ import annotations

from datetime import datetime, timedelta
from gettext import gettext as _

from charts.formats import format_delay, format_number
from reports.content import Cell, Column, Section, Table, Words
from reports.deliveries import Deliveries
from reports.desk import Desk
from reports.reach import of_reach
from warehouse import queries
from warehouse.formulas.quantiles import LEAST_FOR_PERCENTILE
from warehouse.turnaround import Turnaround, Waits

TITLE = _("Lama penanganan")


def turnaround_section(desk: Desk, _cut: Deliveries) -> Section:
    """Of every source: the answer of the walidata is not a matter of one."""
    found: Turnaround = desk.ask(queries.turnaround, desk.instant)
    if not any((one.ended or one.waiting_since) for one in (found.published, found.held, found.refused)):
        return Section(TITLE, (Words(of_reach(desk, _("Belum ada kiriman yang dimuat, ditahan atau ditolak."))),))
    columns = (
        Column(_("Yang ditunggu")),
        Column(_("Selesai"), "number", definition=_("banyaknya yang sudah selesai")),
        Column(_("Nilai tengah"), definition=_("separuhnya selesai dalam waktu ini atau kurang")),
        Column(
            _("9 dari 10 selesai dalam"),
            definition=_("disebut bila paling sedikit {count} sudah selesai").format(count=LEAST_FOR_PERCENTILE),
        ),
        Column(_("Paling lama")),
        Column(_("Masih menunggu"), "number"),
        Column(_("Terlama menunggu")),
    )
    rows = (
        _row(_("Kiriman yang diterima: sejak diterima sampai ada di rilis"), found.published, desk),
        _row(_("Kiriman yang ditahan: jawaban walidata"), found.held, desk),
        _row(_("Berkas yang ditolak: kiriman pengganti dari OPD"), found.refused, desk),
    )
    note = _(
        "Semua sumber, tanpa DATA CONTOH. Kiriman yang diterima dimuat sendiri, tidak menunggu siapa pun; yang ditahan "
        "dihitung sampai dinyatakan benar dan dimuat. Kiriman dari sebelum pencatatan ini tidak dihitung."
    )
    return Section(TITLE, (Table(columns, rows, name=TITLE),), of_reach(desk, note))


def _row(title: str, waits: Waits, desk: Desk) -> tuple[Cell, ...]:
    middle, most = _span(waits.middle), _span(waits.nine_of_ten)
    few = _("baru {count} dari {least}").format(
        count=format_number(len(waits.ended), 0, desk.locale), least=LEAST_FOR_PERCENTILE
    )
    ended = (len(waits.ended), middle or "-", most or few, _span(waits.longest) or "-")
    return title, *ended, len(waits.waiting_since), _oldest(waits, desk.instant)


def _oldest(waits: Waits, instant: datetime) -> str:
    return _span(instant - min(waits.waiting_since)) if waits.waiting_since else ""


def _span(span: timedelta | None) -> str:
    return "" if span is None else format_delay(int(span.total_seconds() // 60))
