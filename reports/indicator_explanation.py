"""Why a value stands in its class and what would change it: distances to both limits, days to a limit, the way up.

Arithmetic on stored values and rules only. Refuses to state a cause, and to continue a trend over late data.
"""

from __future__ import annotations

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
from warehouse.evaluation.index_words import standing_sentence
from warehouse.evaluation.places import place_on, place_sentence
from warehouse.figures import ClockState, ValueStatus
from warehouse.formulas.margin import is_met, next_may_reach, room_of_share
from warehouse.formulas.trend import Point, tell_time_to_limit, time_to_limit
from warehouse.indicators.model import Indicator

EXPLANATION_TITLE = _("Penjelasan")
TREND_PERIODS = {"day": 60, "month": 24}  # kinds of period that may be continued, and how many of them are looked at
LATE = _("Tren tidak diteruskan: data terlambat.")
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
    if trend and trend != LATE:
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
    target, label = indicator.target_by(desk.rules)
    if target is None or indicator.better == "none":
        return []
    unit = _("poin") if indicator.unit == "%" else indicator.unit
    distance = f"{written(abs(value - target), desk)} {unit}".strip()
    met, side = is_met(value, target, indicator.better), _("di atas") if value > target else _("di bawah")
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
        room = room_of_share(numerator, denominator, target, indicator.better)
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
        words = _("Pada penyebut yang sama, pembilang boleh {way} paling banyak {amount} tanpa melewati batas.")
        way = down if indicator.better == "higher" else up
    else:
        words = _("Pada penyebut yang sama, pembilang perlu {way} paling sedikit {amount}.")
        way = _("bertambah") if indicator.better == "higher" else _("berkurang")
    return words.format(way=way, amount=written(amount, desk))


def _trend_sentence(desk: Desk, values: StoredValues, row: Any, value: Decimal) -> str:
    """Days until the limit is broken, or reached when it is not met; only from the newest value of its series."""
    indicator = values.indicator
    target, _label = indicator.target_by(desk.rules)
    if target is None or indicator.better == "none" or row.period_kind not in TREND_PERIODS:
        return ""
    series = _complete_series(desk, values, row)
    if not series or (row.period_start.date() < series[-1][0]):
        return ""
    clocks = desk.clocks_of(*indicator.source_ids)
    if clocks and all(clock.state is ClockState.OVERDUE for clock in clocks):
        return LATE
    last, latest = series[-1]
    met = is_met(latest, target, indicator.better)
    rising = (indicator.better == "lower") == met
    if latest == target:
        return ""
    words = _("{sentence} Dihitung dari {count} {kind} lengkap terakhir, sampai {day}.")
    told = tell_time_to_limit(time_to_limit(series, target, rising))
    towards = _("Ke arah batas") if met else _("Ke arah target")
    return words.format(
        sentence=f"{towards}: {told[:1].lower()}{told[1:]}",
        count=format_number(len(series), 0, desk.locale),
        kind=_("hari") if row.period_kind == "day" else _("bulan"),
        day=format_date(last, desk.locale),
    )


def _complete_series(desk: Desk, values: StoredValues, row: Any) -> list[Point]:
    """Calculated values of the same entity, oldest first, by the last day of their period; begun periods left out."""
    frame = values.frame
    own = frame[(frame["entity_kind"] == row.entity_kind) & (frame["entity_code"] == row.entity_code)]
    until = max((c.data_until for c in desk.clocks_of(*values.indicator.source_ids) if c.data_until), default=None)
    points: list[Point] = []
    for one in own.itertuples():
        value, end = exact(one.value), one.period_end.date()
        is_begun = until is not None and until < one.period_end.to_pydatetime() + timedelta(days=1)
        if value is not None and one.status == ValueStatus.CALCULATED.value and not is_begun:
            points.append((end, value))
    return sorted(points)[-TREND_PERIODS[row.period_kind] :]
