"""In `lokal` mode nobody signs in: whoever acts says at the side what they are called, and is told so here."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from pages.shared import access
from pages.shared.marks import badge

NAME_FIRST = _("Isi dahulu Nama Anda di bilah samping: setiap tindakan dicatat atas nama seseorang.")


def ask_name() -> None:
    if access.is_local() and not access.current_scope().actor:
        words = _("Siapa pun di komputer ini dapat mengelola tanpa masuk.")
        st.markdown(f"{badge(_('mode lokal'), 'gray')} {words} {NAME_FIRST}")
