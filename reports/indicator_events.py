"""What happened to an indicator beside its values: rules that changed, delays that were excused, data confirmed.

Refuses to say that any of it moved the value: it stands beside the series, never in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from gettext import gettext as _
from typing import Any

import pandas as pd

from reports.content import Cell, Column, Section, Table, Words
from reports.desk import Desk
from warehouse.catalogue import UNDATED
from warehouse.event_queries import SourceEvent, source_events
from warehouse.indicators.model import Indicator
from warehouse.rules import RuleBook

EVENTS_TITLE = _("Peristiwa")
WORDS = {"pemakluman": _("dimaklumi"), "pencabutan": _("pemakluman dicabut"), "konfirmasi": _("dikonfirmasi")}
TOLD = {
    "pemakluman": _("Kelambatan dimaklumi"),
    "pencabutan": _("Pemakluman dicabut: kelambatan dihitung lagi"),
    "konfirmasi": _("Kiriman yang ditahan dikonfirmasi benar"),
}
MIDNIGHT = timedelta(microseconds=1)  # an end at midnight belongs to the day before
RULES_TITLE = _("Aturan yang menilai berganti")


@dataclass(frozen=True)
class Event:
    """One decision with the day of the series it is about."""

    day: date
    word: str
    told: SourceEvent


def events_of(desk: Desk, indicator: Indicator) -> tuple[Event, ...]:
    """Decisions about the sources of an indicator, newest first."""
    if not indicator.source_ids:
        return ()
    found: tuple[SourceEvent, ...] = desk.ask(source_events, indicator.source_ids)
    return tuple(Event((one.about - MIDNIGHT).date(), WORDS[one.kind], one) for one in found)


def events_section(desk: Desk, indicator: Indicator, values: pd.DataFrame) -> Section:
    """Decisions and changes of rules as a table, newest first."""
    rows = [_row(event) for event in events_of(desk, indicator)] + _changes(values, desk.rules)
    if not rows:
        words = _("Tidak ada pergantian aturan, pemakluman atau konfirmasi yang menyangkut angka ini.")
        return Section(EVENTS_TITLE, (Words(words, is_note=True),))
    columns = (
        Column(_("Hari data"), "date", definition=_("hari dalam deret yang disangkut")),
        Column(_("Peristiwa")),
        Column(_("OPD")),
        Column(_("Sumber atau aturan")),
        Column(_("Alasan")),
        Column(_("Diputuskan"), "date"),
    )
    ordered = tuple(sorted(rows, key=lambda row: str(row[0]), reverse=True))
    note = _("Tanda ▴ di deret menyebut yang diputuskan orang; garis putus menyebut aturan yang berganti.")
    return Section(EVENTS_TITLE, (Table(columns, ordered, name=EVENTS_TITLE),), note)


def _row(event: Event) -> tuple[Cell, ...]:
    one = event.told
    return event.day, TOLD[one.kind], one.opd_code, one.source_id, one.reason, one.decided_at.date()


def _changes(values: pd.DataFrame, rules: RuleBook) -> list[tuple[Cell, ...]]:
    """The first period that another pack judges than the one before it, of the region or of its first part."""
    packs = {pack.pack_id: pack for pack in rules.every_pack}
    frame = values[values["period_start"].dt.date != UNDATED]
    kinds = frame["entity_kind"].eq("region")
    own = frame[kinds] if kinds.any() else frame
    found, before = list[tuple[Cell, ...]](), ""
    rows: list[Any] = list(own.sort_values("period_start", kind="stable").itertuples())
    for row in rows:
        pack_id = str(row.rule_version).partition("@")[0]
        if before and pack_id and pack_id != before and pack_id in packs:
            old = _("menggantikan {old}").format(old=packs[before].regulation if before in packs else before)
            new = packs[pack_id]
            found.append((row.period_start.date(), RULES_TITLE, "", new.regulation, old, new.valid_from))
        before = pack_id or before
    return found
