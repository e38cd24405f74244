"""What stops a source or a whole delivery, in words for the person who can mend it."""

from __future__ import annotations


class ContractProblem(Exception):
    """A contract or a whole delivery cannot be used; the source stops, others continue. `rule` is its code."""

    def __init__(self, message: str, rule: str = "berkas") -> None:
        super().__init__(message)
        self.rule = rule
