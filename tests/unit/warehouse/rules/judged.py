"""Judges a small table by a scheme, as the command line does."""

from __future__ import annotations

from warehouse.evaluation.csv_rows import read_rows
from warehouse.evaluation.model import Case, Request
from warehouse.evaluation.schemes import BY_ID
from warehouse.rules import RuleBook, load_rules

RULES = load_rules({})  # frozen, and a property test asks for them hundreds of times


def judge(scheme_id: str, text: str, *, year: int | None = None, rules: RuleBook = RULES, **options: str) -> list[Case]:
    scheme = BY_ID[scheme_id]
    chosen = {option.name: option.values[0] for option in scheme.options} | options
    return scheme.evaluate(read_rows(text.encode(), scheme), rules, Request(year, chosen))
