"""Jalan menuju predikat: the fewest level steps to each higher predikat, and the plans that come next.

Refuses to plan while a level is missing, or to say which of two equal plans is the better one for the region.
"""

from __future__ import annotations

from collections.abc import Sequence
from gettext import gettext as _
from typing import Any

from reports.content import Block, Cell, Column, Section, Table, Words
from reports.delivered_levels import Levels, short_name
from reports.desk import Desk
from reports.reach import is_narrow
from reports.spbe_levels import GAIN_PLACES
from warehouse.evaluation.index_words import next_band, path_sentence, told
from warehouse.formulas.path_to_predikat import Move, Paths, Plan, Start, cheapest_paths
from warehouse.indicators.model import write_number
from warehouse.indicators.spbe.levels import missing_words
from warehouse.indicators.spbe.weighted_index import index_of
from warehouse.rules import Band, IndexPack

PATH_TITLE = _("Jalan menuju predikat")


def path_section(desk: Desk, levels: Levels) -> Section:
    """By steps alone; costs, pins and suppositions are a reader's own."""
    if not levels.start.is_whole:
        return Section(PATH_TITLE, (Words(_incomplete_words(desk, levels)),))
    pack = levels.pack
    starts = [Start(no, level) for no, level in levels.start.levels.items()]
    index = index_of(levels.start.levels, pack)
    target = next_band(index, pack)
    if target is None:
        words = _("{name} sudah di predikat tertinggi, {predikat}.")
        return Section(PATH_TITLE, (Words(words.format(name=levels.name, predikat=pack.predikat(index))),))
    found = {band.name: cheapest_paths(starts, pack, band) for band in bands_from(target, pack)}
    best = found[target.name]
    opening = _("Langkah paling sedikit ke {predikat}").format(predikat=target.name)
    blocks: list[Block] = [Words(path_sentence(best, target, pack, opening)), _targets_table(found, pack)]
    if best.plans:
        blocks += [moves_table(best.plans[0].moves, levels), plans_table(best.plans, pack)]
    note = _(
        "Dari penilaian {basis} {name}. Satu langkah menaikkan satu indikator satu tingkat; dicari tepat. Indikator "
        "yang setara boleh saling menggantikan. Tanpa biaya dan kelayakan: itu diisi di layar, di bawah bagian ini."
    ).format(basis=levels.basis, name=levels.name)
    return Section(PATH_TITLE, (*blocks, Words(note, is_note=True)), is_sample=levels.is_sample)


def _incomplete_words(desk: Desk, levels: Levels) -> str:
    if is_narrow(desk):
        return _("Jalan menuju predikat dihitung dari semua indikator; sebagian di luar cakupan Anda.")
    return _("Jalan menuju predikat dihitung bila tingkat setiap indikator diisi. {missing}.").format(
        missing=missing_words(levels.start.missing)
    )


def bands_from(target: Band, pack: IndexPack) -> tuple[Band, ...]:
    """A predikat and those above it."""
    return tuple(band for band in pack.bands if band.lower >= target.lower)


def _targets_table(found: dict[str, Paths], pack: IndexPack) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for name, paths in found.items():
        best = paths.plans[0] if paths.plans else None
        steps = best.step_count if best else None
        rows.append((name, paths.lower_limit, steps, len(best.moves) if best else None, best.index if best else None))
    columns = (
        Column(_("Predikat")),
        Column(_("Batas indeks"), "number", pack.places),
        Column(_("Langkah paling sedikit"), "number"),
        Column(_("Indikator naik"), "number"),
        Column(_("Indeks sesudahnya"), "number", GAIN_PLACES),
    )
    return Table(columns, tuple(rows), name=_("Langkah ke tiap predikat"))


def moves_table(moves: Sequence[Move], levels: Levels, name: str = "", *, has_costs: bool = False) -> Table:
    """The indicators of one plan, greatest gain first."""
    items = {item.no: item for item in levels.pack.indicators}
    moved = {move.no for move in moves}
    rows: list[tuple[Any, ...]] = []
    for move in moves:
        item = items[move.no]
        gain = (move.after - move.before) * item.weight / levels.pack.total_weight
        others = ", ".join(items[no].label for no in move.instead if no not in moved)
        span = f"{write_number(move.before)} → {write_number(move.after)}"
        cost = (move.cost,) if has_costs else ()
        owner = levels.owners.get(move.no, "")
        rows.append((f"{item.label}. {short_name(item)}", span, gain, *cost, owner, others))
    columns = (
        Column(_("Indikator")),
        Column(_("Tingkat")),
        Column(_("Tambahan indeks"), "number", GAIN_PLACES),
        *((Column(_("Biaya"), "number", 2),) if has_costs else ()),
        Column(_("OPD PIC")),
        Column(_("Dapat diganti"), definition=_("indikator yang bobot dan biayanya sama")),
    )
    rows.sort(key=lambda row: -row[2])
    return Table(columns, tuple(rows), name=name or _("Rencana 1"))


def plans_table(plans: Sequence[Plan], pack: IndexPack, *, has_costs: bool = False) -> Table:
    """The best plan and the runners-up side by side."""
    labels = {item.no: item.label for item in pack.indicators}
    rows = tuple(
        (
            _("Rencana {no}").format(no=no),
            *((plan.cost,) if has_costs else ()),
            plan.step_count,
            ", ".join(f"{labels[move.no]} ke {write_number(move.after)}" for move in plan.moves),
            plan.index,
            plan.predikat,
        )
        for no, plan in enumerate(plans, 1)
    )
    columns = (
        Column(_("Rencana")),
        *((Column(_("Biaya"), "number", 2),) if has_costs else ()),
        Column(_("Langkah"), "number"),
        Column(_("Indikator yang naik")),
        Column(_("Indeks sesudahnya"), "number", GAIN_PLACES),
        Column(_("Predikat")),
    )
    return Table(columns, rows, name=_("Rencana berdampingan"))


def out_of_reach_words(found: Paths, target: Band) -> str:
    """What to loosen when no plan reaches a predikat."""
    words = _("{predikat} tidak tercapai dengan batas ini: indeks tertinggi yang mungkin {index}. Longgarkan batasnya.")
    return words.format(predikat=target.name, index=told(found.highest_index))
