"""What is said about the rows that are no data: which were set aside, and totals that their rows do not add up to.

Changes no row: a total that does not match is reported, its rows load.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import sqlalchemy as sa

from pipelines.contracts.contract import Contract, FieldRule
from pipelines.judging.derived_rows import derived_notes
from pipelines.judging.quoting import FAULT, UNCALCULATED, literal, name
from pipelines.judging.staging import Staged
from pipelines.judging.total_notes import cell_of, total_note
from pipelines.judging.unmarked_totals import FEW, PROVEN, confirmed
from pipelines.reading.group_headings import naming_fields
from pipelines.reading.heading_words import normalise
from pipelines.reading.layout import name_rows
from pipelines.reading.reshaping import Note
from pipelines.reading.row_kinds import DATA, MEASURES, OTHER, STARTS_LIKE_TOTAL, TOTAL, spelled, summed_fields

GRAND = re.compile("(grand)?(total|jumlah|jml|jlh)(total|jumlah|keseluruhan|seluruh|seluruhnya|semua|umum|akhir)*")
Key = tuple[int, str]  # delivery, heading of a crosstab


@dataclass(frozen=True)
class Written:
    """A total row: its amounts, and how many blocks of data rows stand above it."""

    row_no: int
    label: str
    block: int
    place: str | None
    amounts: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Added:
    """The rows of data between two totals."""

    count: int
    sums: tuple[Decimal, ...]


def layout_notes(connection: sa.Connection, contract: Contract, deliveries: Sequence[Staged]) -> dict[int, list[Note]]:
    """By number of the delivery. Reads `staged`, `checked` and `set_aside`."""
    notes: dict[int, list[Note]] = {item.number: [] for item in deliveries}
    by_number = {item.number: item for item in deliveries}
    aside: dict[int, dict[str, list[int]]] = {}
    for number, row_no, kind in connection.exec_driver_sql(
        f"SELECT DISTINCT delivery_no, row_no, CASE WHEN label = {literal(PROVEN)} THEN label ELSE row_kind END "
        f"FROM staged WHERE row_kind <> '{DATA}' ORDER BY ALL"
    ):
        aside.setdefault(number, {}).setdefault(kind, []).append(row_no)
    for number, kinds in aside.items():
        notes[number].append(_set_aside(kinds))
    fields = summed_fields(contract)
    if fields and any(TOTAL in kinds for kinds in aside.values()):
        for number, note in _mismatches(connection, contract, fields, by_number):
            notes[number].append(note)
        for number, note in (*_data_below(connection), *_unread(connection, fields, by_number)):
            notes[number].append(note)
    if fields and contract.crosstab is None:
        known = confirmed(connection, contract)
        for number, note in _sums_without_a_word(connection, fields, by_number):
            notes[number] += [] if number in known else [note]
    if fields:
        for number, note in (*_sound_like_totals(connection), *derived_notes(connection, contract)):
            notes[number].append(note)
    for number, note in _names_alone(connection, contract):
        notes[number].append(note)
    return notes


def _sound_like_totals(connection: sa.Connection) -> list[tuple[int, Note]]:
    """The first or last row of data, where it alone begins like a total and its amounts do not say that it is one."""
    said = (
        "Baris {} bernama seperti baris jumlah, tetapi angkanya bukan jumlah baris lain, jadi dibaca sebagai data. "
        'Bila itu baris jumlah, tulis "JUMLAH" saja.'
    )
    begins = f"regexp_matches({spelled('label')}, '{STARTS_LIKE_TOTAL}')"
    rows = connection.exec_driver_sql(
        f"""SELECT delivery_no, min(row_no) FILTER ({begins}) AS found FROM staged
        WHERE row_kind = '{DATA}' GROUP BY 1 HAVING count(DISTINCT row_no) FILTER ({begins}) = 1
          AND found IN (min(row_no), max(row_no)) AND count(DISTINCT row_no) > {FEW - 1}"""
    )
    return [(number, Note("jumlah", said.format(row_no), row_no=None)) for number, row_no in rows]


def _names_alone(connection: sa.Connection, contract: Contract) -> list[tuple[int, Note]]:
    """Rows of data with a name and nothing else: they may be no data, or a figure was forgotten."""
    places = {header: f"s.c{place}" for place, header in enumerate(contract.headers)}
    filled = [f"(trim(coalesce({cell}, '')) <> '')::INTEGER" for cell in places.values()]
    named = " OR ".join(f"regexp_matches({places[one.from_]}, '[A-Za-z]{{3}}')" for one in naming_fields(contract))
    if not named or contract.crosstab is not None or all(one.type not in MEASURES for one in contract.fields):
        return []
    rows: dict[int, list[int]] = {}
    for number, row_no in connection.exec_driver_sql(
        f"""SELECT s.delivery_no, s.row_no FROM staged AS s JOIN judged AS j USING (delivery_no, row_no)
        WHERE s.row_kind = '{DATA}' AND {" + ".join(filled)} = 1 AND ({named}) AND NOT j.is_rejected ORDER BY ALL"""
    ):
        rows.setdefault(number, []).append(row_no)
    said = "Baris {} hanya berisi nama dan dibaca sebagai data tanpa nilai. Isi nilainya, atau hapus bila bukan data."
    return [(number, Note("hanya_nama", said.format(name_rows(alone)), row_no=None)) for number, alone in rows.items()]


def _set_aside(kinds: dict[str, list[int]]) -> Note:
    words = {
        TOTAL: "baris jumlah",
        PROVEN: "isinya jumlah baris lain",
        OTHER: 'judul ulang, judul kelompok, tabel lain, "dst.", catatan atau tanda tangan',
    }
    told = [f"baris {name_rows(rows)} ({words[kind]})" for kind, rows in kinds.items()]
    return Note("disisihkan", f"Tidak dimuat sebagai data: {'; '.join(told)}.")


def _data_below(connection: sa.Connection) -> list[tuple[int, Note]]:
    """Rows of data below the last total that has data above it: they may be no part of the table."""
    rows: dict[int, list[int]] = {}
    by_word = f"row_kind = '{TOTAL}' AND label <> {literal(PROVEN)}"
    for number, row_no in connection.exec_driver_sql(
        f"""SELECT DISTINCT s.delivery_no, s.row_no FROM staged AS s JOIN (SELECT delivery_no,
          max(row_no) FILTER ({by_word}) AS last, min(row_no) FILTER (row_kind = '{DATA}') AS first
          FROM staged GROUP BY 1) AS ends USING (delivery_no)
        WHERE s.row_kind = '{DATA}' AND s.row_no > ends.last AND ends.first < ends.last"""
    ):
        rows.setdefault(number, []).append(row_no)
    said = "Baris {} di bawah baris jumlah terakhir dibaca sebagai data. Hapus bila bukan data, atau tulis jumlahnya."
    return [(number, Note("jumlah", said.format(name_rows(below)), row_no=None)) for number, below in rows.items()]


def _unread(
    connection: sa.Connection, fields: Sequence[FieldRule], by_number: dict[int, Staged]
) -> list[tuple[int, Note]]:
    """Totals that cannot be held against their rows: the workbook holds their formula, or a fault, and no amount."""
    said = 'Baris jumlah {} di kolom "{}" {}, jadi tidak diperiksa. {}'
    kinds = {
        UNCALCULATED: ("rumus", "berisi rumus yang belum pernah dihitung", "Buka di Excel, simpan, lalu kirim lagi."),
        FAULT: ("galat", "berisi galat", "Betulkan rumusnya."),
    }
    found: list[tuple[int, Note]] = []
    for field in fields:
        cell = name("t_" + field.name)
        rows = connection.exec_driver_sql(
            f"SELECT delivery_no, row_no, min(left({cell}, 2)) FROM set_aside "
            f"WHERE left({cell}, 2) IN ({literal(UNCALCULATED)}, {literal(FAULT)}) GROUP BY ALL ORDER BY ALL"
        )
        for number, row_no, kind in rows:
            rule, what, remedy = kinds[kind]
            told = said.format(row_no, field.from_, what, remedy)
            found.append((number, Note(rule, told, cell_of(by_number[number], field, row_no))))
    return found


def _mismatches(
    connection: sa.Connection, contract: Contract, fields: Sequence[FieldRule], by_number: dict[int, Staged]
) -> list[tuple[int, Note]]:
    written = _written_totals(connection, contract, fields)
    added = _sums_by_block(connection, contract, fields)
    found = []
    for key, totals in written.items():
        blocks = added.get(key, {})
        for total in totals:
            is_grand = total is totals[-1] and _is_grand(totals)
            for place, field in enumerate(fields):
                amount = total.amounts[place]
                expected = None if amount is None else _expected(blocks, total, place, is_grand=is_grand)
                if amount is not None and expected is not None:
                    found.append(
                        (key[0], total_note(by_number[key[0]], field, total.row_no, (amount, expected), total.place))
                    )
    return found


def _heading(contract: Contract) -> str:
    return f"coalesce({name('v_' + contract.crosstab.into)}::VARCHAR, '')" if contract.crosstab else "''"


def _written_totals(
    connection: sa.Connection, contract: Contract, fields: Sequence[FieldRule]
) -> dict[Key, list[Written]]:
    amounts = ", ".join(name("v_" + field.name) for field in fields)
    rows = connection.exec_driver_sql(
        f"SELECT delivery_no, {_heading(contract)}, row_no, coalesce(label, ''), "
        "dense_rank() OVER (PARTITION BY delivery_no ORDER BY row_no), "
        f"place, {amounts} FROM set_aside JOIN (SELECT DISTINCT delivery_no, row_no, label FROM staged) "
        "USING (delivery_no, row_no) ORDER BY delivery_no, row_no"
    )
    found: dict[Key, list[Written]] = {}
    for number, heading, row_no, label, block, place, *values in rows:
        if label == PROVEN:
            continue
        said = tuple(None if value is None else Decimal(str(value)) for value in values)
        found.setdefault((number, heading), []).append(Written(row_no, normalise(label), block, place, said))
    return found


def _sums_by_block(
    connection: sa.Connection, contract: Contract, fields: Sequence[FieldRule]
) -> dict[Key, dict[int, Added]]:
    """Block 1 stands above the first total. Rows that were refused count too, where their cell could be read."""
    sums = ", ".join(f"coalesce(sum({name('v_' + field.name)}), 0)" for field in fields)
    rows = connection.exec_driver_sql(
        f"""SELECT c.delivery_no, {_heading(contract)}, coalesce(t.block, 0) + 1, count(*), {sums}
        FROM checked AS c ASOF LEFT JOIN (SELECT delivery_no, row_no, row_number() OVER (PARTITION BY delivery_no
          ORDER BY row_no) AS block FROM (SELECT DISTINCT delivery_no, row_no FROM set_aside)) AS t
          ON t.delivery_no = c.delivery_no AND c.row_no >= t.row_no
        WHERE c.delivery_no IN (SELECT delivery_no FROM set_aside) GROUP BY ALL"""
    )
    found: dict[Key, dict[int, Added]] = {}
    for number, heading, block, count, *values in rows:
        added = Added(count, tuple(Decimal(str(value)) for value in values))
        found.setdefault((number, heading), {})[block] = added
    return found


def _is_grand(totals: Sequence[Written]) -> bool:
    """Whether the last total, by a word of its own, is that of all groups."""
    label = totals[-1].label
    return len(totals) > 1 and bool(GRAND.fullmatch(label)) and label not in {other.label for other in totals[:-1]}


def _expected(blocks: dict[int, Added], total: Written, place: int, *, is_grand: bool) -> Decimal | None:
    """The sum the total should be; None when it is that of the rows since any total above it, or of all of them."""
    amount = total.amounts[place]
    if is_grand:
        whole = sum((part.sums[place] for part in blocks.values()), Decimal(0))
        return None if whole == amount else whole
    above = [blocks[block] for block in sorted(blocks, reverse=True) if block <= total.block]
    if not above:  # a total that stands above its rows
        below = [blocks[block] for block in sorted(blocks)]
        above = below
    running = Decimal(0)
    nearest: Decimal | None = None
    for part in above:
        running += part.sums[place]
        nearest = running if nearest is None else nearest
        if running == amount:
            return None
    stands_alone = total.block in blocks or not blocks
    return nearest if stands_alone and nearest is not None and total.block > 1 else running


def _sums_without_a_word(
    connection: sa.Connection, fields: Sequence[FieldRule], by_number: dict[int, Staged]
) -> list[tuple[int, Note]]:
    """The last or first row of data where it is the sum of all others: nothing says so, but it may be a total."""
    columns = [name("v_" + field.name) for field in fields]
    ends = {"di atasnya": ("max(row_no)", "arg_max_null"), "di bawahnya": ("min(row_no)", "arg_min_null")}
    asked = [f"sum({column})" for column in columns]
    for row_no, at in ends.values():
        asked += [row_no, f"{at}(is_rejected, row_no)", *(f"{at}({column}, row_no)" for column in columns)]
    found = []
    for number, count, *values in connection.exec_driver_sql(
        f"SELECT delivery_no, count(*), {', '.join(asked)} FROM checked GROUP BY 1 HAVING count(*) > 2"
    ):
        sums, width = values[: len(fields)], len(fields) + 2
        for turn, where in enumerate(ends):
            row_no, is_rejected, *amounts = values[len(fields) + turn * width :][:width]
            told = [place for place, amount in enumerate(amounts) if amount]
            is_sum = told and all(2 * amounts[place] == sums[place] for place in told)
            if is_sum and (is_rejected or count > FEW or len(told) > 1):
                found.append((number, _note_of_row(by_number[number], fields[told[0]], (row_no, where), is_rejected)))
                break
    return found


def _note_of_row(item: Staged, field: FieldRule, place: tuple[int, str], is_rejected: bool) -> Note:
    row_no, where = place
    said = f"Isi baris {row_no} sama dengan jumlah semua baris {where}, tetapi dibaca sebagai data. "
    meant = 'Bila itu baris jumlah, tulis "JUMLAH" di kolom pertamanya.'
    if is_rejected:
        said = f"Isi baris {row_no} sama dengan jumlah semua baris {where}: mungkin baris jumlah tanpa nama. "
        meant = 'Bila benar, tulis "JUMLAH" di kolom pertamanya; bila data, lengkapi barisnya.'
    return Note("jumlah", said + meant, cell_of(item, field, row_no))
