"""Where a value stands on a scale: its class, and how far both ends of the class are, as numbers and as a sentence.

Refuses to say why it stands there.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from warehouse.evaluation.model import Step
from warehouse.evaluation.words import number
from warehouse.rules import ScaleClass, ScalePack


@dataclass(frozen=True)
class Place:
    """A value in its class; the class below or above is None at an end of the scale."""

    value: Decimal
    own: ScaleClass
    below: ScaleClass | None
    above: ScaleClass | None

    @property
    def to_lower(self) -> Decimal | None:
        """How far the value lies above the bound to the class below."""
        return None if self.below is None else self.value - self.own.lower

    @property
    def to_upper(self) -> Decimal | None:
        return None if self.above is None else self.above.lower - self.value


def place_on(scale: ScalePack, value: Decimal) -> Place | None:
    """None below the lowest bound: such a value is not on the scale."""
    own = scale.class_of(value)
    if own is None:
        return None
    judged = scale.round(value) if scale.judged_on == "rounded" else value
    rank = scale.classes.index(own)
    return Place(
        value=judged,
        own=own,
        below=scale.classes[rank - 1] if rank else None,
        above=scale.classes[rank + 1] if rank + 1 < len(scale.classes) else None,
    )


def place_steps(place: Place, unit: str = "") -> tuple[Step, ...]:
    """Distances to both ends of the class, for programs."""
    down = f"ke kelas {place.below.name}" if place.below else "kelas terendah"
    up = f"ke kelas {place.above.name}" if place.above else "kelas tertinggi"
    return (
        Step(
            "jarak_ke_bawah", "Jarak ke batas bawah kelas", place.to_lower, unit, standing=place.own.standing, note=down
        ),
        Step("jarak_ke_atas", "Jarak ke batas atas kelas", place.to_upper, unit, note=up),
    )


def place_sentence(place: Place, what: str, unit: str = "", places: int = 4) -> str:
    """For example "ISPU 120 termasuk Tidak Sehat: 19 di atas batas 101 dengan Sedang, 81 di bawah batas 201 ..."."""
    after = f" {unit}" if unit else ""
    apart = " poin" if unit == "%" else after  # between two percentages lie points

    def told(value: Decimal, unit_words: str = after) -> str:
        return number(value, places) + unit_words

    ends = []
    if place.to_lower is not None and place.below is not None:
        ends.append(f"{told(place.to_lower, apart)} di atas batas {told(place.own.lower)} dengan {place.below.name}")
    if place.to_upper is not None and place.above is not None:
        ends.append(f"{told(place.to_upper, apart)} di bawah batas {told(place.above.lower)} dengan {place.above.name}")
    return f"{what} {told(place.value)} termasuk {place.own.name}: {', '.join(ends) or 'satu-satunya kelas'}."
