"""What runs by itself, for a screen: the resident process, fetched sources, reminders. Facts of now, of no release."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from gettext import gettext as _

from charts.formats import format_date, format_time
from reports.clock_words import instant_words
from reports.content import Block, Cell, Column, Section, Table, Words
from reports.deliveries import source_titles
from reports.desk import Desk
from reports.reach import is_narrow
from warehouse.feed_health import FeedHealth
from warehouse.operations_status import OperationsStatus
from warehouse.reminder_record import ReminderRecord

RUNNING_TITLE = _("Yang berjalan sendiri")
OUTCOME_SHAPES = {"diambil": "●", "tidak berubah": "●", "sebagian": "◔", "gagal": "◌"}


@dataclass(frozen=True)
class Running:
    """What the data folder says; `feeds` and `reminders` are None when their record cannot be read."""

    now: datetime
    status: OperationsStatus | None
    feeds: tuple[FeedHealth, ...] | None
    reminders: ReminderRecord | None


def running_section(desk: Desk, running: Running) -> Section:
    """The process first, then whom it reminds and what it fetches."""
    feeds, reminders = running.feeds, running.reminders
    blocks: list[Block] = [Words(_process_words(desk, running.now, running.status)), _reminder_words(desk, reminders)]
    if reminders is not None and reminders.failed:
        blocks.append(_failed_table(desk, reminders))
    if feeds is None:
        blocks.append(Words(_("Catatan pengambilan tidak terbaca; jalankan python -m pipelines fetch untuk pesannya.")))
    elif feeds:
        blocks.append(_feeds_table(desk, feeds))
    else:
        blocks.append(Words(_("Belum ada sumber yang diambil sendiri: semua kiriman datang dari OPD."), is_note=True))
    return Section(RUNNING_TITLE, tuple(blocks), _("Keadaan sekarang, bukan keadaan rilis; tidak ikut diunduh."))


def _process_words(desk: Desk, now: datetime, status: OperationsStatus | None) -> str:
    zone, locale = desk.region.timezone_label, desk.locale
    if status is None:
        return _("◌ Proses operasi belum pernah berjalan di sini: inbox dibaca hanya oleh python -m pipelines run.")
    if not status.is_running(now):
        since = instant_words(status.stopped_at or status.looked_at, zone, locale)
        return _("◌ Proses operasi tidak berjalan sejak {since}. Jalankan python -m operations.").format(since=since)
    if status.failures:
        words = _("◔ Proses operasi berjalan, tetapi {count} pembangunan berturut-turut gagal; dicoba lagi pukul {at}.")
        return words.format(count=status.failures, at=format_time(status.next_at, zone))
    return _("● Proses operasi berjalan; rilis berikutnya paling lambat {at}.").format(
        at=instant_words(status.next_at, zone, locale)
    )


def _reminder_words(desk: Desk, reminders: ReminderRecord | None) -> Words:
    zone, locale = desk.region.timezone_label, desk.locale
    if reminders is None:
        return Words(_("◌ Catatan pengingat tidak terbaca: pengingat berhenti, supaya tidak terkirim dua kali."))
    if reminders.last_sent_at is None:
        return Words(_("Belum ada pengingat yang dikirim."), is_note=True)
    words = _("Pengingat terakhir dikirim {day} {time}.")
    at = reminders.last_sent_at
    return Words(words.format(day=format_date(at.date(), locale), time=format_time(at, zone)), is_note=True)


def _failed_table(desk: Desk, reminders: ReminderRecord) -> Table:
    columns = (
        Column(_("Pengingat yang belum terkirim"), definition=_("OPD dan nama alamatnya")),
        Column(_("Gagal berturut-turut"), "number"),
        Column(_("Dicoba lagi"), "instant"),
        Column(_("Sebab")),
    )
    own = desk.scope.reach.opd_codes
    rows = tuple(
        (key, one.failures, one.retry_at, one.problem)
        for key, one in sorted(reminders.failed.items())
        if not own or key.split()[0] in own
    )
    return Table(columns, rows, name=_("Pengingat yang belum terkirim"))


def _feeds_table(desk: Desk, feeds: tuple[FeedHealth, ...]) -> Table:
    titles = source_titles(desk)
    columns = (
        Column(_("Sumber yang diambil")),
        Column(_("Hasil terakhir"), definition=_("● diambil atau tidak berubah · ◔ sebagian · ◌ gagal")),
        Column(_("Dicoba"), "instant"),
        Column(_("Berhasil"), "instant", definition=_("terakhir, di antara percobaan yang diingat")),
        Column(_("Gagal berturut-turut"), "number"),
        Column(_("Pesan")),
    )
    shown = [feed for feed in feeds if not is_narrow(desk) or feed.source_id in _own_sources(desk)]
    return Table(columns, tuple(_feed_row(feed, titles) for feed in shown), name=_("Sumber yang diambil"))


def _own_sources(desk: Desk) -> frozenset[str]:
    own = desk.scope.reach.opd_codes
    return frozenset(clock.source_id for clock in desk.view.clocks if clock.opd_code in own)


def _feed_row(feed: FeedHealth, titles: dict[str, str]) -> tuple[Cell, ...]:
    shape = OUTCOME_SHAPES[feed.outcome]
    return (
        titles.get(feed.source_id, feed.source_id),
        f"{shape} {feed.outcome}",
        feed.last_try,
        feed.last_success,
        feed.failures_in_row,
        feed.message,
    )
