"""Buttons that take what a page shows away: CSV, workbook, PDF and pictures, made when they are clicked."""

from __future__ import annotations

from collections.abc import Mapping
from gettext import gettext as _
from typing import Any

import streamlit as st

from pages.server.handed import made_for
from pages.shared.marks import plain
from pages.shared.taking import Taker, Taking, current_taker, guarded, too_many
from reports.content import PageContent
from reports.desk import Desk
from reports.side_files import SideFile
from reports.snapshot import Snapshot, take_snapshot
from warehouse.filters import Filters, write_filters
from warehouse.scope import Action, Scope

REFUSED = "unduhan_ditolak"  # of the session: why files were not made


def offer_content(desk: Desk, content: PageContent) -> None:
    """One button a format; nothing is computed before a click."""
    st.divider()
    if not may_take(desk, Action.EXPORT):
        return
    snapshot = take_snapshot(desk, content)
    rows = sum(len(table.rows) for table in snapshot.content.tables)
    told, taker = _told(), current_taker(desk.scope)
    words = too_many(rows)
    if words:
        st.caption(plain(words))
    with st.container(horizontal=True, vertical_alignment="center"):
        for download in () if words else snapshot.downloads:
            taking = _taking_of(snapshot, download.file_name, rows)
            st.download_button(
                download.label,
                guarded(
                    taker, taking, made_for(taker.scope.actor, download.mime, download.file_name, download.make), told
                ),
                download.file_name,
                download.mime,
                on_click="ignore",
                key=f"unduh-{download.mime}",
            )
    st.caption(_("Kode {code} · rilis {release}").format(code=snapshot.code, release=desk.release_id))


def may_take(desk: Desk, right: Action) -> bool:
    """Whether a reader may take something away, or act; says it in words in place of the button when not."""
    if desk.scope.may(right):
        return True
    st.caption(plain(_("Peran Anda tidak berhak {action}.").format(action=right.value)))
    return False


def _taking_of(snapshot: Snapshot, file_name: str, rows: int) -> Taking:
    desk, content = snapshot.desk, snapshot.content
    restricted = tuple(dict.fromkeys(title for table in content.tables for title in table.restricted))
    after = {
        "format": file_name.rsplit(".", 1)[-1] if not file_name.endswith("_png.zip") else "png",
        "filters": dict(content.address),
        **_said(desk, rows, restricted),
    }
    return Taking(content.page, f"{snapshot.code} {after['format']}", Action.EXPORT, rows, after)


def _said(desk: Desk, rows: int, restricted: tuple[str, ...]) -> dict[str, Any]:
    said: dict[str, Any] = {"release": desk.release_id, "rows": int(rows), "reach": reach_text(desk.scope)}
    return said | ({"restricted": list(restricted)} if restricted else {})


def reach_text(scope: Scope) -> str:
    """How far somebody reads, in codes, as the journal keeps it."""
    return ", ".join((*scope.opd_codes, *scope.kecamatan_codes)) or _("seluruh daerah")


def offer_file(desk: Desk, page: str, filters: Filters, file: SideFile) -> None:
    """A file beside a page's own downloads, made when it is clicked; nothing for who may not take it."""
    if not desk.scope.may(file.right):
        return
    words = too_many(file.row_count)
    if words:
        st.caption(plain(words))
        return
    after: Mapping[str, Any] = {
        "format": file.file_name.rsplit(".", 1)[-1],
        "filters": write_filters(filters),
        **_said(desk, file.row_count, file.restricted),
    }
    taking = Taking(page, file.file_name, file.right, file.row_count, after)
    made = made_for(desk.scope.actor, file.mime, file.file_name, file.make)
    make = guarded(current_taker(desk.scope), taking, made, _told())
    st.download_button(file.label, make, file.file_name, file.mime, on_click="ignore", key=file.file_name)


def _told() -> dict[str, str]:
    """Shows once why files of the last run were not made; what later clicks leave is told by the next run."""
    told: dict[str, str] = st.session_state.setdefault(REFUSED, {})
    for words in dict.fromkeys(told.values()):
        st.warning(plain(words))
    told.clear()
    return told


__all__ = ["Taker", "may_take", "offer_content", "offer_file", "reach_text"]
