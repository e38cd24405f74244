"""Reads from file name and letterhead from when and up to when a delivery calls itself complete; guesses neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from pipelines.contracts.contract import Contract, ContractProblem
from pipelines.reading.indonesian import example_of, parse_indonesian
from pipelines.reading.months import instant_text


def search_name(pattern: str, file_name: str, contract: Contract) -> re.Match[str] | None:
    """What a name says, also when it ends otherwise than agreed: a file is known by its content, not by its ending."""
    agreed = PurePosixPath(file_name).stem + PurePosixPath(contract.file.pattern).suffix
    found = (re.search(pattern, name, re.IGNORECASE) for name in (file_name, agreed))
    return next((match for match in found if match), None)


def until_of_name(file_name: str, contract: Contract) -> datetime | None:
    if contract.as_of is None or contract.as_of.file_name is None:
        return None
    match = search_name(contract.as_of.file_name, file_name, contract)
    until = parse_indonesian(" ".join(match.groups()), contract.as_of.format) if match else None
    if until is None:
        raise ContractProblem(
            f"Nama berkas {file_name} tidak menyebut sampai kapan datanya lengkap. "
            f"Ikuti pola {contract.file.pattern} dengan waktu seperti {example_of(contract.as_of.format)}.",
            "waktu_data",
        )
    return _complete_to(until, contract)


def _complete_to(until: datetime, contract: Contract) -> datetime:
    """A month that is named as complete reaches to the first instant of the next."""
    if contract.as_of is None or not contract.as_of.whole_month:
        return until
    return datetime(until.year + until.month // 12, until.month % 12 + 1, 1)


def since_of_name(file_name: str, contract: Contract, until: datetime | None) -> datetime | None:
    if contract.as_of is None or contract.as_of.since is None:
        return None
    match = search_name(contract.as_of.since, file_name, contract)
    words = " ".join(group or "00" for group in match.groups()) if match else ""
    since = parse_indonesian(words, contract.as_of.format)
    if since is not None and until is not None and since >= until:
        raise ContractProblem(
            f"Nama berkas {file_name} menyebut awal {instant_text(since)} yang tidak mendahului akhirnya, "
            f"{instant_text(until)}. Betulkan nama berkasnya, lalu kirim ulang.",
            "waktu_data",
        )
    return since


def until_of_letterhead(letterhead: Sequence[Sequence[Any]], contract: Contract) -> datetime | None:
    if contract.as_of is None or contract.as_of.label is None:
        return None
    label = contract.as_of.label
    for row in letterhead:
        texts = [str(cell).strip() for cell in row if cell != ""]
        joined = " ".join(texts)
        if joined.lower().startswith(label.lower()):
            rest = re.sub(r"\s*(WIB|WITA|WIT)$", "", joined[len(label) :].lstrip(" :"))
            until = parse_indonesian(rest, contract.as_of.format)
            if until is not None:
                return _complete_to(until, contract)
    raise ContractProblem(
        f'Baris "{label}" di atas tabel tidak ditemukan atau waktunya tidak terbaca. '
        f'Contoh yang benar: "{label}: {example_of(contract.as_of.format)} WIB".',
        "waktu_data",
    )
