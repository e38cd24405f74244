"""What an agency may ask before it sends: the workbook to fill in, and what was understood of a file.

Reads and judges, keeps nothing and builds nothing: a delivery is taken in by `pipelines.deliveries.receiving`.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pipelines.contracts.contract import SOURCES_DIR, Contract, load_contract
from pipelines.deliveries.receiving import Upload, clean_name
from pipelines.deliveries.template import Agreement, has_template, template_workbook
from pipelines.judging.boundaries import standing_boundaries
from pipelines.judging.reference import load_reference, reference_names
from pipelines.judging.validation import FileCheck, Setting, check_files, serving_background
from pipelines.reading.indonesian import write_indonesian
from warehouse.engine import memory_engine
from warehouse.settings import Settings

SHOWN_ROWS = 10


@dataclass(frozen=True)
class Agreed:
    """What the instructions of a template say, in words."""

    opd_code: str
    cadence: str
    due: str
    at: datetime  # local to the region
    region_code: str


def find_contract(source_id: str) -> Contract:
    """Raises ContractProblem."""
    return load_contract(SOURCES_DIR / source_id / "contract.yml")


def draw_template(contract: Contract, agreed: Agreed) -> bytes | None:
    """None for a source that nobody fills in by hand."""
    if not has_template(contract):
        return None
    complete_to = write_indonesian(agreed.at, contract.as_of.format) if contract.as_of else ""
    agreement = Agreement(agreed.opd_code, agreed.cadence, agreed.due, example_name(contract, agreed), complete_to)
    return template_workbook(contract, code_lists(contract, agreed.region_code), agreement)


def example_name(contract: Contract, agreed: Agreed) -> str:
    """A right name for a file of this sender now."""
    return contract.file.pattern.replace("*", f"{agreed.opd_code}_{agreed.at:%Y-%m}", 1).replace("*", "")


def code_lists(contract: Contract, region_code: str) -> dict[str, tuple[str, ...]]:
    """Names of every code list a contract refers to, as they may be written in a region."""
    wanted = {field.ref for field in contract.fields if field.ref}
    engine = memory_engine()
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            load_reference(connection)
            return {ref: tuple(sorted(reference_names(connection, ref, region_code))) for ref in sorted(wanted)}
    finally:
        engine.dispose()


def preview_file(settings: Settings, contract: Contract, upload: Upload, now: datetime) -> FileCheck:
    """What would become of a file if it were sent now, told to who holds it. Raises ContractProblem for its name."""
    setting = Setting(
        settings.region,
        now,
        serving_background(contract, settings),
        is_own=True,
        boundaries=standing_boundaries(settings, contract, now),
        opd_code=upload.opd_code,
        shown_rows=SHOWN_ROWS,
    )
    with tempfile.TemporaryDirectory(prefix="pendopo-") as folder:
        path = Path(folder) / clean_name(upload.name)
        path.write_bytes(upload.content)
        (check,) = check_files(contract, [path], setting)
    return check
