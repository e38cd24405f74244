"""Tells the person at the command line what a file lacks and where every source stands."""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from pipelines.background import Background, read_background
from pipelines.contract import SOURCES_DIR, Contract, ContractProblem, load_contract, load_contracts
from pipelines.intake import HELD, REFUSED, read_received
from pipelines.loading import load_source
from pipelines.outcomes import Outcome
from pipelines.places import judge_places
from pipelines.reference import load_reference
from pipelines.staging import Staged, open_staging, stage_delivery
from pipelines.vocabulary import Vocabulary
from warehouse.clock import read_clocks
from warehouse.engine import memory_engine, open_release
from warehouse.operations_status import read_status
from warehouse.personal import cover
from warehouse.releases import serving_release
from warehouse.schema import meta_finding, meta_submission
from warehouse.settings import Settings

SHOWN_FINDINGS = 50


def print_validation(options: argparse.Namespace, settings: Settings, now: datetime) -> int:
    """Judge one file against a contract and print each finding; 0 when every row would be loaded, else 3."""
    contract = _chosen_contract(options)
    if options.file is None:
        print(f"Kontrak {contract.source_id} sah: {len(contract.fields)} kolom ke {contract.target_table}.")
        return 0
    if not options.file.is_file():
        raise ContractProblem(f"Berkas {cover(str(options.file))} tidak ditemukan.")
    background, words = _background(contract, settings), Vocabulary(contract)
    engine = memory_engine()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        load_reference(connection)
        open_staging(connection, contract)
        refusal = ""
        try:
            with tempfile.TemporaryDirectory(prefix="pendopo-") as scratch:
                delivery = read_received(options.file, now, contract, Path(scratch))
                item = Staged(0, "periksa", False, delivery, now, _sender(contract, options.file, settings))
                stage_delivery(connection, contract, item)
            outcome = load_source(connection, contract, background.region_code, [item], background)["periksa"]
            if contract.locate is not None:
                judge_places(connection, contract, settings.region)
            refusal = _print_outcome(words.file_told(options.file.name), outcome)
        except ContractProblem as error:
            refusal = words.problem_told(str(error), options.file.name)
        rejected = _print_findings(connection)
    if refusal:
        print(refusal, file=sys.stderr)
    return 3 if refusal or rejected else 0


def _background(contract: Contract, settings: Settings) -> Background:
    """What the release being served holds a delivery against."""
    region_code = settings.region.region_code
    serving = serving_release(settings.state_dir) if contract.hold else None
    if serving is None:
        return Background(region_code)
    engine = open_release(serving.release.path)
    try:
        with engine.connect() as connection:
            return read_background(connection, contract, region_code)
    finally:
        engine.dispose()


def _print_outcome(file_name: str, outcome: Outcome) -> str:
    """Prints the count of rows; returns why the whole would not be loaded."""
    if outcome.is_held:
        print(f"{file_name}: {outcome.staged} baris terbaca; seluruhnya akan ditahan sampai dikonfirmasi.")
        return f"Akan ditahan: {outcome.reasons}"
    print(f"{file_name}: {outcome.staged - outcome.rejected} baris benar, {outcome.rejected} ditolak.")
    return outcome.refusal


def print_status(options: argparse.Namespace, settings: Settings, now: datetime) -> int:
    """Print release, clock of every sender, and deliveries refused or held; 3 when there are such."""
    serving = serving_release(settings.state_dir)
    if serving is None:
        print("Belum ada rilis. Jalankan `python -m pipelines run`.")
        return 0
    engine = open_release(serving.release.path)
    with engine.connect() as connection:
        print(f"Rilis {serving.release.release_id}, dibangun {serving.release.built_at:%Y-%m-%d %H.%M}")
        print(_operations_words(settings, now))
        if serving.damaged_id:
            print(f"Rilis {serving.damaged_id} rusak; yang dilayani adalah rilis sebelumnya.")
        for clock in read_clocks(connection, now):
            until = f"data s.d. {clock.data_until:%Y-%m-%d %H.%M}" if clock.data_until else "belum ada data"
            mark = " (DATA CONTOH)" if clock.is_sample else ""
            print(f"  {clock.source_id:<24}{clock.opd_code:<14}{clock.state.value:<16}{until}{mark}")
        column = meta_submission.c
        out = sa.select(meta_submission).where(column.status.in_((REFUSED, HELD)))
        rows = connection.execute(out.order_by(column.status, column.source_id, column.received_at)).all()
    engine.dispose()
    for row in rows:
        sample = " (DATA CONTOH)" if row.is_sample else ""
        held = f" {row.submission_id}" if row.status == HELD else ""
        print(f"- {row.status}:{held} {row.source_id} {row.file_name}{sample}: {row.message}")
    open_rows = [row for row in rows if not (row.status == HELD and row.is_sample)]  # a held sample asks nobody
    return 3 if open_rows or serving.damaged_id else 0


def _operations_words(settings: Settings, now: datetime) -> str:
    """One line about the resident process."""
    status = read_status(settings.state_dir)
    if status is None or not status.is_running(now):
        seen = f", terakhir terlihat {status.looked_at:%Y-%m-%d %H.%M}" if status else ""
        return f"Proses operasi tidak berjalan{seen}: kiriman baru dimuat oleh `python -m pipelines run`."
    failed = f", {status.failures} kali gagal" if status.failures else ""
    return (
        f"Proses operasi {status.pid} berjalan{failed}; membangun lagi {status.next_at:%H.%M} ({status.next_reason})."
    )


def _chosen_contract(options: argparse.Namespace) -> Contract:
    if options.contract:
        return load_contract(options.contract)
    path = SOURCES_DIR / options.source / "contract.yml"
    if not path.is_file():
        names = ", ".join(contract.source_id for contract in load_contracts())
        raise ContractProblem(f"Sumber {options.source} tidak ada. Pilih: {names}.")
    return load_contract(path)


def _sender(contract: Contract, path: Path, settings: Settings) -> str:
    """The OPD the file name says; a file may be checked before it has its final name."""
    try:
        return contract.sender_of(path.name, settings.region.region_code)
    except ContractProblem:
        return ""


def _print_findings(connection: sa.Connection) -> int:
    findings = connection.execute(sa.select(meta_finding)).all()
    for row in findings[:SHOWN_FINDINGS]:
        sheet = f"lembar {row.sheet_name}, " if row.sheet_name else ""
        place = f"{sheet}{row.cell}" if row.cell else "seluruh berkas"
        print(f"  {row.severity:<11}{place}: {row.message}")
    if len(findings) > SHOWN_FINDINGS:
        print(f"  ... dan {len(findings) - SHOWN_FINDINGS} lagi")
    return sum(row.severity == "ditolak" for row in findings)
