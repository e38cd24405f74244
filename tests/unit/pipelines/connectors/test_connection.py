"""A connection.yml is read strictly: what is wrong is told with its line, and no secret can stand in it."""

from __future__ import annotations

import pytest

from pipelines.connectors.connection import KINDS, load_connection
from pipelines.connectors.problems import ConnectionProblem
from warehouse.settings import SettingsError, load_settings

SQL = """\
kind: sql
system: postgresql
host: db.contoh.go.id
database: simrs
user: pendopo
password_env: DINKES_DB_PASSWORD
table: kunjungan
columns:
  - {name: tanggal, type: date}
  - {name: id, type: integer}
"""
JSON = "kind: http_json\nurl: https://data.contoh.go.id/api\n"
SHEET = "kind: sheet\nurl: https://data.contoh.go.id/x\n"


def load(tmp_path, text):
    path = tmp_path / "connection.yml"
    path.write_text(text, "utf-8")
    return load_connection(path)


@pytest.mark.parametrize(
    "text",
    [
        SQL,
        SQL + "watermark: id\n",
        SQL.replace("table: kunjungan", "query: SELECT 1") + "max_rows: 10\n",
        SHEET + 'header: {prefix: "Bearer ", env: KUNCI}\ntimeouts: {connect: 5, read: 20, total: 60}\n',
        JSON + "params: {tahun: '2026'}\nrecords: data\npaging: {style: offset, param: skip, size: 100}\n",
        "kind: ckan\nurl: http://data.contoh.go.id\ndataset: kunjungan\nresource: {name: 'Kunjungan*', format: csv}\n",
        "kind: bmkg\nurl: https://www.bmkg.go.id/alerts/nowcast/id/rss.xml\nareas: [Jawa Timur]\n",
    ],
)
def test_a_right_declaration_is_read(tmp_path, text):
    assert load(tmp_path, text).kind in KINDS


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind: sql_server\n", "connection.yml baris 1: kind 'sql_server' tidak dikenal"),
        ("url: https://x.id\n", "baris 1: kind '' tidak dikenal"),
        (SHEET + "kata_sandi: x\n", "baris 3: kunci kata_sandi tidak dikenal"),
        (SHEET + "atempts: 3\n", "baris 3: kunci atempts tidak dikenal; maksudnya 'attempts'?"),
        (SHEET + "timeouts:\n  conect: 3\n", "baris 4: kunci conect tidak dikenal; maksudnya 'connect'?"),
        (SHEET + "timeouts: {connect: lama}\n", "baris 3: connect harus angka, bukan 'lama'"),
        (SHEET + "max_mb: 51\n", "baris 3: max_mb paling banyak 50"),
        (SHEET + "attempts: 0\n", "baris 3: attempts minimal 1"),
        (SHEET + "header: {env: PENDOPO_KUNCI}\n", "tidak diawali PENDOPO_"),
        (SHEET + "header: {env: rahasia}\n", "bukan nama variabel"),
        (SHEET.replace("https", "http") + "header: {env: KUNCI}\n", "url harus https"),
        ("kind: sheet\nurl: https://budi:s4ndi@x.id/\n", "jangan menulis nama pengguna atau kata sandi"),
        ("kind: sheet\nurl: data.contoh.go.id\n", "harus alamat lengkap"),
        ("kind: sheet\nurl: file:///etc/passwd\n", "harus alamat lengkap"),
        ("kind: sheet\n", "kunci url wajib diisi"),
        (SQL + "password: s4ndi\n", "baris 11: kunci password tidak dikenal; maksudnya 'password_env'?"),
        (SQL + "query: SELECT 1\n", "salah satu: table atau query"),
        (SQL + "watermark: idd\n", "watermark idd tidak ada di columns; maksudnya 'id'?"),
        (SQL.replace("integer", "text") + "watermark: id\n", "harus kolom integer, date atau datetime"),
        (SQL + "watermark: id\noverlap_minutes: 5\n", "hanya untuk watermark datetime"),
        (SQL.replace("name: id", "name: tanggal"), "ditulis dua kali"),
        (SQL.replace("type: date", "type: tanggal"), "baris 9: 'tanggal' tidak dikenal; pilih 'text', 'integer'"),
        (SQL.replace("postgresql", "oracle"), "baris 2: 'oracle' tidak dikenal; pilih 'postgresql' atau 'mariadb'"),
        (JSON + "paging: {style: next}\n", "wajib punya next"),
        (JSON + "paging: {style: page}\n", "wajib punya param"),
        (JSON + "paging: {style: offset, param: skip}\n", "wajib punya size"),
    ],
)
def test_a_wrong_declaration_is_told_with_its_line(tmp_path, text, said):
    with pytest.raises(ConnectionProblem) as refused:
        load(tmp_path, text)
    assert said in str(refused.value)
    assert "connection.yml baris" in str(refused.value)
    assert "s4ndi" not in str(refused.value)


@pytest.mark.parametrize("host", ["data.contoh.go.id", "*.contoh.go.id", "localhost", "10.1.2.3", "10.1.0.0/16", "::1"])
def test_a_host_may_be_listed(host):
    assert load_settings(fetch={"allowed_hosts": [host.upper()]}).fetch.allowed_hosts == (host.lower(),)


@pytest.mark.parametrize(
    "host", ["https://x.id", "x.id/api", "x.id:8080", "*", "*.id", "*.*.id", "10.1.2.3/8", "", "a b"]
)
def test_what_is_no_host_is_refused(host):
    with pytest.raises(SettingsError, match="bukan nama host atau alamat"):
        load_settings(fetch={"allowed_hosts": [host]})


def test_no_host_is_allowed_by_default():
    assert load_settings().fetch.allowed_hosts == ()
