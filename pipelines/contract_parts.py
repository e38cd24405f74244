"""The parts a contract is written in: shape of the file, fields, checks, periods, and when a delivery is held."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

FieldType = Literal[
    "text", "code", "integer", "number", "percent", "quantity", "date", "datetime", "month", "time", "boolean",
    "latitude", "longitude",
]  # fmt: skip
BasisName = Literal["kumulatif", "bulanan"]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FileShape(Part):
    """How the file is named and written. What is left out is found in the file itself."""

    pattern: str = "*"
    sender: str | None = None  # regular expression on the file name; group 1 is the OPD code
    delimiter: Literal[",", ";", "\t", "|"] | None = None  # declared: another one is read too, with a warning
    decimal: Literal[",", "."] = ","
    sheet: str | None = None  # name of the sheet, or a pattern such as "Data*"; none: the first that holds the table
    header_row: int | None = None  # row of the (last) header line; none: found by its words
    member: str | None = None  # pattern of the file inside a ZIP
    records: str | None = None  # where the rows are: "result.records" of JSON, "item" of XML
    table: str | None = None  # of an SQL dump: the table whose INSERT rows are the data


class Crosstab(Part):
    """Values that stand side by side under headings of one kind: months, years, kinds."""

    columns: Literal["months"] | tuple[str, ...]  # headings as written, or the months in any spelling
    into: str  # field that receives the heading
    value: str  # field that receives the cell


class FieldRule(Part):
    """One column of the target table and the header it comes from."""

    name: str
    from_: str = Field(alias="from")
    aliases: tuple[str, ...] = ()
    type: FieldType
    description: str | None = None
    unit: str | None = None
    ms_var: str | None = None  # Satu Data: number of its MS-Var record
    required: bool = False
    format: str | None = None  # of dates; none: the usual spellings, one order of day and month for the whole column
    min: float | None = None
    max: float | None = None
    decimals: int | None = None
    one_of: tuple[str, ...] = ()
    ref: str | None = None
    codes: dict[str, str] = {}
    unmatched: Literal["reject", "empty"] = "reject"
    separator: str | None = None  # the cell lists several codes; stored in order of code, joined by ", "
    missing: tuple[str, ...] = ()  # further words that mean "not delivered" in this column
    zero: tuple[str, ...] = ("nihil",)  # of numbers: words that mean zero; those in `missing` do not
    fill_down: bool = False  # an empty cell repeats the one above: keys written once for a group of rows
    personal: bool = False  # goes to the restricted store only, is never shown, listed or exported
    free_text: bool = False  # people write sentences here: persons in it are covered, addresses too
    checked_only: bool = False  # read for a check, not part of the target table


class Check(Part):
    """A rule over fields of one row, from a closed list."""

    rule: Literal[
        "not_before", "at_most", "required_if", "same_month", "not_ahead", "led_by", "share_of", "sum_equals"
    ]  # fmt: skip
    field: str
    other: str = ""
    parts: tuple[str, ...] = ()  # of `sum_equals`: the fields that add up to `field`
    tolerance: Decimal = Decimal(0)  # of `sum_equals`
    equals: str | None = None
    whole: str | None = None  # of `share_of`: the field that `other` is a part of
    severity: Literal["ditolak", "peringatan"] = "ditolak"

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.rule == "sum_equals" and len(self.parts) < 1:
            raise ValueError("aturan sum_equals wajib punya parts, misalnya [laki_laki, perempuan]")
        if self.rule != "sum_equals" and not self.other:
            raise ValueError(f"aturan {self.rule} wajib punya other")
        return self

    @property
    def fields(self) -> tuple[str, ...]:
        named = (self.field, self.other, self.whole, *self.parts)
        return tuple(dict.fromkeys(name for name in named if name))


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


class Bounds(Part):
    """Bounds of a total over the accepted rows of one delivery."""

    min: Decimal | None = None
    max: Decimal | None = None


class Expectation(Part):
    """Bounds that travel with the source: fewer rows are refused, more are told; totals outside are held."""

    min_rows: int = 1
    max_rows: int = 1_000_000
    max_rejected_pct: float = 100
    max_age_days: int | None = None  # between the last period and the day of delivery; older is told
    totals: dict[str, Bounds] = {}  # by field: outside, the delivery is held


class Due(Part):
    """When a delivery is late: so long after the period it describes has ended."""

    days: int = 0
    working_days: int = 0  # Monday to Friday without Indonesian public holidays, counted before `days`


class SatuData(Part):
    """Metadata of a statistical activity under Perpres 39/2019."""

    ms_keg: str | None = None  # number of its MS-Keg record
    activity: str | None = None
    method: str | None = None
