"""Reads the rows that an SQL dump inserts into one table, as text cells; no statement is ever executed.

A fraction that the database itself wrote is a number with a decimal point, whatever sign the contract agrees.
Every other statement is passed over unread. Refuses a dump without such rows, one that is cut off, and one too large
to be the export of a single table. An expression that is not a plain value stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import sqlglot
from sqlglot.errors import TokenError
from sqlglot.tokenizer_core import Token, TokenType

from pipelines.contracts.contract import ContractProblem
from pipelines.contracts.vocabulary import Vocabulary

MAX_CHARACTERS = 8_000_000  # about 60,000 rows; tokens take fifty times the room of the text
DIALECTS = {"PostgreSQL database dump": "postgres", "PRAGMA foreign_keys": "sqlite"}  # else MySQL and MariaDB
ENDINGS = {"-- MySQL dump": "-- Dump completed", "-- MariaDB dump": "-- Dump completed"}
NOT_COLUMNS = {"PRIMARY", "KEY", "UNIQUE", "CONSTRAINT", "FOREIGN", "INDEX", "FULLTEXT", "SPATIAL", "CHECK"}
STRINGS = {
    TokenType.STRING, TokenType.NATIONAL_STRING, TokenType.BYTE_STRING, TokenType.HEREDOC_STRING,
}  # fmt: skip
MARKS = {
    TokenType.PLUS, TokenType.INTRODUCER, TokenType.DATE, TokenType.TIME, TokenType.TIMESTAMP, TokenType.TIMESTAMPTZ,
}  # fmt: skip
FRACTIONAL = {"DECIMAL", "NUMERIC", "DEC", "FIXED", "FLOAT", "DOUBLE", "REAL"}  # kinds of columns
Statement = list[Token]
Cell = str | Decimal | None
_FRACTION = re.compile(r"[-+]?\d{1,32}\.\d{1,32}")
_COMMENT = re.compile(r"/\*.*?\*/|(?:--|#)[^\n]*\n", re.DOTALL)


@dataclass(frozen=True)
class DumpRow:
    """One row of VALUES; `cells` is empty when values and columns differ in count."""

    number: int  # line in the file, or place under a row of headers when lines hold several
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Dump:
    """The rows of one table, with the columns they stand under and what their sender should know."""

    columns: tuple[str, ...]
    line: int  # where the columns are named
    rows: tuple[DumpRow, ...]
    notes: tuple[tuple[str, str], ...]


def inserted_tables(text: str, file_name: str) -> set[str]:
    if len(text) > MAX_CHARACTERS:
        return set()
    return {_table_of(one)[0] for one in _statements(text, file_name) if _is_insert(one)}


def read_sql_dump(text: str, file_name: str, table: str) -> Dump:
    """Rows inserted into `table`. Raises ContractProblem with what to mend."""
    if len(text) > MAX_CHARACTERS:
        raise ContractProblem(
            f"Berkas {file_name} terlalu besar ({len(text) // 1_000_000} MB). "
            f"Ekspor tabel {table} saja, lalu kirim lagi."
        )
    statements = _statements(text, file_name)
    inserts = [one for one in statements if _is_insert(one) and _table_of(one)[0] == table.lower()]
    replaced = [one for one in statements if one[0].text.upper() == "REPLACE" and table.lower() in one[-1].text.lower()]
    if replaced:
        raise ContractProblem(
            f"Berkas {file_name} mengisi tabel {table} dengan REPLACE. Ekspor ulang sebagai INSERT, lalu kirim lagi."
        )
    if not inserts:
        raise ContractProblem(_no_rows(statements, file_name, table))
    columns: list[str] = []
    line = 0
    rows: list[tuple[int, dict[str, Cell]]] = []
    faults: list[tuple[int, int, int]] = []
    fractional = _fractional(statements, table)
    for statement in inserts:
        names, named_on, start = _columns_of(statement, statements, file_name, table)
        columns += [name for name in names if name not in columns]
        line = line or named_on
        for opened, values in _tuples(statement[start:], file_name):
            fits = len(values) == len(names)
            read = zip(names, values, strict=True) if fits else ()
            cells = [_cell(value, text, name.lower() in fractional) for name, value in read]
            rows.append((opened, dict(zip(names, cells, strict=True)) if fits else {}))
            if not fits:
                faults.append((len(rows), len(values), len(names)))
    return _numbered(columns, line, rows, faults)


def _numbered(
    columns: Sequence[str],
    line: int,
    rows: Sequence[tuple[int, dict[str, Cell]]],
    faults: Sequence[tuple[int, int, int]],
) -> Dump:
    lines = [opened for opened, _cells in rows]
    shared = len(set(lines)) < len(lines)
    numbers = list(range(2, len(rows) + 2)) if shared else lines
    notes = []
    if shared:
        notes.append(
            ("baris", "Satu baris berkas memuat beberapa baris data; data pertama disebut baris 2, berikutnya baris 3.")
        )
    for place, given, wanted in faults:
        said = f"Baris {numbers[place - 1]} memuat {given} nilai untuk {wanted} kolom; baris itu tidak dimuat."
        notes.append(("nilai", said))
    filled = tuple(
        DumpRow(number, tuple(cells.get(name) for name in columns) if cells else ())
        for number, (_line, cells) in zip(numbers, rows, strict=True)
    )
    return Dump(tuple(columns), line, filled, tuple(notes))


def _statements(text: str, file_name: str) -> list[Statement]:
    head = text[:4096]
    dialect = next((name for mark, name in DIALECTS.items() if mark in head), "mysql")
    try:
        tokens = sqlglot.tokenize(text, read=dialect)
    except TokenError as error:
        raise ContractProblem(_cut_off(file_name, "tanda petik atau komentar tidak ditutup")) from error
    statements: list[Statement] = []
    current: Statement = []
    for token in tokens:
        if token.token_type == TokenType.SEMICOLON:
            statements += [current] if current else []
            current = []
        else:
            current.append(token)
    if current and _is_insert(current):
        raise ContractProblem(_cut_off(file_name, f"INSERT di baris {current[0].line} tidak diakhiri titik koma"))
    opened = sum(_opens_transaction(one) for one in statements)
    if opened and not any(one[0].text.upper() in ("COMMIT", "ROLLBACK", "END") for one in statements):
        raise ContractProblem(_cut_off(file_name, "START TRANSACTION tidak diakhiri COMMIT"))
    for beginning, ending in ENDINGS.items():
        if head.startswith(beginning) and ending not in text:
            raise ContractProblem(_cut_off(file_name, f'baris penutup "{ending}" tidak ada'))
    return statements


def _is_insert(statement: Statement) -> bool:
    """REPLACE, whose rows the tokenizer does not open, is refused where it names the table."""
    return statement[0].token_type == TokenType.INSERT


def _opens_transaction(statement: Statement) -> bool:
    return [token.text.upper() for token in statement[:2]] in (["START", "TRANSACTION"], ["BEGIN", "TRANSACTION"])


def _cut_off(file_name: str, why: str) -> str:
    return f"Berkas {file_name} terpotong atau rusak: {why}. Ekspor ulang, lalu kirim lagi."


def _no_rows(statements: Sequence[Statement], file_name: str, table: str) -> str:
    words = Vocabulary()
    others = sorted({words.name_told(_table_of(one)[0]) for one in statements if _is_insert(one)} - {""})
    present = f" INSERT yang ada untuk tabel: {', '.join(others[:10])}." if others else ""
    return (
        f"Berkas {file_name} tidak memuat baris INSERT untuk tabel {table}.{present} "
        f"Ekspor tabel {table} beserta datanya dalam bentuk SQL, lalu kirim lagi."
    )


def _table_of(statement: Statement) -> tuple[str, int]:
    """Name of the table a statement inserts into or creates, lower case, and the position after it."""
    keywords = [token.text.upper() for token in statement[:8]]
    start = next((keywords.index(word) + 1 for word in ("INTO", "TABLE") if word in keywords), 1)
    if keywords[start : start + 3] == ["IF", "NOT", "EXISTS"]:
        start += 3
    while start < len(statement) - 1 and statement[start].token_type == TokenType.IGNORE:
        start += 1
    while start + 2 < len(statement) and statement[start + 1].token_type == TokenType.DOT:
        start += 2
    return (statement[start].text.lower(), start + 1) if start < len(statement) else ("", start)


def _columns_of(
    statement: Statement, statements: Sequence[Statement], file_name: str, table: str
) -> tuple[list[str], int, int]:
    """Columns of an INSERT, the line that names them, and where its VALUES begin."""
    _name, start = _table_of(statement)
    begins = next(
        (i for i, token in enumerate(statement) if i >= start and token.text.upper() in ("VALUES", "VALUE")), 0
    )
    if not begins:
        raise ContractProblem(
            f"INSERT di baris {statement[0].line} berkas {file_name} tidak memuat VALUES. "
            "Ekspor ulang sebagai INSERT dengan nilainya, lalu kirim lagi."
        )
    if begins > start:
        listed = [token for token in statement[start + 1 : begins - 1] if token.token_type != TokenType.COMMA]
        return [token.text for token in listed], statement[start].line, begins + 1
    for one, declared in _declared(statements, table):
        return [part[0].text for part in declared], one[0].line, begins + 1
    raise ContractProblem(
        f"INSERT di baris {statement[0].line} berkas {file_name} tidak menyebut kolomnya dan CREATE TABLE {table} "
        "tidak ada. Ekspor ulang dengan nama kolom (complete inserts), lalu kirim lagi."
    )


def _declared(statements: Sequence[Statement], table: str) -> Iterator[tuple[Statement, list[Statement]]]:
    """Each statement that creates the table, with its columns."""
    for one in statements:
        if one[0].text.upper() == "CREATE" and _table_of(one)[0] == table.lower():
            yield one, [part for part in _parts(one[_table_of(one)[1] + 1 : -1]) if _is_column(part)]


def _fractional(statements: Sequence[Statement], table: str) -> set[str]:
    """Columns of numbers with decimals, which some programs export within quotes."""
    columns = [part for _one, declared in _declared(statements, table) for part in declared if len(part) > 1]
    return {part[0].text.lower() for part in columns if part[1].text.upper().split()[0] in FRACTIONAL}


def _is_column(part: Statement) -> bool:
    return bool(part) and (
        part[0].token_type == TokenType.IDENTIFIER or part[0].text.upper().split()[0] not in NOT_COLUMNS
    )


def _tuples(tokens: Statement, file_name: str) -> Iterator[tuple[int, list[Statement]]]:
    """Each parenthesised row behind VALUES with its line; what follows the rows is passed over."""
    position = 0
    while position < len(tokens) and tokens[position].token_type == TokenType.L_PAREN:
        depth, end = 0, position
        for end in range(position, len(tokens)):
            depth += _step(tokens[end])
            if depth == 0:
                break
        if depth:
            raise ContractProblem(_cut_off(file_name, f"kurung di baris {tokens[position].line} tidak ditutup"))
        yield tokens[position].line, list(_parts(tokens[position + 1 : end]))
        position = end + 1
        if position < len(tokens) and tokens[position].token_type == TokenType.COMMA:
            position += 1


def _parts(tokens: Sequence[Token]) -> Iterator[Statement]:
    """What stands between the commas, outside inner parentheses, up to a parenthesis that closes the whole."""
    part: Statement = []
    depth = 0
    for token in tokens:
        depth += _step(token)
        if depth < 0:
            break
        if token.token_type == TokenType.COMMA and depth == 0:
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _step(token: Token) -> int:
    return {TokenType.L_PAREN: 1, TokenType.R_PAREN: -1}.get(token.token_type, 0)


def _cell(value: Statement, text: str, is_fractional: bool) -> Cell:
    plain = _unmarked(value)
    kinds = [token.token_type for token in plain]
    if not plain or kinds in ([TokenType.NULL], [TokenType.DEFAULT]):
        return None
    if set(kinds) <= STRINGS:  # side by side they are one
        return _number("".join(token.text for token in plain), is_fractional)
    if kinds in ([TokenType.NUMBER], [TokenType.DASH, TokenType.NUMBER]):
        return _number("-" * (len(kinds) - 1) + plain[-1].text, True)
    if kinds in ([TokenType.TRUE], [TokenType.FALSE]):
        return "1" if kinds == [TokenType.TRUE] else "0"
    if kinds == [TokenType.BIT_STRING]:
        return str(int(plain[0].text, 2))
    hidden = _spelled_in_bytes(plain[0].text) if kinds == [TokenType.HEX_STRING] else None
    return hidden or _COMMENT.sub(" ", text[value[0].start : value[-1].end + 1])


def _number(written: str, is_number: bool) -> Cell:
    """A whole number stays as it is written: it may be a code, and reads one way only."""
    return Decimal(written) if is_number and _FRACTION.fullmatch(written) else written


def _unmarked(value: Statement) -> Statement:
    """Without what says of which kind a value is: a sign of plus, a character set, a type before or behind it."""
    cast = next((place for place, token in enumerate(value) if token.token_type == TokenType.DCOLON), len(value))
    bare = value[:cast]
    return bare[1:] if len(bare) > 1 and bare[0].token_type in MARKS else bare


def _spelled_in_bytes(digits: str) -> str | None:
    """The text that an export wrote in hexadecimal digits, as those of binary columns; None where it is none."""
    try:
        told = bytes.fromhex(digits).decode("utf-8")
    except ValueError:
        return None
    return told if told.isprintable() else None
