"""A release while it is filled, in a file nobody else reads: described, loaded, calculated. It publishes nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from pipelines.building.fresh_file import FreshFile, described
from pipelines.building.increment import Increment
from pipelines.contracts.contract import Contract
from pipelines.contracts.describing import describe_fields, describe_source
from pipelines.deliveries.decisions import Excused
from pipelines.deliveries.source_deliveries import SourceDeliveries
from pipelines.deliveries.submissions import Submission
from pipelines.judging.boundaries import delivered_boundaries, load_outlines
from pipelines.judging.overtaking import open_overtaken
from pipelines.judging.quoting import literal
from pipelines.judging.reference import load_reference
from warehouse import schema
from warehouse.catalogue import calculate_all
from warehouse.engine import create_release
from warehouse.region_rules import region_rules
from warehouse.rollups import CALLS_SOURCE, build_rollups
from warehouse.rules import RuleBook
from warehouse.settings import Settings

Progress = Callable[[str, int, int], None]
BASE = "rilis_lama"
LOADING, CALCULATING = "muat sumber", "hitung indikator"


def no_progress(label: str, done: int, total: int) -> None:
    """Progress nobody watches."""


class Draft:
    """What goes into a release of these contracts and deliveries, in this order: describe, load, calculate."""

    def __init__(self, settings: Settings, contracts: Sequence[Contract], progress: Progress) -> None:
        self.region = settings.region
        self.contracts = contracts
        self.progress = progress
        self.rules: RuleBook = region_rules(settings)
        self.first_rows: dict[str, int] = {}  # of tables that grew on top of a release: the first row that is new
        self.met_bug = False  # a delivery was refused for a fault of ours: it is to be tried again

    def describe(self, connection: sa.Connection) -> None:
        """Code lists, and what was agreed with whom."""
        load_reference(connection)
        for contract in self.contracts:
            connection.execute(schema.meta_source.insert(), describe_source(contract))
            connection.execute(schema.meta_field.insert(), describe_fields(contract))
            owing = [
                {"source_id": contract.source_id, "opd_code": opd}
                for opd in contract.senders_in(self.region.region_code)
            ]
            if owing:
                connection.execute(schema.meta_sender.insert(), owing)

    def load(
        self,
        connection: sa.Connection,
        submissions: Sequence[Submission],
        scratch: Path,
        increment: Increment | None = None,
        fresh: FreshFile | None = None,
    ) -> None:
        """Rows and quarantine of every source, and what became of each delivery; on top of a release only of those
        that changed. `fresh` may begin with rows that are final. Raises NotOnlyGrown."""
        boundaries = delivered_boundaries(self.contracts, submissions)
        if increment is None:
            load_outlines(connection, boundaries)
        done, self.first_rows = 0, {}
        for contract in in_loading_order(self.contracts):
            mine = [item for item in submissions if item.source_id == contract.source_id]
            self.progress(LOADING, done, len(submissions))
            known, first_row = 0, None
            if increment is not None:
                known = increment.known.get(contract.source_id, 0)
                if contract.source_id in increment.again:
                    clear_source(connection, contract)
                elif not known:
                    mine = []
                elif contract.target_table:
                    first_row = open_overtaken(connection, contract.target_table)
                    self.first_rows.setdefault(contract.target_table, first_row)
            if mine:
                source = SourceDeliveries(connection, contract, self.region, boundaries, mine[known:])
                connection.execute(schema.meta_submission.insert(), source.load(scratch, first_row))
                self.met_bug |= source.met_bug
                beside = scratch / f"{contract.target_table}.parquet"
                if fresh and increment is None and beside.exists() and not source.met_bug:
                    fresh.take(beside, described(connection)[beside.stem])
            done += len(mine)

    def note_decisions(
        self, connection: sa.Connection, submissions: Sequence[Submission], excused: Sequence[Excused]
    ) -> None:
        """What people decided, as far as this release stands on it."""
        confirmed = [
            {
                "submission_id": item.submission_id,
                "source_id": item.source_id,
                "confirmed_at": item.confirmation.confirmed_at,
            }
            for item in submissions
            if item.confirmation is not None
        ]
        for table in (schema.meta_confirmation, schema.meta_excuse):
            connection.execute(sa.delete(table))
        if confirmed:
            connection.execute(schema.meta_confirmation.insert(), confirmed)
        said = [vars(one.delay) | {k: v for k, v in vars(one).items() if k != "delay"} for one in excused]
        if said:
            connection.execute(schema.meta_excuse.insert(), said)

    def calculate(self, connection: sa.Connection, increment: Increment | None = None) -> dict[str, str]:
        """Rollups and indicators; on top of a release those that read of a changed source. By table, which rows were
        calculated again."""
        self.progress(CALCULATING, 0, 1)
        changed = None if increment is None else increment.changed
        found = {}
        if changed is None or CALLS_SOURCE in changed:
            build_rollups(connection, self.rules)
            found[schema.mart_call_hourly.name] = "true"
        tables = {contract.source_id: contract.target_table or "" for contract in self.contracts}
        touched = None if changed is None else {tables[source] for source in changed} | found.keys()
        ids = calculate_all(connection, self.region.region_code, self.rules, changed, touched)
        if ids:
            listed = ", ".join(f"'{one}'" for one in ids)
            found[schema.mart_indicator_value.name] = f"indicator_id IN ({listed})"
        return found


def in_loading_order(contracts: Sequence[Contract]) -> list[Contract]:
    """What others are judged by, such as the pagu and the programmes, is loaded before them."""
    return sorted(
        contracts,
        key=lambda contract: contract.hold is not None or any(check.rule == "led_by" for check in contract.checks),
    )


def clear_source(connection: sa.Connection, contract: Contract) -> None:
    """Forget all a source delivered."""
    for table in (contract.table, schema.meta_finding, schema.meta_quarantine, schema.meta_submission):
        if table is not None:
            of_source = table.c.submission_id.startswith(f"{contract.source_id}:", autoescape=True)
            connection.execute(sa.delete(table).where(of_source))


@contextmanager
def opened_draft(path: Path, state_dir: Path, base: Path | None = None) -> Iterator[tuple[sa.Connection, Path]]:
    """A new file to fill, or a copy of a release to change, and a folder for the work; both are gone afterwards unless
    the file was moved away. The release itself stands beside it under the name BASE.

    Beside the data, not in the system's folder: it may hold personal columns, and must have room for them. Each build
    has a folder of its own: what a killed one started may still be writing.
    """
    work = state_dir / "sementara"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=work))
    try:
        if base is not None:
            shutil.copyfile(base, path)
        engine = create_release(path, scratch)
        try:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                if base is not None:
                    connection.exec_driver_sql(f"ATTACH {literal(base.as_posix())} AS {BASE} (READ_ONLY)")
                    connection.exec_driver_sql("SET wal_autocheckpoint = '1TB'")  # it would number the rows anew
                yield connection, scratch
        finally:
            engine.dispose()
    finally:
        shutil.rmtree(work, ignore_errors=True)
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink(missing_ok=True)
