"""The rules as a region has set them; refuses what `[thresholds]` names wrongly, with the line that says it."""

from __future__ import annotations

import re

from warehouse.rules import OverrideError, RuleBook, RuleError, load_rules
from warehouse.settings import Settings, settings_file

SECTION = re.compile(r"\s*\[(?P<name>[^\]]+)\]")


def region_rules(settings: Settings) -> RuleBook:
    """Raises RuleError with the place of the wrong key."""
    try:
        return load_rules(settings.thresholds)
    except OverrideError as error:
        raise RuleError(f"{_place_of(error.key)}: {error}") from error


def _place_of(key: str) -> str:
    """The line in the settings file, or the environment where the file does not have the key."""
    section, path = "", settings_file()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        opening = SECTION.match(line)
        section = opening["name"].strip() if opening else section
        name = line.partition("=")[0].strip().strip("\"'")
        if section == "thresholds" and name == key:
            return f"{path.name} baris {number}"
    return "lingkungan PENDOPO_THRESHOLDS"
