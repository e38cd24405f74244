"""Gives a delivery back to its own agency as a workbook to mend; to nobody else, since its cells are as they came."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from pipelines.contracts.contract import SOURCES_DIR, ContractProblem, load_contract
from pipelines.deliveries.mending import Fault, Mending, mend_workbook
from pipelines.deliveries.submissions import archived_submissions
from warehouse.scope import Scope
from warehouse.settings import Settings


def hand_back(
    settings: Settings, scope: Scope, source_id: str, submission_id: str, faults: Iterable[Fault]
) -> Mending | None:
    """None when there is nothing to mend this way. Raises ContractProblem, NotPermittedError."""
    contract = load_contract(SOURCES_DIR / source_id / "contract.yml")
    found = archived_submissions(settings.state_dir, source_id)
    item = next((one for one in found if one.submission_id == submission_id), None)
    if item is None:
        raise ContractProblem("Berkas aslinya tidak ada di arsip. Betulkan dari berkas Anda sendiri.")
    sender = item.handover.opd_code or contract.sender_of(item.file_name, settings.region.region_code)
    scope.require_delivery(sender)
    with tempfile.TemporaryDirectory(prefix="pendopo-") as folder:
        return mend_workbook(item.path, contract, faults, Path(folder))
