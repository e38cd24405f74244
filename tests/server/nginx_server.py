"""Debian's nginx with the shipped configuration: only names, ports and paths are filled in, as the guide tells."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.ports import own_port

PROJECT = Path(__file__).resolve().parents[2]
SHIPPED = PROJECT / "docs" / "server"
NAME = "dasbor.contoh.go.id"
NGINX = "/usr/sbin/nginx"
MAIN = Path("/etc/nginx/nginx.conf")  # of Debian: the shipped file is included by it


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


def make_certificate(folder: Path, name: str = NAME) -> Path:
    """The shipped script, as an administrator runs it."""
    subprocess.run(["sh", str(SHIPPED / "sertifikat.sh"), name, str(folder)], check=True, capture_output=True)
    return folder


class Nginx:
    """Runs until stopped; `changes` are further replacements, for the few tests that need a shorter time."""

    def __init__(self, folder: Path, certificate: Path, upstream_port: int, *, base: str = "/pendopo/") -> None:
        if not Path(NGINX).exists():
            pytest.fail("Uji ini memerlukan paket Debian `nginx-light`: sudo apt install nginx-light", pytrace=False)
        self.folder, self.certificate, self.upstream_port, self.base = folder, certificate, upstream_port, base
        self.port, self.plain_port = own_port(), own_port()
        self.changes: dict[str, str] = {}
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def origin(self) -> str:
        return f"https://{NAME}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.origin}{self.base}"

    def start(self) -> None:
        for name in ("sites", "log", "body", "proxy", "cache"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / "sites" / "pendopo").write_text(self._site(), "utf-8")
        (self.folder / "nginx.conf").write_text(self._main(), "utf-8")
        command = [NGINX, "-c", str(self.folder / "nginx.conf"), "-e", str(self.folder / "log" / "error.log")]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
        assert "[warn]" not in checked.stderr, checked.stderr
        self.process = subprocess.Popen([*command, "-g", "daemon off;"])
        wait_until_open(self.port)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(60)
            self.process = None

    def log(self, name: str) -> str:
        file = self.folder / "log" / name
        return file.read_text("utf-8") if file.exists() else ""

    def _site(self) -> str:
        text = (SHIPPED / "nginx.conf").read_text("utf-8")
        if self.base == "/":
            text = without_sub_path(text)
        filled = {
            "listen 80;": f"listen 127.0.0.1:{self.plain_port};",
            "listen 443 ssl": f"listen 127.0.0.1:{self.port} ssl",
            f"return 301 https://{NAME}": f"return 301 {self.origin}",
            f"Host                     {NAME};": f"Host {NAME}:{self.port};",
            "127.0.0.1:8501": f"127.0.0.1:{self.upstream_port}",
            "/etc/ssl/pendopo_server": f"{self.certificate}/server",
            "/var/log/nginx/pendopo_": f"{self.folder}/log/",
            "/var/lib/nginx/pendopo_static": f"{self.folder}/cache",
        }
        for old, new in (filled | self.changes).items():
            assert old in text, old
            text = text.replace(old, new)
        return text

    def _main(self) -> str:
        text = MAIN.read_text("utf-8")
        text = re.sub(r"^user .*$", "user root;" if os.geteuid() == 0 else "", text, flags=re.MULTILINE)
        text = re.sub(r"^\s*include /etc/nginx/(modules-enabled|conf\.d)/.*$", "", text, flags=re.MULTILINE)
        paths = f"client_body_temp_path {self.folder}/body; proxy_temp_path {self.folder}/proxy;"
        for old, new in {
            "worker_processes auto;": "worker_processes 1;",
            "/run/nginx.pid": f"{self.folder}/nginx.pid",
            "/var/log/nginx/": f"{self.folder}/log/main_",
            "/etc/nginx/sites-enabled/*": f"{self.folder}/sites/*",
            "http {": f"http {{ {paths}",
        }.items():
            assert old in text, old
            text = text.replace(old, new)
        return text

    def trust(self) -> ssl.SSLContext:
        """A client that knows the office's own authority and no other."""
        return ssl.create_default_context(cafile=str(self.certificate / "ca.crt"))

    def dial(self, source: str = "127.0.0.1") -> socket.socket:
        """A bare connection; another loopback address as source is another client to nginx."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=60, source_address=(source, 0))

    def connect(self, source: str = "127.0.0.1") -> ssl.SSLSocket:
        return self.trust().wrap_socket(self.dial(source), server_hostname=NAME)

    def open_socket(self, headers: Mapping[str, str] | None = None, source: str = "127.0.0.1") -> ClientConnection:
        """The WebSocket of a page, without pings of its own."""
        return connect(
            f"wss://{NAME}:{self.port}{self.base}_stcore/stream",
            sock=self.dial(source),
            ssl=self.trust(),
            origin=Origin(self.origin),
            subprotocols=[Subprotocol("streamlit")],
            additional_headers=dict(headers or {}),
            ping_interval=None,
            open_timeout=60,
            proxy=None,
        )

    def ask(
        self,
        path: str,
        method: str = "GET",
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        source: str = "127.0.0.1",
    ) -> Answer:
        """One request to an absolute path."""
        connection = http.client.HTTPConnection(NAME, self.port)
        connection.sock = self.connect(source)
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read())
        finally:
            connection.close()


def without_sub_path(text: str) -> str:
    """What the `sed` line in the head of the shipped file does."""
    sed = shutil.which("sed")
    assert sed
    (expressions,) = re.findall(r"sed (-e '[^\n]+')", text)
    arguments = re.findall(r"-e '([^']+)'", expressions)
    command = [sed, *(part for one in arguments for part in ("-e", one))]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


def wait_until_open(port: int, seconds: float = 120) -> None:
    until = time.monotonic() + seconds
    while not is_open(port):
        assert time.monotonic() < until, f"tidak ada yang menjawab di porta {port}"
        time.sleep(0.05)


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
