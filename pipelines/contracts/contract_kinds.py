"""Holds the parts of a contract against the types of their fields: what could not be compared is refused at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from pipelines.contracts.contract_parts import Check, FieldRule
from pipelines.judging.reference import alias_key
from pipelines.reading.indonesian import example_of

if TYPE_CHECKING:
    from pipelines.contracts.contract import Contract

NUMBERS = ("integer", "number", "percent", "quantity")
PLACES = ("latitude", "longitude")
INSTANTS = ("date", "datetime", "month")
WORDS = ("text", "code")
TRUE_WORDS = ("ya", "y", "yes", "true", "benar", "1", "ada", "sudah", "v", "\u221a", "\u2713", "\u2714")
FALSE_WORDS = ("tidak", "t", "tdk", "no", "n", "false", "salah", "0", "tidak ada", "belum")
FITTING = {  # by key of a field: types it has an effect on
    "format": (*INSTANTS, "time"),
    "min": (*NUMBERS, *PLACES),
    "max": (*NUMBERS, *PLACES),
    "decimals": PLACES,
    "digits": ("code",),
    "not_personal": ("code",),
    "one_of": WORDS,
    "separator": WORDS,
    "ref": WORDS,
    "codes": WORDS,
    "zero": NUMBERS,
}
EXAMPLES = {"time": "%H:%M", "datetime": "%d/%m/%Y %H:%M", "month": "%m/%Y"}


def misfits(contract: Contract) -> Iterator[str]:
    """What its author must mend."""
    by_name = {field.name: field for field in contract.fields}
    for field in contract.fields:
        for key, types in FITTING.items():
            if (
                key in field.model_fields_set
                and getattr(field, key) not in (None, (), {}, False)
                and field.type not in types
            ):
                yield f"{field.name}: kunci {key} hanya untuk jenis {', '.join(types)}, bukan {field.type}"
        yield from _misfits_of_field(field)
    yield from _misfits_of_bounds(contract)
    taken = {word: field.name for field in contract.fields for word in (field.from_, *field.aliases)}
    for part in ("ignore", "personal"):
        for word in getattr(contract, part):
            if word in taken:
                yield f"judul {word} disebut di {part}, padahal dibaca sebagai kolom {taken[word]}; tulis salah satu"
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


def _misfits_of_field(field: FieldRule) -> Iterator[str]:
    if field.ref and field.codes:
        yield f"{field.name}: tulis salah satu: ref atau codes"
    if field.unmatched == "empty" and not field.ref:
        yield f"{field.name}: kunci unmatched hanya berlaku bersama ref"
    if field.format and not _is_format(field.format):
        yield f'{field.name}: format {field.format} tidak dikenal; contoh: "{EXAMPLES.get(field.type, "%d/%m/%Y")}"'
    if field.min is not None and field.max is not None and field.min > field.max:
        yield f"{field.name}: min lebih besar daripada max"


def _is_format(format_: str) -> bool:
    """Whether it names parts of an instant, and reads what it writes."""
    try:
        datetime.strptime(example_of(format_), format_)
    except ValueError:
        return False
    return "%" in format_


def dated_by(contract: Contract) -> FieldRule | None:
    """The field that says how far the rows reach: that of `period`, or, where an age is agreed on without one, the only
    date among the keys."""
    if contract.period is not None:
        return None if contract.period.may_be_future else contract.by_name[contract.period.field]
    dates = [field for name in contract.grain if (field := contract.by_name.get(name)) and field.type in INSTANTS]
    return dates[0] if contract.expect.max_age_days is not None and len(dates) == 1 else None


def _misfits_of_bounds(contract: Contract) -> Iterator[str]:
    expect = contract.expect
    for name, bounds in expect.totals.items():
        if bounds.min is not None and bounds.max is not None and bounds.min > bounds.max:
            yield f"expect.totals {name}: min lebih besar daripada max"
    if expect.min_rows > expect.max_rows:
        yield "expect: min_rows lebih besar daripada max_rows"
    if expect.max_age_days is not None and dated_by(contract) is None and contract.as_of is None:
        yield "expect.max_age_days memerlukan period, as_of, atau satu kolom tanggal di grain: waktu datanya"


def _misfits_of_word(check: Check, other: FieldRule) -> Iterator[str]:
    """`equals` of a required_if, where no cell could say it."""
    word = check.equals or ""
    if other.codes or other.ref or other.separator:
        fits = not other.codes or alias_key(word) in {alias_key(said) for said in (*other.codes, *other.codes.values())}
    elif other.one_of:
        fits = alias_key(word) in {alias_key(said) for said in other.one_of}
    elif other.type == "boolean":
        fits = word.lower() in (*TRUE_WORDS, *FALSE_WORDS)
    elif other.type in NUMBERS:
        fits = bool(re.fullmatch(r"-?\d+(\.\d+)?", word))
    else:
        fits = other.type in WORDS
    if not fits:
        yield f"aturan required_if: equals {word} tidak mungkin menjadi isi kolom {other.name} ({other.type})"


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
    if check.rule == "level_of_year" and (families - {"angka"} or kinds[check.other] != "integer"):
        yield f"aturan level_of_year: {check.field} harus angka dan {check.other} harus integer (tahun)"
    if check.rule in ("not_before", "at_most") and (len(families) > 1 or families & {"text", "boolean"}):
        yield f"aturan {check.rule}: {', '.join(kinds)} harus sama-sama angka, atau sama-sama tanggal"
    if check.rule == "same_month" and (_family(kinds[check.field]), kinds[check.other] in INSTANTS) != ("angka", True):
        yield f"aturan same_month: {check.field} harus integer (bulan) dan {check.other} harus tanggal"
    if check.rule == "required_if" and check.other in by_name:
        yield from _misfits_of_word(check, by_name[check.other])
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
