"""The shipped nginx configuration, run: what reaches Pendopo through it, what does not, and what people are told."""

from __future__ import annotations

import json
import os
import select
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection

from tests.ports import own_port
from tests.server.nginx_server import NAME, PROJECT, Answer, Nginx, make_certificate, wait_until_open

MEGABYTE = 1024 * 1024
CLAIMED = "10.99.99.99"
FORGED = {
    "X-Forwarded-For": CLAIMED,
    "X-Forwarded-Proto": "http",
    "X-Forwarded-Host": "jahat.contoh.id",
    "X-Forwarded-Port": "1",
    "X-Forwarded-Prefix": "/lain",
    "X-Forwarded-User": "admin",
    "X-Forwarded-Email": "admin@contoh.go.id",
    "X-Forwarded-Preferred-Username": "admin",
    "X-Forwarded-Groups": "admin",
    "Forwarded": f"for={CLAIMED};proto=http;host=jahat.contoh.id",
    "X-Real-IP": CLAIMED,
    "X-Client-IP": CLAIMED,
    "True-Client-IP": CLAIMED,
    "CF-Connecting-IP": CLAIMED,
    "Remote-User": "admin",
    "Remote_User": "admin",
    "X-Remote-User": "admin",
    "X-Auth-Request-User": "admin",
    "X-Auth-Request-Email": "admin@contoh.go.id",
    "X-Auth-Anything-At-All": "admin",
    "X-Authenticated-User": "admin",
    "X-WebAuth-User": "admin",
    "X-Original-URL": "/pendopo/kelola",
    "X-Rewrite-URL": "/pendopo/kelola",
    "X-Never-Heard-Of": "admin",
    "Authorization": "Bearer admin",
    "Proxy": "http://jahat.contoh.id",
}


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@contextmanager
def echoing(port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "uvicorn", "tests.server.echoing:app", "--port", str(port), "--log-level", "error"]
    with subprocess.Popen(command, cwd=PROJECT, env=os.environ) as process:
        wait_until_open(port)
        yield process
        process.kill()


@pytest.fixture(scope="module")
def upstream_port() -> Iterator[int]:
    port = own_port()
    with echoing(port):
        yield port


@contextmanager
def running(nginx: Nginx) -> Iterator[Nginx]:
    nginx.start()
    try:
        yield nginx
    finally:
        nginx.stop()


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory, certificate: Path, upstream_port: int) -> Iterator[Nginx]:
    with running(Nginx(tmp_path_factory.mktemp("nginx"), certificate, upstream_port)) as proxy:
        yield proxy


@pytest.fixture
def own_nginx(tmp_path: Path, certificate: Path, upstream_port: int) -> Iterator[Nginx]:
    """Not started: the test changes a time first, or runs it out of patience."""
    proxy = Nginx(tmp_path, certificate, upstream_port)
    yield proxy
    proxy.stop()


def told(answer: Answer) -> dict[str, Any]:
    """What the application saw."""
    assert answer.status == 200, answer.text
    content: dict[str, Any] = json.loads(answer.body)
    return content


@pytest.mark.parametrize("path", ["/pendopo/ringkasan", "/pendopo/layar/kunci", "/pendopo/sesi"])
def test_no_header_of_a_client_reaches_pendopo_but_those_it_needs(nginx, path):
    needed = {"Cookie": "pendopo_sesi=abc; lain=1", "X-Xsrftoken": "t", "Content-Type": "text/plain"}
    seen = told(nginx.ask(path, "POST", headers=FORGED | needed, body=b"x", source="127.0.0.7"))
    headers = dict(seen["headers"])
    assert seen["client"] == headers.pop("x-forwarded-for") == "127.0.0.7"
    assert seen["scheme"] == headers.pop("x-forwarded-proto") == "https"
    assert headers.pop("host") == f"{NAME}:{nginx.port}"
    assert {name: value for name, value in headers.items() if name != "content-length"} == {
        "cookie": "pendopo_sesi=abc; lain=1",
        "x-xsrftoken": "t",
        "content-type": "text/plain",
        "accept-encoding": "identity",
    }
    assert "admin" not in json.dumps(seen["headers"])


def test_a_socket_brings_the_real_address_and_no_forged_header(nginx):
    with nginx.open_socket(FORGED | {"Cookie": "pendopo_sesi=abc"}, source="127.0.0.8") as sock:
        seen = json.loads(sock.recv(60))
        sock.send("halo")
        assert sock.recv(60) == "halo"
    headers = dict(seen["headers"])
    assert seen["client"] == headers["x-forwarded-for"] == "127.0.0.8"
    assert headers["host"] == f"{NAME}:{nginx.port}"
    assert headers["cookie"] == "pendopo_sesi=abc"
    assert CLAIMED not in json.dumps(seen)
    assert "admin" not in json.dumps(seen)


def test_a_forged_host_is_not_passed_on(nginx):
    answer = nginx.ask("/pendopo/ringkasan", headers={"Host": "jahat.contoh.id"})
    assert "jahat" not in answer.text
    sock = nginx.trust()
    sock.check_hostname = False
    with pytest.raises(ssl.SSLError, match="unrecognized name"):
        sock.wrap_socket(nginx.dial(), server_hostname="jahat.contoh.id")


def test_plain_http_is_sent_to_https_under_the_one_name(nginx):
    request = b"GET /pendopo/spbe?tahun=2024 HTTP/1.1\r\nHost: dasbor.contoh.go.id\r\nConnection: close\r\n\r\n"
    with socket.create_connection(("127.0.0.1", nginx.plain_port), timeout=60) as sock:
        sock.sendall(request)
        answer = b"".join(iter(lambda: sock.recv(4096), b"")).decode()
    assert answer.startswith("HTTP/1.1 301 ")
    assert f"Location: {nginx.origin}/pendopo/spbe?tahun=2024\r\n" in answer


@pytest.mark.parametrize(("version", "is_served"), [("1", False), ("1_1", False), ("1_2", True), ("1_3", True)])
def test_only_tls_1_2_and_1_3_are_spoken(nginx, version, is_served):
    command = ["openssl", "s_client", "-connect", f"127.0.0.1:{nginx.port}", "-servername", NAME, f"-tls{version}"]
    old = ["-cipher", "DEFAULT@SECLEVEL=0"] if not is_served else []  # else the client itself would refuse
    done = subprocess.run([*command, *old], input=b"", capture_output=True, check=False)
    assert (b"Cipher is (NONE)" not in done.stdout) is is_served, done.stderr
    if not is_served:
        assert b"alert protocol version" in done.stderr


def test_security_headers_arrive_once_and_no_software_is_named(nginx):
    answer = nginx.ask("/pendopo/ringkasan")
    assert answer.values("X-Content-Type-Options") == ["nosniff"]
    assert answer.values("Referrer-Policy") == ["same-origin"]
    assert answer.values("Server") == ["nginx"]
    assert answer.values("X-Powered-By") == []


def test_static_files_are_asked_of_pendopo_once(nginx):
    first, second = (nginx.ask("/pendopo/static/js/main.abc.js", source=f"127.0.0.{n}") for n in (2, 3))
    assert first.values("X-Times") == second.values("X-Times") == ["1"]
    assert second.values("Cache-Control") == ["public, immutable, max-age=31536000"]
    assert second.values("X-Content-Type-Options") == ["nosniff"]
    packed = nginx.ask("/pendopo/static/js/main.abc.js", headers={"Accept-Encoding": "gzip"})
    assert packed.values("Content-Encoding") == ["gzip"]


def test_other_answers_are_never_kept(nginx):
    path = "/pendopo/media/abc.csv"
    assert [told(nginx.ask(path))["times"] for _ in range(2)] == [1, 2]


def test_fifty_megabytes_pass_and_one_byte_more_is_refused_in_words(nginx):
    path = "/pendopo/_stcore/upload_file/a/b"
    assert told(nginx.ask(path, "PUT", body=bytes(50 * MEGABYTE)))["size"] == 50 * MEGABYTE
    answer = nginx.ask(path, "PUT", headers={"Content-Length": str(50 * MEGABYTE + 1)})
    assert (answer.status, "paling besar 50 MB" in answer.text) == (413, True)
    assert answer.values("Content-Type") == ["text/html; charset=utf-8"]


def test_a_body_that_does_not_say_its_size_is_cut_at_the_same_place(nginx):
    with nginx.connect() as sock:
        head = f"PUT /pendopo/_stcore/upload_file/a/c HTTP/1.1\r\nHost: {NAME}\r\nTransfer-Encoding: chunked\r\n\r\n"
        sock.sendall(head.encode())
        chunk = b"%x\r\n" % MEGABYTE + bytes(MEGABYTE) + b"\r\n"
        for _number in range(50):
            sock.sendall(chunk)
        sock.sendall(b"1\r\n0\r\n")
        assert sock.recv(65536).startswith(b"HTTP/1.1 413 ")


@pytest.mark.parametrize("path", ["/pendopo/sesi", "/pendopo/layar/tebakan", "/pendopo/oauth2callback"])
def test_a_door_knocked_too_often_answers_in_words_and_others_are_let_in(nginx, path):
    source = f"127.0.1.{len(path)}"
    started = time.monotonic()
    answers = [nginx.ask(path, source=source) for _ in range(45)]
    passed = sum(answer.status == 200 for answer in answers)
    assert 31 <= passed <= 32 + time.monotonic() - started  # thirty and one at once, then one each second
    assert {answer.status for answer in answers} == {200, 429}
    assert all("Tunggu setengah menit" in answer.text for answer in answers if answer.status == 429)
    assert nginx.ask("/pendopo/ringkasan", source=source).status == 200
    assert nginx.ask(path, source="127.0.2.1").status == 200


def test_one_address_holds_no_more_than_a_hundred_sockets_and_takes_none_from_others(nginx):
    with ExitStack() as held:
        first, *_more = [held.enter_context(nginx.open_socket(source="127.0.3.1")) for _ in range(100)]
        with pytest.raises(InvalidStatus) as refused:
            nginx.open_socket(source="127.0.3.1")
        assert refused.value.response.status_code == 429
        assert nginx.ask("/pendopo/ringkasan", source="127.0.3.1").status == 200
        held.enter_context(nginx.open_socket(source="127.0.3.2"))
        first.close()
        held.enter_context(opened_soon(nginx, "127.0.3.1"))


def opened_soon(nginx: Nginx, source: str) -> ClientConnection:
    """nginx learns of an end as soon as it has read it."""
    until = time.monotonic() + 60
    while True:
        try:
            return nginx.open_socket(source=source)
        except InvalidStatus:
            assert time.monotonic() < until


def test_words_of_pendopo_itself_are_left_as_they_are(nginx):
    answer = nginx.ask("/pendopo/refused")
    assert (answer.status, answer.text) == (503, "kata-kata Pendopo sendiri")


@pytest.mark.parametrize("path", ["/pendopo/_stcore/metrics", "/pendopo/_stcore/agent/mcp", "/lain", "/.env"])
def test_what_is_not_for_the_network_is_not_there(nginx, path):
    answer = nginx.ask(path)
    assert answer.status == 404
    assert "times" not in answer.text


def test_the_root_leads_to_the_sub_path(nginx):
    for path in ("/", "/pendopo"):
        answer = nginx.ask(path)
        assert answer.status == 302
        assert answer.values("Location") == [nginx.url]


def test_logs_hold_no_key_of_a_screen_and_no_query(nginx):
    secret = "rahasia0123456789"
    paths = ["layar/{}", "layar/{}?a=1", "%6cayar/{}", "la%79ar/{}", "./layar/{}", "x/../layar/{}", "/layar//{}"]
    for path in paths:
        nginx.ask("/pendopo/" + path.format(secret), source="127.0.3.1")
    nginx.ask(f"/pendopo/jelajah?cari={secret}", source="127.0.3.1")
    nginx.ask(f"/pendopo/oauth2callback?code={secret}&state={secret}", source="127.0.3.1")
    for _number in range(40):  # the refused ones too
        nginx.ask(f"/pendopo/layar/{secret}", source="127.0.3.1")
    access = nginx.log("access.log")
    assert "127.0.3.1 [" in access
    assert " GET /pendopo/jelajah 200 " in access
    assert " GET /pendopo/layar/... 429 " in access
    for name in ("access.log", "error.log", "main_access.log", "main_error.log"):
        assert secret not in nginx.log(name), name


@pytest.mark.slow
def test_slow_clients_are_dropped_and_hold_up_nobody(own_nginx, full_scale):
    """Heads and bodies that trickle: the application never hears of them."""
    count, patience = (100, 10) if full_scale else (20, 3)
    print(f"{count} klien lambat, menunggu kepala {patience} detik")
    if not full_scale:
        own_nginx.changes = {
            "client_header_timeout 10s": f"client_header_timeout {patience}s",
            "body_timeout 20s": f"body_timeout {patience}s",
        }
    own_nginx.start()
    started = time.monotonic()
    slow = [own_nginx.connect(f"127.0.4.{number + 1}") for number in range(count)]
    post = f"POST /pendopo/lambat-isi HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 100\r\n\r\nx"
    for sock, sent in zip(slow, [post, *["GET /pendopo/lambat HTTP/1.1\r\nHo"] * (count - 1)], strict=True):
        with suppress(OSError):  # on a busy machine the first may be dropped by now
            sock.sendall(sent.encode())
    assert told(own_nginx.ask("/pendopo/biasa"))["times"] >= 1
    if time.monotonic() - started < patience:  # else a busy machine has dropped some by now
        assert select.select(slow, [], [], 0)[0] == []  # it was answered while nginx waits for all of them
    for sock in slow:
        sock.settimeout(60)
        received = b"".join(iter(lambda: read_or_nothing(sock), b""))  # noqa: B023
        assert b" 200 " not in received
        sock.close()
    assert told(own_nginx.ask("/pendopo/lambat"))["times"] == 1
    assert told(own_nginx.ask("/pendopo/lambat-isi"))["times"] == 1


def read_or_nothing(sock: ssl.SSLSocket) -> bytes:
    try:
        return sock.recv(4096)
    except (ConnectionError, ssl.SSLError):
        return b""


@pytest.mark.slow
def test_a_silent_socket_lives_longer_than_nginx_would_let_it(nginx, own_nginx, full_scale):
    """At reduced scale the line that keeps it is shortened instead, to see that this line decides."""
    silent = 75.0 if full_scale else 3.0
    print(f"diam {silent} detik")
    with nginx.open_socket() as sock:
        sock.recv(60)
        with pytest.raises(TimeoutError):
            sock.recv(silent)
        sock.send("masih di sini")
        assert sock.recv(60) == "masih di sini"
    own_nginx.changes = {"proxy_read_timeout 7d": "proxy_read_timeout 1s"}
    own_nginx.start()
    with own_nginx.open_socket() as sock:
        sock.recv(60)
        with pytest.raises(ConnectionClosed):
            sock.recv(60)


def test_while_pendopo_is_away_a_page_says_so_and_tries_again(tmp_path, certificate):
    port = own_port()
    with running(Nginx(tmp_path, certificate, port)) as proxy:
        answer = proxy.ask("/pendopo/layar/rahasia0123456789")
        assert answer.status == 502
        assert "Pendopo sedang tidak menjawab" in answer.text
        assert "http-equiv=refresh content=15" in answer.text
        assert answer.values("Cache-Control") == ["no-store"]
        assert "nginx" not in answer.text
        assert "rahasia0123456789" not in proxy.log("access.log") + proxy.log("error.log")
        with echoing(port):
            assert told(proxy.ask("/pendopo/ringkasan"))["times"] == 1


def test_without_the_sub_path_everything_is_at_the_root(tmp_path, certificate, upstream_port):
    with running(Nginx(tmp_path, certificate, upstream_port, base="/")) as proxy:
        assert told(proxy.ask("/"))["path"] == "/"
        assert told(proxy.ask("/ringkasan?a=1"))["query"] == "a=1"
        assert proxy.ask("/_stcore/metrics").status == 404
        proxy.ask("/layar/rahasia0123456789")
        with proxy.open_socket(source="127.0.0.9") as sock:
            assert json.loads(sock.recv(60))["client"] == "127.0.0.9"
        assert " GET /layar/... 200 " in proxy.log("access.log")
