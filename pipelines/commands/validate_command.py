"""`python -m pipelines validate`: checks a contract, and files by it, for people and for programs. Loads nothing.

Exit codes: 0 all accepted; 3 a file partly, held or refused; 2 wrong use or a contract that cannot be used; 1 a bug.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from pipelines.commands.validation_json import contract_block, file_block
from pipelines.contracts.contract import (
    SOURCES_DIR,
    Contract,
    ContractProblem,
    load_contract,
    load_contracts,
    load_detached,
)
from pipelines.contracts.vocabulary import Vocabulary
from pipelines.judging.background import Background
from pipelines.judging.boundaries import standing_boundaries
from pipelines.judging.validation import (
    ACCEPTED,
    BUG,
    HELD,
    FileCheck,
    Message,
    Setting,
    check_files,
    serving_background,
)
from pipelines.reading.amounts import spell_amount
from warehouse.personal import cover
from warehouse.settings import Settings

SHOWN_FINDINGS = 50
DONE, PROGRAM_FAULT, WRONG_USE, NOT_ALL = 0, 1, 2, 3


def run_validate(options: argparse.Namespace, settings: Settings, now: datetime) -> int:
    """Check the contract and every file. Without --json a contract that cannot be used raises ContractProblem."""
    received = datetime.combine(options.as_of, time(23, 59, 59)) if options.as_of else now
    try:
        contract, warnings = _chosen_contract(options)
        _refuse_absent(options)
        found = check_files(contract, options.file, _setting(options, settings, contract, received))
        if options.json:
            checks = list(found)
            _write_json(
                {"contract": contract_block(contract, warnings), "files": [file_block(check) for check in checks]}
            )
        else:
            _print_contract(contract, warnings, len(options.file))
            checks = [_printed(check, contract) for check in found]
    except ContractProblem as problem:
        if not options.json:
            raise
        _write_json({"error": {"code": problem.rule, "text": str(problem)}})
        return WRONG_USE
    return _exit_code(checks)


def _setting(options: argparse.Namespace, settings: Settings, contract: Contract, received: datetime) -> Setting:
    """Of an installed source what a delivery would meet here; of any other contract nothing but the region."""
    region = settings.region
    if not options.source:
        return Setting(region, received, Background(region.region_code), is_own=True)
    boundaries = standing_boundaries(settings, contract, received)
    return Setting(region, received, serving_background(contract, settings), is_own=False, boundaries=boundaries)


def _exit_code(checks: Sequence[FileCheck]) -> int:
    if any(message.code == BUG for check in checks for message in check.messages):
        return PROGRAM_FAULT
    return DONE if all(check.outcome == ACCEPTED for check in checks) else NOT_ALL


def _chosen_contract(options: argparse.Namespace) -> tuple[Contract, tuple[str, ...]]:
    """The contract, and what it names that is not installed here."""
    if options.contract:
        return load_detached(options.contract)
    path = SOURCES_DIR / options.source / "contract.yml"
    if not path.is_file():
        names = ", ".join(contract.source_id for contract in load_contracts())
        raise ContractProblem(f"Sumber {options.source} tidak ada. Pilih: {names}.", "kontrak")
    return load_contract(path), ()


def _refuse_absent(options: argparse.Namespace) -> None:
    for path in options.file:
        if not path.is_file():
            raise ContractProblem(f"Berkas {cover(str(path))} tidak ditemukan.", "tidak_ada")


def _write_json(content: dict[str, Any]) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()


def _print_contract(contract: Contract, warnings: Sequence[str], file_count: int) -> None:
    for said in warnings:
        print(f"Kontrak {contract.source_id}: {said}.", file=sys.stderr)
    if file_count:
        return
    print(
        f"Kontrak {contract.source_id} sah: {len(contract.fields)} kolom ke {contract.target_table or 'pemeriksaan'}."
    )
    about = (contract.title, contract.description, contract.owner, contract.provenance, contract.license)
    print("  " + "; ".join(text for text in about if text))
    for field in contract.fields:
        more = [field.type, field.unit, field.description, f"MS-Var {field.ms_var}" if field.ms_var else None]
        print(f'  {field.name:<24}"{field.from_}": {", ".join(text for text in more if text)}')


def _printed(check: FileCheck, contract: Contract) -> FileCheck:
    """Tells one file to a person: the count, what was found, and the totals that were read."""
    told = Vocabulary(contract).file_told(check.path.name)
    whole = [message for message in check.messages if _is_whole(message)]
    if check.outcome == HELD:
        count = check.rows_accepted + check.rows_quarantined
        print(f"{told}: {count} baris terbaca; seluruhnya akan ditahan sampai dikonfirmasi.")
    elif check.matched is not None:
        print(f"{told}: {check.rows_accepted} baris benar, {check.rows_quarantined} ditolak.")
    listed = [message for message in check.messages if message not in whole]
    for message in listed[:SHOWN_FINDINGS]:
        sheet = f"lembar {message.sheet}, " if message.sheet else ""
        place = "" if message.row or message.column else "seluruh berkas: "
        print(f"  {message.severity:<11}{sheet}{place}{message.text}")
    if len(listed) > SHOWN_FINDINGS:
        print(f"  ... dan {len(listed) - SHOWN_FINDINGS} lagi")
    for field, total in (check.sums or {}).items():
        if total is not None:
            print(f'  jumlah     "{contract.by_name[field].from_}": {spell_amount(total)}')
    for field, span in (check.ranges or {}).items():
        if span is not None:
            print(f'  rentang    "{contract.by_name[field].from_}": {span[0]} s.d. {span[1]}')
    for message in whole:
        lead = "Akan ditahan: " if check.outcome == HELD else ""
        print(f"{lead}{message.text}", file=sys.stderr)
    return check


def _is_whole(message: Message) -> bool:
    """Whether it says why the whole file is not loaded."""
    return message.severity == "ditahan" or (message.severity == "ditolak" and message.row is None)
