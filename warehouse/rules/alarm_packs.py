"""Packs of kind `peringatan`: one rule about one signal, with its limit and what to do when it is passed.

A rule is an alarm only if it says which cause to look for, what follows, what to do, within which time, who owns it and
how urgent it is; else it is an indication. Target, limit and what is watched (the value, or its change) are three keys.
Refuses a rule that does not say how far and how long a value must be over or back, and a zero without its reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, Literal, cast

from warehouse.rules.nodes import OverrideError, Record, parse_number
from warehouse.rules.packs import LOCAL_CHOICE, Pack, Standing
from warehouse.rules.scales import STANDINGS

SIGNALS = (
    "data_terlambat", "ispu", "tiket_terbuka", "respons_kebakaran", "panggilan_112", "peringatan_bmkg", "muka_air",
    "deviasi_program", "dbd_siaga",
)  # fmt: skip
PRIORITIES = ("kritis", "tinggi", "sedang", "rendah")  # most urgent first
AUDIENCES = ("operator", "tindak_lanjut")
DIRECTIONS = ("di_atas", "sedikitnya", "di_bawah")
WATCHES = ("nilai", "perubahan")
OWN = "pemilik_data"  # the owner is whoever answers for the value
ACTING = ("cause", "consequence", "response", "respond_within_minutes", "owner", "priority")
STEADYING = {"deadband": "no_deadband", "on_delay_minutes": "no_on_delay", "off_delay_minutes": "no_off_delay"}
ALARM_KEYS = (
    "source", "standing", "signal", "audience", "watches", "unit", "target", "limit", "levels", "direction",
    *STEADYING, *STEADYING.values(), "max_age_minutes", *ACTING,
)  # fmt: skip

Direction = Literal["di_atas", "sedikitnya", "di_bawah"]


@dataclass(frozen=True)
class AlarmRule(Pack):
    """One rule. Exactly one of `limit`, `limit_key` and `levels` says where it begins."""

    source: str = ""
    note: str = ""
    standing: Standing = LOCAL_CHOICE
    signal: str = ""
    audience: str = "operator"
    watches: str = "nilai"  # or the change since the reading before
    unit: str = ""
    target: str = ""  # what is aimed for, a number or a limit by its full name; to miss it is no alarm
    limit: Decimal | None = None
    limit_key: str = ""  # a limit of another pack by its full name
    levels: tuple[str, ...] = ()  # of the place's own thresholds, the first one it has
    direction: Direction = "di_atas"
    deadband: Decimal = Decimal(0)  # so far back within the limit before it counts as over
    on_delay: timedelta = timedelta()
    off_delay: timedelta = timedelta()
    unsteadied: Mapping[str, str] = field(default_factory=dict)  # why one of these three is 0, by its key
    max_age: timedelta | None = None  # an older reading says nothing
    cause: str = ""
    consequence: str = ""
    response: str = ""
    respond_within: timedelta | None = None
    owner: str = ""
    priority: str = ""
    overridden: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """What the rule does not say and an alarm has to."""
        said = (self.cause, self.consequence, self.response, self.respond_within, self.owner, self.priority)
        return tuple(key for key, value in zip(ACTING, said, strict=True) if not value)

    @property
    def is_alarm(self) -> bool:
        return not self.missing

    @property
    def is_follow_up(self) -> bool:
        """For meetings; not an operator's."""
        return self.audience == "tindak_lanjut"

    @property
    def succession(self) -> str:
        return self.pack_id

    @property
    def rule_version(self) -> str:
        return f"{self.pack_id}@{self.version}" + ("+daerah" if self.overridden else "")


def alarm_pack(record: Record, head: Mapping[str, Any]) -> AlarmRule:
    """One rule; `head` is what every pack says about itself."""
    if record.has("limit") == record.has("levels"):
        raise record.error("tulis salah satu: limit (angka atau nama batas) atau levels")
    limit, limit_key = _limit(record) if record.has("limit") else (None, "")
    rule = AlarmRule(
        **head,
        source=record.text("source"),
        note=record.text("note", ""),
        standing=cast(Standing, record.one_of("standing", STANDINGS)),
        signal=record.one_of("signal", SIGNALS),
        audience=record.one_of("audience", AUDIENCES),
        watches=record.one_of("watches", WATCHES) if record.has("watches") else "nilai",
        unit=record.text("unit"),
        target=record.text("target", ""),
        limit=limit,
        limit_key=limit_key,
        levels=record.texts("levels") if record.has("levels") else (),
        direction=cast(Direction, record.one_of("direction", DIRECTIONS)),
        deadband=_positive(record, "deadband"),
        on_delay=timedelta(minutes=int(_positive(record, "on_delay_minutes"))),
        off_delay=timedelta(minutes=int(_positive(record, "off_delay_minutes"))),
        unsteadied=_reasons(record),
        max_age=_minutes(record, "max_age_minutes"),
        cause=record.text("cause", ""),
        consequence=record.text("consequence", ""),
        response=record.text("response", ""),
        respond_within=_minutes(record, "respond_within_minutes"),
        owner=record.text("owner", ""),
        priority=record.one_of("priority", PRIORITIES) if record.has("priority") else "",
    )
    if rule.pack_id != record.path.stem:
        raise record.error_at("id", f"id {rule.pack_id!r} harus sama dengan nama berkasnya, {record.path.stem!r}")
    return rule


def limit_key_of(rule: AlarmRule) -> str:
    """The name by which a region replaces the limit; a limit of another pack is replaced there."""
    return f"{rule.scheme}.{rule.pack_id}.limit"


def with_own_limit(rule: AlarmRule, overrides: Mapping[str, str]) -> AlarmRule:
    key = limit_key_of(rule)
    if rule.limit is None or key not in overrides:
        return rule
    try:
        value = parse_number(overrides[key])
    except ValueError as error:
        raise OverrideError(key, str(error)) from error
    return rule if value == rule.limit else replace(rule, limit=value, standing=LOCAL_CHOICE, overridden=True)


def _limit(record: Record) -> tuple[Decimal | None, str]:
    text = record.text("limit")
    scheme, point, name = text.partition(".")
    if point and scheme.isidentifier() and name.isidentifier():
        return None, text
    return record.number("limit"), ""


def _positive(record: Record, key: str) -> Decimal:
    value = Decimal(record.integer(key)) if key.endswith("_minutes") else record.number(key)
    if value < 0:
        raise record.error_at(key, f"{key} tidak boleh negatif")
    return value


def _reasons(record: Record) -> dict[str, str]:
    """Why a deadband or delay is 0; what is not 0 needs none."""
    zero = [key for key in STEADYING if not _positive(record, key)]
    for key, reason in STEADYING.items():
        if key in zero and not record.has(reason):
            raise record.error_at(key, f"{key} 0 perlu alasannya: tulis {reason}")
        if key not in zero and record.has(reason):
            raise record.error_at(reason, f"{reason} hanya untuk {key} 0")
    return {key: record.text(STEADYING[key]) for key in zero}


def _minutes(record: Record, key: str) -> timedelta | None:
    return timedelta(minutes=int(_positive(record, key))) if record.has(key) else None
