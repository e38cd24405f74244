"""A plain Streamlit page of twelve Altair charts that draws itself anew at every beat: calls a day, month by month.

Its figures are asked of the release once and kept, which favours it: nothing here looks for a newer release.
"""

from __future__ import annotations

import sys

import altair as alt
import duckdb
import pandas as pd
import streamlit as st

RELEASE, BEAT_S = sys.argv[1], float(sys.argv[2])
MONTHS = """SELECT date_trunc('month', call_date) AS month, call_date, sum(offered_count) AS calls
  FROM mart_call_hourly GROUP BY ALL ORDER BY ALL"""


@st.cache_data
def months() -> list[pd.DataFrame]:
    with duckdb.connect(RELEASE, read_only=True) as connection:
        calls = connection.execute(MONTHS).df()
    return [part for _month, part in calls.groupby("month")][-12:]


@st.fragment(run_every=BEAT_S)
def board() -> None:
    for row in range(3):
        for column, calls in zip(st.columns(4), months()[row * 4 : row * 4 + 4], strict=True):
            chart = alt.Chart(calls).mark_bar().encode(x="call_date:T", y="calls:Q")
            column.altair_chart(chart)


board()
