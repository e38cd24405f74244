"""Database servers of agencies, as Debian ships them, on a free port of this machine and with a password."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from tests.ports import own_port
from tests.server.conftest import as_postgres

PASSWORD = "s4ndi-panjang"
START_SECONDS = 120


@dataclass(frozen=True)
class DatabaseServer:
    """`owner` may do everything; `pendopo` reads what it is granted, with PASSWORD. It offers TLS."""

    system: str
    port: int
    certificate: Path
    owner: sa.Engine

    def run(self, *statements: str) -> None:
        with self.owner.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def value(self, statement: str) -> object:
        with self.owner.connect() as connection:
            return connection.exec_driver_sql(statement).scalar()


def write_certificate(folder: Path, owner: str) -> tuple[Path, Path]:
    """Certificate and key of a server at 127.0.0.1, signed by itself."""
    certificate, key = folder / "sertifikat.pem", folder / "kunci.pem"
    subject = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    files = ("-keyout", key, "-out", certificate)
    subprocess.run(["openssl", "req", "-x509", "-days", "2", *curve, *files, *subject], check=True, capture_output=True)
    key.chmod(0o600)
    if os.geteuid() == 0:
        shutil.chown(key, owner)
    folder.chmod(0o755)
    return certificate, key


@contextmanager
def postgresql_server() -> Iterator[DatabaseServer]:
    programs = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    folder, port = Path(tempfile.mkdtemp(prefix="pendopo-opd-pg-")), own_port()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    initdb = ("initdb", "-U", "postgres", "--auth-local=trust", "--auth-host=scram-sha-256", "-E", "UTF8", "--no-sync")
    as_postgres(programs / initdb[0], "-D", folder / "data", *initdb[1:])
    certificate, key = write_certificate(folder, "postgres")
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c fsync=off -c unix_socket_directories={folder}"
    options += f" -c ssl=on -c ssl_cert_file={certificate} -c ssl_key_file={key}"
    control = (programs / "pg_ctl", "-D", folder / "data", "-w")
    as_postgres(*control, "-o", options, "-l", folder / "log", "start")
    owner = sa.create_engine(f"postgresql+psycopg://postgres@/postgres?host={folder}&port={port}")
    server = DatabaseServer("postgresql", port, certificate, owner)
    try:
        server.run(
            f"CREATE ROLE pendopo LOGIN PASSWORD '{PASSWORD}'", f"CREATE ROLE tanpa_hak LOGIN PASSWORD '{PASSWORD}'"
        )
        yield server
    finally:
        owner.dispose()
        as_postgres(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder)


@contextmanager
def mariadb_server() -> Iterator[DatabaseServer]:
    folder, port = Path(tempfile.mkdtemp(prefix="pendopo-opd-maria-")), own_port()
    account = "mysql" if os.geteuid() == 0 else getpass.getuser()
    if os.geteuid() == 0:
        shutil.chown(folder, account)
    common = (f"--datadir={folder}/data", f"--user={account}")
    install = ("mariadb-install-db", "--no-defaults", *common, "--auth-root-authentication-method=normal")
    done = subprocess.run([*install, "--skip-test-db"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    certificate, key = write_certificate(folder, account)
    options = (
        "--bind-address=127.0.0.1",
        f"--port={port}",
        f"--socket={folder}/socket",
        f"--ssl-cert={certificate}",
        f"--ssl-key={key}",
        "--innodb-flush-log-at-trx-commit=0",
    )
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(["/usr/sbin/mariadbd", "--no-defaults", *common, *options], stdout=log, stderr=log)
    owner = sa.create_engine(f"mariadb+pymysql://root@localhost/mysql?unix_socket={folder}/socket&charset=utf8mb4")
    server = DatabaseServer("mariadb", port, certificate, owner)
    try:
        wait_for(folder / "socket", process, folder / "log")
        server.run(
            "CREATE DATABASE simrs CHARACTER SET utf8mb4",
            f"CREATE USER pendopo IDENTIFIED BY '{PASSWORD}'",
            f"CREATE USER tanpa_hak IDENTIFIED BY '{PASSWORD}'",
            "GRANT ALL ON simrs.* TO pendopo",
        )
        yield server
    finally:
        owner.dispose()
        process.kill()
        process.wait()
        shutil.rmtree(folder)


def wait_for(listening: Path, process: subprocess.Popen[bytes], log: Path) -> None:
    ends = time.monotonic() + START_SECONDS
    while True:
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(str(listening)) == 0:
                return
        assert process.poll() is None and time.monotonic() < ends, log.read_text("utf-8", "replace")
        time.sleep(0.1)
