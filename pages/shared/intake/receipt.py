"""The receipt of a delivery: shown after it was taken in, and as a file to keep."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from charts.formats import format_number
from journal.failures import JournalError
from journal.model import Kind
from pages.shared import access
from pages.shared.intake.sample import is_sample
from pages.shared.marks import plain
from pipelines.deliveries.receiving import Receipt
from reports.clock_words import instant_words
from reports.desk import Desk

KEPT = "tanda_terima"  # of the session: the last receipt


def keep_receipt(receipt: Receipt) -> None:
    """Remember it for the next run, and tell the journal. The delivery is in the archive by now, whatever happens."""
    st.session_state[KEPT] = receipt
    if receipt.is_known:
        return
    after = {"berkas": receipt.file_name, "opd": receipt.opd_code, "sha256": receipt.sha256}
    try:
        access.record(Kind.DELIVERED, receipt.source_id, receipt.number, after)
    except JournalError as error:
        st.warning(plain(_("Kiriman tersimpan, tetapi jejaknya belum tercatat: {error}").format(error=error)))


def show_receipt(desk: Desk) -> None:
    receipt: Receipt | None = st.session_state.get(KEPT)
    if receipt is None:
        return
    if receipt.is_known:
        words = _("Sudah diterima sebelumnya: isi berkas {file} sama persis, jadi tidak ada yang berubah.")
        st.markdown(f"#### {plain(words.format(file=receipt.file_name))}")
    else:
        words = _("● Diterima, nomor {number}. Isinya dimuat pada rilis berikutnya.")
        if is_sample(desk, receipt.source_id):
            words = _("● Diterima, nomor {number}. Isinya dimuat setelah DATA CONTOH sumber ini dihapus.")
        st.markdown(f"#### {plain(words.format(number=receipt.number))}")
    text = receipt_text(receipt, desk)
    st.code(text, language=None, wrap_lines=True)
    st.download_button(
        _("Simpan tanda terima"),
        text.encode(),
        f"tanda_terima_{receipt.number}.txt",
        "text/plain",
        on_click="ignore",
        key="simpan-tanda-terima",
    )


def receipt_text(receipt: Receipt, desk: Desk) -> str:
    when = instant_words(receipt.received_at, desk.region.timezone_label, desk.locale)
    lines = (
        (_("Nomor"), receipt.number),
        (_("Sumber"), receipt.source_id),
        (_("OPD"), receipt.opd_code),
        (_("Berkas"), receipt.file_name),
        (_("Ukuran"), _("{count} bita").format(count=format_number(receipt.byte_count, 0, desk.locale))),
        (_("Diterima"), when),
        ("SHA-256", receipt.sha256),
    )
    width = max(len(label) for label, _words in lines)
    return "\n".join(f"{label:<{width}}  {words}" for label, words in lines) + "\n"
