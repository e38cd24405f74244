"""The floor: the files as a typed table by one statement of DuckDB. Checks, traces and publishes nothing."""

from __future__ import annotations

import sys

import duckdb


def main(target: str, files: list[str]) -> None:
    with duckdb.connect(target) as connection:
        connection.execute("CREATE TABLE reading AS SELECT * FROM read_csv(?)", [files])
        print(connection.execute("SELECT count(*) FROM reading").fetchone()[0])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
