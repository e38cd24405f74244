"""The restricted store: personal cells of loaded rows in a file of their own, with its own rights and retention.

Only this module opens it. A new file is written whole under a new name and then pointed to, so a kill leaves the old
one or the new; what is past its days is written nowhere again.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from pipelines.building.fresh_file import SCHEMA, write_fresh
from pipelines.judging.quoting import literal
from pipelines.judging.restricted_rows import COLUMNS, TABLE, open_restricted_rows, table_statement
from warehouse.durable_files import flush_file, rename_durably, sha256_of, write_durably
from warehouse.engine import open_restricted

FOLDER, POINTER, DRAFT = "restricted", "isi.json", "draf.duckdb"
KEPT = "terbatas_lama"  # the store there is, while a build reads from it
OWNER_FOLDER, OWNER_FILE = 0o700, 0o600


@dataclass(frozen=True)
class Held:
    """What the store holds of one source."""

    source_id: str
    rows: int
    oldest: datetime
    newest: datetime


@dataclass(frozen=True)
class Contents:
    """What the store holds; `file_name` is "" while it holds nothing."""

    file_name: str
    byte_count: int
    digest: str  # of the cells
    held: tuple[Held, ...]

    @property
    def oldest(self) -> datetime | None:
        return min((item.oldest for item in self.held), default=None)


@dataclass(frozen=True)
class Prepared:
    """Cells on their way into the store: written out, the file not yet made."""

    folder: Path
    digest: str
    held: tuple[Held, ...]


@dataclass(frozen=True)
class PersonalRow:
    """The personal cells of one row, by header."""

    submission_id: str
    row_no: int
    received_at: datetime
    is_sample: bool
    row_key: str
    cells: dict[str, str]


class RestrictedStore:
    """That of one profile. Who writes holds the builder's lock."""

    def __init__(self, state_dir: Path) -> None:
        self.state_dir = state_dir
        self.folder = state_dir / FOLDER

    def contents(self) -> Contents | None:
        """None before the first build, or when what it names cannot be read."""
        try:
            told = json.loads((self.folder / POINTER).read_text("utf-8"))
            held = tuple(
                Held(
                    one["source_id"],
                    one["rows"],
                    datetime.fromisoformat(one["oldest"]),
                    datetime.fromisoformat(one["newest"]),
                )
                for one in told["held"]
            )
            return Contents(told["file_name"], told["byte_count"], told["digest"], held)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def is_whole(self) -> bool:
        """Whether its file is there as it was written; a restored folder has none, and the next run makes it."""
        known = self.contents()
        if known is None or not known.file_name:
            return known is not None
        path = self.folder / known.file_name
        return path.is_file() and path.stat().st_size == known.byte_count

    def carry(self, connection: sa.Connection, tables: Mapping[str, str]) -> None:
        """Give a build on top of a release the cells it does not read again, of rows that are still in the facts.
        `tables`: by source, where its rows stand."""
        open_restricted_rows(connection)
        known = self.contents()
        if known is None or not known.file_name:
            return
        path = (self.folder / known.file_name).as_posix()
        connection.exec_driver_sql(f"ATTACH {literal(path)} AS {KEPT} (READ_ONLY)")
        columns = ", ".join(COLUMNS)
        for source_id, table in tables.items():
            connection.exec_driver_sql(
                f"INSERT INTO {TABLE} SELECT {columns} FROM {KEPT}.{TABLE} WHERE source_id = {literal(source_id)} "
                f"AND (submission_id, row_no) IN (SELECT (submission_id, row_no) FROM {table})"
            )
        connection.exec_driver_sql(f"DETACH {KEPT}")

    def prepare(self, connection: sa.Connection, scratch: Path, since: datetime) -> Prepared:
        """Write out what a build set apart and was received since; nothing is visible yet."""
        open_restricted_rows(connection)
        return _written_out(connection, scratch / "terbatas", since)

    def keep(self, prepared: Prepared) -> None:
        """Make the file, point to it, delete the one before. The same cells leave the store as it is."""
        known = self.contents()
        if known is not None and known.digest == prepared.digest and self.is_whole():
            self._clear(known.file_name)
            return
        self.folder.mkdir(mode=OWNER_FOLDER, parents=True, exist_ok=True)
        self.folder.chmod(OWNER_FOLDER)
        made = Contents("", 0, prepared.digest, prepared.held)
        if prepared.held:
            draft = self.folder / DRAFT
            write_fresh(prepared.folder, draft)
            draft.chmod(OWNER_FILE)
            flush_file(draft)
            made = Contents(f"{sha256_of(draft)[:16]}.duckdb", draft.stat().st_size, prepared.digest, prepared.held)
            rename_durably(draft, self.folder / made.file_name)
        facts = asdict(made) | {"held": [_plain(item) for item in prepared.held]}
        write_durably(self.folder / POINTER, json.dumps(facts, indent=1).encode())
        self._clear(made.file_name)

    def purge(self, since: datetime) -> None:
        """Forget what was received before; the file is written anew, so that no block of it keeps a forgotten cell."""
        known = self.contents()
        if known is None or known.oldest is None or known.oldest >= since:
            return
        work = self.state_dir / "sementara"
        work.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=work) as scratch:
            with self._opened(known) as connection:
                prepared = _written_out(connection, Path(scratch) / "terbatas", since)
            self.keep(prepared)

    def rows(self, source_id: str) -> list[PersonalRow]:
        """The personal rows of a source, in order of arrival."""
        known = self.contents()
        if known is None or not known.file_name or not self.is_whole():
            return []
        found: dict[tuple[str, int, str], PersonalRow] = {}
        with self._opened(known) as connection:
            cells = connection.execute(
                sa.text(
                    f"SELECT submission_id, row_no, received_at, is_sample, row_key, header_text, value_text "
                    f"FROM {TABLE} WHERE source_id = :source ORDER BY received_at, submission_id, row_no, row_key"
                ),
                {"source": source_id},
            )
            for cell in cells:
                named = (cell.submission_id, cell.row_no, cell.row_key)
                row = PersonalRow(cell.submission_id, cell.row_no, cell.received_at, cell.is_sample, cell.row_key, {})
                found.setdefault(named, row).cells[cell.header_text] = cell.value_text
        return list(found.values())

    @contextmanager
    def _opened(self, known: Contents) -> Iterator[sa.Connection]:
        engine = open_restricted(self.folder / known.file_name)
        try:
            with engine.connect() as connection:
                yield connection
        finally:
            engine.dispose()

    def _clear(self, kept: str) -> None:
        for path in self.folder.glob("*"):
            if path.name not in (kept, POINTER):
                try:
                    path.unlink()
                except PermissionError:  # Windows: an export still reads it; the next run deletes it
                    continue


def _written_out(connection: sa.Connection, folder: Path, since: datetime) -> Prepared:
    """The cells received since, as a file that a process without memory of deliveries reads."""
    folder.mkdir()
    moment = f"TIMESTAMP '{since.isoformat(sep=' ')}'"
    cells = f"SELECT {', '.join(COLUMNS)} FROM {TABLE} WHERE received_at >= {moment}"
    target = (folder / f"{TABLE}.parquet").as_posix().replace("'", "''")
    connection.exec_driver_sql(f"COPY ({cells} ORDER BY ALL) TO '{target}' (FORMAT parquet)")
    (folder / SCHEMA).write_text(table_statement(), "utf-8")
    sums = ", ".join(f"sum(('0x' || digest[{start}:{start + 14}])::UBIGINT)" for start in (1, 16, 31, 46))
    facts = connection.exec_driver_sql(
        f"SELECT count(*), {sums} FROM (SELECT sha256(cell::VARCHAR) AS digest FROM ({cells}) AS cell)"
    ).one()
    held = connection.exec_driver_sql(
        f"SELECT source_id, count(DISTINCT (submission_id, row_no, row_key)), min(received_at), max(received_at) "
        f"FROM ({cells}) GROUP BY 1 ORDER BY 1"
    )
    return Prepared(folder, ",".join(map(str, facts)), tuple(Held(*row) for row in held))


def _plain(item: Held) -> dict[str, object]:
    return asdict(item) | {"oldest": item.oldest.isoformat(), "newest": item.newest.isoformat()}
