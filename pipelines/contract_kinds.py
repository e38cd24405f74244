"""Holds the parts of a contract against the types of their fields: what could not be compared is refused at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipelines.contract_parts import Check, FieldRule

if TYPE_CHECKING:
    from pipelines.contract import Contract

NUMBERS = ("integer", "number", "percent", "quantity")
PLACES = ("latitude", "longitude")
INSTANTS = ("date", "datetime", "month")
WORDS = ("text", "code")
FITTING = {  # by key of a field: types it has an effect on
    "format": (*INSTANTS, "time"),
    "min": (*NUMBERS, *PLACES),
    "max": (*NUMBERS, *PLACES),
    "decimals": PLACES,
    "digits": ("code",),
    "not_personal": ("code",),
    "one_of": WORDS,
    "separator": WORDS,
}


def misfits(contract: Contract) -> Iterator[str]:
    """What its author must mend."""
    by_name = {field.name: field for field in contract.fields}
    for field in contract.fields:
        for key, types in FITTING.items():
            if getattr(field, key) not in (None, (), False) and field.type not in types:
                yield f"{field.name}: kunci {key} hanya untuk jenis {', '.join(types)}, bukan {field.type}"
    for check in contract.checks:
        yield from _misfits_of_check(check, by_name)
    if contract.period is not None and _kind(by_name[contract.period.field]) not in (*INSTANTS, "integer"):
        yield f"period: {contract.period.field} harus berjenis {', '.join(INSTANTS)} atau integer (tahun)"
    for name in (*contract.expect.totals, *(contract.hold.fields if contract.hold else ())):
        if _kind(by_name[name]) not in NUMBERS:
            yield f"{name} dijumlah di expect.totals atau hold, jadi harus berjenis {', '.join(NUMBERS)}"
    as_of = contract.as_of
    for pattern in (contract.file.sender, as_of.since if as_of else None, as_of.file_name if as_of else None):
        if pattern is not None and not _has_group(pattern):
            yield f"{pattern} bukan ekspresi reguler dengan kelompok dalam kurung, misalnya _(\\d{{4}}-\\d{{2}})"


def _has_group(pattern: str) -> bool:
    try:
        return re.compile(pattern).groups > 0
    except re.error:
        return False


def _misfits_of_check(check: Check, by_name: dict[str, FieldRule]) -> Iterator[str]:
    kinds = {name: _kind(by_name[name]) for name in check.fields if name in by_name}
    families = {_family(kind) for kind in kinds.values()}
    if check.rule in ("sum_equals", "share_of") and families - {"angka"}:
        yield f"aturan {check.rule}: {', '.join(kinds)} harus berjenis {', '.join(NUMBERS)}"
    if check.rule in ("not_before", "at_most") and (len(families) > 1 or families & {"text", "boolean"}):
        yield f"aturan {check.rule}: {', '.join(kinds)} harus sama-sama angka, atau sama-sama tanggal"
    if check.rule == "same_month" and (_family(kinds[check.field]), kinds[check.other] in INSTANTS) != ("angka", True):
        yield f"aturan same_month: {check.field} harus integer (bulan) dan {check.other} harus tanggal"
    if check.rule == "not_ahead" and kinds[check.other] not in INSTANTS:
        yield f"aturan not_ahead: {check.other} harus berjenis {', '.join(INSTANTS)}"


def _kind(field: FieldRule) -> str:
    return "text" if field.ref or field.codes or field.separator else field.type


def _family(kind: str) -> str:
    if kind in (*NUMBERS, *PLACES):
        return "angka"
    if kind in INSTANTS:
        return "tanggal"
    return "text" if kind in WORDS else kind
