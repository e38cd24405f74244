"""Level siaga DBD seminggu: 1 aman, 2 waspada, 3 siaga; untuk daerah dan tiap kecamatan.

Kecamatan dinilai dari kasusnya terhadap kebiasaan minggu yang sama di tahun-tahun sebelumnya: di atas rata-rata
waspada, di atas rata-rata ditambah dua simpangan baku siaga, dan tidak pernah siaga di bawah kasus paling sedikit.
Daerah dinilai dari yang terburuk di antara kasusnya sendiri dan bagian kecamatannya yang siaga. Tidak lengkap bila
ada kecamatan yang belum melapor atau tahun pembandingnya kurang; itu tidak pernah dihitung aman. Pembilang adalah
kasus minggu itu, penyebut kasus terbanyak yang belum siaga. Level yang diumumkan resmi disimpan di sampingnya dan
tidak menggantikannya. Rentang, bagian dan level ini pilihan daerah; tidak ada aturan nasional.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from gettext import gettext as _

from warehouse.figures import ValueStatus
from warehouse.formulas.dengue_alert import (
    ALERT,
    LEVELS,
    alert_limit,
    assess_region,
    graded_week,
)
from warehouse.formulas.levels.grading import Grade, grade
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue, Scope, as_stored, percent
from warehouse.indicators.smart_living.dengue import (
    DAYS,
    SCHEME,
    SOURCE,
    AreaWeek,
    History,
    Week,
    dengue_value,
    missing_words,
    select_rows,
    select_weeks,
    weeks_of,
)
from warehouse.indicators.smart_living.dengue_cover import Cell, covered_cases, covered_limits
from warehouse.rules import LimitsPack, RuleBook
from warehouse.rules.level_packs import LevelPack


@dataclass(frozen=True)
class Judge:
    """What every week is judged by."""

    scope: Scope
    limits: LimitsPack
    pack: LevelPack
    history: History
    closed: frozenset[Cell]  # weeks whose limit would tell a past count of few persons

    def grade_of(self, week: Week, area: str) -> Grade | None:
        """Of a kecamatan, or of the region (""); None without a report or enough past years."""
        band, cases = self.history.usual(area, week, self.limits), week.of(area)
        if band is None or cases is None:
            return None
        return grade(graded_week(band.middle, alert_limit(band, self.limits.value("least_cases"))), Decimal(cases))


def calculate(data: Dataset[AreaWeek], rules: RuleBook) -> list[IndicatorValue]:
    weeks = weeks_of(data.rows)
    limits = rules.limits(SCHEME)
    closed = covered_limits(weeks, covered_cases(data.rows), int(limits.value("least_years")))
    judge = Judge(data.scope, limits, rules.need(LevelPack, SCHEME), History.of(weeks), closed)
    judged = [(week, {area: judge.grade_of(week, area) for area in week.cases}) for week in weeks]
    known = [(week, grades) for week, grades in judged if any(grades.values())] or judged[-1:]
    values = []
    for week, grades in known:
        values.append(_region(judge, week, grades))
        values += [_area(judge, week, area, held) for area, held in grades.items()]
    return values


def _area(judge: Judge, week: Week, area: str, held: Grade | None) -> IndicatorValue:
    reason = "" if held else _("Tahun pembanding minggu ini kurang")
    return _value(judge, week, area, held, (LEVELS[held.name] if held else None, held.name if held else "", reason))


def _region(judge: Judge, week: Week, grades: dict[str, Grade | None]) -> IndicatorValue:
    """The worse of its own week and of how many kecamatan are on alert."""
    own, known = judge.grade_of(week, ""), [held for held in grades.values() if held]
    if own is None or len(known) < len(grades):
        reason = missing_words(week.missing, week.area_count) or _("Tahun pembanding minggu ini kurang")
        return _value(judge, week, "", own, (None, "", reason))
    alerts = sum(held.name == ALERT for held in known)
    share = percent(Decimal(alerts), Decimal(len(known)))
    found = assess_region(judge.pack, week.end, own.indicator, own.value, share)
    name = next((name for name, level in LEVELS.items() if level == found.level), "")
    reason = _("{count} dari {all} kecamatan siaga").format(count=alerts, all=len(known))
    return _value(judge, week, "", own, (found.level, name, reason))


def _value(
    judge: Judge, week: Week, area: str, held: Grade | None, said: tuple[int | None, str, str]
) -> IndicatorValue:
    level, name, reason = said
    limit = None if held is None else held.indicator.classes[-2].upper
    return dengue_value(
        judge.scope,
        area,
        (week.end - DAYS, week.end),
        status=ValueStatus.INCOMPLETE if level is None else ValueStatus.CALCULATED,
        numerator=None if held is None else held.value,
        denominator=as_stored(limit),
        value=None if level is None else Decimal(level),
        predikat=name,
        reason=reason,
        rule_version=(judge.limits if area else judge.pack).rule_version,
        is_sample=week.is_sample,
        is_covered=(area, week.end) in judge.closed,
    )


INDICATOR = Indicator(
    id="smart_living.dbd_siaga",
    version=1,
    title=_("Level siaga DBD"),
    unit="",
    decimals=0,
    better="lower",
    dimension="Smart Living",
    owner_note=_("Dinas Kesehatan, surveilans DBD"),
    definition=__doc__ or "",
    formula=_("Kelas kasus sepekan menurut rentang biasa; daerah: yang terburuk dari kasus dan sebaran"),
    legal_basis=_("Pilihan daerah; tidak ada aturan nasional"),
    period_kind="week",
    source_ids=(SOURCE,),
    row_type=AreaWeek,
    inputs=select_weeks,
    rows=select_rows,
    calculate=calculate,
    parts="weights",
    limit_keys=("dbd_siaga.least_years", "dbd_siaga.deviations", "dbd_siaga.least_cases",
                "dbd_siaga.sebaran.aman", "dbd_siaga.sebaran.waspada"),
    is_headline=True,
)  # fmt: skip
