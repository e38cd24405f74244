"""One click for an agency in whose field nothing happened: this month so far, or the month before."""

from __future__ import annotations

from datetime import datetime
from gettext import gettext as _

import streamlit as st

from charts.formats import format_month
from pages.shared import data
from pages.shared.intake.receipt import keep_receipt
from pages.shared.intake.sender import Sender, is_unnamed
from pages.shared.marks import plain
from pipelines.contracts.contract import Contract, ContractProblem
from pipelines.deliveries.receiving import Counter, NilPeriod
from reports.desk import Desk
from warehouse.scope import NotPermittedError


def offer_nil(desk: Desk, contract: Contract, sender: Sender, channel: str) -> None:
    """Only for sources that may be empty."""
    if not contract.allows_nil:
        return
    months = _months(desk.instant)
    words = _("Tidak ada kejadian untuk dilaporkan? Laporan nihil adalah kiriman yang sah.")
    st.caption(plain(words))
    with st.container(horizontal=True):
        for begun, ended in months:
            month = f"{format_month(begun.date(), desk.locale)} {begun.year}"
            label = _("Nihil {month}").format(month=month)
            key = f"nihil-{contract.source_id}-{begun:%Y-%m}"
            if st.button(label, key=key, disabled=is_unnamed(desk)):
                _send(desk, contract, NilPeriod(sender.opd_code, channel, begun, ended))


def _send(desk: Desk, contract: Contract, nil: NilPeriod) -> None:
    counter = Counter(data.settings(), desk.scope, data.local_now())
    try:
        keep_receipt(counter.receive_nil(contract, nil))
    except (ContractProblem, NotPermittedError) as error:
        st.error(plain(str(error)))
        return
    st.rerun()


def _months(instant: datetime) -> tuple[tuple[datetime, datetime], ...]:
    """The running month and the one before, each from its first instant to that of the next."""
    this = datetime(instant.year, instant.month, 1)
    following = datetime(this.year + this.month // 12, this.month % 12 + 1, 1)
    before = datetime(this.year - (this.month == 1), (this.month - 2) % 12 + 1, 1)
    return (this, following), (before, this)
