"""Tells the person at the command line where every source stands."""

from __future__ import annotations

import argparse
from datetime import datetime

import sqlalchemy as sa

from pipelines.deliveries.intake import HELD, REFUSED
from pipelines.judging.restricted_store import RestrictedStore
from warehouse.clock import read_clocks
from warehouse.engine import open_release
from warehouse.operations_status import read_status
from warehouse.releases import serving_release
from warehouse.schema import meta_submission
from warehouse.settings import Settings


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
        print(_restricted_words(settings))
        if serving.damaged_id:
            print(f"Rilis {serving.damaged_id} rusak; yang dilayani adalah rilis sebelumnya.")
        for clock in read_clocks(connection, now):
            until = f"data s.d. {clock.data_until:%Y-%m-%d %H.%M}" if clock.data_until else "belum ada data"
            mark = " (DATA CONTOH)" if clock.is_sample else ""
            print(f"  {clock.source_id:<24}{clock.opd_code:<16}{clock.state.value:<16}{until}{mark}")
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


def _restricted_words(settings: Settings) -> str:
    """One line about what is kept of persons, and for how long."""
    known, days = RestrictedStore(settings.state_dir).contents(), settings.retention.restricted_days
    if known is None or known.oldest is None:
        return f"Penyimpanan terbatas kosong; masa simpannya {days} hari sejak diterima."
    rows = sum(item.rows for item in known.held)
    return (
        f"Penyimpanan terbatas: data pribadi {rows} baris dari {len(known.held)} sumber, yang tertua diterima "
        f"{known.oldest:%Y-%m-%d}; dihapus {days} hari sejak diterima."
    )


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
