"""What is said of an index: where it stands between its limits, where most is missing, and the cheapest way up.

Refuses to say why it stands there, and to propose a way where the levels of the indicators are not known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from warehouse.formulas.path_to_predikat import Move, Paths, Plan, Start, cheapest_paths, lower_limit
from warehouse.indicators.model import write_number
from warehouse.indicators.spbe.weighted_index import Part, Resolved
from warehouse.rules import Band, IndexPack, round_half_up

PRECISE = 4  # decimals of a distance, which may be smaller than the index shows


def told(value: Decimal, places: int = PRECISE) -> str:
    return write_number(round_half_up(value, places))


def next_band(index: Decimal, pack: IndexPack) -> Band | None:
    """The lowest predikat that begins above the index as it is judged; None in the highest."""
    return next((band for band in pack.bands if lower_limit(band, pack) > index), None)


def possible_predikat(index: Part, pack: IndexPack, published: Decimal | None = None) -> tuple[str, ...]:
    """Every predikat the given values allow, ascending; only of the sums a published index allows, where one does."""
    totals = [total / pack.total_weight for total in index.candidates]
    agreeing = [value for value in totals if published is not None and pack.round(value) == published]
    return tuple(dict.fromkeys(pack.predikat(value) for value in agreeing or totals))


def standing_sentence(index: Decimal, pack: IndexPack) -> str:
    """Both ends of the predikat."""
    above = next_band(index, pack)
    own = next((band for band in reversed(pack.bands) if lower_limit(band, pack) <= index), None)
    ends = []
    if own is not None and own is not pack.bands[0]:
        ends.append(f"{told(index - lower_limit(own, pack))} di atas batas bawah {told(lower_limit(own, pack))}")
    if above is not None:
        limit = lower_limit(above, pack)
        ends.append(f"{told(limit - index)} di bawah batas {above.name} {told(limit)}")
    name = own.name if own else "tanpa predikat"
    return f"Indeks {pack.index_name} {told(pack.round(index))} ({name}): {', '.join(ends)}."


def room_sentence(resolved: Resolved, pack: IndexPack) -> str:
    """The part whose distance to the highest level weighs most in the index."""
    kind, parts = ("domain", resolved.domains) if resolved.domains else ("aspek", resolved.aspects)
    top = Decimal(pack.highest_level)
    most = max(parts, key=lambda part: (top - part.value) * part.item.weight)
    gain = (top - most.value) * most.item.weight / pack.total_weight
    return (
        f"Yang paling menahan: {kind} {most.item.no} {most.item.name}, {told(most.value, pack.places)} dari {top}; "
        f"sampai tingkat tertinggi indeks naik {told(gain)}."
    )


def way_up_sentence(levels: Mapping[int, Decimal], index: Decimal, pack: IndexPack) -> str:
    """The fewest steps to the next predikat."""
    band = next_band(index, pack)
    if band is None:
        return "Sudah di predikat tertinggi."
    if len(levels) < len(pack.indicators):
        return f"Jalan ke {band.name} dihitung bila tingkat setiap indikator diisi."
    found = cheapest_paths([Start(no, level) for no, level in levels.items()], pack, band, count=1)
    return path_sentence(found, band, pack, f"Jalan terpendek ke {band.name}")


def path_sentence(found: Paths, band: Band, pack: IndexPack, opening: str) -> str:
    if not found.plans:
        return f"{band.name} tidak tercapai: indeks tertinggi yang mungkin {told(found.highest_index)}."
    return f"{opening}: {plan_words(found.plans[0], pack)}."


def plan_words(plan: Plan, pack: IndexPack) -> str:
    """Steps, levels, and the index they come to."""
    if not plan.moves:
        return f"tidak perlu langkah, indeks sudah {told(plan.index)}"
    return f"{plan.step_count} langkah, indikator {moves_words(plan.moves, pack)}; indeks menjadi {told(plan.index)}"


def moves_words(moves: Sequence[Move], pack: IndexPack) -> str:
    labels = {item.no: item.label for item in pack.indicators}
    return ", ".join(f"{labels[m.no]} ({write_number(m.before)} ke {write_number(m.after)})" for m in moves)
