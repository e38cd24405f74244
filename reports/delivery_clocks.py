"""Punctuality: one line a source, the clock of every sender late first, and what was agreed with each source."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

import pandas as pd

from charts.formats import format_number
from reports.clock_words import (
    CADENCE_WORDS,
    LEGEND,
    SourceClock,
    clocks_by_source,
    complete_to_words,
    late_words,
    named,
    next_due_words,
    state_words,
    until_cell,
)
from reports.content import Block, Cell, Column, Figures, Section, Table, Words
from reports.deliveries import Deliveries
from reports.desk import Desk
from reports.reach import is_narrow, of_reach
from warehouse import queries
from warehouse.figures import ClockReading, ClockState

PUNCTUALITY = "data.ketepatan_waktu"
PUNCTUALITY_TITLE, CLOCKS_TITLE = _("Ketepatan waktu"), _("Jam data tiap pengirim")
AGREEMENTS_TITLE = _("Kesepakatan tiap sumber")
SAMPLE = Column(_("Contoh"), "flag", definition=_("ya: DATA CONTOH"))
OWING = (ClockState.OVERDUE, ClockState.NEVER)


def punctuality_section(desk: Desk, cut: Deliveries) -> Section:
    """The share on time, and one line a source: who is late, who never delivered."""
    figure = desk.view.figures[PUNCTUALITY]
    blocks: list[Block] = [Figures((figure,))]
    if is_narrow(desk):
        words = _("Angka di atas mencakup semua OPD dan sumber; tabel di bawah hanya kiriman dalam cakupan Anda.")
        blocks.append(Words(words, True))
    elif not cut.is_whole:
        blocks.append(Words(_("Angka di atas mencakup semua OPD dan sumber; tabel di bawah mengikuti saringan."), True))
    if is_narrow(desk) and not cut.clocks:
        blocks.append(Words(_("Tidak ada pengirim dalam cakupan Anda.")))
    elif not any(clock.state in OWING for clock in cut.clocks):
        blocks.append(Words(_("Semua kiriman yang terjadwal sudah masuk.")))
    columns = (
        Column(_("Sumber")),
        Column(_("Pengirim tepat waktu"), definition=_("pengirim yang mutakhir atau masih dalam tenggang")),
        Column(_("Terlambat"), definition=_("pengirim yang lewat tenggat, dengan lamanya")),
        Column(_("Belum pernah mengirim")),
        Column(_("Isi"), definition=_("sampai kapan isi kiriman terbaru, atau kapan diterima")),
        Column(_("Tenggat kirim"), definition=_("tenggat terdekat di antara pengirim")),
        SAMPLE,
    )
    ordered = sorted(cut.clocks, key=lambda clock: (clock.source_title, clock.source_id, clock.opd_code))
    late_first = sorted(clocks_by_source(ordered), key=lambda source: not source.late)
    rows = tuple(_source_row(source, desk, cut) for source in late_first)
    blocks.append(Table(columns, rows, name=PUNCTUALITY_TITLE))
    return Section(PUNCTUALITY_TITLE, tuple(blocks), is_sample=figure.is_sample)


def _source_row(source: SourceClock, desk: Desk, cut: Deliveries) -> tuple[Cell, ...]:
    zone, locale = desk.region.timezone_label, desk.locale
    on_time, every = (format_number(count, 0, locale) for count in (source.on_time_count, len(source.senders)))
    never = [clock.opd_code for clock in source.senders if clock.state is ClockState.NEVER]
    is_agreed = source.source_id in cut.agreed_ids
    return (
        source.title,
        _("{count} dari {all}").format(count=on_time, all=every) if is_agreed else _("○ tenggat belum disepakati"),
        late_words(source.late) if source.late else "",
        named(never) if never else "",
        complete_to_words(source, zone, locale),
        next_due_words(source, desk.instant, zone, locale),
        source.worst.is_sample,
    )


def clocks_section(desk: Desk, cut: Deliveries) -> Section:
    """Every sender of every source, who is late first."""
    columns = (
        Column(_("Sumber")),
        Column("OPD"),
        Column(_("Keadaan"), definition=LEGEND),
        Column(_("Data sampai"), "instant", definition=_("sampai kapan isi kiriman terbaru lengkap")),
        Column(_("Diterima"), "instant"),
        Column(_("Irama")),
        Column(_("Tenggat kirim"), "instant", definition=_("sesudahnya keadaannya terlambat")),
        SAMPLE,
    )
    if not cut.clocks:
        return Section(CLOCKS_TITLE, (Words(of_reach(desk, _("Tidak ada pengirim pada saringan ini."))),))
    table = Table(columns, tuple(_clock_row(clock) for clock in cut.clocks), name=_("Jam data"))
    note = _("Satu baris tiap sumber dan pengirim, yang terlambat paling atas.")
    is_sample = any(clock.is_sample for clock in cut.clocks)
    return Section(CLOCKS_TITLE, (table, Words(LEGEND, is_note=True)), note, is_sample=is_sample)


def _clock_row(clock: ClockReading) -> tuple[Cell, ...]:
    return (
        clock.source_title,
        clock.opd_code,
        state_words(clock),
        until_cell(clock.data_until),
        clock.received_at,
        CADENCE_WORDS.get(clock.cadence, clock.cadence),
        until_cell(clock.due_at) or _due_words(clock),
        clock.is_sample,
    )


def _due_words(clock: ClockReading) -> str:
    """Before the first delivery no time runs, whatever was agreed."""
    return _("sesudah kiriman pertama") if clock.state is ClockState.NEVER else _("belum disepakati")


def agreements_section(desk: Desk, cut: Deliveries) -> Section:
    """What was agreed with each source: cadence, grace, origin, licence."""
    columns = (
        Column(_("Sumber")),
        Column(_("Pengirim"), definition=_("OPD yang wajib mengirim")),
        Column(_("Irama")),
        Column(_("Tenggang"), definition=_("sesudah kiriman ditunggu sampai disebut terlambat")),
        Column(_("Asal data")),
        Column(_("Lisensi")),
        SAMPLE,
        Column(_("ID sumber")),
    )
    frame = desk.ask(queries.sources)
    own = frame[frame["source_id"].isin(cut.source_ids)]
    rows = tuple(_agreement_row(row, desk) for row in own.itertuples())
    note = _("Tenggang yang belum disepakati membuat keadaan sumber tidak diketahui, bukan terlambat.")
    return Section(AGREEMENTS_TITLE, (Table(columns, rows, note=note),))


def _agreement_row(row: Any, desk: Desk) -> tuple[Cell, ...]:
    senders = ", ".join(sorted(row.senders.split(", "))) if isinstance(row.senders, str) else ""
    grace = _agreed_words(row, desk)
    if not pd.isna(row.max_age_days):
        oldest = format_number(int(row.max_age_days), 0, desk.locale)
        grace = _("{grace}; data paling lama {count} hari").format(grace=grace, count=oldest)
    cadence = CADENCE_WORDS.get(row.cadence, row.cadence)
    return row.title, senders, cadence, grace, row.provenance, row.license, bool(row.is_sample), row.source_id


def _agreed_words(row: Any, desk: Desk) -> str:
    if not pd.isna(row.grace_minutes):
        return _grace_words(int(row.grace_minutes), desk)
    if pd.isna(row.due_days):
        return _("belum disepakati")
    counted = ((row.due_working_days, _("{count} hari kerja")), (row.due_days, _("{count} hari")))
    said = [words.format(count=format_number(int(count), 0, desk.locale)) for count, words in counted if count]
    return _(" dan ").join(said) or _("hari itu juga")


def _grace_words(minutes: int, desk: Desk) -> str:
    """`30 menit`, `6 jam`, `10 hari`: the largest unit that has no remainder."""
    for size, words in ((24 * 60, _("{count} hari")), (60, _("{count} jam"))):
        if minutes and minutes % size == 0:
            return words.format(count=format_number(minutes // size, 0, desk.locale))
    return _("{count} menit").format(count=format_number(minutes, 0, desk.locale))
