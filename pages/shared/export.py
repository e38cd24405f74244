"""Buttons that take what a page shows away: CSV, workbook, PDF and pictures, made when they are clicked."""

from __future__ import annotations

from gettext import gettext as _

import streamlit as st

from reports.content import PageContent
from reports.desk import Desk
from reports.side_files import SideFile
from reports.snapshot import take_snapshot


def offer_content(desk: Desk, content: PageContent) -> None:
    """One button a format; nothing is computed before a click."""
    snapshot = take_snapshot(desk, content)
    st.divider()
    with st.container(horizontal=True, vertical_alignment="center"):
        for download in snapshot.downloads:
            st.download_button(
                download.label,
                download.make,
                download.file_name,
                download.mime,
                on_click="ignore",
                key=f"unduh-{download.mime}",
            )
    st.caption(_("Kode {code} · rilis {release}").format(code=snapshot.code, release=desk.release_id))


def offer_file(file: SideFile) -> None:
    """A CSV beside a page's own downloads, made when it is clicked."""
    st.download_button(file.label, file.make, file.file_name, "text/csv", on_click="ignore", key=file.file_name)
