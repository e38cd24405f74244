"""Lists every installed contract: who sends it, how often, what came last and how fresh it is. It judges nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pipelines.contracts.contract import Contract, load_usable_contracts
from warehouse.clock import read_clocks
from warehouse.engine import open_release
from warehouse.figures import ClockReading, ClockState
from warehouse.releases import serving_release
from warehouse.settings import Settings

CADENCE_WORDS = {
    "hourly": "tiap jam",
    "daily": "harian",
    "weekly": "mingguan",
    "monthly": "bulanan",
    "quarterly": "triwulanan",
    "yearly": "tahunan",
    "irregular": "tidak tetap",
}


def print_sources(settings: Settings, now: datetime) -> int:
    """How many contracts cannot be used."""
    contracts, refused = load_usable_contracts()
    clocks = _clocks(settings, now)
    for contract in contracts:
        _print_source(
            contract, settings.region.region_code, [one for one in clocks if one.source_id == contract.source_id]
        )
    for source_id, message in refused.items():
        print(f"{source_id}: kontraknya tidak dapat dipakai.\n  {message}")
    return len(refused)


def _print_source(contract: Contract, region_code: str, clocks: Sequence[ClockReading]) -> None:
    senders = contract.senders_in(region_code)
    print(f"{contract.source_id}: {contract.title}, {CADENCE_WORDS[contract.cadence]}")
    if not senders:
        print("  tanpa pengirim di daerah ini")
    by_sender = {clock.opd_code: clock for clock in clocks}
    for opd_code in senders:
        clock = by_sender.get(opd_code)
        state = clock.state if clock else ClockState.NEVER
        print(f"  {opd_code:<16}{state.value:<16}{_last(clock)}")


def _last(clock: ClockReading | None) -> str:
    if clock is None or clock.received_at is None:
        return "belum pernah mengirim"
    until = f", data s.d. {clock.data_until:%Y-%m-%d %H.%M}" if clock.data_until else ""
    mark = " (DATA CONTOH)" if clock.is_sample else ""
    return f"diterima {clock.received_at:%Y-%m-%d %H.%M}{until}{mark}"


def _clocks(settings: Settings, now: datetime) -> tuple[ClockReading, ...]:
    serving = serving_release(settings.state_dir)
    if serving is None:
        return ()
    engine = open_release(serving.release.path)
    try:
        with engine.connect() as connection:
            return read_clocks(connection, now)
    finally:
        engine.dispose()
