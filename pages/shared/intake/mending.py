"""What was refused of an agency's own deliveries, as workbooks to mend and send in again."""

from __future__ import annotations

from functools import partial
from gettext import gettext as _
from typing import Any

import pandas as pd
import streamlit as st

from charts.formats import format_number
from pages.shared import data
from pages.shared.export import offer_file
from pages.shared.marks import plain
from pages.shared.taking import TakingError
from pipelines.contracts.contract import ContractProblem
from pipelines.deliveries.handing_back import hand_back
from pipelines.deliveries.mending import Fault, can_mend, mended_name
from pipelines.deliveries.window import find_contract
from reports.deliveries import Deliveries
from reports.desk import Desk
from reports.side_files import SideFile
from warehouse import queries
from warehouse.filters import Filters
from warehouse.scope import Action

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OFFERED = 5  # deliveries, the newest first
PARTLY, DELIVERED, REFUSED = "sebagian", "inbox", "ditolak"


def offer_mending(desk: Desk, cut: Deliveries, filters: Filters) -> None:
    """One workbook for each of the newest deliveries with refused rows, also where all of them are."""
    refused = cut.frame["status"].isin([PARTLY, REFUSED]) & (cut.frame["rejected_count"] > 0)
    partly = cut.frame[refused & (cut.frame["origin"] == DELIVERED)]
    if partly.empty or not desk.scope.may(Action.DELIVER):
        return
    words = _("Baris yang ditolak dapat diunduh, dibetulkan, lalu dikirim lagi. Baris yang sudah masuk tetap ada.")
    st.caption(plain(words))
    for row in partly.head(OFFERED).itertuples():
        _offer_one(desk, row, filters)


def _offer_one(desk: Desk, row: Any, filters: Filters) -> None:
    try:
        contract = find_contract(row.source_id)
    except ContractProblem as error:
        st.caption(plain(str(error)))
        return
    if not can_mend(contract):
        return
    rows = int(row.rejected_count)
    count = format_number(rows, 0, desk.locale)
    words = _("Unduh {count} baris untuk dibetulkan: {file}").format(count=count, file=row.file_name)
    make = partial(_make, desk, row.source_id, row.submission_id)
    name = mended_name(row.file_name, contract)
    offer_file(desk, "setor_data", filters, SideFile(words, name, make, rows, Action.DELIVER, WORKBOOK))


def _make(desk: Desk, source_id: str, submission_id: str) -> bytes:
    """Raises TakingError, NotPermittedError."""
    found: pd.DataFrame = desk.ask(queries.findings, submission_id)
    refused = found[(found["severity"] == REFUSED) & found["row_no"].notna()]
    faults = [
        Fault(int(row.row_no), row.header_text if isinstance(row.header_text, str) else None, row.message)
        for row in refused.itertuples()
    ]
    try:
        mending = hand_back(data.settings(), desk.scope, source_id, submission_id, faults)
    except ContractProblem as error:
        raise TakingError(str(error)) from error
    if mending is None:
        raise TakingError(_("Berkas ini bukan tabel yang dapat dibetulkan di sini. Betulkan di tempat asalnya."))
    return mending.content
