"""Why a value stands in its class and what would change it: distances to both limits, days to a limit, the way up.

Arithmetic on stored values and rules only. Refuses to state a cause, and to continue a trend over late data.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from gettext import gettext as _
from typing import Any

from charts.formats import format_date, format_number
from reports.binding import binding_sentences
from reports.content import Block, Section, Words
from reports.desk import Desk
from reports.figure_words import pack_of, scale_of
from reports.indicator_values import StoredValues, written
from reports.stored_figures import exact
from warehouse.evaluation.index_words import next_band, standing_sentence
from warehouse.evaluation.places import place_on, place_sentence
from warehouse.figures import ClockState, ValueStatus
from warehouse.formulas.margin import Better, is_met, next_may_reach, room_of_share
from warehouse.formulas.path_to_predikat import lower_limit
from warehouse.formulas.trend import Point, tell_time_to_limit, time_to_limit
from warehouse.indicators.model import Indicator

EXPLANATION_TITLE = _("Penjelasan")
TREND_PERIODS = {"day": 60, "month": 24, "year": 10}  # kinds that may be continued, and how many are looked at
KINDS = {"day": _("hari"), "month": _("bulan"), "year": _("tahun")}
LATE = _("Tren tidak diteruskan: data terlambat.")
NO_SERIES = _("Tren: belum cukup data, belum ada periode yang lengkap.")
METHOD = _(
    "Tren: kemiringan median antartitik (Theil-Sen), selang 95 % (Sen 1968), titik dianggap saling bebas. "
    "Tren diteruskan, bukan diramalkan."
)


def explanation_section(desk: Desk, values: StoredValues, row: Any) -> Section:
    """`row` is the open value; None when nothing is stored."""
    if row is None:
        return Section(EXPLANATION_TITLE, (Words(_("Belum ada nilai yang dapat dijelaskan."), is_note=True),))
    value = exact(row.value)
    if value is None:
        words = _("{status}: {reason}").format(status=row.status, reason=row.reason or _("tanpa alasan"))
        return Section(EXPLANATION_TITLE, (Words(words),), is_sample=bool(row.is_sample))
    said = [
        *_class_sentences(desk, values.indicator, row, value),
        *_limit_sentences(desk, values.indicator, row, value),
        *binding_sentences(desk, values, row),
    ]
    trend = _trend_sentence(desk, values, row, value)
    blocks: list[Block] = [Words(sentence) for sentence in (*said, trend) if sentence]
    if trend and trend not in (LATE, NO_SERIES):
        blocks.append(Words(METHOD, is_note=True))
    if not blocks:
        blocks.append(Words(_("Angka ini tidak punya batas, target atau kelas resmi."), is_note=True))
    return Section(EXPLANATION_TITLE, tuple(blocks), is_sample=bool(row.is_sample))


def _class_sentences(desk: Desk, indicator: Indicator, row: Any, value: Decimal) -> list[str]:
    """The official class with the distance to both ends, of a value that has one."""
    if not isinstance(row.predikat, str) or not row.predikat:
        return []
    index, scale = pack_of(row.rule_version, desk.rules), scale_of(row.rule_version, desk.rules)
    if index is not None:
        return [standing_sentence(value, index)]
    place = place_on(scale, value) if scale is not None else None
    return [place_sentence(place, indicator.title_by(desk.rules), indicator.unit, 2)] if place else []


def _limit_sentences(desk: Desk, indicator: Indicator, row: Any, value: Decimal) -> list[str]:
    """On which side of the limit, how far, and what that is in things that can be counted."""
    day = row.period_end.date()
    target, label = indicator.target_by(desk.rules, day)
    if target is None or indicator.better == "none":
        return []
    unit = _("poin") if indicator.unit == "%" else indicator.unit
    distance = f"{written(abs(value - target), desk)} {unit}".strip()
    is_excluded = indicator.excludes_target(desk.rules, day)
    met = is_met(value, target, indicator.better, is_excluded=is_excluded)
    side = _("di atas") if value > target else _("di bawah")
    judged = _("terpenuhi") if met else _("belum terpenuhi")
    if value == target:
        said = [_("Tepat pada {label}, {judged}.").format(label=label, judged=judged)]
    else:
        words = _("{distance} {side} {label}, {judged}.")
        said = [words.format(distance=distance, side=side, label=label, judged=judged)]
    numerator, denominator = exact(row.numerator), exact(row.denominator)
    if numerator is None or not denominator:
        return said
    if indicator.unit == "%" and indicator.parts == "counts":
        room = room_of_share(numerator, denominator, target, indicator.better, is_excluded=is_excluded)
        said.append(_room_words(desk, indicator, room.amount, room.is_met))
    if indicator.parts == "events":
        most = next_may_reach(numerator, denominator, target)
        words = _("Kejadian berikutnya boleh sampai {most} {unit} agar rata-rata tetap dalam batas.")
        if most is None:
            words = _("Satu kejadian lagi, secepat apa pun, belum membawa rata-rata kembali dalam batas.")
        said.append(words.format(most=written(most, desk), unit=indicator.unit))
    return said


def _room_words(desk: Desk, indicator: Indicator, amount: Decimal, met: bool) -> str:
    if met:
        up, down = _("bertambah"), _("berkurang")
        words = _("Pada penyebut yang sama, {part} boleh {way} paling banyak {amount} tanpa melewati batas.")
        way = down if indicator.better == "higher" else up
    else:
        words = _("Pada penyebut yang sama, {part} perlu {way} paling sedikit {amount}.")
        way = _("bertambah") if indicator.better == "higher" else _("berkurang")
    said = f"{written(amount, desk)} {indicator.counted_in}".strip()
    return words.format(part=indicator.counted, way=way, amount=said)


@dataclass(frozen=True)
class Aim:
    """What a trend is held against: the limit of an indicator, or the lower end of the next class."""

    limit: Decimal
    better: Better
    towards: str  # "" for a limit: it depends on the side


def _aim_of(desk: Desk, indicator: Indicator, row: Any, value: Decimal) -> Aim | None:
    target, _label = indicator.target_by(desk.rules, row.period_end.date())
    if indicator.better == "none":
        return None
    if target is not None:
        return Aim(target, indicator.better, "")
    if not row.predikat or indicator.better != "higher":
        return None
    pack, scale = pack_of(row.rule_version, desk.rules), scale_of(row.rule_version, desk.rules)
    if pack is not None:
        band = next_band(value, pack)
        return Aim(lower_limit(band, pack), "higher", band.name) if band is not None else None
    place = place_on(scale, value) if scale is not None else None
    above = place.above if place else None
    return Aim(above.lower, "higher", above.name) if above is not None else None


def _trend_sentence(desk: Desk, values: StoredValues, row: Any, value: Decimal) -> str:
    """Days until the limit is broken, or reached when it is not met; only from the newest value of its series."""
    indicator, aim = values.indicator, _aim_of(desk, values.indicator, row, value)
    if aim is None or row.period_kind not in TREND_PERIODS:
        return ""
    series = _complete_series(desk, values, row)
    if not series:
        return NO_SERIES
    if row.period_end.date() < series[-1][0]:
        return ""
    clocks = desk.clocks_of(*indicator.source_ids)
    if clocks and all(clock.state is ClockState.OVERDUE for clock in clocks):
        return LATE
    last, latest = series[-1]
    met = is_met(latest, aim.limit, aim.better)
    rising = (aim.better == "lower") == met
    if latest == aim.limit:
        return ""
    words = _("{sentence} Dihitung dari {count} {kind} lengkap terakhir, sampai {day}.")
    told = tell_time_to_limit(time_to_limit(series, aim.limit, rising))
    towards = _("Ke arah {name}").format(name=aim.towards or (_("batas") if met else _("target")))
    return words.format(
        sentence=f"{towards}: {told[:1].lower()}{told[1:]}",
        count=format_number(len(series), 0, desk.locale),
        kind=KINDS[row.period_kind],
        day=format_date(last, desk.locale),
    )


def _complete_series(desk: Desk, values: StoredValues, row: Any) -> list[Point]:
    """Calculated values of the same entity under the same rules, oldest first, by the last day of their period; begun
    periods left out."""
    frame, pack = values.frame, row.rule_version.partition("@")[0]
    own = frame[(frame["entity_kind"] == row.entity_kind) & (frame["entity_code"] == row.entity_code)]
    own = own[own["rule_version"].str.partition("@")[0] == pack] if row.period_kind == "year" else own
    until = max((c.data_until for c in desk.clocks_of(*values.indicator.source_ids) if c.data_until), default=None)
    points: list[Point] = []
    for one in own.itertuples():
        value, end = exact(one.value), one.period_end.date()
        is_begun = until is not None and until < one.period_end.to_pydatetime() + timedelta(days=1)
        if value is not None and one.status == ValueStatus.CALCULATED.value and not is_begun:
            points.append((end, value))
    return sorted(points)[-TREND_PERIODS[row.period_kind] :]
