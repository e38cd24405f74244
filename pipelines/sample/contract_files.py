"""Writes contracts and their physical schedules, one file of each an agency and month: the list as it stood then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.sample.contracts import Contract
from pipelines.sample.deliveries import Reporting, SampleFile, cell, decimal_text, rupiah_text, write_lines
from pipelines.sample.region import CONTRACTS, STAGES
from pipelines.sample.spelling import month_text

LAST_MONTHS = 2  # each file repeats the whole list, so that older ones change nothing
CONTRACT_COLUMNS = (
    *("No", "ID Kontrak", "Tahun", "Pekerjaan", "Kode Program", "Pagu", "No Kontrak", "Tanggal Kontrak"),
    "Nilai Kontrak",
)
STAGE_COLUMNS = ("No", "ID Tahap", "ID Kontrak", "Pekerjaan", "Jadwal", "Target", "Realisasi")
TOPIC = "kontrak"


def contract_files(reporting: Reporting, contracts: Sequence[Contract]) -> Iterator[SampleFile]:
    """The lists delivered so far."""
    for opd in dict.fromkeys(item.opd for item in contracts):
        own = [item for item in contracts if item.opd == opd]
        for month in reporting.sent_months(TOPIC, opd)[-LAST_MONTHS:]:
            received_at = reporting.received(TOPIC, opd, month)
            stem = f"{opd}_{reporting.year}-{month:02d}.csv"
            for source, word, columns, rows in (
                (CONTRACTS, "kontrak", CONTRACT_COLUMNS, _contract_rows(own, reporting.month_end(month))),
                (STAGES, "fisik", STAGE_COLUMNS, _stage_rows(own, reporting.month_end(month))),
            ):
                if opd in reporting.region.senders[source]:
                    title = f"Daftar {word} {opd} {month_text(month, reporting.year)} - DATA CONTOH"
                    yield SampleFile(source, f"{word}_{stem}", received_at, _writer(title, columns, rows))


def _contract_rows(contracts: Sequence[Contract], until: date) -> list[tuple[str, ...]]:
    """A contract not yet signed by the end of the month has no number, date or amount."""
    rows: list[tuple[str, ...]] = []
    for item in contracts:
        agreed = (item.number, f"{item.signed:%d/%m/%Y}", rupiah_text(item.amount))
        head = (item.contract_id, str(until.year), cell(item.work), item.programme, rupiah_text(item.ceiling))
        rows.append((*head, *(agreed if item.signed <= until else ("", "", ""))))
    return rows


def _stage_rows(contracts: Sequence[Contract], until: date) -> list[tuple[str, ...]]:
    """A stage whose date has not come has no realisation."""
    rows: list[tuple[str, ...]] = []
    for item in contracts:
        for stage in item.stages:
            reached = decimal_text(stage.actual) if stage.due <= until else ""
            facts = (stage.stage_id, item.contract_id, cell(item.work), f"{stage.due:%d/%m/%Y}")
            rows.append((*facts, decimal_text(stage.plan), reached))
    return rows


def _writer(title: str, columns: Sequence[str], rows: Sequence[tuple[str, ...]]) -> Any:
    def write(path: Path) -> int:
        numbered = (";".join((str(number), *row)) for number, row in enumerate(rows, start=1))
        write_lines(path, [title, ";".join(columns), *numbered])
        return len(rows)

    return write
