"""Which of its sources an agency hands over now, and what was agreed about it."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from pages.shared.intake.sender import Sender
from pages.shared.marks import plain
from pipelines.contracts.contract import Contract
from pipelines.deliveries.window import Agreed, find_contract
from reports.clock_words import CADENCE_WORDS, state_words, until_words
from reports.desk import Desk
from warehouse.figures import ClockState

ASKED = "sumber"  # in the address
LATE_FIRST = (ClockState.OVERDUE, ClockState.DUE, ClockState.NEVER, ClockState.UNKNOWN, ClockState.FRESH)


def choose_source(desk: Desk, sender: Sender) -> tuple[Contract, Agreed]:
    """A choice among what the agency owes, what is late first."""
    clocks = {
        clock.source_id: clock
        for clock in sorted(desk.view.clocks, key=lambda clock: LATE_FIRST.index(clock.state))
        if clock.opd_code == sender.opd_code and clock.source_id in sender.source_ids
    }
    codes = list(clocks)
    asked = st.query_params.get(ASKED, "")
    code = st.selectbox(
        _("Sumber data"),
        codes,
        index=codes.index(asked) if asked in codes else 0,
        format_func=lambda code: f"{clocks[code].source_title} · {state_words(clocks[code])}",
        key=f"sumber-{sender.opd_code}",
    )
    st.query_params[ASKED] = code
    contract, clock = find_contract(code), clocks[code]
    agreed = Agreed(
        sender.opd_code,
        CADENCE_WORDS.get(clock.cadence, clock.cadence),
        until_words(clock.due_at, desk.region.timezone_label, desk.locale) if clock.due_at else _("belum disepakati"),
        desk.instant,
        desk.region.region_code,
    )
    st.caption(plain(_("{cadence} · tenggat {due}").format(cadence=agreed.cadence, due=agreed.due)))
    return contract, agreed
