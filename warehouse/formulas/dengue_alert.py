"""Level siaga DBD: kasus sepekan terhadap kebiasaan minggu yang sama, dan level daerah dari dua kelompoknya.

Satuan kasus. Kasus yang sama dengan batas atas suatu kelas masih di kelas itu. Tidak berlaku tanpa cukup tahun
pembanding. Batasnya pilihan daerah; tidak ada aturan nasional untuk rentang biasa.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from warehouse.formulas.levels.assessing import Assessment, Inputs, assess
from warehouse.formulas.levels.grading import Grade
from warehouse.formulas.usual_band import UsualBand
from warehouse.rules.level_packs import Graded, LevelClass, LevelPack
from warehouse.rules.packs import LOCAL_CHOICE

SAFE, WATCH, ALERT = "aman", "waspada", "siaga"
LEVELS = {SAFE: 1, WATCH: 2, ALERT: 3}
CASES, SPREAD = "kasus", "sebaran"  # the two groups of the level of a region


def alert_limit(band: UsualBand, least_cases: Decimal) -> Decimal:
    """The most cases that are no alert yet; of few cases there is none."""
    return max(band.upper, least_cases - 1)


def graded_week(usual: Decimal, limit: Decimal) -> Graded:
    """Cases of one week in classes: usual, more than usual, and above the limit."""
    classes = [LevelClass(SAFE, usual, True), LevelClass(WATCH, limit, True), LevelClass(ALERT, None, False)]
    if limit <= usual:
        del classes[1]
    return Graded(CASES, "Kasus DBD sepekan", "kasus", tuple(classes), standing=LOCAL_CHOICE, group=CASES)


def assess_region(pack: LevelPack, day: date, graded: Graded, cases: Decimal, alert_pct: Decimal) -> Assessment:
    """Level of a region: its own week, and the share of its kecamatan that are on alert; the worse of both counts."""
    judged = replace(pack, indicators={CASES: graded, **pack.indicators})
    return assess(judged, Inputs(day, {CASES: cases, SPREAD: alert_pct}))


def cases_to_worse(held: Grade) -> tuple[Decimal, str] | None:
    """From how many cases on the next class begins, and which; None in the last one."""
    if held.above is None:
        return None
    return held.above.limit.to_integral_value(ROUND_FLOOR) + 1, held.above.other


def most_cases_of(graded: Graded, name: str) -> Decimal | None:
    """The most whole cases of a class; None when it has no end or is not among them."""
    upper = next((one.upper for one in graded.classes if one.name == name), None)
    return None if upper is None else upper.to_integral_value(ROUND_FLOOR)
