"""Commands about people and screens, for the command line of the journal."""

from __future__ import annotations

import argparse
from typing import Any


def add_people_commands(commands: argparse._SubParsersAction[Any]) -> None:
    """`people ...` and `screens ...`; each parser sets `act(options, journal, settings, now) -> exit code`."""
