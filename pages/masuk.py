"""Masuk: signs people in. Any other page shows the same form in place of itself to whoever is nobody yet."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path

import streamlit as st

from pages.shared import access, sign_in

HOME = Path(__file__).parent / "ringkasan.py"

if access.is_local():
    words = _("Pendopo ini hanya melayani satu komputer. Nama Anda untuk jejak diisi di bilah samping.")
    sign_in.show_words(_("Tidak perlu masuk"), words)
elif access.current_visit().is_person:
    st.switch_page(HOME)
else:  # a wall screen's machine, where somebody wants to work
    sign_in.show_sign_in(_("Mesin ini membuka dinding tanpa masuk. Untuk halaman kerja, masuklah dengan akun Anda."))
