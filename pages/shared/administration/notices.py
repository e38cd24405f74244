"""Who is told of alarms, and a button that tries every address; the addresses themselves are never shown."""

from __future__ import annotations

from gettext import gettext as _

import pandas as pd
import streamlit as st

from journal.notice_tests import AskedTest, ask_test, last_test
from pages.shared import access, data
from pages.shared.administration.acts import attempt, show_told, tell
from pages.shared.administration.facts import Facts
from pages.shared.heading import section
from pages.shared.marks import plain

PLACE = "pemberitahuan:uji"
LOOK_SECONDS = 3.0
SECRET = _("Alamatnya rahasia: hanya di lingkungan proses operasi, tidak di halaman ini.")


def show_notices(facts: Facts) -> None:
    with section(
        _("Penerima peringatan baru"),
        _("Diatur di pendopo.toml bagian [alarms]; tertulis nama variabel lingkungannya.") + " " + SECRET,
    ):
        _show_receivers(facts)
    with section(_("Uji pengiriman"), _("Satu pesan uji ke tiap alamat, dikirim proses operasi dalam satu menit.")):
        if not facts.settings.alarms.addresses:
            st.markdown(_("Belum ada alamat, jadi belum ada yang dapat diuji."))
            return
        show_told(PLACE)
        if st.button(_("Kirim pesan uji"), type="primary"):
            if attempt(PLACE, _ask):
                tell(PLACE, _("Diminta. Hasilnya tampil di bawah."))
            st.rerun()
        _show_last(facts)


def _ask() -> bool:
    ask_test(access.journal(), access.current_scope(), data.local_now())
    return True


def _show_receivers(facts: Facts) -> None:
    addresses = facts.settings.alarms.addresses
    if not addresses:
        st.markdown(_("Tidak seorang pun diberi tahu. Isi addresses di bagian [alarms]."))
        return
    rows = [
        {_("Prioritas"): priority, _("Variabel alamat"): plain(", ".join(names))}
        for priority, names in addresses.items()
    ]
    st.table(pd.DataFrame(rows), hide_index=True, border="horizontal")
    wishes = facts.settings.alarms
    words = _("Antara pukul {start}.00 dan {end}.00 hanya yang kritis dikirim; yang lain menunggu.")
    st.caption(words.format(start=f"{wishes.quiet_from_hour:02}", end=f"{wishes.quiet_until_hour:02}"))


@st.fragment(run_every=LOOK_SECONDS)
def _show_last(facts: Facts) -> None:
    asked = last_test(access.journal())
    if asked is None:
        st.markdown(_("Belum pernah diuji."))
        return
    head = _("Diminta {by}, {at}.").format(by=asked.asked_by, at=facts.instant_words(asked.asked_at, ""))
    st.markdown(plain(f"{head} {state_words(asked, facts)}"))
    if asked.results:
        rows = [
            {_("Variabel alamat"): plain(name), _("Layanan"): channel, _("Hasil"): plain(problem or _("● terkirim"))}
            for name, (channel, problem) in asked.results.items()
        ]
        st.table(pd.DataFrame(rows), hide_index=True, border="horizontal")


def state_words(asked: AskedTest, facts: Facts) -> str:
    if asked.done_at is not None:
        failed = sum(bool(problem) for _channel, problem in asked.results.values())
        counts = {"all": len(asked.results), "failed": failed, "at": facts.instant_words(asked.done_at, "")}
        return _("Selesai {at}: {all} alamat dicoba, {failed} gagal.").format(**counts)
    if asked.waits(data.local_now()):
        return _("Menunggu proses operasi. Bila lebih dari dua menit, periksa apakah python -m operations berjalan.")
    return _("Tidak dikerjakan: proses operasi tidak berjalan. Jalankan python -m operations, lalu minta lagi.")
