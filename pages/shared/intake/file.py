"""A file on its way in: the workbook to fill, the upload, what was understood of it, and the button that sends it."""

from __future__ import annotations

from gettext import gettext as _

import pandas as pd
import streamlit as st

from charts.formats import format_number
from pages.shared import data
from pages.shared.intake.receipt import keep_receipt
from pages.shared.intake.sender import Sender
from pages.shared.marks import plain
from pipelines.contract import Contract, ContractProblem
from pipelines.receiving import Counter, Upload
from pipelines.window import Agreed, Preview, draw_template, preview_file
from reports.desk import Desk
from warehouse.scope import NotPermittedError

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_MESSAGES = 200
OUTCOMES = {
    "accepted": _("● Semua {good} baris dapat dimuat."),
    "partial": _("◔ {good} baris dapat dimuat, {bad} baris akan dikarantina."),
    "held": _("◌ Terbaca, tetapi akan ditahan sampai walidata mengonfirmasi."),
    "refused": _("✕ Berkas tidak dapat dimuat."),
}


def offer_template(contract: Contract, agreed: Agreed) -> None:
    made = draw_template(contract, agreed)
    if made is None:
        return
    name = f"template_{contract.source_id}_{agreed.opd_code}.xlsx"
    st.download_button(_("Unduh template"), made, name, EXCEL, on_click="ignore", key=f"template-{contract.source_id}")


def take_file(desk: Desk, contract: Contract, sender: Sender, channel: str) -> None:
    """Upload, preview, send. Nothing is kept before the button is used."""
    turn = int(st.session_state.get("setor_giliran", 0))  # a sent file leaves the uploader
    given = st.file_uploader(
        _("Berkas {title}").format(title=plain(contract.title)), key=f"unggah-{contract.source_id}-{turn}"
    )
    if given is None:
        return
    upload = Upload(sender.opd_code, channel, given.name, given.getvalue())
    seen = preview_file(data.settings(), contract, upload, data.local_now())
    _show_preview(desk, contract, seen)
    words = _("Kirim sebagai {opd}").format(opd=sender.opd_code)
    if st.button(words, type="primary", disabled=not seen.can_be_sent, key="kirim-berkas"):
        try:
            keep_receipt(Counter(data.settings(), desk.scope, data.local_now()).receive_file(contract, upload))
        except (ContractProblem, NotPermittedError) as error:
            st.error(plain(str(error)))
            return
        st.session_state["setor_giliran"] = turn + 1
        st.rerun()


def _show_preview(desk: Desk, contract: Contract, seen: Preview) -> None:
    locale = desk.locale
    words = OUTCOMES[seen.outcome].format(
        good=format_number(seen.rows_accepted, 0, locale), bad=format_number(seen.rows_quarantined, 0, locale)
    )
    st.markdown(f"#### {plain(words)}")
    if seen.messages:
        shown = pd.DataFrame(
            [(message.severity, message.place, message.text) for message in seen.messages[:SHOWN_MESSAGES]],
            columns=[_("Akibat"), _("Tempat"), _("Pesan")],
        )
        st.dataframe(shown, hide_index=True, width="stretch")
        if len(seen.messages) > SHOWN_MESSAGES:
            more = _("dan {count} pesan lagi").format(
                count=format_number(len(seen.messages) - SHOWN_MESSAGES, 0, locale)
            )
            st.caption(more)
    if seen.columns:
        with st.expander(_("Kolom yang dikenali"), expanded=seen.outcome == "refused"):
            st.table(
                pd.DataFrame(seen.columns, columns=[_("Kolom kontrak"), _("Judul di berkas"), _("Kolom")]),
                hide_index=True,
                border="horizontal",
            )
            if seen.ignored:
                st.caption(plain(_("Tidak dimuat: {headers}").format(headers=", ".join(seen.ignored))))
    if seen.totals:
        st.markdown(plain(_("Jumlah yang terbaca dari baris yang dapat dimuat")))
        st.table(
            pd.DataFrame(seen.totals, columns=[_("Kolom"), _("Jumlah")]), hide_index=True, border="horizontal"
        )
    if not seen.first_rows.empty:
        st.markdown(plain(_("Baris pertama, seperti yang dibaca")))
        st.dataframe(seen.first_rows, hide_index=True, width="stretch")
