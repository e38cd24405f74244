"""Chooses the sheet that holds the table; a hidden one is never taken for the data, it is named instead."""

from __future__ import annotations

import fnmatch
from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.contracts.contract import Contract, ContractProblem
from pipelines.contracts.vocabulary import Vocabulary
from pipelines.reading.grids import Grid
from pipelines.reading.headers import HeaderMatch, find_header


@dataclass(frozen=True)
class Chosen:
    grid: Grid
    header: HeaderMatch
    unread: tuple[str, ...]  # further visible sheets with such a table: their sender is told


def choose_sheet(file_name: str, grids: Sequence[Grid], contract: Contract) -> Chosen | None:
    """The first visible sheet with the table. Raises ContractProblem when it is hidden, or lacks a column."""
    problem: ContractProblem | None = None
    visible = visible_sheets(file_name, grids, contract)
    for place, grid in enumerate(visible):
        try:
            header = find_header(grid.cells, contract, grid.merged)
        except ContractProblem as error:  # a summary in front may share some of the headers
            problem = problem or _in_sheet(grid, error, contract)
            continue
        if header is not None:
            further = [other for other in visible[place + 1 :] if _holds_table(other, contract)]
            return Chosen(grid, header, tuple(other.name or "" for other in further))
    hidden = next((grid for grid in grids if not grid.is_visible and _holds_table(grid, contract)), None)
    if hidden is not None and (contract.file.sheet is None or _is_named(hidden, contract)):
        raise ContractProblem(_hidden_message(file_name, hidden, contract), "lembar")
    if problem is not None:
        raise problem
    return None


def visible_sheets(file_name: str, grids: Sequence[Grid], contract: Contract) -> list[Grid]:
    """Those the contract names, or all. Raises ContractProblem when none is there, or only hidden ones."""
    if contract.file.sheet is None:
        return [grid for grid in grids if grid.is_visible]
    named = [grid for grid in grids if _is_named(grid, contract)]
    visible = [grid for grid in named if grid.is_visible]
    if named and not visible:
        raise ContractProblem(_hidden_message(file_name, named[0], contract), "lembar")
    if not visible:
        told = Vocabulary(contract).name_told
        present = ", ".join(told(grid.name or "") for grid in grids if grid.is_visible)
        raise ContractProblem(
            f'Lembar "{contract.file.sheet}" tidak ada di {file_name}. Lembar yang ada: {present}. '
            f'Beri nama lembar datanya "{contract.file.sheet}".',
            "lembar",
        )
    return visible


def _is_named(grid: Grid, contract: Contract) -> bool:
    """A container without sheets has nothing to name."""
    pattern = (contract.file.sheet or "*").strip().lower()
    name = (grid.name or "").strip().lower()
    return grid.name is None or name == pattern or fnmatch.fnmatchcase(name, pattern)


def _holds_table(grid: Grid, contract: Contract) -> bool:
    try:
        return find_header(grid.cells, contract, grid.merged) is not None
    except ContractProblem:
        return False


def _in_sheet(grid: Grid, error: ContractProblem, contract: Contract) -> ContractProblem:
    if grid.name is None:
        return error
    return ContractProblem(f"Lembar {Vocabulary(contract).name_told(grid.name)}: {error}", error.rule)


def _hidden_message(file_name: str, grid: Grid, contract: Contract) -> str:
    name = Vocabulary(contract).name_told(grid.name or "")
    return (
        f'Tabelnya ada di lembar "{name}" yang disembunyikan di {file_name}; lembar tersembunyi tidak dibaca. '
        "Tampilkan lembar itu (klik kanan nama lembar, Unhide), lalu kirim ulang."
    )
