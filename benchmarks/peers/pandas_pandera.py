"""pandas with pandera: types, ranges and codes checked, bad rows kept aside. No lineage, no earlier row replaced."""

from __future__ import annotations

import sys

import duckdb
import pandas as pd
import pandera.pandas as pa

SCHEMA = pa.DataFrameSchema(
    {
        "waktu": pa.Column("datetime64[ns]", coerce=True),
        "pos": pa.Column(str),
        "parameter": pa.Column(str, pa.Check.isin(["tma_m", "debit_m3_s"])),
        "nilai": pa.Column(float, pa.Check.in_range(-50, 20000)),
    },
    unique=["waktu", "pos", "parameter"],
)


def main(target: str, files: list[str]) -> None:
    kept = 0
    with duckdb.connect(target) as connection:
        for place, file in enumerate(files):
            frame = pd.read_csv(file, parse_dates=["waktu"])
            try:
                good = SCHEMA.validate(frame, lazy=True)
            except pa.errors.SchemaErrors as found:
                rows = found.failure_cases["index"].dropna().astype(int).unique()
                bad = frame.loc[rows]  # noqa: F841 - DuckDB reads it by its name
                good = frame.drop(index=rows)
                connection.execute(
                    f"{'CREATE TABLE aside AS' if place == 0 else 'INSERT INTO aside'} SELECT * FROM bad"
                )
            connection.execute(
                f"{'CREATE TABLE reading AS' if place == 0 else 'INSERT INTO reading'} SELECT * FROM good"
            )
            kept += len(good)
    print(kept)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
