"""How a rule judges, in words: target, limit, and what keeps a value at its edge from raising it over and over.

A deadband or delay that is 0 is told with its reason, never left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from gettext import gettext as _

from charts.formats import format_delay, format_number
from reports.clock_words import instant_words
from reports.desk import Desk
from warehouse.alarms.standing import Alarm
from warehouse.rules.alarm_packs import AlarmRule
from warehouse.rules.nodes import parse_number

DIRECTION_WORDS = {
    "di_atas": _("di atas {limit}"),
    "sedikitnya": _("sedikitnya {limit}"),
    "di_bawah": _("di bawah {limit}"),
}
CHANGE_WORDS = _("{limit}, dihitung dari pembacaan sebelumnya")


def limit_rows(desk: Desk, alarm: Alarm, rule: AlarmRule) -> Iterator[tuple[str, str]]:
    """The limit is the one the alarm was raised at; the rest is the rule of today."""
    if rule.target:
        value = desk.rules.value(rule.target) if rule.target[0].isalpha() else parse_number(rule.target)
        yield _("Target"), _written(value, alarm.unit, desk.locale)
    limit = DIRECTION_WORDS[rule.direction].format(limit=_written(alarm.limit, alarm.unit, desk.locale))
    yield _("Batas"), limit if rule.watches == "nilai" else CHANGE_WORDS.format(limit=limit)
    back = _written(rule.deadband, alarm.unit, desk.locale)
    for key, name, words, much in (
        ("deadband", _("Pita mati"), _("normal sesudah mundur {much} dari batas"), back),
        ("on_delay_minutes", _("Tunda muncul"), _("sesudah {much} di luar batas"), _delay(rule.on_delay)),
        ("off_delay_minutes", _("Tunda pulih"), _("sesudah {much} di dalam batas"), _delay(rule.off_delay)),
    ):
        why = rule.unsteadied.get(key)
        yield name, words.format(much=much) if why is None else _("tidak ada. {why}").format(why=why)
    if alarm.within_since is not None:
        at = instant_words(alarm.within_since, desk.region.timezone_label, desk.locale)
        yield _("Sekarang"), _("di dalam batas sejak {at}; belum selama tunda pulihnya").format(at=at)


def _written(value: Decimal, unit: str, locale: str) -> str:
    """`0,05 m`: as many places as the value has."""
    exponent = value.normalize().as_tuple().exponent
    places = max(-exponent, 0) if isinstance(exponent, int) else 0
    return f"{format_number(value, places, locale)} {unit}"


def _delay(delay: timedelta) -> str:
    return format_delay(int(delay.total_seconds() // 60))
