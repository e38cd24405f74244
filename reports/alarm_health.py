"""Health of the alarm system itself: how many came, who waits for an answer, what is noisy, how fast answers are.

What is followed up in meetings is no operator's load and not counted.
Answers are counted against the time each rule gives; no mean or percentile is told of few.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from gettext import gettext as _

from reports.alarms import AlarmCut, delay_words
from reports.content import Block, Column, Section, Table, Words
from reports.desk import Desk
from warehouse.alarms.judging import alarm_rules
from warehouse.alarms.machine import UNSEEN, count_raises, is_chattering
from warehouse.alarms.on_wall import FOLLOW_UP
from warehouse.alarms.standing import Alarm
from warehouse.rules.alarm_packs import AlarmRule

HEALTH_TITLE = _("Kesehatan sistem peringatan")
DAY, WEEK = timedelta(days=1), timedelta(days=7)
NOISIEST = 10


def health_section(desk: Desk, cut: AlarmCut) -> Section:
    rules = alarm_rules(desk.rules, cut.now)
    cut = replace(cut, alarms=tuple(one for one in cut.alarms if one.audience != FOLLOW_UP))
    day = sum(count_raises(one.episode, cut.now - DAY) for one in cut.alarms)
    unseen = [one for one in cut.open if one.state in UNSEEN]
    rows = (
        (_("Muncul dalam 24 jam"), str(day), _("tiap kali muncul dihitung")),
        (_("Belum ditanggapi"), str(len(unseen)), _("baru atau pulih")),
        (_("Terbuka lebih dari 24 jam"), str(sum(cut.now - one.raised_at > DAY for one in cut.open)), ""),
        (_("Berderai"), str(sum(is_chattering(one.episode, cut.now) for one in cut.open)), _("muncul 3 kali sejam")),
        (_("Ditanggapi dalam waktunya, 7 hari"), _in_time(cut, rules), _("dari yang sudah ditanggapi")),
        (_("Tanggapan terlama, 7 hari"), _slowest(cut), _("sejak muncul")),
    )
    columns = (Column(_("Ukuran")), Column(_("Nilai")), Column(_("Keterangan")))
    blocks: list[Block] = [Table(columns, rows, name=HEALTH_TITLE)]
    noisy = _noisiest(cut)
    blocks.append(noisy or Words(_("Tidak ada peringatan dalam 7 hari."), is_note=True))
    return Section(HEALTH_TITLE, tuple(blocks))


def _answered(cut: AlarmCut) -> list[tuple[Alarm, timedelta]]:
    """Those of the week with the time to their first answer."""
    week = (one for one in cut.alarms if cut.now - one.raised_at <= WEEK)
    return [(one, one.answer.acted_at - one.raised_at) for one in week if one.answer is not None]


def _in_time(cut: AlarmCut, rules: dict[str, AlarmRule]) -> str:
    """`4 dari 6`."""
    judged = [
        (delay, rule.respond_within)
        for one, delay in _answered(cut)
        if (rule := rules.get(one.rule_id)) is not None and rule.respond_within is not None
    ]
    if not judged:
        return _("belum ada")
    return _("{count} dari {all}").format(count=sum(delay <= limit for delay, limit in judged), all=len(judged))


def _slowest(cut: AlarmCut) -> str:
    delays = [delay for _alarm, delay in _answered(cut)]
    return delay_words(max(delays)) if delays else _("belum ada")


def _noisiest(cut: AlarmCut) -> Table | None:
    """Rules by how often they were raised in the week."""
    counts: Counter[str] = Counter()
    titles: dict[str, str] = {}
    for one in cut.alarms:
        counts[one.rule_id] += count_raises(one.episode, cut.now - WEEK)
        titles[one.rule_id] = one.title
    counts = +counts
    if not counts:
        return None
    every = sum(counts.values())
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:NOISIEST]
    rows = tuple(
        (titles[rule], count, _("{count} dari {all}").format(count=count, all=every)) for rule, count in ordered
    )
    columns = (Column(_("Aturan paling sering")), Column(_("Kali muncul"), "number"), Column(_("Bagian")))
    return Table(columns, rows, name=_("Aturan paling sering, 7 hari"))
