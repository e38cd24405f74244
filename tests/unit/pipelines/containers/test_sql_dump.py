"""Rows are taken from an SQL dump by reading it; whatever else the dump says has no effect."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipelines.containers.sql_dump import MAX_CHARACTERS, read_sql_dump
from pipelines.contracts.contract import ContractProblem, Expectation, load_contracts
from pipelines.reading.readers import read_delivery
from tests.unit.pipelines.loaded import load_file

CONTRACTS = {contract.source_id: contract for contract in load_contracts()}
PROJECTS = CONTRACTS["dpupr_proyek"].model_copy(update={"expect": Expectation(min_rows=0)})
COLUMNS = "(`id`, `nama_proyek`, `tahun_anggaran`, `alamat`, `latitude`, `longitude`, `status`)"
ROW = "(1, 'Jembatan', '2024', 'Kec. Pacet', -7.6, 112.5, 'Selesai')"


def rows(text, table="t"):
    return [(row.number, row.cells) for row in read_sql_dump(text, "uji.sql", table).rows]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("'a'", "a"),
        ("'Jum''at'", "Jum'at"),
        (r"'Jum\'at'", "Jum'at"),
        (r"'C:\\x'", "C:\\x"),
        ('"dua"', "dua"),
        ("'a; b, (c)'", "a; b, (c)"),
        ("'-- bukan komentar'", "-- bukan komentar"),
        ("''", ""),
        ("NULL", None),
        ("null", None),
        ("DEFAULT", None),
        ("-7.45280000", Decimal("-7.45280000")),
        ("10.500", Decimal("10.500")),
        ("'10.500'", "10.500"),
        ("0012", "0012"),
        ("TRUE", "1"),
        ("false", "0"),
        ("NOW()", "NOW()"),
        ("ST_Point(1, 2)", "ST_Point(1, 2)"),
        ("1 + 1", "1 + 1"),
        ("'dua\nbaris'", "dua\nbaris"),
        ("/* sisipan */ 5", "5"),
    ],
)
def test_a_value_becomes_text(value, cell):
    assert rows(f"INSERT INTO t (a, b) VALUES ({value}, 1);") == [(1, (cell, "1"))]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO t (a, b) VALUES (1, 2);",
        "insert into `t` (`a`, `b`) values (1, 2);",
        "INSERT INTO `db`.`t` (`a`, `b`) VALUES (1, 2);",
        'INSERT INTO "public"."t" ("a", "b") VALUES (1, 2);',
        "INSERT IGNORE INTO t (a, b) VALUES (1, 2);",
        "INSERT INTO T (a, b) VALUES (1, 2) ON DUPLICATE KEY UPDATE b = 3;",
        "CREATE TABLE IF NOT EXISTS `t` (`a` int(11) NOT NULL, `b` decimal(10,8) DEFAULT '1', PRIMARY KEY (`a`)) "
        "ENGINE=InnoDB; INSERT INTO t VALUES (1, 2);",
    ],
)
def test_ways_to_insert(statement):
    dump = read_sql_dump(statement, "uji.sql", "t")
    assert dump.columns == ("a", "b")
    assert [row.cells for row in dump.rows] == [("1", "2")]


def test_only_the_rows_of_the_table_named_count_and_nothing_runs():
    text = """DROP TABLE t; DELETE FROM t WHERE a = 1; UPDATE t SET a = 9;
CREATE TABLE t (a int, b int);
INSERT INTO users (a, b) VALUES (7, 'rahasia');
/*!40000 INSERT INTO t (a, b) VALUES (8, 8) */;
INSERT INTO t (a, b) VALUES (1, 2);
# INSERT INTO t (a, b) VALUES (9, 9);
"""
    assert rows(text) == [(5, ("1", "2"))]


def test_rows_carry_the_line_they_begin_on():
    text = "-- kepala\n\nINSERT INTO t (a, b) VALUES\n(1, 'dua\nbaris'),\n(2, 'x');\n\n"
    text += "INSERT INTO t (b, a) VALUES\n('y', 3);"
    assert rows(text) == [(4, ("1", "dua\nbaris")), (6, ("2", "x")), (9, ("3", "y"))]
    assert rows(text.replace("\n", "\r\n"))[1][0] == 6


def test_rows_that_share_a_line_are_counted_instead_and_the_sender_is_told():
    dump = read_sql_dump("\n\nINSERT INTO t (a) VALUES (1),(2);\nINSERT INTO t (a) VALUES (3);", "uji.sql", "t")
    assert [row.number for row in dump.rows] == [2, 3, 4]
    assert [rule for rule, _said in dump.notes] == ["baris"]


def test_a_row_with_too_few_values_is_named_and_the_others_load():
    dump = read_sql_dump("INSERT INTO t (a, b) VALUES\n(1, 2),\n(3),\n(4, 5, 6),\n(7, 8);", "uji.sql", "t")
    assert [row.cells for row in dump.rows] == [("1", "2"), (), (), ("7", "8")]
    assert [said for _rule, said in dump.notes] == [
        "Baris 3 memuat 1 nilai untuk 2 kolom; baris itu tidak dimuat.",
        "Baris 4 memuat 3 nilai untuk 2 kolom; baris itu tidak dimuat.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("CREATE TABLE t (a int);", "tidak memuat baris INSERT untuk tabel t"),
        ("INSERT INTO u (a) VALUES (1);", "INSERT yang ada untuk tabel: u"),
        ("INSERT INTO t (a) VALUES (1),\n", "terpotong atau rusak"),
        ("INSERT INTO t (a) VALUES (1)", "tidak diakhiri titik koma"),
        ("INSERT INTO t (a) VALUES ('jemb", "tanda petik atau komentar tidak ditutup"),
        ("INSERT INTO t (a) VALUES (1); /* catatan", "tanda petik atau komentar tidak ditutup"),
        ("INSERT INTO t (a) VALUES (1, (2);", "kurung di baris 1 tidak ditutup"),
        ("START TRANSACTION;\nINSERT INTO t (a) VALUES (1);", "tidak diakhiri COMMIT"),
        ("-- MySQL dump 10.13\nINSERT INTO t (a) VALUES (1);", 'baris penutup "-- Dump completed" tidak ada'),
        ("INSERT INTO t SELECT * FROM u;", "tidak memuat VALUES"),
        ("REPLACE INTO t (a) VALUES (1);\nINSERT INTO t (a) VALUES (2);", "dengan REPLACE"),
        ("INSERT INTO t VALUES (1);", "tidak menyebut kolomnya"),
        (f"-- {'x' * MAX_CHARACTERS}", "terlalu besar"),
    ],
)
def test_a_dump_nobody_can_trust_is_refused(text, said):
    with pytest.raises(ContractProblem) as refusal:
        read_sql_dump(text, "uji.sql", "t")
    assert said in str(refusal.value)


@pytest.mark.parametrize(
    ("head", "value", "cell"),
    [
        ("-- PostgreSQL database dump", r"'C:\new'", r"C:\new"),
        ("PRAGMA foreign_keys=OFF;", r"'akhir\'", "akhir\\"),
    ],
)
def test_other_databases_do_not_escape_with_a_backslash(head, value, cell):
    assert rows(f"{head}\nINSERT INTO t (a) VALUES ({value});")[0][1] == (cell,)


@pytest.fixture
def deliver(tmp_path):
    def load(text, encoding="utf-8", contract=PROJECTS, name="peta_proyek.sql"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return load_file(contract, path, tmp_path)

    return load


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_dump_is_a_delivery(deliver, encoding):
    loaded = deliver(f"INSERT INTO `projects` {COLUMNS} VALUES\n{ROW.replace('Jembatan', 'Café')};", encoding)
    (row,) = loaded.rows
    assert (row["row_no"], row["project_name"], row["budget_year"], row["latitude"]) == (2, "Café", 2024, -7.6)


def test_a_finding_names_line_and_column(deliver):
    broken = ROW.replace("'2024'", "'MMXXIV'").replace("(1,", "(2,")
    loaded = deliver(f"INSERT INTO projects {COLUMNS} VALUES\n{ROW},\n{broken},\n(3, 'x');")
    assert (loaded.counts.accepted, loaded.counts.rejected) == (1, 2)
    cells = {finding["cell"] for finding in loaded.findings if finding["rule"] == "angka"}
    assert cells == {"baris 3, kolom tahun_anggaran"}
    assert "Baris 4 memuat 2 nilai untuk 7 kolom; baris itu tidak dimuat." in [f["message"] for f in loaded.findings]


def test_a_dump_without_a_required_column_is_refused_at_its_line(deliver):
    with pytest.raises(ContractProblem, match=r'Kolom wajib "status" tidak ada di baris judul \(baris 2\)'):
        deliver(f"\nINSERT INTO projects {COLUMNS.replace('status', 'keadaan')} VALUES\n{ROW};")


def test_a_source_that_agreed_on_csv_refuses_sql(tmp_path):
    path = tmp_path / "ispu_2026.sql"
    path.write_text("INSERT INTO t (a) VALUES (1);", "utf-8")
    with pytest.raises(ContractProblem, match=r"berisi SQL, padahal yang disepakati ispu_\*\.csv"):
        read_delivery(path, CONTRACTS["dlh_ispu"], tmp_path)
