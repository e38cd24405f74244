"""Lets someone confirm a held delivery: a word in the journal, read by the next run.

Confirms only what was delivered to the inbox and is held in the release being served. Sample and published files are
ours to mend, so they are never confirmed.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from journal.confirmations import HeldDelivery, confirm_delivery
from journal.migrating import open_journal
from journal.store import journal_url
from pipelines.contracts.contract import ContractProblem
from pipelines.deliveries.decisions import read_confirmations
from pipelines.deliveries.submissions import archived_submissions
from warehouse.engine import open_release
from warehouse.releases import serving_release
from warehouse.schema import meta_finding, meta_submission
from warehouse.scope import Scope, machine_scope
from warehouse.settings import Settings

HELD = "ditahan"
WHY_NOT = {
    "contoh": "adalah DATA CONTOH: ia tetap ditahan, tidak dikonfirmasi. Hapus contoh sumber itu bila data "
    "sungguhan mulai dikirim.",
    "terbitan": "adalah angka terbitan yang ikut bersama Pendopo: betulkan berkasnya di samples/published.",
}


class ConfirmationError(Exception):
    """A delivery cannot be confirmed; the message says why and what to do."""


@dataclass(frozen=True)
class Delivered:
    """A delivery as the release being served records it."""

    submission_id: str
    source_id: str
    file_name: str
    sha256: str
    received_at: datetime
    origin: str
    status: str
    message: str


def held_deliveries(settings: Settings) -> list[Delivered]:
    """What the release being served holds, in order of arrival."""
    return sorted(
        (item for item in _delivered(settings) if item.status == HELD),
        key=lambda item: (item.received_at, item.submission_id),
    )


def confirm(settings: Settings, now: datetime, submission_id: str, scope: Scope, reason: str) -> None:
    """Write it into the journal; raises ConfirmationError, JournalError, NotPermittedError."""
    item = next((item for item in _delivered(settings) if item.submission_id == submission_id), None)
    if item is None:
        raise ConfirmationError(
            f"Kiriman {submission_id} tidak ada di rilis yang dilayani. Lihat `python -m pipelines confirm --list`."
        )
    if item.status != HELD:
        raise ConfirmationError(f"Kiriman {submission_id} tidak ditahan; keadaannya {item.status}.")
    if item.origin in WHY_NOT:
        raise ConfirmationError(f"Kiriman {submission_id} {WHY_NOT[item.origin]}")
    _require_archived(settings, item)
    rules = _rules(settings, submission_id)
    word = read_confirmations(settings, now).get(submission_id)
    if word is not None and word.covers(rules):
        raise ConfirmationError(
            f"Kiriman {submission_id} sudah dikonfirmasi; jalankan `python -m pipelines run` untuk memuatnya."
        )
    held = HeldDelivery(item.source_id, submission_id, rules, item.message)
    journal = open_journal(journal_url(settings.journal_url, settings.state_dir))
    try:
        confirm_delivery(journal, scope, now, held, reason)
        (settings.state_dir / "archive" / item.source_id).touch()  # whoever watches for deliveries builds soon
    finally:
        journal.close()


def run_confirm(options: argparse.Namespace, settings: Settings, now: datetime) -> int:
    """The command: list what is held, or confirm one."""
    if options.list:
        print_held(settings, now)
        return 0
    if not options.submission or options.by is None or options.reason is None:
        raise ConfirmationError("Tulis kiriman mana, siapa dan mengapa: confirm KIRIMAN --by NAMA --reason ALASAN.")
    confirm(settings, now, options.submission, machine_scope(options.by), options.reason)
    print(f"Kiriman {options.submission} dikonfirmasi. Jalankan `python -m pipelines run` untuk memuatnya.")
    return 0


def print_held(settings: Settings, now: datetime) -> None:
    held, words = held_deliveries(settings), read_confirmations(settings, now)
    if not held:
        print("Tidak ada kiriman yang ditahan.")
    for item in held:
        word = words.get(item.submission_id)
        is_confirmed = word is not None and word.covers(_rules(settings, item.submission_id))
        wait = " (sudah dikonfirmasi, menunggu run)" if is_confirmed else ""
        sample = " (DATA CONTOH)" if item.origin == "contoh" else ""
        print(f"- {item.submission_id} {item.file_name}{sample}{wait}: {item.message}")


def _delivered(settings: Settings) -> list[Delivered]:
    columns = [meta_submission.c[name] for name in Delivered.__dataclass_fields__]
    return [Delivered(*row) for row in _ask(settings, sa.select(*columns))]


def _rules(settings: Settings, submission_id: str) -> tuple[str, ...]:
    """What a delivery is held for."""
    found = meta_finding.c
    select = sa.select(found.rule).where(found.submission_id == submission_id, found.severity == HELD).distinct()
    return tuple(row[0] for row in _ask(settings, select.order_by(found.rule)))


def _ask(settings: Settings, select: sa.Select[Any]) -> list[Any]:
    serving = serving_release(settings.state_dir)
    if serving is None:
        raise ConfirmationError("Belum ada rilis. Jalankan `python -m pipelines run`.")
    engine = open_release(serving.release.path)
    try:
        with engine.connect() as connection:
            return list(connection.execute(select))
    finally:
        engine.dispose()


def _require_archived(settings: Settings, item: Delivered) -> None:
    """The file must still be the one that was held."""
    try:
        delivered = archived_submissions(settings.state_dir, item.source_id)
    except ContractProblem as error:
        raise ConfirmationError(str(error)) from error
    if all(one.submission_id != item.submission_id for one in delivered):
        raise ConfirmationError(f"Arsip kiriman {item.submission_id} tidak ada atau berubah. Kembalikan dari cadangan.")
