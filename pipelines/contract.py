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

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from warehouse.nearest import nearest_hint
from warehouse.schema import metadata
from warehouse.strict_yaml import StrictDocument, YamlProblem, read_strict

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
FieldType = Literal["text", "code", "integer", "number", "quantity", "date", "datetime", "latitude", "longitude"]
BasisName = Literal["kumulatif", "bulanan"]


class ContractProblem(Exception):
    """A contract or a whole delivery cannot be used; the source stops, others continue."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FileShape(_Part):
    """How the file is named and written."""

    pattern: str
    sender: str | None = None  # regular expression on the file name; group 1 is the OPD code
    delimiter: str = ","
    decimal: Literal[",", "."] = ","
    table: str | None = None  # of an SQL dump: the table whose INSERT rows are the data


class FieldRule(_Part):
    """One column of the target table and the header it comes from."""

    name: str
    from_: str = Field(alias="from")
    aliases: tuple[str, ...] = ()
    type: FieldType
    required: bool = False
    format: str | None = None
    min: float | None = None
    max: float | None = None
    decimals: int | None = None
    one_of: tuple[str, ...] = ()
    ref: str | None = None
    codes: dict[str, str] = {}
    unmatched: Literal["reject", "empty"] = "reject"
    separator: str | None = None  # the cell lists several codes; stored in order of code, joined by ", "
    missing: tuple[str, ...] = ()  # further words that mean "not delivered" in this column
    checked_only: bool = False  # read for a check, not part of the target table

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.type in ("date", "datetime") and not self.format:
            raise ValueError('jenis tanggal wajib punya format, misalnya "%d/%m/%Y"')
        return self


class Check(_Part):
    """A rule over two fields, from a closed list."""

    rule: Literal["not_before", "at_most", "required_if", "same_month", "not_ahead", "led_by", "share_of"]
    field: str
    other: str
    equals: str | None = None
    whole: str | None = None  # of `share_of`: the field that `other` is a part of
    severity: Literal["ditolak", "peringatan"] = "ditolak"


class AsOf(_Part):
    """Where a delivery says from and up to which instant it is complete."""

    since: str | None = None  # regular expression on the file name, a group left out is "00"; none: the day it ends in
    file_name: str | None = None  # regular expression; its groups are joined by a blank
    label: str | None = None  # text in the letterhead, followed by the instant
    format: str
    whole_month: bool = False  # the instant names a month that is complete


class Period(_Part):
    """The field that dates a row."""

    field: str
    may_be_future: bool = False  # plans are dated ahead; such a source is as fresh as its last delivery


class Basis(_Part):
    """Whether amounts run from the start of the year or stand for one month, by sender."""

    default: BasisName
    senders: dict[str, BasisName] = {}

    def of(self, opd_code: str) -> BasisName:
        return self.senders.get(opd_code, self.default)


class Hold(_Part):
    """When a delivery that reads well is held until someone confirms it. Totals are sums over its accepted rows."""

    account: str = ""  # only rows whose account_code starts with this count
    ceiling: str | None = None  # total that may not exceed the pagu declared for its sender
    twin: tuple[str, ...] = ()  # totals that may not all equal those of another sender for the same period
    level_field: str | None = None  # total that may not shift by level_factor since the sender's last delivery
    level_factor: float = 3.0
    amount_field: str | None = None  # running amount that tells a switch between cumulative and monthly

    @property
    def fields(self) -> tuple[str, ...]:
        named = (self.ceiling, self.level_field, self.amount_field, *self.twin)
        return tuple(dict.fromkeys(field for field in named if field))


class Locate(_Part):
    """A point judged against the region's boundaries; fills point_kecamatan_code and place_note."""

    latitude: str
    longitude: str
    stated: str  # field with the kecamatan the sender states
    hint: str | None = None  # field that may name one too; asked only where `stated` names none


class Expectation(_Part):
    """Bounds that travel with the source."""

    min_rows: int = 1
    max_rows: int = 1_000_000
    max_rejected_pct: float = 100


class Contract(_Part):
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
