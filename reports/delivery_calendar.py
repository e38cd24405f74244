"""One agency's own view of its deliveries: what it owes and by when, and what became of what it sent."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

from reports.clock_words import CADENCE_WORDS, LEGEND, state_words, until_cell
from reports.content import Cell, Column, Section, Table, Words
from reports.deliveries import Deliveries
from reports.delivery_clocks import SAMPLE
from reports.desk import Desk
from warehouse.figures import ClockReading, ClockState

CALENDAR_TITLE, SENT_TITLE = _("Kalender setor"), _("Kiriman terakhir")
SENT_SHOWN = 50
TOLD = 3  # deliveries whose message stands below the list


def calendar_section(desk: Desk, cut: Deliveries) -> Section:
    """Every source the agency owes, what is due first at the top."""
    if not cut.clocks:
        return Section(CALENDAR_TITLE, (Words(_("Belum ada sumber yang disepakati dengan OPD ini.")),))
    columns = (
        Column(_("Sumber")),
        Column(_("Keadaan"), definition=LEGEND),
        Column(_("Tenggat berikutnya"), "instant", definition=_("sesudahnya keadaannya terlambat")),
        Column(_("Data sampai"), "instant", definition=_("sampai kapan isi kiriman terbaru lengkap")),
        Column(_("Diterima"), "instant"),
        Column(_("Irama")),
        SAMPLE,
    )
    table = Table(columns, tuple(_calendar_row(clock) for clock in cut.clocks), name=CALENDAR_TITLE)
    return Section(CALENDAR_TITLE, (table, Words(LEGEND, is_note=True)))


def _calendar_row(clock: ClockReading) -> tuple[Cell, ...]:
    never = clock.state is ClockState.NEVER
    return (
        clock.source_title,
        state_words(clock),
        until_cell(clock.due_at) or (_("sesudah kiriman pertama") if never else _("belum disepakati")),
        until_cell(clock.data_until),
        clock.received_at,
        CADENCE_WORDS.get(clock.cadence, clock.cadence),
        clock.is_sample,
    )


def sent_section(desk: Desk, cut: Deliveries) -> Section:
    """What the agency sent, newest first, with the number of its receipt."""
    if cut.frame.empty:
        return Section(SENT_TITLE, (Words(_("Belum ada kiriman yang dibaca.")),))
    columns = (
        Column(_("Nomor"), definition=_("nomor tanda terima")),
        Column(_("Diterima"), "instant"),
        Column(_("Berkas")),
        Column(_("Status")),
        Column(_("Baris"), "number"),
        Column(_("Masuk"), "number"),
        Column(_("Dikarantina"), "number", definition=_("baris yang tidak masuk; diunduh di bawah untuk dibetulkan")),
        SAMPLE,
        Column(_("Pesan")),
    )
    rows = tuple(_sent_row(row) for row in cut.frame.head(SENT_SHOWN).itertuples())
    note = _(
        "{count} terbaru; semuanya ada di Disiplin data. Yang baru diterima tampil di sini setelah rilis berikutnya "
        "dibangun."
    ).format(count=SENT_SHOWN)
    return Section(SENT_TITLE, (Table(columns, rows, name=SENT_TITLE), *_told(cut)), note)


def _told(cut: Deliveries) -> tuple[Words, ...]:
    """In full what is said of the newest ones; a column of the table cuts it off."""
    spoken = cut.frame[(cut.frame["message"].fillna("") != "") & ~cut.frame["is_sample"].astype(bool)]
    return tuple(Words(f"{row.file_name} ({row.status}): {row.message}") for row in spoken.head(TOLD).itertuples())


def _sent_row(row: Any) -> tuple[Cell, ...]:
    return (
        receipt_number(row),
        row.received_at.to_pydatetime(),
        row.file_name,
        row.status,
        int(row.row_count),
        int(row.accepted_count),
        int(row.rejected_count),
        bool(row.is_sample),
        row.message,
    )


def receipt_number(row: Any) -> str:
    """As on the receipt: the day it came and the first signs of its key."""
    return f"{row.received_at:%Y%m%d}-{row.submission_id.rpartition(':')[2][:8].upper()}"
