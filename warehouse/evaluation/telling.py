"""Writes an evaluation for people and for programs; numbers as exact decimal strings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from warehouse.evaluation.model import Case, Column, Request, Scheme, Step, Value
from warehouse.figures import ValueStatus
from warehouse.rules import round_half_up
from warehouse.rules.packs import Pack

SHOWN_PLACES = 6  # of a step at a terminal; programs get every digit
FILE_FORM = (
    "Berkas: CSV UTF-8 dengan baris judul, sel dipisah koma, titik koma atau tab. Desimal dengan titik, atau dengan "
    "koma bila sel tidak dipisah koma; tanpa pemisah ribuan. Kolom selain yang wajib boleh tidak ada."
)
KIND_WORDS = {
    "integer": "bilangan bulat",
    "date": "tanggal 2026-01-31",
    "datetime": "waktu 2026-01-31 14:05 atau 14:05:30",
}


def as_document(scheme: Scheme, request: Request, cases: Sequence[Case]) -> dict[str, Any]:
    """The documented JSON: docs/evaluate.schema.json."""
    return {
        "scheme": scheme.id,
        "year": request.year,
        "options": dict(request.options),
        "cases": [_case(case) for case in cases],
    }


def _case(case: Case) -> dict[str, Any]:
    return {
        "key": _plain(case.key),
        "status": case.status.value,
        "reason": case.reason,
        "pack": None if case.pack is None else _pack(case.pack, case),
        "rounding": case.rounding,
        "results": _plain(case.results),
        "steps": [
            {
                "name": step.name,
                "label": step.label,
                "value": spelled(step.value),
                "unit": step.unit,
                "article": step.article,
                "standing": step.standing,
                "note": step.note,
            }
            for step in case.steps
        ],
        "explanation": list(case.explanation),
    }


def _pack(pack: Pack, case: Case) -> dict[str, Any]:
    return {
        "id": pack.pack_id,
        "rule_version": pack.rule_version,
        "title": pack.title,
        "regulation": pack.regulation,
        "article": case.article,
        "valid_from": pack.valid_from.isoformat(),
        "valid_until": None if pack.valid_until is None else pack.valid_until.isoformat(),
    }


def _plain(values: Mapping[str, Value]) -> dict[str, Any]:
    return {name: spelled(value) for name, value in values.items()}


def spelled(value: Value) -> Any:
    """A Decimal as text without exponent, so that no program turns it into a binary float."""
    return f"{value:f}" if isinstance(value, Decimal) else value


def as_text(scheme: Scheme, cases: Sequence[Case]) -> str:
    """For a reader at a terminal."""
    blocks = []
    for case in cases:
        named = [f"{name} {spelled(value)}" for name, value in case.key.items() if value not in (None, "")]
        head = ", ".join(named) or scheme.title
        lines = [head]
        if case.pack is not None:
            said = (case.pack.regulation, case.article, case.pack.rule_version)
            lines.append(f"  aturan     {', '.join(part for part in said if part)}")
        if case.rounding:
            lines.append(f"  pembulatan {case.rounding}")
        lines += [f"  {step.label}: {_shown(_short(step.value))}{_after(step)}" for step in case.steps]
        if case.status is not ValueStatus.CALCULATED:
            lines.append(f"  {case.status.value}: {case.reason}")
        lines += [f"  = {name}: {_shown(value)}" for name, value in case.results.items()]
        lines += [f"  {sentence}" for sentence in case.explanation]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _short(value: Value) -> Value:
    is_long = isinstance(value, Decimal) and -int(value.as_tuple().exponent) > SHOWN_PLACES
    return round_half_up(value, SHOWN_PLACES) if is_long and isinstance(value, Decimal) else value


def _shown(value: Value) -> str:
    return "-" if value is None else str(spelled(value))


def _after(step: Step) -> str:
    """Unit, note, and a mark on what was not read in its source."""
    mark = f" [{step.standing}]" if step.standing not in (None, "dibaca") else ""
    return (f" {step.unit}" if step.unit else "") + (f" ({step.note})" if step.note else "") + mark


def _column_words(column: Column) -> list[str]:
    words = ["wajib" if column.required else "boleh kosong", column.unit, KIND_WORDS.get(column.kind, "")]
    if column.choices:
        words.append(f"salah satu dari {', '.join(column.choices)}")
    if column.lowest is not None:
        words.append(f"{column.lowest} sampai {column.highest}" if column.highest else f"mulai {column.lowest}")
    return [word for word in words if word]


def describe_columns(scheme: Scheme) -> str:
    """What --columns prints."""
    lines = [f"{scheme.id}: {scheme.title}", scheme.about, "", FILE_FORM, "", "Kolom:"]
    lines += [f"  {column.name}: {column.meaning} ({', '.join(_column_words(column))})" for column in scheme.columns]
    for option in scheme.options:
        lines += ["", f"Pilihan {option.name}: {', '.join(option.values)} (bawaan {option.values[0]}). {option.why}"]
    return "\n".join(lines + (["", "Contoh:", scheme.sample.strip()] if scheme.sample else []))
