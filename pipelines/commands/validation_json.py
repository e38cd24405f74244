"""Writes checks as the JSON that other programs read, as `docs/validate.schema.json` describes it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from pipelines.contracts.contract import Contract
from pipelines.judging.validation import FileCheck, Matched
from pipelines.reading.cell_names import column_letters
from warehouse.personal import cover


def write_decimal(value: Decimal) -> str:
    """Exactly, without exponent and without zeros behind the last digit that counts: "1250.5", "0", "-3"."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("", "-0") else text


def contract_block(contract: Contract, warnings: Sequence[str]) -> dict[str, Any]:
    """What the contract says of itself and of each column."""
    return {
        "source_id": contract.source_id,
        "title": contract.title,
        "description": contract.description,
        "provenance": contract.provenance,
        "license": contract.license,
        "owner": contract.owner,
        "opd_code": contract.opd_code,
        "cadence": contract.cadence,
        "target_table": contract.target_table,
        "satu_data": contract.satu_data.model_dump() if contract.satu_data else None,
        "sha256": contract.sha256,
        "corrections": len(contract.corrections),
        "fields": [
            {
                "name": field.name,
                "header": field.from_,
                "type": field.type,
                "unit": field.unit,
                "ms_var": field.ms_var,
                "description": field.description,
                "required": field.required,
                "personal": field.personal,
            }
            for field in contract.fields
        ],
        "warnings": list(warnings),
    }


def file_block(check: FileCheck) -> dict[str, Any]:
    return {
        "file": os.fsencode(check.path).decode("utf-8", errors="replace"),
        "outcome": check.outcome,
        "rows_accepted": check.rows_accepted,
        "rows_quarantined": check.rows_quarantined,
        "sums": {field: None if value is None else write_decimal(value) for field, value in (check.sums or {}).items()},
        "date_ranges": {field: span and list(span) for field, span in (check.ranges or {}).items()},
        "columns_matched": {field: _matched(found) for field, found in (check.matched or {}).items()},
        "columns_ignored": [cover(header) for header in check.ignored],
        "messages": [asdict(message) for message in check.messages],
    }


def _matched(found: Matched) -> dict[str, Any]:
    letter = None if found.number is None else column_letters(found.number - 1)
    return {"header": found.header, "column": letter, "number": found.number, "cell": found.cell}
