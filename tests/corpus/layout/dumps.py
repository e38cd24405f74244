"""Numbers of SQL dumps: what the database wrote has a decimal point, what a person typed has the agreed sign."""

from __future__ import annotations

from tests.corpus.running import Case

HEAVY = """
title: Timbulan
file: {table: t}
grain: [tempat]
fields:
  - {name: tempat, from: tempat, type: text, required: true}
  - {name: ton, from: ton, type: number}
"""
MADE = "CREATE TABLE `t` (`tempat` varchar(20) NOT NULL, `ton` %s DEFAULT NULL, PRIMARY KEY (`tempat`));\n"


def dump(kind: str, rows: str) -> bytes:
    return f"{MADE % kind}INSERT INTO `t` VALUES\n{rows};\n".encode()


CASES = (
    Case(
        "numbers of three decimals, as the database writes them",
        HEAVY,
        "a.sql",
        dump("decimal(10,3)", "('Utara', 10.500),\n('Selatan', 1.250),\n('Timur', -0.125),\n('Barat', 0.000)"),
        accepted=4,
        sums={"ton": "11.625"},
    ),
    Case(
        "the same within quotes, where the column is of numbers",
        HEAVY,
        "a.sql",
        dump("double(10,3)", "('Utara', '10.500'),\n('Selatan', '1.250')"),
        accepted=2,
        sums={"ton": "11.75"},
    ),
    Case(
        "typed into a column of text",
        HEAVY,
        "a.sql",
        dump("varchar(20)", "('Utara', '10.500'),\n('Selatan', '1.250,5')"),
        accepted=2,
        sums={"ton": "11750.5"},
    ),
    Case(
        "the only table of a dump, where nothing is agreed of its form",
        HEAVY.replace("file: {table: t}", "file: {decimal: ','}"),
        "a.sql",
        dump("decimal(10,3)", "('Utara', 10.500),\n('Selatan', 1.250)"),
        accepted=2,
        sums={"ton": "11.75"},
    ),
    Case(
        "two tables of a dump, none of them agreed",
        HEAVY.replace("file: {table: t}", "file: {decimal: ','}"),
        "a.sql",
        dump("decimal(10,3)", "('Utara', 10.500)") + b"INSERT INTO u VALUES (1);\n",
        "refused",
        messages=(("berkas", None, None, "mengisi 2 tabel: t, u"),),
    ),
)
