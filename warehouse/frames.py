"""Rows as a data frame whose dtypes follow from the declared column types; refuses a column of undeclared type."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import sqlalchemy as sa

INTEGER, NUMBER, FLAG, TEXT, INSTANT = "Int64", "float64", "bool", "str", "datetime64[us]"


def read_frame(connection: sa.Connection, select: sa.Select[*tuple[Any, ...]]) -> pd.DataFrame:
    """Run a query. Missing numbers are NaN or NA, missing text NaN, missing times NaT; dates are midnights."""
    dtypes = {column.name: _dtype(column) for column in select.selected_columns}
    rows = connection.execute(select).all()
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(dtypes)
    return pd.DataFrame(
        {name: _series(values, dtype) for (name, dtype), values in zip(dtypes.items(), columns, strict=True)}
    )


def _dtype(column: sa.ColumnElement[Any]) -> str:
    kind = column.type
    if isinstance(kind, sa.Boolean):
        return FLAG
    if isinstance(kind, sa.Integer):
        return INTEGER
    if isinstance(kind, sa.Numeric | sa.Float):
        return NUMBER
    if isinstance(kind, sa.Date | sa.DateTime):
        return INSTANT
    if isinstance(kind, sa.String):
        return TEXT
    raise TypeError(f"column {column.name!r} has no declared type: name it in the query")


def _series(values: Sequence[Any], dtype: str) -> pd.Series[Any]:
    if dtype == NUMBER:
        values = [float(value) if isinstance(value, Decimal) else value for value in values]
    if dtype == INSTANT:
        return pd.Series(pd.to_datetime(pd.Series(list(values), dtype=object)), dtype=dtype)
    return pd.Series(list(values), dtype=dtype)
