"""A fetch over a real connection: what a web server sends lies in the inbox, what it does wrong is told."""

from __future__ import annotations

import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.ports import own_port
from tests.unit.pipelines.connectors.office import Office

ROWS = b"Tanggal;Stasiun;Hujan\n21/11/2026;Trawas;12,5\n"


class Portal(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/pindah":
            return self.reply(302, b"", Location="/hujan.csv")
        if self.path == "/keluar":
            return self.reply(302, b"", Location="http://192.0.2.1/")
        if self.path == "/putus":
            self.reply(200, ROWS, length=9999)
            self.close_connection = True
            return None
        if self.path == "/diam":
            self.server.let_go.wait(10)  # type: ignore[attr-defined]
            self.close_connection = True
            return None
        if self.headers.get("If-None-Match") == '"satu"':
            return self.reply(304, b"")
        return self.reply(200, ROWS, ETag='"satu"')

    def reply(self, status: int, content: bytes, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments: object) -> None:
        pass


@contextmanager
def serving(certificate: Path | None = None) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Portal)
    server.let_go = threading.Event()  # type: ignore[attr-defined]
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"
    finally:
        server.let_go.set()  # type: ignore[attr-defined]
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path, None, allowed=("127.0.0.1",))


def connect(office, url, more=""):
    office.connect(f"kind: sheet\nurl: {url}\nattempts: 1\n{more}")


@pytest.mark.parametrize("path", ["/hujan.csv", "/pindah"])
def test_a_document_is_fetched_once(office, path):
    with serving() as url:
        connect(office, url + path)
        assert office.fetch().outcome == "diambil"
        assert list(office.take_inbox().values()) == [ROWS]
        assert office.fetch().outcome == "tidak berubah"


@pytest.mark.parametrize(
    ("path", "more", "said"),
    [
        ("/keluar", "", "mengalihkan ke host lain, 192.0.2.1"),
        ("/putus", "", "terputus"),
        ("/diam", "timeouts: {read: 0.3}\n", "berhenti mengirim lebih dari 0.3 detik"),
    ],
)
def test_what_a_server_does_wrong_is_told(office, path, more, said):
    with serving() as url:
        connect(office, url + path, more)
        assert said in office.fetch().message
    assert office.inbox == {}


def test_a_server_that_is_down_is_told(office):
    connect(office, f"http://127.0.0.1:{own_port()}/")
    assert "menolak sambungan" in office.fetch().message


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Signed by itself, for 127.0.0.1."""
    path = tmp_path_factory.mktemp("tls") / "sertifikat.pem"
    subject = ("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", path, "-out", path)
    subprocess.run(["openssl", "req", "-x509", "-days", "2", *key, *subject], check=True, capture_output=True)
    return path


def test_a_certificate_nobody_vouches_for_is_refused(office, certificate):
    with serving(certificate) as url:
        connect(office, url)
        assert "tidak diterbitkan lembaga yang dipercaya" in office.fetch().message
    assert office.inbox == {}


def test_a_certificate_the_system_trusts_is_accepted(office, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(certificate) as url:
        connect(office, url)
        assert office.fetch().outcome == "diambil"


def test_a_certificate_of_another_name_is_refused(office, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(certificate) as url:
        office.allowed = ("localhost", "127.0.0.1")
        connect(office, url.replace("127.0.0.1", "localhost"))
        assert "sertifikatnya milik nama lain" in office.fetch().message
