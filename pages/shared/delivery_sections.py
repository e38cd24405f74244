"""Sections of page Disiplin data: deliveries, refused files, findings by cell, held rows, agreements."""

from __future__ import annotations

import json
from collections.abc import Iterable
from gettext import gettext as _

import pandas as pd
import streamlit as st

from charts.formats import format_number
from pages.shared import data
from pages.shared.export import csv_bytes, offer
from pages.shared.figures import show_figure
from pages.shared.heading import Desk
from pages.shared.marks import CADENCE_WORDS, clock_mark, plain, until_words
from pages.shared.tables import say_count, show_long_table, show_table
from warehouse import queries
from warehouse.figures import ClockState

PUNCTUALITY = "data.ketepatan_waktu"
ALL = "semua"
REFUSED = "ditolak"
SHOWN_FINDINGS = 500


def options(desk: Desk) -> tuple[str, ...]:
    return (ALL, *data.ask(desk.release_id, queries.sources)["source_id"])


def option_words(desk: Desk, source_id: str) -> str:
    frame = data.ask(desk.release_id, queries.sources)
    titles = dict(zip(frame["source_id"], frame["title"], strict=True))
    return _("Semua sumber") if source_id == ALL else f"{titles[source_id]} ({source_id})"


def show_punctuality(desk: Desk) -> None:
    """The share on time, and who is late."""
    place, rest = st.columns((1, 2))
    with place:
        show_figure(desk, desk.view.figures[PUNCTUALITY])
    late = [clock for clock in desk.view.clocks if clock.state in (ClockState.OVERDUE, ClockState.NEVER)]
    with rest:
        st.markdown(_("**Belum masuk**") if late else _("Semua kiriman yang terjadwal sudah masuk."))
        for clock in late:
            st.markdown(f"{clock_mark(clock)}  {plain(clock.source_title)}")


def deliveries(desk: Desk, source_id: str) -> pd.DataFrame:
    if source_id == ALL:
        return data.ask(desk.release_id, queries.submissions)
    return data.ask(desk.release_id, queries.submissions, source_id)


def show_deliveries(desk: Desk, source_id: str) -> None:
    frame = deliveries(desk, source_id)
    if frame.empty:
        st.markdown(_("tidak ada data: belum pernah ada kiriman dari sumber ini"))
        return
    show_long_table(_delivery_table(desk, frame), key="deliveries")


def _delivery_table(desk: Desk, frame: pd.DataFrame) -> pd.DataFrame:
    zone, locale = desk.region.timezone_label, desk.region.locale
    return pd.DataFrame(
        {
            _("Diterima"): [desk.instant_words(_instant(value)) for value in frame["received_at"]],
            _("OPD"): list(frame["opd_code"]),
            _("Berkas"): list(frame["file_name"]),
            _("Status"): list(frame["status"]),
            _("Baris"): list(frame["row_count"]),
            _("Masuk"): list(frame["accepted_count"]),
            _("Ditahan"): list(frame["rejected_count"]),
            _("Digantikan"): list(frame["superseded_count"]),
            _("Data sampai"): [until_words(_instant(value), zone, locale) for value in frame["data_until"]],
            _("Pesan"): list(frame["message"]),
            _("Contoh"): [_("ya") if value else _("tidak") for value in frame["is_sample"]],
        }
    )


def _instant(value: pd.Timestamp) -> pd.Timestamp | None:
    return None if pd.isna(value) else value


def show_refused(desk: Desk, source_id: str) -> None:
    """Whole files that were turned away, with why and what to do."""
    frame = deliveries(desk, source_id)
    refused = frame[frame["status"] == REFUSED]
    if refused.empty:
        st.markdown(_("Tidak ada berkas yang ditolak."))
        return
    rows = [
        (desk.instant_words(row.received_at), row.opd_code, row.file_name, row.message) for row in refused.itertuples()
    ]
    show_table((_("Diterima"), _("OPD"), _("Berkas"), _("Alasan dan jalan keluar")), rows)


def show_findings(desk: Desk, source_id: str) -> None:
    """What is wrong, by file, cell and remedy; and the held rows to download."""
    frame = data.ask(desk.release_id, queries.findings, source_id=None if source_id == ALL else source_id)
    if frame.empty:
        st.markdown(_("Tidak ada temuan: semua baris masuk."))
        return
    shown = frame.head(SHOWN_FINDINGS)
    show_long_table(
        pd.DataFrame(
            {
                _("Berkas"): list(shown["file_name"]),
                _("OPD"): list(shown["opd_code"]),
                _("Sel"): list(shown["cell"]),
                _("Akibat"): list(shown["severity"]),
                _("Pesan"): list(shown["message"]),
            }
        ),
        key="findings",
    )
    say_count(len(shown), len(frame))
    for source in sorted(set(frame["source_id"])):
        _offer_held(desk, source)


def _offer_held(desk: Desk, source_id: str) -> None:
    held = data.ask(desk.release_id, queries.quarantined_rows, source_id)
    if held.empty:
        return
    words = _("Unduh {count} baris yang ditahan, {source}").format(
        count=format_number(len(held), 0, desk.region.locale), source=source_id
    )
    samples = set(data.ask(desk.release_id, queries.submissions, source_id).query("is_sample")["submission_id"])
    offer(words, held_csv(desk, source_id, held, samples), f"pendopo_karantina_{source_id}_{desk.release_id}.csv")


def held_csv(desk: Desk, source_id: str, held: pd.DataFrame, samples: Iterable[str]) -> bytes:
    """Held rows as delivered, one column for each header, with their reasons."""
    delivered = [json.loads(text) for text in held["row_json"]]
    names = list(dict.fromkeys(name for row in delivered for name in row))
    header = ("berkas", "lembar", "baris", "alasan", *names, "sumber", "rilis", "contoh")
    rows = (
        (
            row.file_name, row.sheet_name, row.row_no, row.reasons, *(cells.get(name, "") for name in names),
            source_id, desk.release_id, _("ya") if row.submission_id in samples else _("tidak"),
        )
        for row, cells in zip(held.itertuples(), delivered, strict=True)
    )  # fmt: skip
    return csv_bytes(header, rows)


def show_agreements(desk: Desk, source_id: str) -> None:
    """What was agreed with each source: cadence, grace, origin, licence."""
    frame = data.ask(desk.release_id, queries.sources)
    if source_id != ALL:
        frame = frame[frame["source_id"] == source_id]
    rows = [
        (
            row.title, row.senders, CADENCE_WORDS.get(row.cadence, row.cadence),
            _("belum disepakati") if pd.isna(row.grace_minutes) else _("{count} menit").format(count=row.grace_minutes),
            row.provenance, row.license, _("ya") if row.is_sample else _("tidak"),
        )
        for row in frame.itertuples()
    ]  # fmt: skip
    header = (_("Sumber"), _("Pengirim"), _("Irama"), _("Tenggang"), _("Asal data"), _("Lisensi"), _("Contoh"))
    show_table(header, rows)
    st.caption(plain(_("Tenggang yang belum disepakati membuat keadaan sumber tidak diketahui, bukan terlambat.")))


def page_csv(desk: Desk, source_id: str) -> bytes:
    """The deliveries shown, with their source and release."""
    frame = deliveries(desk, source_id)
    header = ("sumber", "berkas", "opd", "diterima", "periode", "status", "nilai_baris_masuk", "baris", "ditahan",
              "digantikan", "satuan", "pesan", "sha256", "rilis", "contoh")  # fmt: skip
    rows = (
        (
            row.source_id, row.file_name, row.opd_code, row.received_at.isoformat(),
            "" if pd.isna(row.data_until) else row.data_until.isoformat(), row.status, row.accepted_count,
            row.row_count, row.rejected_count, row.superseded_count, _("baris"), row.message, row.sha256,
            desk.release_id, _("ya") if row.is_sample else _("tidak"),
        )
        for row in frame.itertuples()
    )  # fmt: skip
    return csv_bytes(header, rows)
