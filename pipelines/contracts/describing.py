"""What a release says of its sources: who answers for them, when they are due, what each column means."""

from __future__ import annotations

from typing import Any

from pipelines.contracts.contract import Contract
from pipelines.contracts.contract_parts import SatuData

SAID = {"source_id", "title", "description", "owner", "target_table", "cadence", "grace_minutes", "license"}


def describe_source(contract: Contract) -> dict[str, Any]:
    """One row of meta_source."""
    due = contract.due
    return {
        **contract.model_dump(include=SAID | {"provenance"}),
        **(contract.satu_data or SatuData()).model_dump(),
        "due_working_days": due.working_days if due else None,
        "due_days": due.days if due else None,
        "max_age_days": contract.expect.max_age_days,
        "contract_sha256": contract.sha256,
    }


def describe_fields(contract: Contract) -> list[dict[str, Any]]:
    """Rows of meta_field."""
    return [
        {
            "source_id": contract.source_id,
            "field_name": field.name,
            "header_text": field.from_,
            "field_type": field.type,
            "unit": field.unit,
            "ms_var": field.ms_var,
            "description": field.description,
            "is_required": field.required,
            "is_personal": field.personal,
        }
        for field in contract.fields
    ]
