"""A file on its way in: the workbook to fill, the upload, what was understood of it, and the button that sends it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from gettext import gettext as _
from typing import Any

import pandas as pd
import streamlit as st

from charts.formats import format_date, format_number, format_time
from pages.shared import data
from pages.shared.administration.actor import NAME_FIRST
from pages.shared.intake.receipt import keep_receipt
from pages.shared.intake.sender import Sender, is_unnamed
from pages.shared.marks import plain
from pipelines.contracts.contract import Contract, ContractProblem
from pipelines.deliveries.receiving import MOST_BYTES, Counter, Upload
from pipelines.deliveries.window import Agreed, draw_template, preview_file
from pipelines.judging.validation import ACCEPTED, HELD, PARTIAL, REFUSED, FileCheck
from pipelines.reading.cell_names import column_letters
from reports.deliveries import HELD as STATUS_HELD
from reports.desk import Desk
from warehouse.scope import NotPermittedError

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_MESSAGES = 50
TURN, SEEN = "setor_giliran", "setor_pratinjau"  # of the session: a sent file leaves the uploader; the last preview
OUTCOMES = {
    ACCEPTED: _("● Semua {good} baris dapat dimuat"),
    PARTIAL: _("◔ {good} baris dapat dimuat, {bad} baris akan dikarantina"),
    HELD: _("◌ Terbaca {good} baris, tetapi akan ditahan sampai walidata mengonfirmasi"),
    REFUSED: _("✕ Berkas ini tidak dapat dimuat; betulkan dahulu"),
}


def offer_template(contract: Contract, agreed: Agreed) -> None:
    """The workbook with the columns and choices of this source; words for one that is no table to fill in."""
    made = draw_template(contract, agreed)
    if made is None:
        st.caption(_("Tanpa template: kirim keluaran sistemnya apa adanya, jangan disusun ulang."))
        return
    name = f"template_{contract.source_id}_{agreed.opd_code}.xlsx"
    st.download_button(_("Unduh template"), made, name, EXCEL, on_click="ignore")


def take_file(desk: Desk, contract: Contract, sender: Sender, channel: str) -> None:
    """Upload, preview, send. Nothing is kept before the button is used."""
    turn = int(st.session_state.get(TURN, 0))
    words = _("Berkas {title}: Excel, CSV, ODS, JSON atau ZIP berisi satu berkas, paling besar {most} MB").format(
        title=plain(contract.title), most=MOST_BYTES // 1_000_000
    )
    given = st.file_uploader(words, key=f"unggah-{contract.source_id}-{turn}")
    if given is None:
        return
    upload = Upload(sender.opd_code, channel, given.name, given.getvalue())
    try:
        seen = _preview(contract, upload, given.file_id)
    except ContractProblem as error:
        st.error(plain(str(error)))
        return
    _show_preview(desk, contract, seen)
    if seen.outcome == REFUSED:
        return
    if is_unnamed(desk):
        st.caption(plain(NAME_FIRST))
    words = _("Kirim sebagai {opd}").format(opd=sender.opd_code)
    if st.button(words, type="primary", disabled=is_unnamed(desk)):
        try:
            keep_receipt(Counter(data.settings(), desk.scope, data.local_now()).receive_file(contract, upload))
        except (ContractProblem, NotPermittedError) as error:
            st.error(plain(str(error)))
            return
        st.session_state[TURN] = turn + 1
        st.rerun()


def _preview(contract: Contract, upload: Upload, file_id: str) -> FileCheck:
    """Read once for each upload and sender, however often the page runs."""
    key = (contract.sha256, upload.opd_code, file_id)
    known: tuple[Any, FileCheck] | None = st.session_state.get(SEEN)
    if known is None or known[0] != key:
        known = key, preview_file(data.settings(), contract, upload, data.local_now())
        st.session_state[SEEN] = known
    return known[1]


def _show_preview(desk: Desk, contract: Contract, seen: FileCheck) -> None:
    good, bad = (format_number(count, 0, desk.locale) for count in (seen.rows_accepted, seen.rows_quarantined))
    st.markdown(f"#### {plain(OUTCOMES[seen.outcome].format(good=good, bad=bad))}")
    if seen.messages:
        _show_messages(desk, seen)
    if seen.sums:
        _show_sums(desk, contract, seen)
    if seen.first_rows:
        st.markdown(_("Baris pertama, seperti yang dibaca"))
        written = [{title: _written(value, desk) for title, value in row.items()} for row in seen.first_rows]
        st.dataframe(pd.DataFrame(written), hide_index=True, width="stretch")
    if seen.matched:
        with st.expander(_("Kolom yang dikenali")):
            st.table(_columns_table(contract, seen), hide_index=True, border="horizontal")
            if seen.ignored:
                st.caption(plain(_("Tidak dimuat: {headers}").format(headers=", ".join(seen.ignored))))


def _written(value: Any, desk: Desk) -> str:
    """A value as people write it here."""
    match value:
        case datetime():
            return f"{format_date(value.date(), desk.locale)} {format_time(value)}"
        case date():
            return format_date(value, desk.locale)
        case Decimal():
            return format_number(value, max(0, -int(value.normalize().as_tuple().exponent)), desk.locale)
        case None:
            return ""
        case _:
            return str(value)


def _show_messages(desk: Desk, seen: FileCheck) -> None:
    ordered = sorted(seen.messages, key=lambda one: one.severity != STATUS_HELD)  # why it is held comes first
    rows = [(one.severity, one.sheet or "", one.text) for one in ordered[:SHOWN_MESSAGES]]
    titles = [_("Akibat"), _("Lembar"), _("Sel dan pesan")]
    st.table(pd.DataFrame(rows, columns=titles).map(plain), hide_index=True, border="horizontal")
    rest = len(seen.messages) - SHOWN_MESSAGES
    if rest > 0:
        st.caption(_("dan {count} pesan lagi").format(count=format_number(rest, 0, desk.locale)))


def _show_sums(desk: Desk, contract: Contract, seen: FileCheck) -> None:
    """What the columns add up to, to be held against the totals of the file."""
    rows = []
    for field, total in (seen.sums or {}).items():
        if total is not None:
            rows.append((contract.by_name[field].from_, _written(total, desk)))
    if rows:
        st.markdown(_("Jumlah baris yang dapat dimuat; cocokkan dengan jumlah di berkas Anda"))
        st.table(pd.DataFrame(rows, columns=[_("Kolom"), _("Jumlah")]), hide_index=True, border="horizontal")


def _columns_table(contract: Contract, seen: FileCheck) -> pd.DataFrame:
    rows = []
    for field, found in (seen.matched or {}).items():
        place = found.cell or (column_letters(found.number - 1) if found.number else "")
        rows.append((contract.by_name[field].from_, found.header, place))
    return pd.DataFrame(rows, columns=[_("Kolom kontrak"), _("Judul di berkas"), _("Letak")]).drop_duplicates()
