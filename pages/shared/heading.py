"""Top and frame of each work page: region, release, how much is still sample, and a boundary around each section."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from gettext import gettext as _
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitAPIException

from pages.server.errors import show_section_error
from pages.shared import data
from pages.shared.access import current_scope
from pages.shared.alarms.log import alarm_log, watched_log
from pages.shared.marks import badge
from reports.clock_words import instant_words
from reports.desk import Desk
from warehouse.alarms.on_wall import with_alarms
from warehouse.narrowed_view import own_log
from warehouse.settings import PROJECT_DIR

STYLE = Path(__file__).parent / "work.css"
INDICATOR_PAGE = "pages/indikator.py"


def open_page(title: str) -> None:
    """Region and title: the top of a page that reads no release."""
    st.html(STYLE)
    st.caption(data.settings().region.region_name)
    st.title(title, anchor=False)


def open_desk(title: str) -> Desk:
    """Title, release and its age; stops the page in words when there is no release."""
    open_page(title)
    region = data.settings().region
    try:
        serving = data.current()
    except data.ReleaseMissingError as error:
        st.info(str(error))
        st.stop()
    release_id = serving.release.release_id
    if serving.damaged_id:
        st.warning(
            _("Rilis {damaged} rusak dan tidak dibaca. Yang tampil adalah rilis sebelumnya, {shown}.").format(
                damaged=serving.damaged_id, shown=release_id
            )
        )
    pinned = data.pin_notice(serving.release)
    if pinned:
        st.warning(pinned)
    scope = current_scope()
    view = data.view_of(release_id, data.reading_minute(serving.release), scope)
    view = with_alarms(view, own_log(watched_log(), scope.reach), data.rules())  # what the wall says
    ask = partial(data.ask, release_id, scope)
    desk = Desk(view, region, release_id, data.rules(), ask, scope, alarm_log)
    _say_release(desk)
    return desk


def _say_release(desk: Desk) -> None:
    view = desk.view
    words = _("Rilis {release} · terbit {time}").format(
        release=desk.release_id, time=instant_words(view.published_at, desk.region.timezone_label, desk.locale)
    )
    if view.sample_source_count:
        sample = _("{count} dari {all} sumber masih DATA CONTOH").format(
            count=view.sample_source_count, all=view.source_count
        )
        words += "  " + badge(sample, "gray")
    st.markdown(words)


@contextmanager
def section(title: str, note: str = "") -> Iterator[None]:
    """One part of a page. What goes wrong inside stays inside: the rest of the page is still shown."""
    st.subheader(title, anchor=False, divider="gray")
    if note:
        st.caption(note)
    try:
        yield
    except Exception as error:  # the boundary of a section: told in words here, in full in the log
        show_section_error(error, title)


def link_definition(indicator_id: str, label: str) -> None:
    """Link to the definition and the rows of an indicator."""
    link_page(INDICATOR_PAGE, label, {"id": indicator_id})


def link_page(page: str, label: str, query: dict[str, str] | None = None) -> None:
    """Link within the app; a page that runs alone has no navigation and shows the address."""
    try:
        st.page_link(PROJECT_DIR / page, label=label, query_params=query)
    except StreamlitAPIException:
        asked = "&".join(f"{key}={value}" for key, value in (query or {}).items())
        st.markdown(f"[{label}](/{Path(page).stem}{'?' if asked else ''}{asked})")
