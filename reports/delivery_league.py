"""Agencies beside each other: the share of their deliveries in time, and whether that rose or fell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from gettext import gettext as _

from charts.look import Look
from charts.ranked_bars import Bar, BarScale, bar_height, build_ranked_bars
from reports.content import Block, Cell, Chart, Column, Section, Table, Words
from reports.deliveries import Deliveries
from reports.delivery_history import cut_dues
from reports.desk import Desk
from reports.reach import is_narrow, of_reach
from warehouse.punctuality import GOOD, JUDGED, Due

LEAGUE_TITLE = _("OPD berdampingan")
WINDOW = timedelta(days=90)  # the same span before it is what it is compared with
LEAST = 3  # deliveries in the window before a share is told


@dataclass(frozen=True)
class League:
    """One agency: in time of all that counts, in the window and in the span before it."""

    opd_code: str
    good: int
    every: int
    good_before: int
    every_before: int

    @property
    def share(self) -> Decimal | None:
        return Decimal(self.good * 100) / self.every if self.every >= LEAST else None

    @property
    def share_before(self) -> Decimal | None:
        return Decimal(self.good_before * 100) / self.every_before if self.every_before >= LEAST else None

    @property
    def trend(self) -> str:
        if self.share is None or self.share_before is None:
            return _("belum ada banding")
        if self.share == self.share_before:
            return _("= tetap")
        return _("↑ naik") if self.share > self.share_before else _("↓ turun")


def rank(owed: Iterable[Due], instant: datetime) -> tuple[League, ...]:
    """By share in time, ties by name; who owed less than LEAST deliveries stands last."""
    counts: dict[str, Counter[str]] = {}
    for due in owed:
        counts.setdefault(due.opd_code, Counter())
        if due.standing not in JUDGED or due.due_at <= instant - 2 * WINDOW:
            continue
        span = "" if due.due_at > instant - WINDOW else "_before"
        counts[due.opd_code].update([f"every{span}"] + [f"good{span}"] * (due.standing in GOOD))
    names = ("good", "every", "good_before", "every_before")
    lines = [League(agency, *(found[name] for name in names)) for agency, found in counts.items()]
    return tuple(sorted(lines, key=lambda one: (one.share is None, -(one.share or 0), one.opd_code)))


def league_section(desk: Desk, cut: Deliveries) -> Section:
    """Agencies by the share of their deliveries in time, with what it was before."""
    owed = cut_dues(desk, cut)
    lines = rank(owed, desk.instant)
    told = [line for line in lines if line.share is not None]
    if not told:
        words = _("Belum ada OPD dengan paling sedikit {count} kiriman yang jatuh tempo dalam {days} hari terakhir.")
        return Section(LEAGUE_TITLE, (Words(of_reach(desk, words.format(count=LEAST, days=WINDOW.days))),))
    bars = tuple(Bar(line.opd_code, line.share, _bar_words(line), before=line.share_before) for line in told)
    scale = BarScale(end=Decimal(100))
    height = bar_height(len(bars), Look())
    columns = (
        Column("OPD"),
        Column(_("Tanpa terlambat"), definition=_("masuk sebelum tenggat atau paling lama sehari sesudahnya")),
        Column(_("Bagian"), "percent", 0),
        Column(_("Sebelumnya"), definition=_("masa yang sama panjangnya, tepat sebelumnya")),
        Column(_("Arah")),
    )
    blocks: list[Block] = [
        Chart("liga", _("bagian kiriman tanpa terlambat, persen"), build_ranked_bars, (bars, scale), height),
        Table(columns, tuple(_league_row(line) for line in lines), name=_("Tabel OPD berdampingan"), is_folded=True),
    ]
    few = [line.opd_code for line in lines if line.share is None]
    if few:
        words = _("Kurang dari {count} kiriman jatuh tempo, jadi tidak diurutkan: {names}.")
        blocks.append(Words(words.format(count=LEAST, names=", ".join(few)), is_note=True))
    note = _(
        "Kiriman yang jatuh tempo dalam {days} hari terakhir; garis pada batang: {days} hari sebelumnya. Yang "
        "dimaklumi, ditahan dan masih ditunggu tidak dihitung. Sama besar diurutkan menurut nama."
    ).format(days=WINDOW.days)
    if is_narrow(desk):
        blocks.append(Words(_("Hanya OPD dalam cakupan Anda."), is_note=True))
    return Section(LEAGUE_TITLE, tuple(blocks), note, is_sample=any(due.is_sample for due in owed))


def _bar_words(line: League) -> str:
    """`17 dari 20 ↑ naik`."""
    words = _share_words(line.good, line.every)
    return words if line.share_before is None else f"{words} · {line.trend}"


def _share_words(good: int, every: int) -> str:
    return _("{good} dari {every}").format(good=good, every=every) if every else _("belum ada")


def _league_row(line: League) -> tuple[Cell, ...]:
    before = _share_words(line.good_before, line.every_before)
    return line.opd_code, _share_words(line.good, line.every), line.share, before, line.trend
