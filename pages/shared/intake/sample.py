"""A source that is still DATA CONTOH takes in real deliveries, but loads none of them until the sample is gone."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from journal.failures import JournalError
from journal.model import Kind
from pages.shared import access, data
from pages.shared.intake.sender import is_unnamed
from pages.shared.marks import plain, sample_mark
from pipelines.contracts.contract import Contract
from pipelines.sample import SampleError, remove_sample
from reports.desk import Desk
from warehouse.scope import Action


def is_sample(desk: Desk, source_id: str) -> bool:
    return any(clock.is_sample for clock in desk.clocks_of(source_id))


def offer_removal(desk: Desk, contract: Contract) -> None:
    """Says that the sample stands in the way, and lets the walidata end it; nothing for a source without sample."""
    if not is_sample(desk, contract.source_id):
        return
    said = _("Kiriman sungguhan disimpan, tetapi baru dimuat setelah contoh sumber ini dihapus.")
    st.markdown(f"{sample_mark(True)} {plain(said)}")
    if not desk.scope.may(Action.CONFIRM):
        st.caption(_("Mintalah walidata menghapusnya."))
        return
    words = _("Hapus DATA CONTOH {title} untuk seterusnya").format(title=contract.title)
    if st.button(words, key=f"hapus-contoh-{contract.source_id}", disabled=is_unnamed(desk)):
        try:
            access.record(Kind.MAINTAINED, "contoh", contract.source_id)
            remove_sample(data.settings(), contract.source_id)
        except (JournalError, SampleError) as error:
            st.error(plain(str(error)))
            return
        st.markdown(plain(_("Contoh dihapus; rilis berikutnya tidak lagi memuatnya.")))
