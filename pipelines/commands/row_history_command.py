"""Tells the person at the command line what each delivery said of one row, and which one counted on a day."""

from __future__ import annotations

import argparse
from datetime import date, datetime, time
from typing import Any

from pipelines.contracts.contract import ContractProblem, load_usable_contracts
from pipelines.deliveries.row_history import RowHistory, Version, read_history, read_key
from pipelines.deliveries.submissions import earlier_receipts
from warehouse.nearest import nearest_hint
from warehouse.settings import Settings

WAYS = {"contoh": "DATA CONTOH", "terbitan": "angka terbitan yang ikut bersama Pendopo", "inbox": "lewat inbox"}


def add_history_command(commands: argparse._SubParsersAction[Any]) -> None:
    """A parser that sets `command(options, settings, now)` -> exit code."""
    past = commands.add_parser("history", help="semua versi satu baris dari kiriman asli, dan mana yang berlaku")
    past.add_argument("source", metavar="SUMBER", help="misalnya bpbd_kejadian_112")
    past.add_argument("key", nargs="+", metavar="KUNCI=NILAI", help='misalnya "Nomor Tiket=MJK-20261120-0007"')
    past.add_argument("--on", type=_day, metavar="TANGGAL", help="seperti pada akhir hari itu (bawaan: sekarang)")
    past.set_defaults(command=_run_history)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} bukan tanggal; tulis seperti 2026-10-20") from None


def _run_history(options: argparse.Namespace, settings: Settings, now: datetime) -> int:
    if options.on and options.on > now.date():
        raise ContractProblem(f"{options.on.isoformat()} belum tiba. Tulis hari ini atau sebelumnya.")
    contracts, refused = load_usable_contracts()
    by_id = {contract.source_id: contract for contract in contracts}
    contract = by_id.get(options.source)
    if contract is None:
        said = (
            refused.get(options.source)
            or f"Sumber {options.source} tidak ada{nearest_hint(options.source, by_id) or '.'}"
        )
        raise ContractProblem(said)
    key = read_key(contract, options.key)
    if not settings.state_dir.is_dir():
        raise ContractProblem(f"Belum ada kiriman: folder {settings.state_dir} tidak ada.")
    instant = min(now, datetime.combine(options.on, time(23, 59, 59))) if options.on else now
    print_history(read_history(settings, contracts, contract, key, instant))
    return 0


def print_history(history: RowHistory) -> None:
    key = ", ".join(f"{column}={value}" for column, value in history.key)
    until = f"{history.instant:%Y-%m-%d %H.%M}"
    print(f"{history.contract.title} ({history.contract.source_id}), {key}: {len(history.versions)} versi per {until}.")
    counting = history.counting
    if counting is None:
        print("Tidak ada yang berlaku saat itu.")
    else:
        print(f"Yang berlaku saat itu: {_place(counting)}.")
    for number, version in enumerate(history.versions, 1):
        print(f"{number}. {version.status}: {_place(version)}")
        print(f"   {_way(version)}")
        for header, value in version.values:
            print(f"   {header}: {value}")
        if version.message:
            print(f"   Pesan: {version.message}")


def _place(version: Version) -> str:
    received = f"{version.submission.received_at:%Y-%m-%d %H.%M}"
    return f"{version.file_name} baris {version.row_no}, diterima {received}"


def _way(version: Version) -> str:
    item, handover = version.submission, version.submission.handover
    by = (f"oleh {handover.by}" if handover.by else "", f"lewat {handover.channel}" if handover.channel else "")
    way = " ".join(part for part in by if part) or WAYS[item.origin]
    earlier = ", ".join(f"{at:%Y-%m-%d %H.%M}" for at in earlier_receipts(item))
    before = f"; berkas yang sama pernah diterima {earlier}" if earlier else ""
    return f"{version.opd_code or 'pengirim tidak dikenal'}, {way}{before}; kiriman {item.submission_id}"
