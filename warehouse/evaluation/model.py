"""What a scheme takes and what it answers: cases with their inputs, steps, results and words. Reads and prints nothing.

Every number is a Decimal. A case that cannot be judged has a status and a reason, never a zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from warehouse.figures import ValueStatus
from warehouse.rules import RuleBook
from warehouse.rules.packs import Pack, Standing

Value = Decimal | int | str | None
Kind = Literal["number", "integer", "text", "date", "datetime"]


class InputProblem(Exception):
    """A file cannot be evaluated; one message per fault, each with line, column and a right example."""

    def __init__(self, messages: Sequence[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = tuple(messages)


@dataclass(frozen=True)
class Column:
    """One column of the CSV of a scheme, in Indonesian."""

    name: str
    meaning: str
    unit: str = ""
    kind: Kind = "number"
    required: bool = True
    example: str = ""
    choices: tuple[str, ...] = ()
    lowest: Decimal | None = None  # values below are refused
    highest: Decimal | None = None


@dataclass(frozen=True)
class Option:
    """A choice the regulation leaves or offices make differently; the first value is the default."""

    name: str
    values: tuple[str, ...]
    why: str  # of the default


@dataclass(frozen=True)
class Row:
    """One line of the file, by column name, typed; an empty cell is None."""

    line: int
    cells: Mapping[str, Value | date]

    def number(self, name: str) -> Decimal | None:
        value = self.cells.get(name)
        return Decimal(value) if isinstance(value, Decimal | int) else None

    def text(self, name: str) -> str:
        value = self.cells.get(name)
        return "" if value is None else str(value)

    def day(self, name: str) -> date | None:
        value = self.cells.get(name)
        return value if isinstance(value, date) else None

    def problem(self, column: str, message: str) -> InputProblem:
        return InputProblem([f"baris {self.line}, kolom {column}: {message}"])


@dataclass(frozen=True)
class Request:
    """How a file is to be judged. `year` judges every row, whatever year or day the row has; None: the year of the
    row, without one the newest rules."""

    year: int | None = None
    options: Mapping[str, str] = field(default_factory=dict)  # complete: defaults filled in


@dataclass(frozen=True)
class Step:
    """One intermediate value. `name` is stable for programs; `label` is for people."""

    name: str
    label: str
    value: Value
    unit: str = ""
    article: str = ""
    standing: Standing | None = None  # of the rule that made it, where it is not that of the pack
    note: str = ""


@dataclass(frozen=True)
class Case:
    """What one row, or the rows that belong together, come to."""

    key: Mapping[str, Value]  # what tells it apart: region, year, station
    pack: Pack | None  # None: no regulation of ours covers it
    results: Mapping[str, Value]  # final values by stable name, rounded as published
    steps: tuple[Step, ...] = ()
    explanation: tuple[str, ...] = ()  # sentences in Indonesian; never a cause
    rounding: str = ""  # in words: how the results were rounded
    article: str = ""
    status: ValueStatus = ValueStatus.CALCULATED
    reason: str = ""


@dataclass(frozen=True)
class Awaited:
    """What would make a scheme an indicator of the dashboard: who delivers what. No source of it is agreed yet."""

    dimension: str
    title: str
    owner: str
    delivers: str


@dataclass(frozen=True)
class Scheme:
    """One kind of rule that can be tried by itself."""

    id: str
    title: str
    about: str  # one or two sentences: what a row is, what comes out
    columns: tuple[Column, ...]
    evaluate: Callable[[Sequence[Row], RuleBook, Request], list[Case]]
    options: tuple[Option, ...] = ()
    free_columns: bool = False  # further columns are inputs too, such as i1, i2, ...
    sample: str = ""  # a CSV that works, shown by --columns
    awaits: Awaited | None = None  # None: its source is delivered, or it is no figure of a dimension
