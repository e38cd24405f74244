"""Finds totals that only the place of their name tells: of the rows right below, which stand further in or are listed.

A row whose name stands further out than those below it, but is not their sum, stays data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from pipelines.judging.total_lines import Group, Line, is_sum, sum_of

LISTED = re.compile(r"[-\u2013\u2014\u2022\u00b7*>]\s*\S|\(?[a-z][.)]\s*\w")
SMALL_LETTER = re.compile(r"\(?[a-z][.)]*")
FEWEST_BLANKS = 2  # one is there by mistake
STANDS_OVER = (
    "Baris {0} menjorok atau berhuruf di bawah baris {1}, seperti rincian di bawah jumlahnya. Semuanya dibaca sebagai "
    "data, jadi mungkin terhitung dua kali. Bila baris {1} jumlah rinciannya, hapus baris itu."
)


def depth_sql(cell: str) -> str:
    """How many blanks stand before a text; a tab counts as several."""
    spread = f"replace({cell}, chr(9), '    ')"
    blanks = f"length({spread}) - length(regexp_replace({spread}, '^[\\s\\x{{A0}}]+', ''))"
    return f"CASE WHEN coalesce({blanks}, 0) < {FEWEST_BLANKS} THEN 0 ELSE {blanks} END"


def depth_of(blanks: int, label: str, before: str) -> int:
    """How far in a row stands by its name, and the letter before it: "- Pustu", "a. Pustu" are parts of what is above.

    `before`: what stands in front of the name, in a cell of its own.
    """
    is_listed = LISTED.match(label) is not None or (before != label and SMALL_LETTER.fullmatch(before.strip()))
    return blanks + FEWEST_BLANKS * bool(is_listed)


def over_parts(lines: Sequence[Line]) -> set[int]:
    """Row numbers of those that are the sum of the rows further in below them, where one of them has several."""
    heads = [(head, parts) for head, parts in _heads(lines) if _adds_up(head, parts) and not _is_repeated(head, parts)]
    is_proven = any(len(parts) > 1 and is_sum(head, parts) for head, parts in heads)
    return {head.row_no for head, _parts in heads} if is_proven else set()


def stands_over(lines: Sequence[Line]) -> list[Group]:
    """Rows with figures of their own above several rows further in: a person is to look at them."""
    heads = ((head, parts) for head, parts in _heads(lines) if any(head.amounts.values()))
    return [(head, parts) for head, parts in heads if len(parts) > 1 and any(sum_of(parts).values())]


def _heads(lines: Sequence[Line]) -> Iterator[Group]:
    """Each row with the rows below it that stand one step further in; what has a code stands for itself."""
    for place, head in enumerate(lines):
        below = list(takewhile(lambda line: line.depth > head.depth, lines[place + 1 :]))  # noqa: B023 - used at once
        if below and not head.has_code:
            nearest = min(line.depth for line in below)
            yield head, [line for line in below if line.depth == nearest]


def _adds_up(head: Line, parts: Sequence[Line]) -> bool:
    total = sum_of(parts)
    return bool(head.amounts) and all(total[key] == amount for key, amount in head.amounts.items())


def _is_repeated(head: Line, parts: Sequence[Line]) -> bool:
    """Whether its parts repeat its name, as those of "Penduduk" do: it stands for itself."""
    return any(head.label and head.label in part.label for part in parts)
