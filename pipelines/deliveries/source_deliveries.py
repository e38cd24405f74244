"""Loads every delivery of one source: what cannot be read or is held stops neither the others nor other sources.

A full disk is no fault of a delivery: nothing is refused for it, the build stops.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa

from pipelines.building.bug_log import log_bug
from pipelines.contracts.contract import Contract, ContractProblem
from pipelines.deliveries.intake import (
    REFUSED,
    REPLACEMENT,
    Record,
    Refusal,
    decide_refusals,
    loaded_record,
    open_submission,
    refused_record,
    repeated,
    restore_before,
    restore_replaced,
    sender_told,
    staged_submission,
)
from pipelines.deliveries.submissions import Submission
from pipelines.judging.loading import discard_source, drop_replaced, file_source, judge_source
from pipelines.judging.outcomes import Outcome
from pipelines.judging.overtaking import overtake
from pipelines.judging.places import judge_places
from pipelines.judging.restricted_rows import keep_restricted
from pipelines.judging.staging import Staged, Waiting, open_staging
from pipelines.reading.outlines import Boundary
from warehouse.engine import lacks_room
from warehouse.indicators.selects import ACCEPTED
from warehouse.schema import meta_submission
from warehouse.settings import Profile

LOG = logging.getLogger(__name__)
BUG_MESSAGE = "Kesalahan program saat membaca berkas ini; kirim catatan log ke pengelola."


class NotOnlyGrown(Exception):
    """What was loaded before has to be read again with what is new; the source's id."""


class SourceDeliveries:
    """The deliveries of one source, in order of arrival, on their way into a draft."""

    def __init__(
        self,
        connection: sa.Connection,
        contract: Contract,
        region: Profile,
        boundaries: Sequence[Boundary],
        submissions: Sequence[Submission],
    ) -> None:
        self.connection = connection
        self.contract = contract
        self.region = region
        self.boundaries = boundaries
        self.submissions = submissions
        self.senders = [sender_told(item, contract, region.region_code) for item in submissions]
        self.refusals: dict[int, Refusal] = decide_refusals(submissions, keeps_replaced=contract.hold is not None)
        self.staged: dict[int, Staged] = {}
        self.outcomes: dict[str, Outcome] = {}
        self.met_bug = False

    def load(self, scratch: Path, first_row: int | None = None) -> list[Record]:
        """File accepted and quarantined rows; what became of each delivery. `first_row`: the next of the table, when
        it is on top of what this source had delivered before. Raises NotOnlyGrown."""
        try:
            self._judge(scratch)
            if first_row is not None:
                self._refuse_repeats()
            filed = drop_replaced(self.connection, list(self.staged.values()), self.outcomes)
            self.refusals |= self._unfiled({item.number for item in filed})
            self.outcomes = file_source(
                self.connection,
                self.contract,
                self.region.region_code,
                filed,
                self.outcomes,
                beside=scratch if first_row is None else None,
            )
            if self.contract.locate is not None:
                judge_places(self.connection, self.contract, self.region, self.boundaries)
            keep_restricted(self.connection, self.contract, filed)
            if first_row is not None:
                overtake(self.connection, self.contract, first_row)
        except NotOnlyGrown:
            raise
        except Exception as error:  # one source may not stop the others
            self._met(error, "memuat sumber", self.contract.source_id)
            discard_source(self.connection, self.contract, list(self.staged.values()))
            self.refusals |= {number: Refusal(REFUSED, BUG_MESSAGE) for number in self.staged}
        return [self._record(number) for number in range(len(self.submissions))]

    def _judge(self, scratch: Path) -> None:
        """Stage and judge until nothing that is not loaded has taken away what it meant to replace, and whatever
        stands was compared with the delivery before it."""
        answered: set[int] = set()  # not loaded, and what they replaced is staged again
        open_staging(self.connection, self.contract)
        pending = [number for number in range(len(self.submissions)) if number not in self.refusals]
        pending += self._befores(pending)
        while True:
            fresh = self._stage(pending, scratch)
            self.staged = dict(sorted((self.staged | fresh).items()))
            self.outcomes = judge_source(
                self.connection, self.contract, self.region.region_code, list(self.staged.values())
            )
            said = {number: self.outcomes[item.submission_id] for number, item in self.staged.items()}
            standing = [number for number, outcome in said.items() if not outcome.is_replaced]
            out = [number for number in standing if number not in answered and not said[number].is_loaded]
            pending = [back for number in out for back in restore_replaced(self.submissions, self.refusals, number)]
            pending += self._befores(standing)
            answered |= set(out)
            if not pending:
                return

    def _refuse_repeats(self) -> None:
        """A delivery as large as the one its sender sent before may say the same: then that one is needed too."""
        record = meta_submission.c
        asked: set[tuple[str, str]] = set()
        for number, item in self.staged.items():
            sender = self.senders[number], self.submissions[number].origin
            outcome = self.outcomes[item.submission_id]
            if outcome.refusal or sender in asked:
                continue
            asked.add(sender)
            sent = sa.select(
                record.status, record.row_count, record.rejected_count, record.data_until, record.data_from
            ).where(
                record.source_id == self.contract.source_id,
                record.opd_code == sender[0],
                record.origin == sender[1],
                record.status != REFUSED,
            )
            latest = sent.order_by(
                record.received_at.desc(), record.data_until.desc().nulls_last(), record.file_name.desc()
            ).limit(1)
            before = self.connection.execute(latest).first()
            if before is None:
                continue
            sizes = (outcome.staged, outcome.rejected, outcome.data_until, item.delivery.data_from)
            if before.status not in ACCEPTED or tuple(before[1:]) == sizes:
                raise NotOnlyGrown(self.contract.source_id)

    def _befores(self, numbers: Sequence[int]) -> list[int]:
        return [
            before
            for number in numbers
            for before in restore_before(self.submissions, self.senders, self.refusals, number)
        ]

    def _unfiled(self, filed: set[int]) -> dict[int, Refusal]:
        """Deliveries that were read but are not filed: replaced by a later file, or what was said already."""
        by_id = {item.submission_id: item for item in self.submissions}
        gone = {
            number: self.outcomes[item.submission_id] for number, item in self.staged.items() if number not in filed
        }
        return {
            number: repeated(by_id[outcome.repeats], self.contract) if outcome.repeats else REPLACEMENT
            for number, outcome in gone.items()
        }

    def _stage(self, pending: Sequence[int], scratch: Path) -> dict[int, Staged]:
        """Stage deliveries by number. One that cannot be read is refused, and the file it replaced is read instead."""
        region_code = self.region.region_code
        staged: dict[int, Staged] = {}
        queue = list(pending)
        waiting = Waiting(self.connection, self.contract)
        while queue:
            number = queue.pop(0)
            submission = self.submissions[number]
            try:
                delivery = open_submission(submission, self.contract, region_code, scratch)
                item = staged_submission(number, submission, self.contract, self.region, delivery)
                waiting.add(item)
                staged[number] = item
            except ContractProblem as error:
                self.refusals[number] = Refusal(REFUSED, str(error))
            except Exception as error:  # a bug met in one delivery must not stop the others
                self._met(error, "membaca", submission.submission_id)
                self.refusals[number] = Refusal(REFUSED, BUG_MESSAGE)
            if number in self.refusals:
                queue += restore_replaced(self.submissions, self.refusals, number)
        waiting.settle()
        return staged

    def _met(self, error: Exception, doing: str, what: str) -> None:
        """A fault of the program is told and passed over; a full disk is raised again."""
        if lacks_room(error):
            raise error
        log_bug(LOG, doing, what, error)
        self.met_bug = True

    def _record(self, number: int) -> Record:
        submission = self.submissions[number]
        refusal = self.refusals.get(number)
        blank = refused_record(submission, self.contract, self.region.region_code, refusal or Refusal(REFUSED, ""))
        if refusal is not None:
            return blank
        return loaded_record(blank, self.staged[number].delivery, self.outcomes[submission.submission_id])
