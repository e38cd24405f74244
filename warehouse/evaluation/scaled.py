"""A case that is one value on one scale: its class and the distance to both ends."""

from __future__ import annotations

from decimal import Decimal

from warehouse.evaluation.cases import refused
from warehouse.evaluation.model import Case, Step, Value
from warehouse.evaluation.places import place_on, place_sentence, place_steps
from warehouse.figures import ValueStatus
from warehouse.rules import ScalePack


def scaled_case(key: dict[str, Value], scale: ScalePack, value: Decimal, what: str, unit: str = "") -> Case:
    place = place_on(scale, value)
    if place is None:
        lowest = scale.classes[0].lower
        return refused(key, scale, ValueStatus.NOT_APPLICABLE, f"{what} di bawah {lowest}, awal skala")
    own = place.own
    given = Step("nilai", what, value, unit, scale.article, own.standing, own.printed)
    meaning = (f"Warna peta {own.meaning}.",) if own.meaning else ()
    return Case(
        key=key,
        pack=scale,
        results={"kelas": own.name, "nilai": value},
        steps=(given, *place_steps(place, unit)),
        explanation=(place_sentence(place, what, unit), *meaning, *((scale.note,) if scale.note else ())),
        rounding="Nilai tidak dibulatkan" if scale.judged_on == "unrounded" else "Dibulatkan setengah ke atas dahulu",
        article=scale.article,
    )
