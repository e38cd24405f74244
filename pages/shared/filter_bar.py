"""The filters of a work page as widgets; their value is always the address, so that a copied link shows the same.

The address holds only what differs from the page's own choice. It wins when it changed since the last run (a pasted
link, the back button); a widget wins when a reader has just used it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from gettext import gettext as _
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from pages.shared.marks import plain
from reports.captions import period_words
from reports.choices import ALIASES, read_address, settle
from reports.desk import Desk
from reports.facets import Facet
from reports.registry import find_page
from warehouse.filters import EXPLICIT, KEYS, LISTS, Filters, write_filters

COLUMNS = 4
BY_DATES = "tanggal"  # the choice that opens two dates
DRILL_ENDS_WITH = ("indikator", "menurut")  # another table: its rows are others
TOUCHED, CLEARED, SEEN = "disentuh", "kosongkan", "alamat"


def filter_bar(desk: Desk, page: str) -> Filters:
    """Widgets for the facets of a page, and the filters they stand for."""
    asked, problems = _asked(desk, page)
    try:
        facets = find_page(page).facets(desk, asked)
        choice = settle(asked, facets, desk.scope.reach)
    except Exception:
        _forget(page)  # the address it came from still shows something
        raise
    for words in (*problems, *choice.problems):
        st.warning(plain(words))
    _write_address(page, choice.filters)
    _draw(desk, page, [facet for facet in facets if facet.options], choice.filters)
    _show_ends(desk, page, choice.filters)
    return choice.filters


def _asked(desk: Desk, page: str) -> tuple[Filters, tuple[str, ...]]:
    state = st.session_state
    seen: Filters = state.get(_key(page, SEEN), Filters())
    is_cleared, touched = state.get(_key(page, CLEARED), False), state.get(_key(page, TOUCHED), ())
    if is_cleared or touched:
        return _from_widgets(desk, page, Filters(rilis=seen.rilis) if is_cleared else seen, touched), ()
    choice = read_address(st.query_params.to_dict())
    return choice.filters, choice.problems


def _from_widgets(desk: Desk, page: str, seen: Filters, touched: Sequence[str]) -> Filters:
    """What was there before, with the widgets a reader has just used; the others may still show an older choice."""
    changed: dict[str, Any] = {}
    for name in touched:
        value = st.session_state.get(_key(page, name))
        several = value if isinstance(value, list) else [value] if value else []
        changed[name] = tuple(several) if name in LISTS else str(value or "")
    if changed.get("periode") == BY_DATES:
        changed["periode"] = _dates_code(desk, st.session_state.get(_dates_key(page, seen.periode)), seen.periode)
    filters = replace(seen, **changed)
    if filters.periode != seen.periode:
        filters = replace(filters, per="")
    if any(getattr(filters, name) != getattr(seen, name) for name in DRILL_ENDS_WITH):
        filters = replace(filters, baris="")
    return filters


def _dates_code(desk: Desk, chosen: Any, before: str) -> str:
    """Two dates as a period; until both are picked what was there before, at first the running month."""
    if isinstance(chosen, tuple | list) and len(chosen) == 2:
        return f"{chosen[0].isoformat()}..{chosen[1].isoformat()}"
    today = desk.instant.date()
    return before if EXPLICIT.match(before) else f"{today.replace(day=1).isoformat()}..{today.isoformat()}"


def _write_address(page: str, filters: Filters) -> None:
    """One entry in the browser's history for each change; other keys of the address are left alone.

    A run may be cut short by the next click, also here: what a reader did is forgotten only once the address holds it.
    """
    address = st.query_params.to_dict()
    others = {key: value for key, value in address.items() if key not in KEYS and key not in ALIASES}
    wanted = others | write_filters(filters)
    st.session_state[_key(page, SEEN)] = filters
    if wanted != address:
        st.query_params.from_dict(wanted)
    _forget(page)


def _draw(desk: Desk, page: str, facets: Sequence[Facet], filters: Filters) -> None:
    for start in range(0, len(facets), COLUMNS):
        places = st.columns(COLUMNS)
        for place, facet in zip(places, facets[start : start + COLUMNS], strict=False):
            with place:
                _draw_one(desk, page, facet, filters)


def _draw_one(desk: Desk, page: str, facet: Facet, filters: Filters) -> None:
    key, value = _key(page, facet.name), getattr(filters, facet.name)
    words = {option.value: option.words for option in facet.options}
    touch = partial(_touch, page, facet.name)
    if facet.is_multiple and facet.name in LISTS:
        st.session_state[key] = list(value)
        st.multiselect(
            facet.label, list(words), format_func=words.__getitem__, key=key, on_change=touch, placeholder=_("Semua")
        )
        return
    current = (value[0] if value else facet.default) if facet.name in LISTS else value or facet.default
    if facet.name == "periode":
        current = _add_period(desk, words, current)
    st.session_state[key] = current
    st.selectbox(facet.label, list(words), format_func=words.__getitem__, key=key, on_change=touch)
    if current == BY_DATES:
        _draw_dates(page, value or facet.default)


def _add_period(desk: Desk, words: dict[str, str], code: str) -> str:
    """A period that is not offered is offered too; dates have a choice of their own."""
    if not EXPLICIT.match(code):
        words.setdefault(code, period_words(code, desk.locale))
    words[BY_DATES] = _("Tanggal tertentu")
    return BY_DATES if EXPLICIT.match(code) else code


def _draw_dates(page: str, code: str) -> None:
    """The widget keeps its own state while a reader has picked only one of two dates."""
    found = EXPLICIT.match(code)
    if found:
        days = (date.fromisoformat(found["start"]), date.fromisoformat(found["end"]))
        touch, key = partial(_touch, page, "periode"), _dates_key(page, code)
        st.date_input(_("Dari dan sampai"), days, key=key, on_change=touch, format="DD/MM/YYYY")


def _dates_key(page: str, code: str) -> str:
    return _key(page, f"{BY_DATES}:{code}")


def _show_ends(desk: Desk, page: str, filters: Filters) -> None:
    """The link that shows the same figures next month, and the way back to no filters."""
    clear, link, _rest = st.columns((1, 1, 2))
    clear.button(_("Hapus saringan"), on_click=_clear, args=(page,), key=_key(page, "hapus"), width="stretch")
    with link.popover(_("Salin tautan"), width="stretch"):
        st.caption(_("Tautan ini menunjuk rilis {release}: angkanya tetap sama.").format(release=desk.release_id))
        st.code(pinned_link(page, filters, desk.release_id), language=None, wrap_lines=True)


def pinned_link(page: str, filters: Filters, release_id: str) -> str:
    """Address of a page with its filters and its release."""
    address = urlencode(write_filters(replace(filters, rilis=release_id)))
    base = (st.context.url or "").split("?")[0].rstrip("/")
    return f"{base if base.endswith(f'/{page}') else f'{base}/{page}'}?{address}"


def _touch(page: str, name: str) -> None:
    key = _key(page, TOUCHED)
    st.session_state[key] = (*st.session_state.get(key, ()), name)


def _clear(page: str) -> None:
    _forget(page)
    st.session_state[_key(page, CLEARED)] = True


def _forget(page: str) -> None:
    for name in (TOUCHED, CLEARED):
        st.session_state.pop(_key(page, name), None)


def _key(page: str, name: str) -> str:
    return f"saring:{page}:{name}"
