"""One figure in words at full precision: value, counts, where it stands to its limit; the same on screen and paper."""

from __future__ import annotations

from gettext import gettext as _

from charts.formats import format_money, format_number, no_data_text
from warehouse.catalogue import BY_ID
from warehouse.figures import ClockState, Figure, ValueStatus
from warehouse.indicators.spbe.gaps import next_band
from warehouse.rules import IndexPack, RuleBook, ScalePack
from warehouse.rules.packs import unread_marked
from warehouse.wall_actions import DENGUE, RIVER

RUPIAH = "Rp"
LEVELS = (RIVER, DENGUE)  # told by their name: a bare 1 says nothing


def value_words(figure: Figure, locale: str) -> str:
    """`50,41 %`, `4,16`, `87 panggilan`, `Hijau (1)`; words instead of a missing value."""
    if figure.value is None:
        return no_data_text() if figure.status is ValueStatus.CALCULATED else figure.status.value
    if is_named_level(figure):
        name = figure.predikat[:1].upper() + figure.predikat[1:]
        return f"{name} ({format_number(figure.value, figure.decimals, locale)})"
    if figure.unit == RUPIAH:
        return format_money(figure.value, locale)
    return " ".join(part for part in (format_number(figure.value, figure.decimals, locale), figure.unit) if part)


def is_named_level(figure: Figure) -> bool:
    return figure.indicator_id in LEVELS and bool(figure.predikat)


def counts_words(figure: Figure, locale: str) -> str:
    """`80 dari 87` for a share of things that can be counted, `Rp 1,2 M dari Rp 2,4 M` for one of money."""
    parts = (figure.numerator, figure.denominator)
    indicator = BY_ID.get(figure.indicator_id)
    kind = indicator.parts if indicator else "counts"
    if figure.unit != "%" or kind == "weights" or any(part is None for part in parts):
        return ""
    if kind == "money":
        money = [format_money(part, locale) for part in parts]
        return _("{part} dari {whole}").format(part=money[0], whole=money[1])
    if any(part is not None and part != part.to_integral_value() for part in parts):
        return ""
    return _("{part} dari {whole}").format(
        part=format_number(figure.numerator, 0, locale), whole=format_number(figure.denominator, 0, locale)
    )


def context_words(figure: Figure, locale: str) -> str:
    """Period, official class, what decides it and counts, in one line."""
    predikat = "" if is_named_level(figure) else figure.predikat
    parts = (figure.period_label, predikat, figure.determinant, counts_words(figure, locale))
    return " · ".join(part for part in parts if part) or no_data_text()


def limit_words(figure: Figure, rules: RuleBook, locale: str) -> str:
    """Target or usual band, and on which side the value stands; a missed target is a word, not an alarm."""
    if figure.target is not None:
        if figure.value is None:
            return figure.target_label
        return f"{figure.target_label} · {_side_words(figure)}"
    if figure.usual is not None:
        low, high = (format_number(value, figure.decimals, locale) for value in figure.usual)
        return _("biasa {low}–{high} s.d. jam yang sama").format(low=low, high=high)
    return next_band_words(figure, rules, locale) or _("tanpa target")


def _side_words(figure: Figure) -> str:
    if figure.clock.state is ClockState.OVERDUE:
        return _("tidak dinilai, data terlambat")
    if figure.better == "lower":
        return _("melewati batas") if figure.misses_target else _("dalam batas")
    return _("belum tercapai") if figure.misses_target else _("tercapai")


def next_band_words(figure: Figure, rules: RuleBook, locale: str) -> str:
    """What an SPBE index lacks to its next official class: `kurang 0,04 ke Memuaskan (4,20)`."""
    pack = pack_of(figure.rule_version, rules)
    if pack is None or figure.value is None or not figure.predikat:
        return ""
    above = next_band(figure.value, pack)
    if above is None:
        return _("predikat tertinggi")
    return _("kurang {missing} ke {band} ({lower})").format(
        missing=format_number(above.missing, figure.decimals, locale),
        band=above.band.name,
        lower=unread_marked(format_number(above.band.lower, figure.decimals, locale), pack.bands_standing),
    )


def pack_of(rule_version: str, rules: RuleBook) -> IndexPack | None:
    """The index pack a stored value names."""
    return next((pack for pack in rules.index_packs if pack.rule_version == rule_version), None)


def scale_of(rule_version: str, rules: RuleBook) -> ScalePack | None:
    """The scale a stored value names."""
    return next((pack for pack in rules.scale_packs if pack.rule_version == rule_version), None)


def trend_words(figure: Figure) -> str:
    """Which periods the small line beside a figure spans, or why there is none."""
    known = [point for point in figure.trend if point.value is not None]
    if len(known) < 2:
        if not figure.trend:
            return _("tren: satu keadaan, bukan deret")
        return _("tren: baru satu periode") if known else _("tren: tidak ada data")
    return _("tren {first} sampai {last}").format(first=figure.trend[0].label, last=figure.trend[-1].label)


def has_trend(figure: Figure) -> bool:
    return sum(point.value is not None for point in figure.trend) >= 2
