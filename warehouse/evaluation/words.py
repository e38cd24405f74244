"""Numbers and limits as Indonesian sentences write them. Never says why a value is what it is."""

from __future__ import annotations

from decimal import Decimal

from warehouse.formulas.levels.grading import Edge, Grade
from warehouse.rules import round_half_up


def number(value: Decimal | int, places: int = 2) -> str:
    """`1.234,5`: half up at so many places, no zeros at the end."""
    text = f"{round_half_up(Decimal(value), places):,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    text = text.translate(str.maketrans(",.", ".,"))
    return "0" if text == "-0" else text


def with_unit(value: Decimal | int, unit: str, places: int = 2) -> str:
    return f"{number(value, places)} {unit}".strip()


def limit_words(edge: Edge, upwards: bool) -> str:
    """When a value is on the other side: `mencapai 20`, `lebih dari 150`, `turun ke 14`, `kurang dari 60`."""
    limit = number(edge.limit)
    if upwards:
        return f"mencapai {limit}" if edge.is_reached_at_limit else f"lebih dari {limit}"
    return f"turun ke {limit}" if edge.is_reached_at_limit else f"kurang dari {limit}"


def grade_sentence(grade: Grade, places: int = 2) -> str:
    """`BOR 5,14 % termasuk di bawah ideal; menjadi ideal bila mencapai 60 (kurang 54,86).`"""
    unit = grade.indicator.unit
    ends = []
    for edge, upwards in ((grade.below, False), (grade.above, True)):
        if edge is not None:
            words = limit_words(edge, upwards)
            ends.append(f"menjadi {edge.other} bila {words} (jarak {number(edge.distance, places)})")
    said = f"{grade.indicator.title} {with_unit(grade.value, unit, places)} termasuk {grade.name}"
    return "; ".join([said, *ends]) + "."
