"""Tells the person at the command line what a file lacks and where every source stands."""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from pipelines.contract import SOURCES_DIR, Contract, ContractProblem, load_contract, load_contracts
from pipelines.intake import read_received
from pipelines.loading import load_source
from pipelines.reference import load_reference
from pipelines.staging import Staged, open_staging, stage_delivery
from warehouse.clock import read_clocks
from warehouse.engine import memory_engine, open_release
from warehouse.releases import serving_release
from warehouse.schema import meta_finding, meta_submission
from warehouse.settings import Settings

SHOWN_FINDINGS = 50


def print_validation(options: argparse.Namespace, settings: Settings, now: datetime) -> int:
    """Judge one file against a contract and print each finding; 0 when every row is accepted, else 3."""
    contract = _chosen_contract(options)
    if options.file is None:
        print(f"Kontrak {contract.source_id} sah: {len(contract.fields)} kolom ke {contract.target_table}.")
        return 0
    if not options.file.is_file():
        raise ContractProblem(f"Berkas {options.file} tidak ditemukan.")
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
            outcome = load_source(connection, contract, settings.region.region_code, [item])["periksa"]
            print(f"{options.file.name}: {outcome.staged - outcome.rejected} baris benar, {outcome.rejected} ditolak.")
            refusal = outcome.refusal
        except ContractProblem as error:
            refusal = str(error)
        rejected = _print_findings(connection)
    if refusal:
        print(refusal, file=sys.stderr)
    return 3 if refusal or rejected else 0


def print_status(options: argparse.Namespace, settings: Settings, now: datetime) -> int:
    """Print release, clock of every sender, and deliveries that were refused; 3 when something was."""
    serving = serving_release(settings.state_dir)
    if serving is None:
        print("Belum ada rilis. Jalankan `python -m pipelines run`.")
        return 0
    engine = open_release(serving.release.path)
    with engine.connect() as connection:
        print(f"Rilis {serving.release.release_id}, dibangun {serving.release.built_at:%Y-%m-%d %H.%M}")
        if serving.damaged_id:
            print(f"Rilis {serving.damaged_id} rusak; yang dilayani adalah rilis sebelumnya.")
        for clock in read_clocks(connection, now):
            until = f"data s.d. {clock.data_until:%Y-%m-%d %H.%M}" if clock.data_until else "belum ada data"
            mark = " (DATA CONTOH)" if clock.is_sample else ""
            print(f"  {clock.source_id:<24}{clock.opd_code:<14}{clock.state.value:<16}{until}{mark}")
        refused = sa.select(meta_submission).where(meta_submission.c.status == "ditolak")
        rows = connection.execute(refused).all()
    engine.dispose()
    for row in rows:
        print(f"- ditolak: {row.source_id} {row.file_name}: {row.message}")
    return 3 if rows or serving.damaged_id else 0


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
