"""Rows of a real PostgreSQL and a real MariaDB: read only, exact, in parts, and refused when their shape changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
import sqlalchemy as sa

from pipelines.building.build import run
from pipelines.contracts.contract import SOURCES_DIR
from tests.ports import own_port
from tests.server.database_servers import (
    PASSWORD,
    DatabaseServer,
    mariadb_server,
    postgresql_server,
    write_certificate,
)
from tests.unit.pipelines.connectors.office import NOW, Office
from warehouse.engine import open_release
from warehouse.releases import current_release
from warehouse.schema import core_air_quality

CONTRACT = """\
title: Kunjungan harian
file: {pattern: "kunjungan_*.csv", delimiter: ";", decimal: ","}
grain: [id]
fields:
  - {name: id, from: Nomor, type: integer, required: true}
  - {name: day, from: Tanggal, type: date, required: true, format: "%d/%m/%Y"}
  - {name: place, from: Puskesmas, type: text}
  - {name: cost, from: Biaya, type: number}
  - {name: changed, from: Diubah, type: datetime, format: "%Y-%m-%d %H:%M:%S"}
"""
COLUMNS = """\
columns:
  - {name: id, header: Nomor, type: integer}
  - {name: tgl, header: Tanggal, type: date}
  - {name: faskes, header: Puskesmas, type: text}
  - {name: biaya, header: Biaya, type: number}
  - {name: diubah, header: Diubah, type: datetime}
"""
FIRST, SECOND, THIRD = "2026-11-20 08:00:00", "2026-11-20 09:00:00", "2026-11-20 10:00:00"


@pytest.fixture(scope="session", params=["postgresql", "mariadb"])
def running(request: pytest.FixtureRequest) -> Iterator[DatabaseServer]:
    with postgresql_server() if request.param == "postgresql" else mariadb_server() as server:
        yield server


@pytest.fixture
def server(running):
    """With an empty table that the account of Pendopo may even write to."""
    instant = "timestamptz" if running.system == "postgresql" else "timestamp NULL"
    drop = "DROP TABLE IF EXISTS kunjungan"
    running.run(
        drop if running.system == "postgresql" else "USE simrs",
        "SET TIME ZONE 'Asia/Jakarta'" if running.system == "postgresql" else drop,
        "CREATE TABLE kunjungan (id bigint, tgl date, faskes varchar(60), biaya numeric(18, 3), "
        f"diubah {instant} DEFAULT NULL)",
        *(["GRANT ALL ON kunjungan TO pendopo"] if running.system == "postgresql" else []),
    )
    return running


def declared(server, more="", columns=COLUMNS, user="pendopo", source="table: kunjungan"):
    database = "postgres" if server.system == "postgresql" else "simrs"
    return (
        f"kind: sql\nsystem: {server.system}\nhost: 127.0.0.1\nport: {server.port}\ndatabase: {database}\n"
        f"user: {user}\npassword_env: DINKES_DB_PASSWORD\n{source}\nattempts: 1\n{columns}{more}"
    )


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path, None, allowed=("127.0.0.1",), environ={"DINKES_DB_PASSWORD": PASSWORD})


def insert(server, *rows):
    zone = "SET TIME ZONE 'Asia/Jakarta'" if server.system == "postgresql" else "SET time_zone = '+07:00'"
    use = [] if server.system == "postgresql" else ["USE simrs"]
    server.run(*use, zone, *(f"INSERT INTO kunjungan VALUES ({row})" for row in rows))


def visit(number, changed=FIRST):
    return f"{number}, '2026-11-20', 'Trawas', 1.5, " + (f"'{changed}'" if changed else "NULL")


def numbers(office):
    """What the first column says, file by file; takes the inbox."""
    return [[row[0] for row in list(csv.reader(io.StringIO(text.decode()), delimiter=";"))[1:]] for text in
            office.take_inbox().values()]  # fmt: skip


def test_rows_are_written_as_the_contract_reads_them(server, office):
    insert(
        server,
        f"1, '2026-02-01', 'Sooko; \"A\" é', 12345678901.125, '{FIRST}'",
        "2, '2026-02-02', NULL, NULL, NULL",
        f"3, '2026-02-03', '', 0.100, '{SECOND}'",
    )
    office.connect(declared(server), CONTRACT)
    done = office.fetch()
    assert (done.outcome, done.message, done.files) == ("diambil", "3 baris.", ("kunjungan_2026-11-21_160800.csv",))
    assert office.inbox["kunjungan_2026-11-21_160800.csv"].decode().splitlines() == [
        "Nomor;Tanggal;Puskesmas;Biaya;Diubah",
        '1;01/02/2026;"Sooko; ""A"" é";12345678901,1250;2026-11-20 08:00:00',
        "2;02/02/2026;;;",
        "3;03/02/2026;;0,1000;2026-11-20 09:00:00",
    ]
    office.take_inbox()
    assert office.fetch().outcome == "tidak berubah"
    assert office.inbox == {}


def test_only_what_is_new_or_at_the_edge_comes_again(server, office):
    office.connect(declared(server, "watermark: diubah\n"), CONTRACT)
    insert(server, visit(1), visit(2, SECOND))
    office.fetch(NOW)
    assert numbers(office) == [["1", "2"]]
    insert(server, visit(3, SECOND), visit(4, THIRD), visit(5, None))
    assert office.fetch(NOW + timedelta(hours=1)).files == ("kunjungan_2026-11-21_170800.csv",)
    assert numbers(office) == [["5", "2", "3", "4"]]
    server.run("DELETE FROM " + ("kunjungan" if server.system == "postgresql" else "simrs.kunjungan") + " WHERE id = 5")
    office.fetch(NOW + timedelta(hours=2))
    assert numbers(office) == [["4"]]
    assert office.fetch(NOW + timedelta(hours=3)).outcome == "tidak berubah"


def test_rows_that_are_committed_late_are_read_by_the_overlap(server, office):
    office.connect(declared(server, "watermark: diubah\noverlap_minutes: 90\n"), CONTRACT)
    insert(server, visit(1), visit(2, THIRD))
    office.fetch(NOW)
    insert(server, visit(3, SECOND))
    office.take_inbox()
    office.fetch(NOW + timedelta(hours=1))
    assert numbers(office) == [["3", "2"]]


def test_an_integer_watermark_goes_on_after_a_failure(server, office):
    office.connect(declared(server, "watermark: id\n"), CONTRACT)
    insert(server, visit(1), visit(2))
    office.fetch(NOW)
    office.take_inbox()
    insert(server, visit(3))
    office.environ = {"DINKES_DB_PASSWORD": "salah"}
    assert office.fetch(NOW).outcome == "gagal"
    office.environ = {"DINKES_DB_PASSWORD": PASSWORD}
    office.fetch(NOW)
    assert numbers(office) == [["2", "3"]]


def test_a_large_table_comes_in_parts(server, office):
    office.connect(declared(server, "watermark: id\nmax_rows: 3\nbatch_rows: 2\n"), CONTRACT)
    insert(server, *map(visit, range(1, 7)))
    messages = [office.fetch(NOW + timedelta(minutes=minute)).message for minute in range(4)]
    assert numbers(office) == [["1", "2", "3"], ["3", "4", "5"], ["5", "6"], ["6"]]
    assert messages == ["3 baris. Sisanya pada pengambilan berikutnya."] * 2 + ["2 baris.", "1 baris."]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("max_rows: 3\n", "Lebih dari 3 baris atau 50 MB. Pakai watermark"),
        ("max_rows: 3\nwatermark: tgl\n", "punya tgl yang sama"),
        ("max_rows: 3\nwatermark: diubah\n", "punya diubah yang sama"),
    ],
)
def test_a_part_is_never_stored_as_the_whole(server, office, more, said):
    office.connect(declared(server, more), CONTRACT)
    insert(server, visit(1), visit(2), visit(3), visit(4))
    if "watermark" in more:  # one part can come, after it nothing moves on
        office.fetch(NOW)
        office.take_inbox()
    assert said in office.fetch(NOW).message
    assert office.inbox == {}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("RENAME COLUMN faskes TO nama_faskes", "Kolom faskes tidak ada lagi di kunjungan; maksudnya 'nama_faskes'?"),
        ("DROP COLUMN faskes", "Kolom faskes tidak ada lagi di kunjungan. Kolom yang belum disebut: tidak ada."),
        ("ADD COLUMN catatan int", ""),
    ],
)
def test_a_changed_column_is_refused_by_name(server, office, change, said):
    insert(server, visit(1))
    table = "kunjungan" if server.system == "postgresql" else "simrs.kunjungan"
    server.run(f"ALTER TABLE {table} {change}")
    office.connect(declared(server), CONTRACT)
    done = office.fetch()
    assert (done.outcome == "diambil") if not said else (said in done.message)


def test_a_column_of_another_type_is_refused_by_name(server, office):
    insert(server, visit(1))
    if server.system == "postgresql":
        server.run("ALTER TABLE kunjungan ALTER COLUMN tgl TYPE text")
    else:
        server.run("ALTER TABLE simrs.kunjungan MODIFY tgl varchar(20)")
    office.connect(declared(server), CONTRACT)
    assert "Kolom tgl kini berisi teks, padahal disepakati tanggal" in office.fetch().message
    assert office.inbox == {}


WRITING = {
    "postgresql": "CREATE OR REPLACE FUNCTION tulis() RETURNS bigint LANGUAGE sql VOLATILE AS "
    "$$ INSERT INTO kunjungan (id) VALUES (99) RETURNING id $$",
    "mariadb": "CREATE OR REPLACE FUNCTION simrs.tulis() RETURNS bigint MODIFIES SQL DATA "
    "BEGIN INSERT INTO simrs.kunjungan (id) VALUES (99); RETURN 99; END",
}
ONE = "columns:\n  - {name: id, header: Nomor, type: integer}\n  - {name: tgl, header: Tanggal, type: date}\n"


def test_nothing_can_be_written_though_the_account_may(server, office):
    server.run(WRITING[server.system])
    query = "query: SELECT tulis() AS id, CURRENT_DATE AS tgl"
    office.connect(declared(server, columns=ONE, source=query), CONTRACT)
    assert "diminta menulis" in office.fetch().message
    assert (
        server.value("SELECT count(*) FROM " + ("" if server.system == "postgresql" else "simrs.") + "kunjungan") == 0
    )


def test_a_statement_that_takes_too_long_is_stopped(server, office):
    slow = "length(pg_sleep(30)::text)" if server.system == "postgresql" else "sleep(30)"
    insert(server, visit(1))
    query = f"query: SELECT id + {slow} AS id, tgl FROM kunjungan"
    office.connect(declared(server, "timeouts: {total: 1}\n", columns=ONE, source=query), CONTRACT)
    assert "belum selesai dalam 1 detik" in office.fetch().message


@pytest.mark.parametrize(
    "query", ["SELECT id, tgl FROM kunjungan WHERE faskes LIKE 'Tra%'", "SELECT 7 AS id, tgl FROM kunjungan"]
)
def test_a_query_is_asked_as_written(server, office, query):
    insert(server, visit(7), f"8, '2026-11-20', 'Sooko', NULL, '{FIRST}'" if "WHERE" in query else visit(8))
    office.connect(declared(server, columns=ONE, source=f'query: "{query}"'), CONTRACT)
    office.fetch()
    assert set(numbers(office)[0]) == {"7"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("user: pendopo", "user: orang_lain"), "menolak akun orang_lain"),
        (lambda text: text.replace("table: kunjungan", "table: kunjungn"), "tidak punya tabel"),
        (lambda text: text.replace("table: kunjungan", "query: SELECT x FROM kunjungan"), "tidak punya kolom"),
        (lambda text: text.replace("table: kunjungan", "query: SELEKT 1"), "tidak mengerti query"),
        (lambda text: text.replace("database: ", "database: x"), "tidak punya basis data x"),
        (lambda text: text.replace("user: pendopo", "user: tanpa_hak"), "tanpa_hak"),
        (lambda text: text.replace("port: ", f"port: {own_port()} # "), "tidak terjangkau"),
    ],
    ids=["account", "table", "column", "sql", "database", "rights", "port"],
)
def test_why_a_database_does_not_answer_is_told(server, office, change, said):
    office.connect(change(declared(server)), CONTRACT)
    done = office.fetch()
    assert done.outcome == "gagal"
    assert said in done.message
    assert PASSWORD not in done.message


def test_a_wrong_password_is_told_by_its_variable_and_kept_nowhere(server, office, caplog):
    office.environ = {"DINKES_DB_PASSWORD": "k3liru-sekali"}
    office.connect(declared(server), CONTRACT)
    assert "menolak akun pendopo. Periksa user dan isi variabel DINKES_DB_PASSWORD" in office.fetch().message
    kept = [path.read_bytes() for path in office.root.rglob("*") if path.is_file()]
    assert not any(b"k3liru" in content for content in kept)
    assert "k3liru" not in caplog.text


CIPHER = {
    "postgresql": "SELECT CASE WHEN ssl THEN 1 ELSE 0 END AS id, CURRENT_DATE AS tgl FROM pg_stat_ssl "
    "WHERE pid = pg_backend_pid()",
    "mariadb": "SELECT LENGTH(VARIABLE_VALUE) > 0 AS id, CURRENT_DATE AS tgl FROM information_schema.SESSION_STATUS "
    "WHERE VARIABLE_NAME = 'Ssl_cipher'",
}


def test_a_connection_with_an_authority_is_encrypted(server, office):
    query = f'query: "{CIPHER[server.system]}"'
    office.connect(declared(server, f"tls_ca: {server.certificate}\n", columns=ONE, source=query), CONTRACT)
    assert office.fetch().outcome == "diambil"
    assert numbers(office) == [["1"]]


def test_a_server_of_another_authority_or_name_gets_no_password(server, office, tmp_path):
    other, _key = write_certificate(tmp_path, "root")
    office.connect(declared(server, f"tls_ca: {other}\n"), CONTRACT)
    assert "TLS yang dipercaya" in office.fetch().message
    office.allowed = ("127.0.0.1", "localhost")
    named = declared(server, f"tls_ca: {server.certificate}\n").replace("127.0.0.1", "localhost")
    office.connect(named, CONTRACT)
    assert "TLS yang dipercaya" in office.fetch().message
    office.connect(declared(server, "tls_ca: /tidak/ada.pem\n"), CONTRACT)
    assert "tls_ca /tidak/ada.pem tidak ada" in office.fetch().message


def test_a_database_on_this_machine_must_be_listed(server, office):
    office.allowed = ("simrs.mojokertokab.go.id",)
    office.connect(declared(server), CONTRACT)
    assert "Host 127.0.0.1 belum diizinkan" in office.fetch().message


def test_what_was_fetched_is_loaded_like_any_delivery(server, office):
    contract = (SOURCES_DIR / "dlh_ispu" / "contract.yml").read_text("utf-8")
    columns = (
        "columns:\n  - {name: tgl, header: tanggal, type: date}\n  - {name: faskes, header: stasiun, type: text}\n"
        "  - {name: biaya, header: pm25, type: number}\n"
    )
    office.connect(declared(server, columns=columns), contract, source="dlh_ispu")
    insert(server, f"1, '2026-11-19', 'Trawas', 40.5, '{FIRST}'", f"2, '2026-11-20', 'Trawas', 51, '{FIRST}'")
    assert office.fetch().outcome == "diambil"
    assert run(office.settings, NOW).problems == ()
    engine = open_release(current_release(office.settings.state_dir).path)
    table = core_air_quality
    with engine.connect() as connection:
        rows = connection.execute(sa.select(table.c.measured_date, table.c.pm25_index, table.c.row_no)).all()
    engine.dispose()
    assert [(str(day), float(value), row) for day, value, row in sorted(rows)] == [
        ("2026-11-19", 40.5, 2),
        ("2026-11-20", 51.0, 3),
    ]
    assert office.fetch(NOW + timedelta(hours=1)).outcome == "tidak berubah"
