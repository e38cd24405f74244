"""Where an indicator's rows come from: the clock of every sender, and the rows of its sources that were held back.

Refuses to guess in which period a held row would have counted: it was never read that far.
"""

from __future__ import annotations

from dataclasses import replace
from gettext import gettext as _

from charts.formats import format_number
from reports.content import Section, Words
from reports.deliveries import Deliveries, read_deliveries
from reports.delivery_clocks import clocks_section
from reports.desk import Desk
from reports.quarantine import quarantine_section
from reports.reach import of_reach
from warehouse import queries
from warehouse.filters import Filters
from warehouse.indicators.model import Indicator
from warehouse.scope import Action

SOURCES_TITLE, HELD_TITLE = _("Sumber dan jam data"), _("Baris dikarantina")
UNSOURCED = _("Angka ini dibaca dari catatan penerimaan semua sumber; rinciannya di halaman Disiplin data.")


def sources_section(desk: Desk, indicator: Indicator) -> Section:
    if not indicator.source_ids:
        return Section(SOURCES_TITLE, (Words(UNSOURCED),))
    return replace(clocks_section(desk, _cut(desk, indicator)), title=SOURCES_TITLE)


def held_section(desk: Desk, indicator: Indicator) -> Section:
    """Rows for who may see them, else how many there are."""
    note = _("Baris dikarantina tidak masuk ke angka mana pun; tanggalnya bisa di luar periode yang dibuka.")
    if not indicator.source_ids:
        return Section(HELD_TITLE, (Words(UNSOURCED),))
    if desk.scope.may(Action.SEE_QUARANTINE):
        held = quarantine_section(desk, _cut(desk, indicator))
        more = _("Seperti yang dikirim, tanpa kolom pribadi; unduhan lengkapnya di halaman Disiplin data.")
        return replace(held, title=HELD_TITLE, note=f"{note} {more}")
    frame = desk.ask(queries.sources)
    own = frame[frame["source_id"].isin(indicator.source_ids)]
    said = [
        _("{title}: {count} baris dikarantina.").format(
            title=row.title, count=format_number(int(row.rejected_count), 0, desk.locale)
        )
        for row in own.itertuples()
    ]
    return Section(HELD_TITLE, tuple(Words(of_reach(desk, words)) for words in said), note)


def _cut(desk: Desk, indicator: Indicator) -> Deliveries:
    """Deliveries of the indicator's sources that the reader may see."""
    cut = read_deliveries(desk, Filters())
    own = set(indicator.source_ids)
    return replace(
        cut,
        clocks=tuple(clock for clock in cut.clocks if clock.source_id in own),
        frame=cut.frame[cut.frame["source_id"].isin(own)],
        source_ids=tuple(one for one in cut.source_ids if one in own),
    )
