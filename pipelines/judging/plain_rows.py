"""Takes rows of a large text that are written as plainly as can be past the slow judgement of every cell.

A row is taken only where the slow way would read the same and find nothing: numbers and instants in one canonical
shape and within all bounds, texts whose every different word was judged the slow way in one row that stands for the
others. All else of a delivery is judged the slow way; one doubt about a whole column, or a line that is no data, and
all of it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import sqlalchemy as sa

from pipelines.contracts.contract import Contract, FieldRule
from pipelines.judging.plain_cells import (
    AMOUNTS,
    WORDED,
    by_place,
    cells_of,
    columns_of,
    is_listed_sql,
    is_open,
    is_plain_sql,
    read_sql,
    shaped_sql,
    type_of,
    typed_places,
)
from pipelines.judging.quoting import literal, name
from pipelines.judging.text_lines import (
    Lines,
    cells_sql,
    has_lines_between,
    insert_lines,
    is_in_lines,
    lines_sql,
    shape_of,
)
from pipelines.reading.group_signs import LETTER_ALONE
from pipelines.reading.row_kinds import DATA

if TYPE_CHECKING:  # it stages what is not plain
    from pipelines.judging.staging import Staged

LARGE = 1 << 20  # bytes of a text below which the slow way is as quick
MOST_WORDS = 2000  # different texts of a column


def open_plain(connection: sa.Connection, contract: Contract) -> None:
    """Empty `plain`, the rows taken, and `plain_words`, their texts: each with the row that stands for it."""
    columns = "".join(f", {column} {kind}" for column, kind in columns_of(contract))
    connection.exec_driver_sql(f"CREATE OR REPLACE TEMP TABLE plain (delivery_no INTEGER, row_no INTEGER{columns})")
    connection.exec_driver_sql(
        "CREATE OR REPLACE TEMP TABLE plain_words "
        "(delivery_no INTEGER, place INTEGER, word_no USMALLINT, word VARCHAR, row_no INTEGER, value VARCHAR)"
    )


def stage_plain(connection: sa.Connection, contract: Contract, part: Lines) -> bool:
    """Take what is plain, stage the rest of the delivery. False: nothing was done, all of it goes the slow way."""
    if part.received_at is None or not is_open(contract, part.header) or part.text.path.stat().st_size < LARGE:
        return False
    cells = cells_of(contract, part.header)
    reads, shapes, values, plain, doubt = [], [], [], ["true"], ["false"]
    for place, field in enumerate(by_place(contract)):
        cell = cells[place]
        if field.type in WORDED:
            plain.append(is_listed_sql(cell, field))
            continue
        reads.append(f", {read_sql(cell, field, contract)} AS r{place}")
        shapes.append(f", {shaped_sql(cell, f'r{place}', field, contract)} AS s{place}")
        values.append(f", CASE WHEN s{place} THEN r{place} END::{type_of(field, contract)} AS v{place}")
        plain.append(is_plain_sql(cell, f"v{place}", field, contract, part.received_at))
        if field.type in AMOUNTS:
            doubt.append(f"CASE WHEN NOT s{place} THEN contains({cell}, '.') OR contains({cell}, ',') END")
    before = set(range(min(part.header.columns))) - set(part.header.columns)
    plain += [f"NOT coalesce(regexp_full_match(f{place}, '{LETTER_ALONE.pattern}'), false)" for place in before]
    typed = typed_places(contract)
    if not any(
        by_place(contract)[place].required for place in typed
    ):  # a line of words alone is asked of its neighbours
        plain.append(f"({' OR '.join(f'v{place} IS NOT NULL' for place in typed)})")
    try:
        connection.exec_driver_sql(
            f"""CREATE OR REPLACE TEMP TABLE arriving AS
            SELECT * EXCLUDE ({", ".join(f"r{place}, s{place}" for place in typed)}),
              coalesce({" AND ".join(plain)}, false) AS is_plain, coalesce({" OR ".join(doubt)}, false) AS is_doubt
            FROM (SELECT *{"".join(values)} FROM (SELECT *{"".join(shapes)} FROM (SELECT *{"".join(reads)}
              FROM {cells_sql(part)})))"""
        )
    except sa.exc.DBAPIError:
        return False
    try:
        return _settled(connection, contract, part)
    finally:
        connection.exec_driver_sql("DROP TABLE arriving")
        connection.exec_driver_sql("DROP TABLE IF EXISTS doubted")


def _settled(connection: sa.Connection, contract: Contract, part: Lines) -> bool:
    number = part.number
    arriving = f"(SELECT *, (rowid + {part.header.row_no + 1})::INTEGER AS row_no FROM arriving)"  # written in order
    rows, doubts = connection.exec_driver_sql("SELECT count(*), count(*) FILTER (is_doubt) FROM arriving").one()
    if doubts:
        return False
    cells = cells_of(contract, part.header)
    worded = [place for place, field in enumerate(by_place(contract)) if field.type in WORDED]
    for place in worded:
        connection.exec_driver_sql(
            "INSERT INTO plain_words SELECT ?, ?, row_number() OVER (ORDER BY word), word, row_no, NULL FROM (SELECT "
            f"{cells[place]} AS word, min(row_no) AS row_no FROM {arriving} WHERE is_plain GROUP BY 1 "
            f"LIMIT {MOST_WORDS + 1})",
            (number, place),
        )
    counted = connection.exec_driver_sql(
        "SELECT place, max(word_no) FROM plain_words WHERE delivery_no = ? GROUP BY place", (number,)
    )
    words = dict.fromkeys(worded, 0) | {place: int(count) for place, count in counted}
    if max(words.values(), default=0) <= MOST_WORDS:
        standing = f"SELECT row_no - {part.header.row_no + 1} FROM plain_words WHERE delivery_no = {int(number)}"
        connection.exec_driver_sql(f"UPDATE arriving SET is_plain = false WHERE rowid IN ({standing})")
        connection.exec_driver_sql(  # few of each thousand: where they stand, each pattern starts anew
            f"CREATE TEMP TABLE doubted AS SELECT {int(number)} AS delivery_no, * FROM {arriving} WHERE NOT is_plain"
        )
        insert_lines(connection, contract, shape_of(contract, part.header), "doubted")
        in_lines = is_in_lines(part, rows) and not has_lines_between(connection, "doubted", part.header)
        if in_lines and _is_all_data(connection, number):
            _take(connection, arriving, cells, number, words)
            return True
    for table in ("staged", "plain_words"):
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE delivery_no = ?", (number,))
    return False


def _take(
    connection: sa.Connection, arriving: str, cells: Sequence[str], number: int, words: Mapping[int, int]
) -> None:
    """In the order of the file, which a join of the words would not keep. `words`: by place, how many there are."""
    chosen = [f"v{place}" for place in range(len(cells))]
    for place, count in words.items():
        listed = f"FROM plain_words WHERE delivery_no = {int(number)} AND place = {place} AND word IS NOT NULL"
        connection.exec_driver_sql(f"DROP TYPE IF EXISTS words_{place}")
        connection.exec_driver_sql(f"CREATE TEMP TYPE words_{place} AS ENUM (SELECT word {listed} ORDER BY word_no)")
        word_no = f"enum_code(try_cast({cells[place]} AS words_{place}))::USMALLINT + 1"
        chosen[place] = f"coalesce({word_no}, {count})"  # none is the last of them
    connection.exec_driver_sql(
        f"INSERT INTO plain SELECT {int(number)}, row_no, {', '.join(chosen)} FROM {arriving} WHERE is_plain"
    )


def _is_all_data(connection: sa.Connection, number: int) -> bool:
    kinds = connection.exec_driver_sql("SELECT DISTINCT row_kind FROM staged WHERE delivery_no = ?", (number,))
    return set(kinds.scalars()) <= {DATA}


def move_doubtful(connection: sa.Connection, contract: Contract, deliveries: Sequence[Staged]) -> bool:
    """Stage what was taken too soon: rows with a text of which the row that stands for it was not read as it is
    written, and twins of a row. Reads `checked`; True: something moved, and all is to be judged again."""
    moved = False
    for item in deliveries:
        if item.delivery.text is None:
            continue
        connection.exec_driver_sql("CREATE OR REPLACE TEMP TABLE moving (row_no INTEGER)")
        for place, field in enumerate(by_place(contract)):
            if field.type in WORDED:
                _doubt_words(connection, item.number, place, field)
        _doubt_twins(connection, contract, item.number)
        moved = move_rows(connection, contract, item, "FROM moving") or moved
    return moved


def move_rows(connection: sa.Connection, contract: Contract, item: Staged, rows: str) -> bool:
    """Stage rows that were taken, of those a statement lists by number; whether there were any."""
    if item.delivery.text is None:
        return False
    taken = f"FROM plain WHERE delivery_no = {int(item.number)} AND row_no IN ({rows})"
    if not connection.exec_driver_sql(f"SELECT EXISTS ({taken})").scalar_one():
        return False
    part = Lines(item.number, item.delivery.header, item.delivery.text, item.received_at)
    of_these = f"row_no IN (SELECT row_no {taken})"
    lines = f"(SELECT {int(item.number)} AS delivery_no, * FROM {lines_sql(part)} WHERE {of_these})"
    insert_lines(connection, contract, shape_of(contract, part.header), lines)
    connection.exec_driver_sql(f"DELETE {taken}")
    return True


def _doubt_words(connection: sa.Connection, number: int, place: int, field: FieldRule) -> None:
    text, value = name("t_" + field.name), name("v_" + field.name)
    clean = f"NOT is_rejected AND len(list_filter(findings, item -> item.field = {literal(field.name)})) = 0"
    connection.exec_driver_sql(
        f"UPDATE plain_words AS w SET value = c.{value} FROM checked AS c WHERE w.delivery_no = {int(number)} "
        f"AND w.place = {place} AND c.delivery_no = w.delivery_no AND c.row_no = w.row_no"
    )
    sound = (
        f"SELECT row_no FROM checked AS c WHERE delivery_no = {int(number)} AND NOT is_plain AND {clean} "
        f"AND c.{text} IS NOT DISTINCT FROM nullif(w.word, '') AND c.row_no = w.row_no"
    )
    unsound = (
        f"SELECT word_no FROM plain_words AS w WHERE delivery_no = {int(number)} AND place = {place} "
        f"AND NOT EXISTS ({sound})"
    )
    listed = [str(word_no) for word_no in connection.exec_driver_sql(unsound).scalars()]
    if listed:
        connection.exec_driver_sql(
            f"INSERT INTO moving SELECT row_no FROM plain WHERE delivery_no = {int(number)} "
            f"AND v{place} IN ({', '.join(listed)})"
        )


def _doubt_twins(connection: sa.Connection, contract: Contract, number: int) -> None:
    """Rows of the same grain within a delivery: whether there are any is asked of hashes, which rows of the few."""
    grain = [name("v_" + column) for column in contract.grain]
    if not grain:
        return
    rows = f"FROM checked WHERE delivery_no = {int(number)} AND {' AND '.join(f'{one} IS NOT NULL' for one in grain)}"
    hashed = f"hash({', '.join(grain)})"
    if _is_rising(connection, contract, number):  # then only a row judged the slow way has a twin
        judged = f"SELECT {hashed} FROM checked WHERE delivery_no = {int(number)} AND NOT is_plain"
        rows = f"{rows} AND {hashed} IN ({judged})"
    every, different = connection.exec_driver_sql(f"SELECT count(*), count(DISTINCT {hashed}) {rows}").one()
    if every != different:
        connection.exec_driver_sql(
            f"INSERT INTO moving SELECT row_no FROM (SELECT row_no, is_plain, count(*) OVER (PARTITION BY {hashed}) "
            f"AS alike {rows}) WHERE is_plain AND alike > 1"
        )


def _is_rising(connection: sa.Connection, contract: Contract, number: int) -> bool:
    """Whether each row that was taken stands after the one before in the order of the grain, as a logger writes them:
    then no two are alike. Words go by their number, so no two may be read as the same value."""
    places = [place for place, field in enumerate(by_place(contract)) if field.name in contract.grain]
    if len(places) < len(contract.grain):
        return False
    rising = "false"
    for place in reversed(places):
        rising = f"(v{place} > before{place} OR (v{place} = before{place} AND {rising}))"
    befores = ", ".join(f"v{place}, lag(v{place}) OVER () AS before{place}" for place in places)
    query = f"""SELECT (SELECT count(DISTINCT (place, value)) = count(*) FROM plain_words
        WHERE delivery_no = ? AND place IN ({", ".join(map(str, places))}))
      AND (SELECT coalesce(bool_and(coalesce({rising}, nth = 1)), true)
        FROM (SELECT {befores}, row_number() OVER () AS nth FROM plain WHERE delivery_no = ?))"""
    return bool(connection.exec_driver_sql(query, (number, number)).scalar_one())


def has_plain(connection: sa.Connection) -> bool:
    return bool(connection.exec_driver_sql("SELECT EXISTS (FROM plain)").scalar_one())


def show_checked(connection: sa.Connection, contract: Contract) -> None:
    """Make `checked`: a view of the rows judged the slow way, in `judged`, and of those taken."""
    if not has_plain(connection):
        connection.exec_driver_sql("CREATE OR REPLACE TEMP VIEW checked AS SELECT *, false AS is_plain FROM judged")
        return
    known = {field.name: (place, field) for place, field in enumerate(by_place(contract))}
    judged = connection.exec_driver_sql("DESCRIBE judged").all()
    chosen, joins = [], []
    for place, field in known.values():
        if field.type in WORDED:
            joins.append(
                f"JOIN plain_words AS w{place} ON w{place}.delivery_no = plain.delivery_no "
                f"AND w{place}.place = {place} AND w{place}.word_no = plain.v{place}"
            )
    for column, kind, *_rest in judged:
        prefix, _, said = column.partition("_")
        made = f"NULL::{kind}"
        if column in ("delivery_no", "row_no"):
            made = f"plain.{column}"
        elif column == "findings":
            made = f"[]::{kind}"
        elif column == "is_rejected":
            made = "false"
        elif said in known and prefix in "tv":
            place, field = known[said]
            cell = f"w{place}.{'value' if prefix == 'v' else 'word'}" if field.type in WORDED else f"plain.v{place}"
            made = f"{cell}::{kind}"
        elif prefix == "v":  # what the sender says of all rows
            made = f"arrived.{name(said)}::{kind}"
        chosen.append(f"{made} AS {name(column)}")
    connection.exec_driver_sql("CREATE OR REPLACE TEMP TABLE arrived AS FROM arrivals")  # the view outlives the frame
    connection.exec_driver_sql(
        f"CREATE OR REPLACE TEMP VIEW checked AS SELECT *, false AS is_plain FROM judged UNION ALL "
        f"SELECT {', '.join(chosen)}, true AS is_plain FROM plain {' '.join(joins)} "
        "JOIN arrived ON arrived.delivery_no = plain.delivery_no"
    )
