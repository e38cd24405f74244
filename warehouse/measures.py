"""What can be cut and regrouped: for each indicator the facts behind it, and how they may be put together again.

Refuses shortcuts: a ratio is summed in its parts, an index never, a cumulative share is never added over months.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _
from typing import Any, Literal

import sqlalchemy as sa

from warehouse import dengue_facts as dengue
from warehouse import measure_facts as facts
from warehouse import programme_facts as plans
from warehouse.indicators.anggaran import serapan as budget_absorption
from warehouse.indicators.masterplan import deviasi_fisik, deviasi_keuangan, keroyokan, tanpa_laporan
from warehouse.indicators.masterplan import serapan as programme_absorption
from warehouse.indicators.model import Indicator, Scope, as_stored
from warehouse.indicators.smart_environment import (
    ispu,
    sampah_penanganan,
    sampah_pengurangan,
    sampah_per_orang,
    sampah_terkelola,
    timbulan_sampah,
)
from warehouse.indicators.smart_living import (
    dbd_ir,
    dbd_kasus,
    panggilan_112,
    panggilan_dijawab,
    panggilan_putus,
    respons_kebakaran,
    tiba_15_menit,
)
from warehouse.indicators.spbe import indeks
from warehouse.nearest import nearest_hint
from warehouse.rules import RuleBook, round_half_up

FactSelect = Callable[[Scope, RuleBook], sa.Select[Any]]
TIME, REGION, KECAMATAN, OPD, DIMENSION, STATION = "waktu", "daerah", "kecamatan", "opd", "dimensi", "stasiun"


class MeasureError(Exception):
    """No measure of that name; the message says which one is near."""


@dataclass(frozen=True)
class Measure:
    """One indicator as facts. `select` and `rows` give the columns of `measure_facts.FACT_COLUMNS`."""

    indicator: Indicator
    kind: Literal["additive", "ratio", "mean", "index"]
    step: Literal["day", "month", "year"]
    dimensions: tuple[str, ...]  # what facts can be told apart by, besides time
    select: FactSelect
    rows: FactSelect  # the same facts with the columns of the delivered row
    period: str  # span when none is asked for
    grouping: str = TIME  # rows when none are asked for
    over_time: Literal["sum", "last"] = "sum"  # last: the last period inside a span stands for it
    multiply: int = 1  # a value is numerator * multiply / (denominator * divide)
    divide: int = 1
    is_worst_of: bool = False  # an index that of several entities takes the highest
    has_hours: bool = False  # a part of a day is compared with the same part of another
    sender: Literal["delivery", "opd", "source"] = "delivery"  # how a fact says who sent it
    fact_word: str = ""  # what one fact is, where some are left out of a value
    is_whole: bool = False  # a sum is told only where every fact in it is known: one may be hidden from the reader
    share_places_key: str = ""  # limit that says to how many decimals the publisher rounds

    @property
    def id(self) -> str:
        return self.indicator.id

    def value(self, numerator: Decimal | None, denominator: Decimal | None, rules: RuleBook) -> Decimal | None:
        """The value of facts put together, at the precision of the mart; None when nothing is known."""
        if numerator is None:
            return None
        if self.kind in ("additive", "index"):
            return as_stored(numerator)
        if not denominator:
            return None
        quotient = numerator * self.multiply / (denominator * self.divide)
        return round_half_up(quotient, rules.count(self.share_places_key)) if self.share_places_key else as_stored(
            quotient
        )  # fmt: skip


def find_measure(measure_id: str) -> Measure:
    """Raises MeasureError."""
    if measure_id not in BY_ID:
        raise MeasureError(
            _("indikator={value} tidak dapat dijelajahi{hint}. Pilihan: {options}.").format(
                value=measure_id, hint=nearest_hint(measure_id, BY_ID), options=", ".join(BY_ID)
            )
        )
    return BY_ID[measure_id]


PLANS, PROGRAMMES = (KECAMATAN, OPD, DIMENSION), _("program")
PLACES = "pengelolaan_sampah.share_decimals"

MEASURES: tuple[Measure, ...] = (
    Measure(
        panggilan_112.INDICATOR, "additive", "day", (), facts.offered_calls, facts.call_rows, "30h", has_hours=True,
        sender="source",
    ),
    Measure(
        panggilan_dijawab.INDICATOR, "ratio", "day", (), facts.answered_calls, facts.call_rows, "30h",
        multiply=100, has_hours=True, sender="source",
    ),
    Measure(
        panggilan_putus.INDICATOR, "ratio", "day", (), facts.abandoned_calls, facts.call_rows, "30h",
        multiply=100, has_hours=True, sender="source",
    ),
    Measure(
        respons_kebakaran.INDICATOR, "mean", "day", (KECAMATAN, OPD), facts.fire_responses, facts.fire_rows, "12b",
        divide=60,
    ),
    Measure(
        tiba_15_menit.INDICATOR, "ratio", "day", (KECAMATAN, OPD), facts.arrivals, facts.arrival_rows, "90h",
        KECAMATAN, multiply=100,
    ),
    Measure(
        dbd_kasus.INDICATOR, "additive", "month", (), dengue.dengue_cases, dengue.dengue_rows, "12b", sender="source",
        is_whole=True, fact_word=_("minggu"),
    ),
    Measure(
        dbd_ir.INDICATOR, "ratio", "year", (KECAMATAN,), dengue.dengue_incidence, dengue.dengue_year_rows, "1t",
        KECAMATAN, over_time="last", multiply=100_000, sender="source", is_whole=True, fact_word=_("kecamatan"),
    ),
    Measure(
        indeks.INDICATOR, "index", "year", (REGION,), facts.spbe_index, facts.spbe_index_rows, "5t", REGION,
        over_time="last",
    ),
    Measure(
        timbulan_sampah.INDICATOR, "additive", "year", (REGION,), facts.waste_generation, facts.waste_generation_rows,
        "1t", REGION, over_time="last",
    ),
    Measure(
        sampah_pengurangan.INDICATOR, "ratio", "year", (REGION,), facts.waste_reduced, facts.waste_reduced_rows, "1t",
        REGION, multiply=100, share_places_key=PLACES,
    ),
    Measure(
        sampah_penanganan.INDICATOR, "ratio", "year", (REGION,), facts.waste_handled, facts.waste_handled_rows, "1t",
        REGION, multiply=100, share_places_key=PLACES,
    ),
    Measure(
        sampah_terkelola.INDICATOR, "ratio", "year", (REGION,), facts.waste_managed, facts.waste_managed_rows, "1t",
        REGION, multiply=100, share_places_key=PLACES,
    ),
    Measure(
        sampah_per_orang.INDICATOR, "ratio", "month", (KECAMATAN,), plans.waste_by_area, plans.waste_by_area_rows,
        "1b", KECAMATAN, sender="source", fact_word=_("kecamatan"),
    ),
    Measure(
        ispu.INDICATOR, "index", "day", (STATION,), plans.air_index, plans.air_rows, "30h", over_time="last",
        is_worst_of=True, sender="source",
    ),
    Measure(
        deviasi_fisik.INDICATOR, "mean", "month", PLANS, plans.physical_deviation, plans.physical_rows, "12b",
        DIMENSION, over_time="last", fact_word=PROGRAMMES,
    ),
    Measure(
        deviasi_keuangan.INDICATOR, "mean", "month", PLANS, plans.financial_deviation, plans.financial_rows, "12b",
        DIMENSION, over_time="last", fact_word=PROGRAMMES,
    ),
    Measure(
        programme_absorption.INDICATOR, "ratio", "month", PLANS, plans.absorption, plans.absorption_rows, "12b",
        DIMENSION, over_time="last", multiply=100, fact_word=PROGRAMMES,
    ),
    Measure(
        keroyokan.INDICATOR, "ratio", "year", PLANS, plans.joint_programmes, plans.joint_rows, "1t", DIMENSION,
        over_time="last", multiply=100,
    ),
    Measure(
        tanpa_laporan.INDICATOR, "additive", "month", PLANS, plans.unreported, plans.unreported_rows, "12b", OPD,
        over_time="last",
    ),
    Measure(
        budget_absorption.INDICATOR, "ratio", "month", (OPD,), plans.budgets, plans.budget_rows, "12b", OPD,
        over_time="last", multiply=100, sender="opd", fact_word="OPD",
    ),
)  # fmt: skip
BY_ID = {measure.id: measure for measure in MEASURES}
