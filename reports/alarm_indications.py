"""Indications on the page of alarms: rules that say too little to be one, and where they point now."""

from __future__ import annotations

from gettext import gettext as _

from reports.content import Cell, Column, Quantity, Section, Table, Words
from reports.desk import Desk
from warehouse.alarms.indications import Indicated, indication_rules, read_indicated
from warehouse.rules.alarm_packs import AlarmRule

TITLE = _("Indikasi")
NOTE = _(
    "Hanya petunjuk: aturannya belum menyebut semua yang wajib bagi peringatan, jadi tidak dicatat dan tidak dikirim."
)
ACTING_WORDS = {
    "cause": _("sebab"),
    "consequence": _("akibat"),
    "response": _("tindakan"),
    "respond_within_minutes": _("waktu tanggap"),
    "owner": _("pemilik"),
    "priority": _("prioritas"),
}


def indications_section(desk: Desk) -> Section:
    rules = indication_rules(desk.rules, desk.view)
    if not rules:
        words = _("Tidak ada aturan indikasi: semua aturan yang berlaku lengkap sebagai peringatan.")
        return Section(TITLE, (Words(words, is_note=True),))
    found: tuple[Indicated, ...] = desk.ask(read_indicated, desk.view, desk.rules)
    rows = tuple(row for rule in rules for row in _rows(rule, found))
    columns = (
        Column(_("Aturan")),
        Column(_("Tempat")),
        Column(_("Pemilik")),
        Column(_("Nilai"), "number"),
        Column(_("Batas"), "number"),
        Column(_("Belum disebut aturannya")),
        Column(_("Contoh"), "flag"),
    )
    is_sample = any(one.is_sample for one in found)
    return Section(TITLE, (Table(columns, rows, name=TITLE),), NOTE, is_sample=is_sample)


def _rows(rule: AlarmRule, found: tuple[Indicated, ...]) -> list[tuple[Cell, ...]]:
    """A rule that points nowhere now has a row of its own, so that it is known to be there."""
    lacks = ", ".join(ACTING_WORDS[key] for key in rule.missing)
    own = [one for one in found if one.rule_id == rule.pack_id]
    if not own:
        return [(rule.title, _("tidak ada yang melewati batas"), "", "", "", lacks, False)]
    return [
        (rule.title, one.place_name, one.owner or None, Quantity(one.value, one.unit, 1),
         Quantity(one.limit, one.unit, 1), lacks, one.is_sample)
        for one in own
    ]  # fmt: skip
