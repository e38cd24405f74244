"""Runs first in every session: makes sure a release exists, and opens the pages this visitor may see.

Started by `app.py`, which has checked before that this server may serve at all.
"""

from __future__ import annotations

from gettext import gettext as _
from pathlib import Path
from threading import Lock

import streamlit as st

from pages.shared import access, account, data, large_screen
from pages.shared.heading import open_page
from pages.shared.page_list import ENTRIES, HOMES, NAVIGATION, PAGES_DIR, WALL, Entry, opens
from warehouse.scope import Role, Scope
from warehouse.settings import SettingsError


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
        # A server that has a release to show never needs what builds one, and its memory is left to the screens.
        from pipelines.building.first_run import BuildBusy, ensure_release  # noqa: PLC0415

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


def route(scope: Scope) -> None:
    """Every page keeps its address; one this visitor may not open is not listed, and says so when it is asked for."""
    homes = [file for file in HOMES for entry in ENTRIES if entry.file == file and opens(entry, scope)]

    def go_home() -> None:
        st.switch_page(PAGES_DIR / (homes or HOMES)[0])

    # The default page loses its own address in Streamlit, so the root is a door of its own.
    sections = {"": [st.Page(go_home, title="Pendopo", default=True, visibility="hidden")]}
    for section, entries in NAVIGATION.items():
        for entry in entries:
            is_listed = entry.is_listed and opens(entry, scope)
            sections.setdefault(section if is_listed else "", []).append(_page(entry, is_listed))
    page = st.navigation(sections, position="hidden" if scope.role is Role.SCREEN else "sidebar")
    # No icons by name, here or on a page: Streamlit would fetch them from the internet for the browser tab.
    st.set_page_config(page_title=f"{page.title} · Pendopo", layout="wide")
    account.show_account()
    asked = next((entry for entry in ENTRIES if Path(entry.file).stem == page.url_path), None)
    if asked is not None and not opens(asked, scope):
        open_page(asked.title)
        access.require(asked.rights[0])
    elif asked is not None and asked.file != WALL:
        large_screen.ask_width()
    page.run()


def _page(entry: Entry, is_listed: bool) -> st.Page:
    return st.Page(PAGES_DIR / entry.file, title=entry.title, visibility="visible" if is_listed else "hidden")


st.set_page_config(page_title="Pendopo", layout="wide")
check_settings()
scope = access.current_scope()  # nobody known gets the sign-in page instead, and builds nothing
first_release()
route(scope)
