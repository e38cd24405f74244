"""A release while it is filled, in a file nobody else reads: described, loaded, calculated. It publishes nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from pipelines.contracts.contract import Contract
from pipelines.contracts.describing import describe_fields, describe_source
from pipelines.deliveries.decisions import Excused
from pipelines.deliveries.source_deliveries import SourceDeliveries
from pipelines.deliveries.submissions import Submission
from pipelines.judging.reference import load_reference
from warehouse import schema
from warehouse.catalogue import calculate_all
from warehouse.engine import create_release
from warehouse.rollups import build_rollups
from warehouse.rules import RuleBook, load_rules
from warehouse.settings import Settings

Progress = Callable[[str, int, int], None]
LOADING, CALCULATING = "muat sumber", "hitung indikator"


def no_progress(label: str, done: int, total: int) -> None:
    """Progress nobody watches."""


class Draft:
    """What goes into a release of these contracts and deliveries, in this order: describe, load, calculate."""

    def __init__(self, settings: Settings, contracts: Sequence[Contract], progress: Progress) -> None:
        self.region = settings.region
        self.contracts = contracts
        self.progress = progress
        self.rules: RuleBook = load_rules(settings.thresholds)
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

    def load(self, connection: sa.Connection, submissions: Sequence[Submission], scratch: Path) -> None:
        """Rows and quarantine of every source, and what became of each delivery."""
        done = 0
        for contract in in_loading_order(self.contracts):
            mine = [item for item in submissions if item.source_id == contract.source_id]
            self.progress(LOADING, done, len(submissions))
            if mine:
                source = SourceDeliveries(connection, contract, self.region, mine)
                connection.execute(schema.meta_submission.insert(), source.load(scratch))
                self.met_bug |= source.met_bug
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
        if confirmed:
            connection.execute(schema.meta_confirmation.insert(), confirmed)
        said = [
            vars(one.delay) | {name: getattr(one, name) for name in ("reason", "excused_by", "excused_at")}
            for one in excused
        ]
        if said:
            connection.execute(schema.meta_excuse.insert(), said)

    def calculate(self, connection: sa.Connection) -> None:
        self.progress(CALCULATING, 0, 1)
        build_rollups(connection, self.rules)
        calculate_all(connection, self.region.region_code, self.rules)


def in_loading_order(contracts: Sequence[Contract]) -> list[Contract]:
    """What others are judged by, such as the pagu and the programmes, is loaded before them."""
    return sorted(
        contracts,
        key=lambda contract: contract.hold is not None or any(check.rule == "led_by" for check in contract.checks),
    )


@contextmanager
def opened_draft(path: Path, state_dir: Path) -> Iterator[tuple[sa.Connection, Path]]:
    """A new file to fill, and a folder for the work; both are gone afterwards unless the file was moved away.

    Beside the data, not in the system's folder: it may hold personal columns, and must have room for them. Each build
    has a folder of its own: what a killed one started may still be writing.
    """
    work = state_dir / "sementara"
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=work))
    try:
        engine = create_release(path, scratch)
        try:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                yield connection, scratch
        finally:
            engine.dispose()
    finally:
        shutil.rmtree(work, ignore_errors=True)
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink(missing_ok=True)
