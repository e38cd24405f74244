"""pandas `to_sql` through SQLAlchemy, the way most scripts load a table. Checks nothing, traces nothing."""

from __future__ import annotations

import sys

import pandas as pd
import sqlalchemy as sa


def main(target: str, files: list[str]) -> None:
    engine = sa.create_engine(f"duckdb:///{target}")
    kept = 0
    for file in files:
        frame = pd.read_csv(file, parse_dates=["waktu"])
        frame.to_sql("reading", engine, index=False, if_exists="append", chunksize=5000, method="multi")
        kept += len(frame)
    print(kept)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
