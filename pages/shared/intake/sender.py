"""Who delivers here, for which agency and on which way the data came."""

from __future__ import annotations

from dataclasses import dataclass
from gettext import gettext as _

import streamlit as st

from pages.shared import access
from pages.shared.administration.actor import NAME_FIRST
from pages.shared.marks import badge, plain
from reports.desk import Desk
from reports.reach import clocks_within

ASKED = "opd"  # in the address
OWN_CHANNEL = _("halaman setor data")
CHANNELS = (_("WhatsApp"), _("surel"), _("media simpan (USB)"), _("diantar langsung"))


@dataclass(frozen=True)
class Sender:
    """An agency; `is_represented` when somebody else hands its data over."""

    opd_code: str
    source_ids: tuple[str, ...]  # what it owes
    is_represented: bool


def choose_sender(desk: Desk) -> Sender:
    """The agency of who is bound to one; else a choice kept in the address. Stops the page when there is none."""
    owed: dict[str, list[str]] = {}
    for clock in clocks_within(desk):
        owed.setdefault(clock.opd_code, []).append(clock.source_id)
    scope = desk.scope
    codes = sorted(code for code in owed if code and (not scope.opd_codes or code in scope.opd_codes))
    if not codes:
        st.info(_("Belum ada sumber data yang disepakati dengan OPD Anda. Hubungi walidata."))
        st.stop()
    code = codes[0]
    if len(codes) > 1:
        asked = st.query_params.get(ASKED, "")
        code = st.selectbox(_("OPD pengirim"), codes, index=codes.index(asked) if asked in codes else 0)
        st.query_params[ASKED] = code
    if is_unnamed(desk):
        st.markdown(f"{badge(_('mode lokal'), 'gray')} {plain(NAME_FIRST)}")
    return Sender(code, tuple(owed[code]), is_represented=not scope.opd_codes)


def is_unnamed(desk: Desk) -> bool:
    """In `lokal` mode, until somebody says what they are called: nothing is taken in without a name."""
    return access.is_local() and not desk.scope.actor


def choose_channel(sender: Sender) -> str:
    """How the data came, asked of who hands it over for another agency."""
    if not sender.is_represented:
        return OWN_CHANNEL
    words = _("Data ini diterima dari {opd} lewat").format(opd=sender.opd_code)
    return str(st.radio(words, (*CHANNELS, OWN_CHANNEL), horizontal=True))
