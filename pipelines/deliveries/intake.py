"""Decides which deliveries are read, opens them, and writes down what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pipelines.contracts.contract import Contract, ContractProblem
from pipelines.contracts.vocabulary import Vocabulary
from pipelines.deliveries.submissions import Submission
from pipelines.judging.outcomes import Outcome
from pipelines.judging.staging import Staged
from pipelines.reading.headers import HeaderMatch
from pipelines.reading.months import instant_text
from pipelines.reading.readers import Delivery, read_delivery
from warehouse.settings import Profile

Record = dict[str, Any]  # one row of meta_submission
REPLACED, REFUSED, HELD, REPEATED = "digantikan", "ditolak", "ditahan", "sudah diterima"
MONTH_CLOSES = timedelta(days=7)  # before its end, from when a month may be reported as whole
NO_HEADER = HeaderMatch(0, (), (), (), (), 0)  # of a delivery that says nothing happened
CLOCKS_APART = timedelta(hours=1)  # a file may be named for the hour that is about to end


@dataclass(frozen=True)
class Refusal:
    """A delivery that is not even read."""

    status: str
    message: str


REPLACEMENT = Refusal(REPLACED, "Diganti kiriman lebih baru dengan nama berkas yang sama.")


def open_submission(submission: Submission, contract: Contract, region_code: str, scratch: Path) -> Delivery:
    """Check name and sender, then read. Raises ContractProblem when the whole file is refused."""
    handover = submission.handover
    if handover.nil_until is not None:
        until = min(handover.nil_until, submission.received_at)
        return Delivery(NO_HEADER, None, until, None, data_from=handover.nil_from)
    if not handover.opd_code and not contract.accepts_name(submission.file_name):
        raise ContractProblem(f"Nama berkas {submission.file_name} tidak mengikuti pola {contract.file.pattern}.")
    _sender_of(submission, contract, region_code)
    return read_received(submission.path, submission.received_at, contract, scratch)


def staged_submission(
    number: int, submission: Submission, contract: Contract, region: Profile, delivery: Delivery
) -> Staged:
    """What the later steps know of a delivery that was read."""
    return Staged(
        number,
        submission.submission_id,
        submission.is_sample,
        delivery,
        submission.received_at,
        _sender_of(submission, contract, region.region_code),
        submission.file_name,
        submission.origin,
        region.minutes_ahead,
        confirmation=submission.confirmation,
        is_nil=submission.handover.nil_until is not None,
    )


def _sender_of(submission: Submission, contract: Contract, region_code: str) -> str:
    """Whoever handed it over, else the one its name says. Raises ContractProblem when nobody is known."""
    return submission.handover.opd_code or contract.sender_of(submission.file_name, region_code)


def sender_told(submission: Submission, contract: Contract, region_code: str) -> str:
    """The sender as far as it is known; "" when nobody is."""
    try:
        return _sender_of(submission, contract, region_code)
    except ContractProblem:
        return ""


def repeated(first: Submission, contract: Contract) -> Refusal:
    """Of a delivery that says again what that one said."""
    named = f"{Vocabulary(contract).file_told(first.file_name)}, diterima {instant_text(first.received_at)}"
    return Refusal(REPEATED, f"Sudah diterima: isinya sama dengan kiriman {named}. Tidak ada yang berubah.")


def read_received(path: Path, received_at: datetime, contract: Contract, scratch: Path) -> Delivery:
    """Read, and refuse a delivery that calls itself complete to an instant that has not come."""
    delivery = read_delivery(path, contract, scratch, received_at)
    until = delivery.data_until
    whole_month = contract.as_of is not None and contract.as_of.whole_month
    if until is not None and whole_month and until - received_at <= MONTH_CLOSES:
        until = min(until, received_at)  # sent in the last days of its month: complete to that moment
        delivery = replace(delivery, data_until=until)
    if until is not None and until > received_at + CLOCKS_APART:
        raise ContractProblem(
            f"Berkas {path.name} menyebut datanya lengkap sampai {instant_text(until)}, padahal diterima "
            f"{instant_text(received_at)}. Betulkan waktu itu, lalu kirim ulang.",
            "waktu_data",
        )
    return delivery


def decide_refusals(submissions: Sequence[Submission], keeps_replaced: bool = False) -> dict[int, Refusal]:
    """By position: real deliveries while the source is still sample, and files replaced under the same name.

    `keeps_replaced`: replaced files are read too, because their successors are held against them.
    """
    has_sample = any(item.is_sample for item in submissions)
    latest = {item.file_name: index for index, item in enumerate(submissions)}
    refusals: dict[int, Refusal] = {}
    for index, item in enumerate(submissions):
        if has_sample and item.origin == "inbox":
            refusals[index] = Refusal(
                REFUSED,
                f"Sumber {item.source_id} masih berisi DATA CONTOH. Hapus dahulu dengan "
                f"`python -m pipelines sample --remove {item.source_id}`, lalu jalankan lagi; berkas ini tersimpan.",
            )
        elif latest[item.file_name] != index and not keeps_replaced:
            refusals[index] = REPLACEMENT
    return refusals


def restore_replaced(submissions: Sequence[Submission], refusals: dict[int, Refusal], refused: int) -> list[int]:
    """A file that is not loaded replaces nothing: the one before it under that name is read after all."""
    name = submissions[refused].file_name
    for index in range(refused - 1, -1, -1):
        if submissions[index].file_name != name or (index in refusals and refusals[index].status == REFUSED):
            continue
        return [index] if refusals.pop(index, None) else []
    return []


def restore_before(
    submissions: Sequence[Submission], senders: Sequence[str], refusals: dict[int, Refusal], number: int
) -> list[int]:
    """What the same sender sent just before is read even if it was replaced: this one may say the same again."""
    for index in range(number - 1, -1, -1):
        is_theirs = (senders[index], submissions[index].origin) == (senders[number], submissions[number].origin)
        if not is_theirs or (index in refusals and refusals[index].status == REFUSED):
            continue
        return [index] if refusals.pop(index, None) else []
    return []


def refused_record(submission: Submission, contract: Contract, region_code: str, refusal: Refusal) -> Record:
    """A delivery of which nothing was loaded."""
    words = Vocabulary(contract)
    return {
        "submission_id": submission.submission_id,
        "source_id": submission.source_id,
        "opd_code": sender_told(submission, contract, region_code),
        "file_name": words.file_told(submission.file_name),
        "sha256": submission.sha256,
        "byte_count": submission.byte_count,
        "received_at": submission.received_at,
        "data_from": None,
        "data_until": None,
        "is_sample": submission.is_sample,
        "origin": submission.origin,
        "status": refusal.status,
        "message": words.problem_told(refusal.message, submission.file_name),
        "sheet_name": None,
        "row_count": 0,
        "accepted_count": 0,
        "rejected_count": 0,
        "superseded_count": 0,
    }


def loaded_record(blank: Record, delivery: Delivery, outcome: Outcome) -> Record:
    """A delivery whose rows were judged; `blank` holds its identity."""
    status = "sebagian" if outcome.rejected else "diterima"
    if not outcome.is_loaded:
        status = REFUSED if outcome.refusal else HELD
    return blank | {
        "data_from": delivery.data_from,
        "data_until": outcome.data_until,
        "status": status,
        "message": outcome.message,
        "sheet_name": delivery.sheet_name,
        "row_count": outcome.staged,
        "accepted_count": outcome.accepted,
        "rejected_count": outcome.rejected,
        "superseded_count": outcome.accepted - outcome.kept,
    }
