"""Held deliveries confirmed by a button: the words that were shown go into the journal with the reason."""

from __future__ import annotations

from gettext import gettext as _
from typing import Any

import pandas as pd
import streamlit as st

from journal.confirmations import Confirmed, HeldDelivery, confirm_delivery, confirmations
from journal.store import JournalError
from pages.shared import access, data
from pages.shared.administration.acts import attempt, show_told, tell
from pages.shared.marks import plain
from reports.deliveries import HELD, Deliveries
from reports.delivery_files import cut_findings
from reports.desk import Desk
from warehouse.build_request import ask_for_build
from warehouse.scope import Action

PLACE = "disiplin:konfirmasi"
OFFERED = 10  # at a time; the rest follows when these are done
DELIVERED = "inbox"  # sample and published files are mended, never confirmed


def offer_confirming(desk: Desk, cut: Deliveries) -> None:
    """One form for each held delivery; nothing for who may not confirm."""
    show_told(PLACE)
    held = cut.with_status(HELD)
    waiting = list(held[held["origin"] == DELIVERED].itertuples())
    if not waiting or not desk.scope.may(Action.CONFIRM):
        return
    try:
        given = confirmations(access.journal(), data.local_now())
    except JournalError as error:
        st.error(plain(str(error)))
        return
    findings = cut_findings(desk, cut)
    for row in waiting[:OFFERED]:
        _offer_one(row, _rules(findings, row.submission_id), given.get(row.submission_id))
    if len(waiting) > OFFERED:
        words = _("{count} kiriman lagi menyusul sesudah yang di atas dijawab.")
        st.caption(plain(words.format(count=len(waiting) - OFFERED)))


def _rules(findings: pd.DataFrame, submission_id: str) -> tuple[str, ...]:
    """What a delivery is held for."""
    own = findings[(findings["submission_id"] == submission_id) & (findings["severity"] == HELD)]
    return tuple(sorted(set(own["rule"])))


def _offer_one(row: Any, rules: tuple[str, ...], said: Confirmed | None) -> None:
    if said is not None and set(rules) <= set(said.rules):
        words = _("{file}: dinyatakan benar oleh {name}, dimuat pada rilis berikutnya.")
        st.markdown(plain(words.format(file=row.file_name, name=said.confirmed_by)))
        return
    with st.expander(plain(_("Nyatakan benar: {file} ({opd})").format(file=row.file_name, opd=row.opd_code))):
        st.markdown(plain(row.message))
        held = HeldDelivery(row.source_id, row.submission_id, rules, row.message)
        why = f"{PLACE}:{row.submission_id}"
        with st.form(f"konfirmasi-{row.submission_id}", border=False):
            left, right = st.columns((5, 2), vertical_alignment="bottom")
            hint = _("misalnya: DPPA menyusul, sudah ditanyakan kepada OPD")
            left.text_input(_("Alasan (wajib)"), placeholder=hint, key=why)
            label, sent = _("Nyatakan benar"), (held, row.file_name, why)
            right.form_submit_button(label, type="primary", width="stretch", on_click=_confirm, args=sent)


def _confirm(held: HeldDelivery, file_name: str, why: str) -> None:
    """Runs before the page is drawn anew: it counts, though somebody else's word has meanwhile taken the form away."""
    reason = st.session_state[why]

    def act() -> Confirmed:
        return confirm_delivery(access.journal(), access.current_scope(), data.local_now(), held, reason)

    if attempt(PLACE, act) is not None:
        ask_for_build(data.settings().state_dir, held.source_id)
        words = _("{file} dinyatakan benar; dimuat pada rilis berikutnya.")
        tell(PLACE, words.format(file=file_name))
