"""Tingkat siaga sungai sehari: derajat 0 normal, 1 hijau, 2 kuning atau siaga, 3 merah atau bahaya.

Tiap pos dinilai dari bacaan tertingginya hari itu menurut ambang pos itu sendiri; nilai yang sama dengan ambang sudah
mencapainya. Ambang yang dikirim pengelola pos mendahului ambang yang dikenal dari berita. Daerah adalah pos terburuk
hari itu; di antara derajat yang sama, pos yang bacaannya paling dekat ke ambang yang perlu ditanggapi. Tidak lengkap
bila pos yang mengirim dalam tujuh hari sebelumnya tidak punya bacaan hari itu: tingkatnya sedikitnya setinggi itu, dan
diam tidak pernah dihitung normal. Tidak berlaku untuk pos tanpa ambang dan ambang yang tidak naik. Hari yang berjalan
memuat bacaan sampai kiriman terakhir. Pembilang adalah bacaan tertinggi dalam satuan pos, penyebut ambang terendah
yang perlu ditanggapi. Derajat menyamakan nama tingkat antarpos dan merupakan pilihan daerah.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from gettext import gettext as _

from warehouse.figures import ValueStatus
from warehouse.formulas.alert_level import alert_level
from warehouse.indicators.model import Dataset, Indicator, IndicatorValue
from warehouse.indicators.smart_environment.river import SOURCE, PostDay, River, select_days, select_rows
from warehouse.rules import RuleBook

HEARD = timedelta(days=7)  # a post that sent within so many days is missed on a day without a reading
Stations = Mapping[str, IndicatorValue]


def calculate(data: Dataset[PostDay], rules: RuleBook) -> list[IndicatorValue]:
    river, region = River.by(rules), data.scope.region_code
    without_levels = {True: _("Ambang pos ini tidak naik"), False: _("Pos tanpa ambang")}  # by whether there are limits
    days: dict[date, dict[str, IndicatorValue]] = {}
    for row in data.rows:
        found, own = days.setdefault(row.day, {}), _post(row, river, region, without_levels)
        before = found.get(row.station_name)
        found[row.station_name] = own if before is None else max(before, own, key=_rank)
    heard: dict[str, date] = {}  # when a post with limits was last read
    values: list[IndicatorValue] = []
    for day in _every_day(days):
        posts = days.get(day, {})
        heard |= {name: day for name, one in posts.items() if one.value is not None}
        silent = [name for name, last in heard.items() if last < day <= last + HEARD]
        pattern = next(iter(posts.values()), None) or replace(values[-1], period_start=day, period_end=day)
        values += [*posts.values(), _region(pattern, posts, silent, region)]
    return values


def _every_day(days: Mapping[date, Stations]) -> list[date]:
    first, last = min(days, default=date.max), max(days, default=date.min)
    return [first + timedelta(days=count) for count in range((last - first).days + 1)] if days else []


def _post(row: PostDay, river: River, region: str, without_levels: Mapping[bool, str]) -> IndicatorValue:
    levels = river.levels(row.station_name, row.parameter_code, row.limits)
    alert = alert_level(row.highest, levels)
    return IndicatorValue(
        region_code=region,
        entity_kind="station",
        entity_code=row.station_name,
        period_kind="day",
        period_start=row.day,
        period_end=row.day,
        numerator=row.highest,
        denominator=river.answered_from(levels),
        value=river.grade(alert.level) if levels else None,
        status=ValueStatus.CALCULATED if levels else ValueStatus.NOT_APPLICABLE,
        reason="" if levels else without_levels[any(one is not None for one in row.limits)],
        rule_version=river.grades.rule_version,
        is_sample=row.is_sample,
        predikat=alert.level if levels else "",
        determinant=row.parameter_code,
    )


def _rank(one: IndicatorValue) -> tuple[Decimal, Decimal]:
    """Worse is higher: by grade, then by how near the reading is to the threshold that asks for an answer."""
    if one.value is None:
        return Decimal(-1), Decimal(0)
    near = one.numerator / one.denominator if one.numerator is not None and one.denominator else Decimal(0)
    return one.value, near


def _region(pattern: IndicatorValue, posts: Stations, silent: list[str], region: str) -> IndicatorValue:
    known = [posts[name] for name in sorted(posts) if posts[name].value is not None]
    reason = _told(silent, len(known)) if silent else ""
    worst = max(known, key=_rank, default=pattern)
    own = replace(worst, entity_kind="region", entity_code=region, reason=reason)
    if known:
        status = ValueStatus.INCOMPLETE if silent else ValueStatus.CALCULATED
        return replace(own, status=status, determinant=worst.entity_code, is_sample=any(one.is_sample for one in known))
    return replace(
        own,
        numerator=None,
        denominator=None,
        value=None,
        predikat="",
        determinant="",
        status=ValueStatus.NOT_APPLICABLE if posts and not silent else ValueStatus.NO_DATA,
        reason=reason or (_("Tidak ada pos dengan ambang") if posts else _("Tidak ada pos yang mengirim")),
    )


def _told(silent: list[str], known: int) -> str:
    words = _("{count} dari {total} pos tanpa bacaan: {names}")
    return words.format(count=len(silent), total=len(silent) + known, names=", ".join(sorted(silent)))


INDICATOR = Indicator(
    id="smart_environment.siaga_sungai",
    version=1,
    title=_("Siaga sungai tertinggi sehari"),
    unit="",
    decimals=0,
    better="lower",
    dimension="Smart Environment",
    owner_note=_("DPUPR, pengelola pos duga air"),
    definition=__doc__ or "",
    formula=_("Ambang tertinggi yang dicapai bacaan tertinggi hari itu; daerah: pos terburuk"),
    legal_basis=_("Ambang tiap pos menurut pengelolanya; derajat pilihan daerah"),
    period_kind="day",
    source_ids=(SOURCE,),
    row_type=PostDay,
    inputs=select_days,
    rows=select_rows,
    calculate=calculate,
    parts="weights",
    limit_keys=("siaga.hijau", "siaga.kuning", "siaga.merah", "siaga.siaga", "siaga.bahaya", "siaga.ditanggapi"),
    is_headline=True,
)
