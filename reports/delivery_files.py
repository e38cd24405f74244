"""Delivered files: all of them, those held until someone confirms, those refused, and what is wrong cell by cell."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

import pandas as pd

from reports.clock_words import until_cell
from reports.content import Cell, Column, Section, Table, Words
from reports.csv import csv_bytes, yes_no
from reports.deliveries import HELD, REFUSED, Deliveries
from reports.delivery_clocks import SAMPLE
from reports.desk import Desk
from reports.reach import of_reach
from warehouse import queries

FILES_TITLE, HELD_TITLE = _("Kiriman"), _("Kiriman yang ditahan")
REFUSED_TITLE, FINDINGS_TITLE = _("Berkas yang ditolak"), _("Temuan per sel")
FILES_SHOWN = FINDINGS_SHOWN = 300
WHO_WORDS = {
    "inbox": _("Walidata, setelah {opd} menyatakan isinya benar"),
    "contoh": _("Tidak dikonfirmasi: DATA CONTOH"),
    "terbitan": _("Tidak dikonfirmasi: angka terbitan yang ikut bersama Pendopo"),
}
NEXT_STEP_WORDS = {
    "inbox": "python -m pipelines confirm {id} --by NAMA --reason ALASAN",
    "contoh": _(
        "Hapus contoh sumber ini bila data sungguhan mulai dikirim: python -m pipelines sample --remove {source}"
    ),
    "terbitan": _("Betulkan berkasnya di samples/published"),
}


def held_section(desk: Desk, cut: Deliveries) -> Section:
    """Deliveries that read well but do not fit: why, who must say that they are right, and how."""
    held = cut.with_status(HELD)
    if held.empty:
        return Section(HELD_TITLE, (Words(of_reach(desk, _("Tidak ada kiriman yang menunggu konfirmasi."))),))
    columns = (
        Column(_("Berkas")),
        Column("OPD"),
        Column(_("Alasan ditahan")),
        Column(_("Yang mengonfirmasi")),
        Column(_("Perintah"), definition=_("dijalankan di server, lalu python -m pipelines run"), is_off_screen=True),
        Column(_("Diterima"), "instant"),
        Column(_("Baris"), "number"),
        SAMPLE,
    )
    table = Table(columns, tuple(_held_row(row) for row in held.itertuples()), name=HELD_TITLE)
    note = _(
        "Isinya terbaca, tetapi tidak dimuat sampai seseorang menyatakan benar; yang sebelumnya tetap dipakai. Bila "
        "memang salah, kirim ulang dengan nama berkas yang sama. Barisnya ada di bawah."
    )
    return Section(HELD_TITLE, (table,), note, is_sample=bool(held["is_sample"].any()))


def _held_row(row: Any) -> tuple[Cell, ...]:
    words = {"opd": row.opd_code, "id": row.submission_id, "source": row.source_id}
    return (
        row.file_name,
        row.opd_code,
        row.message,
        WHO_WORDS[row.origin].format(**words),
        NEXT_STEP_WORDS[row.origin].format(**words),
        row.received_at.to_pydatetime(),
        int(row.row_count),
        bool(row.is_sample),
    )


def files_section(desk: Desk, cut: Deliveries) -> Section:
    """Every delivery, newest first."""
    if cut.frame.empty:
        return Section(
            FILES_TITLE, (Words(of_reach(desk, _("tidak ada data: belum pernah ada kiriman pada saringan ini"))),)
        )
    is_noted = bool(cut.frame["published_at"].notna().any())  # of sample deliveries it is not
    loaded = Column(
        _("Dimuat"), "instant", definition=_("sejak kapan ada di rilis; kosong: belum, atau tidak tercatat")
    )
    columns = (
        Column(_("Diterima"), "instant"),
        *((loaded,) if is_noted else ()),
        Column("OPD"),
        Column(_("Berkas")),
        Column(
            _("Status"),
            definition=_("sudah diterima: isinya sama dengan kiriman sebelumnya, jadi tidak ada yang berubah"),
        ),
        Column(_("Baris"), "number", definition=_("baris dalam berkas")),
        Column(_("Masuk"), "number", definition=_("baris yang diterima")),
        Column(_("Dikarantina"), "number", definition=_("baris yang tidak masuk; alasannya di Baris dikarantina")),
        Column(_("Digantikan"), "number", definition=_("baris yang benar tetapi digantikan kiriman lebih baru")),
        Column(_("Data sampai"), "instant", definition=_("sampai kapan isinya lengkap")),
        Column(_("Pesan")),
        SAMPLE,
        Column(_("ID sumber")),
        Column(_("SHA-256 awal"), definition=_("dua belas tanda pertama sidik berkas; utuh di catatan kiriman")),
    )
    rows = tuple(_file_row(row, is_noted) for row in cut.frame.itertuples())
    table = Table(columns, rows, name=FILES_TITLE, is_leading=True, shown=FILES_SHOWN)
    return Section(FILES_TITLE, (table,), _("Terbaru di atas."), is_sample=bool(cut.frame["is_sample"].any()))


def _file_row(row: Any, is_noted: bool) -> tuple[Cell, ...]:
    until = None if pd.isna(row.data_until) else row.data_until.to_pydatetime()
    loaded_at = None if pd.isna(row.published_at) else row.published_at.to_pydatetime()
    return (
        row.received_at.to_pydatetime(),
        *((loaded_at,) if is_noted else ()),
        row.opd_code,
        row.file_name,
        row.status,
        int(row.row_count),
        int(row.accepted_count),
        int(row.rejected_count),
        int(row.superseded_count),
        until_cell(until),
        row.message,
        bool(row.is_sample),
        row.source_id,
        row.sha256[:12],
    )


def receipts_csv(release_id: str, cut: Deliveries) -> bytes:
    """Every delivery with its whole fingerprint and both instants, as the records of the release have it."""
    header = ("sumber", "kiriman", "berkas", "opd", "diterima", "periode", "status", "nilai_baris_masuk", "baris",
              "ditahan", "digantikan", "satuan", "pesan", "sha256", "rilis", "contoh", "dimuat")  # fmt: skip
    rows = (_receipt(row, release_id) for row in cut.frame.itertuples())
    return csv_bytes(header, rows)


def _receipt(row: Any, release_id: str) -> tuple[Any, ...]:
    until = "" if pd.isna(row.data_until) else row.data_until.isoformat()
    return (
        row.source_id, row.submission_id, row.file_name, row.opd_code, row.received_at.isoformat(), until, row.status,
        row.accepted_count, row.row_count, row.rejected_count, row.superseded_count, _("baris"), row.message,
        row.sha256, release_id, yes_no(bool(row.is_sample)),
        "" if pd.isna(row.published_at) else row.published_at.isoformat(),
    )  # fmt: skip


def refused_section(desk: Desk, cut: Deliveries) -> Section:
    """Whole files that were turned away, with why and what to do."""
    refused = cut.with_status(REFUSED)
    if refused.empty:
        return Section(REFUSED_TITLE, (Words(of_reach(desk, _("Tidak ada berkas yang ditolak."))),))
    columns = (
        Column(_("Berkas")),
        Column("OPD"),
        Column(_("Diterima"), "instant"),
        Column(_("Alasan dan jalan keluar")),
        SAMPLE,
    )
    rows = tuple(_refused_row(row) for row in refused.itertuples())
    table = Table(columns, rows, name=REFUSED_TITLE, shown=FILES_SHOWN if len(rows) > FILES_SHOWN else None)
    return Section(REFUSED_TITLE, (table,), is_sample=bool(refused["is_sample"].any()))


def _refused_row(row: Any) -> tuple[Cell, ...]:
    return row.file_name, row.opd_code, row.received_at.to_pydatetime(), row.message, bool(row.is_sample)


def findings_section(desk: Desk, cut: Deliveries) -> Section:
    """What is wrong, by file, cell and remedy."""
    found = cut_findings(desk, cut)
    if found.empty:
        return Section(FINDINGS_TITLE, (Words(of_reach(desk, _("Tidak ada temuan: semua baris masuk."))),))
    columns = (
        Column(_("Berkas")),
        Column("OPD"),
        Column(_("Lembar")),
        Column(_("Sel")),
        Column(
            _("Akibat"), definition=_("ditolak: baris tidak masuk; ditahan: kiriman menunggu; peringatan: tetap masuk")
        ),
        Column(_("Pesan")),
        SAMPLE,
    )
    samples = set(cut.frame[cut.frame["is_sample"]]["submission_id"])
    rows = tuple(_finding_row(row, samples) for row in found.itertuples())
    table = Table(columns, rows, name=FINDINGS_TITLE, shown=FINDINGS_SHOWN)
    return Section(FINDINGS_TITLE, (table,), is_sample=bool(found["submission_id"].isin(samples).any()))


def _finding_row(row: Any, samples: set[str]) -> tuple[Cell, ...]:
    places = (_text(value) for value in (row.file_name, row.opd_code, row.sheet_name, row.cell))
    return (*places, row.severity, row.message, row.submission_id in samples)


def cut_findings(desk: Desk, cut: Deliveries) -> pd.DataFrame:
    found: pd.DataFrame = desk.ask(queries.findings)
    return found[found["submission_id"].isin(cut.submission_ids)]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
