"""Says of a contract which cells are written so plainly that one expression reads them, and how."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from pipelines.contracts.contract import Contract, FieldRule
from pipelines.judging.instants import ISO, TOO_EARLY
from pipelines.judging.numbers import Width, integer_type, room_of
from pipelines.judging.quoting import literal, matches
from pipelines.reading.headers import HeaderMatch

SPARED = ("name", "from_", "aliases", "type", "description", "unit", "ms_var", "required", "format", "min", "max",
          "digits", "one_of", "ref", "codes", "unmatched", "not_personal")  # fmt: skip
WORDED, AMOUNTS = ("text", "code"), ("integer", "number")
SECOND = len("2026-01-31 23:59:59")
WHOLE = "-?(0|[1-9][0-9]{0,10})"
AMOUNT = WHOLE.replace("{", "{{").replace("}", "}}") + "({point}([0-9]{{1,2}}|[0-9]{{4}}))?"
LONGEST_BACK = len("12345678901.25")  # what is written back and no longer has no more digits than WHOLE


def is_open(contract: Contract, header: HeaderMatch) -> bool:
    """Whether the contract asks nothing of a row that its cells do not say one by one."""
    asks = (contract.checks, contract.corrections, contract.crosstab, contract.missing, contract.has_persons,
            contract.total_label, contract.hold, contract.report, contract.locate)  # fmt: skip
    fields = contract.fields
    return (
        not any(asks)
        and len({field.from_ for field in fields}) == len(fields)
        and set(header.headers) <= set(contract.headers)
        and any(field.type not in WORDED for field in fields)
        and all(
            field.type in (*WORDED, *AMOUNTS, "date", "datetime")
            and not (field.type not in WORDED and (field.ref or field.codes or field.one_of))
            and field.model_fields_set <= {*SPARED}
            and "%B" not in (field.format or "")
            and "%b" not in (field.format or "")
            for field in fields
        )
    )


def cells_of(contract: Contract, header: HeaderMatch) -> list[str]:
    """The delivered column of each header of the contract."""
    columns = dict(zip(header.headers, header.columns, strict=True))
    return [f"f{columns[said]}" if said in columns else "NULL::VARCHAR" for said in contract.headers]


def typed_places(contract: Contract) -> list[int]:
    return [place for place, field in enumerate(by_place(contract)) if field.type not in WORDED]


def by_place(contract: Contract) -> list[FieldRule]:
    by_header = {field.from_: field for field in contract.fields}
    return [by_header[said] for said in contract.headers]


def columns_of(contract: Contract) -> list[tuple[str, str]]:
    return [(f"v{place}", type_of(field, contract)) for place, field in enumerate(by_place(contract))]


def type_of(field: FieldRule, contract: Contract) -> str:
    match field.type:
        case "date":
            return "DATE"
        case "datetime":
            return "TIMESTAMP"
        case "integer":
            return integer_type(field, contract, Width())
        case "number":
            return Width().sql
    return "USMALLINT"


def read_sql(cell: str, field: FieldRule, contract: Contract) -> str:
    """What the cell may say; NULL where nothing can be read of it."""
    if field.format:
        return f"try_strptime({cell}, {literal(field.format)})"
    if field.type in AMOUNTS:
        text = f"replace({cell}, ',', '.')" if field.type == "number" and contract.file.decimal == "," else cell
        return f"try_cast({text} AS {type_of(field, contract)})"
    return f"try_cast({cell} AS TIMESTAMP)"


def shaped_sql(cell: str, read: str, field: FieldRule, contract: Contract) -> str:
    """Whether the cell is written in the one shape; a second without fractions, and an amount of two decimals, are
    asked of first, by writing them back: twice as quick."""
    if field.type == "integer":
        return matches(cell, WHOLE)
    if field.type == "number":
        point = r"\." if contract.file.decimal == "." else ","
        shape = matches(cell, AMOUNT.format(point=point))
        back = f"{read}::DECIMAL(18, 2)::VARCHAR"
        back = back if contract.file.decimal == "." else f"replace({back}, '.', ',')"
        return f"CASE WHEN {back} = {cell} AND length({cell}) <= {LONGEST_BACK} THEN true ELSE {shape} END"
    if field.format:
        return f"{cell} IS NOT NULL"
    return f"CASE WHEN {read}::VARCHAR = {cell} AND length({cell}) = {SECOND} THEN true ELSE {matches(cell, ISO)} END"


def is_listed_sql(cell: str, field: FieldRule) -> str:
    """A word of a closed list, spelled as it stands there: any other would raise doubt about all that share its row."""
    return f"{cell} IN ({', '.join(map(literal, field.one_of))})" if field.one_of else "true"


def is_plain_sql(cell: str, value: str, field: FieldRule, contract: Contract, received_at: datetime) -> str:
    bounds = [f"{value} IS NOT NULL"]
    if field.type in ("date", "datetime"):
        bounds.append(f"{value} > {TOO_EARLY}")
        if contract.period is not None and contract.period.field == field.name and not contract.is_planned:
            bounds.append(f"{value} <= TIMESTAMP '{received_at:%Y-%m-%d} 00:00:00'")
    else:
        room = room_of(field, contract)
        limits = ((field.min, ">="), (field.max, "<="))
        bounds += [f"{value} {sign} {Decimal(str(limit)):f}" for limit, sign in limits if limit is not None]
        bounds += [f"abs({value}) < {room}"] if room is not None else []
        if contract.period is not None and contract.period.field == field.name:
            bounds.append("false")  # a year or month as a number is held against the arrival
    judged = f"({' AND '.join(bounds)})"
    return judged if field.required else f"({cell} IS NULL OR {judged})"
