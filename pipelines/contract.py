"""What an agency promised to deliver: one contract per source, read strictly from `contract.yml`.

A contract declares; it never computes. Unknown keys, unknown tables and fields outside their table are refused.
"""

from __future__ import annotations

import fnmatch
import hashlib
import re
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ValidationError, model_validator

from pipelines.contract_parts import (
    AsOf,
    Basis,
    Check,
    Expectation,
    FieldRule,
    FileShape,
    Hold,
    Locate,
    Part,
    Period,
)
from warehouse.nearest import nearest_hint
from warehouse.schema import metadata
from warehouse.strict_yaml import StrictDocument, YamlProblem, read_strict

__all__ = [
    "CADENCES",
    "SOURCES_DIR",
    "AsOf",
    "Basis",
    "Check",
    "Contract",
    "ContractProblem",
    "Expectation",
    "FieldRule",
    "FileShape",
    "Hold",
    "Locate",
    "Period",
    "load_contract",
    "load_contracts",
    "load_usable_contracts",
]
SOURCES_DIR = Path(__file__).parent / "sources"
FILLED_BY_LOADING = {
    "region_code",
    "opd_code",  # the sender, unless a field maps it
    "basis",
    "point_kecamatan_code",
    "place_note",
    "submission_id",
    "row_no",
    "is_sample",
}
CADENCES = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "monthly": timedelta(days=31),
    "yearly": timedelta(days=366),
}


class ContractProblem(Exception):
    """A contract or a whole delivery cannot be used; the source stops, others continue."""


class Contract(Part):
    """One source: who owes it, how it looks, where it goes."""

    source_id: str
    title: str
    provenance: str
    license: str
    senders: tuple[str, ...] | dict[str, tuple[str, ...]]
    cadence: Literal["hourly", "daily", "monthly", "yearly"]
    grace_minutes: int | None = None  # empty: no due date agreed with the sender
    file: FileShape
    target_table: str
    grain: tuple[str, ...]
    report: tuple[str, ...] = ()  # columns that name one report: a later delivery of it replaces all of its rows
    period: Period
    as_of: AsOf | None = None
    total_label: str | None = None
    fields: tuple[FieldRule, ...]
    ignore: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()  # columns that never leave the delivered file
    checks: tuple[Check, ...] = ()
    basis: Basis | None = None
    hold: Hold | None = None
    locate: Locate | None = None
    expect: Expectation = Expectation()
    sha256: str
    folder: Path  # of the contract; may hold reshape.py

    @model_validator(mode="after")
    def _agrees_with_table(self) -> Self:
        table = metadata.tables.get(self.target_table)
        if table is None:
            raise ValueError(
                f"tabel {self.target_table} tidak ada{nearest_hint(self.target_table, list(metadata.tables))}"
            )
        names = [field.name for field in self.fields]
        for name in (field.name for field in self.fields if not field.checked_only):
            if name not in table.columns:
                raise ValueError(
                    f"kolom {name} tidak ada di {self.target_table}{nearest_hint(name, list(table.c.keys()))}"
                )
        if len(set(names)) != len(names):
            raise ValueError("nama kolom ditulis dua kali di fields")
        missing = [c.name for c in table.c if not c.nullable and c.name not in {*names, *FILLED_BY_LOADING}]
        if missing:
            raise ValueError(f"kolom wajib {', '.join(missing)} milik {self.target_table} belum dipetakan")
        checked = {name for check in self.checks for name in (check.field, check.other, check.whole) if name}
        used = {*self.grain, *self.report, self.period.field, *checked, *(self.hold.fields if self.hold else ())}
        for name in sorted(used - set(names) - {"opd_code"}):  # the sender is known without a column
            raise ValueError(f"{name} dipakai di grain, report, period, checks atau hold tetapi tidak ada di fields")
        return self

    @cached_property
    def by_name(self) -> dict[str, FieldRule]:
        return {field.name: field for field in self.fields}

    @cached_property
    def headers(self) -> tuple[str, ...]:
        """Delivered columns that are read, each once, in the order of the fields: staged as c0, c1, ..."""
        return tuple(dict.fromkeys(field.from_ for field in self.fields))

    def senders_in(self, region_code: str) -> tuple[str, ...]:
        """OPD codes that owe this source in a region; empty when nobody does."""
        if isinstance(self.senders, dict):
            return self.senders.get(region_code, ())
        return self.senders

    def sender_of(self, file_name: str, region_code: str) -> str:
        """The OPD that delivered a file. Raises ContractProblem when the name does not say."""
        senders = self.senders_in(region_code)
        if not self.file.sender:
            return senders[0] if senders else ""
        match = re.search(self.file.sender, file_name)
        if match and match.group(1) in senders:
            return match.group(1)
        raise ContractProblem(
            f"Nama berkas {file_name} tidak menyebut OPD pengirim yang dikenal ({', '.join(senders)}). "
            f"Contoh nama yang benar: {self.file.pattern.replace('*', (senders or ('OPD',))[0] + '_2026-11')}."
        )

    def accepts_name(self, file_name: str) -> bool:
        return fnmatch.fnmatch(file_name.lower(), self.file.pattern.lower())


def load_contract(path: Path, source_id: str | None = None) -> Contract:
    """Read one contract. Raises ContractProblem naming the line."""
    try:
        document = read_strict(path)
    except (YamlProblem, OSError) as error:
        raise ContractProblem(str(error)) from error
    facts = {
        "source_id": source_id or path.parent.name,
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "folder": path.parent,
    }
    try:
        return Contract.model_validate({**document.content, **facts})
    except ValidationError as error:
        lines = "\n".join(_explain(dict(item), document) for item in error.errors())
        raise ContractProblem(f"Kontrak {facts['source_id']} belum dapat dipakai:\n{lines}") from error


def load_contracts(folder: Path = SOURCES_DIR) -> tuple[Contract, ...]:
    """All installed contracts, by source id. Raises ContractProblem on the first that cannot be used."""
    return tuple(load_contract(path) for path in sorted(folder.glob("*/contract.yml")))


def load_usable_contracts(folder: Path = SOURCES_DIR) -> tuple[tuple[Contract, ...], dict[str, str]]:
    """The contracts that can be used, and by source id what is wrong with each of the others."""
    contracts: list[Contract] = []
    refused: dict[str, str] = {}
    for path in sorted(folder.glob("*/contract.yml")):
        try:
            contracts.append(load_contract(path))
        except ContractProblem as error:
            refused[path.parent.name] = str(error)
    return tuple(contracts), refused


def _explain(item: dict[str, Any], document: StrictDocument) -> str:
    place = tuple(item["loc"])
    text = str(item["msg"]).removeprefix("Value error, ")
    if item["type"] == "extra_forbidden":
        text = f"kunci {place[-1]} tidak dikenal{nearest_hint(str(place[-1]), _known_keys(place))}"
    if item["type"] == "missing":
        text = f"kunci {place[-1]} wajib diisi"
    return f"- {document.where(place)}: {text}"


def _known_keys(place: tuple[str | int, ...]) -> list[str]:
    parts: dict[str | int, type[BaseModel]] = {
        "fields": FieldRule,
        "checks": Check,
        "file": FileShape,
        "expect": Expectation,
        "as_of": AsOf,
        "period": Period,
        "basis": Basis,
        "hold": Hold,
        "locate": Locate,
    }
    model = parts.get(place[0], Contract) if len(place) > 1 else Contract
    return [info.alias or name for name, info in model.model_fields.items()]
