"""Own plans on page SPBE: estimates edited and kept, plans solved anew at once, and the index of levels supposed.

Refuses to change a delivered level: what is supposed here is nobody's data.
"""

from __future__ import annotations

from functools import partial
from gettext import gettext as _

import pandas as pd
import streamlit as st

from journal.efforts import Effort, Estimate, efforts, save_efforts
from journal.store import JournalError
from pages.shared import access, data
from pages.shared.administration.actor import ask_name
from pages.shared.administration.acts import attempt, show_told, tell
from pages.shared.export import may_take
from pages.shared.heading import section
from pages.shared.large_screen import grid_key, text_scale
from pages.shared.marks import plain, sample_mark
from pages.shared.planning import estimates as table
from pages.shared.planning.supposing import offer_supposing
from pages.shared.tables import show_rows
from reports.delivered_levels import Levels
from reports.desk import Desk
from reports.reach import is_narrow
from reports.spbe_path import moves_table, out_of_reach_words, plans_table
from warehouse.evaluation.index_words import next_band, path_sentence, told
from warehouse.formulas.path_to_predikat import Paths, cheapest_paths
from warehouse.indicators.spbe.weighted_index import index_of
from warehouse.rules import Band
from warehouse.scope import Action

PLACE = "spbe:rencana"
TITLE = _("Rencana sendiri: biaya, batas dan andai-andai")
HEIGHT = 420


def offer_planning(desk: Desk, levels: Levels | None) -> None:
    """Nothing while a level is missing: the section above says which. Who reads a part of the region plans nothing."""
    whole = [who for who, one in levels.by.items() if one.is_whole] if levels else []
    if levels is None or not whole:
        if is_narrow(desk):
            may_take(desk, Action.PLAN)
        return
    note = _(
        "Biaya menaikkan satu tingkat, satuannya bebas asal sama untuk semua: juta rupiah, orang-bulan, atau nilai 1 "
        "sampai 10. Hilangkan centang Naik untuk yang tidak dinaikkan; Minimal adalah tingkat yang pasti harus "
        "dicapai, Maksimal yang masih mungkin; kosong berarti bebas. Rencana dicari ulang tiap kali tabel diubah."
    )
    with section(TITLE, note):
        kept = _kept(levels)
        target, basis = _show_choices(levels, whole)
        given = _edit(levels, basis, kept)
        _offer_keeping(desk, levels, given, kept)
        _show_plans(desk, levels, basis, given, target)
        offer_supposing(desk, levels, basis)


def _kept(levels: Levels) -> dict[str, Effort]:
    """What the table began with: read anew unless something in it is not kept yet. Without the journal the usual."""
    seen: dict[str, Effort] | None = st.session_state.get(_seen_key(levels))
    if seen is not None:
        return seen
    try:
        return efforts(access.journal(), levels.pack.pack_id)
    except JournalError as error:
        st.error(plain(str(error)))
        return {}


def _seen_key(levels: Levels) -> str:
    return f"{PLACE}:terbaca:{levels.pack.pack_id}"


def _forget(levels: Levels) -> None:
    st.session_state.pop(_seen_key(levels), None)


def _show_choices(levels: Levels, whole: list[str]) -> tuple[Band, str]:
    left, right, _rest = st.columns((2, 2, 3))
    basis = levels.basis if levels.basis in whole else whole[0]
    if len(whole) > 1:
        basis = right.selectbox(
            _("Mulai dari penilaian"), whole, index=whole.index(basis), key=f"{PLACE}:dasar:{levels.year}"
        )
    bands = {band.name: band for band in levels.pack.bands}
    above = next_band(index_of(levels.by[basis].levels, levels.pack), levels.pack) or levels.pack.bands[-1]
    key = f"{PLACE}:predikat:{levels.year}:{basis}"
    name = left.selectbox(_("Predikat yang dituju"), list(bands), index=list(bands).index(above.name), key=key)
    return bands[name], basis


def _edit(levels: Levels, basis: str, kept: dict[str, Effort]) -> tuple[Effort, ...]:
    """A table that begins anew whenever what is kept has changed."""
    pack = levels.pack
    frame = table.estimates_frame(levels.by[basis].levels, kept, pack)
    stamp = sum(effort.version for effort in kept.values())
    whole = partial(st.column_config.NumberColumn, min_value=pack.lowest_level, max_value=pack.highest_level, step=1)
    edited: pd.DataFrame = st.data_editor(
        frame,
        hide_index=True,
        height=round(HEIGHT * text_scale()),
        num_rows="fixed",
        disabled=[table.NAME, table.LEVEL],
        column_config={
            table.NAME: st.column_config.TextColumn(width="large"),
            table.LEVEL: st.column_config.TextColumn(width="small", alignment="right"),
            table.COST: st.column_config.NumberColumn(min_value=0.01, required=True, width="small", format="localized"),
            table.MAY_RISE: st.column_config.CheckboxColumn(width="small"),
            table.AT_LEAST: whole(width="small"),
            table.AT_MOST: whole(width="small"),
        },
        placeholder="",
        alt=_("Biaya dan batas tiap indikator"),
        key=grid_key(f"{PLACE}:tabel:{pack.pack_id}:{levels.year}:{basis}:{stamp}"),
    )
    return table.read_estimates(edited, kept, pack)


def _show_plans(desk: Desk, levels: Levels, basis: str, given: tuple[Effort, ...], target: Band) -> None:
    found = _solve(levels, basis, given, target)
    if found is None:
        return
    if not found.plans:
        st.markdown(plain(out_of_reach_words(found, target)))
        return
    best = found.plans[0]
    opening = _("Termurah ke {predikat}, biaya {cost}").format(predikat=target.name, cost=told(best.cost))
    st.markdown(f"**{plain(path_sentence(found, target, levels.pack, opening))}**  {sample_mark(levels.is_sample)}")
    if best.moves:
        show_rows(desk, moves_table(best.moves, levels, has_costs=True), f"{PLACE}:langkah")
        show_rows(desk, plans_table(found.plans, levels.pack, has_costs=True), f"{PLACE}:rencana")


def _solve(levels: Levels, basis: str, given: tuple[Effort, ...], target: Band) -> Paths | None:
    """None, told in words, when an indicator must go beyond what is feasible."""
    starts = table.starts_of(levels.by[basis].levels, given, levels.pack)
    low = [one for one in starts if one.cost <= 0]
    if low:
        st.error(plain(_("Biaya harus lebih dari 0. Contoh yang benar: 2,5.")))
        return None
    try:
        return cheapest_paths(starts, levels.pack, target)
    except ValueError as error:
        words = str(error)
        st.error(plain(f"{words[:1].upper()}{words[1:]}."))
        return None


def _offer_keeping(desk: Desk, levels: Levels, given: tuple[Effort, ...], kept: dict[str, Effort]) -> None:
    """What is kept, and a form with a reason that can be sent once something differs from it."""
    show_told(PLACE)
    if not may_take(desk, Action.PLAN):
        return
    changed = table.changed_estimates(given, kept)
    if changed:
        st.session_state[_seen_key(levels)] = kept
    else:
        _forget(levels)
    ask_name()
    with st.form(f"{PLACE}:simpan", border=False):
        left, right = st.columns((5, 2), vertical_alignment="bottom")
        why = left.text_input(_change_words(changed, kept), placeholder=_("misalnya: taksiran rapat tim SPBE"))
        asked = right.form_submit_button(
            _("Simpan biaya dan batas"), type="primary", width="stretch", disabled=not changed
        )
    if asked:
        save = partial(save_efforts, access.journal(), desk.scope, data.local_now())
        act = partial(save, Estimate(levels.pack.pack_id, changed), why)
        if attempt(PLACE, act, when_stale=partial(_forget, levels)):
            _forget(levels)
            tell(PLACE, _("{count} indikator disimpan.").format(count=len(changed)))
        st.rerun()


def _change_words(changed: tuple[Effort, ...], kept: dict[str, Effort]) -> str:
    if changed:
        return _("Alasan (wajib), {count} indikator berubah").format(count=len(changed))
    if kept:
        return _("Alasan; tabel di atas sama dengan yang tersimpan")
    return _("Alasan; belum ada yang disimpan, semua berbiaya 1 tanpa batas")
