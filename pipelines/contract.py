"""What an agency promised to deliver: one contract per source, read strictly from `contract.yml`.

A contract declares; it never computes. Unknown keys, unknown tables and fields outside their table are refused.
"""

from __future__ import annotations

import fnmatch
import hashlib
import re
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Self

import sqlalchemy as sa
from pydantic import BaseModel, ValidationError, model_validator

from pipelines.contract_parts import (
    AsOf,
    Basis,
    Check,
    Crosstab,
    Due,
    Expectation,
    FieldRule,
    FileShape,
    Hold,
    Locate,
    Part,
    Period,
    SatuData,
)
from warehouse.nearest import nearest_hint
from warehouse.schema import metadata
from warehouse.strict_yaml import StrictDocument, YamlProblem, read_strict

__all__ = [
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


class ContractProblem(Exception):
    """A contract or a whole delivery cannot be used; the source stops, others continue."""


class Contract(Part):
    """One source: who owes it, how it looks, where it goes."""

    source_id: str
    title: str
    description: str = ""
    provenance: str = ""
    license: str = ""
    owner: str = ""  # the unit that answers for it
    satu_data: SatuData | None = None
    opd_code: str | None = None  # its only sender, in place of `senders`
    senders: tuple[str, ...] | dict[str, tuple[str, ...]] = ()
    cadence: Literal["hourly", "daily", "weekly", "monthly", "quarterly", "yearly", "irregular"] = "irregular"
    grace_minutes: int | None = None  # empty, and no `due`: no due date agreed with the sender
    due: Due | None = None
    file: FileShape = FileShape()
    target_table: str | None = None  # none: the contract only checks files
    grain: tuple[str, ...] = ()
    report: tuple[str, ...] = ()  # columns that name one report: a later delivery of it replaces all of its rows
    period: Period | None = None
    crosstab: Crosstab | None = None
    missing: tuple[str, ...] = ()  # words that mean "not delivered" in every column
    allows_nil: bool = False  # its senders may say that nothing happened in a period
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
    def _is_whole(self) -> Self:
        names = [field.name for field in self.fields]
        if len(set(names)) != len(names):
            raise ValueError("nama kolom ditulis dua kali di fields")
        if self.opd_code and self.senders:
            raise ValueError("tulis salah satu: opd_code atau senders")
        for part, used in self._names_used().items():
            for name in used:
                if name not in names and name != "opd_code":  # the sender is known without a column
                    raise ValueError(f"{name} dipakai di {part} tetapi tidak ada di fields")
        if self.hold is not None and self.period is None:
            raise ValueError("hold wajib disertai period")
        if self.target_table is not None:
            self._agree_with(self.target_table)
        elif self.locate is not None:
            raise ValueError("locate wajib disertai target_table")
        return self

    def _names_used(self) -> dict[str, tuple[str, ...]]:
        """Fields that the other parts of the contract speak of, by part."""
        return {
            "grain": self.grain,
            "report": self.report,
            "period": (self.period.field,) if self.period else (),
            "crosstab": (self.crosstab.into, self.crosstab.value) if self.crosstab else (),
            "checks": tuple(name for check in self.checks for name in check.fields),
            "expect": tuple(self.expect.totals),
            "hold": self.hold.fields if self.hold else (),
        }

    def _agree_with(self, target_table: str) -> None:
        """Raises ValueError when the table lacks a field, or needs one that is not declared."""
        table = metadata.tables.get(target_table)
        if table is None:
            raise ValueError(f"tabel {target_table} tidak ada{nearest_hint(target_table, list(metadata.tables))}")
        if self.period is None or not self.grain or not (self.opd_code or self.senders):
            raise ValueError("kontrak dengan target_table wajib punya period, grain dan opd_code atau senders")
        names = [field.name for field in self.fields]
        for name in (field.name for field in self.fields if not field.checked_only):
            if name not in table.columns:
                raise ValueError(f"kolom {name} tidak ada di {target_table}{nearest_hint(name, list(table.c.keys()))}")
        missing = [c.name for c in table.c if not c.nullable and c.name not in {*names, *FILLED_BY_LOADING}]
        if missing:
            raise ValueError(f"kolom wajib {', '.join(missing)} milik {target_table} belum dipetakan")

    @property
    def table(self) -> sa.Table | None:
        """Where accepted rows go; none: they are checked only."""
        return metadata.tables[self.target_table] if self.target_table else None

    @property
    def is_planned(self) -> bool:
        """Whether rows may be dated after their delivery."""
        return self.period is None or self.period.may_be_future

    @cached_property
    def by_name(self) -> dict[str, FieldRule]:
        return {field.name: field for field in self.fields}

    @cached_property
    def headers(self) -> tuple[str, ...]:
        """Delivered columns that are read, each once, in the order of the fields: staged as c0, c1, ..."""
        return tuple(dict.fromkeys(field.from_ for field in self.fields))

    def senders_in(self, region_code: str) -> tuple[str, ...]:
        """OPD codes that owe this source in a region; empty when nobody does."""
        if self.opd_code:
            return (self.opd_code,)
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
        "crosstab": Crosstab,
        "due": Due,
        "satu_data": SatuData,
        "basis": Basis,
        "hold": Hold,
        "locate": Locate,
    }
    model = parts.get(place[0], Contract) if len(place) > 1 else Contract
    return [info.alias or name for name, info in model.model_fields.items()]
