"""A figure in another stored period: the same indicator, words and limits, with the values of that period."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import pandas as pd

from reports.desk import Desk
from warehouse import queries
from warehouse.figures import Figure, ValueStatus
from warehouse.wall_figures import period_label


def exact(number: Any) -> Decimal | None:
    """A number of a frame as the decimal it prints as; None when missing."""
    return None if pd.isna(number) else Decimal(repr(float(number)))


def shown_value(row: Any, name: str = "value") -> Decimal | str | None:
    """A number of a stored row, or the word that it is not shown to this reader: never "no data" for what is there."""
    number = exact(getattr(row, name))
    return ValueStatus.WITHHELD.value if number is None and row.status == ValueStatus.WITHHELD.value else number


def figure_of_year(desk: Desk, indicator_id: str, year: int) -> Figure:
    """The region's figure of a year; a year without a stored value has no data, never another year's."""
    latest = desk.view.figures[indicator_id]
    for row in desk.ask(queries.indicator_values, indicator_id, "region").itertuples():
        if row.period_start.year == year:
            return at_period(latest, row)
    words = _("Tahun {year} tidak ada dalam kiriman").format(year=year)
    return replace(
        latest, period_label=str(year), value=None, numerator=None, denominator=None, status=ValueStatus.NO_DATA,
        reason=words, predikat="", rule_version="", is_sample=False, usual=None, determinant="",
    )  # fmt: skip


def at_period(figure: Figure, row: Any) -> Figure:
    """The same indicator in another stored period, as one row of `indicator_values`."""
    return replace(
        figure,
        period_label=period_label(row.period_kind, row.period_start.date(), row.period_end.date()),
        value=exact(row.value),
        numerator=exact(row.numerator),
        denominator=exact(row.denominator),
        status=ValueStatus(row.status),
        reason=row.reason,
        predikat=row.predikat if isinstance(row.predikat, str) else "",
        determinant=row.determinant if isinstance(row.determinant, str) else "",
        rule_version=row.rule_version,
        is_sample=bool(row.is_sample),
        usual=None,
    )
