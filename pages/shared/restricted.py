"""Columns that need their own right: each view is a line in the journal before anything is shown."""

from __future__ import annotations

from gettext import gettext as _
from urllib.parse import urlencode

import streamlit as st

from journal.model import Kind
from journal.store import JournalError
from pages.shared import access
from pages.shared.export import reach_text
from reports.content import Table
from reports.desk import Desk

SEEN = "terbatas_dilihat"  # of the session: page, cut and table already told


def may_show(desk: Desk, table: Table, key: str) -> bool:
    """Whether a table may be drawn: it holds nothing restricted, or the journal knows that it is seen."""
    if not table.restricted:
        return True
    cut = urlencode(sorted(st.query_params.to_dict().items()))
    seen: set[tuple[str, ...]] = st.session_state.setdefault(SEEN, set())
    view = (desk.release_id, key, cut)
    if view in seen:
        return True
    after = {"columns": list(table.restricted), "filters": cut, "release": desk.release_id, "rows": len(table.rows),
             "reach": reach_text(desk.scope)}  # fmt: skip
    try:
        access.record(Kind.SAW_RESTRICTED, "halaman", key, after=after)
    except JournalError:
        st.warning(_("Kolom terbatas tidak ditampilkan: jurnal tidak dapat ditulis. Coba lagi sebentar lagi."))
        return False
    seen.add(view)
    return True
