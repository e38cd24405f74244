"""Takes one delivery from file to judged rows and writes down what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from pipelines.contract import Contract, ContractProblem
from pipelines.loading import Origin, load_delivery
from pipelines.readers import read_delivery
from pipelines.submissions import Submission

Record = dict[str, Any]  # one row of meta_submission


@dataclass(frozen=True)
class Intake:
    """Where deliveries are loaded."""

    connection: sa.Connection
    region_code: str
    scratch: Path


@dataclass(frozen=True)
class Refusal:
    """A delivery that is not even read."""

    status: str
    message: str


def load_submission(intake: Intake, contract: Contract, submission: Submission, rank: int) -> Record:
    """Read and judge one delivery into `arrived`. Raises ContractProblem when the whole file is refused."""
    if not contract.accepts_name(submission.file_name):
        raise ContractProblem(f"Nama berkas {submission.file_name} tidak mengikuti pola {contract.file.pattern}.")
    opd_code = contract.sender_of(submission.file_name, intake.region_code)
    delivery = read_delivery(submission.path, contract, intake.scratch)
    origin = Origin(submission.submission_id, contract.source_id, intake.region_code, submission.is_sample, rank)
    rows = load_delivery(intake.connection, contract, delivery, origin)
    until = delivery.data_until or _period_end(intake.connection, contract, submission.submission_id)
    return blank_record(submission, contract, intake.region_code) | {
        "opd_code": opd_code,
        "status": "sebagian" if rows.rejected else "diterima",
        "sheet_name": delivery.sheet_name,
        "data_until": until,
        "row_count": rows.staged,
        "accepted_count": rows.accepted,
        "rejected_count": rows.rejected,
    }


def decide_refusals(submissions: Sequence[Submission]) -> dict[int, Refusal]:
    """By position: real deliveries while the source is still sample, and files replaced under the same name."""
    has_sample = any(item.is_sample for item in submissions)
    latest = {item.file_name: index for index, item in enumerate(submissions)}
    refusals: dict[int, Refusal] = {}
    for index, item in enumerate(submissions):
        if has_sample and item.origin == "inbox":
            refusals[index] = Refusal(
                "ditolak",
                f"Sumber {item.source_id} masih berisi DATA CONTOH. Hapus dahulu dengan "
                f"`python -m pipelines sample --remove {item.source_id}`, lalu jalankan lagi; berkas ini tersimpan.",
            )
        elif latest[item.file_name] != index:
            refusals[index] = Refusal("digantikan", "Diganti kiriman lebih baru dengan nama berkas yang sama.")
    return refusals


def blank_record(submission: Submission, contract: Contract, region_code: str) -> Record:
    """A delivery of which nothing was loaded."""
    try:
        opd_code = contract.sender_of(submission.file_name, region_code)
    except ContractProblem:
        opd_code = ""
    return {
        "submission_id": submission.submission_id,
        "source_id": submission.source_id,
        "opd_code": opd_code,
        "file_name": submission.file_name,
        "sha256": submission.sha256,
        "byte_count": submission.byte_count,
        "received_at": submission.received_at,
        "data_until": None,
        "is_sample": submission.is_sample,
        "origin": submission.origin,
        "status": "ditolak",
        "message": "",
        "sheet_name": None,
        "row_count": 0,
        "accepted_count": 0,
        "rejected_count": 0,
        "superseded_count": 0,
    }


def _period_end(connection: sa.Connection, contract: Contract, submission_id: str) -> datetime | None:
    """The instant the rows of a delivery reach to, for sources that do not declare it."""
    query = sa.text(f'SELECT max("{contract.period.field}") FROM arrived WHERE submission_id = :id')
    last = connection.execute(query, {"id": submission_id}).scalar()
    if isinstance(last, int):
        return datetime(last + 1, 1, 1)
    if isinstance(last, datetime) or last is None:
        return last
    return datetime.combine(last, datetime.min.time()) + timedelta(days=1)
