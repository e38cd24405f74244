"""Opens a database of an agency for reading only: PostgreSQL or MariaDB, at an address that is listed.

Nothing can be written through it: the session and the transaction are read-only, whatever the account may do.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

from pipelines.connectors.connection import SqlConnection
from pipelines.connectors.haul import Errand
from pipelines.connectors.hosts import admit
from pipelines.connectors.problems import FetchProblem, PassingProblem

DRIVERS = {"postgresql": "postgresql+psycopg", "mariadb": "mariadb+pymysql"}
LATER = "Coba lagi nanti; bila tetap begini, hubungi pengelolanya."
# SQLSTATE of PostgreSQL, or number of MariaDB, and what it means.
CAUSES = {
    "28P01": "sandi", "28000": "sandi", "1045": "sandi", "1698": "sandi",
    "3D000": "basis", "1049": "basis", "1044": "basis",
    "42P01": "tabel", "3F000": "tabel", "1146": "tabel",
    "42703": "kolom", "1054": "kolom",
    "42501": "hak", "1142": "hak", "1143": "hak", "1370": "hak",
    "57014": "lama", "1969": "lama", "3024": "lama",
    "25006": "tulis", "1792": "tulis", "1290": "tulis",
    "42601": "sql", "1064": "sql",
    "2026": "tls",
}  # fmt: skip
WORDS = {
    "sandi": "menolak akun {user}. Periksa user dan isi variabel {password_env}",
    "basis": "tidak punya basis data {database} untuk akun {user}. Periksa database",
    "tabel": "tidak punya tabel yang diminta. Mungkin berganti nama; periksa table, schema atau query",
    "kolom": "tidak punya kolom yang disebut query. Mungkin berganti nama; periksa query dan columns",
    "hak": "tidak memberi akun {user} hak membaca. Mintalah GRANT SELECT atas tabel itu",
    "lama": "belum selesai dalam {seconds:g} detik. Pakai watermark, mintalah indeks, atau naikkan timeouts.total",
    "tulis": "diminta menulis, dan itu tidak pernah dilakukan. Pakai query yang hanya membaca",
    "sql": "tidak mengerti query itu. Tulis satu SELECT tanpa titik koma di akhir",
    "tls": "tidak dapat disambung dengan TLS yang dipercaya. Periksa tls_ca, dan nama di sertifikat basis datanya",
}


@contextmanager
def reading(declared: SqlConnection, errand: Errand) -> Iterator[sa.Connection]:
    """One connection in one read-only transaction. Raises FetchProblem in place of what the driver raises."""
    engine = _engine(declared, errand)
    try:
        connection = errand.patience.retry(lambda: _connect(engine, declared))
        with connection:
            yield connection
    except sa.exc.DBAPIError as error:
        raise explain(error, declared) from error
    finally:
        engine.dispose()


def _connect(engine: sa.Engine, declared: SqlConnection) -> sa.Connection:
    options: dict[str, Any] = {"isolation_level": "REPEATABLE READ"}
    if declared.system == "postgresql":
        options["postgresql_readonly"] = True
    try:
        return engine.connect().execution_options(**options)
    except sa.exc.DBAPIError as error:
        raise explain(error, declared) from error


def _engine(declared: SqlConnection, errand: Errand) -> sa.Engine:
    address = admit(declared.host, errand.allowed_hosts, errand.tools.resolve)
    if declared.tls_ca and not Path(declared.tls_ca).is_file():
        raise FetchProblem(f"Berkas tls_ca {declared.tls_ca} tidak ada. Salin sertifikat lembaga penerbitnya ke sana.")
    is_postgresql = declared.system == "postgresql"
    url = sa.URL.create(
        DRIVERS[declared.system],
        username=declared.user,
        password=errand.tools.secret(declared.password_env),
        host=declared.host if is_postgresql or declared.tls_ca else address,  # a certificate vouches for the name
        port=declared.port,
        database=declared.database,
    )
    seconds = max(1, round(declared.timeouts.connect))
    if is_postgresql:
        milliseconds = round(declared.timeouts.total * 1000)
        session = (
            f"-c default_transaction_read_only=on -c statement_timeout={milliseconds} -c TimeZone={errand.zone.key}"
        )
        arguments: dict[str, Any] = {"hostaddr": address, "connect_timeout": seconds, "options": session}
        if declared.tls_ca:
            arguments |= {"sslmode": "verify-full", "sslrootcert": declared.tls_ca}
        return sa.create_engine(url, connect_args=arguments, poolclass=NullPool, hide_parameters=True)
    arguments = {"connect_timeout": seconds, "read_timeout": round(declared.timeouts.total) + 5, "charset": "utf8mb4"}
    if declared.tls_ca:
        arguments["ssl"] = {"ca": declared.tls_ca}
    engine = sa.create_engine(url, connect_args=arguments, poolclass=NullPool, hide_parameters=True)
    offset = f"{errand.now.replace(tzinfo=errand.zone):%z}"
    statements = (
        "SET SESSION TRANSACTION READ ONLY",
        f"SET SESSION max_statement_time = {declared.timeouts.total:g}",
        f"SET SESSION time_zone = '{offset[:3]}:{offset[3:]}'",
    )

    def prepare(driver_connection: Any, _record: Any) -> None:
        with driver_connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    sa.event.listen(engine, "connect", prepare)
    return engine


def explain(error: sa.exc.DBAPIError, declared: SqlConnection) -> FetchProblem:
    """From the code of the error: its text may quote values."""
    original = error.orig
    code = str(original.args[0]) if original and original.args else ""
    if declared.system == "postgresql":  # none while connecting
        code = getattr(original, "sqlstate", None) or code
    words = WORDS.get(CAUSES.get(code, ""))
    if words is None and "password authentication failed" in code:  # no SQLSTATE while connecting
        words = WORDS["sandi"]
    if words is None and "does not exist" in code:
        words = WORDS["basis"]
    if declared.tls_ca and words is None and ("SSL" in str(original) or "certificate" in str(original)):
        words = WORDS["tls"]
    if words is not None:
        facts = {
            **declared.model_dump(include={"user", "password_env", "database"}),
            "seconds": declared.timeouts.total,
        }
        return FetchProblem(f"{declared.host} {words.format(**facts)}.")
    if isinstance(error, sa.exc.OperationalError):
        return PassingProblem(
            f"Basis data di {declared.host} tidak terjangkau, atau sambungannya terputus. Periksa host, port, tembok "
            f"api dan apakah layanannya hidup. {LATER}"
        )
    shown = code if code.isalnum() and len(code) <= 5 else type(original).__name__
    return FetchProblem(
        f"{declared.host} menolak permintaan (kode {shown}). Periksa query dan columns di connection.yml."
    )
