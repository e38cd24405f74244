"""Decides for every column of a delivery what no single cell can tell: style of numbers, order of day and month.

A column that proves both is in doubt: cells that read two ways stay unread. What was proven against the contract is
read, and told once for the column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from pipelines.contracts.contract import Contract, FieldRule
from pipelines.judging import instants, numbers
from pipelines.judging.cells import blanked_sql, cleaned_sql, is_styled
from pipelines.judging.numbers import (
    COMMA,
    COMMA_UNSURE,
    IN_OWN_UNIT,
    IN_RUPIAH,
    MIXED_MONEY,
    POINT,
    POINT_UNSURE,
    Width,
)
from pipelines.judging.quoting import is_native, matches, name
from pipelines.reading.cell_units import is_full_rupiah, is_scaled_money
from pipelines.reading.reshaping import Note

FEW_DATES = 3  # native dates, before all of them within the first twelve days of a month say something
NAMES = {",": "koma (1.234,5)", ".": "titik (1,234.5)"}


@dataclass(frozen=True)
class Styles:
    """What holds for whole columns: exact types by field, and by number of the delivery what its sender is told."""

    widths: dict[str, Width] = field(default_factory=dict)
    notes: dict[int, tuple[Note, ...]] = field(default_factory=dict)


def decide_styles(connection: sa.Connection, contract: Contract) -> Styles:
    """Make `column_styles`, `s_<field>` by delivery_no; reads `staged`."""
    styled = [item for item in contract.fields if is_styled(item)]
    rows: Sequence[sa.Row[tuple[object, ...]]] = ()
    if styled:
        rows = connection.exec_driver_sql(_survey_sql(styled, contract)).all()
    numeric = [item for item in styled if item.type in numbers.NUMERIC]
    widths = {
        item.name: numbers.width_for(
            max((getattr(row, f"whole_{item.name}") or 0 for row in rows), default=0),
            max((getattr(row, f"fraction_{item.name}") or 0 for row in rows), default=0),
        )
        for item in numeric
    }
    notes: dict[int, list[Note]] = {}
    decided: list[list[object]] = []
    for row in rows:
        bits = {item.name: int(getattr(row, f"bits_{item.name}") or 0) for item in styled}
        low = {item.name: int(getattr(row, f"low_{item.name}", 0) or 0) for item in styled}
        money = {item.name: int(getattr(row, f"money_{item.name}", 0) or 0) for item in styled}
        styles = [
            _style(item, contract, bits[item.name], low[item.name])
            + MIXED_MONEY * (money[item.name] == IN_RUPIAH | IN_OWN_UNIT)
            for item in styled
        ]
        decided.append([row.delivery_no, *styles])
        for item in styled:
            if money[item.name] == IN_RUPIAH:
                told = (row.delivery_no, IN_RUPIAH, "satuan_uang", _told_of_rupiah(item))
                notes.setdefault(row.delivery_no, []).append(_placed(connection, item, contract, told, "w_"))
            for kind, rule, said in _told(item, contract, bits[item.name], low[item.name]):
                notes.setdefault(row.delivery_no, []).append(
                    _placed(connection, item, contract, (row.delivery_no, kind, rule, said))
                )
    _keep(connection, styled, decided)
    return Styles(widths, {number: tuple(told) for number, told in notes.items()})


def _placed(
    connection: sa.Connection,
    item: FieldRule,
    contract: Contract,
    told: tuple[int, int, str, str],
    column: str = "k_",
) -> Note:
    """With the first row that shows it, and in how many cells; only where there is something to tell is it searched."""
    number, kind, rule, said = told
    _, source = _survey_parts([item], contract)
    kinds = name(column + item.name)
    first, count = connection.exec_driver_sql(
        f"SELECT min(row_no), count(*) FROM {source} WHERE delivery_no = {number} AND {kinds} = {kind}"
    ).one()
    again = f" Ada {count} sel seperti itu; ini yang pertama." if count > 1 else ""
    return Note(rule, said + again, row_no=first, header=item.from_)


def _survey_sql(styled: Sequence[FieldRule], contract: Contract) -> str:
    sums, source = _survey_parts(styled, contract)
    return f"SELECT delivery_no, {', '.join(sums)} FROM {source} GROUP BY delivery_no"


def _survey_parts(styled: Sequence[FieldRule], contract: Contract) -> tuple[list[str], str]:
    """What is asked of the columns, and of which subquery: each cell with its kind."""
    blanked, cleaned, cells, kinds, sums = [], [], [], [], []
    for item in styled:
        cell, kind = name("n_" + item.name), name("k_" + item.name)
        text = name("t_" + item.name)
        if item.format:
            staged = f"trim(c{contract.headers.index(item.from_)})"
            order = instants.contrary_kind_sql(staged, item.format)
            blanked.append(f"({order})::INTEGER AS {kind}")
            cleaned.append(kind)
            cells.append(kind)
            sums.append(f"bit_or({kind}) AS {name('bits_' + item.name)}")
            continue
        blanked.append(f"{blanked_sql(item, contract)} AS {text}")
        cleaned.append(f"{cleaned_sql(text, item, contract)} AS {text}")
        sums.append(f"bit_or({kind}) AS {name('bits_' + item.name)}")
        if item.type in numbers.NUMERIC:
            cells.append(f"{numbers.core_sql(text, item, contract)} AS {cell}")
            kinds.append(f"({numbers.kind_sql(cell, item, contract)})::INTEGER AS {kind}")
            if is_scaled_money(item):
                said = name("w_" + item.name)
                cells.append(f"({numbers.money_sql(text)})::INTEGER AS {said}")
                sums.append(f"bit_or({said}) AS {name('money_' + item.name)}")
            fraction = numbers.fraction_sql(cell, kind)
            is_number = f"{matches(cell, '-?[0-9.,]+')} OR {is_native(cell, 'np')}"
            digits = f"length(regexp_replace({cell}, '[^0-9]', '', 'g')) - {fraction}"
            whole = (
                f"CASE WHEN length({cell}) <= {numbers.FAST_DIGITS} THEN 0 WHEN {is_number} THEN {digits} ELSE 0 END"
            )
            sums.append(
                f"max({fraction}) AS {name('fraction_' + item.name)}, max({whole}) AS {name('whole_' + item.name)}"
            )
            continue
        cells.append(f"{text} AS {cell}")
        kinds.append(f"({instants.order_kind_sql(cell)})::INTEGER AS {kind}")
        sums.append(f"count(*) FILTER ({kind} = {instants.NATIVE_LOW}) AS {name('low_' + item.name)}")
    source = "(SELECT * FROM staged WHERE row_kind <> 'lain')"
    for step in (blanked, cleaned, cells, ["*", *kinds]):
        columns = ", ".join(step if step[0] == "*" else ["delivery_no", "row_no", *step])
        source = f"(SELECT {columns} FROM {source})"
    return sums, source


def _style(item: FieldRule, contract: Contract, bits: int, low: int) -> str:
    if item.type in numbers.NUMERIC:
        return _number_style(contract.file.decimal, bits)
    if item.format:
        return "" if bits else "dm" if item.format.startswith("%d") else "md"
    proven = bits & (instants.DAY_FIRST | instants.MONTH_FIRST)
    if proven == instants.MONTH_FIRST:
        return "md"
    if proven == instants.DAY_FIRST | instants.MONTH_FIRST:
        return ""
    # A program of the other order typed what it could as dates, and left the rest as text.
    return "dx" if low >= FEW_DATES and _may_be_swapped(bits) else "dm"


def _may_be_swapped(bits: int) -> bool:
    """Whether all cells typed as dates lie in the first twelve days of a month, and all left as text do not."""
    proven = bits & (instants.DAY_FIRST | instants.MONTH_FIRST)
    return proven == instants.DAY_FIRST and not bits & (instants.UNSURE | instants.NATIVE_HIGH)


def _number_style(declared: str, bits: int) -> str:
    """How cells that read two ways are read: by the contract, unless a cell of the column speaks against it."""
    other = POINT if declared == "," else COMMA
    own = COMMA if declared == "," else POINT
    both_unsure = bits & COMMA_UNSURE and bits & POINT_UNSURE
    return "" if bits & other or (both_unsure and not bits & own) else declared


def _told(item: FieldRule, contract: Contract, bits: int, low: int) -> list[tuple[int, str, str]]:
    """What its sender reads of the column: the kind of the cells, the rule, the sentence."""
    if item.type in numbers.NUMERIC:
        return _told_of_numbers(item, contract, bits)
    if item.format:
        return []
    told = []
    proven = bits & (instants.DAY_FIRST | instants.MONTH_FIRST)
    if proven == instants.MONTH_FIRST:
        said = (
            f'Kolom "{item.from_}" menulis bulan sebelum hari (12/31/2026) dan seluruhnya dibaca begitu. '
            "Tulis hari dahulu, misalnya 31/12/2026."
        )
        told.append((instants.MONTH_FIRST, "gaya_tanggal", said))
    if 0 < low < FEW_DATES and _may_be_swapped(bits):
        said = (
            f'Kolom "{item.from_}" memuat sel tanggal di antara tanggal berupa teks. Mungkin Excel menukar hari dan '
            "bulannya (01/11 menjadi 11 Januari). Periksa, dan tulis seluruh kolom dengan cara yang sama."
        )
        told.append((instants.NATIVE_LOW, "tanggal_tertukar", said))
    if bits & instants.SERIAL:
        said = (
            f'Kolom "{item.from_}" memuat nomor hari Excel seperti 46239, dibaca sebagai tanggal. '
            "Beri sel format tanggal, misalnya 05/08/2026."
        )
        told.append((instants.SERIAL, "tanggal_serial", said))
    return told


def _told_of_rupiah(item: FieldRule) -> str:
    return (
        f'Kolom "{item.from_}" seluruhnya menyebut rupiah, tetapi dibaca dalam {item.unit}, satuannya di kontrak. '
        "Periksa apakah angkanya rupiah penuh."
    )


def _told_of_numbers(item: FieldRule, contract: Contract, bits: int) -> list[tuple[int, str, str]]:
    declared = contract.file.decimal
    other = "." if declared == "," else ","
    kinds = {",": COMMA, ".": POINT}
    unsure = {",": COMMA_UNSURE, ".": POINT_UNSURE}
    if bits & kinds[other]:
        said = (
            f'Kolom "{item.from_}" memuat angka dengan tanda desimal {NAMES[other]}, padahal disepakati '
            f"{NAMES[declared]}. Yang terbukti dibaca menurut gayanya; tulis satu gaya saja."
        )
        return [(kinds[other], "gaya_angka", said)]
    if item.type != "integer" and bits & unsure[declared] and not bits & (kinds[declared] | unsure[other]):
        example = f"1{declared}234"
        said = (
            f'Kolom "{item.from_}" memuat angka seperti {example}, dibaca sebagai pecahan menurut tanda desimal yang '
            f"disepakati. Bila yang dimaksud seribu lebih, tulis 1{other}234."
        )
        return [(unsure[declared], "gaya_angka", said)]
    if is_full_rupiah(item) and bits & unsure[declared] and bits & unsure[other] and bits & kinds[declared]:
        said = (
            f'Kolom "{item.from_}" memuat 1{declared}234 di samping 1{other}234; yang pertama dibaca sebagai pecahan. '
            f"Bila yang dimaksud seribu lebih, tulis 1{other}234."
        )
        return [(unsure[declared], "gaya_angka", said)]
    return []


def _keep(connection: sa.Connection, styled: Sequence[FieldRule], decided: Sequence[Sequence[object]]) -> None:
    columns = "".join(f", {name('s_' + item.name)} VARCHAR" for item in styled)
    connection.exec_driver_sql(f"CREATE OR REPLACE TEMP TABLE column_styles (delivery_no INTEGER{columns})")
    if decided:
        rows = ", ".join(f"({', '.join('?' for _ in row)})" for row in decided)
        cells = tuple(cell for row in decided for cell in row)
        connection.exec_driver_sql(f"INSERT INTO column_styles VALUES {rows}", cells)
