"""The parts a contract is written in: shape of the file, fields, checks, periods, and when a delivery is held."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

FieldType = Literal["text", "code", "integer", "number", "quantity", "date", "datetime", "latitude", "longitude"]
BasisName = Literal["kumulatif", "bulanan"]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FileShape(Part):
    """How the file is named and written."""

    pattern: str
    sender: str | None = None  # regular expression on the file name; group 1 is the OPD code
    delimiter: str = ","
    decimal: Literal[",", "."] = ","
    table: str | None = None  # of an SQL dump: the table whose INSERT rows are the data


class FieldRule(Part):
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
    free_text: bool = False  # people write sentences here: persons in it are covered, addresses too
    checked_only: bool = False  # read for a check, not part of the target table

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.type in ("date", "datetime") and not self.format:
            raise ValueError('jenis tanggal wajib punya format, misalnya "%d/%m/%Y"')
        return self


class Check(Part):
    """A rule over two fields, from a closed list."""

    rule: Literal["not_before", "at_most", "required_if", "same_month", "not_ahead", "led_by", "share_of"]
    field: str
    other: str
    equals: str | None = None
    whole: str | None = None  # of `share_of`: the field that `other` is a part of
    severity: Literal["ditolak", "peringatan"] = "ditolak"


class AsOf(Part):
    """Where a delivery says from and up to which instant it is complete."""

    since: str | None = None  # regular expression on the file name, a group left out is "00"; none: the day it ends in
    file_name: str | None = None  # regular expression; its groups are joined by a blank
    label: str | None = None  # text in the letterhead, followed by the instant
    format: str
    whole_month: bool = False  # the instant names a month that is complete


class Period(Part):
    """The field that dates a row."""

    field: str
    may_be_future: bool = False  # plans are dated ahead; such a source is as fresh as its last delivery


class Basis(Part):
    """Whether amounts run from the start of the year or stand for one month, by sender."""

    default: BasisName
    senders: dict[str, BasisName] = {}

    def of(self, opd_code: str) -> BasisName:
        return self.senders.get(opd_code, self.default)


class Hold(Part):
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


class Locate(Part):
    """A point judged against the region's boundaries; fills point_kecamatan_code and place_note."""

    latitude: str
    longitude: str
    stated: str  # field with the kecamatan the sender states
    hint: str | None = None  # field that may name one too; asked only where `stated` names none


class Expectation(Part):
    """Bounds that travel with the source."""

    min_rows: int = 1
    max_rows: int = 1_000_000
    max_rejected_pct: float = 100
