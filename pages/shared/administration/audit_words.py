"""Entries of the journal in plain words: `peran: analis → walidata`, names of places and screens instead of codes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from gettext import gettext as _
from typing import Any

from charts.formats import format_number
from journal.field_words import field_words
from journal.history import SET
from pages.shared.administration.facts import Facts

ISO_INSTANT = re.compile(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
OTHER_FIELDS = {
    "code": _("kode"),
    "rows": _("baris"),
    "format": _("format"),
    "release": _("rilis"),
    "filters": _("saringan"),
}


def change_lines(facts: Facts, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[str]:
    """One line a field; what an entry only tells once stands without an arrow."""
    old, new = before or {}, after or {}
    return [_line(facts, name, old, new) for name in dict.fromkeys([*old, *new]) if _tells(name, old, new)]


def _tells(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """A new row's empty and made-by-itself fields say nothing."""
    return name in old or (new[name] not in (None, "") and name not in ("created_at",))


def _line(facts: Facts, name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    label = field_words().get(name) or OTHER_FIELDS.get(name) or name.replace("_", " ")
    if SET in (old.get(name), new.get(name)):
        return _secret_line(label, old.get(name), new.get(name))
    if name not in old:
        return f"{label}: {value_words(facts, name, new[name])}"
    return f"{label}: {value_words(facts, name, old[name])} → {value_words(facts, name, new.get(name))}"


def _secret_line(label: str, old: Any, new: Any) -> str:
    if old is None:
        return _("{field} dibuat").format(field=label)
    return (_("{field} dihapus") if new is None else _("{field} diganti")).format(field=label)


def value_words(facts: Facts, name: str, value: Any) -> str:
    if value is None or value == "":
        return _("tidak dibatasi") if name in ("opd_code", "kecamatan_code") else _("kosong")
    if isinstance(value, list | tuple):
        return ", ".join(value_words(facts, name, one) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {value_words(facts, '', one)}" for key, one in value.items())
    if isinstance(value, bool):
        return _("ya") if value else _("tidak")
    if isinstance(value, int | float):
        return format_number(value, 0 if isinstance(value, int) else 2, facts.settings.region.locale)
    return _text_words(facts, name, str(value))


def _text_words(facts: Facts, name: str, text: str) -> str:
    screen = facts.screens.get(text)
    match name:
        case "opd_code":
            return facts.places.opd_words(text)
        case "kecamatan_code":
            return facts.places.kecamatan_words(text)
        case "screen_id" if screen is not None:
            return screen.title
    return _instant_or_text(facts, text)


def _instant_or_text(facts: Facts, text: str) -> str:
    """Times stand in an entry as ISO."""
    if not ISO_INSTANT.match(text):
        return text
    try:
        return facts.instant_words(datetime.fromisoformat(text), text)
    except ValueError:
        return text
