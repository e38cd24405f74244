"""Stored values of one indicator: which there are, how they are named, and their series with both parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import pandas as pd

from charts.formats import format_number, no_data_text
from reports.content import Block, Cell, Column, Section, Table, Words
from reports.desk import Desk
from reports.figure_words import pack_of
from reports.indicator_chart import series_chart
from reports.reach import is_narrow
from reports.stored_figures import exact, shown_value
from warehouse import queries
from warehouse.catalogue import UNDATED
from warehouse.explore_options import ExploreOptions, explore_options
from warehouse.filters import Filters, resolve_span
from warehouse.indicators.model import Indicator
from warehouse.wall_figures import period_label

SERIES_TITLE = _("Deret")
SERIES_SHOWN = 300
EVERYTHING, YEAR = "semua", "12b"
MANY_VALUES = 1000  # above it a page offers the values of a year first
KIND_WORDS = {
    "opd": "OPD",
    "programme": _("program"),
    "dimension": _("dimensi"),
    "kecamatan": _("kecamatan"),
    "station": _("stasiun"),
    "contract": _("kontrak"),
}
UNSTORED = _("Angka ini dihitung saat dilihat dari jam data tiap pengirim; baris sumbernya adalah daftar kiriman.")


@dataclass(frozen=True)
class StoredValues:
    """All values of an indicator, newest period first and the region before its parts; and those of the period."""

    indicator: Indicator
    frame: pd.DataFrame
    period: str  # the page's own choice

    def within(self, filters: Filters) -> pd.DataFrame:
        """Values whose period touches the span asked for; one without dates always stands."""
        dated = self.frame[self.frame["period_start"].dt.date != UNDATED]
        if dated.empty:
            return self.frame
        span = resolve_span(filters, dated["period_end"].max().date(), self.period)
        first, last = pd.Timestamp(span.start or date.min), pd.Timestamp(span.end)
        touches = (self.frame["period_end"] >= first) & (self.frame["period_start"] <= last)
        return self.frame[touches | ~self.frame.index.isin(dated.index)]

    def find(self, key: str) -> Any:
        """The value a key names; None when there is none."""
        return next((row for row in self.frame.itertuples() if place_key(row) == key), None)


def read_values(desk: Desk, indicator: Indicator) -> StoredValues:
    """Empty for a figure that depends on the clock."""
    frame: pd.DataFrame = desk.ask(queries.indicator_values, indicator.id)
    own = (frame["entity_kind"] != "region").rename("is_part")
    ordered = frame.assign(is_part=own).sort_values(
        ["period_start", "is_part", "entity_kind", "entity_code"], ascending=[False, True, True, True]
    )
    return StoredValues(indicator, ordered.reset_index(drop=True), YEAR if len(frame) > MANY_VALUES else EVERYTHING)


def place_key(row: Any) -> str:
    """Names one stored value in the address: period, kind and code of what it measures."""
    return f"{row.period_start.date().isoformat()}_{row.entity_kind}_{row.entity_code}"


def period_words(row: Any) -> str:
    return period_label(row.period_kind, row.period_start.date(), row.period_end.date()) or no_data_text()


def place_words(row: Any, desk: Desk) -> str:
    return f"{period_words(row)}, {entity_words(row, desk)}"


def entity_words(row: Any, desk: Desk) -> str:
    """`Kabupaten Mojokerto`, `domain 3 Manajemen SPBE`, `kecamatan Trawas`, `OPD DLH`."""
    if row.entity_kind == "region":
        return desk.region.region_name
    if row.entity_kind == "domain":
        pack = pack_of(row.rule_version, desk.rules)
        names = {str(domain.no): domain.name for domain in pack.domains} if pack else {}
        return f"{_('domain')} {row.entity_code} {names.get(row.entity_code, '')}".strip()
    kind, name = KIND_WORDS.get(row.entity_kind, row.entity_kind), _names(desk).get(row.entity_code, row.entity_code)
    return name if name.casefold().startswith(kind.casefold()) else f"{kind} {name}"


def _names(desk: Desk) -> dict[str, str]:
    names = {area.region_code: area.name for area in desk.view.late_arrivals}
    if is_narrow(desk):  # of dimensions and places a reader sees some, by name all
        options: ExploreOptions = desk.ask(explore_options)
        names |= {one.code: one.name for one in (*options.kecamatan, *options.dimensions)}
    for line in desk.view.programmes:
        names[line.dimension_code] = line.dimension_name
        names[line.programme_code] = f"{line.programme_code} {line.programme_name}"
    return names


def written(number: Decimal | None, desk: Desk) -> str:
    """Two decimals, none for a whole number; words when missing."""
    whole = number is not None and number == number.to_integral_value()
    return format_number(number, 0 if whole else 2, desk.locale)


def series_section(desk: Desk, values: StoredValues, filters: Filters, row: Any) -> Section:
    """The open value's own series drawn, and every period with both parts of the value, its status and its reason."""
    frame = values.within(filters)
    if values.frame.empty:
        return Section(SERIES_TITLE, (Words(UNSTORED),))
    rows = list(frame.itertuples())
    table = Table(
        _columns(values.indicator, rows),
        tuple(_row(row, values.indicator, desk) for row in rows),
        name=SERIES_TITLE,
        is_leading=True,
        shown=SERIES_SHOWN,
    )
    clocks = desk.clocks_of(*values.indicator.source_ids)
    blocks: tuple[Block, ...] = (*series_chart(desk, values.indicator, frame, row), table)
    return Section(SERIES_TITLE, blocks, "", clocks, any(bool(row.is_sample) for row in rows))


def _columns(indicator: Indicator, rows: list[Any]) -> tuple[Column, ...]:
    def number(title: str, name: str, unit: str = "", definition: str = "") -> Column:
        known = [exact(getattr(row, name)) for row in rows]
        places = 0 if all(value is None or value == value.to_integral_value() for value in known) else 2
        return Column(title, "number", places, unit, definition)

    return (
        Column(_("Periode")),
        Column(_("Bagian"), definition=_("yang diukur: daerah, atau bagian daripadanya")),
        number(_("Pembilang"), "numerator", definition=indicator.formula),
        number(_("Penyebut"), "denominator", definition=indicator.formula),
        number(_("Nilai"), "value", indicator.unit, " ".join(indicator.definition.split())),
        Column(_("Predikat"), definition=_("kelas resmi")),
        Column(_("Status"), definition=_("dihitung, atau mengapa tidak ada nilai")),
        Column(_("Alasan")),
        Column(_("Aturan"), definition=_("versi paket aturan yang menilai")),
        Column(_("Mulai"), "date", definition=_("hari pertama periode")),
        Column(_("Sampai"), "date", definition=_("hari terakhir periode")),
        Column(_("ID indikator")),
        Column(_("ID sumber")),
        Column(_("Contoh"), "flag", definition=_("ya: memakai DATA CONTOH")),
    )


def _row(row: Any, indicator: Indicator, desk: Desk) -> tuple[Cell, ...]:
    return (
        period_words(row),
        entity_words(row, desk),
        shown_value(row, "numerator"),
        exact(row.denominator),
        shown_value(row),
        ", ".join(part for part in (row.predikat, row.determinant) if isinstance(part, str) and part),
        row.status,
        row.reason,
        row.rule_version,
        _day(row.period_start),
        _day(row.period_end),
        indicator.id,
        ", ".join(indicator.source_ids),
        bool(row.is_sample),
    )


def _day(instant: pd.Timestamp) -> date | None:
    return None if instant.date() == UNDATED else instant.date()
