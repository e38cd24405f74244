"""Finds totals that no word tells: the row of a whole region, a group's name with its sum, a sum without a key.

A row becomes a total where its amounts are those of the rows it stands for and it is set apart from them: it lacks a
key, or is named as none of them is. Any other row stays data. Changes no amount.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from itertools import product
from operator import and_

import sqlalchemy as sa

from pipelines.contracts.contract import Contract, FieldRule
from pipelines.judging.indented_totals import STANDS_OVER, depth_of, depth_sql, over_parts, stands_over
from pipelines.judging.plain_rows import move_rows
from pipelines.judging.quoting import literal, name
from pipelines.judging.reference import alias_key
from pipelines.judging.staging import Staged
from pipelines.judging.total_lines import LACKS, REGION, Group, Line, is_sum, sum_of
from pipelines.judging.total_notes import total_note
from pipelines.reading.group_headings import NAMED
from pipelines.reading.group_signs import INDENTED, LETTER_ALONE, LETTERED, signs_of
from pipelines.reading.layout import name_rows
from pipelines.reading.reshaping import Note
from pipelines.reading.row_kinds import MEASURES, TOTAL, summed_fields
from warehouse.schema import ref_alias

PROVEN = "\x1fterbukti"  # label of such a total: it needs no check
MOST_ROWS = 20_000  # larger deliveries are exports of programs, not tables a clerk adds up
FEW = 3  # rows whose sum in one column alone may be chance
NOT_THE_SUM = (
    "Baris {} bernama daerah, tetapi angkanya bukan jumlah baris lain, jadi dibaca sebagai data. Hapus bila itu baris "
    "jumlah."
)
SUMS_UNNAMED = (
    "Baris {} masing-masing sama dengan jumlah baris-baris sesudah atau sebelumnya, tetapi dibaca sebagai data. Bila "
    'itu baris jumlah, tulis "JUMLAH" di kolom pertamanya.'
)
MANY_DIGITS, MANY_SUMS = 6, 3  # of all such sums together, before they can be no chance


def settle_unmarked(
    connection: sa.Connection, contract: Contract, deliveries: Sequence[Staged]
) -> tuple[bool, dict[int, list[Note]]]:
    """Make totals of such rows in `staged`. Whether there were any, so that all is to be judged again, and by number of
    the delivery what is told of them. Reads `checked` and `set_aside`."""
    fields = summed_fields(contract)
    by_number = {item.number: item for item in deliveries}
    is_changed, notes = False, {}
    for number, lines in _lines(connection, contract, fields).items():
        rows, wrong = totals_of(lines)
        notes[number] = [
            total_note(by_number[number], fields[place], total.row_no, (amount, expected))
            for total, members in wrong
            for (heading, place), amount in total.amounts.items()
            if amount != (expected := sum_of(members)[heading, place])
        ]
        unnamed = [] if rows else _sums_unnamed(lines)
        if unnamed and _are_proven(unnamed):
            rows = {head.row_no for head, _members in unnamed}
        elif unnamed:
            told = name_rows([head.row_no for head, _members in unnamed])
            notes[number].append(Note("jumlah", SUMS_UNNAMED.format(told), row_no=None))
        notes[number] += [Note("jumlah", NOT_THE_SUM.format(row_no), row_no=None) for row_no in _unlike(lines, rows)]
        for head, parts in [] if rows else stands_over(lines):  # with any, all is judged again
            said = STANDS_OVER.format(name_rows([part.row_no for part in parts]), head.row_no)
            notes[number].append(Note("jumlah", said, row_no=None))
        if rows:
            is_changed = True
            listed = ", ".join(map(str, sorted(rows)))
            move_rows(connection, contract, by_number[number], f"SELECT unnest([{listed}])")
            connection.exec_driver_sql(
                f"UPDATE staged SET row_kind = '{TOTAL}', label = {literal(PROVEN)} "
                f"WHERE delivery_no = {int(number)} AND row_no IN ({listed})"
            )
    return is_changed, notes


def _lines(connection: sa.Connection, contract: Contract, fields: Sequence[FieldRule]) -> dict[int, list[Line]]:
    keys = [one for one in contract.fields if one.type in NAMED and not one.personal]
    if not fields or not keys:
        return {}
    needed = [one for one in contract.fields if one.required and one.type not in MEASURES]
    lacks = " OR ".join(f"{name('t_' + one.name)} IS NULL" for one in needed) or "false"
    coded = [one.name for one in contract.fields if one.required and one.type == "code"]
    has_code = " AND ".join(f"regexp_matches({name('t_' + one)}, '[0-9]')" for one in coded) or "false"
    heading = f"{name('v_' + contract.crosstab.into)}::VARCHAR" if contract.crosstab else "''"
    depth = " + ".join(depth_sql(f"c{contract.headers.index(one.from_)}") for one in keys)
    known = ", ".join(map(str, [-1, *confirmed(connection, contract)]))
    rows = connection.exec_driver_sql(
        f"""SELECT delivery_no, row_no, concat_ws(' ', {", ".join(name("t_" + one.name) for one in keys)}),
          {lacks}, coalesce({has_code}, false), coalesce(s.label, ''), coalesce(s.depth, 0), coalesce({heading}, ''),
          {", ".join(name("v_" + one.name) for one in fields)}
        FROM checked LEFT JOIN (SELECT DISTINCT delivery_no, row_no, label, {depth} AS depth FROM staged
            WHERE label IS NOT NULL OR depth > 0) AS s
          USING (delivery_no, row_no) WHERE delivery_no IN (
          SELECT delivery_no FROM (SELECT delivery_no, count(*) AS rows FROM checked GROUP BY 1)
          WHERE rows BETWEEN 3 AND {MOST_ROWS}) AND delivery_no NOT IN ({known}) ORDER BY delivery_no, row_no"""
    ).all()
    regions = _regions(connection) if rows else frozenset()
    key_of, told_by = cache(alias_key), cache(signs_of)  # names come again in every delivery
    found: dict[int, dict[int, Line]] = {}
    for number, row_no, label, is_lacking, is_coded, before, depth, head, *values in rows:
        lines = found.setdefault(number, {})
        if row_no not in lines:
            has_letter = before not in ("", label) and LETTER_ALONE.fullmatch(before.strip()) is not None
            beside = {LACKS: is_lacking, REGION: key_of(label) in regions, LETTERED: has_letter, INDENTED: depth > 0}
            signs = told_by(label) | {sign for sign, is_there in beside.items() if is_there}
            lines[row_no] = Line(
                row_no, signs, is_coded and REGION not in signs, key_of(label), depth_of(depth, label, before)
            )
        amounts = lines[row_no].amounts
        for place, value in enumerate(values):
            if value is not None:
                amounts[head, place] = value if isinstance(value, Decimal) else Decimal(str(value))
    return {number: list(lines.values()) for number, lines in found.items()}


def _regions(connection: sa.Connection) -> frozenset[str]:
    """Spellings of regions, with and without what they are."""
    spelled = connection.execute(sa.select(ref_alias.c.alias_key).where(ref_alias.c.reference == "ref_region"))
    keys = {key for key in spelled.scalars() if key.isalpha()}
    return frozenset(keys | {re.sub("^(provinsi|kabupaten|kota)", "", key) for key in keys})


def confirmed(connection: sa.Connection, contract: Contract) -> set[int]:
    """Deliveries with a total that is the sum of all rows of data: none of these is another one."""
    if not connection.exec_driver_sql("SELECT EXISTS (FROM set_aside)").scalar():
        return set()
    heading = f"coalesce({name('v_' + contract.crosstab.into)}::VARCHAR, '')" if contract.crosstab else "''"
    fields = [name("v_" + one.name) for one in summed_fields(contract)]
    same = " AND ".join(f"(t.{one} IS NULL OR t.{one} = s.{one})" for one in fields)
    told = " OR ".join(f"t.{one} <> 0" for one in fields)
    sums = ", ".join(f"sum({one}) AS {one}" for one in fields)
    rows = connection.exec_driver_sql(
        f"""SELECT DISTINCT delivery_no FROM (SELECT t.delivery_no, t.row_no, bool_and({same}) AS is_same,
          bool_or({told}) AS is_told
          FROM (SELECT *, {heading} AS heading FROM set_aside) AS t
          JOIN (SELECT delivery_no, {heading} AS heading, {sums} FROM checked GROUP BY ALL) AS s
            USING (delivery_no, heading)
          GROUP BY ALL) WHERE is_same AND is_told"""
    )
    return {int(number) for number in rows.scalars()}


def totals_of(lines: Sequence[Line]) -> tuple[set[int], list[Group]]:
    """Row numbers of the totals, and those of them that do not add up, with the rows they stand for."""
    rows: set[int] = set()
    wrong: list[Group] = []
    while len(lines) > 2:
        found = _whole(lines)
        if not found:
            found, unequal = _groups(lines)
            wrong += unequal
        if not found:
            found = over_parts(lines)
        if not found:
            break
        rows |= found
        lines = [line for line in lines if line.row_no not in found]
    return rows, wrong


def _whole(lines: Sequence[Line]) -> set[int]:
    """The first or last row, where it is the sum of all others and set apart from them."""
    for line, others in ((lines[0], lines[1:]), (lines[-1], lines[:-1])):
        own = line.signs.difference(*(other.signs for other in others))
        theirs = others[0].signs.intersection(*(other.signs for other in others)) - line.signs
        is_strong = len(others) >= FEW or sum(amount != 0 for amount in line.amounts.values()) > 1
        is_apart = (own and (is_strong or own != {LACKS})) or (theirs and is_strong)
        if is_apart and not line.has_code and is_sum(line, others):
            return {line.row_no}
    return set()


def _unlike(lines: Sequence[Line], totals: set[int]) -> list[int]:
    """The first or last row, where it is named as a region, no other is, and it is no total."""
    named = [line.row_no for line in lines if REGION in line.signs]
    is_at_end = len(named) == 1 and named[0] in (lines[0].row_no, lines[-1].row_no)
    return named if is_at_end and not totals and len(lines) > FEW else []


def _groups(lines: Sequence[Line]) -> tuple[set[int], list[Group]]:
    """The rows that have one sign, or that alone lack it, where each is the sum of the rows up to the next of them; one
    above or below all of them aside."""
    if all(line.has_code for line in lines):
        return set(), []
    signs = sorted(frozenset().union(*(line.signs for line in lines)))
    for part in (lines, lines[1:], lines[:-1]):
        for chosen in (*({sign} for sign in signs), set(signs)):
            for order, has_it in product((part, part[::-1]), (True, False)):
                groups = _cut(order, [line.signs.isdisjoint(chosen) != has_it and not line.has_code for line in order])
                wrong = [(head, members) for head, members in groups if not is_sum(head, members)]
                right = len(groups) - len(wrong)
                if right > 1 and right >= len(wrong) and max(len(members) for _head, members in groups) > 1:
                    return {head.row_no for head, _members in groups}, wrong
    return set(), []


def _cut(lines: Sequence[Line], are_heads: Sequence[bool]) -> list[Group]:
    """Each head with the rows that follow it; empty unless all rows stand in such a group."""
    is_cut = are_heads[0] and not are_heads[-1] and not any(map(and_, are_heads, are_heads[1:]))
    if not is_cut:
        return []
    groups: list[Group] = []
    for line, is_head in zip(lines, are_heads, strict=True):
        if is_head:
            groups.append((line, []))
        else:
            groups[-1][1].append(line)
    return groups


def _sums_unnamed(lines: Sequence[Line]) -> list[Group]:
    """Rows that are each the sum of those up to the next of them, with nothing else that says so; in their order."""
    for order in (lines, lines[::-1]):
        groups: list[Group] = []
        left: defaultdict[tuple[str, int], Decimal] = defaultdict(Decimal)
        for line in order:
            if not any(left.values()):
                groups.append((line, []))
                left = defaultdict(Decimal, line.amounts)
            else:
                groups[-1][1].append(line)
                for key, amount in line.amounts.items():
                    left[key] -= amount
        if len(groups) > 1 and not any(left.values()) and len(lines) > 2 * len(groups) and _are_to_be_told(groups):
            return sorted(groups, key=lambda group: group[0].row_no)
    return []


def _are_to_be_told(groups: Sequence[Group]) -> bool:
    """Of rows with codes of their own, which stand for themselves, only what can hardly be chance."""
    digits = [sum(map(_significant, head.amounts.values())) for head, _members in groups]
    is_long = min(digits) > 1 and sum(digits) >= MANY_DIGITS
    is_coded = any(head.has_code for head, _members in groups)
    return is_long or len(groups) >= MANY_SUMS or (min(digits) > 0 and not is_coded)


def _are_proven(groups: Sequence[Group]) -> bool:
    """Whether such sums are those of groups beyond chance: in several columns, with many digits. A row whose name its
    parts repeat, or one of several with the same parts, stands for itself: "Penduduk", "Penduduk laki-laki"."""
    names = [line.label for _head, members in groups for line in members]
    is_whole = any(head.label and head.label in line.label for head, members in groups for line in members)
    if is_whole or len(set(names)) < len(names) or any(head.has_code for head, _members in groups):
        return False
    fewest = min(sum(amount != 0 for amount in head.amounts.values()) for head, _members in groups)
    digits = sum(_significant(amount) for head, _members in groups for amount in head.amounts.values())
    return fewest > 1 and digits >= MANY_DIGITS


def _significant(amount: Decimal) -> int:
    return len(f"{abs(amount):f}".replace(".", "").strip("0"))
