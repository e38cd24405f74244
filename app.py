"""Pendopo: checks access, makes sure a release exists, and routes to the pages."""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from threading import Lock

import streamlit as st

from pages.shared import data
from pipelines.first_run import BuildBusy, ensure_release
from warehouse.settings import SettingsError

PAGES_DIR = Path(__file__).parent / "pages"
NAVIGATION = {
    _("Dinding"): (("dinding.py", _("Dinding")),),
    _("Kerja"): (
        ("ringkasan.py", _("Ringkasan")),
        ("spbe.py", "SPBE"),
        ("smart_environment.py", "Smart Environment"),
        ("smart_living.py", "Smart Living"),
        ("masterplan.py", _("Masterplan")),
        ("jelajah.py", _("Jelajah")),
        ("indikator.py", _("Indikator")),
    ),
    _("Data"): (("disiplin_data.py", _("Disiplin data")),),
}
HOME = "ringkasan.py"
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def refuse_network_address() -> None:
    """Without access control Pendopo serves this computer only, whatever the command line says."""
    address = st.get_option("server.address")
    if address in LOOPBACK:
        return
    st.error(
        _(
            "Pendopo menolak melayani alamat {address}: pengaturan akses belum tersedia, jadi hanya komputer ini "
            "yang dilayani. Jalankan lagi dengan `--server.address 127.0.0.1` atau tanpa pilihan itu."
        ).format(address=address or "0.0.0.0")  # noqa: S104
    )
    st.stop()


def check_settings() -> None:
    try:
        data.settings()
    except SettingsError as error:
        st.error(_("Pendopo belum dapat dimulai.") + "\n\n" + str(error))
        st.stop()


@st.cache_resource(show_spinner=False)
def build_lock() -> Lock:
    """One session builds the first release; the others wait for it."""
    return Lock()


def first_release() -> None:
    """Build the sample once, with its progress, when there is nothing to show yet."""
    try:
        data.newest()
    except data.ReleaseMissingError:
        bar = st.progress(0.0, _("Menyiapkan data pertama"))

        def show(label: str, done: int, total: int) -> None:
            bar.progress(
                min(1.0, done / total) if total else 0.0, _("Menyiapkan data pertama: {step}").format(step=label)
            )

        with build_lock():
            try:
                ensure_release(data.settings(), data.local_now(), show)
            except BuildBusy as error:  # someone runs the command line at this moment
                st.info(str(error))
                st.stop()
        st.rerun()


def go_home() -> None:
    st.switch_page(PAGES_DIR / HOME)


def route() -> None:
    # The default page loses its own address in Streamlit, so the root is a door of its own.
    home = st.Page(go_home, title="Pendopo", default=True, visibility="hidden")
    sections = {
        section: [st.Page(PAGES_DIR / file, title=title) for file, title in pages]
        for section, pages in NAVIGATION.items()
    }
    page = st.navigation({"": [home], **sections})
    # No icons by name, here or on a page: Streamlit would fetch them from the internet for the browser tab.
    st.set_page_config(page_title=f"{page.title} · Pendopo", layout="wide")
    page.run()


refuse_network_address()
check_settings()
first_release()
route()
