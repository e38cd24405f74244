"""Tells what shows only in a whole judged column: contents that were emptied, percentages that look like fractions,
keys spelled in several ways.

Changes nothing: what it says are warnings.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from pipelines.contracts.contract import Contract, FieldRule
from pipelines.judging.quoting import is_native, literal, name
from pipelines.judging.staging import Staged
from pipelines.reading.indonesian import DAY_NAMES
from pipelines.reading.reshaping import Note

SHORT_FORMS = {"kecamatan": "kec", "kelurahan": "kel", "desa": "ds", "kabupaten": "kab", "puskesmas": "pkm|pusk"}
FEW_ROWS = 200_000  # of deliveries whose keys are compared with each other: people type no longer ones
WEEKDAYS = {"sen": 1, "sel": 2, "rab": 3, "kam": 4, "jum": 5, "sab": 6, "min": 7, "aha": 7}
WEEKDAYS |= {"mon": 1, "tue": 2, "wed": 3, "thu": 4, "fri": 5, "sat": 6, "sun": 7}
GROUPED = r"\d{1,3}(\.\d{3}){2,}"
CAP_END = "expires"  # as CAP calls the instant at which a warning ends


def column_notes(connection: sa.Connection, contract: Contract, deliveries: Sequence[Staged]) -> dict[int, list[Note]]:
    """By delivery; reads `checked`."""
    found: dict[int, list[Note]] = {}
    _tell_spellings(connection, contract, found)
    for field in contract.fields:
        if field.ref and field.unmatched == "empty":
            _tell_emptied(connection, field, found)
        if field.type == "percent":
            _tell_fractions(connection, field, found)
            _tell_mixed(connection, field, found)
        if field.type in ("date", "datetime"):
            _tell_weekdays(connection, field, found)
        if field.type == "code" and not (field.ref or field.codes or field.personal):
            _tell_grouped(connection, field, found)
        if field.from_ == CAP_END and field.type == "datetime":
            _tell_ended(connection, field, deliveries, found)
    return found


def _tell_emptied(connection: sa.Connection, field: FieldRule, found: dict[int, list[Note]]) -> None:
    text, value = name("t_" + field.name), name("v_" + field.name)
    rows = connection.exec_driver_sql(
        f"SELECT delivery_no, min(row_no), count(*) FROM checked WHERE {text} IS NOT NULL AND {value} IS NULL "
        "AND NOT is_rejected GROUP BY delivery_no"
    )
    for number, first, count in rows:
        said = f'{count} isi kolom "{field.from_}" tidak ada di daftar kode, jadi dikosongkan; ini yang pertama.'
        found.setdefault(number, []).append(Note("kode", said, row_no=first, header=field.from_))


def _tell_spellings(connection: sa.Connection, contract: Contract, found: dict[int, list[Note]]) -> None:
    """Keys that differ in capitals, blanks or a short form stay two: whether they are one, only the sender knows."""
    keys = [contract.by_name[column] for column in contract.grain if column in contract.by_name]
    typed = [field for field in keys if field.type in ("text", "code") and not (field.ref or field.codes)]
    if not typed:
        return
    values = ", ".join(name("v_" + field.name) for field in keys)
    words = [_loosely(name("v_" + field.name), field) if field in typed else name("v_" + field.name) for field in keys]
    rows = connection.exec_driver_sql(
        f"""WITH few AS (SELECT delivery_no FROM checked GROUP BY 1 HAVING count(*) <= {FEW_ROWS}),
        spelled AS (SELECT delivery_no, row({", ".join(words)}) AS word, min(row_no) AS row_no FROM checked
          WHERE NOT is_rejected AND delivery_no IN (FROM few) GROUP BY delivery_no, {values}),
        twins AS (SELECT delivery_no, min(row_no) AS first, max(row_no) AS later FROM spelled
          GROUP BY delivery_no, word HAVING count(*) > 1)
        SELECT delivery_no, count(*), min(later), arg_min(first, later) FROM twins GROUP BY delivery_no"""
    )
    headers = ", ".join(dict.fromkeys(field.from_ for field in keys))
    for number, count, later, first in rows:
        said = (
            f"{count} pasang baris hanya berbeda huruf besar, spasi atau singkatan di kolom kunci ({headers}): baris "
            f"{later} seperti baris {first}. Dibaca sebagai dua; bila sama, hapus salah satu."
        )
        found.setdefault(number, []).append(Note("ejaan", said, row_no=later, header=typed[0].from_))


def _loosely(value: str, field: FieldRule) -> str:
    """Without capitals and blanks; what kind of place it is in full, or not at all where the header says it."""
    spelled = f"lower({value})"
    for full, short in SHORT_FORMS.items() if field.type == "text" else ():
        kept = "" if full in field.from_.lower() else full
        spelled = f"regexp_replace({spelled}, '^({full}|{short})[. ]+', '{kept}')"
    return f"replace({spelled}, ' ', '')"


def _tell_fractions(connection: sa.Connection, field: FieldRule, found: dict[int, list[Note]]) -> None:
    """0,83 may be meant as 83 percent: said of a column that holds nothing above 1, and no sign of percent."""
    value = name("v_" + field.name)
    fraction = f"{value} > 0 AND {value} < 1"
    rows = connection.exec_driver_sql(
        f"SELECT delivery_no, min(row_no) FILTER ({fraction}) FROM checked WHERE {value} IS NOT NULL "
        f"GROUP BY delivery_no HAVING max({value}) <= 1 AND min({value}) >= 0 AND bool_or({fraction}) "
        f"AND NOT bool_or({_is_signed(field)})"
    )
    for number, first in rows:
        said = (
            f'Kolom persen "{field.from_}" tidak memuat isi di atas 1 dan dibaca apa adanya: 0,83 berarti 0,83 persen. '
            "Bila yang dimaksud 83 persen, tulis 83 atau 83%."
        )
        found.setdefault(number, []).append(Note("persen", said, row_no=first, header=field.from_))


def _is_signed(field: FieldRule) -> str:
    """Whether the cell itself says percent."""
    text = name("t_" + field.name)
    return f"{is_native(text, 'p')} OR contains({text}, '%') OR contains(lower({text}), 'persen')"


def _tell_mixed(connection: sa.Connection, field: FieldRule, found: dict[int, list[Note]]) -> None:
    """0,655 among 65,5 and 70: a hundred times less than it may be meant, and far below every other."""
    value = name("v_" + field.name)
    rows = connection.exec_driver_sql(
        f"""WITH told AS (SELECT delivery_no, row_no, {value} AS value,
            {value} > 0 AND {value} <= 1 AND NOT is_rejected AND NOT ({_is_signed(field)}) AS is_small
          FROM checked WHERE {value} IS NOT NULL),
        ends AS (SELECT delivery_no, min(value) FILTER (value > 1) AS low, max(value) AS high,
          max(value) FILTER (is_small) AS small, count(*) FILTER (value > 1) AS many FROM told GROUP BY delivery_no)
        SELECT delivery_no, min(row_no), count(*) FROM told JOIN ends USING (delivery_no)
        WHERE is_small AND many > 1 AND low >= 10 * small AND 100 * value BETWEEN low / 2 AND high * 2
        GROUP BY delivery_no"""
    )
    for number, first, count in rows:
        said = (
            f'{count} isi kolom persen "{field.from_}" paling banyak 1, padahal yang lain puluhan; ini yang pertama. '
            "Dibaca apa adanya: 0,65 berarti 0,65 persen. Bila yang dimaksud 65 persen, tulis 65 atau 65%."
        )
        found.setdefault(number, []).append(Note("persen", said, row_no=first, header=field.from_))


def _tell_weekdays(connection: sa.Connection, field: FieldRule, found: dict[int, list[Note]]) -> None:
    """A day named beside its date: one of the two is wrong where they differ."""
    text, value = f"lower({name('t_' + field.name)})", name("v_" + field.name)
    named = " ".join(f"WHEN '{word}' THEN {number}" for word, number in WEEKDAYS.items())
    rows = connection.exec_driver_sql(
        f"""SELECT delivery_no, min(row_no), count(*) FROM checked
          WHERE NOT is_plain AND {value} IS NOT NULL AND NOT is_rejected
          AND regexp_matches({text}, {literal(DAY_NAMES)})
          AND CASE substr({text}, 1, 3) {named} END <> isodow({value}) GROUP BY delivery_no"""
    )
    for number, first, count in rows:
        said = f'{count} tanggal di kolom "{field.from_}" menyebut hari yang bukan harinya; ini yang pertama. '
        found.setdefault(number, []).append(
            Note("hari", f"{said}Tanggalnya dibaca; periksa mana yang benar.", row_no=first, header=field.from_)
        )


def _tell_grouped(connection: sa.Connection, field: FieldRule, found: dict[int, list[Note]]) -> None:
    """Codes that a spreadsheet showed as amounts: 3.516.012.001."""
    text = name("t_" + field.name)
    rows = connection.exec_driver_sql(
        f"""SELECT delivery_no, min(row_no) FROM checked WHERE {text} IS NOT NULL GROUP BY delivery_no
        HAVING bool_and(regexp_full_match({text}, {literal(GROUPED)}))"""
    )
    for number, first in rows:
        said = (
            f'Semua kode di kolom "{field.from_}" tertulis seperti angka bertitik ribuan dan dibaca apa adanya. '
            "Bila titiknya bukan bagian kode, beri kolom format Teks dan tulis tanpa titik."
        )
        found.setdefault(number, []).append(Note("kode_angka", said, row_no=first, header=field.from_))


def _tell_ended(
    connection: sa.Connection, field: FieldRule, deliveries: Sequence[Staged], found: dict[int, list[Note]]
) -> None:
    """Warnings that were over when they arrived: still rows, but nothing to warn of."""
    value = name("v_" + field.name)
    for item in deliveries:
        if item.received_at is None:
            continue
        ended, rows, last = connection.exec_driver_sql(
            f"SELECT count(*) FILTER ({value} < ?), count(*), max({value}) FILTER ({value} < ?) FROM checked "
            "WHERE delivery_no = ? AND NOT is_rejected",
            (item.received_at, item.received_at, item.number),
        ).one()
        if ended:
            said = f"{ended} dari {rows} peringatan sudah berakhir saat dikirim, yang terakhir {last:%d/%m/%Y %H.%M}. "
            meant = "Barisnya dimuat, tetapi tidak berlaku lagi; kirim peringatan yang masih berlaku."
            found.setdefault(item.number, []).append(Note("usang", said + meant, row_no=None))
