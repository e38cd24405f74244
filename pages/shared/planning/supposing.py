"""Sliders for levels supposed, with the index and predikat they would make; nothing of it is kept."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from gettext import gettext as _

import streamlit as st

from charts.formats import format_number
from pages.shared.marks import field_name, plain
from reports.delivered_levels import Levels, short_name
from reports.desk import Desk
from warehouse.evaluation.index_words import standing_sentence
from warehouse.formulas.path_to_predikat import what_if
from warehouse.indicators.spbe.weighted_index import index_of
from warehouse.rules import IndexPack, Weighted

PLACE = "spbe:andai"
COLUMNS = 3
FINE = 0.1  # of a level, where the regulation has fractions


def offer_supposing(desk: Desk, levels: Levels, basis: str) -> None:
    pack, own = levels.pack, levels.by[basis].levels
    items = {item.no: item for item in pack.indicators}
    chosen = st.multiselect(
        _("Andai tingkat indikator ini lain"),
        list(items),
        format_func=partial(_words, items),
        placeholder=_("pilih satu atau beberapa indikator"),
        key=f"{PLACE}:{pack.pack_id}:{levels.year}:{basis}",
    )
    if not chosen:
        return
    changes = {}
    for start in range(0, len(chosen), COLUMNS):
        places = st.columns(COLUMNS)
        for place, no in zip(places, chosen[start : start + COLUMNS], strict=False):
            with place:
                changes[no] = _slide(items[no], own[no], pack, f"{PLACE}:{levels.year}:{basis}:{no}")
    st.markdown(f"**{plain(_said(desk, levels, basis, changes))}**")


def _words(items: dict[int, Weighted], no: int) -> str:
    return f"{items[no].label}. {short_name(items[no])}"


def _slide(item: Weighted, level: Decimal, pack: IndexPack, key: str) -> Decimal:
    label = field_name(f"{item.label}. {short_name(item)}")
    if not pack.is_fractional:
        return Decimal(st.slider(label, pack.lowest_level, pack.highest_level, int(level), key=key))
    ends = float(pack.lowest_level), float(pack.highest_level)
    return Decimal(repr(round(st.slider(label, *ends, float(level), FINE, format="localized", key=key), 2)))


def _said(desk: Desk, levels: Levels, basis: str, changes: dict[int, Decimal]) -> str:
    """`Indeks Pemdi 3,53 (Sangat Baik): ... Berubah 0,45 dari 3,08, penilaian mandiri.`"""
    pack, own = levels.pack, levels.by[basis].levels
    index, _predikat = what_if(own, changes, pack)
    before = index_of(own, pack)
    words = _("Andai begitu: {standing} Berubah {change} dari {before}, penilaian {basis}.")
    return words.format(
        standing=standing_sentence(index, pack),
        change=format_number(index - before, 3, desk.locale),
        before=format_number(before, pack.places, desk.locale),
        basis=basis,
    )
