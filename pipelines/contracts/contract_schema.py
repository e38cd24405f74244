"""Writes the JSON Schemas by which editors complete contract.yml and corrections.yml, from the models that read them.

python -m pipelines.contracts.contract_schema
"""

from __future__ import annotations

import json
from typing import Any

from pipelines.contracts.contract import Contract
from pipelines.contracts.known_errors import CorrectionsFile
from pipelines.contracts.strict_models import written_keys
from warehouse.settings import PROJECT_DIR

DRAFT = "https://json-schema.org/draft/2020-12/schema"
# Every scalar is read as text: what YAML takes for a number or a truth value may stand where we want a word.
AS_TEXT = ["string", "number", "boolean"]


def contract_schema() -> dict[str, Any]:
    schema = Contract.model_json_schema(mode="validation")
    keys = written_keys(Contract)
    schema["properties"] = {key: said for key, said in schema["properties"].items() if key in keys}
    schema["required"] = [key for key in schema["required"] if key in keys]
    unused = {"ListedCode", "Correction"}
    schema["$defs"] = {name: said for name, said in schema["$defs"].items() if name not in unused}
    return {"$schema": DRAFT, **_loosened(schema)}


def corrections_schema() -> dict[str, Any]:
    return {"$schema": DRAFT, **_loosened(CorrectionsFile.model_json_schema(mode="validation"))}


SCHEMAS = {"contract.schema.json": contract_schema, "corrections.schema.json": corrections_schema}


def _loosened(node: Any) -> Any:
    """Without titles made from names, and text where YAML may see something else."""
    if isinstance(node, list):
        return [_loosened(item) for item in node]
    if not isinstance(node, dict):
        return node
    told = {key: _loosened(value) for key, value in node.items() if key != "title" or isinstance(value, dict)}
    if told.get("type") == "string" and "format" not in told and "enum" not in told:
        told["type"] = AS_TEXT
    return told


def text_of(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    for file_name, make in SCHEMAS.items():
        (PROJECT_DIR / "docs" / file_name).write_text(text_of(make()), "utf-8")
