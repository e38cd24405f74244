"""Delivered text on a screen is text: nothing for Markdown to act on, and no link out of the building."""

from __future__ import annotations

import re

import pytest

from pages.shared.marks import field_name, plain
from reports.delivered_levels import short_name
from warehouse.rules import load_rules


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Jalan *Raya* [a](b)", r"Jalan \*Raya\* \[a\](b)"),
        ("1. Kebijakan", r"1\. Kebijakan"),
        ("- butir", r"\- butir"),
        ("4,16", "4,16"),
        ("acuan@1, paket@2.", "acuan@1, paket@2."),
    ],
)
def test_delivered_text_is_no_markup(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize("text", ["![t](http://x.example/t.png)", "HTTPS://x.example", "WWW.x.example", "a@x.example"])
def test_delivered_address_is_no_link(text: str) -> None:
    shown = plain(text).replace("\\", "")
    assert not re.search(r"https?://|www\.|@x", shown, re.IGNORECASE), "Markdown makes a link of a bare address"
    assert shown.replace("\u2060", "") == text


def test_names_of_indicators_are_read_aloud_as_they_stand() -> None:
    """The name of a slider is its label as it was passed, signs that Markdown takes away included."""
    names = [f"{one.label}. {short_name(one)}" for pack in load_rules({}).index_packs for one in pack.indicators]
    assert [name for name in names if "\\" in field_name(name)] == []
    assert field_name("20. Inovasi") == "20.\u00a0Inovasi"
