"""The historical case of the level engine: PPKM levels as they were announced, beside what the rules come to.

What goes into a level was published for two days alone; where it was not, nothing is computed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from gettext import gettext as _

from charts.formats import no_data_text
from reports.clock_words import STANDING_WORDS
from reports.content import Cell, Column, Section, Table, Words
from reports.desk import Desk
from warehouse.evaluation import ppkm
from warehouse.evaluation.csv_rows import read_rows
from warehouse.evaluation.model import Case, Request, Row
from warehouse.rules.level_packs import LevelPack
from warehouse.rules.tables import TablePack, TableRow

ENGINE = "smart_living.dbd_siaga"  # the live level of the same engine
CASE_TITLE = _("Kasus sejarah: level PPKM")
DEFAULTS = {option.name: option.values[0] for option in ppkm.SCHEME.options}
UNREAD = "ingatan"


@dataclass(frozen=True)
class Supposed:
    """What a reader supposes of one day; a value that is missing stays unknown."""

    day: date
    values: Mapping[str, Decimal | None]


def published_inputs() -> list[Row]:
    """Assessments whose inputs were published whole: Surabaya, 14 September 2021 and 12 May 2022 (iNews Surabaya)."""
    return list(read_rows(ppkm.SCHEME.sample.encode(), ppkm.SCHEME))


def known_inputs() -> Row:
    """What the simulator begins with."""
    return published_inputs()[0]


def judge(desk: Desk, row: Row) -> Case:
    return ppkm.evaluate([row], desk.rules, Request(None, DEFAULTS))[0]


def judge_supposed(desk: Desk, supposed: Supposed) -> Case:
    """The case of what a reader supposes; nothing of it is kept."""
    return judge(desk, Row(1, {"wilayah": _("andai"), "tanggal": supposed.day, **supposed.values}))


def is_unread(case: Case) -> bool:
    """Whether the level rests on a cell of the matrix that nobody has read."""
    return any(step.name == "situasi" and step.standing == UNREAD for step in case.steps)


def case_section(desk: Desk) -> Section:
    """Announced levels in the order of their days, computed ones beside them where their inputs are known."""
    pack = desk.rules.find(TablePack, ppkm.ANNOUNCED)
    rows = sorted(pack.rows if pack else (), key=lambda row: row.name.partition(" ")[2])
    columns = (
        Column(_("Daerah")),
        Column(_("Tanggal"), "date"),
        Column(_("Situasi diumumkan"), definition=_("level situasi menurut Kementerian Kesehatan, 0 sampai 4")),
        Column(_("Situasi dihitung")),
        Column(_("PPKM diumumkan"), definition=_("level menurut Inmendagri, 1 sampai 4")),
        Column(_("PPKM dihitung")),
        Column(_("Sumber")),
    )
    words = _(
        "Mesin level yang sama pernah menilai COVID-19 pada 2021 sampai 2022. Level yang diumumkan dan level yang "
        "dihitung berdiri sendiri-sendiri; yang dihitung hanya ada bila keenam indikatornya terbit."
    )
    table = Table(columns, tuple(_row(desk, row) for row in rows), name=CASE_TITLE)
    return Section(CASE_TITLE, (Words(words), table, Words(_unread_words(desk), is_note=True)))


def _row(desk: Desk, row: TableRow) -> tuple[Cell, ...]:
    code, _space, day = row.name.partition(" ")
    key = row.label, date.fromisoformat(day)
    inputs = next((one for one in published_inputs() if (one.text("wilayah"), one.day("tanggal")) == key), None)
    results = judge(desk, inputs).results if inputs else {}
    situation, level = row.values
    mark = "◆ " if code == desk.region.region_code else ""
    source = row.source + (f" ({row.note})" if row.note else "")
    return (
        mark + row.label, key[1], _level(situation), _level(results.get("level_situasi")),
        _level(level), _level(results.get("level_ppkm")), source,
    )  # fmt: skip


def _level(value: object) -> str:
    return no_data_text() if value is None else str(value)


def _unread_words(desk: Desk) -> str:
    """How much of the matrix nobody has read yet."""
    pack = desk.rules.need(LevelPack, ppkm.SCHEME_ID)
    unread = sum(cell.standing == UNREAD for cell in pack.matrix.values())
    words = _("Aturan: {regulation}, paket {version}; sumber matriksnya sudah dibaca.")
    if unread:
        words = _("Aturan: {regulation}, paket {version}. {unread} dari {all} sel matriksnya {standing}; daerah dapat "
                  "menggantinya di [thresholds].")  # fmt: skip
    return words.format(
        regulation=pack.regulation, version=pack.rule_version, unread=unread, all=len(pack.matrix),
        standing=STANDING_WORDS[UNREAD],
    )  # fmt: skip
