"""Finds the header row of a delivery and matches it to the contract; a renamed required column is never guessed."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.contract import Contract, ContractProblem
from pipelines.vocabulary import Vocabulary


@dataclass(frozen=True)
class HeaderMatch:
    """Where each contract field stands: `columns[i]` (from 0) holds the field(s) reading `headers[i]`."""

    row_no: int  # from 1, as a spreadsheet shows it
    columns: tuple[int, ...]
    headers: tuple[str, ...]  # as the contract writes them
    unknown: tuple[str, ...]  # headers nobody declared: listed, never loaded
    absent: tuple[str, ...]  # optional headers that are missing
    width: int
    written: tuple[str, ...] = ()  # `headers` as delivered
    ignored: tuple[str, ...] = ()  # all headers that are not loaded, declared so or unknown, as delivered


def find_header(rows: Sequence[Sequence[Any]], contract: Contract) -> HeaderMatch | None:
    """The row that holds most of the contract's headers; None when no row holds half of the required ones.

    Raises ContractProblem when that row lacks a required header or repeats one.
    """
    required = {
        field.from_: {normalise(word) for word in (field.from_, *field.aliases)}
        for field in contract.fields
        if field.required
    }
    best, best_hits = None, 0
    for index, row in enumerate(rows):
        present = {normalise(cell) for cell in row}
        hits = sum(not present.isdisjoint(spellings) for spellings in required.values())
        if hits > best_hits:
            best, best_hits = index, hits
    if best is None or best_hits * 2 < len(required):
        return None
    return _match(best + 1, rows[best], contract)


def normalise(cell: Any) -> str:
    """Spelling without case, blanks and punctuation; the percent sign stays, it changes the meaning."""
    return re.sub(r"[^0-9a-z%]", "", str(cell).lower())


def _match(row_no: int, row: Sequence[Any], contract: Contract) -> HeaderMatch:
    keys = [normalise(cell) for cell in row]
    spellings = {field.from_: (field.from_, *field.aliases) for field in contract.fields}
    required = {field.from_ for field in contract.fields if field.required}
    columns: list[int] = []
    headers: list[str] = []
    absent: list[str] = []
    for header, accepted in spellings.items():
        found = [index for index, key in enumerate(keys) if key and key in {normalise(word) for word in accepted}]
        if len(found) > 1:
            raise ContractProblem(
                f'Kolom "{header}" ada {len(found)} kali di baris judul (baris {row_no}). Sisakan satu.'
            )
        if found:
            columns.append(found[0])
            headers.append(header)
        elif header in required:
            raise ContractProblem(_missing_message(header, row_no, row, contract))
        else:
            absent.append(header)
    _refuse_keys_alone(row_no, headers, absent, contract)
    declared = {normalise(word) for word in (*contract.ignore, *contract.personal)}
    used = set(columns)
    strange = [index for index, key in enumerate(keys) if key and index not in used and key not in declared]
    unknown = tuple(_told(row, index, contract) for index in strange)
    written = tuple(_plain(row[index]) for index in columns)
    ignored = tuple(_plain(row[index]) for index, key in enumerate(keys) if key and index not in used)
    return HeaderMatch(row_no, tuple(columns), tuple(headers), unknown, tuple(absent), len(row), written, ignored)


def _plain(cell: Any) -> str:
    return " ".join(str(cell).split())


def _told(row: Sequence[Any], index: int, contract: Contract) -> str:
    """An unknown header; one that may be somebody's name by its place."""
    written = str(row[index]).strip()
    told = Vocabulary(contract).name_told(written)
    return written if told == written else f"{told}, kolom ke-{index + 1}"


def _refuse_keys_alone(row_no: int, headers: Sequence[str], absent: Sequence[str], contract: Contract) -> None:
    """The file of a neighbouring source has the same keys: loaded, its rows would empty every figure."""
    keys = {contract.by_name[column].from_ for column in contract.grain if column in contract.by_name}
    if absent and set(headers) <= keys:
        raise ContractProblem(
            f"Baris judul (baris {row_no}) hanya memuat {', '.join(headers)}; tidak satu pun kolom isinya ada "
            f"({', '.join(absent)}). Periksa apakah berkas ini milik sumber lain."
        )


def _missing_message(header: str, row_no: int, row: Sequence[Any], contract: Contract) -> str:
    present = [str(cell).strip() for cell in row if str(cell).strip()]
    near = difflib.get_close_matches(header, present, n=1, cutoff=0.5)
    words = Vocabulary(contract)
    hint = f' Apakah kolom "{words.name_told(near[0])}" yang dimaksud?' if near else ""
    return f'Kolom wajib "{header}" tidak ada di baris judul (baris {row_no}).{hint} Tulis judulnya persis "{header}".'
